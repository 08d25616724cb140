import numpy as np
import pytest

import filming
from repetiteur.clean.outliers import drop_outliers

DANCES = {
    "kicks": (filming.kicks(), 60.0),
    "pirouettes": (filming.pirouettes(), 90.0),
}


@pytest.fixture(scope="module", params=[30.0, 60.0], ids=lambda f: f"{f:g} fps")
def films(request):
    return {
        name: filming.film(phrase, fps=request.param, bpm=bpm, noise=3.0, seed=4)
        for name, (phrase, bpm) in DANCES.items()
    }


@pytest.mark.parametrize("name", DANCES)
def test_fast_dancing_is_no_outlier(films, name):
    """The leg goes at 650 degrees a second, the body turns at 840."""
    cleaned = drop_outliers(films[name].poses())
    assert "0 samples" in cleaned.attrs["history"]
    assert cleaned["position"].notnull().all()
    assert cleaned["world_position"].notnull().all()


@pytest.mark.parametrize("name", DANCES)
@pytest.mark.parametrize("burst_s", [0.01, 0.1])
def test_bursts_in_fast_dancing_are_found(films, name, burst_s):
    film = films[name]
    rng = np.random.default_rng(8)
    fps = 1.0 / (film.time[1] - film.time[0])
    size = 0.1 if fps > 50 else 0.16
    count = max(1, int(burst_s * fps))
    pixels = film.pixels.copy()
    planted = np.zeros(pixels.shape[:2], dtype=bool)
    for k in range(33):
        for start in range(12, len(film.time) - 12, 40):
            first = start + int(rng.integers(0, 6))
            angle = rng.uniform(0.0, 2.0 * np.pi)
            way = [np.cos(angle), np.sin(angle)]
            pixels[first : first + count, k] += size * film.stature * np.array(way)
            planted[first : first + count, k] = True
    cleaned = drop_outliers(film.poses(pixels=pixels))
    found = np.isnan(cleaned["position"][:, 0, :, 0].to_numpy())
    assert found[planted].mean() > 0.97
    assert found[~planted].mean() < 0.01
    assert (cleaned["confidence"].to_numpy()[found] == 0.0).all()


def test_a_shank_longer_than_the_thigh_and_trunk_is_no_shank(films):
    film = films["kicks"]
    pixels = film.pixels.copy()
    ankle = filming.LANDMARKS.index("right_ankle")
    pixels[20:50, ankle, 1] += np.linspace(0.0, 0.5, 30) * film.stature
    cleaned = drop_outliers(film.poses(pixels=pixels))
    gone = np.isnan(cleaned["position"][:, 0, :, 0].to_numpy())
    assert gone[40:50, ankle].all()
    assert not gone[:20].any()
    assert not gone[50:].any()


def test_a_knee_far_from_both_its_bones_is_taken_out_itself(films):
    film = films["kicks"]
    pixels = film.pixels.copy()
    knee = filming.LANDMARKS.index("right_knee")
    pixels[20:60, knee, 0] += 0.6 * film.stature
    gone = np.isnan(
        drop_outliers(film.poses(pixels=pixels))["position"][:, 0, :, 0].to_numpy()
    )
    assert gone[20:60, knee].all()
    assert gone.sum() == 40


def test_nobody_at_all_is_left_alone(films):
    film = films["kicks"]
    poses = film.poses(pixels=np.full_like(film.pixels, np.nan))
    assert drop_outliers(poses)["position"].isnull().all()


def test_its_argument_is_left_alone(films):
    film = films["kicks"]
    pixels = film.pixels.copy()
    pixels[30, 5] += 300.0
    poses = film.poses(pixels=pixels)
    before = poses.copy(deep=True)
    assert "1 samples (left_eye 1)" not in drop_outliers(poses).attrs["history"]
    assert "(right_eye 1)" in drop_outliers(poses).attrs["history"]
    assert poses.identical(before)
