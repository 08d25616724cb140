"""Planted pairs as recordings, what was planted in them, and what notes they get."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from fault_names import ANGLES, LATENESS, TABLE, declared_floors
from fault_resolution import floor_in_picture
from fault_scores import Planted, Said, window_of
from fault_trials import Trial, scored
from fault_view import shown
from planting import Fault, Pair, draw_pair
from planting_angles import middle
from planting_body import varied
from planting_camera import seen
from planting_figure import Motion, figure_of
from planting_sources import draw_any, synthetic

from repetiteur.clean.instruments import with_instrument_errors
from repetiteur.clean.recorded import clean_recorded
from repetiteur.errors import RepetiteurError
from repetiteur.model.findings import Note
from repetiteur.model.poses import make_poses, mirrored
from repetiteur.rehearsal import Recording, recording_from_poses, rehearse

#: What follows from an event shows within this before and after it, s.
AFTER_S = 0.6
#: What comes and goes over ramps; half of it at their middle.
#: A turn that is short is made up for by so long after it, s (``planting_timely``).
MADE_UP_S = 2.3
#: What follows before a camera: who is turned away from where the reference faces shows
#: another picture, and in it something else is danced.
BESIDES = {"turn_short": {"step_presence": 0.0}}
RAMPED = (*ANGLES, *LATENESS, "shoulders_lifted")


def drawn(seed: int, folder: Path, **options: Any) -> Pair:
    """The pair of a seed; options are those of ``planting.draw_pair``."""
    rng = np.random.default_rng([8, seed])
    return draw_pair(draw_any(folder, rng), rng, **options)


def is_real(source: Motion) -> bool:
    """Whether a person danced it."""
    return source.name.partition("[")[0] not in synthetic()


def recording(motion: Motion, name: str) -> Recording:
    """A movement as the command has it of a motion file: cleaned, with its errors."""
    place = np.stack([motion.points[n] for n in motion.points], axis=2)
    poses = make_poses(
        place, time=motion.time, keypoints=list(motion.points), source_software="BVH"
    )
    return recording_from_poses(with_instrument_errors(clean_recorded(poses)), name)


def recordings(
    pair: Pair, instrument_deg: float = 0.0, seed: int = 0
) -> tuple[Recording, Recording]:
    """The reference and the take of a pair.

    With an instrument's error each bone's direction wanders slowly by so much (root
    mean square), in both, and independently.
    """
    both = pair.reference, pair.take.motion
    if instrument_deg:
        rng = np.random.default_rng([8, seed, 1])
        both = tuple(
            Motion(m.name, m.time, varied(figure_of(m), instrument_deg, rng).points)
            for m in both
        )
    return tuple(recording(motion, motion.name) for motion in both)


def filmed(
    pair: Pair, heading: float, seed: int = 0, **camera: Any
) -> tuple[Recording, Recording]:
    """The same as one camera sees them, with a tracker's errors; as if cleaned.

    A take of the other side is filmed in a mirror, and its poses mirrored: so the
    errors that belong to a pose come with that pose, mirrored, as they do (by four
    fifths and more: ``benchmarks/view.py``). Errors go by the order of the keypoints.
    ``camera`` is as in ``planting_camera.seen``.
    """
    motion, truth = pair.take.motion, pair.take.truth
    other_side = truth.side == "mirrored"
    if other_side:
        motion = motion.mirrored()
        truth = replace(truth, side="same", heading_deg=-truth.heading_deg)
    points = {name: motion.points[name] for name in pair.reference.points}
    motion = Motion(motion.name, motion.time, points)
    first = seen(pair.reference, heading=heading, seed=2 * seed, **camera)
    second = seen(motion, truth, heading=heading, seed=2 * seed + 1, **camera)
    second = mirrored(second) if other_side else second
    return (
        recording_from_poses(first, "reference"),
        recording_from_poses(second, "take"),
    )


@cache
def floors() -> dict[str, float]:
    """Declared floors, read once."""
    return declared_floors()


def planted(pair: Pair, heading: float | None = None) -> list[Planted]:
    """The faults of a pair as its take has them; before a camera, what it shows."""
    faults = [_planted(pair, fault) for fault in pair.faults]
    if heading is None:
        return faults
    turned = pair.reference.turned(heading)
    clear = shown(pair.reference, pair.faults, heading)
    return [
        replace(
            one,
            shown=s,
            floor=floor_in_picture(one.floor, turned, fault) if s else one.floor,
            besides=BESIDES.get(fault.kind, {}),
        )
        for one, fault, s in zip(faults, pair.faults, clear, strict=True)
    ]


def _planted(pair: Pair, fault: Fault) -> Planted:
    half = 0.5 * fault.ramp_s if fault.kind in RAMPED else 0.0
    reference = fault.start_s - half, fault.end_s + half
    size = _size(pair, fault)
    take = pair.span_in_take(fault)
    if half:
        begins, ends = pair.take.truth.take_at(np.array(reference))
        take = float(begins), float(ends)
    name = next(iter(TABLE[fault.kind].names))
    return Planted(
        kind=fault.kind,
        side=pair.side_in_take(fault),
        size=size,
        reference=reference,
        take=take,
        after=_after(pair, fault, take),
        floor=floors().get(name, 0.0),
        course=_course(pair, fault, size),
    )


def _course(pair: Pair, fault: Fault, size: float) -> Callable[[float], float] | None:
    if fault.kind in LATENESS:
        late = pair.take.truth.late_at
        return lambda reference_s: float(late(np.array([reference_s]))[0])
    if fault.kind in RAMPED:
        return window_of(size, (fault.start_s, fault.end_s), fault.ramp_s)
    return None


def _size(pair: Pair, fault: Fault) -> float:
    """In the unit of the note that names it; of hips without the sign of the side."""
    if fault.kind == "hip_lifted":
        return abs(fault.size)
    if fault.kind == "turn_short":
        return fault.size / 360.0
    if fault.kind == "bar_repeated":
        a, b = pair.span_in_take(fault)
        return b - a
    if fault.kind == "jump_lower":
        return fault.size * pair.take.variation.scale
    if fault.kind == "shoulders_lifted":
        points = pair.reference.points
        trunk = np.linalg.norm(
            middle(points, "shoulder") - middle(points, "hip"), axis=1
        )
        return abs(fault.size) / float(np.median(trunk))
    return fault.size


def _after(pair: Pair, fault: Fault, take: tuple[float, float]) -> tuple[float, float]:
    """When something may follow from a fault, seconds of the take."""
    truth = pair.take.truth
    if fault.kind == "balance_cut":
        late = next(x for x in truth.lates if getattr(x, "start_s", 0) == fault.end_s)
        ends = np.array([late.start_s - late.ramp_s, late.end_s + late.ramp_s])
        begins, ends = truth.take_at(ends)
        return float(np.nan_to_num(begins, nan=take[0])), float(
            np.nan_to_num(ends, nan=take[1] + AFTER_S)
        )
    if fault.kind == "turn_short":
        return take[0] - AFTER_S, take[
            1
        ] + pair.take.variation.tempo * MADE_UP_S + AFTER_S
    if fault.kind == "jump_lower":
        return take[0] - AFTER_S, take[1] + AFTER_S
    return take


def said(note: Note) -> Said:
    """A note of the package as it is judged."""
    one = note.difference
    spans = [note.take, *note.also]
    return Said(
        measure=note.measure,
        side=note.side if note.side != "both" else None,
        value=float(one.value),
        unit=one.unit,
        interval=(float(one.interval90[0]), float(one.interval90[1])),
        floor=float(one.floor),
        spans=tuple((s.start_s, s.end_s) for s in spans),
        reference=(note.reference.start_s, note.reference.end_s),
        at_reference_s=note.at_reference_s,
        text=note.text,
    )


def rehearsed(
    seed: int,
    pair: Pair,
    both: tuple[Recording, Recording],
    heading: float | None = None,
) -> Trial:
    """Rehearse a pair, before a camera by a heading, and hold notes against faults."""
    there = planted(pair, heading)
    return judged(seed, pair.reference, pair.take.motion, both, there)


def judged(
    seed: int,
    source: Motion,
    take: Motion,
    both: tuple[Recording, Recording],
    there: Sequence[Planted] = (),
) -> Trial:
    """Rehearse two recordings and hold the notes against what is planted."""
    notes: list[Said] = []
    refused = ""
    try:
        notes = [said(note) for note in rehearse(*both).findings.notes]
    except RepetiteurError as refusal:
        refused = f"{type(refusal).__name__}: {refusal}"
    faults, rows = scored(notes, there)
    return Trial(
        seed=seed,
        source=source.name,
        real=is_real(source),
        seconds=take.lasting_s,
        refused=refused,
        faults=faults,
        notes=rows,
    )
