"""Tracking of real video, end to end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from repetiteur.errors import UnreadableRecording
from repetiteur.io.formats import read_poses
from repetiteur.track import pool
from repetiteur.track.landmarks import LANDMARKS
from repetiteur.track.track import track_video


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nothing that was tracked before has a say."""
    monkeypatch.setattr(
        "repetiteur.track.cache.cache_folder", lambda: tmp_path / "cache"
    )
    return tmp_path / "cache"


@pytest.fixture(scope="session")
def squats(test_data: Path) -> Path:
    return test_data / "video" / "pose_squats.mp4"


def test_the_squats_are_where_their_publishers_saw_them(squats: Path) -> None:
    """Median distance within 2 % of the body's height, for the same network."""
    published = np.array(json.loads(squats.with_suffix(".full.json").read_text()))
    poses = track_video(squats, model="full")
    ours = poses["position"].to_numpy()[..., 0].transpose(0, 2, 1)
    height = np.median(np.ptp(published[:, :, 1], axis=1))
    apart = np.linalg.norm(ours - published[:, :, :2], axis=-1) / height
    assert np.isfinite(ours).all()
    assert np.median(apart) <= 0.02
    # Left is the dancer's own: she faces the camera, so it lies on the picture's right.
    x = dict(zip(LANDMARKS, ours[0, :, 0], strict=True))
    assert x["left_hip"] > x["right_hip"]


def test_any_number_of_workers_sees_the_same_bit_by_bit(squats: Path) -> None:
    one, three = (
        track_video(squats, model="lite", workers=workers, cache=False)
        for workers in (1, 3)
    )
    for name in ("position", "confidence", "world_position"):
        assert one[name].to_numpy().tobytes() == three[name].to_numpy().tobytes()
    assert one.attrs == three.attrs


def _hips(film: Path, dancer: int) -> np.ndarray:
    poses = track_video(film, dancer=dancer)
    both = poses["position"].sel(keypoint=["left_hip", "right_hip"])
    return both.mean("keypoint").to_numpy()[..., 0]


def test_a_small_dancer_is_followed_and_nobody_else(test_data: Path) -> None:
    """Looked up by eye: she walks through the picture from frame 45 to frame 195."""
    hips = _hips(test_data / "video" / "sports2d_demo_walk.mp4", 1)
    seen = np.isfinite(hips[:, 0])
    assert seen[50:190].mean() >= 0.95
    assert not seen[:35].any()
    across = hips[50:190][seen[50:190]]
    assert np.abs(np.diff(across[:, 0])).max() < 60
    assert (across[:, 1] > 560).all()  # the other one is on a roof


@pytest.mark.slow
def test_the_other_one_is_followed_too(test_data: Path) -> None:
    """He stands on the roof until frame 170, and leaps down with a somersault."""
    hips = _hips(test_data / "video" / "sports2d_demo_walk.mp4", 2)[5:165]
    seen = np.isfinite(hips[:, 0])
    assert seen.mean() >= 0.95
    assert (hips[seen, 1] < 400).all()


def test_a_second_run_takes_what_was_tracked(
    squats: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = track_video(squats, model="lite")

    def none(*_: object, **__: object) -> None:
        raise AssertionError("tracked again")

    monkeypatch.setattr(pool, "_serve", none)
    monkeypatch.setattr("repetiteur.track.track.streamed", none)
    assert track_video(squats, model="lite").identical(first)


def test_progress_counts_every_frame_once(squats: Path) -> None:
    told: list[tuple[int, int]] = []
    track_video(squats, model="lite", progress=lambda *now: told.append(now))
    assert told == [(done, 65) for done in range(66)]


def test_another_than_those_there_is_said(squats: Path) -> None:
    with pytest.raises(UnreadableRecording, match="7 came where 1 were found"):
        track_video(squats, model="lite", dancer=7)


def _children(pid: int) -> list[int]:
    return [
        int(child)
        for task in Path(f"/proc/{pid}/task").glob("*/children")
        for child in task.read_text().split()
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_interrupted_it_leaves_no_worker_and_goes_on_later(
    squats: Path, tmp_path: Path
) -> None:
    target = tmp_path / "squats.nc"
    order = [sys.executable, "-m", "repetiteur", "track", str(squats)]
    order += ["-o", str(target), "--workers", "1"]
    place = os.environ | {"XDG_CACHE_HOME": str(tmp_path / "home")}
    run = subprocess.Popen(order, env=place, stderr=subprocess.PIPE)
    kept = tmp_path / "home" / "repetiteur" / "tracked"
    while not list(kept.glob("*/0-50.npy")):
        assert run.poll() is None
        time.sleep(0.01)
    workers = _children(run.pid)
    run.send_signal(signal.SIGINT)
    _, said = run.communicate(timeout=30)
    assert run.returncode == 130, said
    assert workers
    assert not any(Path(f"/proc/{worker}").exists() for worker in workers)
    assert not target.exists()
    assert len(list(kept.glob("*/*.npy"))) == 2  # the people, and the first piece
    before = {file: file.stat().st_mtime_ns for file in kept.glob("*/*.npy")}
    assert subprocess.run(order, env=place, capture_output=True).returncode == 0
    assert {file: file.stat().st_mtime_ns for file in before} == before
    assert read_poses(target).sizes["time"] == 65


def test_what_two_sides_cannot_show_is_said_on_the_command_line(
    test_data: Path, tmp_path: Path
) -> None:
    folder = test_data / "video" / "pose2sim_single"
    order = [sys.executable, "-m", "repetiteur", "rehearse"]
    order += [str(folder / "cam01.mp4"), str(folder / "cam02.mp4")]
    done = subprocess.run(
        [*order, "-o", str(tmp_path / "out")],
        capture_output=True,
        text=True,
        env=os.environ | {"XDG_CACHE_HOME": str(tmp_path / "home")},
    )
    assert done.returncode == 0, done.stderr
    assert "In what could be judged nothing differs" in done.stdout
    assert "filmed from different sides" in done.stdout
