"""What a note is worth beside the faults that were planted: true, false, or neither.

A note says one or more stretches (its own and ``also``). Each is held against every
planted fault by the table of ``fault_names``, and is

``true``     it names the fault: measure, direction, side and time
``side``     it names the fault but for the side: the fault is found, the note false
``follows``  it names what truly follows from the fault: neither
``second``   it names a fault that an earlier note named: false
``false``    all else

A note is as good as its worst stretch, the order being false, second, side, true,
follows. Times fit where a stretch and the fault (while it has half its size or more)
share a third of the shorter and a fifth of the longer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from fault_names import TABLE, Names
from planting_time import window

Times = tuple[float, float]
#: Shares of the shorter and of the longer that have to be shared.
OF_SHORTER, OF_LONGER = 1.0 / 3.0, 1.0 / 5.0
#: What has no length, as the moment in a take at which a bar is left out, is given so
#: much to both sides, s.
INSTANT_S = 0.25
WORST = ("false", "second", "side", "true", "follows")
BEST = ("true", "side", "follows", "false")
#: Said of these by the reference's time: the take has no time of it.
IN_REFERENCE = ("bar_left_out",)


@dataclass(frozen=True)
class Planted:
    """A fault as the take has it.

    Attributes
    ----------
    kind : str
    side : str or None
        In the take as recorded.
    size : float
        In the unit of the note that names it, without the sign of the side.
    reference, take : (float, float)
        Seconds, while it has half its size or more.
    after : (float, float)
        Seconds of the take in which something may follow from it.
    floor : float
        Declared for its measure, in the same unit.
    shown : bool
        Whether the view shows it.
    course : callable, optional
        Its size at a moment of the reference.
    besides : mapping of str to float
        What truly follows from it as it was recorded, besides what always does.
    """

    kind: str
    side: str | None
    size: float
    reference: Times
    take: Times
    after: Times
    floor: float = 0.0
    shown: bool = True
    course: Callable[[float], float] | None = None
    besides: Mapping[str, float] = field(default_factory=dict)

    @property
    def names(self) -> Names:
        """By what it may be named."""
        return TABLE[self.kind]

    def at(self, reference_s: float) -> float:
        """Its size at a moment of the reference."""
        return self.size if self.course is None else self.course(reference_s)

    @property
    def counts(self) -> bool:
        """Whether it is asked for: 1.5 floors or more, and shown."""
        return self.shown and abs(self.size) >= 1.5 * self.floor


@dataclass(frozen=True)
class Said:
    """A note, as far as it can be true or false.

    ``spans`` are seconds of the take, its own first, then ``also``; ``reference`` is
    its own in the reference.
    """

    measure: str
    side: str | None
    value: float
    unit: str
    interval: Times
    floor: float
    spans: tuple[Times, ...]
    reference: Times
    at_reference_s: float
    text: str = ""


@dataclass(frozen=True)
class Verdict:
    """What a note is worth: in a word, and of which fault.

    ``stretches`` are the words of its stretches and ``faults`` what they are about,
    ``true_size`` what the note should have said (NaN = it has no size to be right
    about). ``fault`` is that of the best stretch.
    """

    word: str
    fault: int | None
    stretches: tuple[str, ...]
    faults: tuple[int | None, ...]
    true_size: float = float("nan")

    @property
    def named(self) -> set[int]:
        """The faults that it names."""
        both = zip(self.stretches, self.faults, strict=True)
        return {k for word, k in both if word == "true" and k is not None}


def fits(one: Times, two: Times) -> bool:
    """Whether two stretches of time are of the same thing."""
    one, two = _lasting(one), _lasting(two)
    shared = min(one[1], two[1]) - max(one[0], two[0])
    short, long = sorted((one[1] - one[0], two[1] - two[0]))
    return shared >= OF_SHORTER * short and shared >= OF_LONGER * long


def _lasting(span: Times) -> Times:
    if span[1] - span[0] >= 2.0 * INSTANT_S:
        return span
    middle = 0.5 * (span[0] + span[1])
    return middle - INSTANT_S, middle + INSTANT_S


def touches(one: Times, two: Times) -> bool:
    """Whether they share any time."""
    return min(one[1], two[1]) >= max(one[0], two[0])


def judge(note: Said, planted: Sequence[Planted]) -> Verdict:
    """One note by itself, without regard to others.

    Parameters
    ----------
    note : Said
    planted : sequence of Planted

    Returns
    -------
    Verdict
    """
    each = [_stretch(note, k, planted) for k in range(len(note.spans))]
    words, faults = (tuple(found) for found in zip(*each, strict=True))
    best = min(each, key=lambda one: BEST.index(one[0]))
    size = float("nan")
    if each[0][0] == "true" and each[0][1] is not None:
        one = planted[each[0][1]]
        if note.measure not in one.names.unsized:
            size = _signed(one) * one.at(note.at_reference_s)
    return Verdict(min(words, key=WORST.index), best[1], words, faults, size)


def _stretch(note: Said, k: int, planted: Sequence[Planted]) -> tuple[str, int | None]:
    best: tuple[str, int | None] = ("false", None)
    for index, one in enumerate(planted):
        word = _word(note, k, one)
        if BEST.index(word) < BEST.index(best[0]):
            best = word, index
    return best


def _word(note: Said, k: int, one: Planted) -> str:
    names, sign = one.names, float(np.sign(note.value))
    span, where = note.spans[k], one.take
    if one.kind in IN_REFERENCE:
        span, where = note.reference, one.reference
    if note.measure in names.names and fits(span, where):
        right = names.names[note.measure] * _signed(one)
        if names.by_sign:
            return "true" if sign == right else "side"
        if sign == right:
            sided = one.side is None or note.side in (None, one.side)
            return "true" if sided else "side"
    follows = {**names.follows, **one.besides}
    if note.measure in follows and touches(note.spans[k], one.after):
        wanted = follows[note.measure]
        same = one.side is None or note.side in (None, one.side)
        if same and wanted in (0.0, sign):
            return "follows"
    return "false"


def _signed(one: Planted) -> float:
    """What the sign of the measure is multiplied by for the side."""
    return -1.0 if one.names.by_sign and one.side == "right" else 1.0


def verdicts(notes: Sequence[Said], planted: Sequence[Planted]) -> list[Verdict]:
    """All notes of a pair; of several true ones on a fault the first names it.

    First come those by the planted measure itself, then in the order of the notes. Of
    a fault on both sides, a note on each names it: the second follows.
    """
    alone = [judge(note, planted) for note in notes]
    order = sorted(
        (k for k, one in enumerate(alone) if one.named),
        key=lambda k: (np.isnan(alone[k].true_size), k),
    )
    first: dict[int, int] = {}
    for k in order:
        again = [fault for fault in alone[k].named if fault in first]
        for fault in alone[k].named:
            first.setdefault(fault, k)
        if len(again) < len(alone[k].named):
            continue
        word = "second"
        if all(
            planted[f].side is None and _differ(notes[first[f]], notes[k])
            for f in again
        ):
            word = "follows"
        if alone[k].word != "false":
            alone[k] = replace(alone[k], word=word, true_size=float("nan"))
    return alone


def _differ(one: Said, other: Said) -> bool:
    """Whether two notes are of different sides."""
    return None not in (one.side, other.side) and one.side != other.side


def found(planted: Sequence[Planted], given: Sequence[Verdict]) -> list[str]:
    """How each fault was found: ``true``, ``side`` or ``""``."""
    words = []
    for index in range(len(planted)):
        mine = {
            word
            for one in given
            for word, fault in zip(one.stretches, one.faults, strict=True)
            if fault == index
        }
        words.append(next((w for w in ("true", "side") if w in mine), ""))
    return words


def window_of(size: float, span: Times, ramp_s: float) -> Callable[[float], float]:
    """A size that comes and goes over ramps, as the planter has it."""

    def at(reference_s: float) -> float:
        there = np.array([reference_s])
        if ramp_s <= 0.0:
            return size
        return size * float(window(there, *span, ramp_s)[0])

    return at
