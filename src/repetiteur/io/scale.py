"""Unit, up axis and floor of a motion file, found from the dancer in it.

Headers of motion files do not say the unit, or say it wrongly. A standing dancer
does: the pelvis stands between 0.4 m (a small child) and 1.4 m above the floor, and
the head above the pelvis. So what a header says is believed where it fits the dancer,
what a person says always, and whatever is found is said in a line for the history.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repetiteur.errors import UnreadableRecording

__all__ = ["UNITS", "UP_AXES", "Header", "settle", "standing_height", "to_stage"]

Array = NDArray[np.float64]

#: Metres in one unit of length.
UNITS = {"m": 1.0, "cm": 0.01, "mm": 0.001, "in": 0.0254}
UP_AXES = ("y", "z")

_WORDS = {"m": "metres", "cm": "centimetres", "mm": "millimetres", "in": "inches"}
_LOWEST, _HIGHEST = 0.4, 1.4  # a standing pelvis over the floor, child to giant, m
_USUAL = 0.92  # an adult's, m
_TALL = 1.15  # a child in centimetres is likelier than someone above this in inches, m
_UPRIGHT = np.cos(np.radians(30.0))  # how far the trunk may lean in a standing frame
_FLOOR_PERCENTILE = 1.0  # of the lowest foot point: a few bad frames do not count
_FEET = tuple(
    f"{side}_{part}" for side in ("left", "right") for part in ("toe", "heel", "ankle")
)
_ABOVE = ("head", "head_top", "neck", "chest", "left_shoulder", "right_shoulder")
#: A laboratory's floor is believed with the lowest foot point this far below and over
#: it, m: markers sit on the feet, and a floor is calibrated to a centimetre or two.
_SUNK, _RAISED = -0.03, 0.12


@dataclass(frozen=True)
class Header:
    """What a file says of its lengths, None where it does not.

    Attributes
    ----------
    unit : {"m", "cm", "mm", "in"} or None
    up : {"y", "z"} or None
    floor : bool
        Whether the system's floor lies at 0, as that of a calibrated laboratory does.
    """

    unit: str | None = None
    up: str | None = None
    floor: bool = False


def settle(
    position: Array,
    keypoints: Sequence[str],
    *,
    unit: str | None = None,
    up: str | None = None,
    header: Header = Header(),
) -> tuple[Array, list[str]]:
    """Positions in metres, y up, with the floor at y = 0.

    Parameters
    ----------
    position : (time, 3, keypoint) float
        One dancer, in the file's own unit and axes. NaN means "not seen".
    keypoints : sequence of str
        Our keypoint names; others have no say.
    unit : {"m", "cm", "mm", "in"}, optional
        The file's unit; found from the height of the standing pelvis if not given.
    up : {"y", "z"}, optional
        The file's upward axis; found from the trunk if not given.
    header : Header
        What the file says itself, which counts where it fits the dancer.

    Returns
    -------
    (time, 3, keypoint) float
        New positions; x and z keep the file's origin.
    list of str
        What was found or given, as lines for the history; those that begin with
        "warning: " should be looked at.

    Raises
    ------
    UnreadableRecording
        When no unit makes the dancer a person.

    Examples
    --------
    >>> names = ["pelvis", "head", "left_ankle"]
    >>> place = [[[0, 0, 0], [93, 150, 2], [0, 0, 0]]]
    >>> settled, lines = settle(np.array(place, float), names)
    >>> settled[0, 1].round(2).tolist()
    [0.91, 1.48, 0.0]
    >>> lines[1]
    'unit: centimetres, found (standing pelvis 0.91 m)'
    """
    place = np.asarray(position, dtype=np.float64)
    up, line = _up(place, keypoints, up, header.up)
    lines = [line]
    place = to_stage(place, up)
    unit, line = _unit(standing_height(place, keypoints), unit, header.unit)
    lines.append(line)
    place = place * UNITS[unit]
    floor = _floor(place, keypoints)
    if np.isnan(floor):
        lines.append("floor: not found, no feet; heights are as in the file")
        return place, lines
    if header.floor and _SUNK <= floor <= _RAISED:
        lines.append(f"floor: as in the file, the lowest foot {floor:+.3f} m from it")
        return place, lines
    place[:, 1] -= floor
    lines.append(f"floor: found from the feet, {floor:+.3f} m taken from all heights")
    return place, lines


def _up(
    place: Array, keypoints: Sequence[str], given: str | None, said: str | None
) -> tuple[str, str]:
    found = _find_up(place, keypoints)
    if given is not None:
        line = f"up axis: {given}, given"
        if found in (None, given):
            return given, line
        return given, f"warning: {line}, and the trunk stands along {found}"
    if said is not None and found in (None, said):
        return said, f"up axis: {said}, as the file says"
    if found is None:
        return "y", "up axis: y, assumed, no trunk to find it from"
    if said is not None:
        line = f"warning: up axis: the file says {said}, and the trunk stands along"
        return found, f"{line} {found}, which was taken; if it lies, give --up {said}"
    return found, f"up axis: {found}, found"


def _unit(height: float, given: str | None, said: str | None) -> tuple[str, str]:
    """The unit, and a line; ``height`` is the standing pelvis in the file's units."""
    if given is not None:
        fits = np.isnan(height) or _fits(height, given)
        line = f"unit: {_WORDS[given]}, given{_stands(height, given)}"
        return given, line if fits else f"warning: {line}, which no dancer's does"
    if said is not None and (np.isnan(height) or _fits(height, said)):
        how = f"as the file says{_stands(height, said)}"
        return said, f"unit: {_WORDS[said]}, {how}"
    found = _find_unit(height)
    line = f"{_WORDS[found]}, found{_stands(height, found)}"
    if said is None:
        return found, f"unit: {line}"
    return (
        found,
        f"warning: unit: the file says {_WORDS[said]}, and that fits no dancer; {line}",
    )


def _fits(height: float, unit: str) -> bool:
    return _LOWEST <= height * UNITS[unit] <= _HIGHEST


def _stands(height: float, unit: str) -> str:
    metres = height * UNITS[unit]
    return "" if np.isnan(height) else f" (standing pelvis {metres:.2f} m)"


def to_stage(position: Array, up: str) -> Array:
    """Positions with y up: from a z-up file (x, y, z) becomes (x, z, -y).

    Parameters
    ----------
    position : (time, 3, ...) float
        Any unit; NaN stays NaN.
    up : {"y", "z"}
        The upward axis of ``position``.

    Examples
    --------
    >>> to_stage(np.array([[1.0, 2.0, 3.0]]), "z").tolist()
    [[1.0, 3.0, -2.0]]
    """
    if up == "y":
        return position
    return np.stack([position[:, 0], position[:, 2], -position[:, 1]], axis=1)


def standing_height(position: Array, keypoints: Sequence[str]) -> float:
    """Median height of the pelvis over the lowest foot, while the trunk is upright.

    Parameters
    ----------
    position : (time, 3, keypoint) float
        y up, any unit. NaN means "not seen".
    keypoints : sequence of str

    Returns
    -------
    float
        In the unit of ``position``; where the trunk is never upright, over all
        frames; NaN where there is no pelvis (nor hips) or no foot.
    """
    pelvis, lowest = _pelvis(position, keypoints), _lowest_foot(position, keypoints)
    height = pelvis[:, 1] - lowest
    trunk = _first(position, keypoints, _ABOVE) - pelvis
    length = np.linalg.norm(trunk, axis=1)
    upright = np.isfinite(height) & (trunk[:, 1] > _UPRIGHT * length)
    counted = height[upright] if upright.any() else height[np.isfinite(height)]
    return float(np.median(counted)) if counted.size else float("nan")


def _find_up(position: Array, keypoints: Sequence[str]) -> str | None:
    trunk = _first(position, keypoints, _ABOVE) - _pelvis(position, keypoints)
    trunk = trunk[np.isfinite(trunk).all(axis=1)]
    if not trunk.size:
        return None
    along_z = np.abs(trunk[:, 2]) > np.abs(trunk[:, 1])
    return "z" if along_z.mean() > 0.5 else "y"


def _find_unit(height: float) -> str:
    if np.isnan(height):
        raise UnreadableRecording(
            "The unit of length is found from pelvis (or hips) and feet, and this file "
            "lacks them. Say the unit with --unit, or map the joint names with --map."
        )
    fits = [unit for unit in UNITS if _fits(height, unit)]
    if not fits:
        raise UnreadableRecording(
            f"A standing pelvis needs to be {_LOWEST} to {_HIGHEST} m over the feet, "
            f"and here it is {height:.4g} units: neither m, cm, mm nor in fits. Say "
            "the unit with --unit, and the upward axis with --up."
        )
    likely = [u for u in fits if height * UNITS[u] <= _TALL] or fits
    return min(likely, key=lambda u: abs(np.log(height * UNITS[u] / _USUAL)))


def _floor(position: Array, keypoints: Sequence[str]) -> float:
    lowest = _lowest_foot(position, keypoints)
    lowest = lowest[np.isfinite(lowest)]
    return float(np.percentile(lowest, _FLOOR_PERCENTILE)) if lowest.size else np.nan


def _lowest_foot(position: Array, keypoints: Sequence[str]) -> Array:
    feet = [k for k, name in enumerate(keypoints) if name in _FEET]
    heights = position[:, 1][:, feet]
    lowest = np.where(np.isnan(heights), np.inf, heights).min(axis=1, initial=np.inf)
    return np.where(np.isinf(lowest), np.nan, lowest)


def _pelvis(position: Array, keypoints: Sequence[str]) -> Array:
    if "pelvis" in keypoints:
        return _first(position, keypoints, ("pelvis",))
    left = _first(position, keypoints, ("left_hip",))
    return 0.5 * (left + _first(position, keypoints, ("right_hip",)))


def _first(position: Array, keypoints: Sequence[str], names: Sequence[str]) -> Array:
    """Position of the first of these keypoints that is there, (time, 3)."""
    order = list(keypoints)
    for name in names:
        if name in order:
            return position[:, :, order.index(name)]
    return np.full(position.shape[:2], np.nan)
