"""Names from recordings reach a terminal without what could steer it."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from repetiteur.cli import console, folders, sheet, tables
from repetiteur.cli.measure import _names
from repetiteur.cli.steps import _show
from repetiteur.errors import DamagedFile
from repetiteur.model.findings import Measured, Measurement, Span
from repetiteur.rehearsal import recording_from_poses
from repetiteur.report.measured import Taken
from unit.report import small_rehearsal as made
from unit.report import stepped

NASTY = "\x1b[31mEVIL\x1b]0;title\x07\nnext\x9b2J"
PLAIN = "[31mEVIL ]0;title next 2J"


@pytest.fixture
def out(monkeypatch):
    text = io.StringIO()
    made_plain = Console(file=text, highlight=False, soft_wrap=True)
    monkeypatch.setattr(console, "out", made_plain)
    monkeypatch.setattr(sheet, "out", made_plain)
    monkeypatch.setattr(tables, "out", made_plain)
    return text


def calm(text):
    return not any((ord(c) < 32 and c != "\n") or 127 <= ord(c) < 160 for c in text)


def test_of_steps(out):
    _show(replace(stepped.two(), steps={NASTY: stepped.STEPS, "Anna": ()}), None)
    assert PLAIN in out.getvalue().splitlines()
    assert calm(out.getvalue())


def test_of_measures(out):
    poses = made.dancer(duration_s=1.0)
    both = replace(
        recording_from_poses(poses, NASTY),
        poses=poses.reindex(individual=["dancer", "other"]),
    )
    height = Measurement(
        "jump_height_com", None, "flight", Span(0.1, 0.6), 0.3, "m", (0.2, 0.4), (6, 36)
    )
    taken = Taken(both, NASTY, Measured((height,)))
    sheet.show_taken(taken, most_values=9)
    assert PLAIN in out.getvalue().splitlines()
    sheet.overview([taken], {})
    assert out.getvalue().count(PLAIN) == 3
    assert calm(out.getvalue())


def test_of_files():
    assert _names([Path("takes", NASTY)]) == {Path("takes", NASTY): PLAIN}
    twins = [Path(folder, "a\x1b.c3d") for folder in ("one", "two")]
    assert list(_names(twins).values()) == ["one/a .c3d", "two/a .c3d"]


def test_of_errors():
    assert (
        folders.one_line(DamagedFile(f"{NASTY} is damaged.")) == f"{PLAIN} is damaged."
    )
