"""Accents of battements: out, with the leg where it goes on the count; or in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from repetiteur.kinematics.estimates import Z90
from repetiteur.model.counts import Counts
from repetiteur.model.skeletons import Side
from repetiteur.technique.musical_events import Arrival

Array = NDArray[np.float64]

#: A leg that is out for longer than this does no battement, counts. Expert default.
LONGEST = 2.0


class Accent(NamedTuple):
    """One battement.

    Attributes
    ----------
    side : {"left", "right"} or None
    out_s, in_s : float
        When the leg is where it goes, and when it is closed, seconds.
    name : {"out", "in"} or None
        Which of the two is nearer to a count; None where that cannot be told.
    """

    side: Side | None
    out_s: float
    in_s: float
    name: Literal["out", "in"] | None


def accents(
    arrivals: Sequence[Arrival], counts: Counts, off_s: float
) -> Iterator[Accent]:
    """The accent of each battement.

    Parameters
    ----------
    arrivals : sequence of Arrival
        In order of time, while the counts last.
    counts : Counts
    off_s : float
        What moments may be off by, seconds: one standard deviation.

    Yields
    ------
    Accent
        Of each leg that goes out and closes before anything else of it happens.

    Examples
    --------
    >>> from repetiteur.model.counts import counted
    >>> steady = counted(np.arange(0.0, 8.0, 0.5), metre=4, one=0)
    >>> leg = [Arrival("extension", 1.01, "left"), Arrival("closing", 1.27, "left")]
    >>> [one.name for one in accents(leg, steady, 0.01)]
    ['out']
    """
    doubt = Z90 * np.sqrt(2.0) * off_s
    for side in ("left", "right"):
        mine = [one for one in arrivals if one.side == side and one.kind != "plie"]
        for out, closed in pairwise(mine):
            if (out.kind, closed.kind) != ("extension", "closing"):
                continue
            each = np.array([out.time_s, closed.time_s])
            nearest = counts.nearest(each)
            if np.diff(each)[0] > LONGEST * counts.beat_s[nearest[0]]:
                continue
            away = np.abs(each - counts.time_s[nearest])
            sure = abs(away[1] - away[0]) > doubt
            name: Literal["out", "in"] = "out" if away[0] < away[1] else "in"
            yield Accent(out.side, out.time_s, closed.time_s, name if sure else None)
