"""How much of a report two sheets of A4 hold: all else stands on the screen alone."""

from __future__ import annotations

from typing import NamedTuple

from repetiteur.report.earlier import Ledger

#: Reasons stand three in a row, systems two. Two rows of either have room, or of one of
#: them where corrections stand there too; these have a line each.
_ROW, _PAIR = 3, 2
_CORRECTIONS = 5


class Paper(NamedTuple):
    """How many reasons, systems of the ribbon and corrections are printed."""

    reasons: int
    systems: int
    corrections: int


def paper(reasons: int, ledgers: list[Ledger]) -> Paper:
    """What is printed of so many reasons, and of the ledgers of earlier takes.

    Examples
    --------
    >>> paper(3, [])
    Paper(reasons=6, systems=4, corrections=5)
    >>> paper(8, []).systems
    2
    """
    crowded = bool(ledgers)
    return Paper(
        reasons=_ROW if crowded else 2 * _ROW,
        systems=_PAIR if crowded or reasons > _ROW else 2 * _PAIR,
        corrections=_CORRECTIONS,
    )
