"""How many conditions tell a step from those with which it is confused.

A step is danced as the repertory has it, several times, and judged by the rules of the
other one: what it breaks of them is what would have to change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from repetiteur.kinematics.movement import movement_of
from repetiteur.model.poses import body_of
from repetiteur.steps.judging import Kept, Reader
from repetiteur.steps.scene import Scene
from repetiteur.steps.stretches import Stretch, stretches
from repetiteur.steps.vocabulary import Entry, Kind, vocabulary
from repetiteur.synthetic import Phrase, dance
from repetiteur.synthetic.passages import Here
from repetiteur.synthetic.repertory import PASSAGES
from repetiteur.synthetic.steps import fifth_position

#: Features that one movement of the body sets together, whenever they are read: legs
#: that exchange open to pass, and an odd number of exchanges changes the front foot;
#: who lands on one foot lands on one of them.
LINKED = (
    frozenset(("crossings", "front_change", "feet_dist_air")),
    frozenset(("landing", "same_foot")),
)
#: And those that it sets together at one moment: the one arm that is forward is not the
#: other; a heel that slides along the other foot goes across and away from it; where
#: the foot is taken bends the knee, and moves thigh and leg; a turn is one turn.
AT_ONCE = (
    frozenset(("arm_sup", "arm_work")),
    frozenset(("cross_index", "gap_lat")),
    frozenset(("toe_at", "knee_work", "thigh_elev", "knee_az", "leg_elev")),
    frozenset(("turn_rev",)),
)
#: How often each step is danced, and the least score of what counts as that step.
TAKES, DANCED = 8, 0.5
#: Where a step is looked for, in words.
PLACES: Mapping[Kind, str] = {
    "stance": "both feet standing", "bend": "a bend of both knees",
    "rise": "a rise of the heels", "leg": "a leg that goes out and comes back",
    "circle": "a leg that comes in and goes out again", "pose": "a leg that rests",
    "pivot": "a slow turn", "tilt": "a trunk that tilts and comes up",
    "turn": "a turn on one foot", "series": "turns in a row",
    "flight": "a jump", "flights": "two jumps", "walk": "three steps",
    "travel": "a transfer of weight", "arms": "arms on their way",
    "phrase": "a whole phrase",
}  # fmt: skip


@dataclass(frozen=True)
class Pair:
    """A step, another with which it is confused, and what tells them apart.

    Attributes
    ----------
    step, other : str
    apart : tuple of str
        Conditions of the other that the step breaks, in words: of the take that breaks
        fewest. Of a step that says more than the other, its own conditions, any of
        which leaves the other.
    kind : {"rules", "more", "places"}
        Told by the rules of the other; by what the step says besides; or by what they
        are looked for on, and then there is no counting.
    """

    step: str
    other: str
    apart: tuple[str, ...]
    kind: str

    @property
    def conditions(self) -> int | None:
        """How many have to change; None where that cannot be counted."""
        return {"rules": len(self.apart), "more": 1}.get(self.kind)

    @property
    def by_one(self) -> bool:
        """Whether one condition tells them apart."""
        return self.conditions == 1


def pairs() -> list[Pair]:
    """All confusable pairs of the vocabulary, in its order."""
    known = vocabulary()
    return [
        pair(entry, known[other])
        for entry in known.values()
        for other in entry.confusable
    ]


def pair(entry: Entry, other: Entry) -> Pair:
    """What tells a step from one with which it is confused."""
    if not set(entry.kinds) & set(other.kinds):
        places = tuple(PLACES[one.kinds[0]] for one in (entry, other))
        return Pair(entry.id, other.id, places, "places")
    if entry.id in other.part_of:
        asked = {(other.mark(rule.phase), rule.feature) for rule in other.rules}
        more = [
            _words(Kept(rule, None, 0.0)).replace(" not seen", "")
            for rule in entry.rules
            if (entry.mark(rule.phase), rule.feature) not in asked
        ]
        return Pair(entry.id, other.id, tuple(more), "more")
    counted = [
        conditions(reader, other)
        for reader in takes(entry.id)
        if reader.stretch.kind in other.kinds
    ]
    fewest = min(counted, key=len)
    return Pair(entry.id, other.id, tuple(words(fewest)), "rules")


def words(found: Sequence[Sequence[Kept]]) -> list[str]:
    """Conditions, each in words: ``peak: height of the working leg 36 deg (>= 80)``."""
    return [" and ".join(_words(kept) for kept in one) for one in found]


def _words(kept: Kept) -> str:
    return f"{kept.rule.phase}: {kept.says}".replace("_", " ")


# ---------- a step as it is danced ----------


@cache
def takes(id: str) -> tuple[Reader, ...]:
    """Readers of the stretches that are the step, over several takes of its passage."""
    return tuple(reader for seed in range(TAKES) for reader in _take(id, seed))


def _take(id: str, seed: int) -> Iterator[Reader]:
    entry, front = vocabulary()[id], ("left", "right")[seed % 2]
    passage = PASSAGES[id](Here(front, 0.0, np.random.default_rng(seed)))
    poses = [pose for part in passage.parts for pose in part.poses]
    phrase = Phrase.of(
        fifth_position(front, counts=1.0),
        tuple(poses),
        fifth_position(passage.front, counts=1.0),
    )
    scene = Scene(movement_of(body_of(dance(phrase))))
    for stretch in stretches(scene):
        reader = Reader(scene, stretch)
        if stretch.kind in entry.kinds and score(reader, entry) >= DANCED:
            yield reader


def score(reader: Reader, entry: Entry) -> float:
    """How likely a stretch is a step, by its rules."""
    verdict = reader.verdict(entry, 0.0)
    return verdict.score if verdict else 0.0


# ---------- conditions ----------


def conditions(reader: Reader, entry: Entry) -> list[list[Kept]]:
    """Rules of a step that a stretch breaks, those that one movement sets together.

    What can only be read once another rule holds (how the feet cross, of a landing on
    one) is not counted.
    """
    verdict = reader.verdict(entry, 0.0)
    broken = [one for one in verdict.kept if one.likely < DANCED] if verdict else []
    read = [one for one in broken if not _not_to_be_read(one, reader.stretch, entry)]
    out: list[list[Kept]] = []
    for kept in read or broken:
        for group in out:
            if _together(group[0], kept, reader.stretch, entry):
                group.append(kept)
                break
        else:
            out.append([kept])
    return out


def _not_to_be_read(kept: Kept, stretch: Stretch, entry: Entry) -> bool:
    value = kept.value
    if isinstance(value, float):
        value = value if np.isfinite(value) else None
    return (
        not value and value != 0.0 and bool(stretch.spans(entry.mark(kept.rule.phase)))
    )


def _together(one: Kept, two: Kept, stretch: Stretch, entry: Entry) -> bool:
    features = {one.rule.feature, two.rule.feature}
    if any(features <= linked for linked in LINKED):
        return True
    spans = [stretch.spans(entry.mark(kept.rule.phase)) for kept in (one, two)]
    return any(features <= linked for linked in AT_ONCE) and _meet(*spans)


def _meet(some: Sequence[tuple[int, int]], others: Sequence[tuple[int, int]]) -> bool:
    """Whether any two spans share a frame."""
    return any(a <= d and c <= b for a, b in some for c, d in others)
