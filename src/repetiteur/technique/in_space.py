"""Values of moments in space: the search for them repeated on noisy copies."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from repetiteur.kinematics.found_again import (
    Doubt,
    Happening,
    Progress,
    repeated_events,
)
from repetiteur.kinematics.movement import Movement, movement_of
from repetiteur.model.body import Body
from repetiteur.model.findings import Measurement, NotJudged, Span
from repetiteur.technique.measure import Measure
from repetiteur.technique.moments import Moment, moments_of
from repetiteur.technique.values import Key, interval_of, keys_of, rounded

#: An event, or a name, that fewer of the copies show may be the instrument's making.
SURE = 0.9
#: Frames to either side in which a moment must be seen to begin and to end.
EDGE = 2


def in_space(
    able: Sequence[Measure], own: Movement, progress: Progress | None = None
) -> tuple[list[Measurement], list[NotJudged]]:
    """Values of all moments of a movement, and those that the noise leaves open."""
    kinds = {one.on for one in able}

    def happenings(other: Body) -> list[Happening]:
        movement = movement_of(other)
        return [
            _happening(able, moment, movement)
            for moment in moments_of(movement)
            if moment.kind in kinds
        ]

    moments = [moment for moment in moments_of(own) if moment.kind in kinds]
    doubts: tuple[Doubt, ...] = ()
    if moments:
        doubts = repeated_events(happenings, own.body, progress=progress)
    taken: list[Measurement] = []
    lacking: list[NotJudged] = []
    for moment, doubt in zip(moments, doubts, strict=True):
        for key in keys_of(able, moment):
            value = key.measure.value(own, moment.event, key.side)
            entry = _judged(key, value, moment, doubt, own)
            if isinstance(entry, Measurement):
                taken.append(entry)
            elif entry is not None:
                lacking.append(entry)
    return taken, lacking


def _happening(
    able: Sequence[Measure], moment: Moment, movement: Movement
) -> Happening:
    keys = list(keys_of(able, moment))
    values = {
        key.name: key.measure.value(movement, moment.event, key.side) for key in keys
    }
    around = [key.name for key in keys if key.measure.shape == "circle"]
    return Happening(
        kind=f"{moment.kind} {moment.side}",
        start_s=moment.start_s,
        end_s=moment.end_s,
        values={n: v for n, v in values.items() if isinstance(v, float)},
        labels={n: v for n, v in values.items() if isinstance(v, str) and v},
        periods=dict.fromkeys(around, 360.0),
    )


def _judged(
    key: Key, value: float | str, moment: Moment, doubt: Doubt, movement: Movement
) -> Measurement | NotJudged | None:
    """One value of a moment; None where it has no meaning on it."""
    if value == "" or (isinstance(value, float) and not np.isfinite(value)):
        return None
    one, side = key
    span = Span(moment.start_s, moment.end_s)
    if one.whole and cut_off(moment, movement):
        return NotJudged(one.id, *_CUT, (span,))
    if doubt.found < SURE:
        return NotJudged(one.id, *_DOUBTFUL, (span,))
    interval: tuple[float, float] | tuple[str, str]
    if isinstance(value, str):
        if doubt.labels[key.name] < SURE:
            return NotJudged(one.id, *_OPEN, (span,))
        interval = (value, value)
    else:
        step_s = float(np.median(np.diff(movement.body.time)))
        by_frames = one.by_frames(moment.event, step_s)
        half = max(doubt.values[key.name].half, by_frames)
        if not half < (_WIDEST if one.unit == "deg" else np.inf):
            return NotJudged(one.id, *_OPEN, (span,))
        interval = interval_of(value, half, one.shape)
        value = rounded(value, one.shape)
    return Measurement(
        one.id, side, moment.kind, span, value, one.unit, interval, moment.frames
    )


#: Reason, and what helps.
_CUT = (
    "The moment begins or ends in a gap, or with the recording.",
    "Record from before it until after it, with all points seen.",
)
_DOUBTFUL = (
    "With points as uncertain as these, the moment itself is.",
    "Record it with a more certain system, or say of which kind it is.",
)
_OPEN = (
    "The points are too uncertain to tell.",
    "Record it with a more certain system.",
)
#: An angle that is known no better says nothing, deg.
_WIDEST = 45.0


def cut_off(moment: Moment, movement: Movement) -> bool:
    """Whether a moment begins or ends in a gap, or with the recording."""
    first, last = moment.frames
    frames = movement.body.time.size
    if first <= EDGE or last >= frames - 1 - EDGE:
        return True
    around = slice(first - EDGE, last + 1 + EDGE)
    if moment.kind == "turn":
        return not np.isfinite(movement.turning[around]).all()
    feet = (movement.contacts.left, movement.contacts.right)
    return any((foot.down[around] < 0).any() for foot in feet)
