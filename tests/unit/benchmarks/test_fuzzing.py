"""The fuzzer: whole seeds, files that can be made again, and failures that it sees."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from random import Random

import pytest

from repetiteur.io.formats import formats, read_poses

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/clear_refs").exists(), reason="the fuzzer needs Linux"
)

READ = sorted(name for name, format_ in formats().items() if format_.read)

PLANTED = """
import os, time
from repetiteur.errors import DamagedFile

def read(path, **options):
    kind = path.read_text()
    if kind == "refuse":
        raise DamagedFile("no")
    if kind == "lines":
        raise DamagedFile("one\\ntwo")
    if kind == "raise":
        raise KeyError("x")
    if kind == "die":
        os.abort()
    if kind == "hang":
        time.sleep(60)
    if kind == "slow":
        time.sleep(2.0)
    if kind == "large":
        b"x" * (90 << 20)
    if kind == "huge":
        bytes(2 << 30)
"""


@pytest.fixture
def planted(tmp_path, monkeypatch):
    """A reader that fails as the file says; the limits are short for it."""
    import fuzzing

    (tmp_path / "planted.py").write_text(PLANTED)
    paths = [str(tmp_path), os.environ.get("PYTHONPATH", "")]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(paths))
    monkeypatch.setattr(fuzzing, "SECONDS", 1.5)
    monkeypatch.setattr(fuzzing, "PATIENCE", 3.0)
    monkeypatch.setattr(fuzzing, "MEGABYTES", 60.0)
    return "planted:read"


@pytest.mark.parametrize("name", READ)
def test_every_format_has_seeds_and_they_can_be_read(name, tmp_path):
    from fuzzing import put
    from fuzzing_seeds import seeds_of

    seeds = seeds_of(formats()[name], None)
    assert seeds
    for k, seed in enumerate(seeds):
        path = put(seed, tmp_path / str(k))
        poses = read_poses(path, fps=50.0)
        assert poses.sizes["keypoint"] > 5
        if path.is_file():
            head = path.read_bytes()[:4096]
            knows = [f.name for f in formats().values() if f.sniff and f.sniff(head)]
            assert knows == [name]


def test_seeds_and_broken_files_are_the_same_each_time():
    from fuzzing import broken_seed
    from fuzzing_seeds import seeds_of

    seeds = seeds_of(formats()["trc"], None)
    assert seeds == seeds_of(formats()["trc"], None)
    first = [broken_seed(seeds, "trc", 0, number) for number in range(60)]
    again = [broken_seed(seeds, "trc", 0, number) for number in range(60)]
    assert first == again
    whole = [content for seed in seeds for content in seed.values()]
    spoilt = [content for seed in first for content in seed.values()]
    assert sum(content in whole for content in spoilt) < 15
    assert len(set(spoilt)) > 45


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"x",
        b"a 1 2\nb 3 4\n",
        b'{"a": [1, 2, {"b": 3}]}',
        b"PK\x03\x04",
        b"\0" * 9,
    ],
    ids=["empty", "byte", "text", "json", "zip", "binary"],
)
def test_anything_can_be_broken(content):
    from fuzzing_mutations import broken

    for number in range(300):
        out = broken(content, b"other 1\n", Random(number))
        assert isinstance(out, bytes)
        assert len(out) <= 8 << 20


def test_members_of_an_archive_are_broken_within_a_whole_archive():
    import io
    import zipfile

    from fuzzing import broken_seed
    from fuzzing_seeds import seeds_of

    seeds = seeds_of(formats()["amass"], None)
    opened = 0
    for number in range(60):
        (content,) = broken_seed(seeds, "amass", 0, number).values()
        opened += zipfile.is_zipfile(io.BytesIO(content))
    assert opened > 20


def test_every_kind_of_failure_is_seen(planted, tmp_path):
    from fuzzing import Tally, Worker

    kinds = ["read", "refuse", "lines", "raise", "die", "hang", "slow", "large", "huge"]
    worker, tally = Worker(planted), Tally()
    for number, kind in enumerate(kinds):
        (tmp_path / kind).write_text(kind)
        tally.add(number, worker.read(tmp_path / kind, {}))
    worker.close()
    assert (tally.files, tally.read, tally.refused) == (9, 1, {"DamagedFile": 1})
    said = {number: kind for number, kind, _ in tally.failures}
    expected = ["several lines", "KeyError", "crash", "hang", "slow", "memory"]
    assert [said[number] for number in range(2, 8)] == expected
    assert said[8] == "MemoryError"
    assert sum(tally.failed.values()) == 7


def test_a_run_prints_a_table_and_keeps_its_figures(tmp_path, monkeypatch, capsys):
    import fuzzing

    out = tmp_path / "fuzzing.json"
    before = {"format": "bvh"} | vars(fuzzing.Tally(files=7, worst_mb=3.0))
    out.write_text(json.dumps({"formats": {"bvh": before}}))
    order = ["fuzzing.py", "--only", "csv", "--files", "9", "--out", str(out)]
    monkeypatch.setattr(sys, "argv", order)
    monkeypatch.delenv("REPETITEUR_TEST_DATA", raising=False)
    assert fuzzing.main() == 0
    rows = [row.split() for row in capsys.readouterr().out.splitlines()]
    assert [row[:2] for row in rows[:2]] == [["format", "files"], ["bvh", "7"]]
    kept = json.loads(out.read_text())["formats"]
    assert kept["bvh"]["files"] == 7
    one = kept["csv"]
    assert one["files"] == one["read"] + sum(one["refused"].values()) == 9
    assert one["failed"] == {}
    assert rows[2][1] == str(one["files"])


def test_what_failed_is_kept(planted, tmp_path):
    from fuzzing import fuzz, table

    seeds = [{"take.x": b"raise"}]
    tally = fuzz("x", seeds, range(40), 30.0, keep=tmp_path / "kept", target=planted)
    kept = {path.name for path in (tmp_path / "kept").iterdir()}
    assert kept == {f"x-0-{number}" for number, _, _ in tally.failures}
    assert tally.failed["KeyError"] > 0
    row = table({"x": vars(tally)}).splitlines()[1].split()
    assert row[:2] == ["x", "40"]
