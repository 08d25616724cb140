"""Pairs of steps that are confused: one condition perturbed, does the other win?

Every pair of the vocabulary is counted (:mod:`step_pairs`): how many conditions of the
other step a step breaks. Those of one condition are danced with it pushed over its
threshold, and the other has to be named, for longer and with a higher score.

    python benchmarks/steps.py --perturb --json benchmarks/results/steps.json
    python benchmarks/step_perturbations.py benchmarks/results/steps.json

The second prints the tables of the documentation.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from perturbed_floor import ON_THE_FLOOR
from perturbed_jumps import IN_THE_AIR
from perturbed_links import LINKS
from perturbed_turns import TURNS
from perturbing import Perturbed
from step_pairs import Pair, conditions, pairs, score, words

from repetiteur.kinematics.movement import Movement, movement_of
from repetiteur.model.poses import body_of
from repetiteur.steps import Step, recognise, vocabulary
from repetiteur.steps.judging import Reader
from repetiteur.steps.scene import Scene
from repetiteur.steps.stretches import stretches
from repetiteur.synthetic import Phrase, dance
from repetiteur.synthetic.steps import fifth_position, hold

#: All that is danced.
CASES: tuple[Perturbed, ...] = (*ON_THE_FLOOR, *TURNS, *IN_THE_AIR, *LINKS)


def moved(case: Perturbed) -> Movement:
    """The movement of a perturbed step."""
    start = case.start or fifth_position("right", counts=1.0)
    ended = (hold("end.still", 0.4),)
    poses = dance(
        Phrase.of(start, *case.steps, ended),
        heading=case.heading,
        alterations=case.alterations,
    )
    return movement_of(body_of(poses))


def outcome(case: Perturbed, found: Sequence[Step]) -> str:
    """Whether the other name ``wins``, or what else.

    ``stays``: it is called what it was, for longer than the other; ``undecided``: the
    other is one of two; ``lost``: neither is named.
    """
    said = {case.step: 0.0, case.other: 0.0}
    for step in found:
        if step.id in said and not step.undecided:
            said[step.id] += step.end_s - step.start_s
    if max(said.values()) > 0.0:
        return "wins" if said[case.other] > said[case.step] else "stays"
    both = ({step.id, step.runner_up} for step in found if step.undecided)
    return "undecided" if any(case.other in two for two in both) else "lost"


def judged(case: Perturbed, movement: Movement) -> tuple[float, float, list[str]]:
    """The best score of the other; of the step on the same stretch; what it breaks.

    What the step breaks of its own conditions now: one, or none where the other says
    more. Nothing is said of it where the two are looked for in different places.
    """
    scene, known = Scene(movement), vocabulary()
    step, other = known[case.step], known[case.other]
    readers = [Reader(scene, one) for one in stretches(scene)]
    best = max(
        (reader for reader in readers if reader.stretch.kind in other.kinds),
        key=lambda reader: score(reader, other),
        default=None,
    )
    if best is None or best.stretch.kind not in step.kinds:
        return (score(best, other) if best else 0.0), 0.0, []
    its, own = score(best, other), score(best, step)
    if step.id in other.part_of:
        its *= 1.0 - own
    if other.id in step.part_of:
        own *= 1.0 - its
    return its, own, words(conditions(best, step))


def danced(case: Perturbed) -> dict[str, object]:
    """A line of the result: what was changed, and what it is called."""
    movement = moved(case)
    found = recognise(movement)
    its, own, broken = judged(case, movement)
    named = outcome(case, found)
    return {
        "how": case.how,
        "outcome": "close" if named == "wins" and its <= own else named,
        "score": round(its, 3),
        "score_of_the_step": round(own, 3),
        "breaks_of_its_own": broken,
        "names": [_said(step) for step in found],
    }


def _said(step: Step) -> str:
    return f"{step.id}?{step.runner_up}" if step.undecided else step.id


# ---------- all pairs ----------


def run() -> dict[str, object]:
    """All pairs, with what tells them apart, danced where that can be."""
    rows = [_row(pair) for pair in pairs()]
    by_one = [row for row in rows if row["conditions"] == 1]
    shown = [row for row in rows if row["danced"]]
    return {
        "pairs": len(rows),
        "by_one_condition": len(by_one),
        "by_one_danced": sum(bool(row["danced"]) for row in by_one),
        "by_one_wins": sum(_wins(row) for row in by_one),
        "by_more": sum((row["conditions"] or 0) > 1 for row in rows),
        "on_other_stretches": sum(row["conditions"] is None for row in rows),
        "danced": len(shown),
        "wins": sum(_wins(row) for row in shown),
        "rows": rows,
    }


def _row(pair: Pair) -> dict[str, object]:
    cases = [c for c in CASES if (c.step, c.other) == (pair.step, pair.other)]
    return {
        "step": pair.step,
        "other": pair.other,
        "conditions": pair.conditions,
        "told_by": pair.kind,
        "apart": list(pair.apart),
        "danced": [danced(case) for case in cases],
    }


def _wins(row: Mapping[str, object]) -> bool:
    return bool(row["danced"]) and all(d["outcome"] == "wins" for d in row["danced"])


def printed(result: Mapping[str, object]) -> None:
    """A line for each pair."""
    for row in result["rows"]:
        name, apart = f"{row['step']} -> {row['other']}", "; ".join(row["apart"])
        print(f"{row['conditions'] or '-'} {name:46} {apart}")
        for one in row["danced"]:
            marks = f"{one['score']:.2f} : {one['score_of_the_step']:.2f}"
            print(f"{'':6}{one['outcome']:9} {marks}  {one['how']}")
            if one["outcome"] != "wins":
                print(f"{'':16}named: {', '.join(one['names'])}")
    print({k: v for k, v in result.items() if k != "rows"})


# ---------- tables for the documentation ----------


def tables(result: Mapping[str, object]) -> str:
    """Markdown: pairs of one condition, of several, and on different stretches."""
    rows = result["rows"]
    kinds = (
        ("## By one condition", [row for row in rows if row["conditions"] == 1]),
        ("## By several", [row for row in rows if (row["conditions"] or 0) > 1]),
    )
    places = [row for row in rows if row["conditions"] is None]
    parts = [
        *((head, _by_conditions(those)) for head, those in kinds),
        ("## Looked for in different places", _by_places(places)),
    ]
    return "\n\n".join("\n".join((head, "", *lines)) for head, lines in parts)


def _by_conditions(rows: Sequence[Mapping[str, object]]) -> Iterator[str]:
    yield "| Step → other | | What keeps it from being the other | Danced | Named |"
    yield "|---|---|---|---|---|"
    for row in rows:
        joined = " *or* " if row["told_by"] == "more" else "; "
        what = str(row["conditions"]), joined.join(row["apart"])
        for one in row["danced"]:
            yield _line(row, *what, one["how"], _named(row, one))
        if not row["danced"]:
            yield _line(row, *what, "", "")


def _by_places(rows: Sequence[Mapping[str, object]]) -> Iterator[str]:
    yield "| Step → other | Looked for on | and on | Danced | Named |"
    yield "|---|---|---|---|---|"
    for row in rows:
        for one in row["danced"]:
            yield _line(row, *row["apart"], one["how"], _named(row, one))
        if not row["danced"]:
            yield _line(row, *row["apart"], "", "")


def _line(row: Mapping[str, object], *cells: str) -> str:
    pair = f"`{row['step']}` → `{row['other']}`"
    return f"| {' | '.join((pair, *cells))} |"


def _named(row: Mapping[str, object], one: Mapping[str, object]) -> str:
    """The other with both scores; or what else came of it."""
    marks = f"{one['score']:.2f} : {one['score_of_the_step']:.2f}"
    return f"{marks} {'' if one['outcome'] == 'wins' else one['outcome']}".strip()


if __name__ == "__main__":
    kept = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    print(tables(kept["perturbed"]))
