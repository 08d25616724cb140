"""One value of one moment: which measure on which side, and its interval."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from repetiteur.kernels.propagation import folded_half
from repetiteur.model.skeletons import Side
from repetiteur.technique.measure import Measure, Shape
from repetiteur.technique.moments import Moment


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
                yield Key(one, side)


def rounded(value: float, shape: Shape) -> float:
    """A value as it is said: a count to the nearest half.

    Examples
    --------
    >>> rounded(1.94, "count"), rounded(1.94, "ray")
    (2.0, 1.94)
    """
    return round(2.0 * value) / 2.0 if shape == "count" else value


def interval_of(value: float, half: float, shape: Shape) -> tuple[float, float]:
    """The 90 % interval of a value, within what such values can be."""
    if shape == "count":
        return rounded(value - half, shape), rounded(value + half, shape)
    if shape == "bend" and half < abs(value) <= 2.5 * half:
        half = float(folded_half(abs(value), half))
    if shape == "half circle":
        if half < min(value, 180.0 - value) <= 2.5 * half:  # else it stays as it is
            half = float(folded_half(value, half))
        return max(value - half, 0.0), min(value + half, 180.0)
    return (max(value - half, 0.0) if shape == "ray" else value - half), value + half
