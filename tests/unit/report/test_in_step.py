"""The video of both shows the two moments that belong together."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from repetiteur.errors import CannotWrite
from repetiteur.io import video as reading
from repetiteur.io.audio import read_audio
from repetiteur.io.video import frames, scan
from repetiteur.report import shot as shots
from repetiteur.report.film import both, film_of
from repetiteur.report.in_step import write_in_step
from repetiteur.report.shot import shot_of
from repetiteur.report.strokes import HANDS, dot, line, ring
from unit.report import numbered, small_video
from unit.report import small_rehearsal as made


@pytest.fixture(autouse=True)
def direct(monkeypatch):
    """Scan in this process, which is quicker."""
    monkeypatch.setattr(reading, "limited", lambda read, path, **_: read(path))


def read(rgb, columns, row):
    at = np.round(np.array(columns)).astype(int)
    bits = rgb[row, at].mean(axis=1) > 110
    return int((bits << np.arange(len(bits))).sum())


def test_films_are_in_step(tmp_path):
    found = numbered.rehearsal(tmp_path, 4.0)
    write_in_step(found, tmp_path / "both.mp4")
    shown, shares = scan(tmp_path / "both.mp4"), numbered.columns(found)
    ref, take = (shot_of(film_of(one)).size[0] for one in both(found).values())
    left = np.array(shares["ref"]) * ref
    right = np.array(shares["take"]) * take + shown.width - take
    times = found.take.poses["time"].to_numpy()
    np.testing.assert_allclose(shown.time_s, times, atol=1e-4)
    beside = found.reference.poses["time"].to_numpy()
    for frame in frames(shown):
        assert read(frame.rgb, right, 4) == frame.index
        there = beside[read(frame.rgb, left, 4)]
        along = min(times[frame.index], numbered.warped(beside[-1]))
        assert numbered.warped(there) == pytest.approx(along, abs=0.025)
    heard = read_audio(tmp_path / "both.mp4")
    loud = np.flatnonzero(np.abs(heard.samples) > 0.2) / heard.rate
    assert loud.min() < 0.003
    assert ((loud % 1) < 0.03).all()


def coloured(rgb, who):
    """Where a picture has about the colour of one of the two."""
    return np.abs(rgb.astype(int) - HANDS[who].colour).max(axis=2) < 45


def test_motion_files_are_drawn(tmp_path):
    rehearsal = made.rehearsal(
        reference=made.dancer(4.0),
        take=made.dancer(4.0, height=12, size=1.1),
        alignment=made.line_up(4.0, 0.0),
    )
    write_in_step(rehearsal, tmp_path / "both.mp4")
    shown = scan(tmp_path / "both.mp4")
    assert not shown.has_audio
    assert shown.duration_s == pytest.approx(4.0, abs=0.05)
    for frame in frames(shown, 40, 60):
        middle = frame.rgb.shape[1] // 2
        for who, other, half in (
            ("ref", "take", frame.rgb[:, :middle]),
            ("take", "ref", frame.rgb[:, middle:]),
        ):
            assert coloured(half, who).sum() > 400
            assert not coloured(half, other).any()
        take, reference = (coloured(frame.rgb, who).sum() for who in ("take", "ref"))
        assert take > 1.4 * reference
    standing, raised = (
        coloured(next(frames(shown, k)).rgb, "take") for k in (0, len(shown.time_s) - 1)
    )
    assert (standing ^ raised).sum() > 300


def test_bones_lie_over_the_films(filmed, tmp_path):
    write_in_step(filmed, tmp_path / "both.mp4")
    frame = next(frames(scan(tmp_path / "both.mp4"), 60))
    middle = frame.rgb.shape[1] // 2
    assert coloured(frame.rgb[:, middle:], "take").sum() > 60
    assert not coloured(frame.rgb[:, :middle], "take").any()


def test_a_missing_video_is_drawn(filmed, tmp_path):
    gone = replace(filmed, reference=replace(filmed.reference, video=None))
    write_in_step(gone, tmp_path / "both.mp4")
    video = scan(tmp_path / "both.mp4")
    assert video.height == 480
    assert coloured(next(frames(video, 60)).rgb[:, :360], "ref").sum() > 400


def test_damaged_pictures_give_way_to_the_next(filmed, tmp_path, monkeypatch):
    monkeypatch.setattr(
        shots,
        "frames",
        lambda *a, **k: (f for f in frames(*a, **k) if not 100 <= f.index < 190),
    )
    seen = []
    write_in_step(filmed, tmp_path / "b.mp4", progress=lambda *at: seen.append(at))
    assert len(scan(tmp_path / "b.mp4").time_s) == 181
    assert seen[-1] == (181, 181)


def test_what_fails_leaves_nothing(filmed, tmp_path):
    def stop(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_in_step(filmed, tmp_path / "both.mp4", progress=stop)
    with pytest.raises(CannotWrite, match=r"\.gif"):
        write_in_step(filmed, tmp_path / "both.gif")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", [np.nan, 1e9, -1e9])
def test_what_is_nowhere_is_not_drawn(place):
    picture = np.zeros((20, 20, 3), np.uint8)
    nowhere = np.full(2, place)
    line(picture, np.array([nowhere, [3.0, 3.0], nowhere]), HANDS["ref"], 100.0)
    dot(picture, nowhere, HANDS["take"], 100.0)
    ring(picture, nowhere, 5.0, HANDS["take"], 100.0)
    assert not picture.any()
    line(picture, np.array([[3.0, 3.0], [9.0, 9.0]]), HANDS["ref"], 100.0)
    assert picture.any()


def test_small_films_can_be_drawn_over(tmp_path):
    found = small_video.rehearsal(tmp_path, alignment=made.no_line_up())
    write_in_step(found, tmp_path / "both.mp4")
    assert len(scan(tmp_path / "both.mp4").time_s) == 181
