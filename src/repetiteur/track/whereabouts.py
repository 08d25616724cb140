"""Where the dancer is, as far as single pictures told, for who follows from there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repetiteur.track.sights import Person

Array = NDArray[np.float64]

#: How far the same person may be from one find to the next, in body sizes (hips to the
#: top of the circle round the body, about a metre): at once, for each second between (a
#: run across the stage), and at the most.
FAR, FASTEST, FARTHEST = 0.6, 2.5, 2.0
#: How unlike the sizes may be, as the logarithm of their ratio: who crouches is half as
#: large at once.
UNLIKE = 1.1


@dataclass(frozen=True)
class Whereabouts:
    """One person's place at some times.

    Attributes
    ----------
    time_s : (finds,) float
        Increasing.
    place : (finds, 2) float
        Middle of the hips, pixels.
    size : (finds,) float
        From the hips to the top of the circle round the body, pixels.
    """

    time_s: Array
    place: Array
    size: Array

    def to_json(self) -> list[list[float]]:
        """Rows of time, x, y and size."""
        table = np.column_stack([self.time_s, self.place, self.size])
        return [[float(value) for value in row] for row in table]

    @classmethod
    def from_json(cls, rows: list[list[float]], scale: float) -> Whereabouts:
        """From such rows, for pictures ``scale`` times as small."""
        table = np.array(rows, dtype=np.float64).reshape(-1, 4)
        return cls(table[:, 0], table[:, 1:3] / scale, table[:, 3] / scale)

    def away(self, place: Array, time_s: float) -> float:
        """How far a place is from where the one sought can be: 1 is too far.

        0 where nothing is known of the one sought.
        """
        if not self.time_s.size:
            return 0.0
        x, y, size = self._expected(time_s)
        passed = float(np.abs(self.time_s - time_s).min())
        reach = min(FAR + FASTEST * passed, FARTHEST) * size
        return float(np.hypot(place[0] - x, place[1] - y)) / reach

    def strangeness(self, place: Array, size: float, time_s: float) -> float:
        """How unlike the one sought someone is, in place and size: 1 is another."""
        if not self.time_s.size:
            return 0.0
        usual = self._expected(time_s)[2]
        unlike = abs(float(np.log(size / usual))) / UNLIKE
        return self.away(place, time_s) + unlike

    def _expected(self, time_s: float) -> tuple[float, float, float]:
        x, y, size = (
            float(np.interp(time_s, self.time_s, column))
            for column in (*self.place.T, self.size)
        )
        return x, y, size

    def choose(self, people: Sequence[Person], time_s: float) -> Person | None:
        """The one of several people who is the dancer; the largest where none is known.

        Parameters
        ----------
        people : sequence of Person
        time_s : float

        Returns
        -------
        Person or None
            None where all of them are someone else.
        """
        if not self.time_s.size:
            return max(people, key=lambda one: one.size, default=None)
        strange = [self.strangeness(one.hips, one.size, time_s) for one in people]
        if not strange or min(strange) >= 1.0:
            return None
        return people[int(np.argmin(strange))]
