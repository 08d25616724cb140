"""What came of one pair, as plain numbers and words, and in lines to read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from fault_scores import Planted, Said, Verdict, found, verdicts

Row = dict[str, Any]


@dataclass
class Trial:
    """What came of one pair; plain numbers and words, to be saved."""

    seed: int
    source: str
    real: bool
    seconds: float
    refused: str = ""
    faults: list[Row] = field(default_factory=list)
    notes: list[Row] = field(default_factory=list)


def scored(
    notes: Sequence[Said], there: Sequence[Planted]
) -> tuple[list[Row], list[Row]]:
    """The faults and how they were found; the notes and what they are worth."""
    given = verdicts(notes, there)
    words = found(there, given)
    return (
        [_fault_row(f, w) for f, w in zip(there, words, strict=True)],
        [_note_row(n, v, there) for n, v in zip(notes, given, strict=True)],
    )


def _fault_row(one: Planted, word: str) -> Row:
    return {
        "kind": one.kind,
        "side": one.side,
        "size": one.size,
        "floor": one.floor,
        "reference": list(one.reference),
        "take": list(one.take),
        "shown": one.shown,
        "counts": one.counts,
        "found": word,
    }


def _note_row(note: Said, verdict: Verdict, there: Sequence[Planted]) -> Row:
    fault = verdict.fault
    return {
        "measure": note.measure,
        "side": note.side,
        "value": note.value,
        "unit": note.unit,
        "interval": list(note.interval),
        "floor": note.floor,
        "take": [list(span) for span in note.spans],
        "reference": list(note.reference),
        "at_reference_s": note.at_reference_s,
        "verdict": verdict.word,
        "stretches": list(verdict.stretches),
        "fault": None if fault is None else there[fault].kind,
        "counts": fault is None or there[fault].counts,
        "true_size": None if np.isnan(verdict.true_size) else verdict.true_size,
        "text": note.text,
    }


def told(trial: Trial) -> Iterator[str]:
    """One pair in lines: every fault, and every note with its verdict."""
    yield f"seed {trial.seed}: {trial.source}, take of {trial.seconds:.1f} s"
    if trial.refused:
        yield f"  refused: {trial.refused}"
    yield from (f"  {told_fault(f)}" for f in trial.faults)
    for n in trial.notes:
        yield "  " + told_note(n)


def told_fault(f: Row) -> str:
    """One fault in a line."""
    (ra, rb), (ta, tb) = f["reference"], f["take"]
    word = {"true": "found", "side": "found, wrong side", "": "MISSED"}[f["found"]]
    why = "" if f["shown"] else ", not shown"
    word = word if f["counts"] else f"({word}; not asked for{why})"
    return (
        f"{word}: {f['kind']} {f['side'] or ''} {f['size']:+.3g}, floor "
        f"{f['floor']:.2g}, reference {ra:.2f}-{rb:.2f}, take {ta:.2f}-{tb:.2f}"
    )


def told_note(n: Row) -> str:
    """One note in a line."""
    low, high = n["interval"]
    spans = ", ".join(
        f"{a:.2f}-{b:.2f} {w}"
        for (a, b), w in zip(n["take"], n["stretches"], strict=True)
    )
    true = "" if n["true_size"] is None else f", truly {n['true_size']:+.3g}"
    about = f" ({n['fault']})" if n["fault"] else ""
    word = n["verdict"].upper() if n["verdict"] != "true" else "true"
    return (
        f"{word}{about}: {n['measure']} {n['side'] or ''} {n['value']:+.3g} "
        f"[{low:.3g}, {high:.3g}] {n['unit']}{true}, floor {n['floor']:.2g}; "
        f"take {spans}; reference {n['at_reference_s']:.2f}"
    )
