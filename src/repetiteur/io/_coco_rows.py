"""The people of COCO's files and MMPose's, a row for each in each frame."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from repetiteur.io._json import numbers, one_line

__all__ = ["Rows", "annotation_rows", "instance_rows", "result_rows"]

Array = NDArray[np.float64]

_NUMBER = re.compile(r"[0-9]{1,15}")
_MAX_NAME = 200
_WHO = ("track_id", "idx", "person_id")
_HIDDEN = 0.5  # confidence of a point that a person marked where it cannot be seen
_FARTHEST = 1 << 53


@dataclass(frozen=True)
class Rows:
    """What such a file holds.

    Attributes
    ----------
    software : str
        What kind of file it is.
    frame : sequence of int
        Of each row.
    points : (row, point, space) float
    sure : (row, point) float
        0 = not seen.
    names : sequence of str or None
        Of the points, where the file says them.
    who : sequence of int or None
        Who each row is, where the file says it of all.
    frames : sequence of int
        Frames with nobody in them, and others.
    image_size : (width, height) or None
    lines : sequence of str
        For the history.
    """

    software: str
    frame: Sequence[int]
    points: Array
    sure: Array
    names: Sequence[str] | None = None
    who: Sequence[int] | None = None
    frames: Sequence[int] = ()
    image_size: tuple[int, int] | None = None
    lines: Sequence[str] = ()


def result_rows(content: Sequence[Any]) -> Rows:
    """Rows of COCO's results, or AlphaPose's.

    Parameters
    ----------
    content : sequence
        Of ``{"image_id", "keypoints"}``.

    Raises
    ------
    ValueError, TypeError, KeyError
        When it is something else; the text says what.

    Examples
    --------
    >>> rows = result_rows([{"image_id": "7.jpg", "keypoints": [4, 5, 0.9]}])
    >>> rows.frame, rows.points.tolist(), rows.sure.tolist()
    ([7], [[[4.0, 5.0]]], [[0.9]])
    """
    people = _objects(content)
    values = _triples([person["keypoints"] for person in people])
    named = any(isinstance(person["image_id"], str) for person in people)
    return Rows(
        "AlphaPose" if named else "COCO results",
        [_number(person["image_id"]) for person in people],
        values[..., :2],
        values[..., 2],
        who=_identities(people),
    )


def annotation_rows(content: Mapping[str, Any]) -> Rows:
    """Rows of a file of COCO annotations, with its own names of keypoints.

    Parameters
    ----------
    content : mapping
        With ``annotations``, and mostly ``images`` and ``categories``.

    Raises
    ------
    ValueError, TypeError, KeyError
        When it is something else.
    """
    images = _objects(content.get("images", []))
    category, names = _category(_objects(content.get("categories", [])))
    people = [
        person
        for person in _objects(content["annotations"])
        if "keypoints" in person
        and category in (None, person.get("category_id", category))
    ]
    frame_of = _image_frames(images)
    values = _triples([person["keypoints"] for person in people])
    flags = values[..., 2]
    lines = ["points marked as hidden (v = 1) have confidence 0.5"]
    return Rows(
        "COCO annotations",
        [frame_of.get(str(p["image_id"]), _number(p["image_id"])) for p in people],
        values[..., :2],
        np.where(flags == 1.0, _HIDDEN, np.minimum(flags, 1.0)),
        names=names,
        who=_identities(people),
        frames=list(frame_of.values()),
        image_size=_image_size(images),
        lines=lines if (flags == 1.0).any() else [],
    )


def instance_rows(content: Any) -> Rows:
    """Rows of MMPose's predictions.

    Parameters
    ----------
    content : list or mapping
        Of frames with ``instances``, of instances (one picture), or with
        ``instance_info``.

    Raises
    ------
    ValueError, TypeError, KeyError
        When it is something else.

    Examples
    --------
    >>> person = {"keypoints": [[4, 5]], "keypoint_scores": [0.9]}
    >>> rows = instance_rows([{"frame_id": 3, "instances": [person]}])
    >>> rows.frame, rows.points.tolist(), rows.sure.tolist()
    ([3], [[[4.0, 5.0]]], [[0.9]])
    """
    meta = content.get("meta_info", {}) if isinstance(content, dict) else {}
    listed = content["instance_info"] if isinstance(content, dict) else content
    frames = _objects(listed)
    if frames and "instances" not in frames[0]:
        frames = [{"frame_id": 0, "instances": frames}]
    order = [_number(one.get("frame_id", k)) for k, one in enumerate(frames)]
    rows = [
        (frame, person)
        for frame, one in zip(order, frames, strict=True)
        for person in _objects(one["instances"])
    ]
    people = [person for _, person in rows]
    if not people:
        raise ValueError("nobody in any of its frames")
    points = numbers([person["keypoints"] for person in people])
    if points.ndim != 3 or points.shape[2] not in (2, 3):
        raise ValueError(f"keypoints of the shape {points.shape[1:]}")
    sure = np.ones(points.shape[:2])
    if all("keypoint_scores" in person for person in people):
        sure = numbers([person["keypoint_scores"] for person in people])
        sure = sure.reshape(points.shape[:2])
    return Rows(
        "MMPose",
        [frame for frame, _ in rows],
        points,
        sure,
        names=_meta_names(meta, points.shape[1]),
        who=_identities(people),
        frames=order,
    )


def _objects(value: Any) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise ValueError("no list of objects")
    return value


def _triples(keypoints: Sequence[Any]) -> Array:
    """(row, point, 3) of lists of x, y and a score or a flag."""
    flat = numbers(keypoints)
    if flat.ndim not in (2, 3) or not flat.size:
        raise ValueError("nobody in any of its frames, or not as many points for all")
    return flat.reshape(len(flat), -1, 3)


def _number(image: Any) -> int:
    """The number of a frame, of its id or its name."""
    if isinstance(image, str):
        runs = _NUMBER.findall(image[-_MAX_NAME:].rpartition(".")[0] or image)
        image = int(runs[-1]) if runs else image
    if type(image) is not int or abs(image) > _FARTHEST:
        raise ValueError(f"images without numbers, such as {one_line(image)}")
    return image


def _identities(people: Sequence[Mapping[str, Any]]) -> list[int] | None:
    for key in _WHO:
        found = [person.get(key) for person in people]
        if all(isinstance(who, (int, float)) and 0 <= who < _FARTHEST for who in found):
            return [int(who) for who in found if who is not None]
    return None


def _category(categories: Sequence[Mapping[str, Any]]) -> tuple[Any, list[str] | None]:
    """The first category with keypoints: its id, and their names."""
    for category in categories:
        names = category.get("keypoints")
        if isinstance(names, list) and names:
            return category.get("id"), [one_line(name) for name in names]
    return None, None


def _image_frames(images: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Frame of each image: its frame_id, the number in its name, or its id."""
    ids = [image["id"] for image in images]
    for key in ("frame_id", "file_name", "id"):
        try:
            frames = [_number(image[key]) for image in images]
        except (ValueError, KeyError):
            continue
        if len(set(frames)) == len(frames):
            return {str(i): frame for i, frame in zip(ids, frames, strict=True)}
    return {}


def _image_size(images: Sequence[Mapping[str, Any]]) -> tuple[int, int] | None:
    sizes = {(image.get("width"), image.get("height")) for image in images}
    if len(sizes) != 1:
        return None
    width, height = sizes.pop()
    if type(width) is not int or type(height) is not int:
        return None
    return (
        (width, height) if 0 < min(width, height) <= max(width, height) < 1e6 else None
    )


def _meta_names(meta: Any, count: int) -> list[str] | None:
    names = meta.get("keypoint_id2name") if isinstance(meta, dict) else None
    if not isinstance(names, dict) or len(names) != count:
        return None
    listed = [names.get(str(k)) for k in range(count)]
    return None if None in listed else [one_line(name) for name in listed]
