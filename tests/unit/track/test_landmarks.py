"""Landmarks: their names, and the refinement by the heatmap."""

from __future__ import annotations

import numpy as np

from naive import refined_by_heatmap
from repetiteur.model.skeletons import KEYPOINTS, other_side
from repetiteur.track.landmarks import LANDMARKS, refined


def test_the_names_are_33_and_both_sides_are_there() -> None:
    assert len(LANDMARKS) == len(set(LANDMARKS)) == 33
    assert {other_side(name) for name in LANDMARKS} == set(LANDMARKS)
    ours = set(KEYPOINTS) - {"pelvis", "chest", "neck", "head", "head_top"}
    assert ours <= set(LANDMARKS)


def test_refining_is_what_its_slow_twin_says(rng: np.random.Generator) -> None:
    heatmap = rng.normal(-3.0, 3.0, (64, 64, 39)).astype(np.float32)
    places = rng.uniform(-0.1, 1.1, (39, 2))
    np.testing.assert_allclose(
        refined(places, heatmap), refined_by_heatmap(places, heatmap), atol=1e-9
    )


def test_a_peak_draws_the_place_and_a_flat_map_does_not() -> None:
    heatmap = np.full((64, 64, 1), -20.0, np.float32)
    place = np.array([[0.5, 0.5]])
    np.testing.assert_array_equal(refined(place, heatmap), place)
    heatmap[30, 34, 0] = 4.0
    np.testing.assert_allclose(refined(place, heatmap), [[34 / 64, 30 / 64]], atol=1e-4)
