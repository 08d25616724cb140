"""A folder with everything, or with nothing."""

import json

import pytest

from repetiteur.io.formats import read_poses
from repetiteur.report import write
from repetiteur.report.write import FILES, write_report
from unit.report import small_rehearsal as made


def test_everything_is_written(tmp_path):
    folder = tmp_path / "out"
    rehearsal = made.rehearsal()
    write_report(rehearsal, folder)
    assert sorted(p.name for p in folder.iterdir()) == sorted(FILES)
    notes = json.loads((folder / "notes.json").read_text("utf-8"))
    assert len(notes["notes"]) == 4
    again = read_poses(folder / "take.nc")
    assert again.sizes == rehearsal.take.poses.sizes


def test_a_failure_leaves_nothing(tmp_path, monkeypatch):
    def broken(*_):
        raise OSError("no space left on device")

    monkeypatch.setattr(write, "write_poses", broken)
    folder = tmp_path / "out"
    with pytest.raises(OSError, match="no space"):
        write_report(made.rehearsal(), folder)
    assert not folder.exists() or not list(folder.iterdir())
