"""Videos that are no videos, or hold no dancer: one line, a code, nothing left."""

from __future__ import annotations

import os
import struct
import sys
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from media import flipped, write_clip, write_sound
from repetiteur.cli import main as cli
from repetiteur.io.formats import read_poses


@pytest.fixture(autouse=True)
def _own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def run(monkeypatch, capfd):
    def run(*words):
        monkeypatch.setattr(sys, "argv", ["repetiteur", *map(str, words)])
        with pytest.raises(SystemExit) as left:
            cli.main()
        said = capfd.readouterr()
        return int(left.value.code or 0), said.err

    return run


def _black(number, width, height):
    return np.zeros((height, width, 3), np.uint8)


def _noise(number, width, height):
    rng = np.random.default_rng(number)
    return rng.integers(0, 256, (height, width, 3), np.uint8)


def _empty(path):
    path.touch()


def _text(path):
    path.write_text("arabesque penchée\n" * 400)


def _truncated(path):
    write_clip(path, count=30)
    path.write_bytes(path.read_bytes()[:1500])


def _sound(path):
    write_sound(path, format="mp4")


def _no_one(path):
    write_clip(path, size=(320, 240), draw=_noise)


def _dark(path):
    write_clip(path, size=(320, 240), draw=_black)


def _one_pixel(path):
    write_clip(path, size=(1, 1), codec="ffv1", container="matroska", draw=_black)


def _huge(path):
    write_clip(
        path, size=(7680, 4320), count=2, draw=_black, options={"preset": "ultrafast"}
    )


def _single(path):
    write_clip(path, count=1)


def _two_million(path):
    """A table that claims two million pictures where there are twelve."""
    content = bytearray(write_clip(path).read_bytes())
    at = content.index(b"stsz") + 4
    content[at + 8 : at + 12] = struct.pack(">I", 2_000_000)
    path.write_bytes(content)


def _spoilt(path):
    content = write_clip(path, count=40).read_bytes()
    path.write_bytes(flipped(content, seed=3, flips=len(content) // 20))


BAD = {
    "empty": (_empty, "empty"),
    "text": (_text, "whatever its name says"),
    "truncated": (_truncated, "cut short|cannot be read on"),
    "sound alone": (_sound, "has only sound"),
    "nobody": (_no_one, "needs a dancer in view"),
    "black": (_dark, "needs a dancer in view"),
    "one pixel": (_one_pixel, "needs a dancer in view"),
    "8K": (_huge, "needs a dancer in view"),
    "one picture": (_single, "needs a dancer in view"),
    "two million": (_two_million, ""),
    "spoilt": (_spoilt, ""),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_video_is_one_line_and_leaves_nothing(name, run, tmp_path):
    make, words = BAD[name]
    video, target = tmp_path / "take.mp4", tmp_path / "take.nc"
    make(video)
    code, said = run("track", video, "-o", target, "--model", "lite")
    assert code == 3, said
    assert "Traceback" not in said
    (line,) = [line for line in said.splitlines() if line.startswith("repetiteur: ")]
    assert "take.mp4" in line
    assert not words or any(word in line for word in words.split("|")), line
    assert sorted(p.name for p in tmp_path.iterdir() if p.name != "cache") == [
        video.name
    ]
    assert not list(tmp_path.rglob("*.part"))


def test_a_folder_and_nothing_at_all_are_said(run, tmp_path):
    for path in (tmp_path, tmp_path / "missing.mp4"):
        code, said = run("track", path, "-o", tmp_path / "x.nc")
        assert code == 3
        assert said.count("\n") == 1


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything"
)
def test_without_permission_it_is_said(run, tmp_path):
    video = write_clip(tmp_path / "take.mp4")
    video.chmod(0)
    code, said = run("track", video, "-o", tmp_path / "x.nc")
    assert (code, said.count("\n")) == (3, 1)


def _retimed(source: Path, target: Path, fps: int, count: int) -> None:
    """The same pictures at another rate."""
    with av.open(str(source)) as clip, av.open(str(target), "w") as out:
        stream = out.add_stream("libx264", rate=fps)
        shown = clip.streams.video[0]
        stream.width, stream.height = shown.width, shown.height
        stream.pix_fmt = "yuv420p"
        for number, frame in enumerate(clip.decode(video=0)):
            if number >= count:
                break
            again = av.VideoFrame.from_ndarray(
                frame.to_ndarray(format="yuv420p"), "yuv420p"
            )
            again.pts, again.time_base = number, Fraction(1, fps)
            out.mux(stream.encode(again))
        out.mux(stream.encode(None))


@pytest.mark.parametrize("fps", [1, 240])
def test_odd_rates_are_tracked(fps, run, tmp_path, test_data):
    video, target = tmp_path / "take.mp4", tmp_path / "take.nc"
    _retimed(test_data / "video" / "pose_squats.mp4", video, fps, 12)
    code, said = run("track", video, "-o", target, "--model", "lite")
    assert code == 0, said
    poses = read_poses(target)
    np.testing.assert_allclose(poses["time"], np.arange(12) / fps, atol=1e-6)
    assert poses["position"].notnull().all()


@pytest.mark.skipif(sys.platform == "win32", reason="has no limit on files' sizes")
def test_a_full_disk_is_said_and_nothing_is_left(tmp_path, test_data):
    import resource
    import subprocess

    target = tmp_path / "take.nc"
    video = test_data / "video" / "pose_squats.mp4"
    order = [sys.executable, "-m", "repetiteur", "track", str(video)]
    order += ["-o", str(target), "--model", "lite", "--workers", "1"]
    done = subprocess.run(
        order,
        capture_output=True,
        text=True,
        env=os.environ | {"XDG_CACHE_HOME": str(tmp_path / "cache")},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)),
    )
    assert done.returncode == 3, done.stderr
    assert "Traceback" not in done.stderr
    assert not target.exists()
    assert not list(tmp_path.rglob("*.part"))
    assert not list(tmp_path.rglob("0-50.npy"))


def test_several_videos_go_on_after_a_bad_one(run, tmp_path, test_data):
    good, bad = tmp_path / "good.mp4", tmp_path / "bad.mp4"
    _retimed(test_data / "video" / "pose_squats.mp4", good, 30, 4)
    _empty(bad)
    out = tmp_path / "poses"
    code, said = run("track", bad, good, "-o", out, "--model", "lite")
    assert code == 3
    assert "1 of 2 videos could not be tracked" in said
    assert [file.name for file in out.iterdir()] == ["good.nc"]


def test_an_original_is_never_written_over(run, tmp_path):
    video = write_clip(tmp_path / "take.mp4")
    before = video.read_bytes()
    for words in (["-o", tmp_path / "x.nc", "--overlay", video], ["-o", video]):
        code, said = run("track", video, *words)
        assert code == 2
        assert "name another file" in " ".join(said.split())
        assert video.read_bytes() == before
    inside = tmp_path / "rehearsal"
    inside.mkdir()
    (inside / "take.nc").write_bytes(b"poses")
    code, _ = run("rehearse", inside / "take.nc", video, "-o", inside)
    assert code == 2
    assert (inside / "take.nc").read_bytes() == b"poses"


def test_a_part_that_ends_before_it_begins_is_wrong_usage(run, tmp_path):
    video = write_clip(tmp_path / "take.mp4")
    for part in (["--from", "2", "--to", "1"], ["--from", "nan", "--to", "1"]):
        code, said = run("rehearse", video, video, *part, "-o", tmp_path / "out")
        assert (code, "before --to" in said) == (2, True)


@pytest.mark.skipif(sys.platform == "win32", reason="has no signal to end by")
def test_ended_from_outside_it_tidies_up(tmp_path, test_data):
    import signal
    import subprocess
    import time

    (tmp_path / "passing").mkdir()
    video = test_data / "video" / "pose_squats.mp4"
    order = [sys.executable, "-m", "repetiteur", "track", str(video), "--no-cache"]
    order += ["-o", str(tmp_path / "x.nc"), "--workers", "1"]
    place = os.environ | {"TMPDIR": str(tmp_path / "passing")}
    run = subprocess.Popen(order, env=place, stderr=subprocess.DEVNULL)
    while not list((tmp_path / "passing").glob("repetiteur-*/people.npy")):
        assert run.poll() is None
        time.sleep(0.01)
    run.send_signal(signal.SIGTERM)
    assert run.wait(timeout=30) == 143
    assert not list((tmp_path / "passing").iterdir())
    assert not (tmp_path / "x.nc").exists()
