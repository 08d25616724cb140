"""Header and parameters of a C3D file, read with bounds before anything else is.

A spoilt header leads anywhere. So every pointer, length and count is checked here
against the file's own size, and the two places where a C3D file says the same thing,
its header and its parameters, have to agree. The layout is that of the C3D User Guide
of c3d.org.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from repetiteur.errors import DamagedFile

__all__ = ["BLOCK", "Layout", "floats_of", "is_c3d", "layout_of", "order_of"]

BLOCK = 512
_KEY = 0x50
_INTEL, _DEC, _MIPS = 84, 85, 86
_KINDS = {-1: "S1", 1: "i1", 2: "i2", 4: "f4"}
_MANY = 65535  # frames, at which the counters of 16 bits stop
_MAX_RECORDS = 4096
_FASTEST = 100_000.0  # Hz

_Values = tuple[str | float, ...]
_Groups = dict[str, dict[str, _Values]]


@dataclass(frozen=True)
class Layout:
    """What a C3D file announces, checked against itself and against its size.

    Attributes
    ----------
    points, frames : int
        Points in a frame, and frames.
    analogs : int
        Numbers of other instruments in a frame.
    rate : float or None
        Frames per second; None where the file does not say.
    begin : int
        Byte at which the data begin.
    scale : float
        Of points that are integers, in their unit; below 0 where they are floats.
    machine : int
        The computer that wrote the numbers: 84 Intel, 85 DEC, 86 SGI/MIPS.
    parameters : mapping of str to (mapping of str to tuple)
        Group -> parameter -> its texts or numbers: ``parameters["POINT"]["UNITS"]``.
    """

    points: int
    frames: int
    analogs: int
    rate: float | None
    begin: int
    scale: float
    machine: int
    parameters: _Groups

    def texts(self, group: str, parameter: str) -> list[str]:
        """Texts of a parameter, those of its continuations (``LABELS2``) too.

        Returns
        -------
        list of str
            Without the blanks around them; empty where there is no such parameter.
        """
        known = self.parameters.get(group, {})
        names = [parameter, *(f"{parameter}{k}" for k in range(2, len(known) + 2))]
        return [str(text) for name in names for text in known.get(name, ())]


def is_c3d(head: bytes) -> bool:
    """Whether a file that begins so is C3D: its key, and that of its parameters."""
    if len(head) < BLOCK or head[1] != _KEY:
        return False
    at = (head[0] - 1) * BLOCK
    known = at > 0 and len(head) >= at + 4 and head[at + 3] in (_INTEL, _DEC, _MIPS)
    return known and head[at + 1] in (_KEY, 0)


def layout_of(path: Path) -> Layout:
    """What a C3D file holds, as its header and its parameters say.

    Parameters
    ----------
    path : Path
        A file that :func:`is_c3d` knows.

    Returns
    -------
    Layout

    Raises
    ------
    DamagedFile
        When a record leads out of its section, header and parameters disagree, or the
        file is shorter than they say.
    """
    try:
        with path.open("rb") as file:
            header = file.read(BLOCK)
            file.seek((header[0] - 1) * BLOCK)
            head = file.read(4)
            blocks = head[2] or 255
            section = file.read(blocks * BLOCK - 4)
            size = file.seek(0, 2)
        return _layout(header, section, head[3], size)
    except _Wrong as error:
        raise DamagedFile(
            f"{path.name} begins as C3D, and {error}. Copy or export it again."
        ) from error
    except (IndexError, struct.error) as error:
        raise DamagedFile(
            f"{path.name} begins as C3D, and ends within its header. Copy it again."
        ) from error


class _Wrong(ValueError):
    """What is wrong with a header, for the middle of a sentence."""


def _layout(header: bytes, section: bytes, machine: int, size: int) -> Layout:
    found = _parameters(section, machine)
    point, analog = found.get("POINT", {}), found.get("ANALOG", {})
    order = order_of(machine)
    points, analogs, first, last = struct.unpack_from(f"{order}4H", header, 2)
    start, per_frame = struct.unpack_from(f"{order}2H", header, 16)
    scale, rate = floats_of(header[12:16] + header[20:24], machine).tolist()
    rate = _number(point, "RATE", rate)
    _agree("points", points, _count(point, "USED"))
    _agree("the data's block", start, _count(point, "DATA_START") or start)
    _agree("analogue samples", analogs, _count(analog, "USED") * per_frame)
    if _count(analog, "USED"):
        times = _number(analog, "RATE", math.nan) / rate if rate else math.nan
        _agree("analogue samples in a frame", per_frame, times)
    if not scale * _number(point, "SCALE", scale) > 0:
        raise _Wrong("says both that its points are floats and that they are integers")
    begin = (start - 1) * BLOCK
    if not points or not BLOCK < begin <= size:
        raise _Wrong(f"has {points} points, from its block {start} on")
    each = (4 * points + analogs) * (4 if scale < 0 else 2)
    frames = _frames(first, last, found, (size - begin) // each)
    if frames * each > size - begin:
        raise _Wrong(
            f"has {(size - begin) // each} of the {frames} frames it announces"
        )
    known = math.isfinite(rate) and 0 < rate <= _FASTEST
    return Layout(
        points, frames, analogs, rate if known else None, begin, scale, machine, found
    )  # fmt: skip


def order_of(machine: int) -> str:
    """Which end of a number comes first, as numpy and struct say it."""
    return ">" if machine == _MIPS else "<"


def _agree(what: str, header: float, parameter: float) -> None:
    if not abs(header - parameter) < 0.5:
        raise _Wrong(f"has {what} {header:g} in its header and {parameter:g} elsewhere")


def _frames(first: int, last: int, found: _Groups, room: int) -> int:
    """How many frames, from up to four places; ``room`` is how many there is room for.

    The counters of the header end at 65535. Longer files say it in POINT:LONG_FRAMES
    or TRIAL:ACTUAL_END_FIELD (the low word, then the high one), and a few nowhere.
    """
    long = _number(found.get("POINT", {}), "LONG_FRAMES", 0.0)
    begin, end = (_field(found, f"ACTUAL_{which}_FIELD") for which in ("START", "END"))
    longest = max(long if math.isfinite(long) else 0.0, end - max(begin, 1.0) + 1.0)
    if longest > _MANY:
        return int(longest)
    if last < first:
        raise _Wrong(f"has the frames {first} to {last}")
    _agree("frames", last - first + 1, _count(found.get("POINT", {}), "FRAMES"))
    return max(room, last) if last == _MANY else last - first + 1


def _field(found: _Groups, name: str) -> float:
    """A number in two words of 16 bits, the low one first; 0 where it is not said."""
    words = found.get("TRIAL", {}).get(name, ())
    low, high = (
        float(word) % 65536.0
        for word in (words if len(words) == 2 else (0.0, 0.0))
        if not isinstance(word, str)
    )
    return low + 65536.0 * high


def _count(group: Mapping[str, _Values], name: str) -> float:
    """A count of 16 bits, which has no sign, whatever its type says; 0 without one."""
    return _number(group, name, 0.0) % 65536.0


def _number(group: Mapping[str, _Values], name: str, otherwise: float) -> float:
    value = group.get(name, ())
    return value[0] if value and not isinstance(value[0], str) else otherwise


def _parameters(section: bytes, machine: int) -> _Groups:
    groups: dict[int, str] = {}
    values: list[tuple[int, str, _Values]] = []
    for number, name, body in _records(section, machine):
        if number < 0:
            groups.setdefault(-number, name)
        else:
            values.append((number, name, _values(name, body, machine)))
    found: _Groups = {}
    for number, name, value in values:
        found.setdefault(groups.get(number, ""), {}).setdefault(name, value)
    return found


def _records(section: bytes, machine: int) -> Iterator[tuple[int, str, bytes]]:
    """Number of the group (below 0 for the group itself), name, and what follows."""
    at = 0
    for _ in range(_MAX_RECORDS):
        length, number = struct.unpack_from("<bb", section, at)
        if length == 0:
            return
        start = at + 2 + abs(length)
        (offset,) = struct.unpack_from(f"{order_of(machine)}H", section, start)
        end = start + offset if offset else len(section)
        if number == 0 or end > len(section) or end < start + 3:
            raise _Wrong(f"a parameter at byte {at} of its section leads out of it")
        name = _text(section[at + 2 : start]).upper()
        yield number, name, section[start + 2 : end]
        if not offset:
            return
        at = end
    raise _Wrong(f"has more than {_MAX_RECORDS} parameters")


def _values(name: str, body: bytes, machine: int) -> _Values:
    """Texts, or numbers, of one parameter."""
    kind, axes = struct.unpack_from("<bB", body)
    sizes = list(body[2 : 2 + axes])
    if kind not in _KINDS or axes > 7 or len(sizes) < axes:
        raise _Wrong(f"its parameter {name[:40]} is of no known kind")
    width = sizes.pop(0) if kind == -1 and sizes else 1
    raw = body[2 + axes : 2 + axes + math.prod(sizes) * width * abs(kind)]
    if len(raw) < math.prod(sizes) * width * abs(kind):
        raise _Wrong(f"its parameter {name[:40]} leads out of its record")
    if kind == -1:
        return _texts(raw, width, math.prod(sizes))
    if kind == 4:
        return tuple(floats_of(raw, machine).tolist())
    whole = np.frombuffer(raw, f"{order_of(machine)}{_KINDS[kind]}")
    return tuple(whole.astype(float).tolist())


def _texts(raw: bytes, width: int, count: int) -> tuple[str, ...]:
    return tuple(_text(raw[k * width : (k + 1) * width]) for k in range(count))


def _text(raw: bytes) -> str:
    """UTF-8, or Latin-1 where it is none; only what can be printed."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    return "".join(c for c in text if c.isprintable()).strip()


def floats_of(raw: bytes, machine: int) -> NDArray[np.float64]:
    """Numbers of four bytes; those of DEC have their halves exchanged, and are 4 times.

    Examples
    --------
    >>> floats_of(bytes([0x80, 0x40, 0, 0]), _DEC).tolist()
    [1.0]
    """
    if machine != _DEC:
        return np.frombuffer(raw, f"{order_of(machine)}f4").astype(np.float64)
    halves = np.frombuffer(raw, "<u2").reshape(-1, 2)[:, ::-1]
    return np.ascontiguousarray(halves).view("<f4")[:, 0].astype(np.float64) / 4.0
