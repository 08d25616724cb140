"""Which kind of table a file is, by its first lines; each file is of one kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Literal

from repetiteur.errors import DamagedFile
from repetiteur.io._columns import columns_of
from repetiteur.io._text import cells, delimiter_of, first_lines

__all__ = [
    "BLAZE_POSE", "Kind", "header_of", "is_xsens_header", "kind_of", "point_key",
    "sniffer",
]  # fmt: skip

Kind = Literal[
    "trc", "storage", "motive", "qualisys", "xsens", "freemocap", "mediapipe",
    "csv", "csv-long",
]  # fmt: skip

#: The 33 landmarks of MediaPipe's pose model (BlazePose), in their order.
BLAZE_POSE = (
    "nose", "left_eye_inner", "left_eye", "left_eye_outer", "right_eye_inner",
    "right_eye", "right_eye_outer", "left_ear", "right_ear", "mouth_left",
    "mouth_right", "left_shoulder", "right_shoulder", "left_elbow", "right_elbow",
    "left_wrist", "right_wrist", "left_pinky", "right_pinky", "left_index",
    "right_index", "left_thumb", "right_thumb", "left_hip", "right_hip", "left_knee",
    "right_knee", "left_ankle", "right_ankle", "left_heel", "right_heel",
    "left_foot_index", "right_foot_index",
)  # fmt: skip

_TELLING = {name for name in BLAZE_POSE if "inner" in name or "foot_index" in name}
_POINT_KEYS = ("keypoint", "landmark", "landmark_name", "marker", "bodypart", "point")
_FREEMOCAP_KEYS = {"frame", "keypoint", "x", "y", "z"}
_ENDHEADER = re.compile(r"\s*endheader\s*", re.IGNORECASE)


def sniffer(kind: Kind) -> Callable[[bytes], bool]:
    """What the reader of a kind registers: whether a file that begins so is of it.

    Examples
    --------
    >>> sniffer("csv")(b"time_s,left_hip_x,left_hip_y")
    True
    """
    return lambda head: kind_of(head) == kind


@lru_cache(maxsize=2)  # each reader asks for the same file
def kind_of(head: bytes) -> Kind | None:
    r"""The kind of a table, or None where it is none.

    Parameters
    ----------
    head : bytes
        The first bytes of the file; 4096 are enough.

    Examples
    --------
    >>> kind_of(b"NO_OF_FRAMES\t2\nNO_OF_CAMERAS\t8\n")
    'qualisys'
    >>> kind_of(b"frame,keypoint,x,y,z,model\n"), kind_of(b"HIERARCHY\n")
    ('freemocap', None)
    """
    lines = first_lines(head)
    first = next((line.strip() for line in lines if line.strip()), "")
    system = _system(first, lines)
    if system is not None:
        return system
    at, names = header_of(lines, cut=len(head) > 4000)
    return _table_kind(names) if at >= 0 else None


def _system(first: str, lines: Sequence[str]) -> Kind | None:
    """The kinds that say in words what they are."""
    if any(_ENDHEADER.fullmatch(line) for line in lines):
        return "storage"  # before TRC, whose first line OpenSim hands on
    if first.startswith("PathFileType"):
        return "trc"
    if re.match(r"(?i)format version\s*[,;\t]", first):
        return "motive"
    if re.match(r"(FILE_VERSION|NO_OF_FRAMES)\t", first):
        return "qualisys"
    return "xsens" if any(is_xsens_header(line) for line in lines[:30]) else None


def is_xsens_header(line: str) -> bool:
    """Whether a line has the columns of Xsens MVN's segment positions.

    Examples
    --------
    >>> is_xsens_header("Frame;Pelvis x;Pelvis y;Pelvis z;L5 x")
    True
    """
    lower = line.casefold()
    if "pelvis x" not in lower:
        return False
    return any(f"{name} x" in lower for name in ("l5", "right upper leg"))


def header_of(lines: Sequence[str], *, cut: bool = False) -> tuple[int, list[str]]:
    """The number of the line with the names of a plain table's columns, and these.

    Parameters
    ----------
    lines : sequence of str
    cut : bool
        Whether the last line, and so its last cell, may be cut.

    Returns
    -------
    (int, list of str)
        -1 and no names where no line has any.
    """
    for at, line in enumerate(lines):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            names = cells(line, delimiter_of(line))
        except DamagedFile:
            break
        if cut and at == len(lines) - 1:
            names = names[:-1]
        return at, names
    return -1, []


def point_key(names: Sequence[str]) -> int | None:
    """The column that names the point of a row, in a long table.

    Examples
    --------
    >>> point_key(["frame", "Landmark", "x", "y"]), point_key(["x", "y"])
    (1, None)
    """
    lower = [name.casefold() for name in names]
    if not {"x", "y"} <= set(lower):
        return None
    return next((lower.index(key) for key in _POINT_KEYS if key in lower), None)


def _table_kind(names: Sequence[str]) -> Kind | None:
    lower = {name.casefold() for name in names}
    if point_key(names) is not None:
        if lower >= _FREEMOCAP_KEYS and not lower & {"time_s", "individual"}:
            return "freemocap"
        landmarks = any("landmark" in name for name in lower)
        return "mediapipe" if landmarks or "visibility" in lower else "csv-long"
    columns = columns_of(names)
    if not columns.points:
        return None
    points = {name.casefold() for name in columns.points}
    if any(name.startswith("body_") for name in points):
        return "freemocap"
    numbered = {str(k) for k in range(1, 12)} <= points
    if not numbered and not points & _TELLING:
        return "csv"
    bare = columns.frame is None and columns.time is None and not columns.sure
    return "freemocap" if bare and not numbered else "mediapipe"
