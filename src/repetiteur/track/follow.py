"""One dancer, followed from picture to picture."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from repetiteur.track.backend import Eyes, JointFinder
from repetiteur.track.regions import Picture, Region
from repetiteur.track.sights import Look
from repetiteur.track.whereabouts import Whereabouts

Array = NDArray[np.float64]

#: Below this there is no dancer in the region.
PRESENT = 0.5
#: A second region is looked at every so many frames, as long as the two disagree, and
#: whenever the first look is unsure: below this presence, or with a body that is
#: further than this share of the region's side from where it was going.
CHECK_EVERY, UNSURE, JUMPED = 30, 0.9, 0.08
#: The second region: larger and turned by this (radians).
LARGER, TURNED = 1.12, 0.10
#: Two looks that differ by this share of the region's side halve the confidence.
APART = 0.02
#: A lost dancer is looked for among the small ones every so many frames.
SEARCH_EVERY = 10


class Follower:
    """Follows one dancer through consecutive pictures.

    Parameters
    ----------
    eyes : Eyes
    where : Whereabouts
        What is known of where the dancer is: among several people the nearest is
        followed, and one who turns out to be someone else no longer.
    """

    def __init__(self, eyes: Eyes, where: Whereabouts) -> None:
        self._eyes = eyes
        self._where = where
        self._region: Region | None = None
        self._before: list[Array] = []
        self._lost = 0
        self._apart = False

    def step(self, picture: Picture, frame: int, time_s: float) -> Look | None:
        """The dancer in the next picture, None where there is none.

        Parameters
        ----------
        picture : (height, width, 3) uint8
        frame, time_s : int, float
            Its number in the recording, and when it is shown.

        Returns
        -------
        Look or None
        """
        found = self._again(picture, time_s) if self._region is not None else None
        if found is None:
            found = self._search(picture, time_s)
        if found is None:
            self._lost += 1
            return None
        if self._doubtful(found, frame):
            found = self._checked(picture, found)
        self._lost = 0
        self._region = found.region
        self._before = [*self._before[-1:], found.pixels]
        return found

    def _again(self, picture: Picture, time_s: float) -> Look | None:
        assert self._region is not None
        look = present(self._eyes.joints.look(picture, self._region))
        if look is None:
            return None
        hips = np.array([look.region.x, look.region.y])
        return look if self._where.away(hips, time_s) < 1.0 else None

    def _search(self, picture: Picture, time_s: float) -> Look | None:
        """Detect anew."""
        self._region, self._before = None, []
        person = self._where.choose(self._eyes.people.find(picture), time_s)
        if person is None and self._lost % SEARCH_EVERY == 0:
            small = self._eyes.people.find_small(picture)
            person = self._where.choose(small, time_s)
        if person is None:
            return None
        return settled(picture, person.region, self._eyes.joints)

    def _doubtful(self, look: Look, frame: int) -> bool:
        if self._apart or frame % CHECK_EVERY == 0 or look.presence < UNSURE:
            return True
        if len(self._before) < 2:
            return False
        expected = 2.0 * self._before[1] - self._before[0]
        gone = np.hypot(*(look.pixels - expected).T)
        return bool(np.percentile(gone, 75) > JUMPED * look.region.side)

    def _checked(self, picture: Picture, look: Look) -> Look:
        """The look with less confidence where a second region says something else."""
        again = self._eyes.joints.look(
            picture, look.region.altered(larger=LARGER, turned=TURNED)
        )
        apart = np.hypot(*(look.pixels - again.pixels).T) / look.region.side
        self._apart = bool(np.median(apart) > APART)
        return replace(look, confidence=look.confidence * agreement(apart))


def present(look: Look) -> Look | None:
    """A look, if there is a dancer in it, else None."""
    whole = np.isfinite(look.pixels).all() and look.region.side >= 8.0
    return look if whole and look.presence >= PRESENT else None


def settled(picture: Picture, where: Region, joints: JointFinder) -> Look | None:
    """A look from a detection's region: that is coarse, so it is looked at twice."""
    first = present(joints.look(picture, where))
    return None if first is None else present(joints.look(picture, first.region))


def agreement(apart: Array) -> Array:
    """How far two looks agree, 0 to 1, from how far they lie apart.

    Parameters
    ----------
    apart : (...) float
        Distance over the region's side.

    Returns
    -------
    (...) float
        1 at no distance, one half at :data:`APART`.

    Examples
    --------
    >>> agreement(np.array([0.0, APART, 3 * APART])).tolist()
    [1.0, 0.5, 0.1]
    """
    return np.asarray(1.0 / (1.0 + (apart / APART) ** 2))
