"""From a note's numbers to its sentences, through a catalogue of messages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, get_args

from repetiteur.coaching import amounts, catalogue
from repetiteur.coaching.blocked import blocked
from repetiteur.coaching.filling import filled, untold
from repetiteur.coaching.phrases import Focus, phrase_of
from repetiteur.expression.descriptors import descriptors
from repetiteur.model.findings import Note
from repetiteur.steps.step import Step
from repetiteur.technique.curve import curves

__all__ = ["LANGUAGES", "Focus", "Wording", "wording"]

LANGUAGES = catalogue.languages()
EIGHT = 8
#: Values in these say nothing to a dancer.
UNSPOKEN = ("ratio", "%", "heights")


@dataclass(frozen=True)
class Wording:
    """The sentences of one language; the same note always gets the same words.

    Attributes
    ----------
    messages : dict
        The catalogue.
    focus : {"external", "internal"}
        What a note draws the attention to: what the movement does (the floor, the
        room, an image), or the part of the body that does it.
    language : str
        Whose list of words that may not be said is looked through.
    phrase : int
        How far is counted: an eight has a name of its own.
    """

    messages: dict[str, Any]
    focus: Focus = "external"
    language: str = "en"
    phrase: int = 8

    def worded(self, note: Note) -> Note:
        """The note with its text, reason and place.

        A measure without an entry in the catalogue, as another package may bring one,
        is called by its name and gets plain words.
        """
        entry = self._entry(note)
        words = self._words(note)
        return replace(
            note,
            text=self._say(entry).format(**words),
            reason=" ".join(self._reasons(entry, note, words)),
            place=self._place(note, words),
        )

    def on_step(self, note: Note, step: Step, name: str) -> Note:
        """The note with its step in its place, and what a teacher says of that step.

        Parameters
        ----------
        note : Note
            Worded, with its phase.
        step : Step
            On which it falls.
        name : str
            What that step is called.
        """
        placed = replace(note, place=self.placed(note.place, name))
        phrase = phrase_of(note, step, self.focus)
        if phrase is None:
            return placed
        said = self.messages.get("phrases", {}).get(phrase, phrase)
        tail = str(self._entry(note).get("tail", "")).format(**self._words(note))
        return replace(placed, text=f"{said} {tail}".rstrip())

    def placed(self, place: str, step: str) -> str:
        """A place with the step that was danced there."""
        small = step[:1].lower() + step[1:]
        return str(self.messages["place"]["step"]).format(place=place, step=small)

    def counted(self, count: str) -> str:
        """A count in words.

        Parameters
        ----------
        count : str
            ``2·5`` is the fifth count of the second eight; ``5`` is of no eight.

        Examples
        --------
        >>> wording("en").counted("2·5"), wording("en").counted("5")
        ('second eight, count 5', 'count 5')
        """
        said = self.messages["count"]
        eight, dot, beat = count.rpartition("·")
        alone = str(said["alone"]).format(count=beat)
        if not dot or not eight.isdecimal():
            return alone
        names = said["eights" if self.phrase == EIGHT else "phrases"]
        named = amounts.of_number(float(eight), names, self.messages)
        return str(said["of_eight"]).format(eight=named, count=alone)

    def strength(self, measure: str, side: str | None) -> str:
        """A sentence on what was as in the reference."""
        sides = self.messages["sides"]
        said = str(self.messages["strengths"][measure])
        said = said.format(**sides[side or "none"])
        return said[:1].upper() + said[1:]

    def has_strength(self, measure: str) -> bool:
        """Whether there is such a sentence for a measure."""
        return measure in self.messages["strengths"]

    def sides(self, sides: Iterable[str | None]) -> str:
        """Sides of the body in words: ``left``, ``right``, ``left and right``."""
        named = [self.messages["sides"][side]["plain"] for side in sides if side]
        return str(self.messages["and"]).join(named)

    def points(self, keypoints: Iterable[str]) -> str:
        """Keypoints in words; of none, those of a head that a measure has to have.

        Examples
        --------
        >>> wording("en").points(["left_toe", "left_heel"]), wording("en").points([])
        ('left heel, left toe', 'face or crown')
        """
        named = sorted(map(self._point, keypoints))
        return str(
            self.messages["comma"].join(named) or self.messages["points"]["none"]
        )

    def not_judged(self, key: str, **words: object) -> tuple[str, str]:
        """Reason and how to film it."""
        entry = self.messages["not_judged"][key]
        return str(entry["reason"]).format(**words), str(entry["film"]).format(**words)

    def _entry(self, note: Note) -> Mapping[str, Any]:
        """What is said of a note's measure and kind."""
        plain = self.messages["plain"]
        if note.side == "both":  # sentences are on one limb
            return dict(plain[note.kind])
        to_music = note.measure == "timing_path" and note.against == "music"
        key = "timing_path_to_music" if to_music else note.measure
        own = self.messages["notes"].get(key, {})
        return dict(own.get(note.presence or note.kind, plain[note.kind]))

    def _say(self, entry: Mapping[str, Any]) -> str:
        key = "internal" if self.focus == "internal" and "internal" in entry else "say"
        return str(entry[key])

    def _reasons(
        self, entry: Mapping[str, Any], note: Note, words: Mapping[str, str]
    ) -> Iterator[str]:
        """Why, how often where it is more than once, and what references have."""
        yield self._reason(entry, note).format(**words)
        if note.also:
            spans = sorted((note.take, *note.also), key=lambda span: span.start_s)
            starts = [amounts.number(s.start_s, 1, self.messages) for s in spans]
            at = amounts.listed(starts, self.messages)
            times = amounts.of_number(len(spans), self.messages["times"], self.messages)
            yield str(self.messages["repeated"]).format(times=times, at=at)
        if note.spread is not None:
            yield self._spread(note.spread, note)

    def _reason(self, entry: Mapping[str, Any], note: Note) -> str:
        """The reason, without values where there are none."""
        reason = str(entry["reason"])
        needs_them = catalogue.placeholders(reason) & untold(note)
        return str(self.messages["without_values"]) if needs_them else reason

    def _spread(self, spread: tuple[float, float], note: Note) -> str:
        """What several references have between them."""
        said = self.messages["spread"]
        if note.kind in ("late", "early"):
            which, edges = "time", [self._lateness(edge) for edge in spread]
        else:
            unit = note.difference.unit
            unspoken = unit in UNSPOKEN
            which = "other" if unspoken else "amount"
            told = amounts.bare if unspoken else amounts.amount
            edges = [told(edge, unit, self.messages) for edge in spread]
        low, high = edges
        way = "same" if low == high else "differ"
        return str(said[which][way]).format(low=low, high=high)

    def _lateness(self, value: float) -> str:
        said = amounts.lateness(value, self.messages)
        on_time = said == amounts.lateness(0.0, self.messages)
        way = "on_time" if on_time else "late" if value > 0 else "early"
        return str(self.messages["spread"][way]).format(lateness=said)

    def _place(self, note: Note, words: Mapping[str, str]) -> str:
        said = self.messages["place"]
        when = "moment" if note.presence == "skipped" else "stretch"
        place = self.counted(note.count) if note.count else said[when].format(**words)
        if note.presence or note.side is None:
            return str(place)
        return str(said["side"]).format(place=place, **words)

    def _words(self, note: Note) -> dict[str, str]:
        return filled(note, self._name(note.measure), self.messages)

    def _name(self, measure: str) -> str:
        """What a measure is called, its id in words where it is none of our own."""
        readable = measure.replace(".", ", ").replace("_", " ").capitalize()
        told = {one.id: one.name for one in descriptors()}
        known = told | {one.id: one.name for one in curves()}
        name = known.get(measure, readable)
        if blocked(name, self.language):
            return str(self.messages["unnamed"])
        return name

    def _point(self, keypoint: str) -> str:
        said, sides = self.messages["points"], self.messages["sides"]
        side, _, part = keypoint.partition("_")
        if side not in ("left", "right"):
            return str(said[keypoint])
        return str(said["of_side"]).format(**sides[side], point=said[part])


@cache
def wording(language: str = "en", focus: Focus = "external") -> Wording:
    """The catalogue of a language, in a style.

    Parameters
    ----------
    language : str
        One of ``LANGUAGES``.
    focus : {"external", "internal"}
        Whether notes speak of what the movement does, or of the part of the body that
        does it.

    Raises
    ------
    ValueError
        When there is no such language, or no such style.

    Examples
    --------
    >>> wording("en").strength("leg_elevation", "left")
    'The left leg goes to the height of the reference.'
    """
    if focus not in get_args(Focus):
        raise ValueError(
            f"The focus of notes needs to be {' or '.join(get_args(Focus))}, and is "
            f"{focus!r:.40}. Choose one of them."
        )
    return Wording(catalogue.read(language), focus, language)
