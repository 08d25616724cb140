"""Differences of what is danced as a whole: turns, jumps, balances.

Curves say how a body stands at each moment; that a pirouette ends half a turn short, a
jump is lower, or a balance shorter, no moment of theirs says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from repetiteur.coaching.event_kinds import TURNS, Kind, kinds
from repetiteur.coaching.jumps import falls, flight_in, jumps
from repetiteur.coaching.landings import landings
from repetiteur.coaching.pairing import Both, Two, in_both, plain_note
from repetiteur.coaching.references import from_one_side
from repetiteur.coaching.wording import Wording
from repetiteur.kinematics.movement import Movement
from repetiteur.model.findings import Difference, Note, NotJudged, Span
from repetiteur.technique.curve import Z90
from repetiteur.technique.measure import measures
from repetiteur.technique.take import why_not

#: A turn that begins within this of the end of another may make up for it, s.
MADE_UP_S = 2.5


def events(two: Two, wording: Wording) -> tuple[Note, ...]:
    """A note for each turn, jump and balance that differs beyond its floor.

    Parameters
    ----------
    two : Two
    wording : Wording

    Returns
    -------
    tuple of Note
        Measures ``turn_count``, ``jump_height_com`` (``jump_height_flight`` where no
        centre of mass is known) and ``balance_time``, in the order of the take for
        each, and what is unsafe in landings (:mod:`.landings`). Sides are the take's
        own: the way a turn goes, the foot that stands.

    Notes
    -----
    Events of one kind, and of one leg or direction, are the same where they share a
    third of the shorter one's time. An event of the one alone is no difference of
    events: what is left out is told by ``step_presence``.
    """
    found: list[Note] = []
    for kind in _told_by(two):
        pairs = [both for both in in_both(kind, two) if _alike(both, two)]
        notes = (_note(both, two) for both in pairs)
        said = [one for one in notes if one and one.difference.beyond_floor]
        said.sort(key=lambda note: note.take.start_s)
        found += _of_themselves(said)
        if kind.name == "flight":
            found += [note for both in pairs for note in landings(both, two)]
    return tuple(wording.worded(note) for note in found)


def measured(two: Two) -> Iterator[Note]:
    """The difference of each turn, jump and balance of both, be it a note or not.

    Parameters
    ----------
    two : Two

    Yields
    ------
    Note
        Without words; ``difference.beyond_floor`` says whether it is one.
    """
    for kind in _told_by(two):
        pairs = (both for both in in_both(kind, two) if _alike(both, two))
        yield from filter(None, (_note(both, two) for both in pairs))


def unjudged(two: Two, wording: Wording) -> Iterator[NotJudged]:
    """Kinds of events that both have and that the recordings do not tell enough of.

    Parameters
    ----------
    two : Two
    wording : Wording

    Yields
    ------
    NotJudged
        With the spans of the events, in the reference's seconds.
    """
    for kind in kinds(two.reference, two.take, *two.others):
        why = _why_not(kind, two)
        if why is None and not _shown(kind, two):
            why = wording.not_judged("contacts")
        elif why is None and two.others and kind.timed:
            why = wording.not_judged("several")
        spans = () if why is None else tuple(b.reference for b in in_both(kind, two))
        if why is not None and spans:
            yield NotJudged(kind.measure, *why, spans)


def _told_by(two: Two) -> list[Kind]:
    """The kinds of events that both recordings tell enough of."""
    found = kinds(two.reference, two.take, *two.others)
    return [k for k in found if _shown(k, two) and _why_not(k, two) is None]


def _shown(kind: Kind, two: Two) -> bool:
    """Whether a kind is told by what the two are: in space, or a picture that shows it.

    In a picture a foot seems to leave the floor late. Of 20 balances before one camera,
    held for one to five seconds, 17 differences were right to within 0.11 s; of jumps,
    which last a third of a second, some were not found and one was that was not there.
    """
    in_space = two.reference.body.space == two.take.body.space == "3d"
    return in_space or (kind.in_picture and from_one_side(two.line))


def _why_not(kind: Kind, two: Two) -> tuple[str, str] | None:
    """Why one of the two recordings does not tell a kind of events; what helps."""
    names = kind.measure, kind.name
    measure = next(one for one in measures() if (one.id, one.on) == names)
    whys = (why_not(measure, m.body, m.rate) for m in (two.reference, two.take))
    return next((why for why in whys if why is not None), None)


def _of_themselves(said: Sequence[Note]) -> list[Note]:
    """Notes without the turns that make up for the one before.

    A turn that makes up for another settles it: the next one is judged by itself.
    """
    found: list[Note] = []
    owed: Note | None = None
    for note in said:
        if owed is not None and _makes_up(note, owed):
            owed = None
        else:
            found.append(note)
            owed = note
    return found


def _makes_up(note: Note, last: Note) -> bool:
    """Whether a turn makes up for the one before: that one is what went wrong.

    Who ends half a turn short faces the other way, and turns so much further, or less
    far back, in what follows.
    """
    if note.measure != TURNS.measure:
        return False
    ways = [n.difference.value * (1 if n.side == "left" else -1) for n in (last, note)]
    soon = note.take.start_s - last.take.end_s <= MADE_UP_S
    return soon and ways[0] * ways[1] < 0.0


def _note(both: Both, two: Two) -> Note | None:
    """The difference as a note, however small; None where it cannot be told."""
    kind = both.kind
    if two.others and kind.timed:
        return None
    value = kind.value(two.take, both.take, both.side)
    meant = _meant(both, two)
    danced = both.met or value >= kind.least
    if not (danced and np.isfinite([value, *meant]).all()):
        return None
    low, high = min(meant), max(meant)
    if high < kind.worth:
        return None
    nearest = float(np.clip(value, low, high))
    half = Z90 * _sd(both, two, value, nearest)
    apart = value - nearest
    difference = Difference(apart, kind.unit, (apart - half, apart + half), kind.floor)
    return replace(
        plain_note(both, two, difference),
        reference_value=nearest,
        take_value=value,
        spread=(low, high) if two.others else None,
    )


def _meant(both: Both, two: Two) -> list[float]:
    """What references have, for the take's dancer and in the take's tempo."""
    kind = both.kind
    movements, span = _references(both, two)
    sides = [two.side(both.side), *(both.side for _ in two.others)]
    values = [
        kind.value(movement, span, side) * share
        for movement, side in zip(movements, sides, strict=True)
        for share in kind.meant(movement, two.take, two.alignment.tempo_ratio)
    ]
    return [values[0], *(v for v in values[1:] if np.isfinite(v))]


def _references(both: Both, two: Two) -> tuple[tuple[Movement, ...], Span]:
    """All references as a kind measures them, and the event's span in them."""
    span, tempo = both.reference, two.alignment.tempo_ratio
    if both.kind.paced:
        return two.paced, Span(span.start_s * tempo, span.end_s * tempo)
    return (two.reference, *two.others), span


def _sd(both: Both, two: Two, value: float, nearest: float) -> float:
    """What the instruments, and the doubt about timing, add to a difference."""
    kind = both.kind
    (reference, *_), span = _references(both, two)
    sd = np.hypot(
        kind.sd(two.take, value, both.take, both.side),
        kind.sd(reference, nearest, span, two.side(both.side)),
    )
    if not kind.around_s:
        return float(sd)
    # What is danced while the ends of the span are in doubt.
    slips = []
    for end, other in (
        (both.take.start_s, both.reference.start_s),
        (both.take.end_s, both.reference.end_s),
    ):
        by = two.doubt_s(other)
        around = Span(end - by, end + by)
        slips.append(0.5 * kind.value(two.take, around, both.side))
    return float(np.sqrt(sd**2 + np.nansum(np.square(slips))))


def _alike(both: Both, two: Two) -> bool:
    """Whether both are jumps: bodies that fall, or a slower or smaller copy of one."""
    if both.kind.name != "flight":
        return True
    flights = flight_in(two.reference, both.reference), flight_in(two.take, both.take)
    if flights[0] is None or flights[1] is None or not jumps(flights[0]):
        return False
    legs = [m.contacts.leg_length for m in (two.take, two.reference)]
    return falls(flights[1], legs[0] / legs[1] / two.alignment.tempo_ratio**2)
