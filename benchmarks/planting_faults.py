"""Faults of shape, put into a movement: known in kind, side, size and interval.

Each comes and goes along a minimum-jerk ramp, keeps the lengths of the bones and leaves
standing what stands. :func:`put` checks every one by other formulas
(``planting_angles``) and plants nothing that is not what it says.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from planting_angles import angles
from planting_figure import SIDES, Figure, Motion, figure_of, other
from planting_shapes import (
    Fault,
    NotPlantedError,
    arm_lower,
    elbow_dropped,
    foot_unpointed,
    head_dropped,
    hip_lifted,
    knee_bent,
    leg_lower,
    shoulders_lifted,
    trunk_pitched,
)

#: What is planted is what it says within this; nothing else changes by more: degrees,
#: metres. Feet go no further into the floor than that.
EXACT = {"deg": 0.3, "m": 0.002}
FLOOR_M = 0.01


@dataclass(frozen=True)
class Kind:
    """How a fault is planted and what may change with it.

    ``angle`` and the names in ``with_it`` are those of ``planting_angles``; ``{side}``
    and ``{other}`` stand for sides. ``sizes`` are lowest and highest, ``sign`` that of
    take minus reference.
    """

    plant: Callable[[Figure, Fault], Figure]
    angle: str
    measure: str
    sizes: tuple[float, float]
    sign: float = 1.0
    unit: str = "deg"
    sided: bool = True
    with_it: tuple[str, ...] = ()
    limbs: tuple[str, ...] = ()
    longer: tuple[str, ...] = ()


KINDS: dict[str, Kind] = {
    "leg_lower": Kind(
        leg_lower, "{side}_leg_elevation", "leg_elevation", (10.0, 20.0), -1.0,
        with_it=("{side}_thigh_elevation",), limbs=("{side}_leg",),
    ),
    "knee_bent": Kind(
        knee_bent, "{side}_knee_flexion", "knee_extension_support", (12.0, 20.0),
        with_it=("{side}_leg_elevation", "{side}_thigh_elevation",
                 "{side}_plantarflexion", "hips_m"),
        limbs=("left_leg", "right_leg"),
    ),
    "elbow_dropped": Kind(
        elbow_dropped, "{side}_elbow_elevation", "arm_shape.elbow_elevation",
        (15.0, 25.0), -1.0, with_it=("{side}_arm_elevation", "{side}_elbow_flexion"),
        limbs=("{side}_arm",),
    ),
    "arm_lower": Kind(
        arm_lower, "{side}_arm_elevation", "arm_shape.elevation", (15.0, 25.0), -1.0,
        with_it=("{side}_elbow_elevation",), limbs=("{side}_arm",),
    ),
    "trunk_pitched": Kind(
        trunk_pitched, "trunk_pitch", "aplomb.pitch", (8.0, 15.0), sided=False,
        with_it=("trunk_side", "shoulders_m"), limbs=("trunk",),
    ),
    "head_dropped": Kind(
        head_dropped, "head_pitch", "head_pitch", (10.0, 20.0), sided=False,
        with_it=("shoulders_m",), limbs=("head",),
    ),
    "foot_unpointed": Kind(
        foot_unpointed, "{side}_plantarflexion", "ankle_plantarflexion", (15.0, 30.0),
        -1.0, limbs=("{side}_leg",),
    ),
    "hip_lifted": Kind(
        hip_lifted, "pelvis_obliquity", "pelvis_obliquity", (8.0, 12.0),
        with_it=("hips_m", "heading", "trunk_pitch", "trunk_side"),
        limbs=("left_leg", "right_leg", "trunk"),
    ),
    "shoulders_lifted": Kind(
        shoulders_lifted, "shoulders_m", "shoulders_lifted", (0.03, 0.05), -1.0, "m",
        sided=False, limbs=("head", "left_arm", "right_arm", "trunk"),
        longer=("left_shoulder", "right_shoulder"),
    ),
}  # fmt: skip


def named(names: Sequence[str], side: str | None) -> set[str]:
    """Names with their sides filled in."""
    return {
        name.format(side=side, other=other(f"{side}_").rstrip("_")) for name in names
    }


def put(source: Motion, faults: Sequence[Fault]) -> Motion:
    """A movement with faults of shape in it, each one checked.

    Raises
    ------
    NotPlantedError
        When a fault would not be what it says: of another size, with other angles
        changed, with bones of other lengths, or with a foot in the floor.
    """
    figure = figure_of(source)
    for fault in faults:
        planted = KINDS[fault.kind].plant(figure, fault)
        check(figure, planted, fault)
        figure = planted
    return Motion(source.name, source.time, figure.points)


def check(before: Figure, after: Figure, fault: Fault) -> None:
    """Whether a planted fault is what it says; see :func:`put`."""
    kind = KINDS[fault.kind]
    old, new = angles(before.points), angles(after.points)
    (angle,) = named([kind.angle], fault.side)
    if angle not in old:
        raise NotPlantedError(f"{fault.kind} needs {angle}, which this body lacks")
    sign = -1.0 if fault.kind == "hip_lifted" and fault.side == "right" else 1.0
    off = np.abs(new[angle] - old[angle] - sign * fault.at(before.time)).max()
    if not off <= EXACT[kind.unit]:
        raise NotPlantedError(f"{fault.kind}: {angle} is off by {off:.3g}")
    free = named(kind.with_it, fault.side) | {angle}
    for name in set(old) - free:
        moved = np.abs(new[name] - old[name]).max()
        if not moved <= EXACT["m" if name.endswith("_m") else "deg"]:
            raise NotPlantedError(f"{fault.kind}: {name} changed too, by {moved:.3g}")
    _check_body(before, after, fault, kind)


def _check_body(before: Figure, after: Figure, fault: Fault, kind: Kind) -> None:
    for k, node in enumerate(before.nodes[1:], start=1):
        if node in kind.longer:
            continue
        long = [np.linalg.norm(f.vectors[:, k], axis=1) for f in (before, after)]
        if np.abs(long[0] - long[1]).max() > 1e-6:
            raise NotPlantedError(f"{fault.kind}: the bone to {node} changed")
    for side in SIDES:
        were, now = (f.places[f"{side}_toe"][:, 1] for f in (before, after))
        floor = np.minimum(were, np.percentile(were, 5.0))
        if (floor - now).max() > FLOOR_M:
            raise NotPlantedError(f"{fault.kind}: the {side} foot is in the floor")
