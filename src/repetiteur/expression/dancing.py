"""The curves of one dancing body that qualities are told by, free of its size.

Lengths are in heights of the dancer, times in seconds of a common pace: a take that is
danced slower throughout is as energetic, only slower.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels import geometry
from repetiteur.kernels.filters import EVEN
from repetiteur.kernels.medians import median
from repetiteur.kernels.signals import resample
from repetiteur.kernels.sliding import slope
from repetiteur.kernels.stature import SHARES
from repetiteur.kinematics.calming import Jitter, jitter_of
from repetiteur.kinematics.directions import head_point
from repetiteur.kinematics.headings import turning
from repetiteur.kinematics.mass import SEGMENTS, segment_centres
from repetiteur.kinematics.movement import Movement
from repetiteur.kinematics.view import laid_flat
from repetiteur.model.body import Body
from repetiteur.model.skeletons import Side

Array = NDArray[np.float64]
SIDES: tuple[Side, Side] = ("left", "right")

#: Windows of velocity and acceleration, and of jerk, seconds: measured on acted styles
#: in motion capture, where they were told apart best with 1 to 3 cm of noise.
SLOPE_S, JERK_S = 0.3, 0.4
#: Around a landing or a step the floor moves the body, not the dancer (domain measure
#: ``effort_time``), seconds.
IMPACT_S = 0.1
#: A landing is at its bottom after this, seconds (domain measure
#: ``landing_knee_flexion``).
BOTTOM_S = 0.35
#: What rounding moves a frame by, at the most, s.
ON_IT = 1e-9
_BONES = (("trunk", "shoulder", "hip"), ("thigh", "hip", "knee"),
          ("shank", "knee", "ankle"))  # fmt: skip


@dataclass(frozen=True)
class Dancing:
    """A body on even frames, whose curves are made when asked.

    Attributes
    ----------
    body : Body
        With even frames.
    pace : float
        Its seconds per second of the common pace.
    impacts_s : (impacts,) float
        When feet come down, in the body's seconds.
    jumps_s : (jumps, 2) float
        When jumps are highest and when they land, in the body's seconds.
    jitter : Jitter or None
        Of the recording; None where it is not known, or is none.
    errs : float
        How often its variance is in the body: twice in a copy that errs once more.
    """

    body: Body
    pace: float
    impacts_s: Array
    jumps_s: Array
    jitter: Jitter | None = None
    errs: float = 1.0

    @cached_property
    def time(self) -> Array:
        """Seconds of the body itself."""
        return self.body.time

    @cached_property
    def rate(self) -> float:
        """Frames in a second of the common pace."""
        return self.pace / median(np.diff(self.time))

    @cached_property
    def height(self) -> float:
        """Height of the dancer by trunk, thigh and shank, metres.

        The median of each bone over time over their shares of stature
        (:data:`repetiteur.kernels.stature.SHARES`).
        """
        whole = shares = 0.0
        for bone, start, end in _BONES:
            line = self.body.middle(start) - self.body.middle(end)
            if bone != "trunk":
                line = np.concatenate([
                    self.body[f"{side}_{start}"] - self.body[f"{side}_{end}"]
                    for side in SIDES
                ])  # fmt: skip
            each = geometry.length(line)
            whole += median(each[np.isfinite(each)])
            shares += SHARES[bone]
        return whole / shares

    def slope(self, place: Array, order: int = 1) -> Array:
        """Derivative of places in heights, at the common pace."""
        window = JERK_S if order == 3 else SLOPE_S
        out = slope(place, self.rate, window, order)
        out /= self.height
        return out

    @cached_property
    def _segments(self) -> tuple[Array, Array]:
        """Centres of the segments, (time, segments, 3), and their masses."""
        centres = segment_centres(self.body)
        mass = np.array([SEGMENTS[name].mass for name in centres])
        return np.stack(list(centres.values()), axis=1), mass

    @cached_property
    def masses(self) -> Array:
        """Shares of the body's mass that the segments have, (segments,)."""
        return self._segments[1]

    @cached_property
    def velocity(self) -> Array:
        """Of the segments, (time, segments, 3) heights a second."""
        return self.slope(self._segments[0])

    @cached_property
    def acceleration(self) -> Array:
        """Of the segments; not known while the floor stops the body."""
        out = self.slope(self._segments[0], 2)
        out[self.impact] = np.nan
        return out

    @cached_property
    def jerk(self) -> Array:
        """Of the segments; not known while the floor stops the body."""
        out = self.slope(self._segments[0], 3)
        out[self.impact] = np.nan
        return out

    @cached_property
    def impact(self) -> NDArray[np.bool_]:
        """Whether a foot has come down less than :data:`IMPACT_S` ago, (time,)."""
        return self._since(self.impacts_s) < IMPACT_S

    @cached_property
    def landed(self) -> NDArray[np.bool_]:
        """Whether a landing is being taken up, for :data:`BOTTOM_S`, (time,)."""
        return self._since(self.jumps_s[:, 1]) < BOTTOM_S

    def _since(self, moments_s: Array) -> Array:
        """How long ago the last of some moments is, at the common pace, (time,) s."""
        known = np.concatenate([[-np.inf], moments_s])
        last = known[np.searchsorted(moments_s, self.time + ON_IT, "right")]
        return np.asarray((self.time - last) / self.pace + ON_IT)

    @cached_property
    def mass(self) -> Array:
        """Centre of mass of the segments that there are, (time, 3) metres."""
        centres, mass = self._segments
        return np.asarray(np.einsum("tsk,s->tk", centres, mass / mass.sum()))

    @cached_property
    def ends(self) -> Array:
        """Head, wrists and ankles, (time, 5, 3) metres."""
        limbs = [self.body[f"{s}_{j}"] for j in ("wrist", "ankle") for s in SIDES]
        return np.stack([self.head, *limbs], axis=1)

    @cached_property
    def head(self) -> Array:
        """Middle of the ears where they are known, (time, 3) metres."""
        if self.body.has("left_ear", "right_ear"):
            return self.body.middle("ear")
        return head_point(self.body)

    @cached_property
    def crown(self) -> Array:
        """The highest point of the head that is known, (time, 3) metres."""
        return self.body["head_top"] if self.body.has("head_top") else self.head

    @cached_property
    def toes(self) -> Array:
        """Height of the lower toe, (time,) metres."""
        return np.minimum(*(self.body[f"{side}_toe"][:, 1] for side in SIDES))

    @cached_property
    def floor(self) -> float:
        """Height of toes that stand, metres: the median of the lower one."""
        return median(self.toes[np.isfinite(self.toes)])

    @cached_property
    def shoulders(self) -> Array:
        """Middle of the shoulders, (time, 3) metres."""
        return self.body.middle("shoulder")

    @cached_property
    def hips(self) -> Array:
        """Middle of the hips, (time, 3) metres."""
        return self.body.middle("hip")

    @cached_property
    def hands(self) -> Array:
        """Wrists from the middle of the shoulders, (time, 2, 3) metres."""
        both = [self.body[f"{side}_wrist"] - self.shoulders for side in SIDES]
        return np.stack(both, axis=1)

    @cached_property
    def own_axes(self) -> Array:
        """All points as the body has them: left, up, forward; (time, points, 3)."""
        place = np.stack(list(self.body.points.values()), axis=1)
        away = place - self.mass[:, np.newaxis]
        return geometry.turn(away, -self.heading[:, np.newaxis])

    @cached_property
    def heading(self) -> Array:
        """Which way the body faces, (time,) degrees."""
        facing = self.body.facing
        return turning(self.body) if facing is None else facing

    @cached_property
    def front(self) -> Array:
        """Unit direction to the body's front, (time, 3)."""
        way = np.radians(self.heading)
        return np.stack([np.sin(way), np.zeros(way.shape), np.cos(way)], axis=-1)

    @cached_property
    def ahead(self) -> Array:
        """How fast the body goes to its own front, (time,) heights a second."""
        return geometry.dot(self.slope(self.hips), self.front)


def dancing(movement: Movement, *, pace: float = 1.0) -> Dancing:
    """A body made ready for its qualities.

    Parameters
    ----------
    movement : Movement
    pace : float
        Its seconds per second of the common pace: the tempo ratio of its alignment.

    Returns
    -------
    Dancing
        Frames at uneven times are taken to even ones. What one camera saw is taken as
        it lies in the picture: through the depth that a tracker guesses, quantities of
        motion are seen twice to five times as large, and in another order
        (docs/expression.md).
    """
    body = movement.body
    feet = (movement.contacts.foot(side).touch_downs for side in SIDES)
    jumps = [(one.apex_s, one.landing_s) for one in movement.flights]
    return Dancing(
        body=_even(shown(body)),
        pace=pace,
        impacts_s=np.sort(np.concatenate(list(feet))),
        jumps_s=np.array(jumps, dtype=np.float64).reshape(-1, 2),
        jitter=jitter_of(body) if body.sd and body.space == "3d" else None,
    )


def with_points_of(own: Dancing, body: Body, *, errs: float = 1.0) -> Dancing:
    """The same steps and jumps of another body: of :func:`shown`, one that errs.

    ``errs`` says how often the variance of the recording's jitter is in it.
    """
    return replace(own, body=_even(body), errs=errs)


def shown(body: Body) -> Body:
    """The body in space; of one camera as it lies in the picture: depth is a guess."""
    return laid_flat(body) if body.space == "2d" else body


def _even(body: Body) -> Body:
    steps = np.diff(body.time)
    step = median(steps)
    if np.all(np.abs(steps - step) <= EVEN * step):
        return body
    time = np.arange(body.time[0], body.time[-1] + 0.5 * step, step)

    def at(values: Array) -> Array:
        return resample(values, body.time, time)

    return replace(
        body,
        time=time,
        points=MappingProxyType({n: at(p) for n, p in body.points.items()}),
        sd=MappingProxyType({}),
        facing=None if body.facing is None else at(body.facing),
    )
