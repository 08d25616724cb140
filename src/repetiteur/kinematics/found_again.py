"""Events found again: how sure a turn, a flight or a balance is.

The search for events is repeated on copies of the body that err as the instrument may
have erred, and whose frames fall at other moments.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from repetiteur.kernels import resampling
from repetiteur.kinematics.doubts import COPIES, calmed, copies_of
from repetiteur.kinematics.estimates import Estimate
from repetiteur.model.body import Body

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
    """

    kind: str
    start_s: float
    end_s: float
    values: Mapping[str, float] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    periods: Mapping[str, float] = field(default_factory=dict)


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
    """

    found: float
    start: Estimate
    end: Estimate
    values: Mapping[str, Estimate]
    labels: Mapping[str, float]


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

    Notes
    -----
    Each copy errs as the instrument may have erred, and its frames fall at other
    moments, by less than one step, so that what hangs on where the frames fell shows
    too. In a copy, the event of the same kind that overlaps most is taken for the same.
    """
    own, calm = tuple(events(body)), tuple(events(calmed(body)))
    drawn: list[list[Happening]] = [[] for _ in own]
    shares = np.random.default_rng([seed, count]).uniform(0.0, 1.0, count)
    copies = zip(shares, copies_of(body, count=count, seed=seed), strict=True)
    for done, (share, other) in enumerate(copies, start=1):
        there = tuple(events(_later(other, float(share))))
        for one, same in zip(own, drawn, strict=True):
            same += _same(one, there)
        if progress is not None:
            progress(done, count)
    return tuple(
        _doubt(one, [*_same(one, calm), one][0], same, count)
        for one, same in zip(own, drawn, strict=True)
    )


def _later(body: Body, share: float) -> Body:
    """The body as frames that fell a little later would show it."""
    time = body.time
    moved = {
        name: resampling.moved_in_time(place, time, share)[0]
        for name, place in body.points.items()
    }
    when = resampling.moved_in_time(time, time, share)[1]
    facing = body.facing
    if facing is not None:
        facing = resampling.moved_in_time(facing, time, share)[0]
    sd = {name: each[:-1] for name, each in body.sd.items()}
    return replace(body, time=when, points=moved, sd=sd, facing=facing)


def _same(one: Happening, there: Sequence[Happening]) -> list[Happening]:
    """That of others which is the same as one; none, or one."""
    shared = [
        min(one.end_s, other.end_s) - max(one.start_s, other.start_s)
        if other.kind == one.kind
        else -np.inf
        for other in there
    ]
    best = int(np.argmax(shared)) if shared else 0
    return [there[best]] if shared and shared[best] > -NEAR_S else []


def _doubt(
    one: Happening, calm: Happening, drawn: Sequence[Happening], count: int
) -> Doubt:
    """How sure one event is, by how the copies differ from the calmed body."""

    def estimate(
        value: float,
        middle: float,
        others: Sequence[float],
        period: float | None = None,
    ) -> Estimate:
        if not others:
            return Estimate(value, float("nan"))
        half = resampling.half_width(middle, others, period=period)
        return Estimate(value, float(half))

    nan = float("nan")
    return Doubt(
        found=len(drawn) / count,
        start=estimate(one.start_s, calm.start_s, [other.start_s for other in drawn]),
        end=estimate(one.end_s, calm.end_s, [other.end_s for other in drawn]),
        values={
            name: estimate(
                value,
                calm.values.get(name, value),
                [other.values.get(name, nan) for other in drawn],
                one.periods.get(name),
            )
            for name, value in one.values.items()
        },
        labels={
            name: resampling.agreement(
                label, [other.labels.get(name) for other in drawn]
            )
            for name, label in one.labels.items()
        },
    )
