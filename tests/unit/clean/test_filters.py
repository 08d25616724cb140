import numpy as np
import pytest

import bodies
import filming
from repetiteur.clean.filters import butterworth, cutoffs_by_residuals, savitzky_golay
from repetiteur.errors import InvalidPoses
from repetiteur.synthetic import dance

FILTERS = {
    "butterworth": lambda poses: butterworth(poses, cutoff_hz=6.0),
    "savitzky_golay": lambda poses: savitzky_golay(poses, window_s=0.2),
}


def noisy(rng, fps=120.0, noise=0.003):
    time, points = bodies.moving_points(seconds=4.0, fps=fps)
    true = bodies.poses(time, points)
    place = true["position"] + rng.normal(0.0, noise, true["position"].shape)
    return true, true.assign(position=place)


@pytest.mark.parametrize("name", FILTERS)
def test_noise_shrinks_and_movement_stays(rng, name):
    true, poses = noisy(rng)
    smooth = FILTERS[name](poses)
    before, after = (
        float(np.sqrt(((p["position"] - true["position"]) ** 2).mean()))
        for p in (poses, smooth)
    )
    assert after < 0.5 * before
    assert smooth["raw_position"].equals(poses["position"])


@pytest.mark.parametrize("name", FILTERS)
def test_gaps_stay_and_part_what_lies_on_their_sides(rng, name):
    _, poses = noisy(rng)
    holed = poses.copy(deep=True)
    holed["position"][200:220, :, 3] = np.nan
    moved = holed.copy(deep=True)
    moved["position"][220:, :, 3] += 5.0
    one, other = (FILTERS[name](p)["position"].to_numpy() for p in (holed, moved))
    assert np.array_equal(np.isnan(one), np.isnan(holed["position"].to_numpy()))
    assert np.array_equal(one[:200], other[:200])


@pytest.mark.parametrize("name", FILTERS)
@pytest.mark.parametrize("frames", [1, 2, 3])
def test_short_recordings_pass(name, frames):
    time, points = bodies.moving_points(seconds=0.2)
    short = {n: place[:frames] for n, place in points.items()}
    poses = bodies.poses(time[:frames], short)
    assert np.allclose(FILTERS[name](poses)["position"], poses["position"], atol=1e-3)


def test_uneven_times_are_for_butterworth_alone(rng):
    true, poses = noisy(rng)
    kept = np.sort(rng.choice(true.sizes["time"], 400, replace=False))
    smooth = butterworth(poses.isel(time=kept), cutoff_hz=6.0)["position"]
    before, after = (
        float(abs(p - true["position"].isel(time=kept)).mean())
        for p in (poses["position"].isel(time=kept), smooth)
    )
    assert after < 0.6 * before
    with pytest.raises(InvalidPoses, match="even time steps"):
        savitzky_golay(poses.isel(time=kept), window_s=0.2)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda p: butterworth(p, cutoff_hz=0.0), "between 0 and half the rate"),
        (lambda p: butterworth(p, cutoff_hz=62.0), "here 60 Hz, and is 62 Hz"),
        (lambda p: butterworth(p, cutoff_hz=float("nan")), "half the rate"),
        (lambda p: butterworth(p, cutoff_hz=6.0, order=3), "even order, and got 3"),
        (lambda p: savitzky_golay(p, window_s=0.0), "longer than 0 s"),
        (lambda p: savitzky_golay(p, window_s=0.2, degree=-1), "degree 0 or more"),
    ],
)
def test_options_that_cannot_be_say_what_can(rng, call, said):
    _, poses = noisy(rng)
    with pytest.raises(InvalidPoses, match=said):
        call(poses)


def test_the_residuals_ask_for_more_where_there_is_less_noise(rng):
    kicked = dance(filming.kicks(), fps=120.0, bpm=60.0)
    found = []
    for noise in (0.001, 0.02):
        place = kicked["position"] + rng.normal(0.0, noise, kicked["position"].shape)
        foot = kicked.assign(position=place).sel(keypoint=["left_toe"])
        found.append(cutoffs_by_residuals(foot)["left_toe"])
    assert 3.0 < found[1] < found[0] < 20.0


def test_the_cut_off_by_residuals_errs_little_more_than_the_best(rng):
    true, poses = (p.sel(keypoint=["left_wrist"]) for p in noisy(rng, noise=0.005))
    chosen = cutoffs_by_residuals(poses)["left_wrist"]

    def error(hz):
        smooth = butterworth(poses, cutoff_hz=hz)["position"]
        return float(np.sqrt(((smooth - true["position"]) ** 2).mean()))

    best = min(error(hz) for hz in np.arange(1.0, 20.0, 0.5))
    assert error(chosen) < 2.0 * best
    assert error(25.0) > 2.0 * best


@pytest.mark.parametrize("frames", [1, 60])
def test_too_little_to_analyse_is_not_known(rng, frames):
    _, poses = noisy(rng)
    found = cutoffs_by_residuals(poses.isel(time=slice(0, frames)))
    assert np.isnan(list(found.values())).all()
