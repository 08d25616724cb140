"""From a note's numbers to its sentences, through a catalogue of messages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from repetiteur.model.findings import Note

LANGUAGES = ("en",)


@dataclass(frozen=True)
class Wording:
    """The sentences of one language; the same note always gets the same words."""

    messages: dict[str, Any]

    def worded(self, note: Note) -> Note:
        """The note with its text, reason and place.

        Raises
        ------
        KeyError
            When the catalogue has no entry for the measure and kind.
        """
        entry = self.messages["notes"][note.measure][note.presence or note.kind]
        words = self._words(note)
        reasons = str(entry["reason"]).format(**words), *self._spread(note)
        return replace(
            note,
            text=str(entry["say"]).format(**words),
            reason=" ".join(reasons),
            place=str(self.messages["place"][_where(note)]).format(**words),
        )

    def strength(self, measure: str, side: str | None) -> str:
        """A sentence on what was as in the reference."""
        sides = self.messages["sides"]
        said = str(self.messages["strengths"][measure])
        said = said.format(the=sides[side or "none"]["the"])
        return said[:1].upper() + said[1:]

    def has_strength(self, measure: str) -> bool:
        """Whether there is such a sentence for a measure."""
        return measure in self.messages["strengths"]

    def sides(self, sides: Iterable[str | None]) -> str:
        """Sides of the body in words: ``left``, ``right``, ``left and right``."""
        named = [self.messages["sides"][side]["plain"] for side in sides if side]
        return str(self.messages["and"]).join(named)

    def not_judged(self, key: str, **words: object) -> tuple[str, str]:
        """Reason and how to film it."""
        entry = self.messages["not_judged"][key]
        return str(entry["reason"]).format(**words), str(entry["film"]).format(**words)

    def _spread(self, note: Note) -> Iterator[str]:
        """What several references have between them, where there are several."""
        if note.spread is None:
            return
        said = self.messages["spread"]
        unit = note.difference.unit
        low, high = (self._edge(edge, unit) for edge in note.spread)
        which = unit if unit in said else "other"
        yield str(said[which]["same" if low == high else "differ"]).format(
            low=low, high=high
        )

    def _edge(self, value: float, unit: str) -> str:
        if unit != "s":
            return _number(value)
        ms = round(1000 * abs(value), -1)
        way = "on_time" if ms == 0 else "late" if value > 0 else "early"
        return str(self.messages["spread"][way]).format(ms=f"{ms:.0f}")

    def _words(self, note: Note) -> dict[str, str]:
        size = abs(note.difference.value)
        sides = self.messages["sides"][note.side or "none"]
        return {
            "side": sides["plain"],
            "Side": sides["plain"].capitalize(),
            "the": sides["the"],
            "size": f"{size:.0f}",
            "ms": f"{round(1000 * size, -1):.0f}",
            "ref": ""
            if _missing(note.reference_value)
            else _number(note.reference_value),
            "take": "" if _missing(note.take_value) else _number(note.take_value),
            "start": f"{note.take.start_s:.1f}",
            "end": f"{note.take.end_s:.1f}",
            "ref_start": f"{note.reference.start_s:.1f}",
            "ref_end": f"{note.reference.end_s:.1f}",
            "length": f"{size:.1f}",
        }


def _missing(value: float) -> bool:
    return value != value


def _number(value: float) -> str:
    return f"{value:.0f}".replace("-", "−")


def _where(note: Note) -> str:
    if note.presence == "skipped":  # no time of the take
        return "moment"
    return "whole" if note.side is None else "side"


@cache
def wording(language: str = "en") -> Wording:
    """The catalogue of a language.

    Examples
    --------
    >>> wording("en").strength("leg_elevation", "left")
    'The left leg goes to the height of the reference.'
    """
    text = files("repetiteur.coaching").joinpath(f"messages.{language}.yaml")
    return Wording(yaml.safe_load(text.read_text("utf-8")))
