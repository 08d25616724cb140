"""Videos that are written are whole, and keep their times."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from media import number_of, picture
from repetiteur.errors import CannotWrite, DamagedFile
from repetiteur.io import video_writer
from repetiteur.io.audio import Sound, read_audio
from repetiteur.io.video import frames, scan
from repetiteur.io.video_writer import write_video

TIMES = [0.0, 0.033, 0.07, 0.4, 0.41, 1.5]


def shown(times, size=(64, 48)):
    return ((at, picture(number, *size)) for number, at in enumerate(times))


def test_times_and_pictures_come_back(tmp_path):
    path = tmp_path / "a.mp4"
    write_video(path, shown(TIMES), size=(64, 48))
    found = scan(path)
    np.testing.assert_allclose(found.time_s, TIMES, atol=1e-5)
    assert [number_of(frame.rgb) for frame in frames(found)] == list(range(6))


def test_colours_come_back(tmp_path):
    colours = np.array([[250, 10, 10], [10, 250, 10], [10, 10, 250], [128, 128, 128]])
    rgb = np.repeat(np.repeat(colours[None], 32, 0), 16, 1).astype(np.uint8)
    write_video(tmp_path / "a.mp4", [(0.0, rgb)], size=(64, 32))
    again = next(frames(scan(tmp_path / "a.mp4"))).rgb[16, [8, 24, 40, 56]]
    np.testing.assert_allclose(again, colours, atol=12)


@pytest.mark.parametrize(("size", "even"), [((65, 49), (66, 50)), ((1, 1), (2, 2))])
def test_odd_sizes(tmp_path, size, even):
    write_video(tmp_path / "a.mp4", shown(TIMES, size), size=size)
    found = scan(tmp_path / "a.mp4")
    assert (found.width, found.height) == even


def test_without_h264(tmp_path, monkeypatch):
    path = tmp_path / "a.mp4"
    none = (("no_such_encoder", {}),)
    monkeypatch.setattr(video_writer, "_ENCODERS", none + video_writer._ENCODERS[1:])
    write_video(path, shown(TIMES), size=(64, 48))
    assert scan(path).codec == "vp9"
    monkeypatch.setattr(video_writer, "_ENCODERS", none)
    with pytest.raises(CannotWrite, match=r"needs PyAV with H\.264"):
        write_video(path, shown(TIMES), size=(64, 48))


def test_sound_is_heard_when_it_is_to_be(tmp_path):
    tone = np.sin(2 * np.pi * 440 * np.arange(24_000) / 48_000).astype(np.float32)
    for start_s in (0.0, 0.5):
        sound = Sound(tone, 48_000, start_s)
        write_video(tmp_path / "a.mp4", shown(TIMES), size=(64, 48), sound=sound)
        heard = read_audio(tmp_path / "a.mp4")
        loud = np.flatnonzero(np.abs(heard.samples) > 0.2) / heard.rate + heard.start_s
        assert loud.min() == pytest.approx(start_s, abs=0.003)
        assert loud.max() == pytest.approx(start_s + 0.5, abs=0.003)
        np.testing.assert_allclose(scan(tmp_path / "a.mp4").time_s, TIMES, atol=1e-5)


def test_a_scrubbed_film_is_smaller(tmp_path):
    sizes = []
    for scrubbed in (False, True):
        write_video(tmp_path / "a.mp4", shown(TIMES), size=(64, 48), scrubbed=scrubbed)
        sizes.append((tmp_path / "a.mp4").stat().st_size)
        found = scan(tmp_path / "a.mp4")
        assert [number_of(frame.rgb) for frame in frames(found)] == list(range(6))
    assert sizes[1] < sizes[0]


def test_what_is_there_stays_when_writing_fails(tmp_path):
    path = tmp_path / "a.mp4"
    path.write_text("old")

    def breaking():
        yield from itertools.islice(shown(TIMES), 3)
        raise DamagedFile("no more")

    with pytest.raises(DamagedFile, match="no more"):
        write_video(path, breaking(), size=(64, 48))
    with pytest.raises(CannotWrite, match="at least one picture"):
        write_video(path, [], size=(64, 48))
    assert [file.name for file in tmp_path.iterdir()] == ["a.mp4"]
    assert path.read_text() == "old"


def test_places_that_cannot_be_written(tmp_path):
    with pytest.raises(CannotWrite, match=r"ends in '\.gif'"):
        write_video(tmp_path / "a.gif", shown(TIMES), size=(64, 48))
    with pytest.raises(CannotWrite, match="does not exist"):
        write_video(tmp_path / "no" / "a.mp4", shown(TIMES), size=(64, 48))


def test_a_full_disk(tmp_path, monkeypatch):
    class Full:
        def __init__(self, file):
            self._file = file

        def __getattr__(self, name):
            return getattr(self._file, name)

        def write(self, data):
            raise OSError(28, "No space left on device")

    opened = video_writer.av.open
    monkeypatch.setattr(
        video_writer.av, "open", lambda file, *a, **k: opened(Full(file), *a, **k)
    )
    with pytest.raises(CannotWrite, match="no space left on device"):
        write_video(tmp_path / "a.mp4", shown(TIMES), size=(64, 48))
    assert list(tmp_path.iterdir()) == []
