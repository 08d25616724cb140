"""From a note's numbers to its sentences, through a catalogue of messages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from repetiteur.model.findings import Note
from repetiteur.technique.curve import curves

LANGUAGES = ("en",)

_DECIMALS = {"deg": 0}
#: Of shares and lengths of the body's own: a hundredth is less than any floor.
_MOST_DECIMALS = 2
_SIGNS = {"deg": "°"}


@dataclass(frozen=True)
class Wording:
    """The sentences of one language; the same note always gets the same words."""

    messages: dict[str, Any]

    def worded(self, note: Note) -> Note:
        """The note with its text, reason and place.

        A measure without an entry in the catalogue, as another package may bring one,
        is called by its name and gets plain words.
        """
        entry = self._entry(note.measure)[note.presence or note.kind]
        words = self._words(note)
        reasons = str(entry["reason"]).format(**words), *self._spread(note)
        return replace(
            note,
            text=str(entry["say"]).format(**words),
            reason=" ".join(reasons),
            place=str(self.messages["place"][_where(note)]).format(**words),
        )

    def placed(self, place: str, step: str) -> str:
        """A place with the step that was danced there."""
        small = step[:1].lower() + step[1:]
        return str(self.messages["place"]["step"]).format(place=place, step=small)

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

    def _entry(self, measure: str) -> dict[str, Any]:
        """What is said of a measure, by the kind of note."""
        said: dict[str, Any] = self.messages["notes"].get(
            measure, self.messages["plain"]
        )
        return said

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
            return _number(value, unit)
        ms = round(1000 * abs(value), -1)
        way = "on_time" if ms == 0 else "late" if value > 0 else "early"
        return str(self.messages["spread"][way]).format(ms=f"{ms:.0f}")

    def _words(self, note: Note) -> dict[str, str]:
        size, unit = abs(note.difference.value), note.difference.unit
        sides = self.messages["sides"][note.side or "none"]
        return {
            "name": ", ".join(filter(None, [_name(note.measure), sides["plain"]])),
            "side": sides["plain"],
            "Side": sides["plain"].capitalize(),
            "the": sides["the"],
            "size": _number(size, unit),
            "unit": _SIGNS.get(unit, ""),
            "ms": f"{round(1000 * size, -1):.0f}",
            "ref": _number(note.reference_value, unit),
            "take": _number(note.take_value, unit),
            "start": f"{note.take.start_s:.1f}",
            "end": f"{note.take.end_s:.1f}",
            "ref_start": f"{note.reference.start_s:.1f}",
            "ref_end": f"{note.reference.end_s:.1f}",
            "length": f"{size:.1f}",
        }


def _number(value: float, unit: str) -> str:
    """A value with the decimals of its unit; "" of NaN.

    Examples
    --------
    >>> _number(-12.3, "deg"), _number(0.354, "ratio"), _number(-0.004, "ratio")
    ('−12', '0.35', '0.00')
    """
    if value != value:
        return ""
    digits = _DECIMALS.get(unit, _MOST_DECIMALS)
    return f"{round(value, digits) + 0.0:.{digits}f}".replace("-", "−")


def _name(measure: str) -> str:
    """What a measure is called; its id, where it is no curve."""
    return next((one.name for one in curves() if one.id == measure), measure)


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
