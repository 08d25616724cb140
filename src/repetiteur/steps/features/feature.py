"""What a feature is, and how one is registered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from repetiteur.kernels.medians import mostly_seen
from repetiteur.model.skeletons import Side
from repetiteur.steps.scene import Scene
from repetiteur.steps.stretches import Frames, Stretch

Array = NDArray[np.float64]
Labels = Mapping[str | bool | int, float]
Value = float | Labels
Curve = Callable[[Scene, "Side | None", "Side | None"], Array]
Fact = Callable[[Scene, Stretch, str], Value]


@dataclass(frozen=True)
class Feature:
    """Something that can be read of a stretch.

    Attributes
    ----------
    id : str
    says : str
        What it is, in words.
    unit : str
        deg, fl (foot lengths), legs (leg lengths), s, ratio, turns, label ...
    soft : float
        Half width of a threshold: a value that is past it by so much is past it with
        84 %. It holds what a centimetre of noise makes and what teachers disagree by.
        Expert default.
    read : function
        Of scene, stretch and mark: a number, or labels with their probabilities.
    curve : function, optional
        Of scene, supporting and working leg: the curve that the number is taken from.
    """

    id: str
    says: str
    unit: str
    soft: float
    read: Fact
    curve: Curve | None = None


FEATURES: dict[str, Feature] = {}
#: Of a span, this share has to be seen.
SEEN = 0.3
#: How sure a label is that was found by other rules: a foot of take-off, a count.
SURE = 0.98


def curve(id: str, says: str, unit: str, soft: float) -> Callable[[Curve], Curve]:
    """Register a curve: read as its median over the spans of a mark."""

    def register(curve: Curve) -> Curve:
        def read(scene: Scene, stretch: Stretch, mark: str) -> float:
            values = curve(scene, *stretch.roles(mark))
            return over(values, stretch.spans(mark))

        FEATURES[id] = Feature(id, says, unit, soft, read, curve)
        return curve

    return register


def fact(id: str, says: str, unit: str, soft: float = 0.0) -> Callable[[Fact], Fact]:
    """Register what is no curve."""

    def register(read: Fact) -> Fact:
        FEATURES[id] = Feature(id, says, unit, soft, read)
        return read

    return register


def over(values: Array, spans: tuple[Frames, ...]) -> float:
    """Median of a curve over each span, and of those; NaN where nothing was seen."""
    each = [_median(values[a : b + 1]) for a, b in spans]
    return _median(np.array(each))


def _median(values: Array) -> float:
    return mostly_seen(values, SEEN)


def highest(values: Array, spans: tuple[Frames, ...]) -> float:
    """Largest value that was seen in some spans; NaN of none."""
    tops = [np.nanmax(values[a : b + 1], initial=-np.inf) for a, b in spans]
    top = float(max(tops, default=-np.inf))
    return top if np.isfinite(top) else float("nan")


def lowest(values: Array, spans: tuple[Frames, ...]) -> float:
    """Smallest value that was seen in some spans; NaN of none."""
    return -highest(-values, spans)


def share_below(values: Array, spans: tuple[Frames, ...], share: float) -> float:
    """What a share of the values that were seen in some spans are below."""
    parts = [values[a : b + 1] for a, b in spans]
    seen = np.concatenate(parts or [np.array([])])
    seen = seen[np.isfinite(seen)]
    return float(np.quantile(seen, share)) if seen.size else float("nan")


def truth(likely: float) -> Labels:
    """Yes and no as labels."""
    return {True: likely, False: 1.0 - likely}


def past(value: float, limit: float, soft: float) -> float:
    """How likely a value is past a limit; 0.5 of one that is not known."""
    return float(ndtr((value - limit) / soft)) if np.isfinite(value) else 0.5
