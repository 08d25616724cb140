"""Balances on one foot: how long, how still, on what, how placed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels import geometry
from repetiteur.kernels.medians import median
from repetiteur.kinematics.estimates import lasting
from repetiteur.kinematics.events import Balance
from repetiteur.kinematics.legs import OTHER
from repetiteur.kinematics.movement import Movement
from repetiteur.model.skeletons import Side
from repetiteur.technique.measure import measure
from repetiteur.technique.moments import over, own_side
from repetiteur.technique.postures import TRUNK, posture, settled, trunk_postures
from repetiteur.technique.working import working_leg

Array = NDArray[np.float64]

_GROUND = ("left_toe|left_ankle", "right_toe|right_ankle")
_NAN = float("nan")
#: Chi square of two degrees of freedom at 95 %, for the ellipse of the sway.
ELLIPSE = 5.991


def _working(balance: Balance) -> tuple[Side | None, ...]:
    return (OTHER[balance.side],)


def _by_time(balance: Balance, step_s: float) -> float:
    return lasting(balance.lasting_s, step_s).half


@measure(
    "balance_time",
    on="balance",
    name="Time in balance",
    unit="s",
    sides=own_side,
    needs=_GROUND,
    seen="time",
    by_frames=_by_time,
    source="longest stretch on one foot that keeps its place, the other off the floor",
    shape="ray",
    whole=True,
)
def balance_time(movement: Movement, balance: Balance, side: Side | None) -> float:
    """Seconds."""
    return balance.lasting_s


def _sway(movement: Movement, balance: Balance) -> Array:
    """Centre of mass over the foot, (time, 2) m: to the dancer's left and front."""
    known = movement.curves
    if (_sway, balance) not in known:
        known[_sway, balance] = _sway_of(movement, balance)
    return known[_sway, balance]


def _sway_of(movement: Movement, balance: Balance) -> Array:
    first, last = settled(movement, balance)
    frames = slice(first, last + 1)
    foot = movement.contacts.foot(balance.side)
    apart = movement.mass[frames] - foot.pivot[frames]
    facing = movement.headings.pelvis[frames]
    seen = np.isfinite(apart).all(axis=1) & np.isfinite(facing)
    if seen.sum() < 0.5 * seen.size or not seen.any():
        return np.full((1, 2), _NAN)
    local = geometry.turn(apart[seen], -median(facing[seen]))
    return local[:, [0, 2]]


@measure(
    "com_sway.rms_side",
    on="balance",
    name="Sway of the centre of mass, sideways",
    unit="mm",
    sides=own_side,
    needs=(*_GROUND, *TRUNK),
    source="root mean square of the centre of mass over the foot, about its mean",
    shape="ray",
)
def sway_side(movement: Movement, balance: Balance, side: Side | None) -> float:
    """Millimetres, to the dancer's sides; noise of the instrument included."""
    return 1000.0 * float(np.std(_sway(movement, balance)[:, 0]))


@measure(
    "com_sway.rms_forward",
    on="balance",
    name="Sway of the centre of mass, forward and back",
    unit="mm",
    sides=own_side,
    needs=(*_GROUND, *TRUNK),
    source="root mean square of the centre of mass over the foot, about its mean",
    shape="ray",
)
def sway_forward(movement: Movement, balance: Balance, side: Side | None) -> float:
    """Millimetres, to the dancer's front and back; noise of the instrument included."""
    return 1000.0 * float(np.std(_sway(movement, balance)[:, 1]))


@measure(
    "com_sway.ellipse",
    on="balance",
    name="Sway of the centre of mass, area",
    unit="cm2",
    sides=own_side,
    needs=(*_GROUND, *TRUNK),
    source="95 % ellipse of the centre of mass over the foot: 5.991 pi sqrt(det cov)",
    shape="ray",
)
def sway_ellipse(movement: Movement, balance: Balance, side: Side | None) -> float:
    """Square centimetres; noise of the instrument included."""
    sway = _sway(movement, balance)
    left, front = (sway - sway.mean(axis=0)).T
    determinant = np.mean(left**2) * np.mean(front**2) - np.mean(left * front) ** 2
    return 1e4 * np.pi * ELLIPSE * float(np.sqrt(np.maximum(determinant, 0.0)))


@measure(
    "heel_height",
    on="balance",
    name="Height of the relevé",
    unit="ratio",
    sides=own_side,
    needs=("left_toe", "right_toe"),
    seen="level",
    source="(heel - toe height) / foot length of the supporting foot, median",
)
def heel_height(movement: Movement, balance: Balance, side: Side | None) -> float:
    """Sine of the heel's rise: 0 flat, 0.5 to 0.85 demi-pointe, above 0.9 pointe."""
    rise = movement.contacts.foot(balance.side).rise
    return over(rise, settled(movement, balance))


working_leg("balance", _working, own_side)
posture(
    "aplomb.plumb",
    on="balance",
    name="Lean of the whole body",
    angle="{side}_plumb",
    sides=own_side,
    needs=("left_ear|head", "right_ear|head", "left_ankle", "right_ankle"),
    seen="limb",
    source="ang(mid-ear - supporting ankle, up), median",
)
trunk_postures("balance")
