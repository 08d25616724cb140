"""What one camera shows of planted faults, decided by true geometry and nothing else.

Never by what the program says it could not judge. A fault is shown where, for four
fifths of its time in the reference,

* the bones that make its angle lie within 30 degrees of the picture's plane (a leg, an
  arm, both bones of a knee, shank and foot), and of a knee or an ankle, which may bend
  towards the camera, seven tenths of the bend are in the picture;
* for a lean of the trunk or a nod the dancer stands within 30 degrees of profile, for a
  lifted hip within 30 degrees of the front or the back (hips, or of a nod shoulders);
* for lifted shoulders the trunk lies within 30 degrees of the plane.

A nod needs ears and a nose or eyes, lifted shoulders need ears, for trackers have no
point for the skull or the neck. What is told by time alone is shown from anywhere:
lateness, bars, balances and jumps. How far a body turned is not in one picture (the
specification asks ``turn_count`` for three dimensions). Perspective and the camera's
tilt, 8 degrees, are left out of account.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from planting_angles import between
from planting_faults import put
from planting_figure import Array, Motion
from planting_shapes import Fault, NotPlantedError

WITHIN_DEG, MOST_OF_IT, OF_THE_BEND = 30.0, 0.8, 0.7
LIMBS: dict[str, tuple[tuple[str, str], ...]] = {
    "leg_lower": (("hip", "ankle"),),
    "knee_bent": (("hip", "knee"), ("knee", "ankle")),
    "elbow_dropped": (("shoulder", "elbow"),),
    "arm_lower": (("shoulder", "wrist"),),
    "foot_unpointed": (("knee", "ankle"), ("heel", "toe")),
}
BENDING = ("knee_bent", "foot_unpointed")
PROFILE = {"trunk_pitched": "hip", "head_dropped": "shoulder"}
BY_TIME = ("late", "early", "bar_left_out", "bar_repeated", "balance_cut", "jump_lower")


def shown(reference: Motion, faults: Sequence[Fault], heading: float) -> list[bool]:
    """For each fault of a take whether a camera shows it.

    How large a fault has to be is another matter (``fault_resolution``).

    Parameters
    ----------
    reference : Motion
    faults : sequence of Fault
    heading : float
        Of a reference that faces the audience, before the camera, degrees.
    """
    turned = reference.turned(heading)
    return [_shown(turned, fault) for fault in faults]


def _shown(motion: Motion, fault: Fault) -> bool:
    if fault.kind in BY_TIME:
        return True
    during = (motion.time >= fault.start_s) & (motion.time <= fault.end_s)
    seen = _seen(motion, fault)
    return seen is not None and bool(seen[during].mean() >= MOST_OF_IT)


def _seen(motion: Motion, fault: Fault) -> NDArray[np.bool_] | None:
    """Whether it is shown at each frame; None where it never is."""
    p, kind, side = motion.points, fault.kind, fault.side
    if kind in LIMBS:
        lines = (_line(p, f"{side}_{a}", f"{side}_{b}") for a, b in LIMBS[kind])
        flat = np.all([_flat(line) for line in lines], axis=0)
        return flat & _bends(motion, fault) if kind in BENDING else flat
    if kind in ("head_dropped", "shoulders_lifted") and not _faced(p, kind):
        return None
    if kind in PROFILE:
        across = _line(p, *(f"{s}_{PROFILE[kind]}" for s in ("left", "right")))
        return _out_of_plane(across * [1.0, 0.0, 1.0]) >= 90.0 - WITHIN_DEG
    if kind == "hip_lifted":
        return _flat(_line(p, "left_hip", "right_hip"))
    if kind == "shoulders_lifted":
        middles = [
            0.5 * (p[f"left_{n}"] + p[f"right_{n}"]) for n in ("hip", "shoulder")
        ]
        return _flat(middles[1] - middles[0])
    return None


def _bends(motion: Motion, fault: Fault) -> NDArray[np.bool_]:
    """Whether the picture shows enough of a bend."""
    try:
        bent = put(motion, [fault])
    except NotPlantedError:  # with another fault already there: then it cannot be told
        return np.ones(motion.time.size, dtype=bool)
    shown = _in_picture(bent, fault) - _in_picture(motion, fault)
    return np.asarray(shown >= OF_THE_BEND * abs(fault.size))


def _in_picture(motion: Motion, fault: Fault) -> Array:
    """Bend of a knee or an ankle as the picture has it, degrees."""
    lines = (
        _line(motion.points, f"{fault.side}_{a}", f"{fault.side}_{b}")
        for a, b in LIMBS[fault.kind]
    )
    return between(*(line[:, :2] for line in lines))


def _faced(points: Mapping[str, Array], kind: str) -> bool:
    """Whether a tracker has the points of a head that it takes."""
    ears = {"left_ear", "right_ear"} <= set(points)
    nose = "nose" in points or {"left_eye", "right_eye"} <= set(points)
    return ears and (nose or kind == "shoulders_lifted")


def _line(points: Mapping[str, Array], a: str, b: str) -> Array:
    if a not in points:  # a foot without a heel begins at the ankle
        a = a.replace("heel", "ankle")
    return np.asarray(points[b] - points[a])


def _out_of_plane(line: Array) -> Array:
    """Angle between a line and the picture, degrees; z is towards the camera."""
    long = np.maximum(np.linalg.norm(line, axis=1), 1e-9)
    return np.degrees(np.arcsin(np.clip(np.abs(line[:, 2]) / long, 0.0, 1.0)))


def _flat(line: Array) -> NDArray[np.bool_]:
    return np.asarray(_out_of_plane(line) <= WITHIN_DEG)
