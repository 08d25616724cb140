"""OpenPose: a folder with a JSON file for each frame.

Files are ``<name>_000000000012_keypoints.json`` with ``people``, each with
``pose_keypoints_2d`` (x, y in pixels, confidence) or ``pose_keypoints_3d``. A point of
confidence 0 was not seen. Frame numbers are those of the names. OpenPose says no times
and, but with its tracking on, not who is who.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from repetiteur.errors import DamagedFile, UnreadableRecording
from repetiteur.io._json import numbers, one_line, opening, read_json
from repetiteur.io._layouts import (
    MIDDLE_FINGER,
    OPENPOSE_HANDS,
    OPENPOSE_LAYOUTS,
    Layout,
)
from repetiteur.io._people import People, markers_of
from repetiteur.io.formats import ReadOptions, reader
from repetiteur.io.markers import poses_of

__all__ = ["read_openpose"]

Array = NDArray[np.float64]

_OPENING = re.compile(
    r'\{\s*("version"\s*:\s*"?[\d.]+"?\s*,\s*"people"\s*:\s*\['
    r'|"people"\s*:\s*\[\s*(\]|\{\s*"(person_id|pose_keypoints)))'
)
_NAME = re.compile(r"(.*?)_?(\d{1,15})_keypoints\.json", re.IGNORECASE)
_LOOKED_AT = 1_000  # names of a folder, to know it
_MAX_FILES = 500_000
_MAX_FILE = 8 << 20
_MAX_BYTES = 2 << 30
_MAX_PEOPLE = 2_000_000  # of all frames


def is_openpose(head: bytes) -> bool:
    return _OPENING.match(opening(head)) is not None


def is_openpose_folder(path: Path) -> bool:
    try:
        names = [file.name for file in islice(path.iterdir(), _LOOKED_AT)]
    except OSError:
        return False
    return any(_NAME.fullmatch(name) for name in names)


@dataclass
class _Found:
    """What the files hold, a row for each person in each frame."""

    space: int | None = None
    count: int = 0
    hands: bool = False
    frame: list[int] = field(default_factory=list)
    points: list[Array] = field(default_factory=list)
    who: list[int] = field(default_factory=list)


@reader("openpose", extensions=(".json",), sniff=is_openpose, folder=is_openpose_folder)
def read_openpose(path: Path, options: ReadOptions) -> xr.Dataset:
    """Read a folder of OpenPose's files, or one of them.

    Parameters
    ----------
    path : Path
        The folder; its other files are left alone.
    options : ReadOptions
        ``fps`` is needed for a folder, since OpenPose says no times.

    Returns
    -------
    xarray.Dataset
        2D poses in pixels, y down; 3D ones where the files have them. People are
        followed over the frames, the best seen first.

    Raises
    ------
    DamagedFile
        When a file is broken, or there is too much.
    UnreadableRecording
        When nobody is in it, or there is no frame rate.

    Examples
    --------
    >>> folder = getfixture("tmp_path")
    >>> person = '{"people": [{"pose_keypoints_2d": %s}]}' % ([100, 50.5, 0.9] * 25)
    >>> _ = (folder / "solo_000000000000_keypoints.json").write_text(person)
    >>> _ = (folder / "solo_000000000003_keypoints.json").write_text(person)
    >>> poses = read_openpose(folder, ReadOptions(fps=25))
    >>> poses["time"].values.tolist(), poses["individual"].values.tolist()
    ([0.0, 0.04, 0.08, 0.12], ['dancer'])
    """
    numbered = _numbered(path) if path.is_dir() else [(0, path)]
    found = _Found()
    for frame, file in numbered:
        _add(found, frame, read_json(file, most=_MAX_FILE), file.name)
    if found.space is None:
        raise UnreadableRecording(
            f"Poses need a dancer, and in {path.name} no frame shows anybody. "
            "Detect again, with the dancer in the picture."
        )
    layout = _layout(found, path)
    names = dict(layout.names)
    if found.hands:
        names |= {
            hand: found.count + k for k, hand in enumerate(OPENPOSE_HANDS.values())
        }
    points = np.stack(found.points)[:, list(names.values())]
    people = People(
        frame=np.array(found.frame),
        points=points[:, :, : found.space],
        sure=points[:, :, found.space],
        names=list(names),
        who=np.array(found.who) if min(found.who) >= 0 else None,
        frames=[frame for frame, _ in numbered],
    )
    lines = [f"points: {found.count}, taken as {layout.title}"]
    if found.space == 3:
        lines.append("turned from OpenPose's camera (y down, z away) by 180° about x")
    markers = markers_of(people, path, software="OpenPose", lines=lines)
    return poses_of(markers, path, options)


def _numbered(folder: Path) -> list[tuple[int, Path]]:
    """The files of the frames, with their numbers, in order."""
    files = list(_frame_files(folder))
    takes = sorted({take for take, *_ in files})
    if len(takes) > 1:
        raise UnreadableRecording(
            f"A folder of OpenPose's files needs to be of one recording, and "
            f"{folder.name} has {', '.join(one_line(t) for t in takes[:5])}. Give each "
            "a folder of its own."
        )
    if len({frame for _, frame, _ in files}) < len(files):
        raise DamagedFile(
            f"Each frame needs a file of its own, and in {folder.name} two have the "
            "same number. Take one of them away."
        )
    if sum(file.stat().st_size for *_, file in files) > _MAX_BYTES:
        _too_much(folder, f"more than {_MAX_BYTES >> 30} GiB")
    return sorted((frame, file) for _, frame, file in files)


def _frame_files(folder: Path) -> Iterator[tuple[str, int, Path]]:
    count = 0
    for file in folder.iterdir():
        named = _NAME.fullmatch(file.name)
        if named is None or not file.is_file():
            continue
        count += 1
        if count > _MAX_FILES:
            _too_much(folder, f"more than {_MAX_FILES:,} files")
        yield named[1], int(named[2]), file


def _too_much(folder: Path, came: str) -> NoReturn:
    raise DamagedFile(
        f"A recording of OpenPose needs at most {_MAX_FILES:,} files of "
        f"{_MAX_BYTES >> 30} GiB together, and {folder.name} has {came}. Give it in "
        "parts."
    )


def _add(found: _Found, frame: int, content: Any, name: str) -> None:
    """Add the people of one frame."""
    people = content.get("people") if isinstance(content, dict) else None
    if not isinstance(people, list) or len(people) + len(found.frame) > _MAX_PEOPLE:
        _bad(name, "no list of people, or too many")
    for person in people:
        if not isinstance(person, dict):
            _bad(name, "people that are no objects")
        space = _space(person, found.space)
        points = _points(person, "pose_keypoints", space, name)
        if points is None:
            continue
        hands = [_points(person, key, space, name) for key in OPENPOSE_HANDS]
        if found.space is None:
            found.space, found.count = space, len(points)
            found.hands = any(hand is not None for hand in hands)
        if len(points) != found.count:
            _bad(name, f"{len(points)} points, and other frames {found.count}")
        if found.hands:
            points = np.concatenate(
                [points, *(_knuckle(hand, space) for hand in hands)]
            )
        found.frame.append(frame)
        found.points.append(_turned(points, space))
        found.who.append(_person(person))


def _space(person: dict[str, Any], known: int | None) -> int:
    """3 where there are points in space; once it is known, it stays."""
    return known or (3 if person.get("pose_keypoints_3d") else 2)


def _points(person: dict[str, Any], key: str, space: int, name: str) -> Array | None:
    """(point, space + 1) with confidence last, NaN where not seen; None for none."""
    flat = person.get(f"{key}_{space}d")
    if flat is None and space == 2:
        flat = person.get(key)  # OpenPose before 1.1
    if not flat:
        return None
    try:
        points = numbers(flat).reshape(-1, space + 1)
    except ValueError as error:
        _bad(name, f"{key} of {one_line(error)}")
    unseen = ~(np.isfinite(points).all(axis=1) & (points[:, -1] > 0.0))
    points[unseen] = np.nan
    return points


def _knuckle(hand: Array | None, space: int) -> Array:
    if hand is None or len(hand) <= MIDDLE_FINGER:
        return np.full((1, space + 1), np.nan)
    return hand[MIDDLE_FINGER : MIDDLE_FINGER + 1]


def _turned(points: Array, space: int) -> Array:
    return points * [1.0, -1.0, -1.0, 1.0] if space == 3 else points


def _person(person: dict[str, Any]) -> int:
    """Who it is; -1 where OpenPose does not say."""
    found = person.get("person_id")
    number = found[0] if isinstance(found, list) and found else -1
    return number if type(number) is int and 0 <= number < 1 << 31 else -1


def _layout(found: _Found, path: Path) -> Layout:
    if found.count not in OPENPOSE_LAYOUTS:
        known = ", ".join(map(str, OPENPOSE_LAYOUTS))
        raise UnreadableRecording(
            f"OpenPose's points are known where they are {known}, and {path.name} has "
            f"{found.count}. Detect again with BODY_25."
        )
    return OPENPOSE_LAYOUTS[found.count]


def _bad(name: str, came: str) -> NoReturn:
    raise DamagedFile(
        "OpenPose's files need people with pose_keypoints (x, y and confidence of each "
        f"point), and {name} has {came}. Detect this frame again."
    )
