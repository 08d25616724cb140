"""Following live: poses in, the place in the reference out.

A hidden Markov model keeps a belief over all frames of the reference, each at several
tempi, and over being lost. So nothing has to be caught up with: a dancer who stops,
skips, begins again or does something else is one more thing that was always possible,
and the next poses say that it came to pass. Only what has been seen counts, never what
comes, and never the clock: the same poses with the same times give the same places.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from repetiteur.align.alignment import SideMatch
from repetiteur.align.belief import RATE_HZ, Belief
from repetiteur.align.bones import Bones, bones_of
from repetiteur.align.features import move
from repetiteur.errors import InvalidPoses, NothingToJudge
from repetiteur.kernels import following
from repetiteur.model.body import Body

Array = NDArray[np.float64]
State = Literal["following", "paused", "lost"]

#: Shortest and longest reference, s.
SHORTEST_S, LONGEST_S = 1.0, 7200.0
#: A pose sooner than this after the last one tells nothing new, s.
EVERY_S = 0.018
#: Over a longer gap than this, s, nobody knows: the search begins anew.
FORGET_S = 10.0
#: With less confidence than this it is lost, and the last place is kept.
LOST = 0.5
#: The side is taken for sure from this log-likelihood ratio on.
_SURE_SIDE = 10.0


@dataclass(frozen=True)
class Place:
    """Where in the reference a dancer is.

    Attributes
    ----------
    time_s : float
        Of the pose, as it was given.
    reference_s : float
        The likeliest place, on the reference's clock; while lost, the last one known.
    confidence : float
        Probability, 0 to 1, that it is right within a third of a second
        (:data:`~repetiteur.align.belief.NEAR_S`).
    state : {"following", "paused", "lost"}
        ``lost``: it is more likely to be anywhere else, or nowhere (confidence under
        one half). ``paused``: the dancer stands still at that place.
    side : {"same", "mirrored"}
        The likelier side so far.
    """

    time_s: float
    reference_s: float
    confidence: float
    state: State
    side: SideMatch


@dataclass(frozen=True)
class Followed:
    """Places of a whole recording, as they were known at each moment.

    Attributes
    ----------
    time_s, reference_s, confidence : (time,) float
        As in :class:`Place`.
    state, side : (time,) str
    """

    time_s: Array
    reference_s: Array
    confidence: Array
    state: NDArray[np.str_]
    side: NDArray[np.str_]


class Follower:
    """Follows poses, as they come, through a reference.

    Parameters
    ----------
    reference : Body
        Between 1 s and two hours long. One that was seen by a single camera
        (``space="2d"``) is compared in the picture: film from the same side.
    side : {"auto", "same", "mirrored"}
        Whether the poses match as they are, with left and right exchanged, or in
        whichever way is found to fit: then each step costs twice as much until the side
        is sure, mostly for some seconds.
    keypoints : iterable of str, optional
        What the poses will have, where that is less than the reference has: both are
        then compared by the same points. Left out, all that the reference has.

    Raises
    ------
    NothingToJudge
        When the reference is too short or too long.
    MissingKeypoints
        When hips or shoulders are lacking.

    Notes
    -----
    The forward recursion of a hidden Markov model [1]_; a step
    costs as much for any pose, in proportion to the reference's length. Poses are
    compared by the directions of their bones, each counting as in
    :data:`~repetiteur.kinematics.directions.BONES`, and less if it is short; turned
    about the vertical to where they fit best. So size, place and facing do not matter.

    References
    ----------
    .. [1] L. R. Rabiner, "A tutorial on hidden Markov models and selected applications
       in speech recognition", Proc. IEEE 77, 1989.

    Examples
    --------
    >>> from repetiteur.model.poses import body_of
    >>> from repetiteur.synthetic.demo import demo_reference
    >>> teacher = body_of(demo_reference())
    >>> follower = Follower(teacher, side="same")
    >>> for k in range(60, 180):  # a dancer begins in the middle, at 60 poses a second
    ...     pose = {name: place[k] for name, place in teacher.points.items()}
    ...     place = follower.step(teacher.time[k], pose)
    >>> place.state, bool(abs(place.reference_s - teacher.time[179]) < 0.1)
    ('following', True)
    """

    def __init__(
        self,
        reference: Body,
        *,
        side: Literal["auto", "same", "mirrored"] = "auto",
        keypoints: Iterable[str] | None = None,
    ) -> None:
        _check_length(reference)
        if side not in ("auto", *get_args(SideMatch)):
            raise ValueError(f"side is auto, same or mirrored, and not {side!r}")
        shared = reference if keypoints is None else reference.only(*keypoints)
        shared.need("Following", *Bones.needed)
        even = move(shared, RATE_HZ).body
        self._bones = bones_of(even)
        self._turned = reference.space == "3d"
        self._frames = following.frames_of(self._bones.of_body(even))
        self._start_s = float(even.time[0])
        self._count = even.time.size
        self._asked: SideMatch | None = None if side == "auto" else side
        self.reset()

    def reset(self) -> None:
        """Forget all poses: a new take begins."""
        sides = get_args(SideMatch) if self._asked is None else (self._asked,)
        self._ways = {side: Belief(self._count) for side in sides}
        self._last: Place | None = None
        self._weighed_s = -np.inf

    def step(self, time_s: float, points: Mapping[str, ArrayLike]) -> Place:
        """Take in one pose.

        Parameters
        ----------
        time_s : float
            When it was seen; later than the one before. Frames may be missing and
            come at any rate.
        points : mapping of str to (3,) float
            Metres, y up (in a picture: as the reference has them). Points that are
            missing or NaN were not seen; others than the reference's have no say.

        Returns
        -------
        Place

        Raises
        ------
        InvalidPoses
            When time does not go on, or a point does not have three coordinates.
        """
        now = self._check_time(time_s)
        since = now - self._weighed_s
        pose = self._bones.place_of(points)
        if self._last is not None and since < EVERY_S:
            last = self._last
            self._last = Place(
                now, last.reference_s, last.confidence, last.state, last.side
            )
            return self._last
        if since > FORGET_S:
            for way in self._ways.values():
                way.forget()
            since = 1.0 / RATE_HZ
        for side, way in self._ways.items():
            seen = self._bones.of_pose(pose, mirrored=side == "mirrored")
            square = following.square_distances(self._frames, seen, turned=self._turned)
            way.go_on(since)
            way.weigh(since, square)
        self._weighed_s = now
        self._last = self._place(now)
        return self._last

    def _check_time(self, time_s: float) -> float:
        now = float(time_s)
        if not np.isfinite(now):
            raise InvalidPoses(
                f"Following needs the time of each pose in seconds, and {now} came. "
                "Give the time at which the pose was seen."
            )
        if self._last is not None and now <= self._last.time_s:
            raise InvalidPoses(
                f"Following needs poses in the order of their times, and one at "
                f"{now:.3f} s came after one at {self._last.time_s:.3f} s. Leave it "
                "out, or call reset() when a new take begins."
            )
        return now

    def _place(self, now: float) -> Place:
        """The likeliest place on the likelier side; a side that is ruled out goes."""
        side = max(self._ways, key=lambda name: self._ways[name].evidence)
        way = self._ways[side]
        behind = [way.evidence - other.evidence for other in self._ways.values()]
        share = 1.0 / np.exp(-np.array(behind)).sum()
        if max(behind) > _SURE_SIDE:
            self._ways = {side: way}
        sure = min(float(share * way.mass), 1.0)
        reference_s = self._start_s + way.frame / RATE_HZ
        if sure < LOST and self._last is not None:
            reference_s = self._last.reference_s
        state: State = "paused" if way.still > 0.5 else "following"
        return Place(
            now,
            reference_s,
            sure,
            "lost" if sure < LOST else state,
            side,
        )


def follow(
    reference: Body,
    take: Body,
    *,
    side: Literal["auto", "same", "mirrored"] = "auto",
) -> Followed:
    """Follow a whole recording as if it came live.

    Parameters
    ----------
    reference, take : Body
    side : {"auto", "same", "mirrored"}

    Returns
    -------
    Followed

    Raises
    ------
    NothingToJudge, MissingKeypoints, InvalidPoses
        As :class:`Follower` does.
    """
    names = [name for name in take.points if take.has(name)]
    follower = Follower(reference, side=side, keypoints=names)
    places = [  # a loop over frames: each place may know of nothing later
        follower.step(now, {name: take.points[name][k] for name in names})
        for k, now in enumerate(take.time)
    ]
    return Followed(
        np.array([place.time_s for place in places]),
        np.array([place.reference_s for place in places]),
        np.array([place.confidence for place in places]),
        np.array([place.state for place in places]),
        np.array([place.side for place in places]),
    )


def _check_length(reference: Body) -> None:
    lasts = (
        float(reference.time[-1] - reference.time[0]) if reference.time.size else 0.0
    )
    if not SHORTEST_S <= lasts <= LONGEST_S:
        raise NothingToJudge(
            f"Following needs a reference of {SHORTEST_S:.0f} s to "
            f"{LONGEST_S / 3600:.0f} hours, and this one lasts {lasts:.2f} s. Use a "
            f"{'longer' if lasts < SHORTEST_S else 'shorter'} part."
        )
