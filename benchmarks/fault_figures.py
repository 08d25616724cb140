"""Figures of many pairs: recall, precision, sides, sizes, with their intervals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from fault_names import ANGLES, LATENESS
from fault_trials import Row, Trial

Z90 = 1.6449


def share(hits: float, of: float) -> dict[str, float | list[float] | None]:
    """A share with Wilson's 90 % interval."""
    if not of:
        return {"share": None, "of": 0, "interval90": None}
    p, z = hits / of, Z90
    middle = (p + z**2 / (2 * of)) / (1 + z**2 / of)
    half = z / (1 + z**2 / of) * np.sqrt(p * (1 - p) / of + z**2 / (4 * of**2))
    ends = [round(float(max(middle - half, 0.0)), 3),
            round(float(min(middle + half, 1.0)), 3)]  # fmt: skip
    return {"share": round(p, 3), "of": int(of), "interval90": ends}


def precision(notes: Iterable[Row]) -> dict[str, Any]:
    """True notes of all that are true or false; what follows is counted apart."""
    words = [n["verdict"] for n in notes]
    true = words.count("true")
    wrong = sum(words.count(w) for w in ("false", "second", "side"))
    return {
        **share(true, true + wrong),
        **{w: words.count(w) for w in ("true", "false", "second", "side", "follows")},
    }


def recall(faults: Iterable[Row]) -> dict[str, Any]:
    """Found ones of the faults that are asked for, a wrong side counted as found."""
    asked = [f for f in faults if f["counts"]]
    return share(sum(bool(f["found"]) for f in asked), len(asked))


def sizes(notes: Iterable[Row], kinds: Sequence[str]) -> dict[str, Any]:
    """Error of what true notes on these faults say, and what their intervals hold."""
    mine = [n for n in notes if n["fault"] in kinds and n["true_size"] is not None]
    if not mine:
        return {"notes": 0}
    off = np.array([n["value"] - n["true_size"] for n in mine])
    held = [n["interval"][0] <= n["true_size"] <= n["interval"][1] for n in mine]
    half = [0.5 * (n["interval"][1] - n["interval"][0]) for n in mine]
    return {
        "notes": len(mine),
        "error_median": round(float(np.median(np.abs(off))), 4),
        "error_p90": round(float(np.percentile(np.abs(off), 90.0)), 4),
        "bias": round(float(np.median(off)), 4),
        "half_width": round(float(np.median(half)), 4),
        "holds": share(sum(held), len(mine)),
    }


def headline(trials: Sequence[Trial]) -> dict[str, Any]:
    """The figures that the project is measured by."""
    faults = [f for t in trials for f in t.faults]
    notes = [n for t in trials for n in t.notes]
    stretches = [w for n in notes for w in n["stretches"]]
    named = [f["found"] for f in faults if f["counts"] and f["found"] and f["side"]]
    below = [f for f in faults if f["shown"] and not f["counts"]]
    hidden = [f for f in faults if not f["shown"]]
    minutes = sum(t.seconds for t in trials) / 60.0
    false = sum(n["verdict"] in ("false", "second", "side") for n in notes)
    return {
        "pairs": len(trials),
        "refused": sum(bool(t.refused) for t in trials),
        "minutes": round(minutes, 1),
        "faults": len(faults),
        "recall": recall(faults),
        "precision": precision(notes),
        "precision_of_stretches": share(
            stretches.count("true"), len(stretches) - stretches.count("follows")
        ),
        "side": share(named.count("true"), len(named)),
        "false_a_minute": round(false / minutes, 3) if minutes else None,
        "size_deg": sizes(notes, ANGLES),
        "lateness_s": sizes(notes, LATENESS),
        "below_the_bar": {"faults": len(below),
                          "found": sum(bool(f["found"]) for f in below)},
        "not_shown": {"faults": len(hidden),
                      "found": sum(bool(f["found"]) for f in hidden)},
        "bootstrap": bootstrap(trials),
    }  # fmt: skip


def bootstrap(trials: Sequence[Trial], draws: int = 1000) -> dict[str, list[float]]:
    """90 % intervals by drawing whole pairs anew: notes of one pair go together."""
    if not trials:
        return {}
    counts = np.array([_counts(t) for t in trials], dtype=np.float64)
    rng = np.random.default_rng(0)
    picks = rng.integers(len(trials), size=(draws, len(trials)))
    sums = counts[picks].sum(axis=1)
    found = {}
    for name, (hit, of) in {"recall": (0, 1), "precision": (2, 3)}.items():
        of_any = np.maximum(sums[:, of], 1.0)
        ends = np.percentile(sums[:, hit] / of_any, [5.0, 95.0])
        found[name] = [round(float(end), 3) for end in ends]
    return found


def _counts(trial: Trial) -> tuple[int, int, int, int]:
    asked = [f for f in trial.faults if f["counts"]]
    words = [n["verdict"] for n in trial.notes]
    true = words.count("true")
    said = len(words) - words.count("follows")
    return sum(bool(f["found"]) for f in asked), len(asked), true, said


def by_fault(trials: Sequence[Trial]) -> dict[str, Any]:
    """The table by kind of fault."""
    faults = [f for t in trials for f in t.faults]
    notes = [n for t in trials for n in t.notes]
    table = {}
    for kind in sorted({f["kind"] for f in faults}):
        mine = [f for f in faults if f["kind"] == kind]
        about = [n for n in notes if n["fault"] == kind]
        asked = [f for f in mine if f["counts"]]
        table[kind] = {
            "n": len(mine),
            "asked": len(asked),
            "found": sum(bool(f["found"]) for f in asked),
            "wrong_side": sum(f["found"] == "side" for f in asked),
            "second": sum(n["verdict"] == "second" for n in about),
            "follows": sum(n["verdict"] == "follows" for n in about),
            "below_found": sum(bool(f["found"]) for f in mine if not f["counts"]),
            "size": sizes(notes, [kind]),
        }
    return table


def by_measure(trials: Sequence[Trial]) -> dict[str, Any]:
    """The table by what notes name."""
    notes = [n for t in trials for n in t.notes]
    names = sorted({n["measure"] for n in notes})
    return {
        name: precision([n for n in notes if n["measure"] == name]) for name in names
    }


def figures(trials: Sequence[Trial]) -> dict[str, Any]:
    """All tables."""
    real = [t for t in trials if t.real]
    danced = [t for t in trials if not t.real]
    return {
        "all": headline(trials),
        "real": headline(real),
        "synthetic": headline(danced),
        "sources": len({t.source.partition("[")[0] for t in trials}),
        "by_fault": by_fault(trials),
        "by_measure": by_measure(trials),
    }
