"""What a tracker's errors make of the angles of a planted fault, before one camera.

A floor holds the dancer's own variation and the instrument's error. In space the second
is small; in a picture it is not: hips are 0.2 m apart, and a tracker that is off by a
centimetre at each tilts them by 4 degrees. So before a camera a fault is asked for
from 1.5 times of both: the tracker's errors that ``planting_camera`` declares, at the
true points, and nothing that the program says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from planting_camera import TRACKED
from planting_figure import Array, Motion
from planting_shapes import Fault

Z90 = 1.6449
#: Share of the variance of a tracker's errors that comes again with the pose, as
#: ``tests/projecting.py`` has it: a difference of two takes is free of it.
SHARED = 0.7
#: The lines of whose directions each angle is the sum or the difference: ends are one
#: point, or the middle of several.
LINES: dict[str, tuple[tuple[str, str], ...]] = {
    "leg_lower": (("{s}_hip", "{s}_ankle"),),
    "knee_bent": (("{s}_hip", "{s}_knee"), ("{s}_knee", "{s}_ankle")),
    "elbow_dropped": (("{s}_shoulder", "{s}_elbow"),),
    "arm_lower": (("{s}_shoulder", "{s}_wrist"),),
    "foot_unpointed": (("{s}_knee", "{s}_ankle"), ("{s}_heel", "{s}_toe")),
    "hip_lifted": (("right_hip", "left_hip"),),
    "trunk_pitched": (("left_hip right_hip", "left_shoulder right_shoulder"),),
    "head_dropped": (("left_ear right_ear", "nose"),),
}


def floor_in_picture(floor: float, motion: Motion, fault: Fault) -> float:
    """A declared floor with the tracker's error in it.

    Parameters
    ----------
    floor : float
        What nine in ten differences stay under by the dancer's own variation.
    motion : Motion
        The reference as it stands before the camera.
    fault : Fault

    Returns
    -------
    float
        In the same unit; of what is no angle the floor itself.
    """
    if fault.kind not in LINES:
        return floor
    return float(np.hypot(floor, Z90 * error_deg(motion, fault)))


def error_deg(motion: Motion, fault: Fault) -> float:
    """Standard deviation of the difference of two takes in a fault's angle, degrees."""
    during = (motion.time >= fault.start_s) & (motion.time <= fault.end_s)
    pulls: dict[str, Array] = {}
    for k, (root, end) in enumerate(LINES[fault.kind]):
        for name, pull in _pulls(motion.points, root, end, fault.side):
            pulls[name] = pulls.get(name, np.zeros(2)) + (-1.0) ** k * pull
    square = sum((pull**2).sum(axis=-1) for pull in pulls.values())
    heights = [place[:, 1] for place in motion.points.values()]
    off = TRACKED["error"] * np.ptp(heights, axis=0).max()
    one = np.degrees(off * np.sqrt(np.median(square[during])))
    return float(np.sqrt(2.0 * (1.0 - SHARED)) * one)


def _pulls(
    points: Mapping[str, Array], root: str, end: str, side: str | None
) -> Iterator[tuple[str, Array]]:
    """How far each point turns a line in the picture, radians a metre."""
    ends = [_there(ones, side, points) for ones in (root, end)]
    first, last = (np.mean([points[n][:, :2] for n in names], axis=0) for names in ends)
    line = last - first
    across = np.stack([-line[:, 1], line[:, 0]], axis=1)
    across = across / np.maximum((line**2).sum(axis=1, keepdims=True), 1e-12)
    for sign, names in zip((-1.0, 1.0), ends, strict=True):
        yield from ((name, sign * across / len(names)) for name in names)


def _there(names: str, side: str | None, points: Mapping[str, Array]) -> list[str]:
    """Points by name; a foot without a heel begins at the ankle, a face at the eyes."""
    found = names.format(s=side).split()
    if found[0] not in points:
        found = [n.replace("heel", "ankle") for n in found]
    if found == ["nose"] and "nose" not in points:
        found = ["left_eye", "right_eye"]
    return found
