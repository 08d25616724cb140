"""One value of one moment: which measure on which side, and its interval."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

import numpy as np

from repetiteur.kernels.propagation import folded_half
from repetiteur.model.skeletons import Side
from repetiteur.technique.measure import Measure, Shape
from repetiteur.technique.moments import Moment

#: Least and largest of what values of a shape can be.
_BOUNDS: dict[Shape, tuple[float, float]] = {
    "half circle": (0.0, 180.0),
    "ray": (0.0, np.inf),
    "share": (0.0, 1.0),
    "count": (0.0, np.inf),
}


class Key(NamedTuple):
    """One value of a moment."""

    measure: Measure
    side: Side | None

    @property
    def name(self) -> str:
        """What tells it from the moment's other values."""
        return f"{self.measure.id} {self.side}"


def keys_of(able: Iterable[Measure], moment: Moment) -> Iterator[Key]:
    """The values that are taken on a moment."""
    for one in able:
        if one.on == moment.kind:
            for side in one.sides(moment.event):
                yield _key(one, side)


@cache
def _key(measure: Measure, side: Side | None) -> Key:
    """One for all moments: thousands alike would keep the garbage collector busy."""
    return Key(measure, side)


def rounded(value: float, shape: Shape) -> float:
    """A value as it is said: a count to the nearest half.

    Examples
    --------
    >>> rounded(1.94, "count"), rounded(1.94, "ray")
    (2.0, 1.94)
    """
    return round(2.0 * value) / 2.0 if shape == "count" else value


def interval_of(
    value: float, half: float, shape: Shape, reach: float = 0.0
) -> tuple[float, float]:
    """The 90 % interval of a value, within what such values can be.

    It reaches further down, or up, by what noise may have moved the value
    (:class:`repetiteur.kinematics.estimates.Estimate`).

    Examples
    --------
    >>> interval_of(0.9, 0.25, "share"), interval_of(0.0, 1.0, "count")
    ((0.65, 1.0), (0.0, 1.0))
    """
    if shape == "bend" and half < abs(value) <= 2.5 * half:
        half = float(folded_half(abs(value), half))
    if shape == "half circle" and half < min(value, 180.0 - value) <= 2.5 * half:
        half = float(folded_half(value, half))  # else it stays as it is
    low, high = value - half + min(reach, 0.0), value + half + max(reach, 0.0)
    lowest, highest = _BOUNDS.get(shape, (-np.inf, np.inf))
    return max(rounded(low, shape), lowest), min(rounded(high, shape), highest)
