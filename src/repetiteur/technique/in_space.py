"""Values of moments in space: the search for them repeated on noisy copies."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from repetiteur.kinematics.found_again import Doubt, Happening, repeated_events
from repetiteur.kinematics.movement import Movement, movement_of
from repetiteur.model.body import Body
from repetiteur.model.findings import Measurement, NotJudged, Span
from repetiteur.technique.moments import Moment, moments_of
from repetiteur.technique.taking import TakenMeasure
from repetiteur.technique.values import Key, interval_of, keys_of

#: An event, or a name, that fewer of the copies show may be the instrument's making.
SURE = 0.9


def in_space(
    able: Sequence[TakenMeasure], own: Movement
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
    doubts = repeated_events(happenings, own.body) if moments else ()
    step_s = float(np.median(np.diff(own.body.time)))
    taken: list[Measurement] = []
    lacking: list[NotJudged] = []
    for moment, doubt in zip(moments, doubts, strict=True):
        for key in keys_of(able, moment):
            value = key.measure.value(own, moment.event, key.side)
            entry = _judged(key, value, moment, doubt, step_s)
            if isinstance(entry, Measurement):
                taken.append(entry)
            elif entry is not None:
                lacking.append(entry)
    return taken, lacking


def _happening(
    able: Sequence[TakenMeasure], moment: Moment, movement: Movement
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
    key: Key, value: float | str, moment: Moment, doubt: Doubt, step_s: float
) -> Measurement | NotJudged | None:
    """One value of a moment; None where it has no meaning on it."""
    if value == "" or (isinstance(value, float) and not np.isfinite(value)):
        return None
    span = Span(moment.start_s, moment.end_s)
    reason = _unsure(key, value, doubt)
    if reason is not None:
        return NotJudged(key.measure.id, reason, _QUIETER, (span,))
    interval: tuple[float, float] | tuple[str, str]
    if isinstance(value, str):
        interval = (value, value)
    else:
        by_frames = key.measure.by_frames(moment.event, step_s)
        half = max(doubt.values[key.name].half, by_frames)
        interval = interval_of(value, half, key.measure.shape)
    return Measurement(
        key.measure.id,
        key.side,
        moment.kind,
        span,
        value,
        key.measure.unit,
        interval,
        moment.frames,
    )


_QUIETER = "Record it with less noise: more light, more cameras, firmer markers."


def _unsure(key: Key, value: float | str, doubt: Doubt) -> str | None:
    """Why the noise of the recording leaves a value open, if it does."""
    if doubt.found < SURE:
        return "The noise of this recording may have made the moment."
    if isinstance(value, str):
        sure = doubt.labels[key.name] >= SURE
    else:
        sure = bool(np.isfinite(doubt.values[key.name].half))
    return None if sure else "The noise of this recording leaves it open."
