"""Marks on notes: a table to fill in, and the agreement in words and as data."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from repetiteur.coaching.agreement import (
    BETWEEN_PEOPLE,
    Agreement,
    Figure,
    Unjudged,
    ordered,
)
from repetiteur.io.files import sha256_of
from repetiteur.io.marks import COLUMNS
from repetiteur.io.notes import read_notes

SCHEMA = "repetiteur.agreement/1"
#: Digits of a SHA-256 that name a rehearsal.
_NAME = 12
_HEADINGS = {
    "accepted": "Notes accepted, of those decided on",
    "found": "Faults named, of those that a rater sees",
    "agreement": "Agreement on what is said",
    "kappa": "Cohen's kappa",
    "icc": "Agreement of sizes, ICC(2,1)",
}


def blank_marks(notes: Path) -> str:
    """A table of marks for the notes of a rehearsal, as CSV, to fill in.

    Raises
    ------
    UnreadableRecording
        When the file is no notes.json.
    """
    # With a letter before it no spreadsheet takes it for a number.
    name = f"n{sha256_of(notes)[:_NAME]}"
    out = io.StringIO()
    table = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
    table.writeheader()
    for note in read_notes(notes).notes:
        table.writerow(
            {
                "notes": name,
                "note": note.id,
                "measure": note.measure,
                "side": note.side or "",
                "said": f"{note.difference.value:g}",
                "unit": note.difference.unit,
            }
        )
    return out.getvalue()


def agreement_json(found: Agreement) -> dict[str, Any]:
    """The agreement as a document."""
    return {
        "schema": SCHEMA,
        "figures": [_figure(one) for one in ordered(found.figures)],
        "not_now": found.not_now,
        "not_judged": [
            {"what": one.what, "raters": list(one.raters), "reason": one.reason}
            for one in found.not_judged
        ],
        "between_people": [
            {"said": one.said, "who": one.who, "source": one.source}
            for one in BETWEEN_PEOPLE
        ],
    }


def _figure(one: Figure) -> dict[str, Any]:
    value, low, high = (round(x, 4) for x in one.estimate)
    figure: dict[str, Any] = {
        "what": one.what,
        "raters": list(one.raters),
        "of": one.of,
        "value": value,
        "interval90": [low, high],
    }
    return {**figure, "unit": one.unit} if one.unit else figure


def agreement_parts(found: Agreement) -> Iterator[tuple[str, list[str]]]:
    """Headings with their lines, for people, beside what was published of people."""
    figures = ordered(found.figures)
    for what in dict.fromkeys(one.what for one in figures):
        yield (
            _HEADINGS[what],
            [_words(one, found) for one in figures if one.what == what],
        )
    if found.not_judged:
        yield "Not judged", list(_whys(found.not_judged))
    yield (
        "Published, of people among themselves",
        [f"{known.said}: {known.who}. {known.source}." for known in BETWEEN_PEOPLE],
    )


def _words(one: Figure, found: Agreement) -> str:
    value, low, high = one.estimate
    who = " and ".join(one.raters)
    if one.what in ("kappa", "icc"):
        unit = f" in {one.unit}" if one.unit else ""
        amount = f"{value:.2f} (90 %: {low:.2f} to {high:.2f})".replace("-", "−")
        return f"{who}: {amount}, {one.of} notes{unit}"
    amount = f"{value:.0%} (90 %: {low:.0%} to {high:.0%})".replace("%", " %")
    amount = amount.replace("90  %", "90 %")
    later = found.not_now.get(one.raters[0], 0) if one.what == "accepted" else 0
    rest = f"; {later} more not for now" if later else ""
    return f"{who}: {amount}, of {one.of}{rest}"


def _whys(unjudged: Sequence[Unjudged]) -> Iterator[str]:
    """Each reason once, after all that it holds for."""
    for what, reason in dict.fromkeys((one.what, one.reason) for one in unjudged):
        names = [
            " and ".join(one.raters)
            for one in unjudged
            if (one.what, one.reason) == (what, reason)
        ]
        yield f"{_HEADINGS[what]} ({'; '.join(names)}): {reason}"
