"""The likeliest body in space for what one camera saw.

A tracker's depth is a guess, bone by bone. Bones have a length, so that how long they
look tells how far they point out of the picture; joints bend to one side only; what
stands stays where it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels import geometry
from repetiteur.kernels.depths import SINES, depth_of_end
from repetiteur.kernels.medians import median
from repetiteur.kernels.signals import smooth
from repetiteur.kinematics.contacts import Contacts, contacts
from repetiteur.kinematics.feet import SIDES
from repetiteur.kinematics.view import PITCH_SD, seen_from, view_of
from repetiteur.model.body import Body
from repetiteur.model.skeletons import Side

Array = NDArray[np.float64]

#: Bones of each side from the middle outwards: from, to, error of the tracker's depth
#: in its lengths (:mod:`repetiteur.kinematics.left_open`), and the share of frames in
#: which it looks shorter than it is: what carries lies in the picture nearly always.
LIMBS = (
    ("hip", "knee", 0.25, 0.90),
    ("knee", "ankle", 0.30, 0.90),
    ("ankle", "heel", 0.60, 0.95),
    ("ankle", "toe", 0.60, 0.95),
    ("shoulder", "elbow", 0.34, 0.93),
    ("elbow", "wrist", 0.30, 0.93),
    ("wrist", "hand", 0.30, 0.93),
)
#: The same of trunk, and of the lines of hips and shoulders.
TRUNK, TRUNK_WHOLE, LINE, LINE_WHOLE = 0.20, 0.90, 0.17, 0.97
#: How often a limb is guessed to point to the wrong side: see ``left_open``.
_WRONG = 0.1
#: Of a leg that stands, knee and toe point outwards by the first, deg, give or take the
#: second and third, softly by the fourth; so do no bones shorter from above than the
#: last, in their lengths. Expert defaults.
_OUT, _KNEE_OUT, _TOE_OUT, _SOFT, _SHORT = 45.0, 80.0, 65.0, 20.0, 0.25
#: A leg whose knee looks bent by less than the first, deg, whose thigh and shank look
#: shortened alike, as shares, and that is bent by less than the last, deg, is straight.
_LOOKS_BENT, _ALIKE, _BENT = 12.0, 0.09, 35.0
#: Depths change no faster than this many frames a second show.
_FRAMES_HZ = 30.0
#: A camera that looks down by less is level, deg.
_LEVEL = 1.5 * PITCH_SD


def in_space(body: Body, straight: float = 1.0) -> Body:
    """The likeliest body in space for one that a camera saw.

    Parameters
    ----------
    body : Body
        Seen by one camera (``space`` is ``2d``).
    straight : float
        A leg counts as straight up to this many times the usual bend.

    Returns
    -------
    Body
        In space: x and y as seen, y up; z from the course of each bone
        (:func:`repetiteur.kernels.depths.depth_of_end`), and of the whole body such
        that the foot that stands keeps its place.
    """
    step = max(1, round(rate_of(body) / _FRAMES_HZ))
    few = _thinned(body, min(step, max(1, body.time.size // 3)))
    depths = _depths(few, straight)
    points = {
        name: np.column_stack(
            [place[:, :2], np.interp(body.time, few.time, depths[name])]
        )
        for name, place in body.points.items()
    }
    space = replace(body, points=MappingProxyType(points), space="3d")
    pitch = median(view_of(body).pitch)
    return space if not abs(pitch) > _LEVEL else seen_from(space, pitch=-pitch)


def rate_of(body: Body) -> float:
    """Frames a second."""
    return 1.0 / median(np.diff(body.time))


def _thinned(body: Body, step: int) -> Body:
    def every(of: Mapping[str, Array]) -> Mapping[str, Array]:
        return MappingProxyType({name: each[::step] for name, each in of.items()})

    return replace(
        body, time=body.time[::step], points=every(body.points), sd=every(body.sd)
    )


class _Seen(NamedTuple):
    """A body of one camera with what bears on all its bones."""

    body: Body
    rate: float
    feet: Contacts
    heading: Array

    def bone(self, root: str, end: str) -> tuple[Array, Array]:
        """Vector of a bone, (time, 3), and the error of its length, (time,)."""
        body = self.body
        sd = [body.sd[n][:, :2].mean(axis=1) for n in (root, end) if n in body.sd]
        both = np.hypot(*sd) if len(sd) == 2 else np.full(body.time.size, 0.01)
        return body[end] - body[root], np.fmax(np.nan_to_num(both, nan=0.01), 1e-3)


def _depths(body: Body, straight: float) -> dict[str, Array]:
    """Depth of each point, (time,) metres."""
    feet = contacts(replace(body, space="3d"))
    seen = _Seen(body, rate_of(body), feet, np.zeros(body.time.size))
    hips, shoulders = _lines(seen)
    wide = body["left_hip"][:, 0] - body["right_hip"][:, 0]
    seen = seen._replace(heading=np.degrees(np.arctan2(-hips, wide)))
    trunk = _trunk(seen)
    out = {}
    for side, half in zip(SIDES, (0.5, -0.5), strict=True):
        out[f"{side}_hip"] = half * hips
        out[f"{side}_shoulder"] = trunk + half * shoulders
        _limbs(seen, side, out)
        _straighten(body, side, out, seen.rate, straight)
    over = trunk - body.middle("shoulder")[:, 2]
    rest = {name: place[:, 2] + over for name, place in body.points.items()}
    out = rest | {name: z for name, z in out.items() if name in body.points}
    way = _way_of_what_stands(feet, out, seen.rate)
    return {name: z + way for name, z in out.items()}


def _lines(seen: _Seen) -> tuple[Array, Array]:
    """Depth of the left hip from the right one, and of the shoulders.

    Both lines are turned alike, so that each says how the other is turned.
    """
    found = []
    lines = {p: seen.bone(f"right_{p}", f"left_{p}") for p in ("hip", "shoulder")}
    wide = {p: _whole(line, LINE_WHOLE) for p, (line, _) in lines.items()}
    sine = np.mean([lines[p][0][:, 2] / wide[p] for p in lines], axis=0)
    for part, (line, sd) in lines.items():
        guess = sine * wide[part]
        found.append(
            depth_of_end(
                _looks(line), wide[part], guess,
                picture_sd=sd, guess_sd=LINE * wide[part], rate=seen.rate,
            )
        )  # fmt: skip
    return found[0], found[1]


def _trunk(seen: _Seen) -> Array:
    """Depth of the shoulders' middle from that of the hips."""
    line = seen.body.middle("shoulder") - seen.body.middle("hip")
    _, sd = seen.bone("left_hip", "left_shoulder")
    length = _whole(line, TRUNK_WHOLE)
    return depth_of_end(
        _looks(line), length, line[:, 2],
        picture_sd=sd, guess_sd=TRUNK * length, rate=seen.rate,
    )  # fmt: skip


def _limbs(seen: _Seen, side: Side, out: dict[str, Array]) -> None:
    """Depths of arm and leg of one side, into ``out``."""
    for root, end, share, whole in LIMBS:
        line, sd = seen.bone(f"{side}_{root}", f"{side}_{end}")
        length = length_of(seen.body, root, end, whole)
        out[f"{side}_{end}"] = out[f"{side}_{root}"] + depth_of_end(
            _looks(line), length, line[:, 2],
            picture_sd=sd, guess_sd=share * length, rate=seen.rate, wrong=_WRONG,
            known=_known(seen, side, end, line[:, 0] / length),
        )  # fmt: skip


def _known(seen: _Seen, side: Side, end: str, across: Array) -> Array:
    """What standing says of the direction of a bone, (time, states) logarithms.

    A knee is before the hip or out from it and not behind, the ankle not before the
    knee, the toes not behind the ankle.
    """
    if end not in ("knee", "ankle", "toe"):
        return np.zeros(1)
    sign = -1.0 if end == "ankle" else 1.0
    aside = across[:, np.newaxis]
    yaw = np.degrees(np.arctan2(sign * aside, sign * SINES))
    out = geometry.wrap(yaw - seen.heading[:, np.newaxis])
    out = out if side == "left" else -out
    within = _TOE_OUT if end == "toe" else _KNEE_OUT
    beyond = np.fmax(np.abs(out - _OUT) - within, 0.0) / _SOFT
    sure = np.clip(np.hypot(aside, SINES) / _SHORT - 1.0, 0.0, 1.0)
    down = (seen.feet.foot(side).down == 1)[:, np.newaxis]
    return np.asarray(-0.5 * np.minimum(beyond**2, 9.0) * sure * down)


def _straighten(
    body: Body, side: Side, out: dict[str, Array], rate: float, straight: float
) -> None:
    """The knee of a leg that may be straight, in the line of hip and ankle.

    One that is bent towards the camera by just what keeps thigh and shank in one line,
    both shortened alike, is rare.
    """
    parts = ("hip", "knee", "ankle")
    names = [f"{side}_{part}" for part in parts]
    points = [body[n] * [1.0, 1.0, 0.0] + out[n][:, np.newaxis] * [0.0, 0.0, 1.0]
              for n in names]  # fmt: skip
    bones = [points[1] - points[0], points[2] - points[1]]
    lengths = [length_of(body, a, b, 0.90) for a, b in pairwise(parts)]
    looks = [_looks(bone) / long for bone, long in zip(bones, lengths, strict=True)]
    flat = [point * [1.0, 1.0, 0.0] for point in points]
    bend = smooth(geometry.flexion(*points), 0.1 * rate)
    in_line = geometry.flexion(*flat) * np.clip(np.fmin(*looks), 0.4, 1.0)
    may = (in_line < _LOOKS_BENT) & (np.abs(looks[0] - looks[1]) < _ALIKE)
    share = smooth((may & (bend < straight * _BENT)).astype(float), 0.06 * rate)
    along = lengths[0] / sum(lengths)
    line = out[names[0]] + along * (out[names[2]] - out[names[0]])
    out[names[1]] = (1.0 - share) * out[names[1]] + share * line


def _way_of_what_stands(feet: Contacts, out: dict[str, Array], rate: float) -> Array:
    """Depth of the whole body by which the foot on the floor keeps its place."""
    steps = []
    for side in SIDES:
        ankle = out.get(f"{side}_ankle", np.full(feet.time.size, np.nan))
        foot = 0.5 * (out.get(f"{side}_toe", ankle) + ankle)
        step = np.gradient(smooth(foot, 0.15 * rate))
        steps.append(np.where(feet.foot(side).down == 1, step, np.nan))
    count = np.isfinite(steps).sum(axis=0)
    both = np.nansum(steps, axis=0) / np.maximum(count, 1)
    known = np.flatnonzero(count)
    if not known.size:
        return np.zeros(count.size)
    return -np.cumsum(np.interp(np.arange(count.size), known, both[known]))


def _looks(line: Array) -> Array:
    """How long a bone looks, (time,)."""
    return np.asarray(np.hypot(line[:, 0], line[:, 1]))


def _whole(line: Array, share: float) -> float:
    """Length of a bone, by the longest that it looks; tiny where it was never seen."""
    looks = _looks(line)
    seen = looks[np.isfinite(looks)]
    return max(float(np.quantile(seen, share)), 1e-3) if seen.size else 1e-3


def length_of(body: Body, root: str, end: str, share: float) -> float:
    """That of a bone that both sides have: ``length_of(body, "hip", "knee", 0.9)``."""
    both = [body[f"{side}_{end}"] - body[f"{side}_{root}"] for side in SIDES]
    return _whole(np.concatenate(both), share)
