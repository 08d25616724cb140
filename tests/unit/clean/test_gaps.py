import numpy as np
import pytest

import filming
from repetiteur.clean.gaps import fill_gaps
from repetiteur.synthetic import Phrase
from repetiteur.synthetic.steps import demi_plie, fifth_position

FILM = filming.film(Phrase.of(fifth_position("left"), demi_plie()), fps=50.0)
KNEE = filming.LANDMARKS.index("left_knee")


def holed(start, count):
    pixels = FILM.pixels.copy()
    pixels[start : start + count, KNEE] = np.nan
    return FILM.poses(pixels=pixels)


def test_a_short_gap_is_filled_near_where_the_knee_was():
    filled = fill_gaps(holed(60, 7))["position"][..., 0]
    off = filled[:, :, KNEE].to_numpy() - FILM.pixels[:, KNEE]
    assert np.abs(off).max() < 0.01 * FILM.stature


def test_a_filled_sample_is_trusted_less_the_further_away():
    sure = fill_gaps(holed(60, 7))["confidence"][:, KNEE, 0].to_numpy()
    away = 0.02 * np.array([1, 2, 3, 4, 3, 2, 1])
    assert sure[60:67] == pytest.approx(0.5 * (1 - away / 0.2))
    assert (np.delete(sure, range(60, 67)) == 1.0).all()


def test_a_long_gap_stays_and_is_not_trusted():
    filled = fill_gaps(holed(60, 12))
    assert np.isnan(filled["position"][60:72, :, KNEE]).all()
    assert (filled["confidence"][60:72, KNEE] == 0.0).all()
    assert fill_gaps(holed(60, 12), longest_s=0.3)["position"].notnull().all()


def test_what_the_tracker_hardly_saw_counts_as_missing():
    visibility = FILM.visibility.copy()
    visibility[30, KNEE], visibility[60:90, KNEE] = 0.01, 0.01
    filled = fill_gaps(FILM.poses(visibility=visibility))
    assert filled["confidence"][30, KNEE, 0] == pytest.approx(0.45)
    assert np.isnan(filled["position"][60:90, :, KNEE]).all()
    assert np.isnan(filled["world_position"][60:90, :, KNEE]).all()
    kept = fill_gaps(FILM.poses(visibility=visibility), below=0.0)
    assert kept["position"].equals(FILM.poses()["position"])


def test_says_what_it_filled_and_leaves_its_argument_alone():
    poses = holed(60, 7)
    before = poses.copy(deep=True)
    filled = fill_gaps(poses)
    assert filled.attrs["history"] == (
        "gaps of up to 0.2 s filled: 7 samples (left_knee 7)"
    )
    assert poses.identical(before)
