"""Events found again: how sure a turn, a flight or a balance is.

The search for events is repeated on copies of the body that err as the instrument may
have erred, and whose frames fall at other moments.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels.few_copies import half_and_reach, middle
from repetiteur.kernels.resampling import Part, agreement
from repetiteur.kinematics.calming import calmed
from repetiteur.kinematics.doubts import copies_of
from repetiteur.kinematics.estimates import Estimate
from repetiteur.model.body import Body

Array = NDArray[np.float64]

#: Copies of a body in which its events are looked for again: enough for Student's t to
#: be no more than an eighth wider than the normal law.
COPIES = 10
#: So much of what copies of a time differ from the calmed body by comes of calming, and
#: is no error of the recording. Expert default, from takes of known truth.
OF_CALMING = 0.5
#: An event of a copy is the same as one of the body when the two do not lie further
#: apart than this, s: a contact may come two frames earlier at 30 Hz.
NEAR_S = 0.07


#: ``progress(done, total)``.
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Happening:
    """Something that was found in a body, as its doubts need it.

    Attributes
    ----------
    kind : str
        ``turn``, ``flight``: events of one kind can be the same.
    start_s, end_s : float
    values : mapping of str to float
        Numbers of it, each in its own unit.
    labels : mapping of str to str
        Names of it: the sense of a turn, the leg that stands.
    periods : mapping of str to float
        Of those numbers that wrap, such as 360 for a heading.
    timed : set of str
        Those numbers that hang on when a foot lands or leaves. Calming rounds that
        corner, so that they are longer in the calmed body (:data:`OF_CALMING`).
    """

    kind: str
    start_s: float
    end_s: float
    values: Mapping[str, float] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    periods: Mapping[str, float] = field(default_factory=dict)
    timed: Set[str] = frozenset()


@dataclass(frozen=True)
class Doubt:
    """How sure something that was found is.

    Attributes
    ----------
    found : float
        Share of the copies in which it happens too, 0 to 1.
    start, end : Estimate
        Seconds.
    values : mapping of str to Estimate
    labels : mapping of str to float
        Share of the copies in which it happens that say the same.
    again : tuple of int
        Which event of each copy it is, by its number there; -1 where there is none.
    """

    found: float
    start: Estimate
    end: Estimate
    values: Mapping[str, Estimate]
    labels: Mapping[str, float]
    again: tuple[int, ...]


def repeated_events(
    events: Callable[[Body], Sequence[Happening]],
    body: Body,
    *,
    count: int = COPIES,
    seed: int = 0,
    progress: Progress | None = None,
) -> tuple[Doubt, ...]:
    """How sure each event of a body is, its times and numbers.

    Parameters
    ----------
    events : callable
        ``events(body)``: all that happens in it.
    body : Body
    count, seed : int
    progress : callable, optional
        ``progress(done, count)``, called after each copy.

    Returns
    -------
    tuple of Doubt
        One for each event of the body itself, in its order.
    """
    own, calm = tuple(events(body)), calmed(body)
    others = shifted_copies(body, calm, count=count, seed=seed)
    again = (events(other) for other in others)
    return doubts(own, tuple(events(calm)), again, count, progress)


def shifted_copies(
    body: Body,
    calm: Body,
    parts: Sequence[Part] | None = None,
    *,
    count: int = COPIES,
    seed: int = 0,
) -> Iterable[Body]:
    """Copies of a body that err, and whose frames fall at other moments.

    Each errs as the instrument may have erred, and its frames fall later by a share of
    one step, evenly spread over the copies, so that what hangs on where the frames fell
    shows too.
    """
    shares = (np.arange(count) + 0.5) / count
    shares = np.random.default_rng([seed, count]).permutation(shares)
    return copies_of(
        body, count=count, seed=seed, calm=calm, parts=parts, shares=shares
    )


def doubts(
    own: Sequence[Happening],
    calm: Sequence[Happening],
    copies: Iterable[Sequence[Happening]],
    count: int,
    progress: Progress | None = None,
) -> tuple[Doubt, ...]:
    """How sure each event is, by how the copies differ from the calmed body.

    Parameters
    ----------
    own, calm : sequence of Happening
        Of the body as it was recorded, and calmed
        (:func:`repetiteur.kinematics.doubts.calmed`).
    copies : iterable of sequence of Happening
        Of each copy.
    count : int
        How many copies there are.
    progress : callable, optional
        ``progress(done, count)``, called after each copy.

    Returns
    -------
    tuple of Doubt
        One for each event of ``own``, in its order.

    Notes
    -----
    In a copy, the event of the same kind that overlaps most is taken for the same.
    Intervals are those of :func:`repetiteur.kernels.few_copies.half_and_reach`.
    """
    there = same_events(own, calm)
    steady = [calm[k] if k >= 0 else one for one, k in zip(own, there, strict=True)]
    drawn: list[list[Happening | None]] = [[] for _ in own]
    again: list[list[int]] = [[] for _ in own]
    for done, events in enumerate(copies, start=1):
        for k, at in enumerate(same_events(own, events)):
            drawn[k].append(events[at] if at >= 0 else None)
            again[k].append(at)
        if progress is not None:
            progress(done, count)
    numbers = _numbers(own, steady, drawn, count)
    return tuple(
        _doubt(one, row, others, tuple(at), count)
        for one, row, others, at in zip(own, numbers, drawn, again, strict=True)
    )


def same_events(
    events: Sequence[Happening], others: Sequence[Happening]
) -> tuple[int, ...]:
    """Which of the others each event is, by its number there; -1 for none of them."""
    lists: dict[str, list[int]] = defaultdict(list)
    for k, other in enumerate(others):
        lists[other.kind].append(k)
    known = {kind: _Ordered.of(others, at) for kind, at in lists.items()}
    return tuple(
        known[one.kind].like(one) if one.kind in known else -1 for one in events
    )


class _Ordered(NamedTuple):
    """Events of one kind in order of their starts."""

    numbers: list[int]
    starts: list[float]
    ends: list[float]
    #: The latest end up to each of them, by which one looks for those that overlap.
    reached: list[float]

    @classmethod
    def of(cls, events: Sequence[Happening], numbers: Sequence[int]) -> _Ordered:
        order = sorted(numbers, key=lambda k: events[k].start_s)
        starts = [events[k].start_s for k in order]
        ends = [events[k].end_s for k in order]
        reached = np.maximum.accumulate(ends).tolist()
        return cls(order, starts, ends, reached)

    def like(self, one: Happening) -> int:
        """The one that overlaps most; -1 if all are further away than NEAR_S."""
        best, most = -1, -NEAR_S
        first = bisect_left(self.reached, one.start_s - NEAR_S)
        last = bisect_left(self.starts, one.end_s + NEAR_S)
        for k in range(first, last):
            shared = min(one.end_s, self.ends[k]) - max(one.start_s, self.starts[k])
            if shared > most:
                best, most = self.numbers[k], shared
        return best


def _numbers(
    own: Sequence[Happening],
    calm: Sequence[Happening],
    drawn: Sequence[Sequence[Happening | None]],
    count: int,
) -> list[dict[str, Estimate]]:
    """All numbers of all events with their half-widths, worked out together."""
    names = [(k, name) for k, one in enumerate(own) for name in (*_TIMES, *one.values)]
    rows = [
        [_number(e, name) for e in (own[k], calm[k], *drawn[k])] for k, name in names
    ]
    periods = np.array([own[k].periods.get(name, np.inf) for k, name in names])
    table = np.array(rows, dtype=np.float64).reshape(len(names), 2 + count)
    value, steady, others = table[:, 0], table[:, 1], table[:, 2:].T
    steady = np.where(np.isfinite(steady), steady, value)
    timed = [at for at, (k, name) in enumerate(names) if name in own[k].timed]
    steady[timed] += OF_CALMING * (middle(others[:, timed]) - steady[timed])
    half, reach = half_and_reach(steady, others, period=periods)
    out: list[dict[str, Estimate]] = [{} for _ in own]
    numbers = zip(value.tolist(), half.tolist(), reach.tolist(), strict=True)
    for (k, name), number in zip(names, numbers, strict=True):
        out[k][name] = Estimate(*number)
    return out


_TIMES = (".start", ".end")


def _number(event: Happening | None, name: str) -> float:
    if event is None:
        return np.nan
    if name == ".start":
        return event.start_s
    return event.end_s if name == ".end" else event.values.get(name, np.nan)


def _doubt(
    one: Happening,
    numbers: Mapping[str, Estimate],
    drawn: Sequence[Happening | None],
    again: tuple[int, ...],
    count: int,
) -> Doubt:
    there = [other for other in drawn if other is not None]
    return Doubt(
        found=len(there) / count,
        start=numbers[".start"],
        end=numbers[".end"],
        values={name: numbers[name] for name in one.values},
        labels={
            name: agreement(label, [e.labels.get(name) for e in there])
            for name, label in one.labels.items()
        },
        again=again,
    )
