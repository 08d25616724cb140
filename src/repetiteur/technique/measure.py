"""Measures that are taken on a moment of a recording, and the registry of them.

A turn has a rate, a jump a height, a plié a depth: such a measure is a function from a
moment to one number, with everything that must be known to read it. What a recording
lacks for it is said as :class:`~repetiteur.model.findings.NotJudged`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from repetiteur import plugins
from repetiteur.kinematics.movement import Movement
from repetiteur.model.body import Body
from repetiteur.model.skeletons import KEYPOINTS, Side

#: What can be measured on, found without naming a step.
Kind = Literal["turn", "series", "flight", "balance", "gesture", "plie", "stance"]
KINDS: tuple[Kind, ...] = get_args(Kind)

FAMILIES = (
    "turning",
    "passe",
    "spotting",
    "series",
    "jumping",
    "landing",
    "balancing",
    "gestures",
    "bending",
    "standing",
    "carriage",
    "symmetry",
)

#: One moment's value: a number, or a name where the unit is ``label``; NaN or "" where
#: it has no meaning on this moment.
Value = Callable[[Movement, Any, Side | None], float | str]
#: Half of the 90 % interval that frames of this step leave open at least, whatever the
#: points say: ``by_frames(event, step_s)``, in the measure's unit.
ByFrames = Callable[[Any, float], float]
#: On which sides it is taken; (None,) where it has none.
Sides = Callable[[Any], tuple[Side | None, ...]]


#: A curve that a value is read off, each frame of it by itself: the name of a joint
#: angle, where ``{side}`` stands for the side, or ``curve(body, side)``, (time,).
Reads = str | Callable[[Body, Side | None], NDArray[np.float64]]

#: What the values of a measure are.
Shape = Literal["line", "circle", "half circle", "bend", "ray", "share", "count"]

#: What values are said in.
UNITS = (
    "deg",
    "deg/s",
    "s",
    "m",
    "mm",
    "cm2",
    "ratio",
    "percent",
    "rev",
    "rev/s",
    "foot lengths",
    "dimensionless",
    "count",
    "label",
)

#: How one camera shows a measure; "" not at all.
Seen = Literal["", "time", "limb", "front", "side", "level"]


def no_side(event: object) -> tuple[Side | None, ...]:
    """For measures of the whole body."""
    return (None,)


def exact(event: object, step_s: float) -> float:
    """For measures that hang on no single moment."""
    return 0.0


@dataclass(frozen=True, eq=False)
class Measure:
    """What a measure is that is taken on moments of one kind.

    Attributes
    ----------
    id : str
        Name in every file.
    on : {"turn", "flight", "balance", "gesture", "plie", "stance"}
    name : str
        Words for a person.
    unit : str
        ``deg``, ``s``, ``m``, ``mm``, ``cm2``, ``ratio``, ``rev``, ``rev/s``,
        ``foot lengths``, ``dimensionless`` or ``label``.
    source : str
        Where the formula comes from.
    value : callable
        ``value(movement, event, side) -> float or str``.
    sides : callable
        ``sides(event)``: the sides that it is taken on.
    needs : tuple of str
        Keypoints; ``a|b`` asks for one of the two.
    least_hz : float
        Below this frame rate it is not judged.
    seen : {"", "time", "limb", "front", "side", "level"}
        How one camera shows it: not at all; where moments alone tell it; across the
        bones of a limb; of a dancer seen from the front or the back; from a side; or,
        of heights, from anywhere with a level camera
        (:mod:`repetiteur.technique.in_picture`).
    by_frames : callable
        ``by_frames(event, step_s)``: half of the interval that frames leave open at
        least, where a measure hangs on the moments of two events.
    shape : {"line", "circle", "half circle", "bend", "ray", "share", "count"}
        What its values are: numbers; directions, which wrap at 360 degrees; angles
        between directions, which fold at 0 and 180; bends of a joint to either side of
        0, which any error makes larger; numbers from 0; shares from 0 to 1; or counts,
        which are rounded to halves when all is done.
    whole : bool
        Whether it needs the whole moment: not judged on one that begins or ends in a
        gap, or with the recording, or while one of its points is hidden for 0.1 s.
    reads : str or callable, optional
        The curve that its value is read off, where it is: at the top of a gesture or
        the bottom of a plié, and as the median over the still part of all else
        (:mod:`repetiteur.technique.postures`), but for its sign and a constant. Its
        interval then follows from the errors of the points in these frames; of values
        without one it is found by taking them again on noisy copies, which takes a
        hundred times as long. Of a name it is how far it is from being another one.
    alone : bool
        Whether each frame of that curve is told by its own points alone, as a joint
        angle is. Another may be a share of a length, the median of many frames.
    """

    id: str
    on: Kind
    name: str
    unit: str
    source: str
    value: Value
    sides: Sides
    needs: tuple[str, ...]
    least_hz: float
    seen: Seen
    by_frames: ByFrames
    shape: Shape
    whole: bool
    reads: Reads | None = None
    alone: bool = False


_REGISTRY: dict[tuple[str, str], Measure] = {}


def measure(  # noqa: PLR0913 - each of these belongs to every measure
    id: str,
    *,
    on: Kind,
    name: str,
    unit: str,
    source: str,
    sides: Sides = no_side,
    needs: tuple[str, ...] = (),
    least_hz: float = 0.0,
    seen: Seen = "",
    by_frames: ByFrames = exact,
    shape: Shape = "line",
    whole: bool = False,
    reads: Reads | None = None,
    alone: bool = False,
) -> Callable[[Value], Value]:
    """Register a function as a measure that is taken on moments.

    The parameters are the attributes of :class:`Measure`. One measure may be taken
    on several kinds of moments.

    Raises
    ------
    ValueError
        When the id is taken on this kind of moment already, or when there is no such
        kind, unit, shape, way of seeing or keypoint.
    """
    _check(id, "kind of moment", on, KINDS)
    _check(id, "unit", unit, UNITS)
    _check(id, "shape", shape, get_args(Shape))
    _check(id, "way of seeing", seen, get_args(Seen))
    for need in needs:
        for point in need.split("|"):
            _check(id, "keypoint", point, KEYPOINTS)

    def register(value: Value) -> Value:
        if (id, on) in _REGISTRY:
            raise ValueError(f"{id!r} is taken on a {on} already: give it another id.")
        _REGISTRY[id, on] = Measure(
            id=id,
            on=on,
            name=name,
            unit=unit,
            source=source,
            value=value,
            sides=sides,
            needs=needs,
            least_hz=least_hz,
            seen=seen,
            by_frames=by_frames,
            shape=shape,
            whole=whole,
            reads=reads,
            alone=alone or isinstance(reads, str),
        )
        return value

    return register


def _check(id: str, what: str, came: str, known: Collection[str]) -> None:
    if came not in known:
        near = get_close_matches(came, known, n=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise ValueError(
            f"{id!r} needs a {what} that there is, and {came!r} is none.{hint}"
        )


def measures() -> Iterator[Measure]:
    """All registered measures of moments, our own first, then those of plugins.

    Examples
    --------
    >>> "jump_height_flight" in {measure.id for measure in measures()}
    True
    """
    for family in FAMILIES:
        import_module(f"repetiteur.technique.{family}")
    plugins.load(plugins.MEASURES)
    yield from tuple(_REGISTRY.values())
