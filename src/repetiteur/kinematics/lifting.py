"""Depth of the points of a dancer whom one camera saw.

A network has learned it from synthetic dancers, whose depths are known
(``training/lifting.py``): of positions of the feet, of the way there and back, of a
tracker's guess and of how long the bones look, two seconds to either side. What it says
is brought in line with the lengths of the bones.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import product
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_edt, uniform_filter1d

from repetiteur.kernels.bones import agreeing_depths
from repetiteur.kernels.medians import median
from repetiteur.kernels.signals import smooth
from repetiteur.kernels.temporal import Layer, Network
from repetiteur.kinematics.contacts import Contacts, contacts
from repetiteur.kinematics.feet import SIDES
from repetiteur.kinematics.view import PITCH_SD, seen_from, view_of
from repetiteur.model.body import Body
from repetiteur.model.skeletons import other_side

Array = NDArray[np.float64]

#: Frames a second that the network has learned.
HERTZ = 30.0
#: Of fewer in the mean movement is hardly to be seen, and what is in between would be
#: far more than what was: nothing is said.
_LEAST_HZ = 10.0
#: Points of each side, and those without which nothing is said; of the others the
#: network has learned to do without.
_OF_EACH = (
    "eye", "ear", "shoulder", "elbow", "wrist", "hand",
    "hip", "knee", "ankle", "heel", "toe",
)  # fmt: skip
_SPARED = frozenset(("eye", "ear", "hand"))
POINTS = ("nose", *(f"{s}_{part}" for s, part in product(SIDES, _OF_EACH)))
NEEDED = tuple(name for name in POINTS if name.partition("_")[2] not in _SPARED)
_HIPS = [POINTS.index(f"{side}_hip") for side in SIDES]
_MIRRORED = [POINTS.index(other_side(name)) for name in POINTS]
#: Bones of each side, and the share of frames in which each looks shorter than it is:
#: what carries lies in the picture nearly always. Then the lines of hips and shoulders.
BONES: Mapping[tuple[str, str], float] = {
    ("hip", "knee"): 0.90,
    ("knee", "ankle"): 0.90,
    ("ankle", "heel"): 0.95,
    ("ankle", "toe"): 0.95,
    ("heel", "toe"): 0.95,
    ("shoulder", "elbow"): 0.93,
    ("elbow", "wrist"): 0.93,
    ("wrist", "hand"): 0.93,
}
_TRUNK, _LINE = 0.90, 0.97
#: Those whose lengths the network is told, in legs.
_TOLD = (
    ("hip", "knee"), ("ankle", "heel"), ("ankle", "toe"),
    ("shoulder", "elbow"), ("elbow", "wrist"), ("wrist", "hand"),
)  # fmt: skip
#: Error of a length, as a share, and of how long a bone looks, m.
_LENGTH_SD, _LOOKS_SD = 0.04, 0.011
#: Logarithms of the errors that the network tells, in legs, from and to.
_LOG_SD = (-5.0, 1.5)
#: A camera that looks down by less is level, deg: in a short phrase who stands on one
#: leg may lean by 6 herself.
_LEVEL = 1.5 * PITCH_SD
#: A standing foot is where it is in the mean over this, s (standard deviation).
_STANDS_S = 0.15
#: Further from its standing than this, s, nothing tells the way in depth: it is none.
_ALOFT_S = 0.5
#: One that moves faster across the picture slides, m/s.
_SLIDES = 0.03


@dataclass(frozen=True)
class Lifted:
    """What is known of a body's depths before its bones are asked.

    Attributes
    ----------
    body : Body
        The one that was seen (``space`` is ``2d``).
    feet : Contacts
        When its feet stand.
    time : (frames,) float
        Seconds, :data:`HERTZ` a second.
    picture : (frames, points, 2) float
        :data:`POINTS` from the middle of the hips, metres.
    place : (frames, points, 3) float
        The same in space, z towards the camera.
    sd : (frames, points) float
        Error of z, metres.
    """

    body: Body
    feet: Contacts
    time: Array
    picture: Array
    place: Array
    sd: Array

    def depths(self, off: Array | float = 0.0) -> Array:
        """Depths with which bones have their lengths, (frames, points) metres.

        Parameters
        ----------
        off : (frames, points) float
            By how much those told are something else, metres.
        """
        ends, lengths = _bones(self.body)
        return agreeing_depths(
            self.place[..., 2] + off, self.sd, self.picture, ends, lengths,
            np.hypot(_LENGTH_SD * lengths, _LOOKS_SD),
        )  # fmt: skip

    def in_space(self, off: Array | float = 0.0) -> Body:
        """The body with those depths.

        Parameters
        ----------
        off : (frames, points) float
            As for :meth:`depths`.

        Returns
        -------
        Body
            In space (``space`` is ``3d``), y up. As a whole it moves in depth such that
            the foot that stands keeps its place; what carries it stands upright, by the
            median over the film, if it leans by more than a tripod would.
        """
        place = self.place.copy()
        place[..., 2] = self.depths(off)
        place[..., :2] -= self.picture
        time, points = self.body.time, dict(self.body.points)
        for name, course in zip(POINTS, place.transpose(1, 2, 0), strict=True):
            if name in points:
                x, y, z = (np.interp(time, self.time, axis) for axis in course)
                flat = points[name][:, :2] + np.stack([x, y], axis=1)
                points[name] = np.column_stack([flat, z + 0.0 * flat[:, 0]])
        found = replace(self.body, points=MappingProxyType(points), space="3d")
        pitch = median(view_of(found).pitch)
        still = _kept_in_place(found, self.feet)
        return still if not abs(pitch) > _LEVEL else seen_from(still, pitch=-pitch)


def lifted(body: Body) -> Lifted | None:
    """Depths of a body that one camera saw.

    Parameters
    ----------
    body : Body
        ``space`` is ``2d``.

    Returns
    -------
    Lifted
        None of one of which some of :data:`NEEDED` were never seen, or that has less
        than ten frames a second.

    Notes
    -----
    The mean of what the network says of the body and of its mirror image, which are as
    likely.
    """
    frames = body.time.size
    if not body.has(*NEEDED) or frames < max(2.0, _LEAST_HZ * np.ptp(body.time)):
        return None
    time, place = _sampled(body)
    leg = length_of(body, "hip", "knee") + length_of(body, "knee", "ankle")
    lengths = _told_lengths(body)
    mirrored = place[:, _MIRRORED] * [-1.0, 1.0, 1.0]
    one, other = (_said(each / leg, lengths / leg) for each in (place, mirrored))
    said = 0.5 * (one + other[:, _MIRRORED] * [-1.0, 1.0, 1.0, 1.0])
    picture = (place - _hips(place))[..., :2]
    aside = leg * said[..., :2]
    return Lifted(
        body=body,
        feet=contacts(body),
        time=time,
        picture=picture,
        place=np.concatenate([picture + aside, leg * said[..., 2:3]], axis=2),
        sd=leg * np.exp(np.clip(said[..., 3], *_LOG_SD)),
    )


def _sampled(body: Body) -> tuple[Array, Array]:
    """Times, and :data:`POINTS` at them (frames, points, 3), without gaps.

    Points that were never seen are NaN.
    """
    rate = rate_of(body)
    time = np.arange(body.time[0], body.time[-1] + 1e-9, 1.0 / HERTZ)
    frames = min(max(1, round(rate / HERTZ)), body.time.size)
    out = np.full((time.size, len(POINTS), 3), np.nan)
    for k, name in enumerate(POINTS):
        place = body[name]
        for axis in range(3):
            seen = np.isfinite(place[:, axis])
            if seen.any():
                whole = np.interp(body.time, body.time[seen], place[seen, axis])
                mean = uniform_filter1d(whole, frames, mode="nearest")
                out[:, k, axis] = np.interp(time, body.time, mean)
    return time, out


def _hips(place: Array) -> Array:
    """Middle of the hips, (frames, 1, axes)."""
    return np.asarray(place[:, _HIPS].mean(axis=1, keepdims=True))


def _said(place: Array, lengths: Array) -> Array:
    """What the network says of places in legs, (frames, points, 4).

    By how much x and y are something else, z from the middle of the hips, and the
    logarithm of its error.
    """
    frames, hips = len(place), _hips(place)[:, 0]
    about = place - hips[:, np.newaxis]
    moved = HERTZ * np.diff(hips[:, :2], axis=0, prepend=hips[:1, :2])
    guessed = float(np.isfinite(about[..., 2]).any())
    rows = [
        about[..., :2].reshape(frames, -1),
        about[..., 2],
        np.full((frames, 1), guessed),
        moved,
        np.tile(lengths, (frames, 1)),
    ]
    known = np.nan_to_num(np.concatenate(rows, axis=1)).astype(np.float32)
    said: Array = _network()(known).astype(np.float64)
    return np.asarray(said.reshape(frames, 4, -1).transpose(0, 2, 1))


@cache
def _network() -> Network:
    """The network of ``training/lifting.py``."""
    with (files(__package__) / "lifting.npz").open("rb") as file:
        kept = np.load(file, allow_pickle=False)
        layers = {name: kept[name].astype(np.float32) for name in kept.files}

    def layer(name: str) -> Layer:
        return Layer(layers[f"{name}.weight"], layers[f"{name}.bias"])

    blocks = [
        (layer(f"{k}.wide"), layer(f"{k}.narrow"), int(apart))
        for k, apart in enumerate(layers["apart"])
    ]
    return Network(layer("first"), blocks, layer("last"))


def _bones(body: Body) -> tuple[NDArray[np.intp], Array]:
    """Which points each bone joins, (bones, 2), and how long they are, metres."""
    ends, lengths = [], []
    for root, end in BONES:
        for side in SIDES:
            if body.has(f"{side}_{root}", f"{side}_{end}"):
                ends.append([POINTS.index(f"{side}_{p}") for p in (root, end)])
                lengths.append(length_of(body, root, end))
    for part in ("hip", "shoulder"):
        ends.append([POINTS.index(f"{side}_{part}") for side in SIDES])
        lengths.append(_line_of(body, part))
    return np.array(ends), np.array(lengths)


def _told_lengths(body: Body) -> Array:
    """Those that the network is told, metres."""
    trunk = body.middle("shoulder") - body.middle("hip")
    lines = [_line_of(body, part) for part in ("hip", "shoulder")]
    bones = [length_of(body, *bone) for bone in _TOLD]
    return np.array([*bones, *lines, _whole(trunk, _TRUNK)])


def rate_of(body: Body) -> float:
    """Frames a second."""
    return 1.0 / median(np.diff(body.time))


def length_of(body: Body, root: str, end: str) -> float:
    """Length of one of :data:`BONES`, metres, by the longest that it looks."""
    both = [body[f"{side}_{end}"] - body[f"{side}_{root}"] for side in SIDES]
    return _whole(np.concatenate(both), BONES[root, end])


def _line_of(body: Body, part: str) -> float:
    return _whole(body[f"left_{part}"] - body[f"right_{part}"], _LINE)


def _whole(line: Array, share: float) -> float:
    """Length of a bone, by the longest that it looks; tiny where it was never seen."""
    looks = np.hypot(line[:, 0], line[:, 1])
    seen = looks[np.isfinite(looks)]
    return max(float(np.quantile(seen, share)), 1e-3) if seen.size else 1e-3


def _kept_in_place(body: Body, feet: Contacts) -> Body:
    """The body moved in depth so that a foot on the floor keeps its place.

    Of two, rather the one that moves less in the picture: the other one slides.
    """
    rate = rate_of(body)
    ways, weights = [], []
    for side in SIDES:
        foot = 0.5 * (body[f"{side}_toe"] + body[f"{side}_ankle"])
        way = np.gradient(smooth(foot, _STANDS_S * rate), axis=0)
        slides = (way[:, 0] ** 2 + way[:, 1] ** 2) * rate**2
        weight = (feet.foot(side).down == 1) / (slides + _SLIDES**2)
        ways.append(way[:, 2])
        weights.append(np.where(np.isfinite(way).all(axis=1), weight, 0.0))
    whole = np.sum(weights, axis=0)
    known = np.flatnonzero(whole > 0.0)
    if not known.size:
        return body
    step = np.nansum(np.multiply(ways, weights), axis=0)[known] / whole[known]
    near = distance_transform_edt(whole <= 0.0) < _ALOFT_S * rate
    moved = -np.cumsum(near * np.interp(np.arange(whole.size), known, step))
    way = np.outer(moved, [0.0, 0.0, 1.0])
    points = {name: place + way for name, place in body.points.items()}
    return replace(body, points=MappingProxyType(points))
