"""From moments to a few notes: causes before symptoms, repeats as one, ranked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repetiteur.coaching.moments import Moment
from repetiteur.coaching.timeline import Timeline
from repetiteur.coaching.wording import Wording
from repetiteur.model.findings import (
    PRIORITIES,
    Evidence,
    Kind,
    Note,
    Priority,
    Span,
)
from repetiteur.model.skeletons import Side

Array = NDArray[np.float64]

#: What a lean carries with it: measures of the same time that follow from another.
FOLLOWS: dict[str, frozenset[str]] = {
    "aplomb.pitch": frozenset(
        {"head_pitch", "arm_shape.elevation", "arm_shape.elbow_elevation"}
    ),
    "aplomb.side": frozenset({"arm_shape.elevation", "arm_shape.elbow_elevation"}),
    "pelvis_obliquity": frozenset({"aplomb.side", "leg_elevation"}),
}
#: Events that carry lateness with them: who leaves a balance sooner is early after it,
#: who jumps lower is off the floor late and back on it early, who turns less far turns
#: more slowly. That it comes from there
#: is told by its beginning, no later than this after the event, s, and by its size, no
#: more than so many times what the event lost.
CARRY_TIME = ("balance_time", "turn_count", "jump_height_com", "jump_height_flight")
CARRIED_S, CARRIED_TIMES = 0.6, 1.5
#: What is said of a part where the whole limb differs by nearly as much (this share of
#: it): the upper arm of an arm that is carried lower.
WHOLE: dict[str, str] = {"arm_shape.elbow_elevation": "arm_shape.elevation"}
NEARLY = 0.75
#: A knee straighter than this in the reference, deg, is meant to be straight.
STRAIGHT = 25.0
#: Among differences of one limb, one this much larger in floors and longer together
#: is the cause.
CLEARLY = 1.1


@dataclass(frozen=True)
class Said:
    """A moment with the moments that follow from it."""

    moment: Moment
    symptoms: tuple[str, ...] = ()


def causes(moments: Sequence[Moment]) -> list[Said]:
    """Join moments of one limb at one time, and what follows from a lean.

    Parameters
    ----------
    moments : sequence of Moment
        In the order of the registry: of two equal ones the first is the cause.

    Returns
    -------
    list of Said
    """
    carried = [m for m in moments if any(_carries(by, m) for by in moments)]
    said = []
    for group in _clusters([m for m in moments if m not in carried]):
        most = max(m.extent for m in group)
        cause = _whole(next(m for m in group if m.extent * CLEARLY >= most), group)
        symptoms = {m.measure for m in group} | {
            m.measure for m in carried if _carries(cause, m)
        }
        said.append(Said(cause, tuple(sorted(symptoms - {cause.measure}))))
    return said


def _whole(cause: Moment, group: Sequence[Moment]) -> Moment:
    """The moment of the whole limb where that differs by nearly as much."""
    least = NEARLY * cause.difference.value
    for m in group:
        share = m.difference.value / least
        if m.measure == WHOLE.get(cause.measure) and share >= 1.0 and m.overlaps(cause):
            return m
    return cause


def _carries(lean: Moment, moment: Moment) -> bool:
    follows = moment.measure in FOLLOWS.get(lean.measure, ())
    size = abs(moment.difference.value) < 1.5 * abs(lean.difference.value)
    return follows and size and lean.overlaps(moment)


def _clusters(moments: Sequence[Moment]) -> list[list[Moment]]:
    """Moments of one limb that overlap, directly or through one another."""
    clusters: list[list[Moment]] = []
    for moment in moments:
        mine = [
            c
            for c in clusters
            if any(
                (m.limb, m.side) == (moment.limb, moment.side) and m.touches(moment)
                for m in c
            )
        ]
        merged = [*(m for c in mine for m in c), moment]
        clusters = [c for c in clusters if c not in mine] + [merged]
    return clusters


def unexplained(
    found: Iterable[Moment], events: Iterable[Note], line: Timeline
) -> list[Moment]:
    """Moments without what comes of another thing that is said.

    Lateness from an event that is a note itself, and the ankle of a foot that stands:
    where the knee over it bends, it gives way.

    Parameters
    ----------
    found : iterable of Moment
    events : iterable of Note
        As :func:`repetiteur.coaching.events.events` has them.
    line : Timeline

    Returns
    -------
    list of Moment
    """
    timed = [note for note in events if note.measure in CARRY_TIME]
    all_of_it = list(found)
    return [
        m
        for m in all_of_it
        if not any(_from_event(m, e, line) for e in timed)
        and not any(_from_bend(m, knee, line) for knee in all_of_it)
    ]


def _from_bend(moment: Moment, knee: Moment, line: Timeline) -> bool:
    pair = (moment.measure, knee.measure) == ("ankle_plantarflexion", "knee_flexion")
    if not (pair and moment.side == knee.side and moment.overlaps(knee)):
        return False
    leg = 1 if moment.side == "left" else -1
    during = line.support[moment.first : moment.last + 1]
    stands = np.mean((during == leg) | (during == 0)) > 0.5
    return bool(stands) and moment.difference.value * knee.difference.value < 0.0


def _from_event(moment: Moment, event: Note, line: Timeline) -> bool:
    begins, ends = line.reference_s[[moment.first, moment.last]]
    span = event.reference
    within = span.start_s - CARRIED_S <= begins <= span.end_s + CARRIED_S
    if moment.measure != "timing_path" or not within:
        return False
    late, lost = moment.difference.value, event.difference.value
    if event.measure == "balance_time":
        return late * lost > 0.0 and abs(late) <= CARRIED_TIMES * abs(lost)
    return bool(ends <= span.end_s + CARRIED_S)


def name_of(moment: Moment, line: Timeline) -> str:
    """Measure id of a moment, a straight knee named for what its leg does."""
    if moment.measure != "knee_flexion" or moment.reference_value > STRAIGHT:
        return moment.measure
    leg = 1 if moment.side == "left" else -1
    during = line.support[moment.first : moment.last + 1]
    stands = np.mean(during == leg) >= np.mean(during == -leg)
    return "knee_extension_support" if stands else "knee_extension_working"


def notes(
    said: Iterable[Said],
    line: Timeline,
    priorities: dict[str, Priority],
    wording: Wording,
    times: tuple[Array, Array],
) -> tuple[Note, ...]:
    """Notes on differences, those of one measure, side and kind as one.

    Parameters
    ----------
    said : iterable of Said
    line : Timeline
    priorities : dict
        Measure id -> priority.
    wording : Wording
    times : (reference, take)
        Times of the recordings' frames in seconds, for the evidence.

    Returns
    -------
    tuple of Note
    """
    groups: dict[tuple[str, Side | None, Kind], list[Said]] = {}
    for one in said:
        measure = name_of(one.moment, line)
        key = (measure, one.moment.side, _kind(one.moment))
        groups.setdefault(key, []).append(one)
    return tuple(
        _note(key, group, line, priorities[key[0]], wording, times)
        for key, group in groups.items()
    )


def ranked(found: Iterable[Note]) -> tuple[Note, ...]:
    """Notes, the most important first: by priority, then by size in floors."""
    return tuple(
        sorted(
            found,
            key=lambda note: (
                PRIORITIES.index(note.priority),
                -abs(note.difference.value)
                / note.difference.floor
                * (1 + len(note.also)),
            ),
        )
    )


def _kind(moment: Moment) -> Kind:
    more = moment.difference.value > 0
    if moment.measure == "timing_path":
        return "late" if more else "early"
    return "more" if more else "less"


def _note(
    key: tuple[str, Side | None, Kind],
    group: list[Said],
    line: Timeline,
    priority: Priority,
    wording: Wording,
    times: tuple[Array, Array],
) -> Note:
    measure, side, kind = key
    main = max(group, key=lambda s: s.moment.weight)
    moment = main.moment
    take = _span(line.take_s[moment.first : moment.last + 1])
    reference = _span(line.reference_s[moment.first : moment.last + 1])
    note = Note(
        measure=measure,
        side=side,
        kind=kind,
        priority=priority,
        take=take,
        reference=reference,
        at_take_s=float(line.take_s[moment.peak]),
        at_reference_s=float(line.reference_s[moment.peak]),
        difference=moment.difference,
        reference_value=moment.reference_value,
        take_value=moment.take_value,
        text="",
        reason="",
        place="",
        evidence=Evidence(
            frames(take, times[1]),
            frames(reference, times[0]),
        ),
        also=tuple(
            _span(line.take_s[s.moment.first : s.moment.last + 1])
            for s in group
            if s is not main
        ),
        symptoms=main.symptoms,
        spread=moment.spread,
    )
    return wording.worded(note)


def _span(times: Array) -> Span:
    seen = times[np.isfinite(times)]
    return Span(float(seen[0]), float(seen[-1]))


def frames(span: Span, time: Array) -> tuple[int, int]:
    """The frames nearest to the beginning and the end of a span."""
    first, last = (int(np.argmin(np.abs(time - s))) for s in (span.start_s, span.end_s))
    return first, last
