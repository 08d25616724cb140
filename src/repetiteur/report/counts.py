"""Counts for people and programs: a row for each phrase, and a document."""

from __future__ import annotations

from typing import Any

import numpy as np

from repetiteur.model.counts import Counts

__all__ = ["COLUMNS", "SCHEMA", "counts_json", "phrase_rows", "summary"]

SCHEMA = "repetiteur.counts/1"
COLUMNS = ("phrase", "from, s", "to, s", "bars", "counts", "a minute", "sure")
#: Below this a beat should be listened to.
UNSURE = 0.5


def counts_json(counts: Counts) -> dict[str, Any]:
    """Counts as a document, ready for :func:`repetiteur.report.exports.to_json`.

    Examples
    --------
    >>> from repetiteur.model.counts import counted
    >>> found = counts_json(counted(np.array([0.5, 1.0]), metre=3, one=0))
    >>> found["counts"][1]["label"]
    '1·2'
    """
    rows = zip(
        counts.time_s.round(3).tolist(),
        counts.beat.tolist(),
        counts.bar.tolist(),
        counts.count.tolist(),
        counts.label.tolist(),
        counts.confidence.round(2).tolist(),
        strict=True,
    )
    names = ("time_s", "beat", "bar", "count", "label", "confidence")
    return {
        "schema": SCHEMA,
        "counts": [dict(zip(names, row, strict=True)) for row in rows],
    }


def phrase_rows(counts: Counts) -> list[list[str]]:
    """A row for each phrase: its number, times, bars, counts, tempo, confidence.

    Examples
    --------
    >>> from repetiteur.model.counts import counted
    >>> phrase_rows(counted(np.arange(9) * 0.5, metre=4, one=1))[1]
    ['1', '0.50', '4.00', '1–2', '8', '120', '1.00']
    """
    phrase, rows = counts.phrase, []
    for number in np.unique(phrase):
        inside = np.flatnonzero(phrase == number)
        time, bar = counts.time_s[inside], counts.bar[inside]
        pace = f"{60.0 / np.median(np.diff(time)):.0f}" if inside.size > 1 else ""
        bars = f"{bar[0]}" if bar[0] == bar[-1] else f"{bar[0]}–{bar[-1]}"
        rows.append(
            [
                str(number) if number else "pick-up",
                f"{time[0]:.2f}",
                f"{time[-1]:.2f}",
                bars,
                str(inside.size),
                pace,
                f"{np.median(counts.confidence[inside]):.2f}",
            ]
        )
    return rows


def summary(counts: Counts) -> str:
    """What to look at first.

    Examples
    --------
    >>> from repetiteur.model.counts import counted
    >>> summary(counted(np.array([0.5, 1.0]), metre=4, one=0))
    '2 counts. To correct them: -o CSV; to hear them: --click WAV.'
    """
    unsure = int((counts.confidence < UNSURE).sum())
    said = f"{len(counts)} count{'s' if len(counts) != 1 else ''}"
    doubt = f", {unsure} of them less sure than {UNSURE:g}" if unsure else ""
    return f"{said}{doubt}. To correct them: -o CSV; to hear them: --click WAV."
