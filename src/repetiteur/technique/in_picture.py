"""Values of moments in one camera's picture: times, and angles in its plane."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from repetiteur.errors import MissingKeypoints
from repetiteur.kinematics.estimates import Z90
from repetiteur.kinematics.found_again import Progress
from repetiteur.kinematics.movement import Movement
from repetiteur.model.body import Body
from repetiteur.model.findings import Measurement, NotJudged, Span
from repetiteur.model.skeletons import Side
from repetiteur.technique.curve import Curve, curves
from repetiteur.technique.in_space import in_space
from repetiteur.technique.measure import Measure
from repetiteur.technique.moments import Moment, near, over
from repetiteur.technique.postures import top_of
from repetiteur.technique.reading import Reading, doubt_of_depth, read
from repetiteur.technique.values import Key, interval_of, keys_of

Array = NDArray[np.float64]

#: Why a camera does not show it, by what it would need, and how to film it.
_UNSEEN = {
    "plane": (
        "The limb points at the camera more than across the picture.",
        "Film it from where the limb lies across the picture.",
    ),
    "front": (
        "It is seen from the front or the back, and the camera stood elsewhere.",
        "Film the dancer from the front.",
    ),
    "side": (
        "It is seen from the side, and the camera stood elsewhere.",
        "Film the dancer from the side.",
    ),
}
#: An angle in a picture that is known no better says nothing, deg.
_WIDEST = 30.0


def in_the_picture(
    able: Sequence[Measure],
    movement: Movement,
    found: Sequence[Moment],
    progress: Progress | None = None,
) -> tuple[list[Measurement], list[NotJudged]]:
    """What one camera shows: times by the moments, angles in the picture's plane."""
    timed = [one for one in able if one.seen == "time"]
    taken, lacking = in_space(timed, movement, progress)
    known = {one.id: one for one in curves()}
    readings: dict[tuple[str, Side | None], Reading] = {}
    for moment in found:
        for key in keys_of([one for one in able if one.seen != "time"], moment):
            at = (key.measure.seen, key.side)
            if at not in readings:
                try:
                    readings[at] = _absolute(known[at[0]], movement.body, at[1])
                except MissingKeypoints:
                    continue
            entry = _seen(key, moment, readings[at], movement.body.time)
            if isinstance(entry, Measurement):
                taken.append(entry)
            else:
                lacking.append(entry)
    return taken, lacking


def _absolute(found: Curve, body: Body, side: Side | None) -> Reading:
    """A reading that stands alone: the depth that is not seen is among its errors."""
    reading = read(found, body, side)
    depth = doubt_of_depth(found, body, side)
    return replace(reading, sd=np.hypot(reading.sd, depth))


def _seen(
    key: Key, moment: Moment, reading: Reading, time: Array
) -> Measurement | NotJudged:
    """An angle in the picture at a moment; its error lasts as long as the moment."""
    when = top_of(moment.event)
    values = (
        [over(curve, moment.frames) for curve in (reading.values, reading.sd)]
        if when is None
        else [near(curve, time, when) for curve in (reading.values, reading.sd)]
    )
    span = Span(moment.start_s, moment.end_s)
    value, half = values[0], Z90 * values[1]
    if not (np.isfinite(value) and half <= _WIDEST):
        reason, film = _UNSEEN[_blind(reading, moment) or "plane"]
        return NotJudged(key.measure.id, reason, film, (span,))
    return Measurement(
        key.measure.id,
        key.side,
        moment.kind,
        span,
        value,
        key.measure.unit,
        interval_of(value, half, key.measure.shape),
        moment.frames,
    )


def _blind(reading: Reading, moment: Moment) -> str:
    frames = slice(moment.frames[0], moment.frames[1] + 1)
    return next(
        (why for why, where in reading.blind.items() if where[frames].any()), ""
    )
