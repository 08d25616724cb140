"""Taking all measures of one body, each with its interval, or why it was not judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from repetiteur.errors import MissingKeypoints
from repetiteur.kernels.propagation import folded_half
from repetiteur.kinematics.estimates import Z90
from repetiteur.kinematics.found_again import Doubt, Happening, repeated_events
from repetiteur.kinematics.movement import Movement, movement_of
from repetiteur.model.body import Body
from repetiteur.model.findings import Measured, Measurement, NotJudged, Span
from repetiteur.model.skeletons import Side
from repetiteur.technique.measure import measures
from repetiteur.technique.moments import Moment, moments_of, near, over
from repetiteur.technique.postures import top_of
from repetiteur.technique.reading import Reading, read
from repetiteur.technique.taking import Shape, TakenMeasure, taken_measures

Array = NDArray[np.float64]

#: An event, or a name, that fewer of the copies show may be the instrument's making.
SURE = 0.9
#: What moments of each kind are called where there are none.
_NONE = {
    "turn": "no turn of half a revolution or more",
    "flight": "no jump",
    "balance": "no balance on one foot of half a second or more",
    "gesture": "no rise of a working leg by 20 degrees or more",
    "plie": "no bend of the supporting knee by 25 degrees or more",
    "stance": "no stance on both feet",
}


class _Key(NamedTuple):
    """One value of a moment."""

    measure: TakenMeasure
    side: Side | None

    @property
    def name(self) -> str:
        return f"{self.measure.id} {self.side}"


def take(body: Body, *, only: Iterable[str] | None = None) -> Measured:
    """Take the measures of a body.

    Parameters
    ----------
    body : Body
        In space, or seen by one camera; with the errors of its points.
    only : iterable of str, optional
        Ids of the measures to take; by default all.

    Returns
    -------
    Measured
        Measurements in order of time, and what was not judged.

    Notes
    -----
    Intervals: the search for moments and all values are repeated on copies of the body
    that err as its instrument may have erred
    (:func:`repetiteur.kinematics.found_again.repeated_events`). Angles in a picture
    have the tracker's own error, which lasts, instead.

    Examples
    --------
    >>> from repetiteur.model.poses import body_of
    >>> from repetiteur.synthetic import Phrase, dance
    >>> from repetiteur.synthetic.jumps import saute
    >>> from repetiteur.synthetic.steps import first_position
    >>> body = body_of(dance(Phrase.of(first_position(), saute(0.5))))
    >>> jump, = take(body, only=["jump_height_flight"]).measurements
    >>> round(jump.value, 3), jump.unit
    (0.307, 'm')
    """
    wanted = None if only is None else set(only)
    asked = [m for m in taken_measures() if wanted is None or m.id in wanted]
    able, lacking = _able(asked, body)
    movement = movement_of(body)
    found = list(moments_of(movement))
    lacking += _nothing_to_take(able, found)
    if body.space == "2d":
        taken, doubtful = _in_the_picture(able, movement, found)
    else:
        taken, doubtful = _in_space(able, movement)
    taken.sort(key=lambda one: (one.span.start_s, one.span.end_s))
    return Measured(tuple(taken), tuple(_once([*lacking, *doubtful])))


def _once(entries: Sequence[NotJudged]) -> Iterator[NotJudged]:
    """Each measure's reasons, one entry each; a reason keeps all of its spans."""
    spans: dict[tuple[str, str, str], list[Span]] = {}
    for entry in entries:
        key = (entry.measure, entry.reason, entry.how_to_film)
        spans.setdefault(key, []).extend(entry.spans)
    for (measure, reason, film), where in spans.items():
        yield NotJudged(measure, reason, film, tuple(dict.fromkeys(where)))


def _able(
    asked: Sequence[TakenMeasure], body: Body
) -> tuple[list[TakenMeasure], list[NotJudged]]:
    """The measures that this body allows, and why not the others."""
    able: list[TakenMeasure] = []
    lacking: list[NotJudged] = []
    rate = 1.0 / float(np.median(np.diff(body.time))) if body.time.size > 1 else 0.0
    for one in asked:
        why = _why_not(one, body, rate)
        if why is None:
            able.append(one)
        else:
            lacking.append(NotJudged(one.id, *why))
    return able, lacking


def _why_not(one: TakenMeasure, body: Body, rate: float) -> tuple[str, str] | None:
    missing = [need for need in one.needs if not any(map(body.has, need.split("|")))]
    if missing:
        words = ", ".join(need.replace("|", " or ") for need in missing)
        return (
            f"It needs {words}, which this recording does not have.",
            "Use a marker set or a tracker with these points, or map names with --map.",
        )
    if rate < one.least_hz * 0.99:
        return (
            f"It needs {one.least_hz:g} frames a second, and this has {rate:.3g}.",
            f"Record with {one.least_hz:g} frames a second or more.",
        )
    if body.space == "2d" and not one.seen:
        return (
            "One camera does not show it: the depth of a picture is a guess.",
            "Record it with motion capture, or with several calibrated cameras.",
        )
    return None


def _nothing_to_take(
    able: Sequence[TakenMeasure], found: Sequence[Moment]
) -> list[NotJudged]:
    kinds = {moment.kind for moment in found}
    with_moments = {one.id for one in able if one.on in kinds}
    return [
        NotJudged(one.id, f"There is {_NONE[one.on]} in it.", "")
        for one in able
        if one.id not in with_moments
    ]


def _in_space(
    able: Sequence[TakenMeasure], own: Movement
) -> tuple[list[Measurement], list[NotJudged]]:
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
        for key in _keys(able, moment):
            value = key.measure.value(own, moment.event, key.side)
            entry = _judged(key, value, moment, doubt, step_s)
            if isinstance(entry, Measurement):
                taken.append(entry)
            elif entry is not None:
                lacking.append(entry)
    return taken, lacking


def _keys(able: Iterable[TakenMeasure], moment: Moment) -> Iterator[_Key]:
    for one in able:
        if one.on == moment.kind:
            for side in one.sides(moment.event):
                yield _Key(one, side)


def _happening(
    able: Sequence[TakenMeasure], moment: Moment, movement: Movement
) -> Happening:
    keys = list(_keys(able, moment))
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
    key: _Key, value: float | str, moment: Moment, doubt: Doubt, step_s: float
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
        interval = _interval(value, half, key.measure.shape)
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


def _interval(value: float, half: float, shape: Shape) -> tuple[float, float]:
    """The 90 % interval of a value, within what such values can be."""
    if shape == "half circle":
        half = float(folded_half(value, half))
        return max(value - half, 0.0), min(value + half, 180.0)
    return (max(value - half, 0.0) if shape == "ray" else value - half), value + half


_QUIETER = "Record it with less noise: more light, more cameras, firmer markers."


def _unsure(key: _Key, value: float | str, doubt: Doubt) -> str | None:
    """Why the noise of the recording leaves a value open, if it does."""
    if doubt.found < SURE:
        return "The noise of this recording may have made the moment."
    if isinstance(value, str):
        sure = doubt.labels[key.name] >= SURE
    else:
        sure = bool(np.isfinite(doubt.values[key.name].half))
    return None if sure else "The noise of this recording leaves it open."


def _in_the_picture(
    able: Sequence[TakenMeasure], movement: Movement, found: Sequence[Moment]
) -> tuple[list[Measurement], list[NotJudged]]:
    """What one camera shows: times by the moments, angles in the picture's plane."""
    timed = [one for one in able if one.seen == "time"]
    taken, lacking = _in_space(timed, movement)
    curves = {one.id: one for one in measures()}
    readings: dict[tuple[str, Side | None], Reading] = {}
    for moment in found:
        for key in _keys([one for one in able if one.seen != "time"], moment):
            at = (key.measure.seen, key.side)
            if at not in readings:
                try:
                    readings[at] = read(curves[at[0]], movement.body, at[1])
                except MissingKeypoints:
                    continue
            entry = _seen(key, moment, readings[at], movement.body.time)
            if isinstance(entry, Measurement):
                taken.append(entry)
            else:
                lacking.append(entry)
    return taken, lacking


def _seen(
    key: _Key, moment: Moment, reading: Reading, time: Array
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
    if not np.isfinite(value + half):
        reason, film = _UNSEEN[_blind(reading, moment)]
        return NotJudged(key.measure.id, reason, film, (span,))
    return Measurement(
        key.measure.id,
        key.side,
        moment.kind,
        span,
        value,
        key.measure.unit,
        _interval(value, half, key.measure.shape),
        moment.frames,
    )


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
    "": ("The points were not seen.", "Film the whole body, unhidden."),
}


def _blind(reading: Reading, moment: Moment) -> str:
    frames = slice(moment.frames[0], moment.frames[1] + 1)
    return next(
        (why for why, where in reading.blind.items() if where[frames].any()), ""
    )
