"""What the noise floor under the notes rests on, as data and in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from repetiteur.model.findings import Floor
from repetiteur.report import words

_DIGITS = 3


def floors_json(floors: Sequence[Floor]) -> list[dict[str, Any]]:
    """The entries of ``floors`` in notes.json."""
    return [_entry(one) for one in floors]


def _entry(one: Floor) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "measure": one.measure,
        "side": one.side,
        "floor": round(one.value, _DIGITS),
        "unit": one.unit,
        "basis": one.basis,
    }
    if one.typical_error is not None and one.interval90 is not None:
        entry["takes"] = one.takes
        entry["typical_error"] = round(one.typical_error, _DIGITS)
        entry["interval90"] = [round(edge, _DIGITS) for edge in one.interval90]
    return entry


def basis(floors: Sequence[Floor]) -> str:
    """Where it is known from what a dancer varies by, as a sentence.

    Examples
    --------
    >>> basis(())
    'Of one take that is not known: the variation of a trained dancer stands for yours.'
    >>> known = Floor("leg_elevation", "left", "deg", 4.1, 1.5, 3, 1.2, (0.9, 1.8))
    >>> basis([known]).partition(";")[0]
    'Yours was taken from the three times that you danced it'
    """
    takes = max((one.takes for one in floors if one.basis == "repeats"), default=1)
    if takes == 1:
        return (
            "Of one take that is not known: the variation of a trained dancer stands "
            "for yours."
        )
    many = words.number_word(takes)
    return (
        f"Yours was taken from the {many} times that you danced it; of turns, jumps, "
        "balances and steps that of a trained dancer stands for it."
    )
