"""How tables are laid out on screens and in pipes."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from repetiteur.cli import tables
from repetiteur.report.sheet import COLUMNS, Part

LONG = "Smoothness of the leg's way up, as told by its jerk"
ROWS = [
    (LONG, "left", "−6.4", "−7.3 to −5.5", "foot lengths", "smoothness_ldlj"),
    ("Height of the leg", "", "13.2°", "10.5 to 15.9", "", "leg_elevation"),
]  # fmt: skip


def shown(monkeypatch, **words):
    out = io.StringIO()
    monkeypatch.setattr(tables, "out", Console(file=out, highlight=False, **words))
    tables.show_parts(COLUMNS, [Part("0.52–1.02 s · gesture", ROWS)])
    return [line.rstrip() for line in out.getvalue().splitlines()]


@pytest.mark.parametrize("width", [80, 100])
def test_a_narrow_screen_folds_names_and_leaves_ids_out(monkeypatch, width):
    lines = shown(monkeypatch, force_terminal=True, color_system=None, width=width)
    assert max(map(len, lines)) <= width
    assert "smoothness_ldlj" not in "\n".join(lines)
    assert lines[1] == "0.52–1.02 s · gesture"


@pytest.mark.parametrize("words", [{}, {"force_terminal": True, "width": 160}])
def test_a_wide_screen_and_a_pipe_have_a_line_a_value(monkeypatch, words):
    lines = shown(monkeypatch, color_system=None, **words)
    head, heading, long, short = lines
    assert head.split()[0] == "side"
    assert heading == "0.52–1.02 s · gesture"
    assert long.endswith("smoothness_ldlj")
    assert short.index("13.2°") + 4 == long.index("−6.4") + 4 - 1


def test_a_column_without_anything_is_not_there(monkeypatch):
    out = io.StringIO()
    monkeypatch.setattr(tables, "out", Console(file=out, highlight=False))
    tables.show_parts(("", "side", "value"), [Part("h", [("Height", "", "1")])])
    assert out.getvalue().split() == ["value", "h", "Height", "1"]


def test_nothing_to_show_shows_nothing(monkeypatch):
    out = io.StringIO()
    monkeypatch.setattr(tables, "out", Console(file=out, highlight=False))
    tables.show_parts(("", "value"), [])
    assert out.getvalue() == ""


WIDTHS = [20, 40, 50, 60, 80, 120]
NUMBERS = ("−6.4", "−7.3", "−5.5", "13.2°", "10.5", "15.9")


@pytest.mark.parametrize("width", WIDTHS)
def test_no_number_is_broken_or_left_out(monkeypatch, width):
    words = {"force_terminal": True, "color_system": None, "width": width}
    lines = shown(monkeypatch, **words)
    assert max(map(len, lines)) <= width
    said = " ".join(lines).split()
    assert [said.count(number) for number in NUMBERS] == [1] * len(NUMBERS)
    assert said.count("value") >= 1
    assert said.count("foot") == 1


@pytest.mark.parametrize("width", WIDTHS)
def test_nor_in_a_table_of_recordings(width):
    out = io.StringIO()
    console = Console(file=out, force_terminal=True, color_system=None, width=width)
    rows = [["a_recording_with_a_long_name.c3d", "103.5", "12", "", "it failed"]]
    heads = ["recording", "seconds", "turns", "jumps", "failed"]
    tables.show(heads, rows, numbers=("seconds", "turns", "jumps"), console=console)
    lines = [line.rstrip() for line in out.getvalue().splitlines()]
    assert max(map(len, lines)) <= width
    said = " ".join(lines).split()
    assert said.count("103.5") == said.count("12") == 1
    assert said.count("seconds") == said.count("turns") == 1


def test_lines_fold_between_words(monkeypatch):
    out = io.StringIO()
    narrow = Console(file=out, force_terminal=True, color_system=None, width=20)
    monkeypatch.setattr(tables, "out", narrow)
    tables.show_lines(["one two three four five"], mark="- ")
    assert [line.rstrip() for line in out.getvalue().splitlines()] == [
        "  - one two three", "  four five",
    ]  # fmt: skip
