"""Sound: one channel, at the rate asked for, in time with the pictures."""

from __future__ import annotations

import wave

import numpy as np
import pytest

from media import flipped, write_clip, write_sound
from repetiteur.errors import DamagedFile, UnknownFormat, UnreadableRecording
from repetiteur.io import _sound, audio
from repetiteur.io._limited import limited
from repetiteur.io.audio import read_audio


@pytest.fixture(autouse=True)
def direct(monkeypatch):
    """Read in this process, which is quicker."""
    monkeypatch.setattr(audio, "limited", lambda read, path, **_: read(path))


def pitch(sound):
    """Frequency of the strongest tone."""
    middle = sound.samples[len(sound.samples) // 4 : -len(sound.samples) // 4]
    power = np.abs(np.fft.rfft(middle * np.hanning(len(middle))))
    return power.argmax() * sound.rate / len(middle)


def onset(sound):
    """When it gets loud, after the first picture."""
    return sound.start_s + np.argmax(np.abs(sound.samples) > 0.1) / sound.rate


@pytest.mark.parametrize(
    ("name", "codec"),
    [("mp4", "aac"), ("wav", "pcm_s16le"), ("flac", "flac"), ("mp3", "libmp3lame"),
     ("adts", "aac"), ("aiff", "pcm_s16be")],
)  # fmt: skip
@pytest.mark.parametrize("rate", [None, 16_000, 22_050, 96_000])
def test_files_of_sound(tmp_path, name, codec, rate):
    path = write_sound(tmp_path / "a", format=name, codec=codec, seconds=0.6)
    sound = read_audio(path, rate)
    assert sound.rate == (rate or 48_000)
    assert sound.samples.dtype == np.float32
    assert sound.duration_s == pytest.approx(0.6, abs=0.06)
    assert sound.start_s == 0
    assert pitch(sound) == pytest.approx(440, abs=6)
    assert np.median(np.abs(sound.samples)) == pytest.approx(0.5 * 2**-0.5, abs=0.05)


@pytest.mark.parametrize("name", ["a.mp4", "a.mkv", "a.ts"])
@pytest.mark.parametrize("late_ms", [0, 300])
def test_sound_is_in_time_with_the_pictures(tmp_path, name, late_ms):
    ms = [late_ms + 40 * i for i in range(20)]
    sound = read_audio(write_clip(tmp_path / name, ms=ms, sound_s=0.8))
    assert onset(sound) == pytest.approx(-late_ms / 1000, abs=0.003)


def test_in_a_process_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setattr(audio, "limited", limited)
    path = write_sound(tmp_path / "a.wav", format="wav", codec="pcm_s16le")
    assert pitch(read_audio(path)) == pytest.approx(440, abs=6)


def test_a_missing_part_is_silent(tmp_path):
    path = write_clip(tmp_path / "a.ts", sound_s=2.0)
    whole = read_audio(path)
    packets = path.read_bytes()
    third = len(packets) // 188 // 3 * 188
    path.write_bytes(packets[:third] + packets[2 * third :])
    sound = read_audio(path)
    assert sound.duration_s == pytest.approx(whole.duration_s, abs=0.05)
    assert np.mean(np.abs(sound.samples) < 0.01) > 0.2


def _in_stereo(path, left, right):
    """A file of two channels."""
    with wave.open(str(path), "wb") as out:
        out.setnchannels(2)
        out.setsampwidth(2)
        out.setframerate(16_000)
        both = np.stack([left, right], axis=1)
        out.writeframes((32767 * both).round().astype("<i2").tobytes())
    return path


def test_channels_of_opposite_phase_are_not_silence(tmp_path):
    """One cable with its poles exchanged, and one channel a little quieter."""
    left = 0.5 * np.sin(2 * np.pi * 440 * np.arange(16_000) / 16_000)
    heard = read_audio(_in_stereo(tmp_path / "a.wav", left, -0.95 * left))
    np.testing.assert_allclose(heard.samples, left, atol=1e-3)
    right = read_audio(_in_stereo(tmp_path / "b.wav", -0.95 * left, left))
    np.testing.assert_allclose(right.samples, left, atol=1e-3)


def test_channels_that_do_not_cancel_are_mixed(tmp_path):
    rng = np.random.default_rng(0)
    left, right = rng.uniform(-0.5, 0.5, (2, 16_000))
    heard = read_audio(_in_stereo(tmp_path / "a.wav", left, right))
    np.testing.assert_allclose(heard.samples, (left + right) / 2, atol=1e-3)
    silent = read_audio(_in_stereo(tmp_path / "b.wav", left, 0.0 * left))
    np.testing.assert_allclose(silent.samples, left / 2, atol=1e-3)


def test_no_sound(tmp_path):
    with pytest.raises(UnreadableRecording, match="and has none"):
        read_audio(write_clip(tmp_path / "silent.mp4"))


def test_bad_files(tmp_path):
    path = tmp_path / "a.wav"
    path.write_bytes(b"la la la")
    with pytest.raises(UnknownFormat):
        read_audio(path)
    with pytest.raises(UnreadableRecording, match="no such file"):
        read_audio(tmp_path / "none.wav")
    write_sound(path, format="mp4")
    content = path.read_bytes()
    for seed in range(40):
        path.write_bytes(flipped(content, seed, 3))
        try:
            sound = read_audio(path)
        except UnreadableRecording:
            continue
        assert np.isfinite(sound.samples).all()


@pytest.mark.parametrize("rate", [0, -1, 10**9])
def test_absurd_rates(tmp_path, rate):
    path = write_sound(tmp_path / "a.wav", format="wav", codec="pcm_s16le")
    with pytest.raises(UnreadableRecording, match="rate of sound"):
        read_audio(path, rate)


def test_absurd_lengths(tmp_path, monkeypatch):
    path = write_sound(tmp_path / "a.wav", format="wav", codec="pcm_s16le")
    monkeypatch.setattr(_sound, "MAX_SAMPLES", 20_000)
    with pytest.raises(DamagedFile, match="cut out the part"):
        read_audio(path)
    monkeypatch.undo()
    monkeypatch.setattr(audio, "MAX_SAMPLES", 50_000)
    with pytest.raises(UnreadableRecording, match="lower rate"):
        read_audio(path, 192_000)
