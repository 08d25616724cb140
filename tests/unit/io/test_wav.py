"""Sound files: what is written is heard."""

from __future__ import annotations

import numpy as np
import pytest

from repetiteur.errors import CannotWrite
from repetiteur.io import audio
from repetiteur.io.audio import Sound, read_audio
from repetiteur.io.wav import write_wav


def test_what_is_written_is_read(tmp_path, monkeypatch, rng):
    monkeypatch.setattr(audio, "limited", lambda read, path, **_: read(path))
    samples = rng.uniform(-1.0, 1.0, 4000).astype(np.float32)
    write_wav(Sound(samples, 8000, 0.3), tmp_path / "a.wav")
    again = read_audio(tmp_path / "a.wav")
    assert (again.rate, again.start_s) == (8000, 0.0)
    np.testing.assert_allclose(again.samples, samples, atol=1e-4)


def test_what_is_too_loud_is_cut_off_and_does_not_turn_over(tmp_path, monkeypatch):
    monkeypatch.setattr(audio, "limited", lambda read, path, **_: read(path))
    loud = np.array([2.0, -2.0, np.nan, 0.5] * 500, np.float32)
    write_wav(Sound(loud, 8000, 0.0), tmp_path / "a.wav")
    again = read_audio(tmp_path / "a.wav").samples[:4]
    np.testing.assert_allclose(again, [1.0, -1.0, 0.0, 0.5], atol=1e-3)


def test_nothing_is_left_where_it_cannot_be_written(tmp_path):
    with pytest.raises(CannotWrite):
        write_wav(Sound(np.zeros(10, np.float32), 8000, 0.0), tmp_path / "no" / "a.wav")
    assert not list(tmp_path.iterdir())
