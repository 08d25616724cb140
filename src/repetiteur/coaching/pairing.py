"""Events of two performances that are the same one: a turn here, that turn there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from repetiteur.align.alignment import Alignment, Break
from repetiteur.coaching.event_kinds import Kind
from repetiteur.coaching.notes import frames
from repetiteur.coaching.presence import LENGTH_S, PAUSE_FLOOR_S, STEP_FLOOR_S
from repetiteur.coaching.stretches import Event, overlap, shared_s
from repetiteur.coaching.timeline import Timeline
from repetiteur.kinematics.legs import OTHER
from repetiteur.kinematics.movement import Movement, movement_of
from repetiteur.model.findings import Difference, Evidence, Note, Span
from repetiteur.model.skeletons import Side

Array = NDArray[np.float64]

#: A moment further than this from all that is danced together is not known in the other
#: recording, s.
KNOWN_S = 0.3
#: Before an event and after it, within this time, the two are lined up surely, s: in a
#: turn that ends half a turn short, and while the half is made up for, the line-up
#: itself is in doubt, for the two face apart.
ANCHORED_S = 3.0
#: Doubt about timing is no larger than this, s (as for curves).
MOST_DOUBT_S = 0.15


@dataclass(frozen=True)
class Two:
    """Two performances beside one another.

    Attributes
    ----------
    reference, take : Movement
        As recorded.
    line : Timeline
    alignment : Alignment
    others : sequence of Movement
        Of further references, on the take's side and on the reference's time.
    """

    reference: Movement
    take: Movement
    line: Timeline
    alignment: Alignment
    others: Sequence[Movement] = ()

    def side(self, side: Side | None) -> Side | None:
        """A side of the take on the body of the reference, or the other way round."""
        if side is None or self.alignment.side == "same":
            return side
        return OTHER[side]

    def in_take(self, seconds: float) -> float:
        """A moment of the reference in the take; NaN where that is not known."""
        return _at(seconds, *self._to_take)

    def in_reference(self, seconds: float) -> float:
        """A moment of the take in the reference; NaN where that is not known."""
        return _at(seconds, *self._to_reference)

    @cached_property
    def paced(self) -> tuple[Movement, ...]:
        """All references, as they would be danced in the take's tempo."""
        return tuple(
            movement_of(
                replace(one.body, time=one.body.time * self.alignment.tempo_ratio)
            )
            for one in (self.reference, *self.others)
        )

    @cached_property
    def _to_take(self) -> tuple[Array, Array]:
        """Moments of the reference that are danced together, and those of the take."""
        path = self.alignment
        danced = path.state == "danced"
        return _once(path.reference_s[danced], path.take_s[danced])

    @cached_property
    def _to_reference(self) -> tuple[Array, Array]:
        return _once(*self._to_take[::-1])

    def anchored(self, reference: Span, take: Span) -> bool:
        """Whether the two dance a stretch together, and are lined up on both sides."""
        sure = self.line.reference_s[np.isfinite(self.line.take_s)]
        before = sure[sure <= reference.start_s + KNOWN_S]
        after = sure[sure >= reference.end_s - KNOWN_S]
        return (
            before.size > 0
            and after.size > 0
            and bool(reference.start_s - before[-1] <= ANCHORED_S)
            and bool(after[0] - reference.end_s <= ANCHORED_S)
            and all(_spares(one, reference, take) for one in self.alignment.breaks)
        )

    def doubt_s(self, seconds: float) -> float:
        """Standard deviation of the take's time for a moment of the reference."""
        near = int(np.argmin(np.abs(self.line.reference_s - seconds)))
        return float(np.fmin(self.line.late_sd_s[near], MOST_DOUBT_S))


@dataclass(frozen=True)
class Both:
    """One event of the reference and of the take, over the same moments of both.

    ``met`` says whether the take has one of its own there.
    """

    kind: Kind
    side: Side | None
    reference: Span
    take: Span
    met: bool


def in_both(kind: Kind, two: Two) -> Iterator[Both]:
    """Events of one kind that both have, those that lie over one another as one.

    Parameters
    ----------
    kind : Kind
    two : Two

    Yields
    ------
    Both
        With the take's own sides. Where the two are not lined up there is none.
    """
    mapped = (
        Event(two.in_take(e.start_s), two.in_take(e.end_s), two.side(e.side))
        for e in kind.events(two.reference)
    )
    own = [e for e in mapped if np.isfinite([e.start_s, e.end_s]).all()]
    theirs = kind.events(two.take)
    for group in _groups([(e, True) for e in own] + [(e, False) for e in theirs]):
        whose = {of for _, of in group}
        if len(whose) == 2 or (True in whose and np.isfinite(kind.least)):
            both = _both(kind, [event for event, _ in group], two, met=False in whose)
            if both is not None:
                yield both


def _groups(found: Sequence[tuple[Event, bool]]) -> list[list[tuple[Event, bool]]]:
    """Events of the two that overlap, directly or through one another."""
    done: list[list[tuple[Event, bool]]] = []
    going_on: list[list[tuple[Event, bool]]] = []
    for one in sorted(found, key=lambda each: each[0].start_s):
        merged, apart = [one], []
        for group in going_on:
            if max(event.end_s for event, _ in group) <= one[0].start_s:
                done.append(group)
            elif any(_same(event, one[0]) for event, _ in group):
                merged += group
            else:
                apart.append(group)
        going_on = [*apart, merged]
    return done + going_on


def _same(one: Event, other: Event) -> bool:
    return one.side == other.side and overlap(one, other)


def _both(kind: Kind, group: Sequence[Event], two: Two, *, met: bool) -> Both | None:
    """What a group spans in both; None where they are not lined up there."""
    times = np.array([(event.start_s, event.end_s) for event in group])
    take = Span(float(times[:, 0].min()), float(times[:, 1].max()))
    around = kind.around_s
    reference = Span(
        two.in_reference(take.start_s) - around, two.in_reference(take.end_s) + around
    )
    take = Span(two.in_take(reference.start_s), two.in_take(reference.end_s))
    ends = reference.start_s, reference.end_s, take.start_s, take.end_s
    if not np.isfinite(ends).all() or not two.anchored(reference, take):
        return None
    return Both(kind, group[0].side, reference, take, met)


def _spares(one: Break, reference: Span, take: Span) -> bool:
    """Whether a break has no part in a stretch, or is short and inside of it.

    Where a balance is cut short, the rest of it is what the take leaves out.
    """
    pairs = (Span(*one.reference_s), reference), (Span(*one.take_s), take)
    if all(shared_s(*pair) < 0.0 for pair in pairs):
        return True
    # What is longer is a note itself: a step left out, or a pause.
    floor = PAUSE_FLOOR_S if one.state == "extra" else STEP_FLOOR_S
    return one.state != "repeated" and all(
        whole.start_s < inner.start_s
        and inner.end_s < whole.end_s
        and inner.end_s - inner.start_s < floor + LENGTH_S
        for inner, whole in pairs
    )


def _once(times: Array, others: Array) -> tuple[Array, Array]:
    """A path whose times increase."""
    kept, first = np.unique(times, return_index=True)
    return kept, others[first]


def _at(seconds: float, times: Array, others: Array) -> float:
    after = int(np.searchsorted(times, seconds))
    near = times[max(after - 1, 0) : after + 1]
    if not near.size or np.abs(near - seconds).min() > KNOWN_S:
        return float("nan")
    return float(np.interp(seconds, times, others))


def plain_note(both: Both, two: Two, difference: Difference) -> Note:
    """A note on an event, without its values and words.

    A jump shows best in its middle; where a turn or a balance ends, what is missing.
    """
    share = 0.5 if both.kind.name == "flight" else 1.0
    take, reference = both.take, both.reference
    times = two.take.body.time, two.reference.body.time
    return Note(
        measure=both.kind.measure,
        side=both.side,
        kind="more" if difference.value > 0.0 else "less",
        priority=both.kind.priority,
        take=take,
        reference=reference,
        at_take_s=_within(take, share),
        at_reference_s=_within(reference, share),
        difference=difference,
        reference_value=float("nan"),
        take_value=float("nan"),
        text="",
        reason="",
        place="",
        evidence=Evidence(frames(take, times[0]), frames(reference, times[1])),
    )


def _within(span: Span, share: float) -> float:
    return span.start_s + share * (span.end_s - span.start_s)
