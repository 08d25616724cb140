"""The steps of a recording as rows that people read, one phrase after another."""

from __future__ import annotations

from collections.abc import Sequence

from repetiteur.report.steps import how_sure, is_unsure
from repetiteur.steps.schools import School, called, details, english, name
from repetiteur.steps.step import Step

COLUMNS = ("time", "step", "side", "sure", "danced", "why")
#: Where nothing was recognised for this long, s, a new phrase begins.
PHRASE_S = 2.0


def step_rows(
    steps: Sequence[Step], school: School | None = None
) -> list[tuple[str, ...]]:
    """Rows of :data:`COLUMNS`, with an empty one between two phrases.

    Parameters
    ----------
    steps : sequence of Step
    school : str, optional
        Whose numbers names get.

    Examples
    --------
    >>> for row in step_rows([
    ...     Step("demi_plie", None, 1.0, 2.5, 0.97, because=("heels stay down",)),
    ...     Step("fifth_position", "left", 8.0, 9.0, 0.5, "third_position", True),
    ... ]):
    ...     print(row[0], row[1], row[3], sep=" | ")
    0:01.0–0:02.5 | Demi-plié (half bend, heels stay down) | sure
     |  |
    0:08.0–0:09.0 | Cinquième position or Troisième position | 5 in 10
    """
    rows: list[tuple[str, ...]] = []
    last = float("inf")
    for step in sorted(steps, key=lambda one: (one.start_s, one.end_s)):
        if step.start_s - last > PHRASE_S:
            rows.append(("",) * len(COLUMNS))
        rows.append(_row(step, school))
        last = step.end_s if last == float("inf") else max(last, step.end_s)
    return rows


def _row(step: Step, school: School | None) -> tuple[str, ...]:
    return (
        when(step),
        spoken(step, school),
        step.side or "",
        how_sure(step.confidence),
        ", ".join(details(step, school)),
        step.because[0] if step.because else "",
    )


def when(step: Step) -> str:
    """From when to when a step is danced."""
    return f"{clock(step.start_s)}–{clock(step.end_s)}"


def spoken(step: Step, school: School | None = None) -> str:
    """A step in French with the English behind it, or the two that it may be.

    Examples
    --------
    >>> spoken(Step("releve", None, 1.0, 2.0, 0.5, "temps_leve"))
    'Relevé (rise to demi-pointe or pointe), perhaps Temps levé'
    """
    said = called(step, school).replace(" (", ", ").rstrip(")")
    if step.undecided and step.runner_up:
        return f"{said} or {name(step.runner_up)}"
    meaning = english(step.id)
    said += f" ({meaning})" if meaning and said.startswith(name(step.id)) else ""
    perhaps = is_unsure(step) and step.runner_up
    return f"{said}, perhaps {name(step.runner_up or '')}" if perhaps else said


def clock(seconds: float) -> str:
    """A moment as minutes and seconds.

    Examples
    --------
    >>> clock(4.04), clock(59.96), clock(754.0)
    ('0:04.0', '1:00.0', '12:34.0')
    """
    minutes, tenths = divmod(max(round(10 * seconds), 0), 600)
    return f"{minutes}:{tenths / 10:04.1f}"
