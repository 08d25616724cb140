"""Films of real videos: their pictures, times and sound are those of the recording."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

import commands
from repetiteur.io.audio import read_audio
from repetiteur.io.formats import write_poses
from repetiteur.io.video import frames, scan
from repetiteur.model.poses import make_poses
from repetiteur.rehearsal import Recording
from repetiteur.report.film import film_of
from repetiteur.report.films import make_films
from repetiteur.report.in_step import write_in_step
from repetiteur.report.shot import shot_of
from unit.report import small_rehearsal as made

VIDEOS = (
    "pose_squats.mp4",
    "sports2d_demo_walk.mp4",
    "pose2sim_single/cam01.mp4",
    "pose2sim_multi/cam03.mp4",
)
_STANDING = {"shoulder": 0.3, "hip": 0.5, "knee": 0.7, "ankle": 0.9}


def as_if_tracked(path):
    """Somebody who stands in the middle of each picture of a video."""
    video = scan(path)
    at = {
        f"{side}_{part}": (video.width * (0.5 + way), video.height * down)
        for side, way in (("left", 0.05), ("right", -0.05))
        for part, down in _STANDING.items()
    }
    place = np.tile(np.array(list(at.values())).T, (len(video.time_s), 1, 1))
    poses = make_poses(place, time=video.time_s, keypoints=list(at)).assign_attrs(
        image_width=video.width, image_height=video.height
    )
    return Recording(path.name, "0f" * 32, poses, video=path).part(0.0, 2.0)


@pytest.fixture(params=VIDEOS)
def found(request, test_data):
    one = as_if_tracked(test_data / "video" / request.param)
    return replace(made.rehearsal(alignment=made.no_line_up()), reference=one, take=one)


def test_films_show_what_the_video_shows(found, tmp_path):
    reel, shot = make_films(found, tmp_path).of["take"], shot_of(film_of(found.take))
    small = scan(reel.path)
    own = scan(found.take.video)
    np.testing.assert_allclose(
        small.time_s + reel.start_s, own.time_s[shot.frames], atol=1e-4
    )
    (left, top), (wide, high) = shot.corner, shot.size
    whole = {
        frame.index: frame.rgb for frame in frames(own, 0, int(shot.frames[-1]) + 1)
    }
    for frame in list(frames(small))[:: max(1, len(small.time_s) // 5)]:
        there = cv2.resize(
            whole[int(shot.frames[frame.index])],
            shot.whole,
            interpolation=cv2.INTER_AREA,
        )[top : top + high, left : left + wide]
        assert np.abs(there.astype(float) - frame.rgb).mean() < 9


def test_sound_is_that_of_the_video(found, tmp_path):
    reel = make_films(found, tmp_path).of["take"]
    if not scan(found.take.video).has_audio:
        assert not reel.has_sound
        return
    own = read_audio(found.take.video, 48_000).part(0.0, 1.5).samples
    if not own.any():
        assert not reel.has_sound, "silence has no button"
        return
    heard = read_audio(reel.path, 48_000).part(0.0, 1.5).samples
    lags = np.arange(-200, 201)
    alike = [np.dot(own[500:-500], np.roll(heard, lag)[500:-500]) for lag in lags]
    assert abs(lags[int(np.argmax(alike))]) < 48, "within a millisecond"


def test_both_in_one_video(found, tmp_path):
    write_in_step(found, tmp_path / "both.mp4", blur_faces=True)
    shot = shot_of(film_of(found.take))
    shown = scan(tmp_path / "both.mp4")
    np.testing.assert_allclose(shown.time_s, shot.time_s - shot.time_s[0], atol=1e-4)


@pytest.fixture
def run(monkeypatch, capfd):
    return commands.runner(monkeypatch, capfd)


def test_the_command_writes_a_video_of_both(run, tmp_path):
    for name, low in (("a.nc", 0.0), ("b.nc", 12.0)):
        write_poses(made.dancer(6.0, 30.0, height=low), tmp_path / name)
    one, two, both = (tmp_path / name for name in ("a.nc", "b.nc", "both.mp4"))
    done = run("rehearse", one, two, "-o", tmp_path / "out", "--overlay", both)
    assert done.returncode == 0
    assert str(both) in done.stderr
    assert scan(both).duration_s == pytest.approx(6.0, abs=0.1)
    assert not (tmp_path / "out" / "take_film.mp4").exists()


def test_a_video_of_both_spares_what_was_given(run, tmp_path):
    given = tmp_path / "b.nc"
    write_poses(made.dancer(6.0, 30.0), given)
    wrong = run(
        "rehearse", given, given, "-o", tmp_path, "--overlay", tmp_path / "b.gif"
    )
    assert wrong.returncode == 2
    assert ".mp4" in wrong.stderr
    film = tmp_path / "take_film.mp4"
    film.write_bytes(given.read_bytes())
    assert run("rehearse", given, film, "-o", tmp_path).returncode == 2
    assert run("rehearse", given, film, "--overlay", film).returncode == 2
