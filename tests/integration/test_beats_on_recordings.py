"""Beats of two real recordings against those that were marked by eye."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from repetiteur.io.audio import read_audio
from repetiteur.music.beats import beats_of
from repetiteur.music.onsets import RATE

MARKED = Path(__file__).parents[1] / "data" / "beats"


def marked(name):
    return np.loadtxt(MARKED / f"{name}.csv", skiprows=1)


def f_measure(true, found):
    """Within 70 ms; found ones that are far from all marks are not asked."""
    far = 1.5 * np.median(np.diff(true))
    found = found[np.abs(found[:, None] - true).min(axis=1) < far]
    hit = (np.abs(true[:, None] - found).min(axis=1) <= 0.07).sum()
    return 2 * hit / (len(true) + len(found))


@pytest.mark.parametrize(
    ("name", "bpm", "at_least"),
    [
        ("sugar_plum_fairy_macleod", None, 0.95),
        ("sugar_plum_fairy_macleod", 111.0, 0.97),
        ("hungarian_dance_5", None, 0.75),
        ("hungarian_dance_5", 153.0, 0.75),
    ],
)
def test_marked_beats_are_found_and_a_grid_does_not_find_them(
    test_data, name, bpm, at_least
):
    true = marked(name)
    found = beats_of(read_audio(test_data / "audio" / f"{name}.ogg", RATE), bpm=bpm)
    grid = np.arange(true[0], true[-1], np.median(np.diff(true)))
    assert f_measure(true, found.time_s[found.heard]) >= at_least
    assert f_measure(true, grid) < 0.6


@pytest.mark.parametrize("name", ["sugar_plum_fairy_macleod", "hungarian_dance_5"])
def test_marks_are_in_order(name):
    true = marked(name)
    assert (np.diff(true) > 0.25).all()
