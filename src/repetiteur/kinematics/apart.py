"""From how far apart two recordings of the same dancing were filmed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels import signals
from repetiteur.kinematics.directions import BONES, bone_directions
from repetiteur.kinematics.view import view_of
from repetiteur.model.body import Body

Array = NDArray[np.float64]

#: The places of two cameras are told from this much time round each moment, s (standard
#: deviation of the window): the errors of each frame pass, the places stay.
PLACE_S = 1.0
#: A bone off by more than this from what the turn of the camera explains, rad, has less
#: say in it (Huber's weights): that is a difference of shape.
EXPLAINED = np.radians(8.0)
#: What is said beforehand of the turns, and of a bone's direction, sd in rad.
BEFORE, BONE_SD = np.radians(20.0), np.radians(4.0)
#: The tracker's depth is too noisy to tell all of a turn: this many times what is found
#: is the turn, on cameras of known places; and what is then left of errors, sd in deg.
TOLD, TURN_SD, ROLL_SD = 1.7, 2.0, 1.0
#: Feet have no depth that could be used.
_TELLING = [name for name in BONES if not name.endswith("foot")]


@dataclass(frozen=True)
class Apart:
    """From how far apart two recordings were filmed, over the reference's time.

    Attributes
    ----------
    heading : (time,) float
        The dancer's heading against the take's camera minus that against the
        reference's, degrees, by the tracker's depth; NaN where not known.
    turn, pitch, roll : (time,) float
        The turn about the vertical, of the camera down and of its lean that make the
        reference's picture most like the take's, degrees, with their errors: 0 or more,
        for the use as a doubt.
    """

    heading: Array
    turn: Array
    pitch: Array
    roll: Array

    def near(self, most_deg: float) -> NDArray[np.bool_]:
        """Where the two were filmed from the same side, (time,) bool."""
        return (np.abs(self.heading) <= most_deg) & (self.pitch <= most_deg)


def views_apart(reference: Body, take: Body, take_s: Array) -> Apart:
    """From how far apart two seen bodies were filmed.

    Parameters
    ----------
    reference, take : Body
        Seen by one camera each, on even grids.
    take_s : (time,) float
        The take's seconds for each frame of the reference; NaN where not danced.

    Returns
    -------
    Apart

    Notes
    -----
    A heading is told by the depth alone, and badly. Two headings of one dance differ by
    what a turn of the camera makes of every bone at once: those that point at the
    camera move across the picture, x' = x + turn z, those across it do not. So the
    turns are those of least squares over all bones and a window of time, robust
    against the few that are danced otherwise. Copies of videos that were tracked anew
    in a mirror, with all errors of their own, gave turns within 1.7 degrees (root mean
    square) of 0, their headings within 4.4 (benchmarks/view.py).
    """
    step = float(reference.time[1] - reference.time[0])
    turned = np.radians(
        signals.resample(view_of(take).heading, take.time, take_s)
        - view_of(reference).heading
    )
    circle = np.stack([np.cos(turned), np.sin(turned)], axis=1)
    mean = signals.smooth(circle, PLACE_S / step)
    jacobian, apart, weight = _bones(reference, take, take_s)
    found = np.degrees(_turns(jacobian, apart, weight, PLACE_S / step))
    return Apart(
        heading=_through(np.degrees(np.arctan2(mean[:, 1], mean[:, 0]))),
        turn=np.hypot(TOLD * found[:, 0], TURN_SD),
        pitch=np.hypot(TOLD * found[:, 1], TURN_SD),
        roll=np.hypot(found[:, 2], ROLL_SD),
    )


def _bones(reference: Body, take: Body, take_s: Array) -> tuple[Array, Array, Array]:
    """What each turn does to each bone in the picture; what differs; and its say."""
    here, there = bone_directions(reference), bone_directions(take)
    names = [name for name in _TELLING if name in here and name in there]
    before = np.stack([here[name] for name in names], axis=1)
    after = np.stack(
        [signals.resample(there[name], take.time, take_s) for name in names], axis=1
    )
    x, y, z = np.moveaxis(before, -1, 0)
    none = np.zeros_like(x)
    jacobian = np.stack(
        [np.stack([z, none, -y], axis=-1), np.stack([none, -z, x], axis=-1)], axis=2
    )
    apart = (after - before)[..., :2]
    seen = np.asarray(np.isfinite(apart).all(axis=-1))
    weight = seen * np.array([BONES[name][2] for name in names])
    return np.nan_to_num(jacobian), np.where(seen[..., None], apart, 0.0), weight


def _turns(jacobian: Array, apart: Array, weight: Array, window: float) -> Array:
    """Turns about the vertical, down and sideways, (time, 3) radians."""
    frames = len(apart)
    turns = np.zeros((frames, 3))
    prior = np.eye(3) * (BONE_SD / BEFORE) ** 2
    for _ in range(4):
        left = apart - np.einsum("tkij,tj->tki", jacobian, turns)
        off = np.maximum(np.linalg.norm(left, axis=-1), 1e-9)
        say = weight * np.minimum(1.0, EXPLAINED / off)
        normal = np.einsum("tk,tkij,tkil->tjl", say, jacobian, jacobian)
        pull = np.einsum("tk,tkij,tki->tj", say, jacobian, apart)
        normal = signals.smooth(normal.reshape(frames, 9), window).reshape(-1, 3, 3)
        pull = signals.smooth(pull, window)
        turns = np.linalg.solve(normal + prior, pull[..., None])[..., 0]
    return turns


def _through(values: Array) -> Array:
    """Values where they are known, and the nearest ones elsewhere."""
    known = np.flatnonzero(np.isfinite(values))
    if not known.size:
        return values
    return np.interp(np.arange(values.size), known, values[known])
