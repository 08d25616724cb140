"""A moving body as plain arrays, and as a tree of bones.

Knows nothing of the code that will be judged. A :class:`Motion` is ``time`` (frames,)
in seconds and ``points``, keypoint -> (frames, 3) in metres, y up. A :class:`Figure` is
the same as the path of the middle of the hips and a vector for each bone: bones may be
turned or made longer, and the body hangs together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline
from scipy.spatial.transform import Rotation

Array = NDArray[np.float64]
SIDES = ("left", "right")
#: Bones as child -> parent. ``hips`` and ``shoulders`` are the middles of their pairs:
#: so the lines of hips, shoulders, trunk and head stay what they are in any body.
_TREE = {
    "pelvis": "hips", "chest": "hips", "shoulders": "hips",
    "neck": "shoulders", "head": "neck",
    **dict.fromkeys(("head_top", "nose"), "head"),
    **{
        f"{side}_{child}": parent if parent in ("hips", "shoulders", "head")
        else f"{side}_{parent}"
        for side in SIDES
        for child, parent in (
            ("hip", "hips"), ("knee", "hip"), ("ankle", "knee"), ("heel", "ankle"),
            ("toe", "ankle"), ("shoulder", "shoulders"), ("elbow", "shoulder"),
            ("wrist", "elbow"), ("hand", "wrist"), ("eye", "head"), ("ear", "head"),
        )
    },
}  # fmt: skip
MIDDLES = {"hips": "hip", "shoulders": "shoulder"}


@dataclass(frozen=True)
class Motion:
    """A movement: ``name``, ``time`` (frames,) s, ``points`` of (frames, 3) m, y up."""

    name: str
    time: Array
    points: Mapping[str, Array]

    @property
    def rate(self) -> float:
        """Frames per second."""
        return float(1.0 / np.median(np.diff(self.time)))

    @property
    def lasting_s(self) -> float:
        """From the first frame to the last."""
        return float(self.time[-1] - self.time[0])

    def only(self, *keypoints: str) -> Motion:
        """The movement with none but these keypoints."""
        kept = {name: self.points[name] for name in self.points if name in keypoints}
        return replace(self, points=kept)

    def cut(self, start_s: float, end_s: float) -> Motion:
        """A piece of it; its time begins at 0."""
        inside = (self.time >= start_s - 1e-9) & (self.time <= end_s + 1e-9)
        time = self.time[inside]
        points = {name: place[inside] for name, place in self.points.items()}
        return Motion(f"{self.name}[{start_s:.1f}-{end_s:.1f}]", time - time[0], points)

    def mirrored(self) -> Motion:
        """The movement danced on the other side."""
        flip = np.array([-1.0, 1.0, 1.0])
        points = {other(name): place * flip for name, place in self.points.items()}
        return replace(self, points=points)

    def turned(self, degrees: float) -> Motion:
        """The movement turned about the vertical, positive to the dancer's left."""
        spin = about_vertical(np.array(degrees))
        points = {name: place @ spin.T for name, place in self.points.items()}
        return replace(self, points=points)


def other(keypoint: str) -> str:
    """The same keypoint of the other side."""
    side, _, part = keypoint.partition("_")
    return {"left": f"right_{part}", "right": f"left_{part}"}.get(side, keypoint)


def shared(*motions: Motion) -> tuple[Motion, ...]:
    """The motions with the keypoints that all of them have."""
    names = set.intersection(*(set(motion.points) for motion in motions))
    return tuple(motion.only(*names) for motion in motions)


def about_vertical(degrees: Array) -> Array:
    """Rotations about y, (..., 3, 3), that turn z towards x."""
    a = np.radians(degrees)
    zero, one = np.zeros_like(a), np.ones_like(a)
    rows = [
        np.stack([np.cos(a), zero, np.sin(a)], axis=-1),
        np.stack([zero, one, zero], axis=-1),
        np.stack([-np.sin(a), zero, np.cos(a)], axis=-1),
    ]
    return np.stack(rows, axis=-2)


@dataclass(frozen=True)
class Figure:
    """A body as a tree.

    Attributes
    ----------
    time : (frames,) float
        Seconds.
    nodes : tuple of str
        ``hips`` first; then each after its parent.
    vectors : (frames, nodes, 3) float
        Of ``hips`` the place; of any other node the way from its parent.
    """

    time: Array
    nodes: tuple[str, ...]
    vectors: Array

    @cached_property
    def parents(self) -> dict[str, str]:
        """Each node's parent, nodes that the body lacks passed over."""
        return {node: parent_of(node, self.nodes) for node in self.nodes[1:]}

    def index(self, node: str) -> int:
        """Column of a node."""
        return self.nodes.index(node)

    @cached_property
    def places(self) -> dict[str, Array]:
        """Where each node is, (frames, 3) metres."""
        found = {"hips": self.vectors[:, 0]}
        for k, node in enumerate(self.nodes[1:], start=1):
            found[node] = found[self.parents[node]] + self.vectors[:, k]
        return found

    @cached_property
    def points(self) -> dict[str, Array]:
        """Where each keypoint is, (frames, 3) metres."""
        return {n: place for n, place in self.places.items() if n not in MIDDLES}

    @cached_property
    def _lengths(self) -> Array:
        return np.linalg.norm(self.vectors, axis=2)

    @cached_property
    def _curves(self) -> CubicSpline:
        return CubicSpline(self.time, self.vectors)

    def at(self, seconds: Array) -> Figure:
        """The body at other moments: held outside, bones as long as they are."""
        when = np.clip(seconds, self.time[0], self.time[-1])
        vectors = self._curves(when)
        right = np.clip(np.searchsorted(self.time, when), 1, self.time.size - 1)
        share = (when - self.time[right - 1]) / np.diff(self.time)[right - 1]
        share = share[:, None]
        long = (1.0 - share) * self._lengths[right - 1] + share * self._lengths[right]
        now = np.maximum(np.linalg.norm(vectors, axis=2), 1e-12)
        scale = np.where(np.arange(len(self.nodes)) == 0, 1.0, long / now)
        return replace(self, time=seconds, vectors=vectors * scale[:, :, None])

    def with_vectors(self, vectors: Array) -> Figure:
        """The same nodes and moments, other vectors."""
        return replace(self, vectors=vectors)

    def moved(self, way: Array) -> Figure:
        """The whole body elsewhere: ``way`` is (3,) or (frames, 3) metres."""
        vectors = self.vectors.copy()
        vectors[:, 0] += way
        return self.with_vectors(vectors)

    def turned(self, degrees: Array) -> Figure:
        """Turned about the vertical through the origin, each frame by its angle."""
        spin = about_vertical(np.broadcast_to(degrees, self.time.shape))
        return self.with_vectors(np.einsum("fij,fkj->fki", spin, self.vectors))

    @property
    def heading(self) -> Array:
        """Where the hips face, (frames,) degrees, positive to the dancer's left."""
        left = self.vectors[:, self.index("left_hip")]
        return np.degrees(np.arctan2(-left[:, 2], left[:, 0]))


def parent_of(node: str, nodes: tuple[str, ...]) -> str:
    """The nearest of the nodes on the way to the hips."""
    parent = _TREE[node]
    while parent != "hips" and parent not in nodes:
        parent = _TREE[parent]
    return parent


def swung(figure: Figure, node: str, turn: Array, *, alone: bool = False) -> Figure:
    """The way to a node turned about its parent, and all that hangs on the node.

    ``turn`` is (frames, 3), an axis times an angle in radians. ``alone`` leaves what
    hangs on the node pointing where it did.
    """
    hanging = {node}
    for child, parent in figure.parents.items():  # parents come first
        if parent in hanging and not alone:
            hanging.add(child)
    columns = [figure.index(name) for name in hanging]
    vectors = figure.vectors.copy()
    spin = Rotation.from_rotvec(turn).as_matrix()
    vectors[:, columns] = np.einsum("fij,fkj->fki", spin, vectors[:, columns])
    return figure.with_vectors(vectors)


def figure_of(motion: Motion) -> Figure:
    """A motion as a tree; it needs both hips and both shoulders, nothing unseen."""
    places = dict(motion.points)
    for middle, part in MIDDLES.items():
        places[middle] = 0.5 * (places[f"left_{part}"] + places[f"right_{part}"])
    nodes = ("hips", *(node for node in _TREE if node in places))
    vectors = [
        places[node] - (places[parent_of(node, nodes)] if node != "hips" else 0.0)
        for node in nodes
    ]
    return Figure(motion.time, nodes, np.stack(vectors, axis=1))


def blended(one: Figure, two: Figure, share: Array) -> Figure:
    """From one body to another: directions along great circles, lengths along lines."""
    a, b = one.vectors, two.vectors
    la, lb = (np.maximum(np.linalg.norm(v, axis=2), 1e-12) for v in (a, b))
    ua, ub = a / la[:, :, None], b / lb[:, :, None]
    angle = np.arccos(np.clip((ua * ub).sum(axis=2), -0.9999, 1.0))
    s = share[:, None]
    small = angle < 1e-4
    sine = np.where(small, 1.0, np.sin(angle))
    wa = np.where(small, 1.0 - s, np.sin((1.0 - s) * angle) / sine)
    wb = np.where(small, s, np.sin(s * angle) / sine)
    way = wa[:, :, None] * ua + wb[:, :, None] * ub
    way /= np.maximum(np.linalg.norm(way, axis=2, keepdims=True), 1e-12)
    vectors = ((1.0 - s) * la + s * lb)[:, :, None] * way
    vectors[:, 0] = (1.0 - s) * a[:, 0] + s * b[:, 0]
    return one.with_vectors(vectors)


def apart(one: Array, two: Array) -> Array:
    """Root mean square angle of bones, degrees; one, two (..., bones, 3), unit."""
    angle = np.degrees(np.arccos(np.clip((one * two).sum(axis=-1), -1.0, 1.0)))
    return np.asarray(np.sqrt((angle**2).mean(axis=-1)))


def limbs(figure: Figure) -> Array:
    """Directions of the bones that make a pose, (frames, bones, 3)."""
    named = [
        f"{side}_{part}"
        for side in SIDES
        for part in ("hip", "knee", "ankle", "toe", "shoulder", "elbow", "wrist")
    ]
    chosen = [figure.index(n) for n in ("shoulders", *named) if n in figure.nodes]
    found = figure.vectors[:, chosen]
    return np.asarray(found / np.linalg.norm(found, axis=2, keepdims=True))
