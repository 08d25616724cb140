"""Motion whose measures are known by construction, and what must not change them.

An oracle is a moving body and the values that are true of it. The same values must
come out when the whole body is turned about the vertical, seen in a mirror, filmed at
another frame rate or smaller; but sides change in a mirror, headings turn with the body
and lengths shrink. ``cases`` gives every oracle with every such change::

    @pytest.mark.parametrize(("oracle", "change"), oracles.cases(ORACLES))
    def test_oracle(oracle, change):
        oracles.check(oracle, change)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

import bodies
from repetiteur.kernels import geometry
from repetiteur.model.body import Body
from repetiteur.model.skeletons import other_side

#: A number, a word or None; or a curve that is this number in every frame.
Values = Mapping[str, Any]
_WORDS = {"left": "right", "right": "left"}


@dataclass(frozen=True)
class Oracle:
    """A motion and what is true of it.

    Attributes
    ----------
    name : str
    build : callable
        ``build(time) -> {keypoint: (time, 3)}``, for any even time from 0 on.
    measure : callable
        ``measure(body) -> {name: value or (time,) curve}``.
    expected : mapping
        The same names with their true values: numbers, words, None, NaN.
    odd : names that change their sign in a mirror (headings, turns to a side). Names
        that begin with a side change it, and so do the words "left" and "right".
    turns : names to which turning the body adds (headings).
    lengths : names that are lengths.
    tolerance : float
    frames : float
        Allowed besides, in frames: for times.
    seconds : float
        How long the motion lasts.
    """

    name: str
    build: Callable[[np.ndarray], Mapping[str, np.ndarray]]
    measure: Callable[[Body], Values]
    expected: Values
    odd: tuple[str, ...] = ()
    turns: tuple[str, ...] = ()
    lengths: tuple[str, ...] = ()
    tolerance: float = 1e-6
    frames: float = 0.0
    seconds: float = 1.0


@dataclass(frozen=True)
class Change:
    """What is done to a body before it is measured."""

    name: str
    fps: float = 60.0
    degrees: float = 0.0
    scale: float = 1.0
    mirror: bool = False

    def body(self, oracle: Oracle) -> Body:
        time = np.arange(round(oracle.seconds * self.fps) + 1) / self.fps
        points = {
            name: geometry.turn(self.scale * np.asarray(place), self.degrees)
            for name, place in oracle.build(time).items()
        }
        body = bodies.body(time, points)
        return body.mirrored() if self.mirror else body

    def expected(self, oracle: Oracle) -> dict[str, Any]:
        out = {}
        for name, value in oracle.expected.items():
            if name in oracle.turns:
                value = geometry.wrap(value + self.degrees)
            if name in oracle.lengths:
                value = self.scale * value
            if self.mirror:
                value = _WORDS.get(value, value)
                value = -value if name in oracle.odd else value
            out[other_side(name) if self.mirror else name] = value
        return out


CHANGES = (
    Change("plain"),
    *(Change(f"turned {a:g}", degrees=a) for a in (45.0, 90.0, 180.0, -133.7)),
    Change("mirrored", mirror=True),
    Change("30 fps", fps=30.0),
    Change("120 fps", fps=120.0),
    Change("a child", scale=0.7),
    Change("all at once", fps=30.0, degrees=71.3, scale=0.7, mirror=True),
)


def cases(oracles: Iterable[Oracle]) -> list[Any]:
    """Every oracle with every change, for ``parametrize``."""
    return [
        pytest.param(oracle, change, id=f"{oracle.name}-{change.name}")
        for oracle in oracles
        for change in CHANGES
    ]


def check(oracle: Oracle, change: Change) -> None:
    """The changed motion measures as is true of it."""
    measured = oracle.measure(change.body(oracle))
    expected = change.expected(oracle)
    assert measured.keys() >= expected.keys()
    within = oracle.tolerance + oracle.frames / change.fps
    for name, value in expected.items():
        found = measured[name]
        if value is None or isinstance(value, str | bool):
            assert found == value, (name, found, value)
            continue
        found = np.asarray(found, dtype=float)
        off = found - value
        if name in oracle.turns:  # whole turns are a matter of where the count began
            off = geometry.wrap(off)
        alike = np.isnan(found) if np.isnan(value) else np.abs(off) <= within
        assert found.size, name
        assert np.all(alike), (name, found, value)
