"""How each quality is told of the windows of a dancing body.

To add one, write its function here and its entry in ``descriptors.yaml``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from repetiteur.expression import jittering
from repetiteur.expression.dancing import SIDES, Dancing
from repetiteur.expression.landings import fall_over_give
from repetiteur.expression.windows import KNOWN, edges, enough, highest, over, within
from repetiteur.kernels import geometry
from repetiteur.kernels.hulls import volumes
from repetiteur.kernels.qualities import indirectness, weighted
from repetiteur.kernels.smoothness import ldlj, sparc

Array = NDArray[np.float64]
Frames = Sequence[slice]
Quality = Callable[[Dancing, Frames], Array]

#: Chords shorter than this count as this, in heights: 5 cm of 1.70 m (domain measure
#: ``effort_space``).
SHORTEST_CHORD = 0.03
#: Hulls are taken at this many moments a second: a body is never twice as large in less
#: than a third of one.
HULLS_HZ = 10.0
#: What is looked at of a curve that noise and single frames peak in.
HIGH = 0.95


def quantity_of_motion(own: Dancing, frames: Frames) -> Array:
    """Mean speed of the body's mass."""
    curve = weighted(own.velocity, own.masses, noise=jittering.of_segments(own, 1))
    return over(curve, frames)


def local_energy(own: Dancing, frames: Frames) -> Array:
    """Kinetic energy about the hips, per mass: what nineteen in twenty frames have.

    While a landing is taken up the legs fold: that is told by :func:`landing`.
    """
    about = own.velocity - own.slope(own.hips)[:, np.newaxis]
    energy = 0.5 * weighted(about, own.masses, 2)
    return highest(np.where(own.landed, np.nan, energy), frames, HIGH)


def effort_weight(own: Dancing, frames: Frames) -> Array:
    """Largest mean square of speed."""
    return highest(weighted(own.velocity, own.masses, 2), frames)


def effort_time(own: Dancing, frames: Frames) -> Array:
    """Mean acceleration of the body's mass, landings left out."""
    curve = weighted(own.acceleration, own.masses, noise=jittering.of_segments(own, 2))
    return over(curve, frames)


def effort_flow(own: Dancing, frames: Frames) -> Array:
    """Mean jerk of the body's mass, landings left out."""
    curve = weighted(own.jerk, own.masses, noise=jittering.of_segments(own, 3))
    return over(curve, frames)


def of_hands(own: Dancing, frames: Frames, *, order: int) -> Array:
    """Root mean square of a derivative of both hands' ways about the shoulders."""
    square = (own.slope(own.hands, order) ** 2).sum(axis=-1)
    noise = jittering.of_hands(own, order)
    each = [over(square[:, k], frames) - noise[k] for k in range(2)]
    return np.asarray(np.mean(np.sqrt(np.maximum(each, 0.0)), axis=0))


def effort_space(own: Dancing, frames: Frames) -> Array:
    """Mean indirectness of head, hands and feet."""
    return _indirect(own, own.ends, frames)


def indirect_hands(own: Dancing, frames: Frames) -> Array:
    """Mean indirectness of both hands' ways about the shoulders."""
    return _indirect(own, own.hands, frames)


def _indirect(own: Dancing, places: Array, frames: Frames) -> Array:
    """From the first known frame of each window to the last, mean of the places."""
    speed, place = geometry.length(own.slope(places)), own.slope(places, 0)
    seen = np.asarray(np.isfinite(speed).all(axis=1))
    at = np.flatnonzero(seen)
    first, after = (np.searchsorted(at, edge) for edge in edges(frames))
    many = after - first
    told = np.flatnonzero(enough(np.where(many > 1, many, 0), frames))
    start, end = at[first[told]], at[after[told] - 1]
    steps = [
        slice(a + 1, b + 1) for a, b in zip(start.tolist(), end.tolist(), strict=True)
    ]
    way = within(np.where(seen[:, np.newaxis], speed, 0.0), steps) / own.rate
    chord = geometry.length(place[end] - place[start])
    each = indirectness(way, chord, least=SHORTEST_CHORD)
    moving = np.isfinite(each).sum(axis=1)
    total = np.where(moving > 0, np.nansum(each, axis=1), np.nan)
    out = np.full(len(frames), np.nan)
    out[told] = total / np.maximum(moving, 1)
    return out


def contraction(own: Dancing, frames: Frames) -> Array:
    """Mean distance of head, hands and feet from the centre of mass."""
    far = geometry.length(own.ends - own.mass[:, np.newaxis]).mean(axis=1)
    return over(far / own.height, frames)


def volume(own: Dancing, frames: Frames) -> Array:
    """Volume of the hull of all points, in cubic heights."""
    every = max(int(own.rate / HULLS_HZ), 1)
    places = np.stack(list(own.body.points.values()), axis=1)
    curve = np.full(own.time.size, np.nan)
    curve[::every] = volumes(places[::every] / own.height)
    at = [slice(f.start // every, -(-f.stop // every)) for f in frames]
    return over(curve[::every], at)


def extent(own: Dancing, frames: Frames, *, axis: int) -> Array:
    """How far the body reaches along one of its own axes: left, up, forward."""
    return over(_extent(own, axis), frames)


def opening(own: Dancing, frames: Frames, *, axis: int) -> Array:
    """How fast that grows or shrinks from the beginning to the end of a window."""
    return over(own.slope(_extent(own, axis) * own.height), frames)


def advance(own: Dancing, frames: Frames) -> Array:
    """How fast the body goes to its own front."""
    return over(own.ahead, frames)


def _extent(own: Dancing, axis: int) -> Array:
    along = own.own_axes[:, :, axis]
    known = np.where(np.isfinite(along), along, -np.inf).max(axis=1)
    least = np.where(np.isfinite(along), along, np.inf).min(axis=1)
    return np.asarray((known - least) / own.height)


def verticality(own: Dancing, frames: Frames) -> Array:
    """Mean lean of the trunk, degrees."""
    return over(geometry.angle_between(own.shoulders - own.hips, geometry.UP), frames)


def spine_curve(own: Dancing, frames: Frames) -> Array:
    """Mean bend of the line hips, shoulders, head; forward positive, degrees."""
    ahead = own.front
    trunk, neck = own.shoulders - own.hips, own.crown - own.shoulders
    return over(geometry.wrap(_pitch(neck, ahead) - _pitch(trunk, ahead)), frames)


def _pitch(line: Array, ahead: Array) -> Array:
    return np.asarray(np.degrees(np.arctan2(geometry.dot(line, ahead), line[:, 1])))


def head_height(own: Dancing, frames: Frames) -> Array:
    """Mean height of the head over the lower ankle."""
    low = np.minimum(*(own.body[f"{side}_ankle"][:, 1] for side in SIDES))
    return over((own.head[:, 1] - low) / own.height, frames)


def arm_height(own: Dancing, frames: Frames) -> Array:
    """Mean angle of both arms from straight down, shoulder to wrist, degrees."""
    return over(
        _of_sides(
            own,
            lambda s: geometry.elevation(
                own.body[f"{s}_wrist"] - own.body[f"{s}_shoulder"]
            ),
        ),
        frames,
    )


def arm_opening(own: Dancing, frames: Frames) -> Array:
    """Mean distance of the hands."""
    apart = own.body["left_wrist"] - own.body["right_wrist"]
    return over(geometry.length(apart) / own.height, frames)


def knee_bend(own: Dancing, frames: Frames) -> Array:
    """Mean bend of both knees, degrees."""
    return over(
        _of_sides(
            own,
            lambda s: geometry.flexion(
                *(own.body[f"{s}_{joint}"] for joint in ("hip", "knee", "ankle"))
            ),
        ),
        frames,
    )


def foot_spread(own: Dancing, frames: Frames) -> Array:
    """Mean distance of the ankles."""
    apart = own.body["left_ankle"] - own.body["right_ankle"]
    return over(geometry.length(apart) / own.height, frames)


def _of_sides(own: Dancing, of: Callable[[str], Array]) -> Array:
    return np.asarray(0.5 * sum(of(side) for side in SIDES))


def landing(own: Dancing, frames: Frames) -> Array:
    """How far jumps fall over how far the body gives when they land, harmonic mean."""
    when, ratio = own.jumps_s[:, 1], fall_over_give(own)
    out = np.full(len(frames), np.nan)
    for k, where in enumerate(frames):
        if where.stop > where.start:
            first, last = own.time[where.start], own.time[where.stop - 1]
            inside = (when >= first) & (when <= last) & np.isfinite(ratio)
            if inside.any():
                out[k] = 1.0 / float((1.0 / ratio[inside]).mean())
    return out


def smoothness(own: Dancing, frames: Frames, *, of: Callable[..., Array]) -> Array:
    """Mean smoothness of both hands' speeds."""
    speed = geometry.length(own.slope(own.hands))
    out = np.full(len(frames), np.nan)
    for k, where in enumerate(frames):
        known = np.isfinite(speed[where]).all(axis=1)
        if known.sum() >= KNOWN * max(known.size, 1):
            out[k] = float(np.mean(of(speed[where][known], own.rate)))
    return out


#: How each quality is told, by id.
QUALITIES: Mapping[str, Quality] = {
    "quantity_of_motion": quantity_of_motion,
    "quantity_of_motion.local_energy": local_energy,
    "effort_weight": effort_weight,
    "effort_weight.landing": landing,
    "effort_time": effort_time,
    "effort_time.hands": partial(of_hands, order=2),
    "effort_flow": effort_flow,
    "effort_flow.hands": partial(of_hands, order=3),
    "effort_space": effort_space,
    "effort_space.hands": indirect_hands,
    "contraction_index": contraction,
    "shape_volume": volume,
    "shape_volume.height": partial(extent, axis=1),
    "shape_volume.width": partial(extent, axis=0),
    "shape_volume.depth": partial(extent, axis=2),
    "shape_volume.rising": partial(opening, axis=1),
    "shape_volume.spreading": partial(opening, axis=0),
    "shape_volume.advancing": advance,
    "verticality": verticality,
    "spine_curve": spine_curve,
    "head_height": head_height,
    "arm_height": arm_height,
    "arm_opening": arm_opening,
    "knee_bend": knee_bend,
    "foot_spread": foot_spread,
    "smoothness_sparc.hands": partial(smoothness, of=sparc),
    "smoothness_ldlj.hands": partial(smoothness, of=ldlj),
}
