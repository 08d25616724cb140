"""The correction ledger: what became of the notes of an earlier rehearsal.

An earlier note says where in the reference something differed, and by how much. The
same measure is taken in this take at the same place, whether or not it would be a note
now. A difference is then

- *improved*, where it is smaller beyond the doubt about both;
- *lost*, where it is larger beyond the doubt about both, or as large on the other side
  of the reference: overdone;
- *kept*, where it is neither surely smaller nor surely larger;
- *not seen*, where the place was not danced or not seen.

The two takes are measured apart from one another, so the doubts about both add up as
squares. What both share, the reference and its errors, is in both: the interval of the
change is rather too wide than too narrow. What a dancer varies by from one take to the
next is not in it, as it is not in the interval of a note: it is the floor.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from repetiteur.coaching.shown import Shown, difference_at
from repetiteur.coaching.wording import Wording
from repetiteur.errors import NothingToJudge
from repetiteur.io.notes import Earlier, EarlierNote
from repetiteur.model.findings import Change, Correction, Difference, State


def same_reference(
    earlier: Earlier, reference: tuple[str, str], further: Sequence[str]
) -> None:
    """Check that an earlier rehearsal was beside the same references as this one.

    Parameters
    ----------
    earlier : Earlier
    reference : (str, str)
        Name and SHA-256 of this rehearsal's reference.
    further : sequence of str
        SHA-256 of its further references.

    Raises
    ------
    NothingToJudge
        When it was beside others: places and differences are counted from them.
    """
    name, sha256 = reference
    first, *others = earlier.references
    if first != sha256:
        raise NothingToJudge(
            f"What became of earlier notes needs the reference that they were given "
            f"beside, and those on {earlier.source} were given beside another file "
            f"than {name} (SHA-256 {first[:12]}, not {sha256[:12]}). Rehearse beside "
            "that one, or leave --since out."
        )
    if set(others) != set(further):
        raise NothingToJudge(
            "What became of earlier notes needs the same further references, from "
            f"which differences count, and those on {earlier.source} were given beside "
            f"{len(others)} of them, not these {len(set(further))}. Name the same, or "
            "leave --since out."
        )


def corrections(
    since: Sequence[Earlier], shown: Shown, wording: Wording
) -> tuple[Correction, ...]:
    """What became of the notes of earlier rehearsals, in their order.

    Parameters
    ----------
    since : sequence of Earlier
        Beside the same reference (:func:`same_reference`).
    shown : Shown
    wording : Wording

    Returns
    -------
    tuple of Correction
    """
    return tuple(
        _correction(earlier, note, shown, wording)
        for earlier in since
        for note in earlier.notes
    )


def state_of(then: Difference, now: Difference) -> State:
    """What became of a difference.

    Examples
    --------
    >>> then = Difference(-12.0, "deg", (-15.0, -9.0), 5.0)
    >>> state_of(then, Difference(-7.0, "deg", (-9.0, -5.0), 5.0))
    'improved'
    >>> state_of(then, Difference(-11.0, "deg", (-14.0, -8.0), 5.0))
    'kept'
    >>> state_of(then, Difference(20.0, "deg", (17.0, 23.0), 5.0))
    'lost'
    """
    low, high = change(_size(then), _size(now)).interval90
    if high < 0.0:
        return "improved"
    overdone = now.beyond_floor and now.value * then.value < 0.0
    return "lost" if low > 0.0 or overdone else "kept"


def change(then: Difference, now: Difference) -> Change:
    """Now minus then, with the interval of a difference of two independent estimates.

    Each end takes the distances of both estimates from their own ends, as a root of the
    sum of squares (G. Y. Zou & A. Donner, Stat. Med. 27, 2008, who let intervals be
    uneven; of even ones it is the root of the sum of the squared half-widths).

    Examples
    --------
    >>> change(Difference(-12.0, "deg", (-15.0, -9.0), 5.0),
    ...        Difference(-7.0, "deg", (-11.0, -3.0), 5.0))
    Change(value=5.0, unit='deg', interval90=(0.0, 10.0))
    """
    value = now.value - then.value
    (low, high), (then_low, then_high) = now.interval90, then.interval90
    below = float(np.hypot(now.value - low, then_high - then.value))
    above = float(np.hypot(high - now.value, then.value - then_low))
    return Change(value, now.unit, (value - below, value + above))


def _size(gap: Difference) -> Difference:
    """A difference as if it were above 0, its interval turned round with it."""
    if gap.value >= 0.0:
        return gap
    low, high = gap.interval90
    return Difference(-gap.value, gap.unit, (-high, -low), gap.floor)


def _correction(
    earlier: Earlier, note: EarlierNote, shown: Shown, wording: Wording
) -> Correction:
    then, now = note.difference, difference_at(note, earlier.side, shown)
    known = None if isinstance(now, str) else now
    why = now if isinstance(now, str) else ""
    return Correction(
        source=earlier.source,
        note=note.id,
        measure=note.measure,
        side=note.side,
        reference=note.reference,
        state="not_seen" if known is None else state_of(then, known),
        then=then,
        now=known,
        change=None if known is None else change(then, known),
        reason=wording.messages["earlier"][why] if why else "",
    )
