"""The keypoints of a dancer, their bones and sides, and what other systems call them.

A keypoint is named for the body part, with the dancer's own side in front:
``left_knee``. ``hand`` is the middle finger's base or tip, ``toe`` the tip of the
foot, ``head`` the base of the skull, ``head_top`` its crown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml

Side = Literal["left", "right"]

CENTRE = ("pelvis", "chest", "neck", "head", "head_top", "nose")
PAIRED = (
    "eye", "ear", "shoulder", "elbow", "wrist", "hand",
    "hip", "knee", "ankle", "heel", "toe",
)  # fmt: skip
KEYPOINTS: tuple[str, ...] = (
    *CENTRE,
    *(f"left_{part}" for part in PAIRED),
    *(f"right_{part}" for part in PAIRED),
)

#: Bones as (from, to), from the pelvis outwards; the drawing order of a figure.
BONES: tuple[tuple[str, str], ...] = (
    ("pelvis", "chest"),
    ("chest", "neck"),
    ("neck", "head"),
    ("head", "head_top"),
    ("head", "nose"),
    *(
        (f"{side}_{a}" if a != "neck" and a != "pelvis" else a, f"{side}_{b}")
        for side in ("left", "right")
        for a, b in (
            ("neck", "shoulder"), ("shoulder", "elbow"), ("elbow", "wrist"),
            ("wrist", "hand"), ("pelvis", "hip"), ("hip", "knee"),
            ("knee", "ankle"), ("ankle", "heel"), ("ankle", "toe"),
        )
    ),
)  # fmt: skip


def other_side(keypoint: str) -> str:
    """Name of the same keypoint on the other side of the body.

    Examples
    --------
    >>> other_side("left_knee"), other_side("neck")
    ('right_knee', 'neck')
    """
    if keypoint.startswith("left_"):
        return "right_" + keypoint.removeprefix("left_")
    if keypoint.startswith("right_"):
        return "left_" + keypoint.removeprefix("right_")
    return keypoint


@dataclass(frozen=True)
class Recipe:
    """How a keypoint is made of another system's joints or markers.

    Attributes
    ----------
    keypoint : str
        Ours.
    sources : tuple of str
        Their names, as :func:`bare_name` gives them.
    way : {"middle", "hip_joint"}
        ``middle``: the mean of the sources; of one, that one. ``hip_joint``: the hip's
        centre, from the left and right front and back of the pelvis, in this order
        (:func:`repetiteur.kernels.landmarks.hip_joint`).
    """

    keypoint: str
    sources: tuple[str, ...]
    way: Literal["middle", "hip_joint"] = "middle"


def recipes(entry: Mapping[str, object]) -> tuple[Recipe, ...]:
    """The recipes of one mapping, as it stands in a file.

    Parameters
    ----------
    entry : mapping
        ``{their name: our keypoint}``, ``{our keypoint: [their names]}`` for the middle
        of several, or ``{our keypoint: {hip_joint: [their names]}}``.

    Raises
    ------
    ValueError
        When an entry is none of these, or names no keypoint of ours; its text is the
        entry.

    Examples
    --------
    >>> recipes({"LKNE": "left_knee", "left_wrist": ["LWRA", "LWRB"]})[1].sources
    ('lwra', 'lwrb')
    """
    return tuple(_recipe(str(key), value) for key, value in entry.items())


def _recipe(key: str, value: object) -> Recipe:
    if isinstance(value, str) and value in KEYPOINTS:
        return Recipe(value, (bare_name(key),))
    if isinstance(value, list) and value and key in KEYPOINTS:
        return Recipe(key, tuple(bare_name(str(name)) for name in value))
    if isinstance(value, dict) and [*value] == ["hip_joint"] and key.endswith("_hip"):
        corners = value["hip_joint"]
        if key in KEYPOINTS and isinstance(corners, list) and len(corners) == 4:
            names = tuple(bare_name(str(name)) for name in corners)
            return Recipe(key, names, "hip_joint")
    raise ValueError(f"{key!r:.60}: {str(value)!r:.60}")


@cache
def mappings() -> Mapping[str, tuple[Recipe, ...]]:
    """Named mappings from other systems' joint and marker names to our keypoints.

    Returns
    -------
    dict
        Mapping name -> its recipes. The data file is ``model/mappings.yaml``; names
        there are compared without case, and without a prefix that ends in a colon
        (``mixamorig:``).
    """
    text = files("repetiteur.model").joinpath("mappings.yaml").read_text("utf-8")
    return {name: recipes(entry) for name, entry in yaml.safe_load(text).items()}


def bare_name(name: str) -> str:
    """Joint name without case and without a ``prefix:``.

    Examples
    --------
    >>> bare_name("mixamorig:LeftUpLeg")
    'leftupleg'
    """
    return name.rsplit(":", 1)[-1].strip().casefold()


def guess_mapping(names: Iterable[str]) -> str | None:
    """Name of the mapping that knows most of these joint names.

    Parameters
    ----------
    names : iterable of str
        Joint names as they stand in a file.

    Returns
    -------
    str or None
        The best mapping, or None where none knows both hips and both knees.

    Examples
    --------
    >>> guess_mapping(["hip", "rThigh", "rShin", "lThigh", "lShin"])
    'daz'
    """
    bare = {bare_name(name) for name in names}
    legs = {"left_hip", "right_hip", "left_knee", "right_knee"}
    known = {
        name: {recipe.keypoint for recipe in entry if bare.issuperset(recipe.sources)}
        for name, entry in mappings().items()
    }
    able = {name: ours for name, ours in known.items() if legs <= ours}
    return max(able, key=lambda name: len(able[name])) if able else None
