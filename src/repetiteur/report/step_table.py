"""The steps of a rehearsal as text: what can be read without looking at the strip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from repetiteur.report import words
from repetiteur.report.step_rows import spoken, when
from repetiteur.report.steps import how_sure, is_unsure
from repetiteur.steps.schools import details
from repetiteur.steps.step import Step

#: Up to so many steps of both have their reasons on the page.
REASONED = 200
_MOSTLY = 0.5


@dataclass(frozen=True)
class Row:
    """A line of the table: what can be read without looking at the strip."""

    time: str
    step: str
    sure: str
    why: str


def is_brief(reference: Sequence[Step], take: Sequence[Step]) -> bool:
    """Whether there are so many that only unsure names have their reasons."""
    return len(reference) + len(take) > REASONED


def said_first(reference: Sequence[Step], take: Sequence[Step]) -> str:
    """What is to be known first: that nothing was recognised, or little surely; ""."""
    both = [*reference, *take]
    if not both:
        return (
            "No step of the vocabulary was recognised in these recordings. The notes "
            "do not depend on it."
        )
    if not reference or not take:
        where = "the reference" if take else "your take"
        return f"In {where} no step of the vocabulary was recognised."
    unsure = sum(map(is_unsure, both))
    if unsure > _MOSTLY * len(both):
        many = words.number_word(unsure).capitalize()
        return (
            f"{many} of {words.counted(len(both), 'name', 'names')} are little more "
            "than a guess. Take them as questions."
        )
    return ""


def table_of(steps: Sequence[Step], *, brief: bool) -> tuple[Row, ...]:
    """The steps of one performance; ``brief``, with reasons of what is unsure alone."""
    return tuple(
        Row(
            time=when(step),
            step=", ".join(
                filter(None, [spoken(step), step.side, *details(step)]),
            ),
            sure=how_sure(step.confidence),
            why="" if brief and not is_unsure(step) else "; ".join(step.because),
        )
        for step in sorted(steps, key=lambda one: one.start_s)
    )
