"""What was as in the reference, where that is worth saying."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from repetiteur.coaching.differences import Comparison
from repetiteur.coaching.wording import Wording
from repetiteur.model.findings import Lateness, Strength
from repetiteur.technique.curve import Z90

#: A measure that moves through less than this in the reference, deg, earns no praise.
WORTH_PRAISE = 40.0
MOST_STRENGTHS = 2


def strengths(
    compared: Sequence[Comparison],
    rows: Sequence[Lateness],
    floor: float,
    wording: Wording,
) -> Iterator[Strength]:
    """What a take has of its reference: its timing, and measures that stay by it.

    Parameters
    ----------
    compared : sequence of Comparison
    rows : sequence of Lateness
        Of a take that is danced whole; none of another.
    floor : float
        Lateness that stays below this, s, is none.
    wording : Wording

    Yields
    ------
    Strength
        Timing, and at most :data:`MOST_STRENGTHS` measures, those that move most.
    """
    if len(rows) >= 5 and all(abs(row.late_s) < floor for row in rows):
        said = wording.strength("timing_path", None)
        yield Strength("timing_path", said)
    kept = [one for one in compared if _is_kept(one) and _praised(one, wording)]
    kept.sort(key=lambda one: -float(np.ptp(one.reference[np.isfinite(one.reference)])))
    first_of = {one.measure.id: one for one in reversed(kept)}
    for one in [k for k in kept if first_of[k.measure.id] is k][:MOST_STRENGTHS]:
        yield Strength(one.measure.id, wording.strength(one.measure.id, one.side))


def _praised(one: Comparison, wording: Wording) -> bool:
    seen = one.reference[np.isfinite(one.reference)]
    moves = seen.size > 0 and float(np.ptp(seen)) >= WORTH_PRAISE
    return moves and wording.has_strength(one.measure.id)


def _is_kept(one: Comparison) -> bool:
    apart = one.apart[np.isfinite(one.apart)]
    enough = apart.size >= 0.8 * one.apart.size
    if not enough or Z90 * float(np.nanmedian(one.sd)) >= one.floor:
        return False  # an instrument that would not tell has nothing to praise
    return bool((np.abs(apart) < one.floor).all())
