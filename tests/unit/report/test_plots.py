"""Curves as paths: where they lie, and where they break."""

import re

import numpy as np
import pytest

from repetiteur.report.panels import panels
from repetiteur.report.plots import (
    ACROSS,
    DOWN,
    HEIGHT,
    Scale,
    band,
    gaps,
    line,
    paths,
    reach,
    scale_of,
)
from repetiteur.technique.curve import Z90
from unit.report import charted
from unit.report import small_rehearsal as made

SCALE = Scale(0.0, 132.0, 30.0)


def panel(course, at_s=4.0):
    return panels(made.findings(notes=[charted.note(at_s)], courses=[course]))[0]


def points(path):
    """The corners of each piece of a path, back from its relative steps."""
    out = []
    for piece in filter(None, path.split("M")):
        start, _, rest = piece.rstrip("z").partition("l")
        steps = [int(n) for n in re.findall(r"-?\d+", rest)]
        at = np.array([int(n) for n in start.split()])
        moves = np.array(steps, dtype=int).reshape(-1, 2)
        out.append(np.vstack([at, at + np.cumsum(moves, axis=0)]))
    return out


def drawn(course, scale=SCALE):
    return {kind: points(path) for kind, path in paths(panel(course), scale)}


def test_a_line_lies_where_its_values_do():
    ((x, y),) = (piece.T for piece in drawn(charted.course())["line take"])
    assert (x[0], x[-1]) == (0, ACROSS)
    seconds, degrees = 8.0 * x / ACROSS, (HEIGHT * DOWN - y) / DOWN
    bend = made.bump(seconds, 4.0, 1.5)
    assert degrees == pytest.approx(10.0 + 86.0 * bend, abs=1.5)


def test_straight_parts_cost_nothing():
    level = charted.course(lower=0.0, at_s=())
    assert [len(piece) for piece in drawn(level)["line take"]] == [2]
    assert [len(piece) for piece in drawn(level)["ground"]] == [4]
    whole = sum(len(path) for _, path in paths(panel(charted.course()), SCALE))
    assert whole < 8_000


def test_lines_and_bands_break_where_nothing_was_judged():
    found = drawn(charted.course(blind=(5.0, 6.0)))
    for kind in ("ground", "band ref", "band take", "line ref", "line take"):
        ends = [(piece[:, 0].min(), piece[:, 0].max()) for piece in found[kind]]
        assert len(ends) == 2, kind
        assert ends[0][1] <= ACROSS * 5.0 / 8.0 <= ACROSS * 6.0 / 8.0 <= ends[1][0]


def test_the_bands_are_the_interval_and_the_ground_is_the_floor():
    level = charted.course(lower=20.0, at_s=())
    found = drawn(level)
    for kind, half in (("band take", Z90 * 2.0 / np.sqrt(2.0)), ("ground", 5.0)):
        y = found[kind][0][:, 1] / DOWN
        assert np.ptp(y) == pytest.approx(2.0 * half, abs=1.0)


def test_of_several_references_the_band_is_what_they_have_between_them():
    found = drawn(charted.several(charted.course(at_s=())))
    ys = {kind: found[kind][0][:, 1] / DOWN for kind in ("band ref", "ground")}
    assert np.ptp(ys["band ref"]) == pytest.approx(12.0, abs=1.0)
    assert np.ptp(ys["ground"]) == pytest.approx(22.0, abs=1.0)


def test_where_it_was_not_judged():
    assert gaps(panel(charted.course())) == []
    (gap,) = gaps(panel(charted.course(blind=(5.0, 6.0))))
    assert gap == pytest.approx((5.0, 6.0), abs=0.05)


def test_a_scale_begins_at_nought_where_that_fits():
    one = panel(charted.course())
    low, high = reach(one)
    assert low < 10.0 - 4.9
    assert high > 108.0 + 4.9
    usual = scale_of(one, 140.0)
    assert usual.low == pytest.approx(-8.4)
    assert usual.high - usual.low == pytest.approx(140.0)
    assert [value for value, _ in usual.lines()] == [0.0, 45.0, 90.0]
    high_up = panel(
        charted.course(reference=np.full(361, 170.0), take=np.full(361, 165.0))
    )
    about = scale_of(high_up, 60.0)
    assert about.low < 165.0 < 170.0 < about.high
    assert [value for value, _ in about.lines()] == [150.0, 165.0, 180.0, 195.0]


def test_what_lies_far_off_the_scale_stays_in_reach():
    down = SCALE.down(np.array([-1e9, 1e9]))
    assert (np.abs(down) <= 2 * HEIGHT * DOWN).all()


def test_nothing_gives_nothing():
    nothing = np.full(3, np.nan)
    assert line(np.arange(3.0), nothing) == ""
    assert band(np.arange(3.0), nothing, nothing) == ""
