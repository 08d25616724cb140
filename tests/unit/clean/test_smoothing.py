import numpy as np
import pytest

import filming
from repetiteur.clean.smoothing import smooth
from repetiteur.kernels.geometry import flexion
from repetiteur.synthetic import Phrase
from repetiteur.synthetic.steps import demi_plie, fifth_position

PLIE = Phrase.of(fifth_position("left"), demi_plie())


def knee(pixels):
    ends = (filming.LANDMARKS.index(f"left_{p}") for p in ("hip", "knee", "ankle"))
    flat = np.pad(pixels, [(0, 0), (0, 0), (0, 1)])
    return flexion(*(flat[:, k] for k in ends))


def pixels_of(poses):
    return poses["position"].to_numpy()[..., 0].transpose(0, 2, 1)


@pytest.mark.parametrize("fps", [30.0, 60.0])
@pytest.mark.parametrize("phrase", [PLIE, filming.pirouettes()])
def test_jitter_shrinks_and_movement_stays(fps, phrase):
    still, shaken = (filming.film(phrase, fps=fps, noise=n) for n in (0.0, 4.0))
    before = np.abs(knee(shaken.pixels) - knee(still.pixels))
    after = np.abs(knee(pixels_of(smooth(shaken.poses()))) - knee(still.pixels))
    assert np.median(after) < (0.95 if fps == 30.0 else 0.8) * np.median(before)
    moved = np.abs(knee(pixels_of(smooth(still.poses()))) - knee(still.pixels))
    assert np.percentile(moved, 99) < 3.0


def test_a_kick_keeps_its_height():
    film = filming.film(filming.kicks(), fps=60.0)
    ankle = filming.LANDMARKS.index("left_ankle")
    lowered = pixels_of(smooth(film.poses()))[:, ankle, 1] - film.pixels[:, ankle, 1]
    assert np.abs(lowered).max() < 0.015 * film.stature


def test_missing_stays_missing_and_its_argument_as_it_was():
    film = filming.film(PLIE, fps=60.0, noise=3.0)
    pixels = film.pixels.copy()
    pixels[40:60, 3] = np.nan
    poses = film.poses(pixels=pixels)
    before = poses.copy(deep=True)
    out = smooth(poses)
    assert np.array_equal(out["position"].isnull(), poses["position"].isnull())
    assert "half amplitude at 6.67 Hz" in out.attrs["history"]
    assert poses.identical(before)
