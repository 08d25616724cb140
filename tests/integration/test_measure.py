"""The commands "measure" and "convert" as people run them."""

from __future__ import annotations

import csv
import io
import json
import shutil

import pytest

import commands
from repetiteur.io.formats import read_poses, write_poses
from repetiteur.synthetic import Phrase, dance
from repetiteur.synthetic.jumps import saute
from repetiteur.synthetic.steps import (
    close_fifth,
    demi_plie,
    developpe,
    fifth_position,
    first_position,
)


@pytest.fixture
def run(monkeypatch, capfd):
    """Run a command: ``run("measure", path)``."""
    return commands.runner(monkeypatch, capfd)


@pytest.fixture(scope="module")
def takes(tmp_path_factory):
    """A folder with a jump, the same at 60 Hz elsewhere, rubbish, and a text."""
    folder = tmp_path_factory.mktemp("takes")
    jump = Phrase.of(first_position(), saute(0.5))
    write_poses(dance(jump, fps=120.0), folder / "jump.nc")
    (folder / "more").mkdir()
    write_poses(dance(jump), folder / "more" / "jump.bvh")
    (folder / "broken.bvh").write_text("HIERARCHY\nROOT nothing\n")
    (folder / "read me.md").write_text("not a recording")
    return folder


def test_a_jump_is_measured_for_people(takes, run):
    done = run("measure", takes / "jump.nc", "--only", "jump_height_flight")
    assert done.returncode == 0
    head, row = done.stdout.splitlines()
    assert head.split()[:4] == ["seconds", "moment", "measure", "side"]
    assert "Height of the jump, by its time" in row
    assert " to " in row


def test_json_is_one_document_and_nothing_else(takes, run):
    done = run("measure", takes / "jump.nc", "--json")
    assert done.returncode == 0
    found = json.loads(done.stdout)
    assert found["schema"] == "repetiteur.measurements/1"
    heights = {
        m["measure"]: m for m in found["measurements"] if m["moment"] == "flight"
    }
    height = heights["jump_height_flight"]
    assert height["value"] == pytest.approx(0.307, abs=0.01)
    low, high = height["interval90"]
    assert low <= height["value"] <= high
    assert height["source"] == "jump.nc"
    assert {n["measure"] for n in found["not_judged"]} >= {"turn_count"}
    assert all(n["reason"] for n in found["not_judged"])


def test_csv_has_a_row_for_each_value(takes, run):
    done = run("measure", takes / "jump.nc", "--csv", "--only", "flight_time,foot_roll")
    assert done.returncode == 0
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    found = {row["measure"].partition(".")[0] for row in rows}
    assert found == {"flight_time", "foot_roll"}


def test_a_folder_gives_a_table_and_what_failed(takes, run):
    done = run("measure", takes)
    assert done.returncode == 3
    lines = done.stdout.splitlines()
    assert [line.split()[0] for line in lines] == [
        "recording", "jump.nc", "jump.bvh", "broken.bvh",
    ]  # fmt: skip
    assert "broken.bvh" in lines[-1]
    assert "1 of 3 recordings could not be measured" in done.stderr


def test_a_folder_in_json_names_what_failed(takes, run):
    done = run("measure", takes, "--json", "--only", "flight_time")
    assert done.returncode == 3
    found = json.loads(done.stdout)
    assert {m["source"] for m in found["measurements"]} == {"jump.nc", "jump.bvh"}
    (failed,) = found["failed"]
    assert failed["source"].endswith("broken.bvh")
    assert "\n" not in failed["error"]


def test_a_given_height_scales_lengths_alone(takes, run):
    def heights(*words):
        done = run("measure", takes / "jump.nc", "--json", *words)
        return {
            m["measure"]: m["value"]
            for m in json.loads(done.stdout)["measurements"]
            if m["moment"] == "flight"
        }

    small = heights("--height", "1.62")
    tall = heights("--height", "1.75")
    assert tall["flight_time"] == pytest.approx(small["flight_time"], abs=0.01)
    ratio = tall["jump_height_com"] / small["jump_height_com"]
    assert ratio == pytest.approx(1.75 / 1.62, abs=0.02)


def test_a_height_that_no_fall_agrees_with_leaves_no_jump(takes, run):
    done = run("measure", takes / "jump.nc", "--only", "flight_time", "--height", "0.8")
    assert done.returncode == 4
    assert "There is no jump" in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--json", "--csv"], "exclude each other"),
        (["--only", "turn_cuont"], "none of the measures"),
        (["--only", ","], "needs one of"),
        (["--from", "2", "--to", "1"], "before --to"),
    ],
)
def test_wrong_usage(takes, run, words, said):
    done = run("measure", takes / "jump.nc", *words)
    assert done.returncode == 2
    assert said in " ".join(done.stderr.replace("│", " ").split())


def test_measures_that_may_be_asked_for_are_named_once(takes, run):
    done = run("measure", takes / "jump.nc", "--only", "knee_extension_suport")
    said = "".join(done.stderr.replace("│", " ").split())
    assert said.count("knee_extension_support") == 1
    assert "turn_count" not in said


def test_a_name_stands_for_all_that_is_below_it(several, run):
    only = ("--only", "symmetry_index.arm_shape")
    done = run("measure", several / "plies.nc", *only, "--json")
    found = json.loads(done.stdout)
    said = {one["measure"] for one in found["measurements"] + found["not_judged"]}
    assert said == {"symmetry_index.arm_shape.elevation"}


def test_a_trailing_comma_asks_for_nothing_more(takes, run):
    done = run("measure", takes / "jump.nc", "--csv", "--only", "flight_time,")
    assert done.returncode == 0
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert {row["measure"] for row in rows} == {"flight_time"}


def test_nothing_to_measure_in_it(takes, run):
    done = run("measure", takes / "jump.nc", "--only", "turn_count")
    assert done.returncode == 4
    assert "no turn" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_part_too_short(takes, run):
    done = run("measure", takes / "jump.nc", "--from", "0.5", "--to", "0.55")
    assert done.returncode == 4
    assert done.stderr.startswith("repetiteur: To be measured")


@pytest.fixture
def short(takes, tmp_path):
    """A folder with a take that is too short to be measured."""
    folder = tmp_path / "short"
    folder.mkdir()
    brief = read_poses(takes / "jump.nc").isel(time=slice(5))
    write_poses(brief, folder / "brief.nc")
    return folder


def test_one_too_short_among_others_is_no_failure(takes, run, short):
    words = (takes / "jump.nc", short / "brief.nc", "--only", "flight_time")
    done = run("measure", *words, "--json")
    assert done.returncode == 0
    (failed,) = json.loads(done.stdout)["failed"]
    assert failed["source"] == "brief.nc"
    assert failed["error"].startswith("To be measured")
    assert "To be measured" in run("measure", *words).stdout


def test_several_with_nothing_to_measure_in_any(takes, run, short):
    write_poses(read_poses(short / "brief.nc"), short / "again.nc")
    done = run("measure", short)
    assert done.returncode == 4
    assert "To be measured" in done.stderr.splitlines()[-1]
    (short / "broken.bvh").write_text("HIERARCHY\n")
    assert run("measure", short).returncode == 3


def test_two_files_of_one_name_are_told_apart(takes, run, tmp_path):
    (tmp_path / "sub").mkdir()
    for place in (tmp_path / "a.bvh", tmp_path / "sub" / "a.bvh"):
        shutil.copy(takes / "more" / "jump.bvh", place)
    for place in (tmp_path / "b.nc", tmp_path / "sub" / "b.nc"):
        place.write_text("broken")
    (tmp_path / "c.bvh").write_text("broken")
    one, two = ((tmp_path / name).as_posix() for name in ("a.bvh", "sub/a.bvh"))
    bad, worse = ((tmp_path / name).as_posix() for name in ("b.nc", "sub/b.nc"))
    words = ("measure", tmp_path, "--only", "flight_time")
    found = json.loads(run(*words, "--json").stdout)
    for part in ("recordings", "measurements"):
        assert [entry["source"] for entry in found[part]] == [one, two]
    failed = [entry["source"] for entry in found["failed"]]
    assert failed == [bad, "c.bvh", worse]
    rows = list(csv.DictReader(io.StringIO(run(*words, "--csv").stdout)))
    assert [row["source"] for row in rows] == [one, two]
    shown = [line.split()[0] for line in run(*words).stdout.splitlines()]
    assert shown == ["recording", one, two, bad, "c.bvh", worse]


def test_a_single_file_that_is_broken_gives_no_document(takes, run):
    done = run("measure", takes / "broken.bvh", "--json")
    assert done.returncode == 3
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1


def test_moments_have_headings(takes, run):
    done = run("measure", takes / "jump.nc", "--only", "flight_time,jump_height_com")
    lines = [line.rstrip() for line in done.stdout.splitlines()]
    head, heading, time, height = lines
    assert head.split()[-1] == "measure"
    assert heading.endswith(" s · jump · Sauté")
    assert time.endswith("flight_time")
    assert height.endswith("jump_height_com")


@pytest.fixture(scope="module")
def several(tmp_path_factory):
    """Four trials of a développé between two pliés, and a recording of five pliés."""
    folder = tmp_path_factory.mktemp("several")
    (folder / "trials").mkdir()
    for number, height in enumerate((92.0, 97.0, 94.0, 99.0)):
        phrase = Phrase.of(
            fifth_position("left"),
            demi_plie(),
            developpe("left", height=height),
            close_fifth("left", "left"),
            demi_plie(depth=50.0),
        )
        write_poses(dance(phrase, fps=30.0), folder / "trials" / f"{number}.nc")
    depths = (demi_plie(depth=depth) for depth in (50.0, 54.0, 52.0, 56.0, 51.0))
    write_poses(dance(Phrase.of(fifth_position(), *depths)), folder / "plies.nc")
    return folder


def test_trials_give_what_the_dancer_varies_by(several, run):
    only = ("--only", "leg_elevation,knee_flexion")
    words = ("measure", several / "trials", "--trials", *only)
    found = json.loads(run(*words, "--json").stdout)
    assert found["schema"] == "repetiteur.measurements/1"
    assert {m["source"] for m in found["measurements"]} == {
        "0.nc", "1.nc", "2.nc", "3.nc",
    }  # fmt: skip
    assert found["trials"]["sources"] == ["0.nc", "1.nc", "2.nc", "3.nc"]
    (height,) = [
        v
        for v in found["trials"]["variations"]
        if (v["measure"], v["moment"]) == ("leg_elevation", "gesture")
    ]
    assert height["mean"] == pytest.approx(95.5, abs=0.1)
    assert height["typical_error"] == pytest.approx(3.1, abs=0.1)
    assert (height["trials"], height["moments"], height["leg"]) == (4, 1, "left")
    bends = [v for v in found["trials"]["variations"] if v["moment"] == "plie"]
    assert {(v["moments"], v["typical_error"]) for v in bends} == {(2, 0.0)}


def test_trials_for_people(several, run):
    done = run("measure", several / "trials", "--trials", "--only", "leg_elevation")
    assert done.returncode == 0
    assert "gesture (left) · 4 trials" in done.stdout
    assert "typical error: " in done.stdout


def test_the_moments_of_one_recording_are_trials(several, run):
    words = ("--trials", "--only", "plie_depth", "--json")
    done = run("measure", several / "plies.nc", *words)
    (depth,) = json.loads(done.stdout)["trials"]["variations"]
    assert (depth["trials"], depth["moments"]) == (5, 1)
    assert depth["typical_error90"][0] < depth["typical_error"]
    table = run("measure", several / "plies.nc", *words[:-1], "--csv").stdout
    (row,) = csv.DictReader(io.StringIO(table))
    assert row["typical_error"] == str(depth["typical_error"])


def test_without_trials_the_document_is_as_it_was(several, run):
    done = run("measure", several / "plies.nc", "--only", "plie_depth", "--json")
    assert set(json.loads(done.stdout)) == {
        "schema", "recordings", "measurements", "not_judged", "failed",
    }  # fmt: skip


def test_trials_that_are_not_the_same_dancing(several, run):
    files = (several / "trials" / "0.nc", several / "plies.nc")
    done = run("measure", *files, "--trials", "--only", "plie_depth")
    assert done.returncode == 4
    assert "The trials have 2 and 5 pliés (both)" in done.stdout
    (line,) = done.stderr.splitlines()
    assert "Trials need a moment that was judged in two of them" in line
    assert "2 and 5 pliés" in line


def test_a_recording_is_one_trial(several, run):
    """However it is spelled: a trial that is there twice would halve what varies."""
    folder = several / "trials"
    first, again = folder / "0.nc", folder / ".." / "trials" / "0.nc"
    done = run("measure", first, again, "--trials", "--only", "plie_depth")
    assert done.returncode == 2
    assert "named twice" in " ".join(done.stderr.replace("│", " ").split())
    alone = run("measure", first, again, "--csv", "--only", "leg_elevation")
    assert (
        alone.stdout == run("measure", first, "--csv", "--only", "leg_elevation").stdout
    )


def test_frames_of_a_part_are_those_of_the_file(several, run):
    words = ("measure", several / "plies.nc", "--csv", "--only", "plie_depth")
    part = ("--from", "3")
    whole, cut = (
        {row["start_s"]: row for row in csv.DictReader(io.StringIO(run(*w).stdout))}
        for w in (words, (*words, *part))
    )
    last = max(cut, key=float)
    for end in ("first_frame", "last_frame"):
        assert abs(int(cut[last][end]) - int(whole[last][end])) <= 1
    assert int(cut[last]["first_frame"]) > 60 * 3


def test_one_that_is_left_of_several_is_no_trial(takes, run):
    words = ("--trials", "--only", "flight_time")
    done = run("measure", takes / "jump.nc", takes / "broken.bvh", *words)
    assert done.returncode == 3
    assert done.stdout == ""
    assert done.stderr.startswith("broken.bvh: ")
    data = run("measure", takes / "jump.nc", takes / "broken.bvh", *words, "--json")
    assert data.returncode == 3
    found = json.loads(data.stdout)
    assert [one["source"] for one in found["failed"]] == ["broken.bvh"]
    assert {one["source"] for one in found["measurements"]} == {"jump.nc"}
    assert found["trials"]["variations"] == []


def test_a_trial_that_failed_is_named_beside_the_others(several, takes, run):
    words = ("--trials", "--only", "leg_elevation")
    done = run("measure", several / "trials", takes / "broken.bvh", *words)
    assert done.returncode == 3
    assert "gesture (left) · 4 trials" in done.stdout
    assert done.stderr.startswith("broken.bvh: ")


def test_trials_that_are_too_short(takes, run, short):
    done = run("measure", takes / "jump.nc", short / "brief.nc", "--trials")
    assert done.returncode == 4
    assert "Trials need two recordings" in done.stderr.splitlines()[-1]


def test_a_long_recording_is_summarised_unless_all_is_asked_for(
    several, run, monkeypatch
):
    monkeypatch.setattr("repetiteur.report.sheet.MOST_VALUES", 10)
    words = ("measure", several / "plies.nc", "--only", "plie_depth,knee_flexion")
    short, everything = run(*words), run(*words, "--all")
    assert "· 5 pliés" in short.stdout
    assert "--all" in short.stdout
    assert everything.stdout.count("s · plié") == 5


def test_what_a_measure_is(run):
    done = run("measure", "--about", "leg_elevation")
    assert done.returncode == 0
    assert "(leg_elevation)" in done.stdout.splitlines()[0]
    unknown = run("measure", "--about", "leg_elevaton")
    assert unknown.returncode == 2
    assert "none of the measures" in " ".join(unknown.stderr.split())


def test_an_empty_folder(tmp_path, run):
    done = run("measure", tmp_path)
    assert done.returncode == 3
    assert "needs recordings in it" in done.stderr


def test_a_folder_with_tables_that_are_no_recordings(tmp_path, run):
    (tmp_path / "bills.csv").write_text("what,price\nshoes,80\n")
    done = run("measure", tmp_path)
    assert done.returncode == 3
    assert "needs recordings in it" in done.stderr
    assert ".csv" not in done.stderr


def test_a_folder_is_converted_with_a_record(takes, run, tmp_path):
    done = run("convert", takes, tmp_path / "out" / "nc")
    assert done.returncode == 3
    written = {path.name for path in (tmp_path / "out" / "nc").iterdir()}
    assert written == {"jump.nc.nc", "jump.bvh.nc", "converted.csv"}
    record = (tmp_path / "out" / "nc" / "converted.csv").read_text("utf-8")
    rows = list(csv.DictReader(io.StringIO(record)))
    assert {row["source"]: bool(row["error"]) for row in rows} == {
        "broken.bvh": True, "jump.nc": False, "more/jump.bvh": False,
    }  # fmt: skip
    assert "1 of 3 files could not be converted" in done.stderr


def test_the_files_of_a_folder_take_the_ending_that_was_asked_for(takes, run, tmp_path):
    done = run("convert", takes / "more", tmp_path, "--as", "json")
    assert done.returncode == 0
    again = read_poses(tmp_path / "jump.json")
    assert again.sizes["time"] == read_poses(takes / "more" / "jump.bvh").sizes["time"]


def test_an_ending_that_nothing_writes(takes, run, tmp_path):
    done = run("convert", takes, tmp_path, "--as", "doc")
    assert done.returncode == 2
    assert not list(tmp_path.iterdir())


def test_a_folder_is_not_converted_onto_itself(takes, run):
    before = {path: path.stat().st_mtime_ns for path in takes.rglob("*")}
    done = run("convert", takes, takes / "more" / "..")
    assert done.returncode == 3
    assert "is the folder itself" in done.stderr
    assert {path: path.stat().st_mtime_ns for path in takes.rglob("*")} == before


def record(folder):
    text = (folder / "converted.csv").read_text("utf-8")
    return {row["source"]: row for row in csv.DictReader(io.StringIO(text))}


def test_no_two_files_of_a_folder_become_one(takes, run, tmp_path):
    jump = read_poses(takes / "more" / "jump.bvh")
    long, short = jump, jump.isel(time=slice(30))
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    (folder / "other").mkdir()
    for place, poses in {
        "a.trc": long, "sub/a.c3d": short, "a.trc.trc": short,
        "B.trc": long, "other/b.trc": short, "other/a.trc": short,
    }.items():  # fmt: skip
        write_poses(poses, folder / place)
    assert run("convert", folder, tmp_path / "out").returncode == 0
    rows = record(tmp_path / "out")
    assert {name: row["target"] for name, row in rows.items()} == {
        "B.trc": "B.trc.nc", "a.trc": "a.trc.nc", "a.trc.trc": "a.trc.trc.nc",
        "other/a.trc": "a.trc.2.nc", "other/b.trc": "b.trc.2.nc",
        "sub/a.c3d": "a.c3d.nc",
    }  # fmt: skip
    for row in rows.values():
        made = read_poses(tmp_path / "out" / row["target"])
        assert made.sizes["time"] == int(row["frames"])


def test_no_file_takes_the_name_of_the_record(takes, run, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    write_poses(read_poses(takes / "more" / "jump.bvh"), folder / "converted.trc")
    done = run("convert", folder, tmp_path / "out", "--as", "csv")
    assert done.returncode == 0
    rows = record(tmp_path / "out")
    assert rows["converted.trc"]["target"] == "converted.trc.csv"
    read_poses(tmp_path / "out" / "converted.trc.csv")


def test_a_recording_of_the_name_of_the_record_is_converted(takes, run, tmp_path):
    (tmp_path / "in").mkdir()
    poses = read_poses(takes / "more" / "jump.bvh")
    write_poses(poses, tmp_path / "in" / "converted.csv")
    assert run("convert", tmp_path / "in", tmp_path / "out").returncode == 0
    assert list(record(tmp_path / "out")) == ["converted.csv"]
    again = run("convert", tmp_path / "out", tmp_path / "more")
    assert again.returncode == 0
    assert list(record(tmp_path / "more")) == ["converted.nc"]


def test_a_folder_with_a_record_alone(run, tmp_path):
    (tmp_path / "converted.csv").write_text("source,target,frames\na.trc,a.nc,10\n")
    done = run("convert", tmp_path, tmp_path / "out")
    assert done.returncode == 3
    assert "needs recordings in it" in done.stderr
    assert not (tmp_path / "out").exists()


def test_what_was_converted_is_not_converted_again(takes, run, tmp_path):
    folder = tmp_path / "in"
    shutil.copytree(takes / "more", folder)
    for _ in range(2):
        assert run("convert", folder, folder / "out" / "nc").returncode == 0
        assert list(record(folder / "out" / "nc")) == ["jump.bvh"]


def test_a_file_that_is_to_be_read_is_not_written_over(takes, run, tmp_path):
    """The target folder holds a link to a source."""
    folder = tmp_path / "in"
    shutil.copytree(takes / "more", folder)
    (tmp_path / "out").mkdir()
    link = tmp_path / "out" / "jump.nc"
    try:
        link.symlink_to(folder / "jump.bvh")
    except OSError:
        pytest.skip("links cannot be made here")
    before = (folder / "jump.bvh").read_bytes()
    assert run("convert", folder, tmp_path / "out").returncode == 0
    assert (folder / "jump.bvh").read_bytes() == before
    assert record(tmp_path / "out")["jump.bvh"]["target"] == "jump.bvh.nc"


def test_the_ending_of_one_file_is_that_of_its_name(takes, run, tmp_path):
    done = run("convert", takes / "jump.nc", tmp_path / "jump.bvh", "--as", "nc")
    assert done.returncode == 2
    assert "--as is for folders" in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_header_that_lies_is_warned_of(test_data, run, tmp_path):
    twin = test_data / "mocap" / "cmu_pirouette_wrong_frametime.bvh"
    done = run("measure", twin, "--only", "turn_count")
    assert "warning: times: 12 Hz" in done.stderr
    told = run("measure", twin, "--only", "turn_count", "--fps", "120")
    assert "warning" not in told.stderr
    right = run(
        "measure", test_data / "mocap" / "cmu_pirouette.bvh", "--only", "turn_count"
    )
    assert "warning" not in right.stderr
    assert told.stdout == right.stdout
