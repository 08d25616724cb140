"""Named steps against those that were danced: right, wrong, missed, and how sure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from repetiteur.steps.step import Step
from repetiteur.synthetic.chains import Chain
from repetiteur.synthetic.labels import Danced

#: Overlap over union from which a named step is the one that was danced, and share of
#: a name that has to lie where it may be said.
OVERLAP, WITHIN = 0.5, 0.5
BINS = 10
#: These lie beside the others, and are confused with each other alone.
BESIDE = frozenset(("port_de_bras", "adagio"))


Outcome = Literal["right", "false", "missed", "undecided"]


@dataclass(frozen=True)
class Row:
    """One name, or one step that was missed.

    Attributes
    ----------
    outcome : str
        ``undecided`` is for names of which there are two; the step counts as missed.
    id : str
        What was named; what was danced where that was missed.
    start_s : float
    side : str, optional
    other : str
        What was danced instead, or named: ``-`` for nothing; ``(walk)`` and the like
        outside the vocabulary.
    good : bool
        Of right names whether the side is right too (True where there is none); of
        undecided ones whether the truth is one of the two.
    confidence, overlap : float
    """

    outcome: Outcome
    id: str
    start_s: float
    side: str | None = None
    other: str = ""
    good: bool = True
    confidence: float = 0.0
    overlap: float = 0.0


def judged(found: Sequence[Step], chain: Chain) -> Iterator[Row]:
    """What became of each name and each step of one take."""
    named = [step for step in found if not step.undecided]
    pairs = matched(named, chain.truth)
    for k, step in enumerate(named):
        if k in pairs:
            danced, share = pairs[k]
            side = danced.side in (None, step.side)
            yield Row(
                "right", step.id, step.start_s, danced.side, good=side,
                confidence=step.confidence, overlap=share,
            )  # fmt: skip
        elif not _allowed(step, chain.maybe):
            yield Row(
                "false", step.id, step.start_s, step.side, _instead(step, chain),
                confidence=step.confidence,
            )  # fmt: skip
    got = {id(danced) for danced, _ in pairs.values()}
    for danced in chain.truth:
        if id(danced) not in got:
            other = _best(danced, found)
            yield Row("missed", danced.id, danced.start_s, danced.side, other)
    for step in found:
        if step.undecided:
            both = {step.id, step.runner_up}
            near = {one.id for one in chain.truth if iou(step, one) >= OVERLAP}
            good = bool(both & near)
            yield Row("undecided", step.id, step.start_s, step.side, good=good)


def _instead(step: Step, chain: Chain) -> str:
    """What was danced where a name is false."""
    least = WITHIN * max(step.end_s - step.start_s, 1e-9)
    for kind, (start, end) in zip(chain.kinds, chain.outside, strict=True):
        if _shared(step, start, end) >= least:
            return f"({kind})"
    return _best(step, chain.truth)


@dataclass
class Tally:
    """What was found in some takes.

    Attributes
    ----------
    rows : list of Row
    free_s : float
        How long movement outside the vocabulary was, seconds.
    """

    rows: list[Row] = field(default_factory=list)
    free_s: float = 0.0

    def take(self, found: Sequence[Step], chain: Chain) -> None:
        """Count one take."""
        self.rows += judged(found, chain)
        self.free_s += sum(end - start for start, end in chain.outside)

    def of(self, outcome: Outcome) -> list[Row]:
        """All rows of one outcome."""
        return [row for row in self.rows if row.outcome == outcome]

    def counted(self, outcome: Outcome) -> Counter[str]:
        """Numbers of one outcome by id."""
        return Counter(row.id for row in self.of(outcome))

    @property
    def sure(self) -> list[tuple[float, bool]]:
        """Confidence of each name, and whether it was right."""
        named = [row for row in self.rows if row.outcome in ("right", "false")]
        return [(row.confidence, row.outcome == "right") for row in named]


def iou(one: Step | Danced, other: Step | Danced) -> float:
    """Time that two share, over the time that they take together."""
    shared = _shared(one, other.start_s, other.end_s)
    whole = max(one.end_s, other.end_s) - min(one.start_s, other.start_s)
    return shared / whole if whole > 0.0 else 0.0


def _shared(one: Step | Danced, start_s: float, end_s: float) -> float:
    return max(min(one.end_s, end_s) - max(one.start_s, start_s), 0.0)


def matched(
    named: Sequence[Step], truth: Sequence[Danced]
) -> dict[int, tuple[Danced, float]]:
    """Which name is which step, one to one, the best overlap first."""
    able = sorted(
        (
            (-iou(step, danced), k, n)
            for k, step in enumerate(named)
            for n, danced in enumerate(truth)
            if step.id == danced.id and iou(step, danced) >= OVERLAP
        )
    )
    out: dict[int, tuple[Danced, float]] = {}
    taken: set[int] = set()
    for minus, k, n in able:
        if k not in out and n not in taken:
            out[k] = truth[n], -minus
            taken.add(n)
    return out


def _allowed(step: Step, maybe: Iterable[Danced]) -> bool:
    """Whether most of a name lies where it may be said without error."""
    inside, until = 0.0, -np.inf
    spans = sorted((one.start_s, one.end_s) for one in maybe if one.id == step.id)
    for start, end in spans:
        inside += _shared(step, max(start, until), end)
        until = max(until, end)
    return inside >= WITHIN * (step.end_s - step.start_s)


def _best(one: Step | Danced, others: Sequence[Step] | Sequence[Danced]) -> str:
    """What of another name lies there most; ``-`` for nothing, ``?`` for undecided."""
    beside = one.id in BESIDE
    near = [
        (iou(one, other), other) for other in others if (other.id in BESIDE) == beside
    ]
    share, best = max(near, key=lambda pair: pair[0], default=(0.0, None))
    if best is None or share < 0.1:
        return "-"
    if isinstance(best, Step) and best.undecided:
        return f"{best.id}?{best.runner_up}"
    same = best.id == one.id
    return f"{best.id} ({share:.2f})" if same else best.id


# ---- tables ----


def by_id(tally: Tally, ids: Iterable[str]) -> dict[str, dict[str, object]]:
    """Precision, recall and F1 of each id, and its most frequent confusions."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in tally.rows:
        rows[row.id].append(row)
    return {name: _line(rows[name]) for name in ids}


def _line(rows: Sequence[Row]) -> dict[str, object]:
    number = Counter(row.outcome for row in rows)
    right, false, missed = number["right"], number["false"], number["missed"]
    overlaps = [row.overlap for row in rows if row.outcome == "right"]
    return {
        "danced": right + missed,
        "f1": f1(right, false, missed),
        "precision": ratio(right, right + false),
        "recall": ratio(right, right + missed),
        "overlap": round(float(np.median(overlaps)), 2) if overlaps else None,
        "called": _most(row.other for row in rows if row.outcome == "missed"),
        "was": _most(row.other for row in rows if row.outcome == "false"),
    }


def f1(right: int, false: int, missed: int) -> float | None:
    """Twice the right over what was named and what was danced; None of nothing."""
    whole = 2 * right + false + missed
    return round(2 * right / whole, 3) if right + missed else None


def ratio(part: float, whole: float) -> float | None:
    """A share; None of nothing."""
    return round(part / whole, 3) if whole else None


def _most(names: Iterable[str]) -> str:
    """The two most frequent, with their numbers."""
    return ", ".join(f"{name} {n}" for name, n in Counter(names).most_common(2))


def reliability(sure: Sequence[tuple[float, bool]]) -> list[dict[str, float]]:
    """Names in ten bins of confidence: how sure, and how often right."""
    return list(_bins(sure))


def _bins(sure: Sequence[tuple[float, bool]]) -> Iterator[dict[str, float]]:
    if not sure:
        return
    said, right = np.array(sure, dtype=float).T
    at = np.clip((said * BINS).astype(int), 0, BINS - 1)
    for number in range(BINS):
        inside = at == number
        if inside.any():
            yield {
                "from": number / BINS,
                "names": int(inside.sum()),
                "said": round(float(said[inside].mean()), 3),
                "right": round(float(right[inside].mean()), 3),
            }


def calibration_error(sure: Sequence[tuple[float, bool]]) -> float | None:
    """Expected calibration error: |said - right| in each bin, by its names."""
    rows = reliability(sure)
    whole = sum(row["names"] for row in rows)
    off = sum(row["names"] * abs(row["said"] - row["right"]) for row in rows)
    return ratio(off, whole)


def summary(tally: Tally, ids: Sequence[str]) -> dict[str, object]:
    """All of it in a few numbers."""
    known = [line["f1"] for line in by_id(tally, ids).values()]
    known = [value for value in known if value is not None]
    right, false = tally.of("right"), tally.of("false")
    open_ = tally.of("undecided")
    free = Counter(
        f"{row.other[1:-1]}: {row.id}" for row in false if row.other.startswith("(")
    )
    minutes = tally.free_s / 60.0
    return {
        "ids": len(known),
        "macro_f1": ratio(sum(known), len(known)),
        "precision": ratio(len(right), len(right) + len(false)),
        "recall": ratio(len(right), len(right) + len(tally.of("missed"))),
        "calibration_error": calibration_error(tally.sure),
        "side_right": ratio(sum(row.good for row in right), len(right)),
        "undecided": len(open_),
        "truth_among_the_two": ratio(sum(row.good for row in open_), len(open_)),
        "outside_minutes": round(minutes, 2),
        "false_names_a_minute_outside": ratio(sum(free.values()), minutes),
        "outside": dict(free.most_common(12)),
    }
