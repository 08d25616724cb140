"""What a teacher says of a step, where it is what a note says.

The phrases stand in the vocabulary, with how the fault shows in measures; which measure
and which kind of note each of them is about stands in ``phrases.yaml``, key by key
checked. A phrase says what to do and never how much: a note adds side and size.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import isnan, nan
from typing import Literal

import yaml

from repetiteur.model.checked import record
from repetiteur.model.findings import Kind, Note, Presence
from repetiteur.model.skeletons import Side
from repetiteur.steps.step import Step
from repetiteur.steps.vocabulary import vocabulary

#: What the attention is drawn to: what the movement does, or the part that does it.
Focus = Literal["external", "internal"]
Said = Literal[Kind, Presence]

#: Measures without a side whose larger value names the left, the smaller the right.
OF_TWO_SIDES = frozenset({"aplomb.side", "pelvis_obliquity"})


@dataclass(frozen=True)
class Fit:
    """The notes that the phrase of a fault is true of.

    Attributes
    ----------
    sig : str
        As in the vocabulary: what the phrase is looked up by.
    measures : tuple of str
    kinds : tuple of str
        Kinds of notes; of steps that are there or not, their presence.
    phases : tuple of str
        Phases of the step; none means all of it.
    leg : {"any", "working", "other"}
        The side that it speaks of.
    direction : str
        Where the leg goes; "" where that does not matter.
    limit : float
        Of a phrase that names a place of its own: it is said when the take lies beyond
        that value and the reference does not.
    focus : {"external", "both"}
        ``both`` of a phrase that names the part of the body, too.
    """

    sig: str
    measures: tuple[str, ...]
    kinds: tuple[Said, ...]
    phases: tuple[str, ...] = ()
    leg: Literal["any", "working", "other"] = "any"
    direction: str = ""
    limit: float = nan
    focus: Literal["external", "both"] = "external"

    def holds(self, note: Note, step: Step) -> bool:
        """Whether a note on this step is one of those."""
        return (
            note.measure in self.measures
            and (note.presence or note.kind) in self.kinds
            and (not self.phases or note.phase in self.phases)
            and _is_leg(self.leg, note, step)
            and self.direction in ("", step.attributes.get("direction"))
            and (isnan(self.limit) or _beyond(self.limit, note))
        )


@dataclass(frozen=True)
class Fits:
    """All of ``phrases.yaml``: by step, what is said and what is not."""

    used: Mapping[str, tuple[Fit, ...]]
    unused: Mapping[str, tuple[str, ...]]


def phrase_of(note: Note, step: Step, focus: Focus = "external") -> str | None:
    """The phrase of a step that is true of a note on it.

    Parameters
    ----------
    note : Note
        With its phase.
    step : Step
        On which it falls.
    focus : {"external", "internal"}

    Returns
    -------
    str or None
        As in the vocabulary, in English.
    """
    for fit in fits().used.get(step.id, ()):
        if fit.holds(note, step) and (focus == "external" or fit.focus == "both"):
            return _say(step.id, fit.sig)
    return None


@cache
def spoken() -> tuple[str, ...]:
    """Every phrase that a note can have, in the order of the vocabulary.

    Examples
    --------
    >>> "Send the knees out over the little toes." in spoken()
    True
    """
    used = fits().used.items()
    return tuple(dict.fromkeys(_say(id, fit.sig) for id, some in used for fit in some))


@cache
def fits() -> Fits:
    """``phrases.yaml``, checked against the vocabulary."""
    return read_fits(
        files("repetiteur.coaching").joinpath("phrases.yaml").read_text("utf-8")
    )


def read_fits(text: str) -> Fits:
    """Read which notes phrases are true of.

    Parameters
    ----------
    text : str
        YAML, as in ``phrases.yaml``.

    Raises
    ------
    ValueError
        When a key or a value is not what belongs there, or the vocabulary has no such
        step, phase or fault. The text names it.

    Examples
    --------
    >>> read_fits("{used: {}, unused: {sissonne: [wobbles]}}")
    Traceback (most recent call last):
        ...
    ValueError: phrases, sissonne: the vocabulary has no fault 'wobbles'.
    """
    found: Fits = record(Fits, yaml.safe_load(text), "phrases")
    for id, some in found.used.items():
        for fit in some:
            _check(id, fit.sig, fit.phases)
    for id, sigs in found.unused.items():
        for sig in sigs:
            _check(id, sig, ())
    return found


def _check(id: str, sig: str, phases: tuple[str, ...]) -> None:
    if id not in vocabulary():
        raise ValueError(f"phrases: the vocabulary has no step {id!r}.")
    entry = vocabulary()[id]
    if sig not in {fault.sig for fault in entry.faults}:
        raise ValueError(f"phrases, {id}: the vocabulary has no fault {sig!r}.")
    unknown = [phase for phase in phases if phase not in entry.phases]
    if unknown:
        raise ValueError(f"phrases, {id}: it has no phase {unknown[0]!r}.")


def _say(id: str, sig: str) -> str:
    return next(fault.say for fault in vocabulary()[id].faults if fault.sig == sig)


def _is_leg(leg: str, note: Note, step: Step) -> bool:
    if leg == "any":
        return True
    side = _side(note)
    return None not in (side, step.side) and (side == step.side) == (leg == "working")


def _side(note: Note) -> Side | Literal["both"] | None:
    """The side that a note names, by its side or by its sign."""
    if note.measure in OF_TWO_SIDES:
        return "left" if note.kind == "more" else "right"
    return note.side


def _beyond(limit: float, note: Note) -> bool:
    """Whether the take lies beyond a limit, and the reference on this side of it."""
    if note.kind == "more":
        return note.reference_value <= limit < note.take_value
    return note.take_value < limit <= note.reference_value
