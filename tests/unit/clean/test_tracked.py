import numpy as np
import pytest

import filming
from repetiteur.clean.tracked import clean_tracked


@pytest.fixture(scope="module")
def spoilt():
    """A film with noise, jumps and gaps; and where its points really were."""
    film = filming.film(filming.pirouettes(), fps=60.0, noise=3.0)
    rng = np.random.default_rng(5)
    pixels = film.pixels.copy()
    jumps = rng.random(pixels.shape[:2]) < 0.01
    pixels[jumps] += rng.choice([-1, 1], (jumps.sum(), 2)) * 0.2 * film.stature
    for start in range(20, 500, 60):
        pixels[start : start + 6, start % 33] = np.nan
    still = filming.film(filming.pirouettes(), fps=60.0)
    return film.poses(pixels=pixels), still


def test_cleaned_is_nearer_to_the_truth(spoilt):
    poses, still = spoilt
    raw, cleaned = (
        np.linalg.norm(
            p["position"].to_numpy()[..., 0].transpose(0, 2, 1) - still.pixels, axis=2
        )
        for p in (poses, clean_tracked(poses))
    )
    assert np.isfinite(cleaned).mean() > 0.999
    assert np.nanpercentile(cleaned, 99.9) < 0.3 * np.nanpercentile(raw, 99.9)
    assert np.nanmedian(cleaned) < 0.8 * np.nanmedian(raw)


def test_raw_stays_beside_cleaned_and_the_argument_as_it_was(spoilt):
    poses, _ = spoilt
    before = poses.copy(deep=True)
    cleaned = clean_tracked(poses)
    assert np.array_equal(cleaned["raw_position"], before["position"], equal_nan=True)
    assert poses.identical(before)
    again = clean_tracked(cleaned)
    assert np.array_equal(again["raw_position"], before["position"], equal_nan=True)


def test_each_step_is_recorded_and_can_be_left_out(spoilt):
    poses, _ = spoilt
    lines = clean_tracked(poses).attrs["history"].splitlines()
    assert [line.split()[0] for line in lines] == [
        "outliers", "gaps", "smoothed", "outside", "bones",
    ]  # fmt: skip
    nothing = clean_tracked(
        poses, outliers=False, gaps_s=0.0, smooth_s=0.0, bones=False, inside=False
    )
    assert nothing.drop_vars("raw_position").identical(poses)


def test_poses_without_a_guess_in_space_are_cleaned_too(spoilt):
    poses, _ = spoilt
    flat = clean_tracked(poses.drop_vars(["world_position", "world_space"]))
    both = clean_tracked(poses)
    assert np.array_equal(flat["position"], both["position"], equal_nan=True)


def test_one_frame():
    film = filming.film(filming.pirouettes(), fps=60.0)
    one = film.poses().isel(time=[0])
    assert clean_tracked(one)["position"].equals(one["position"])
