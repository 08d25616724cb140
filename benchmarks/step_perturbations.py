"""Pairs of steps that one condition tells apart, and whether it does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from perturbed_floor import ON_THE_FLOOR
from perturbed_jumps import IN_THE_AIR
from perturbing import Perturbed

from repetiteur.kinematics.movement import movement_of
from repetiteur.model.poses import body_of
from repetiteur.steps import Step, recognise, vocabulary
from repetiteur.steps.vocabulary import Entry, Rule
from repetiteur.synthetic import Phrase, dance
from repetiteur.synthetic.steps import fifth_position, hold

#: Features that one movement sets together: an odd number of crossings changes the
#: front foot, and the one arm that is forward is not the other.
LINKED = (
    frozenset(("crossings", "front_change")),
    frozenset(("arm_sup", "arm_work")),
)


@dataclass(frozen=True)
class Pair:
    """A step, another with which it is confused, and what cannot hold of both.

    Attributes
    ----------
    step, other : str
    apart : tuple of str
        Features whose conditions exclude each other; linked ones count once.
    besides : tuple of str
        Features of which the other has conditions and the step none.
    """

    step: str
    other: str
    apart: tuple[str, ...]
    besides: tuple[str, ...]

    @property
    def by_one(self) -> bool:
        """Whether one condition tells them apart."""
        return len({_group(feature) for feature in self.apart}) == 1


def _group(feature: str) -> frozenset[str]:
    return next((one for one in LINKED if feature in one), frozenset((feature,)))


def pairs() -> list[Pair]:
    """All confusable pairs of the vocabulary, in its order."""
    known = vocabulary()
    return [
        _pair(entry, known[other])
        for entry in known.values()
        for other in entry.confusable
    ]


def _pair(entry: Entry, other: Entry) -> Pair:
    apart = dict.fromkeys(
        one.feature
        for one, two in product(entry.rules, other.rules)
        if one.feature == two.feature
        and entry.mark(one.phase) == other.mark(two.phase)
        and _exclude(one, two)
    )
    mine = {rule.feature for rule in entry.rules}
    besides = dict.fromkeys(
        rule.feature for rule in other.rules if rule.feature not in mine
    )
    return Pair(entry.id, other.id, tuple(apart), tuple(besides))


def _exclude(one: Rule, two: Rule) -> bool:
    """Whether no value satisfies both."""
    if "range<" in (one.operator, two.operator):
        return False
    if _is_number(one) != _is_number(two):
        return False
    if _is_number(one):
        (low, high), (least, most) = _span(one), _span(two)
        return max(low, least) > min(high, most)
    (not_one, some), (not_two, others) = _labels(one), _labels(two)
    if not_one and not_two:
        return False
    if not_one or not_two:
        return others <= some if not_one else some <= others
    return not some & others


def _is_number(rule: Rule) -> bool:
    value = rule.value[0] if isinstance(rule.value, tuple) else rule.value
    return isinstance(value, int | float) and not isinstance(value, bool)


def _span(rule: Rule) -> tuple[float, float]:
    """The numbers that a rule admits."""
    value, least = rule.value, 1e-9
    spans = {
        "<": (-np.inf, value), ">": (value, np.inf), "<=": (-np.inf, value),
        ">=": (value, np.inf), "==": (value, value), "in": value,
        "!=": (-np.inf, np.inf),
    }  # fmt: skip
    low, high = spans[rule.operator]
    return low + least * (rule.operator == ">"), high - least * (rule.operator == "<")


def _labels(rule: Rule) -> tuple[bool, frozenset[object]]:
    """Whether it is all but some labels, and which."""
    many = isinstance(rule.value, tuple)
    values = frozenset(rule.value) if many else frozenset((rule.value,))
    return rule.operator == "!=", values


# ---- danced ----


def verdict(case: Perturbed) -> tuple[str, list[str]]:
    """Whether the other name ``wins``, or what else; and all names.

    ``stays``: it is called what it was, for longer than the other; ``undecided``: the
    other is one of two; ``lost``: neither is named.
    """
    start = case.start or fifth_position("right", counts=1.0)
    ended = (hold("end.still", 0.4),)
    body = body_of(
        dance(
            Phrase.of(start, *case.steps, ended),
            heading=case.heading,
            alterations=case.alterations,
        )
    )
    found = recognise(movement_of(body))
    return _outcome(case, found), [_said(step) for step in found]


def _outcome(case: Perturbed, found: Sequence[Step]) -> str:
    said = {case.step: 0.0, case.other: 0.0}
    for step in found:
        if step.id in said and not step.undecided:
            said[step.id] += step.end_s - step.start_s
    if max(said.values()) > 0.0:
        return "wins" if said[case.other] > said[case.step] else "stays"
    both = ({step.id, step.runner_up} for step in found if step.undecided)
    return "undecided" if any(case.other in two for two in both) else "lost"


def _said(step: Step) -> str:
    return f"{step.id}?{step.runner_up}" if step.undecided else step.id


def run() -> dict[str, object]:
    """All pairs that one condition tells apart, danced where that can be."""
    cases: Mapping[tuple[str, str], Perturbed] = {
        (case.step, case.other): case for case in (*ON_THE_FLOOR, *IN_THE_AIR)
    }
    known = pairs()
    rows, left = [], []
    for pair in known:
        case = cases.get((pair.step, pair.other))
        name = f"{pair.step} -> {pair.other}"
        if case is None:
            left.append({"pair": name, "apart": pair.apart, "besides": pair.besides})
            continue
        outcome, names = verdict(case)
        rows.append(
            {
                "pair": name, "by_one": pair.by_one, "apart": pair.apart,
                "how": case.how, "outcome": outcome, "names": names,
            }
        )  # fmt: skip
    by_one = [row for row in rows if row["by_one"]]
    return {
        "pairs": len(known),
        "by_one_condition": sum(pair.by_one for pair in known),
        "danced": len(rows),
        "danced_by_one": len(by_one),
        "wins": sum(row["outcome"] == "wins" for row in rows),
        "wins_by_one": sum(row["outcome"] == "wins" for row in by_one),
        "rows": rows,
        "not_danced": left,
    }


def printed(result: dict[str, object]) -> None:
    """A line for each pair."""
    for row in result["rows"]:
        one = "1" if row["by_one"] else "-"
        print(f"{row['outcome']:9} {one} {row['pair']:46} {row['how']}")
        if row["outcome"] != "wins":
            print(f"{'':12}named: {', '.join(row['names'])}")
    print("\nnot danced (what excludes the other; what the other asks besides):")
    for row in result["not_danced"]:
        print(f"  {row['pair']:46} {list(row['apart'])} {list(row['besides'])}")
    print({k: v for k, v in result.items() if k not in ("rows", "not_danced")})
