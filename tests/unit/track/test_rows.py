"""Rows: what a worker sends is what is read."""

from __future__ import annotations

import numpy as np

from repetiteur.track.regions import Region
from repetiteur.track.rows import row_of, sights_of, width
from repetiteur.track.sights import Look


def test_a_look_goes_and_comes_back(rng: np.random.Generator) -> None:
    look = Look(
        0.875,
        rng.uniform(0, 900, (33, 2)),
        rng.uniform(0, 1, 33),
        rng.normal(0, 0.5, (33, 3)),
        Region(1.0, 2.0, 3.0, 0.0),
    )
    never = np.full(width(33), np.nan, np.float32)
    seen = sights_of(
        np.stack(
            [
                row_of(0, 0, look, scale=2.0, points=33),
                row_of(0, 1, None, scale=2.0, points=33),
                never,
            ]
        )
    )
    assert seen.presence[:2].tolist() == [0.875, 0.0]
    assert np.isnan(seen.presence[2])
    np.testing.assert_allclose(seen.pixels[0], 2.0 * look.pixels, rtol=1e-6)
    np.testing.assert_allclose(seen.world[0], look.world, rtol=1e-6, atol=1e-6)
    np.testing.assert_allclose(seen.confidence[0], look.confidence, rtol=1e-6)
    assert np.isnan(seen.pixels[1:]).all()
