"""Poses as the bytes of a C3D file.

Header and parameters are those of the C3D User Guide of c3d.org, for Intel computers
with floating-point data. They are written here, and not by a library, since a take of
more than 65535 frames needs counters that libraries leave out.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Sequence

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from repetiteur.errors import InvalidPoses
from repetiteur.io._own import even_step, points_named

__all__ = ["GROUP", "SOFTWARE", "c3d_bytes"]

Array = NDArray[np.float64]

#: What MANUFACTURER:SOFTWARE says in our files, and where they keep what C3D cannot.
SOFTWARE = "repetiteur"
GROUP = "REPETITEUR"

_MM = 1000.0
_BLOCK = 512
_MANY = 65535  # frames, at which the counters of 16 bits stop
_ROOM = 240 * _BLOCK  # for names; all parameters have 255 blocks
_LONGEST = 127  # bytes of a name; more would not fit a record with 255 of them
_FASTEST = 1e9  # Hz; no one moves so fast, and 32 bits hold it
_MIDDLE = 32000.0  # the largest coordinate, if it were an integer


def c3d_bytes(poses: xr.Dataset) -> bytes:
    """Poses as C3D.

    Parameters
    ----------
    poses : xarray.Dataset
        3D poses in even time steps.

    Returns
    -------
    bytes

    Raises
    ------
    InvalidPoses
        When C3D cannot hold these poses.

    Examples
    --------
    >>> from repetiteur.model.poses import make_poses
    >>> poses = make_poses([[[0.0], [0.9], [0.0]]], time=[0.0], keypoints=["pelvis"])
    >>> c3d_bytes(poses)[:8].hex(" ")
    '02 50 01 00 00 00 01 00'
    """
    place, labels = _arrays(poses)
    time = poses["time"].to_numpy()
    rate = min(1.0 / even_step(time, "C3D"), _FASTEST)
    frames, points = place.shape[:2]
    scale = -max(float(np.nanmax(np.abs(place), initial=0.0)), 1.0) / _MIDDLE
    times = [repr(float(time[0])).encode(), repr(rate).encode()]
    section = _section(labels, frames, scale, times)
    start = 2 + len(section) // _BLOCK
    header = struct.pack(
        "<BBHHHHHfHHf",
        2, 0x50, points, 0, 1, min(frames, _MANY), 0, scale, start, 0, rate,
    )  # fmt: skip
    seen = np.isfinite(place).all(axis=2, keepdims=True)
    data = np.concatenate([np.where(seen, place, 0.0), np.where(seen, 0.0, -1.0)], 2)
    return _padded(header) + section + _padded(data.astype("<f4").tobytes())


def _arrays(poses: xr.Dataset) -> tuple[Array, list[bytes]]:
    """Positions (time, point, 3) in millimetres, and the name of each point."""
    if poses.sizes["space"] != 3:
        raise InvalidPoses(
            "C3D holds positions in space, and these are 2D, in pixels. Write .nc."
        )
    labels = [name.encode() for name in points_named(poses)]
    longest = max(labels, key=len)
    if len(longest) > _LONGEST:
        raise InvalidPoses(
            f"A name in C3D needs to be of {_LONGEST} bytes at most, and "
            f"{longest.decode()[:40]!r}… has {len(longest)}. Rename it, or write .nc."
        )
    place = poses["position"].to_numpy().transpose(0, 3, 2, 1) * _MM
    return place.reshape(len(place), -1, 3), labels


def _section(
    names: Sequence[bytes], frames: int, scale: float, times: Sequence[bytes]
) -> bytes:
    """All parameters, in whole blocks; the data begin behind them."""
    width = max(map(len, names))
    if len(names) * (width + 1) > _ROOM:
        raise InvalidPoses(
            f"The names in a C3D file need to fit {_ROOM} bytes, and those of "
            f"{len(names)} points do not. Write .nc."
        )
    point: dict[str, bytes] = {
        "USED": _words(len(names)),
        "FRAMES": _words(min(frames, _MANY)),
        "SCALE": _real(scale),
        "RATE": _real(float(times[1])),
        "DATA_START": _words(0),
        "UNITS": _texts([b"mm"]),
        "X_SCREEN": _texts([b"+X"]),
        "Y_SCREEN": _texts([b"+Y"]),
        "LONG_FRAMES": _real(frames),
    }
    each = min(255, 32_000 // width)
    for part in range(math.ceil(len(names) / each)):
        number = "" if part == 0 else str(part + 1)
        some = names[part * each : (part + 1) * each]
        point[f"LABELS{number}"] = _texts(some)
        point[f"DESCRIPTIONS{number}"] = _texts([b" "] * len(some))
    groups = {
        "POINT": point,
        "ANALOG": {"USED": _words(0), "RATE": _real(0.0), "GEN_SCALE": _real(1.0)},
        "TRIAL": {
            "ACTUAL_START_FIELD": _words(1, 0),
            "ACTUAL_END_FIELD": _words(frames & 0xFFFF, frames >> 16),
        },
        "MANUFACTURER": {"SOFTWARE": _texts([SOFTWARE.encode()])},
        GROUP: {"TIME": _texts(times)},
    }
    blocks = len(_padded(_records(groups))) // _BLOCK
    point["DATA_START"] = _words(2 + blocks)
    content = _padded(_records(groups))
    return content[:2] + bytes([blocks]) + content[3:]


def _records(groups: dict[str, dict[str, bytes]]) -> bytes:
    parts = [bytes([1, 0x50, 0, 84])]
    for number, (group, parameters) in enumerate(groups.items(), start=1):
        parts.append(_record(group, -number, b""))
        parts += [_record(name, number, body) for name, body in parameters.items()]
    return b"".join((*parts, b"\0\0"))


def _record(name: str, number: int, body: bytes) -> bytes:
    """A group or a parameter, without a description, and where the next one is."""
    head = struct.pack("<bb", len(name), number) + name.encode()
    return head + struct.pack("<H", 3 + len(body)) + body + b"\0"


def _words(*numbers: int) -> bytes:
    """Whole numbers of 16 bits; several are an axis."""
    axes = bytes([1, len(numbers)]) if len(numbers) > 1 else b"\0"
    return b"\x02" + axes + struct.pack(f"<{len(numbers)}H", *numbers)


def _real(number: float) -> bytes:
    return struct.pack("<bBf", 4, 0, number)


def _texts(texts: Sequence[bytes]) -> bytes:
    """Texts of one width, filled up with blanks; a single one is no table."""
    width = max(map(len, texts))
    axes = bytes([1, width]) if len(texts) == 1 else bytes([2, width, len(texts)])
    return b"\xff" + axes + b"".join(text.ljust(width) for text in texts)


def _padded(content: bytes) -> bytes:
    return content.ljust(-(-len(content) // _BLOCK) * _BLOCK, b"\0")
