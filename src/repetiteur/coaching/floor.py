"""The noise floor under notes: what one dancer varies by from run to run.

Nobody dances a phrase twice alike, neither who is watched nor who is followed. A take
and a reference that are meant alike differ by both of these variations, and the floor
is what nine in ten of such differences stay under. Each measure declares the variation
of a trained dancer; of a dancer with several takes, her own takes its place
(:mod:`repetiteur.coaching.repeats`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from repetiteur.model.findings import Floor
from repetiteur.model.skeletons import Side
from repetiteur.technique.curve import Z90, Curve, curves

#: Standard deviation of a dancer's own timing from run to run, s: an expert default
#: (a wobble within 40 ms is not a fault), declared before any benchmark was run.
OWN_TIMING_S = 0.03


def floor_of(own: float, followed: float) -> float:
    """What nine in ten differences of two who mean the same stay under.

    Parameters
    ----------
    own, followed : float
        Standard deviation of the repeats of who is watched, and of who is followed.

    Returns
    -------
    float
        In the same unit: 1.645 sqrt(own^2 + followed^2). Where the two are equal it is
        the minimal detectable change at 90 %, 1.645 sqrt(2) times the typical error
        (J. P. Weir, "Quantifying test-retest reliability using the intraclass
        correlation coefficient and the SEM", J. Strength Cond. Res. 19, 2005).

    Examples
    --------
    >>> round(floor_of(2.0, 2.0), 2), round(floor_of(1.0, 2.0), 2)
    (4.65, 3.68)
    """
    return Z90 * float(np.hypot(own, followed))


#: Lateness within this is a dancer's own variation, s.
TIMING_FLOOR_S = floor_of(OWN_TIMING_S, OWN_TIMING_S)


@dataclass(frozen=True)
class Floors:
    """The floors of all measures; with nothing learnt the declared ones.

    ``learnt`` holds those that rest on a dancer's own takes.

    Examples
    --------
    >>> leg = next(one for one in curves() if one.id == "leg_elevation")
    >>> DECLARED.of(leg, "left").value == leg.floor, round(DECLARED.timing.value, 3)
    (True, 0.07)
    """

    learnt: tuple[Floor, ...] = ()

    def of(self, found: Curve, side: Side | None) -> Floor:
        """The floor of a measure on one side, the dancer's in the take as recorded."""
        return self._learnt(found.id, side) or declared(found, side)

    @property
    def timing(self) -> Floor:
        """The floor of lateness, in seconds of the take."""
        return self._learnt(DECLARED_TIMING.measure, None) or DECLARED_TIMING

    def _learnt(self, measure: str, side: Side | None) -> Floor | None:
        mine = (
            one for one in self.learnt if (one.measure, one.side) == (measure, side)
        )
        return next(mine, None)

    def listed(self) -> tuple[Floor, ...]:
        """All floors where some are learnt; none where all are declared."""
        if not self.learnt:
            return ()
        shapes = (self.of(one, side) for one in curves() for side in one.sides)
        return (*shapes, self.timing)


def declared(found: Curve, side: Side | None) -> Floor:
    """The floor of a measure of a dancer of whom nothing is known."""
    return Floor(found.id, side, found.unit, found.floor, found.variation)


#: The same of lateness.
DECLARED_TIMING = Floor("timing_path", None, "s", TIMING_FLOOR_S, OWN_TIMING_S)
#: The floors of somebody of whom there is one take.
DECLARED = Floors()
