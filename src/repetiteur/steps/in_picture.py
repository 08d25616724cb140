"""What was danced before one camera: what most bodies that look like it dance.

How far each point is from the camera is known to within an error. So steps are
recognised in several bodies in space that look alike and are that far off
(:mod:`repetiteur.kinematics.possible`): what surely was danced, all of them dance; of
what hangs on the error, each dances something else, and no name is given.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from repetiteur.steps.step import Step

#: In so many bodies steps are looked for.
BODIES = 5
#: A name is given if the bodies are this sure of it, in the mean: of such names in
#: pictures of chains with seeds 3300 to 3309 and 3400 to 3409 (benchmarks/steps.py) 92
#: of 100 were right, and 80 of 100 steps had theirs. With more, fewer are named; real
#: dancing that is no ballet gets a third fewer names with 0.7 than with 0.5.
SURE = 0.55
#: A name that asks for little, and is left where the rules of others are not seen,
#: needs all bodies; one that is false even then in three of four cases is never given.
REMAINDERS, ALL, HIDDEN = frozenset(("temps_leve",)), 0.97, frozenset(("releve",))
#: Two names that go beside each other in half of their time are of one step; of these
#: the second is as likely when it has this share of the first's.
SAME, AS_LIKELY = 0.5, 0.8
#: These go beside the others.
_BESIDE = frozenset(("port_de_bras", "adagio"))


@dataclass(frozen=True)
class Agreed:
    """One name on which bodies agree.

    Attributes
    ----------
    steps : tuple of Step
        Of each body that dances it one, the surest first.
    share : float
        Mean of how sure all bodies are, 0 to 1.
    """

    steps: tuple[Step, ...]
    share: float

    @property
    def step(self) -> Step:
        """The surest, at the middle of all times."""
        start, end = (
            float(np.median([getattr(step, at) for step in self.steps]))
            for at in ("start_s", "end_s")
        )
        surest = self.steps[0]
        shift = start - surest.start_s
        phases = {
            name: (min(a + shift, end), min(b + shift, end))
            for name, (a, b) in surest.phases.items()
        }
        return replace(
            surest, start_s=start, end_s=end, confidence=self.share, phases=phases,
            undecided=False,
        )  # fmt: skip


def agreed(danced: Sequence[Sequence[Step]], sure: float = SURE) -> tuple[Step, ...]:
    """Names on which bodies that look alike agree.

    Parameters
    ----------
    danced : sequence of sequence of Step
        What each of them dances.
    sure : float
        How sure they have to be, in the mean.

    Returns
    -------
    tuple of Step
        In order of time. Confidence is the mean of all bodies.

    Examples
    --------
    >>> def step(id, start, sure=1.0): return Step(id, None, start, start + 1.0, sure)
    >>> both = [step("saute", 0.0)], [step("saute", 0.1), step("retire", 3.0)]
    >>> [(one.id, one.start_s, one.confidence) for one in agreed(both)]
    [('saute', 0.05, 1.0)]
    """
    taken: list[Agreed] = []
    second: dict[int, Agreed] = {}
    for one in sorted(_names(danced), key=lambda one: -one.share):
        near = [k for k, other in enumerate(taken) if _instead(one.step, other.step)]
        if not near:
            taken.append(one)
        for k in near:
            if one.step.id != taken[k].step.id:
                second.setdefault(k, one)
    named = (_named(one, second.get(k), sure) for k, one in enumerate(taken))
    steps = [step for step in named if step is not None]
    return tuple(sorted(steps, key=lambda step: (step.start_s, step.end_s)))


def _named(best: Agreed, second: Agreed | None, sure: float) -> Step | None:
    """The step with what it may be instead; None of one that is not sure.

    Nor is it named where another is as likely: of two that a picture does not tell
    apart it was neither in two of three cases.
    """
    close = second is not None and second.share >= AS_LIKELY * best.share
    least = max(sure, ALL) if best.steps[0].id in REMAINDERS else sure
    if close or best.share < least or best.steps[0].id in HIDDEN:
        return None
    other = second.steps[0].id if second else best.steps[0].runner_up
    return replace(best.step, runner_up=other)


def _names(danced: Sequence[Sequence[Step]]) -> Iterator[Agreed]:
    """All names, each with the steps of other bodies that are the same."""
    steps = [(k, step) for k, found in enumerate(danced) for step in found]
    same = [_same(step, steps) for _, step in steps]
    shares = [sum(_weight(steps[n][1]) for n in those) for those in same]
    free = set(range(len(steps)))
    for n in sorted(free, key=lambda n: (-shares[n], n)):
        if n in free:
            those = [m for m in same[n] if m in free]
            free -= {*those, n}
            found = sorted((steps[m][1] for m in those), key=_weight, reverse=True)
            weights = [_weight(step) for step in found]
            yield Agreed(tuple(found), sum(weights) / len(danced))


def _same(step: Step, steps: Sequence[tuple[int, Step]]) -> list[int]:
    """Which steps are the same, of each body the one that overlaps it most."""
    best: dict[int, tuple[float, int]] = {}
    for n, (body, other) in enumerate(steps):
        share = _overlap(step, other) if other.id == step.id else 0.0
        if share >= SAME and share > best.get(body, (0.0, 0))[0]:
            best[body] = share, n
    return [n for _, n in best.values()]


def _weight(step: Step) -> float:
    """How sure a step is; an undecided one may as well be the other."""
    return step.confidence * (0.5 if step.undecided else 1.0)


def _overlap(one: Step, other: Step) -> float:
    """Time that two share, over the time that they take together."""
    whole = max(one.end_s, other.end_s) - min(one.start_s, other.start_s)
    return _shared(one, other) / whole if whole > 0.0 else 1.0


def _shared(one: Step, other: Step) -> float:
    return max(min(one.end_s, other.end_s) - max(one.start_s, other.start_s), 0.0)


def _instead(one: Step, other: Step) -> bool:
    """Whether two names are of the same movement."""
    shorter = min(one.end_s - one.start_s, other.end_s - other.start_s)
    beside = (one.id in _BESIDE) != (other.id in _BESIDE)
    return not beside and _shared(one, other) > SAME * shorter
