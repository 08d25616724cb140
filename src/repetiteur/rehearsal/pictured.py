"""Which qualities videos do not compare, by where they were filmed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from repetiteur.align.alignment import Alignment
from repetiteur.coaching.references import from_one_side
from repetiteur.coaching.timeline import Timeline, even, timeline
from repetiteur.expression.body import asked_for
from repetiteur.model.body import Body
from repetiteur.model.findings import NotJudged

__all__ = ["not_comparable"]

#: How a body looks is compared where cameras stood no further apart than this about the
#: dancer, degrees. Of twelve synthetic dances filmed twice from one place or 4 degrees
#: off none was told to be further and none differed; 12 degrees off half of them did.
#: How it moves is compared where they stood on one side.
ONE_PLACE = 8.0
_SIDES = (
    "The videos were filmed from different sides, and pictures of one dance from two "
    "sides differ in it.",
    "Film both from the same place.",
)
_PLACES = (
    "The videos were filmed from places too far apart: lengths and angles in the "
    "picture differ by that alone.",
    "Film both from the same place.",
)


def not_comparable(
    first: Body, others: Sequence[tuple[Body, Alignment]]
) -> tuple[NotJudged, ...]:
    """Qualities that are not told of videos beside a first one, and why.

    Parameters
    ----------
    first : Body
    others : sequence of (Body, Alignment)
        On the side of the first, and how each lines up with it.

    Returns
    -------
    tuple of NotJudged
        Of motion in space none.
    """
    if first.space == "3d":
        return ()
    grid = even(first)
    lines = [timeline(grid, even(body), found) for body, found in others]
    if not all(from_one_side(line) for line in lines):
        return tuple(NotJudged(one.id, *_SIDES) for one in asked_for("robust"))
    if all(_from_one_place(line) for line in lines):
        return ()
    looks = [one for one in asked_for("robust") if one.axis != "energy"]
    return tuple(NotJudged(one.id, *_PLACES) for one in looks)


def _from_one_place(line: Timeline) -> bool:
    apart, danced = line.apart, np.isfinite(line.take_s)
    if apart is None or not danced.any():
        return True
    turned = np.fmax(apart.turn, apart.pitch)[danced]
    return bool(np.nanmedian(turned) <= ONE_PLACE)
