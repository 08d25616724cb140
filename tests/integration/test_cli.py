"""The commands as people run them: files, codes, one clear line."""

import csv
import json
import os
import subprocess
import sys
import time

import numpy as np
import pytest
import xarray as xr
from typer.testing import CliRunner

import bodies
import commands
from repetiteur import __version__
from repetiteur.cli import main as cli
from repetiteur.io.formats import read_poses, write_poses

FILES = {
    "report.html",
    "notes.json",
    "notes.vtt",
    "reference.nc",
    "take.nc",
    "alignment.csv",
    "curves.csv",
}


@pytest.fixture
def run(monkeypatch, capfd):
    """Run a command: ``run("measure", path)``."""
    return commands.runner(monkeypatch, capfd)


@pytest.fixture(scope="module")
def recordings(tmp_path_factory):
    """A reference and a take with the left leg 15 degrees lower for a while."""
    import altered

    folder = tmp_path_factory.mktemp("recordings")
    when, points = bodies.moving_points(seconds=8.0)
    lift = 60 * altered.blend(when, 4.0, lasts=4.0, ramp=0.8)
    raised = altered.leg_lowered(when, points, "left", 0.0, 4.0)
    hip = points["left_hip"]
    for part in ("knee", "ankle", "heel", "toe"):
        bone = points[f"left_{part}"] - hip
        a = np.radians(lift)
        raised[f"left_{part}"] = hip + np.stack(
            [
                np.cos(a) * bone[:, 0] - np.sin(a) * bone[:, 1],
                np.sin(a) * bone[:, 0] + np.cos(a) * bone[:, 1],
                bone[:, 2],
            ],
            axis=1,
        )
    lower = altered.leg_lowered(when, raised, "left", 15.0, 4.0)
    write_poses(bodies.poses(when, raised), folder / "reference.bvh")
    write_poses(bodies.poses(when, lower), folder / "take.bvh")
    return folder


def test_rehearse_writes_all_files_and_prints_the_note(run, recordings, tmp_path):
    done = run(
        "rehearse",
        recordings / "reference.bvh",
        recordings / "take.bvh",
        "-o",
        tmp_path / "out",
    )
    assert done.returncode == 0, done.stderr
    assert {p.name for p in (tmp_path / "out").iterdir()} == FILES
    assert "Left leg" in done.stdout
    assert "report.html" in done.stderr
    assert read_poses(tmp_path / "out" / "take.nc").sizes["time"] == 480


def test_json_alone_stands_on_standard_output(run, recordings, tmp_path):
    done = run(
        "rehearse", recordings / "reference.bvh", recordings / "take.bvh",
        "-o", tmp_path / "out", "--json",
    )  # fmt: skip
    found = json.loads(done.stdout)
    assert found["schema"] == "repetiteur.notes/1"
    (note,) = found["notes"]
    assert (note["measure"], note["side"], note["kind"]) == (
        "leg_elevation",
        "left",
        "less",
    )
    assert (
        note["difference"]["interval90"][0] < -15 < note["difference"]["interval90"][1]
    )
    on_disk = json.loads((tmp_path / "out" / "notes.json").read_text("utf-8"))
    assert on_disk == found


def test_align_writes_warp_points_that_never_go_back(run, recordings, tmp_path):
    target = tmp_path / "path.csv"
    done = run(
        "align", recordings / "reference.bvh", recordings / "take.bvh", "-o", target
    )
    assert done.returncode == 0, done.stderr
    with target.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["reference_s", "take_s", "state"]
    for column in ("reference_s", "take_s"):
        assert (np.diff([float(row[column]) for row in rows]) >= 0).all()
    assert {row["state"] for row in rows} <= {"danced", "extra", "skipped", "repeated"}


@pytest.mark.parametrize("ending", [".nc", ".bvh"])
def test_convert_keeps_the_movement(run, recordings, tmp_path, ending):
    target = tmp_path / f"copy{ending}"
    done = run("convert", recordings / "take.bvh", target)
    assert done.returncode == 0, done.stderr
    one, two = read_poses(recordings / "take.bvh"), read_poses(target)
    names = [str(k) for k in one["keypoint"].values]
    apart = one["position"] - two["position"].sel(keypoint=names)
    assert float(np.abs(apart).max()) < 1e-3


def test_convert_corrects_a_header_that_lies(run, recordings, tmp_path):
    target = tmp_path / "slow.nc"
    run("convert", recordings / "take.bvh", target, "--fps", "30")
    assert float(read_poses(target)["time"][-1]) == pytest.approx(479 / 30)


def test_a_part_of_the_reference(run, recordings, tmp_path):
    done = run(
        "rehearse", recordings / "reference.bvh", recordings / "take.bvh",
        "--from", "5", "--to", "8", "-o", tmp_path / "out", "--json",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["notes"] == []
    assert found["alignment"]["start_offset_s"] == pytest.approx(5.0, abs=0.1)


def test_a_part_outside_the_reference_cannot_be_judged(run, recordings, tmp_path):
    done = run(
        "rehearse", recordings / "reference.bvh", recordings / "take.bvh",
        "--from", "50", "-o", tmp_path / "out",
    )  # fmt: skip
    assert done.returncode == 4
    assert one_line(done.stderr)
    assert not (tmp_path / "out").exists()


def test_a_mirrored_recording_is_undone(run, recordings, tmp_path):
    from repetiteur.model.poses import mirrored

    mirror = tmp_path / "mirror.nc"
    write_poses(mirrored(read_poses(recordings / "take.bvh")), mirror)
    words = (
        "rehearse",
        recordings / "reference.bvh",
        mirror,
        "-o",
        tmp_path / "o",
        "--json",
    )
    as_filmed = json.loads(run(*words).stdout)
    assert as_filmed["alignment"]["side"] == "mirrored"
    assert as_filmed["notes"][0]["side"] == "right"
    undone = json.loads(run(*words, "--mirrored-recording", "take").stdout)
    assert undone["alignment"]["side"] == "same"
    assert undone["notes"][0]["side"] == "left"


def one_line(text):
    lines = [line for line in text.strip().splitlines() if line.strip()]
    return (
        len(lines) == 1
        and lines[0].startswith("repetiteur: ")
        and "Traceback" not in text
    )


def bad(name, folder, good):
    """A recording that is not one, by name."""
    path = folder / "bad.bvh"
    text = good.read_text()
    head, motion = text.split("MOTION")
    made = {
        "empty": lambda: path.write_bytes(b""),
        "rubbish": lambda: path.write_bytes(bytes(range(256)) * 40),
        "picture": lambda: path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 500),
        "header alone": lambda: path.write_text(head),
        "cut short": lambda: path.write_text(text[: len(text) * 2 // 3]),
        "missing channels": lambda: path.write_text(
            text.replace("CHANNELS 6", "CHANNELS 9", 1)
        ),
        "nan": lambda: path.write_text(
            head + "MOTION" + motion.replace("0.0", "nan", 1)
        ),
        "negative time": lambda: path.write_text(
            text.replace("Frame Time: ", "Frame Time: -")
        ),
        "no joints that we know": lambda: path.write_text(
            text.replace("hip", "foo").replace("knee", "bar")
        ),
        "a million frames": lambda: path.write_text(
            text.replace("Frames: 480", "Frames: 1000000")
        ),
        "deep": lambda: path.write_text(
            "HIERARCHY\nROOT a\n" + "{\nOFFSET 0 0 0\nJOINT b\n" * 50_000
        ),
        "directory": path.mkdir,
        "missing": lambda: None,
    }
    made[name]()
    return path


@pytest.mark.parametrize(
    "name",
    [
        "empty", "rubbish", "picture", "header alone", "cut short", "missing channels",
        "nan", "negative time", "no joints that we know", "a million frames", "deep",
        "directory", "missing",
    ],
)  # fmt: skip
@pytest.mark.parametrize("place", ["reference", "take"])
def test_bad_input_is_one_line_and_leaves_nothing(
    run, recordings, tmp_path, name, place
):
    good = recordings / "take.bvh"
    wrong = bad(name, tmp_path, good)
    pair = (wrong, good) if place == "reference" else (good, wrong)
    done = run("rehearse", *pair, "-o", tmp_path / "out")
    assert done.returncode == 3, done.stderr
    assert one_line(done.stderr), done.stderr
    assert done.stdout == ""
    assert not (tmp_path / "out").exists()
    assert not [p for p in tmp_path.iterdir() if p != wrong]


def test_one_frame_cannot_be_judged(run, recordings, tmp_path):
    one = tmp_path / "one.nc"
    write_poses(read_poses(recordings / "take.bvh").isel(time=[0]), one)
    done = run("rehearse", recordings / "reference.bvh", one, "-o", tmp_path / "out")
    assert done.returncode == 4
    assert one_line(done.stderr)
    assert not (tmp_path / "out").exists()


def test_two_dancers_in_one_recording_are_said(run, recordings, tmp_path):
    one = read_poses(recordings / "take.bvh")
    two = one.assign_coords(individual=["second"])
    both = xr.concat([one, two], dim="individual", combine_attrs="override")
    write_poses(both, tmp_path / "both.nc")
    done = run("rehearse", recordings / "reference.bvh", tmp_path / "both.nc")
    assert done.returncode == 4
    assert "dancer, second" in done.stderr


@pytest.mark.parametrize(
    "words", [[], ["--fps", "-1"], ["--side", "up"], ["--unit", "ell"]]
)
def test_wrong_usage_is_2(run, recordings, words):
    assert run("rehearse", recordings / "take.bvh", *words).returncode == 2


def test_an_output_that_is_a_file_is_said(run, recordings, tmp_path):
    (tmp_path / "out").write_text("mine")
    done = run(
        "rehearse",
        recordings / "reference.bvh",
        recordings / "take.bvh",
        "-o",
        tmp_path / "out",
    )
    assert done.returncode == 3
    assert one_line(done.stderr), done.stderr
    assert (tmp_path / "out").read_text() == "mine"


@pytest.mark.skipif(os.name != "posix", reason="limits are POSIX")
@pytest.mark.parametrize("most_kb", [1, 40, 150])
def test_a_disk_that_fills_up_is_said_and_leaves_nothing(recordings, tmp_path, most_kb):
    """No file may grow beyond so much, wherever in the writing that happens."""
    program = (
        "import resource, sys\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({most_kb << 10},) * 2)\n"
        "from repetiteur.cli.main import main\n"
        "main()\n"
    )
    words = (recordings / "reference.bvh", recordings / "take.bvh", "-o", "out")
    done = subprocess.run(
        [sys.executable, "-c", program, "rehearse", *map(str, words)],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=120,
        check=False,
    )
    assert done.returncode == 3, (done.returncode, done.stderr)
    assert one_line(done.stderr), done.stderr
    assert list(tmp_path.iterdir()) == []


def into(target, *words):
    """Run a command as a process of its own, with standard output led there."""
    return subprocess.run(
        [sys.executable, "-m", "repetiteur", *map(str, words)],
        stdout=target, stderr=subprocess.PIPE, text=True, timeout=120, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("form", [["--csv"], ["--json"], []])
def test_a_full_disk_under_what_is_printed_is_said(recordings, form):
    from pathlib import Path

    if not Path("/dev/full").exists():
        pytest.skip("needs a device that is full")
    with Path("/dev/full").open("w") as full:
        done = into(full, "measure", recordings / "take.bvh", *form)
    assert done.returncode == 3, done.stderr
    assert one_line(done.stderr), done.stderr
    assert "standard output" in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="pipes of POSIX")
@pytest.mark.parametrize("form", [["--csv"], []])
def test_nobody_reads_on(recordings, form):
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = into(writing, "measure", recordings / "take.bvh", *form)
    finally:
        os.close(writing)
    assert done.returncode == 141
    assert done.stderr == ""


@pytest.mark.skipif(os.name != "posix", reason="sends SIGINT")
def test_interrupted_leaves_nothing(tmp_path):
    import signal

    when, points = bodies.moving_points(seconds=120.0)
    write_poses(bodies.poses(when, points), tmp_path / "long.nc")
    code = "print('up', flush=True); from repetiteur.cli.main import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", code, "rehearse", "long.nc", "long.nc", "-o", "out"],
        cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "up\n"  # Python hears signals from here on
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert "Traceback" not in said
    assert [p.name for p in tmp_path.iterdir()] == ["long.nc"]


def test_help_loads_nothing_heavy():
    code = (
        "import sys\n"
        "from repetiteur.cli.main import app\n"
        "try:\n    app(['--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'xarray', 'cv2', 'numba', 'scipy', 'numpy', 'h5py'}\n"
        "heavy &= set(sys.modules)\n"
        "sys.exit(f'loaded {heavy}' if heavy else 0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "rehearse" in done.stdout


def test_importing_the_package_does_nothing():
    code = "import repetiteur, sys; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_version():
    done = CliRunner().invoke(cli.app, ["--version"])
    assert done.stdout.strip() == f"repetiteur {__version__}"


def test_demo_needs_nothing(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "repetiteur", "demo"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert {p.name for p in (tmp_path / "demo").iterdir()} == FILES
    found = json.loads((tmp_path / "demo" / "notes.json").read_text("utf-8"))
    assert len(found["notes"]) == 3
