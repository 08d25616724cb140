import numpy as np
import pytest

from repetiteur.music.features import FRAMES_PER_S, NOTES, heard
from sounding import RATE, played, tune


def _chords(notes, tuning=0.0):
    return played(np.array(notes), np.arange(len(notes)) * 1.0 + 0.5, tuning=tuning)


def test_a_frame_is_heard_as_the_names_of_its_notes():
    of = heard(_chords([[60, 64], [62, 65]]), RATE)
    names = [np.sort(np.argsort(of.chroma[k])[-2:]).tolist() for k in (40, 90)]
    assert names == [[0, 4], [2, 5]]
    assert np.linalg.norm(of.chroma[40]) == pytest.approx(1.0)


def test_an_onset_is_where_the_note_is_struck_and_decays():
    of = heard(_chords([[60, 64], [62, 65], [67, 71]]), RATE)
    size = np.linalg.norm(of.onset, axis=1)
    for second in (0.5, 1.5, 2.5):
        frame = round(second * FRAMES_PER_S)
        struck = frame - 5 + int(np.argmax(size[frame - 5 : frame + 6]))
        assert abs(struck - frame) <= 2
        assert size[frame + 25] < 0.3 * size[struck]
    assert np.sort(np.argsort(of.onset[75])[-2:]).tolist() == [2, 5]


@pytest.mark.parametrize("tuning", [-0.4, 0.3])
def test_an_orchestra_tuned_otherwise_is_heard_alike(tuning):
    notes = tune(1, 12)
    usual, other = (heard(_chords(notes, t), RATE).chroma for t in (0.0, tuning))
    alike = (usual * other).sum(axis=1)[30:-60]
    assert np.median(alike) > 0.95


def test_how_loud_it_is_changes_nothing():
    sound = _chords(tune(2, 6).tolist())
    one, two = heard(sound, RATE), heard(0.01 * sound, RATE)
    assert np.abs(one.chroma - two.chroma).max() < 1e-3
    assert np.abs(one.onset - two.onset).max() < 1e-3


def test_silence_is_nothing():
    of = heard(np.zeros(2 * RATE, np.float32), RATE)
    assert len(of.chroma) == len(of.onset) == 2 * FRAMES_PER_S + 1
    assert not of.chroma.any()
    assert not of.onset.any()


def test_all_names_are_looked_at():
    assert set((NOTES % 12).tolist()) == set(range(12))
