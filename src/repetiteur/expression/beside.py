"""One quality of a take beside that of one or several casts, window by window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from repetiteur.expression.body import Described
from repetiteur.expression.descriptors import Descriptor
from repetiteur.kernels.few_copies import half_and_reach
from repetiteur.model.findings import Difference

Array = NDArray[np.float64]
Numbers = NDArray[np.intp]


@dataclass(frozen=True)
class Told:
    """A difference of one quality over some windows.

    Attributes
    ----------
    difference : Difference
        Take minus reference, from the nearest edge of what several casts have between
        them; of relative qualities in per cent of the reference.
    reference, take : float
        What was measured, in the descriptor's unit; of several casts the median.
    spread : (low, high) or None
        What several casts have between them; None of one.
    in_floors : float
        The difference over its floor, signed.
    """

    difference: Difference
    reference: float
    take: float
    spread: tuple[float, float] | None
    in_floors: float


@dataclass(frozen=True)
class Beside:
    """One quality of a take beside that of its casts.

    Values are in the unit of the quality. Where it is relative, differences are those
    of natural logarithms, taken last: twice and half are as far, and a quiet window
    among others says little.

    Attributes
    ----------
    descriptor : Descriptor
    take : (windows,) float
    casts : (casts, windows) float
    take_calm, take_drawn : (windows,), (copies, windows) float
        Of the calmed take, and of copies that err.
    casts_calm, casts_drawn : tuple of such
    """

    descriptor: Descriptor
    take: Array
    casts: Array
    take_calm: Array
    take_drawn: Array
    casts_calm: tuple[Array, ...]
    casts_drawn: tuple[Array, ...]

    @classmethod
    def of(
        cls, descriptor: Descriptor, take: Described, casts: Sequence[Described]
    ) -> Beside:
        """The quality of a take beside those of the casts."""
        name = descriptor.id
        return cls(
            descriptor=descriptor,
            take=take.values[name],
            casts=np.array([one.values[name] for one in casts]),
            take_calm=take.calm[name],
            take_drawn=take.drawn[name],
            casts_calm=tuple(one.calm[name] for one in casts),
            casts_drawn=tuple(one.drawn[name] for one in casts),
        )

    @property
    def known(self) -> NDArray[np.bool_]:
        """Whether take and all casts have it, (windows,)."""
        rows = np.concatenate([self.take[np.newaxis], self.casts])
        return np.asarray(np.isfinite(self.scaled(rows)).all(axis=0))

    @property
    def moving(self) -> NDArray[np.bool_]:
        """Known windows in which take or casts are more than still, (windows,)."""
        if not self.descriptor.still:
            return self.known
        most = np.maximum(self.take, self.casts.max(axis=0))
        return np.asarray(self.known & (most > self.descriptor.still))

    @property
    def beyond(self) -> Array:
        """How far the take lies outside of the casts, signed, (windows,)."""
        return _outside(self.scaled(self.take), self.scaled(self.casts))

    def told(self, windows: Numbers | None = None) -> Told:
        """The difference over some windows, by default over all that are known.

        The mean over windows of each, and then the difference.
        """
        here = self._here(windows)
        take, casts = self._means(here)
        apart = float(_outside(take, casts))
        low, high = self._interval(here)
        edges = (self._shown(casts.min()), self._shown(casts.max()))
        return Told(
            difference=self._difference(apart, (apart + low, apart + high)),
            reference=self._shown(np.median(casts)),
            take=self._shown(take),
            spread=edges if casts.size > 1 else None,
            in_floors=apart / self.descriptor.floor,
        )

    def drawn(self, windows: Numbers | None = None) -> Array:
        """How far the means of copies lie from those of the calmed bodies, (copies,).

        Of take less nearest cast; none where neither has errors.
        """
        here = self._here(windows)
        one, other = (
            self.scaled(drawn[:, here].mean(axis=1)) - self.scaled(calm[here].mean())
            for calm, drawn in self._pair(here)
        )
        if not (one.size and other.size):
            return one if one.size else np.asarray(-other)
        return np.asarray(one - other)

    def _here(self, windows: Numbers | None) -> Numbers:
        return np.flatnonzero(self.known) if windows is None else windows

    def _means(self, windows: Numbers) -> tuple[Array, Array]:
        """Of the take and of each cast over windows."""
        take, casts = self.take[windows].mean(), self.casts[:, windows].mean(axis=1)
        return self.scaled(take), self.scaled(casts)

    def _pair(self, windows: Numbers) -> tuple[tuple[Array, Array], ...]:
        """Calmed values and copies of the take, and of the cast that is nearest."""
        take, casts = self._means(windows)
        near = int(np.argmin(np.abs(casts - take)))
        other = self.casts_calm[near], self.casts_drawn[near]
        return (self.take_calm, self.take_drawn), other

    def _interval(self, windows: Numbers) -> tuple[float, float]:
        """What the instruments leave open, low and high about the difference."""
        (half, reach), (other, back) = (
            self._half_reach(calm[windows].mean(), drawn[:, windows].mean(axis=1))
            for calm, drawn in self._pair(windows)
        )
        whole = float(np.hypot(half, other))
        return min(0.0, reach, -back) - whole, max(0.0, reach, -back) + whole

    def _half_reach(self, calm: Array, drawn: Array) -> tuple[float, float]:
        """Half-width and reach of a mean over windows; 0 of a body without errors."""
        if not drawn.size:
            return 0.0, 0.0
        half, reach = half_and_reach(self.scaled(calm), self.scaled(drawn))
        return float(half), float(reach)

    def scaled(self, values: ArrayLike) -> Array:
        """Values as differences are told of them: of relative qualities logarithms.

        Of those no less than what counts as still; NaN of 0.
        """
        known = np.asarray(values, dtype=np.float64)
        if not self.descriptor.relative:
            return known
        known = np.maximum(known, self.descriptor.still)
        return np.log(known, out=np.full(known.shape, np.nan), where=known > 0.0)

    def _shown(self, value: float | Array) -> float:
        return float(np.exp(value) if self.descriptor.relative else value)

    def _difference(self, apart: float, interval: tuple[float, float]) -> Difference:
        floor = self.descriptor.floor
        if not self.descriptor.relative:
            return Difference(apart, self.descriptor.unit, interval, floor)
        side = float(np.copysign(floor, apart))
        value, low, high, floor = (
            100.0 * float(np.expm1(x)) for x in (apart, *interval, side)
        )
        return Difference(value, "%", (low, high), abs(floor))


def _outside(value: Array, several: Array) -> Array:
    """How far a value lies outside of the lowest and highest of several."""
    return np.asarray(value - np.clip(value, several.min(axis=0), several.max(axis=0)))
