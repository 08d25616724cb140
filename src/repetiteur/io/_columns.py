"""What the columns of a table are, by their names: points, how sure, times, frames."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

__all__ = ["Columns", "columns_of"]

_AXIS = re.compile(
    r"(?P<name>.*?\S)(?:[\s_.:/|-]+[tp]?|(?<=[a-z0-9])(?=[XYZ]|[\[(]))"
    r"[\[(]?(?P<axis>[xyzXYZ])[\])]?(?:\s*[\[(](?P<unit>m|cm|mm|px)[\])])?"
)
_NUMBERED = re.compile(r"(?P<axis>[xyzv])_?(?P<name>[0-9]{1,3})", re.IGNORECASE)
_POSITION = re.compile(r"[\s_.-]+(?:pos|position|coord|3d)$", re.IGNORECASE)
_SURE = re.compile(
    r"(?P<name>.+?)[\s_.:-]+(?:confidence|conf|visibility|vis|likelihood|score|v|c)",
    re.IGNORECASE,
)
_FRAME = re.compile(
    r"frame(?:[\s_-]?(?:number|no|id|index|idx|num))?\.?#?|sample|index|"
)
_TIME = re.compile(
    r"(?:time|timestamps?|t|seconds)(?:[\s_]*[\[(]?(?P<unit>ns|us|µs|ms|s|sec|seconds)"
    r"[\])]?)?"
)
#: Seconds in one unit of time.
_SECONDS = {"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1.0}


@dataclass
class Columns:
    """The columns of a table, by their index.

    Attributes
    ----------
    points : dict of str to dict
        Name of a point -> ``{"x": column, "y": column[, "z": column]}``.
    sure : dict of str to int
        Name of a point -> the column of how sure it is.
    time : int or None
    second : float or None
        Seconds in one unit of the time column; None where its name does not say.
    frame : int or None
    unit : str or None
        Of length, where the names say it.
    """

    points: dict[str, dict[str, int]] = field(default_factory=dict)
    sure: dict[str, int] = field(default_factory=dict)
    time: int | None = None
    second: float | None = None
    frame: int | None = None
    unit: str | None = None


def columns_of(names: Sequence[str]) -> Columns:
    """What each column is, by its name.

    Parameters
    ----------
    names : sequence of str
        The header's cells.

    Returns
    -------
    Columns
        Only points with x and y; in 3D, where most have a z, only those with one.

    Examples
    --------
    >>> columns_of(["time_s", "left_knee_x", "left_knee_y"]).points
    {'left_knee': {'x': 1, 'y': 2}}
    >>> found = columns_of(["Frame", "T (ms)", "knee.X", "knee.Y", "knee.Z", "a_vis"])
    >>> found.points, found.frame, found.second
    ({'knee': {'x': 2, 'y': 3, 'z': 4}}, 0, 0.001)
    """
    out = Columns()
    for index, name in enumerate(names):
        lower = name.casefold()
        if _FRAME.fullmatch(lower) and out.frame is None:
            out.frame = index
        elif (when := _TIME.fullmatch(lower)) and out.time is None:
            unit = when["unit"]
            out.time, out.second = index, _SECONDS.get(unit[:2] if unit else "")
            if unit in ("s", "sec", "seconds") or lower == "seconds":
                out.second = 1.0
        elif not _take_point(out, index, name):
            _take_sure(out, index, name)
    out.points = _whole(out.points)
    return out


def _take_point(out: Columns, index: int, name: str) -> bool:
    match = _NUMBERED.fullmatch(name) or _AXIS.fullmatch(name)
    if match is None:
        return False
    axis = match["axis"].lower()
    point = _POSITION.sub("", match["name"])
    if axis == "v":
        out.sure.setdefault(point, index)
    else:
        out.points.setdefault(point, {}).setdefault(axis, index)
        out.unit = out.unit or match.groupdict().get("unit")
    return True


def _take_sure(out: Columns, index: int, name: str) -> None:
    match = _SURE.fullmatch(name)
    if match is not None:
        out.sure.setdefault(_POSITION.sub("", match["name"]), index)


def _whole(points: dict[str, dict[str, int]]) -> dict[str, dict[str, int]]:
    flat = {name: axes for name, axes in points.items() if {"x", "y"} <= axes.keys()}
    solid = {name: axes for name, axes in flat.items() if "z" in axes}
    return solid if solid and 2 * len(solid) >= len(flat) else flat
