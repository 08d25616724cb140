"""The same measure on both sides."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from repetiteur.kinematics.joints import ANGLES
from repetiteur.kinematics.limbs import Bones
from repetiteur.kinematics.movement import Movement
from repetiteur.model.body import Body
from repetiteur.model.skeletons import Side
from repetiteur.technique.measure import Kind, Sides, Value, measure, measures
from repetiteur.technique.postures import FEET, LEGS

Array = NDArray[np.float64]

_NAN = float("nan")
_HIPS = ("left_hip", "right_hip")
_ARM = tuple(f"{s}_{p}" for s in ("left", "right") for p in ("shoulder", "wrist"))
#: Sides whose mean is less say nothing of one another, deg: the index divides by it.
#: Expert default, ten times what an angle is uncertain by.
LEAST = 10.0


def asymmetry(right: float, left: float, *, least: float = 0.0) -> float:
    """How much more a measure is on the right, as share of both sides' mean.

    Parameters
    ----------
    right, left : float
        The same measure on both sides, in one unit.
    least : float
        The smallest mean of both for which it says something, in that unit.

    Returns
    -------
    float
        Percent, -200 to 200: 200 (R - L) / (R + L), the index without its bars. NaN
        where a side is not known, where the two differ in sign or are both 0, and where
        their mean is below ``least``: near zero the quotient is unstable.

    Examples
    --------
    >>> round(asymmetry(110.0, 100.0), 2), round(asymmetry(100.0, 110.0), 2)
    (9.52, -9.52)
    >>> asymmetry(2.0, -1.0), asymmetry(3.0, 1.0, least=10.0)
    (nan, nan)
    """
    total = abs(right + left)
    if not (right * left >= 0.0 and total > 0.0 and total >= 2.0 * least):
        return _NAN
    return 200.0 * (abs(right) - abs(left)) / total


def symmetry_index(right: float, left: float, *, least: float = 0.0) -> float:
    """How far the two sides differ, as share of their mean.

    Parameters
    ----------
    right, left, least : float
        As in :func:`asymmetry`.

    Returns
    -------
    float
        Percent, 0 to 200: 200 |R - L| / (R + L) (domain measure of that name). NaN as
        there.

    Examples
    --------
    >>> round(symmetry_index(110.0, 100.0), 2)
    9.52
    """
    return abs(asymmetry(right, left, least=least))


def _whole(event: object) -> tuple[Side | None, ...]:
    return (None,)


def _on_both(plie: Any) -> tuple[Side | None, ...]:
    return (None,) if plie.on == "both" else ()


def _onto_both(flight: Any) -> tuple[Side | None, ...]:
    return (None,) if flight.to_feet == "both" else ()


@cache
def _value_of(id: str, on: Kind) -> Value:
    """What takes another measure."""
    return next(one.value for one in measures() if (one.id, one.on) == (id, on))


def _curve_of(angle: str) -> Callable[[Body, Side | None], Array]:
    """The signed index of a joint angle, a curve."""

    def curve(body: Body, side: Side | None = None) -> Array:
        bones = Bones(body)
        right, left = (ANGLES[f"{s}_{angle}"].curve(bones) for s in ("right", "left"))
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(200.0 * (right - left) / (right + left))

    return curve


def _register(
    id: str,
    on: Kind,
    name: str,
    needs: tuple[str, ...],
    *,
    sides: Sides = _whole,
    angle: str | None = None,
) -> None:
    """Register both forms of the index of a measure that is taken on both sides.

    ``angle`` is the joint angle that it is, where it is one.
    """
    reads, whole = _curve_of(angle) if angle else None, on == "flight"

    def values(movement: Movement, event: Any) -> tuple[float, float]:
        of = _value_of(id, on)
        return float(of(movement, event, "right")), float(of(movement, event, "left"))

    def signed(movement: Movement, event: Any, side: Side | None) -> float:
        return asymmetry(*values(movement, event), least=LEAST)

    def index(movement: Movement, event: Any, side: Side | None) -> float:
        return symmetry_index(*values(movement, event), least=LEAST)

    measure(
        f"symmetry_index.{id}",
        on=on,
        name=f"{name}, how unlike the two sides",
        unit="percent",
        sides=sides,
        needs=needs,
        source="200 |R - L| / (R + L)",
        shape="ray",
        whole=whole,
        reads=reads,
        alone=reads is not None,
    )(index)
    measure(
        f"asymmetry.{id}",
        on=on,
        name=f"{name}, right over left",
        unit="percent",
        sides=sides,
        needs=needs,
        source="200 (R - L) / (R + L), right positive",
        whole=whole,
        reads=reads,
        alone=reads is not None,
    )(signed)


_register("turnout_side", "stance", "Turnout", (*FEET, *_HIPS), angle="turnout")
_register(
    "arm_shape.elevation", "stance", "Height of the arms", _ARM, angle="arm_elevation"
)
_register(
    "knee_flexion", "plie", "Bend of the knees", LEGS,
    sides=_on_both, angle="knee_flexion",
)  # fmt: skip
_register(
    "hip_rotation_proxy", "plie", "Direction of the knees", LEGS,
    sides=_on_both, angle="hip_rotation_proxy",
)  # fmt: skip
_register(
    "landing_knee_flexion", "flight", "Depth of the landing", LEGS, sides=_onto_both
)
