"""Where the mass of the body is: centres of its segments and of the whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repetiteur.model.body import Body

Array = NDArray[np.float64]
#: Keypoints and the share that each has in a place between them; shares sum to 1.
Place = Mapping[str, float]


@dataclass(frozen=True)
class Segment:
    """A part of the body whose mass is thought of at one place.

    Attributes
    ----------
    mass : float
        Share of the body's mass.
    places : tuple of Place
        Where its centre is; the first whose keypoints a file has is taken.
    """

    mass: float
    places: tuple[Place, ...]

    def place(self, body: Body) -> Place | None:
        """The place that this body's keypoints allow, None where there is none."""
        return next((place for place in self.places if body.has(*place)), None)


def _pair(part: str) -> tuple[str, str]:
    return f"left_{part}", f"right_{part}"


def _along(proximal: str, distal: str, share: float) -> Place:
    """A place on the line between two joints, counted from the proximal one."""
    return {proximal: 1.0 - share, distal: share}


def _arm(side: str) -> dict[str, Segment]:
    shoulder, elbow, wrist = (f"{side}_{j}" for j in ("shoulder", "elbow", "wrist"))
    return {
        f"{side}_upper_arm": Segment(0.028, (_along(shoulder, elbow, 0.436),)),
        f"{side}_forearm": Segment(0.016, (_along(elbow, wrist, 0.430),)),
        f"{side}_hand": Segment(0.006, ({f"{side}_hand": 1.0}, {wrist: 1.0})),
    }


def _leg(side: str) -> dict[str, Segment]:
    hip, knee, ankle = (f"{side}_{j}" for j in ("hip", "knee", "ankle"))
    heel, toe = f"{side}_heel", f"{side}_toe"
    foot = (_along(heel, toe, 0.5), _along(ankle, toe, 0.5), {ankle: 1.0})
    return {
        f"{side}_thigh": Segment(0.100, (_along(hip, knee, 0.433),)),
        f"{side}_shank": Segment(0.0465, (_along(knee, ankle, 0.433),)),
        f"{side}_foot": Segment(0.0145, foot),
    }


#: Masses as shares of the body's, and centres as shares of the way from the proximal
#: joint to the distal one: D. A. Winter, "Biomechanics and Motor Control of Human
#: Movement", 4th ed., Wiley 2009, table 4.1. Head and neck are held at the ears, the
#: trunk half way from the hips to the shoulders, the hand at its keypoint.
SEGMENTS: Mapping[str, Segment] = {
    "head": Segment(
        0.081,
        (
            dict.fromkeys(_pair("ear"), 0.5),
            {"head": 0.5, "head_top": 0.5},
            {"nose": 1.0},
            {"head": 1.0},
            {"head_top": 1.0},
        ),
    ),
    "trunk": Segment(
        0.497,
        (dict.fromkeys([*_pair("hip"), *_pair("shoulder")], 0.25),),
    ),
    **_arm("left"),
    **_arm("right"),
    **_leg("left"),
    **_leg("right"),
}


def segment_centres(body: Body) -> dict[str, Array]:
    """Centre of mass of each segment that the body's keypoints allow.

    Parameters
    ----------
    body : Body
        In space; of a body that one camera saw, x and y are those of the picture.

    Returns
    -------
    dict of str to (time, 3) float
        Metres, named as in :data:`SEGMENTS`; NaN in frames where one of its keypoints
        was not seen. A segment that the file has no keypoints for is left out.

    Notes
    -----
    Of the places in :data:`SEGMENTS` the first whose keypoints the *file* has is taken
    for all frames, never another one for a single frame: the centre would jump. The
    head is at the middle of the ears, or of skull's base and crown, or at the nose; the
    foot at the middle of heel and toe, or of ankle and toe, or at the ankle; the hand
    at the hand, or at the wrist.
    """
    places = {name: segment.place(body) for name, segment in SEGMENTS.items()}
    return {name: _mean(body, place) for name, place in places.items() if place}


def centre_of_mass(body: Body) -> Array:
    """Centre of mass of the whole body.

    Parameters
    ----------
    body : Body
        In space; of a body that one camera saw, x and y are those of the picture.

    Returns
    -------
    (time, 3) float
        Metres. NaN in frames where a segment was not seen: the others do not stand in
        for it.

    Raises
    ------
    MissingKeypoints
        When the file has no keypoints for one of the segments.

    Notes
    -----
    The mean of the segments' centres (:func:`segment_centres`) weighted by their
    masses (:data:`SEGMENTS`, Winter 2009), which sum to the body's.
    """
    shares: dict[str, float] = {}
    for name, segment in SEGMENTS.items():
        place = segment.place(body)
        if place is None:
            body.need(f"the centre of mass ({name})", *segment.places[-1])
            continue
        for keypoint, share in place.items():
            shares[keypoint] = shares.get(keypoint, 0.0) + segment.mass * share
    return _mean(body, shares)


def _mean(body: Body, shares: Place) -> Array:
    """Weighted mean of keypoints, (time, 3)."""
    total = np.zeros((body.time.size, 3))
    for keypoint, share in shares.items():
        total += share * body[keypoint]
    return total
