"""What was danced: stretches, judged by the rules, in the order of recognition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels.signals import runs
from repetiteur.kinematics.calming import calmed
from repetiteur.kinematics.movement import Movement, movement_of
from repetiteur.kinematics.possible import possible_bodies
from repetiteur.steps.attributes import attributes_of, side_of
from repetiteur.steps.checking import check
from repetiteur.steps.in_picture import BODIES, agreed
from repetiteur.steps.judging import Reader, Verdict
from repetiteur.steps.reasons import because
from repetiteur.steps.scene import Scene
from repetiteur.steps.step import Step
from repetiteur.steps.stretches import Stretch, stretches
from repetiteur.steps.vocabulary import Kind, vocabulary

#: Kinds of stretches in the order of recognition (domain, section 2): what an earlier
#: one explains is no step of a later one.
ORDER: tuple[tuple[Kind, ...], ...] = (
    ("flights",),
    ("flight",),
    ("series",),
    ("turn",),
    ("pivot",),
    ("tilt",),
    ("walk",),
    ("travel",),
    ("circle",),
    ("leg",),
    ("pose",),
    ("rise",),
    ("bend",),
    ("stance",),
)
#: Stretches that explain what is in them even where they have no name, and after which
#: kind they do: a jump is a jump, unless it is the low one of a glissade.
WHOLE: Mapping[Kind, Kind] = {"series": "series", "turn": "turn", "travel": "flight"}
#: Families of steps of an adage, kinds of stretches that end one, and how far apart
#: its steps are at most, s.
SLOW = frozenset(("adagio", "pose"))
QUICK = frozenset(("flight", "flights", "series", "turn", "walk", "travel"))
APART_S = 6.0
#: A name is given from this score on.
NAMED = 0.5
#: Scores below this are nothing.
LEAST = 1e-4
#: A stretch is explained by a step if that takes up more than this of it; a bend or a
#: rise, which most steps have, from less on.
EXPLAINED, PARTLY = 0.5, 0.25
#: What is held beside a pose, within this, is its beginning or end, s.
BESIDE_S = 0.5
#: Of two names the second is as likely when its score is this share of the first's.
AS_LIKELY = 0.5


@dataclass(frozen=True)
class Candidate:
    """A stretch and the verdicts on it, best first; and what was read of it."""

    stretch: Stretch
    verdicts: tuple[Verdict, ...]
    reader: Reader

    @property
    def best(self) -> Verdict:
        """The best verdict."""
        return self.verdicts[0]

    @property
    def second(self) -> Verdict | None:
        """The next best one."""
        return self.verdicts[1] if len(self.verdicts) > 1 else None

    @property
    def close(self) -> bool:
        """Whether the two cannot be told apart."""
        second = self.second
        return second is not None and second.score >= AS_LIKELY * self.best.score

    @property
    def named(self) -> bool:
        """Whether it has a name, or two between which it lies."""
        second = self.second.score if self.close and self.second else 0.0
        return self.best.score + second >= NAMED


def recognise(movement: Movement) -> tuple[Step, ...]:
    """Name the positions and steps of a movement.

    Parameters
    ----------
    movement : Movement
        Of a body without most of its jitter
        (:func:`repetiteur.kinematics.calming.calmed`).

    Returns
    -------
    tuple of Step
        In order of time. Those of the arms, and whole phrases, run beside the others.

    Notes
    -----
    Of a body that one camera saw, those on which bodies in space that look like it
    agree (:mod:`repetiteur.steps.in_picture`).
    """
    if movement.body.time.size < 3:
        return ()
    if movement.body.space == "2d":
        bodies = possible_bodies(movement.body, BODIES)
        return agreed([_recognised(movement_of(calmed(body))) for body in bodies])
    return _recognised(movement)


def _recognised(movement: Movement) -> tuple[Step, ...]:
    """The steps of a movement in space."""
    scene = Scene(movement)
    named = chosen(_candidates(scene, stretches(scene)), movement.body.time.size)
    steps = _joined(sorted((_step(scene, one) for one in named), key=_when))
    slow = _candidates(scene, phrases(scene, steps))
    steps += [_step(scene, one) for one in slow if one.named]
    return tuple(sorted(steps, key=_when))


def _when(step: Step) -> tuple[float, float]:
    return step.start_s, step.end_s


def _joined(steps: Sequence[Step]) -> list[Step]:
    """Poses that are only shifted, and steps that are held on, as one each."""
    out: list[Step] = []
    for step in steps:
        last = out[-1] if out else None
        same = last is not None and (step.id, step.side) == (last.id, last.side)
        if last is not None and same and _goes_on(step) and step.start_s < last.end_s:
            out[-1] = _with(last, step)
        else:
            out.append(step)
    return out


def _goes_on(step: Step) -> bool:
    """Whether a step that is named twice in a row is held, or turned, on."""
    kinds = set(vocabulary()[step.id].kinds)
    return bool({"pose", "stance"} & kinds) or {"series", "turn"} <= kinds


def _with(one: Step, other: Step) -> Step:
    """A step that goes on as the other, with the reasons of the surer one."""
    surer = max(one, other, key=lambda step: step.confidence)
    phases = {
        name: (min(start, other.phases[name][0]), max(end, other.phases[name][1]))
        for name, (start, end) in one.phases.items()
        if name in other.phases
    }
    return replace(
        surer, start_s=one.start_s, end_s=max(one.end_s, other.end_s), phases=phases
    )


def phrases(scene: Scene, steps: Sequence[Step]) -> Iterator[Stretch]:
    """Slow steps that follow each other, with only positions and ways between them."""
    group: list[Step] = []
    for step in steps:
        entry = vocabulary()[step.id]
        slow = entry.family in SLOW or step.id == "promenade"
        if slow and not (group and step.start_s - group[-1].end_s > APART_S):
            group.append(step)
        elif slow or QUICK & set(entry.kinds):
            yield from _phrase(scene, group)
            group = [step] if slow else []
    yield from _phrase(scene, group)


def _phrase(scene: Scene, group: Sequence[Step]) -> Iterator[Stretch]:
    if group:
        poses = [(scene.frame(s.start_s), scene.frame(s.end_s)) for s in group]
        first, last = poses[0][0], max(end for _, end in poses)
        yield Stretch("phrase", first, last, None, {"poses": tuple(poses)})


def _candidates(scene: Scene, found: Iterable[Stretch]) -> list[Candidate]:
    """Stretches that may be a step, with the verdicts on each."""
    entries = check(vocabulary().values())
    out = []
    for stretch in found:
        reader = Reader(scene, stretch)
        verdicts = [
            verdict
            for entry in entries
            if stretch.kind in entry.kinds
            and (verdict := reader.verdict(entry, LEAST)) is not None
        ]
        if verdicts:
            out.append(Candidate(stretch, tuple(_ranked(verdicts)), reader))
    return out


def _ranked(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Best first; a step that is part of the meaning of another one says less."""
    scores = {verdict.entry.id: verdict.score for verdict in verdicts}
    out = []
    for verdict in verdicts:
        more = [scores.get(id, 0.0) for id in verdict.entry.part_of]
        less = float(np.prod([1.0 - score for score in more]))
        out.append(replace(verdict, score=verdict.score * less))
    return sorted(out, key=lambda verdict: -verdict.score)


def chosen(candidates: Sequence[Candidate], frames: int) -> list[Candidate]:
    """Those candidates that are named: what one explains is not named again."""
    taken = np.zeros(frames, dtype=bool)
    out: list[Candidate] = []
    for kinds in ORDER:
        if kinds == ("rise",):  # the arms go beside what the feet do in their place
            out += [c for c in candidates if _of_the_arms(c, taken)]
        those = [c for c in candidates if c.stretch.kind in kinds]
        for one in sorted(those, key=_weight, reverse=True):
            span = slice(one.stretch.start, one.stretch.end + 1)
            most = PARTLY if kinds[0] in ("rise", "bend") else EXPLAINED
            if not one.named or taken[span].mean() > most:
                continue
            out.append(_less(one, taken) if "stance" in kinds else one)
            taken[span] = True
        for one in candidates:
            if one.stretch.kind == WHOLE.get(kinds[0]):
                taken[one.stretch.start : one.stretch.end + 1] = True
    return out


def _weight(one: Candidate) -> float:
    """What is sure comes first, and of poses what is held long."""
    held = one.stretch.end - one.stretch.start if one.stretch.kind == "pose" else 1
    return one.best.score * held


def _of_the_arms(one: Candidate, taken: NDArray[np.bool_]) -> bool:
    """Whether the arms travel by themselves, and not as part of another step."""
    within = taken[one.stretch.start : one.stretch.end + 1]
    alone = float(within.mean()) <= EXPLAINED
    return one.stretch.kind == "arms" and one.named and alone


def _less(one: Candidate, taken: NDArray[np.bool_]) -> Candidate:
    """A position of the feet without what belongs to the steps before and after."""
    start, end = one.stretch.start, one.stretch.end
    free = runs(~taken[start : end + 1])
    first, last = max(free, key=lambda run: run[1] - run[0])
    frames = (start + first, start + last)
    marks = {"hold": (frames,)}
    stretch = replace(one.stretch, start=frames[0], end=frames[1], marks=marks)
    return replace(one, stretch=stretch)


def _step(scene: Scene, one: Candidate) -> Step:
    best = one.best
    second = one.second
    time = scene.time
    phases = {}
    for phase, mark in best.entry.phases.items():
        spans = one.stretch.spans(mark)
        if spans:
            phases[phase] = (float(time[spans[0][0]]), float(time[spans[-1][1]]))
    starts = [start for start, _ in phases.values()] + [time[one.stretch.start]]
    ends = [end for _, end in phases.values()] + [time[one.stretch.end]]
    return Step(
        id=best.entry.id,
        side=side_of(scene, best),
        start_s=float(min(starts)),
        end_s=float(max(ends)),
        confidence=best.score,
        runner_up=second.entry.id if second and second.score > 0.01 else None,
        undecided=one.close,
        phases=phases,
        because=because(one.reader, best, second),
        attributes=attributes_of(scene, best),
    )
