"""The belief of where in the reference a dancer is, and what it is changed by."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels import following

Array = NDArray[np.float64]

#: Frames of the reference per second. Twice as many cost twice the time and follow no
#: better: a place is a mean over frames.
RATE_HZ = 15.0
#: Places nearer than this are the same one, s: ten frames of a film at 30 Hz.
NEAR_S = 1.0 / 3.0
#: Tempi, reference seconds per take second, and how often each is danced.
_TEMPI = np.array([0.0, 0.5, 0.8, 1.25, 2.0])
_DANCED = np.array([0.1, 0.15, 0.3, 0.3, 0.15])
#: How often a second the tempo changes, a dancer jumps, stops dancing this, comes back.
_CHANGES, _JUMPS, _LEAVES, _RETURNS = 1.5, 0.02, 0.02, 0.3
#: Share of those who jump that go to the beginning, and how long that is, s.
_TO_START, _START_S = 0.2, 0.5
#: Likelihood of a pose: (d^2 + E)^-P for each new piece of information, d its distance
#: in radians, which stops falling at FAR. A power and not an exponential: how far off
#: the right place is depends on the tracker.
_E, _P, _FAR = 0.03, 8.0, 0.8
#: One who is lost is taken to be so many times as far off as the right place usually
#: is, and within these limits, radians. Usually is the mean over so long, s, of moments
#: of more confidence than this.
_STRANGER, _STRANGE, _USUALLY_S, _RIGHT = 1.35, (0.2, 0.45), 10.0, 0.9
#: Poses within this time err alike and say the same, s.
_ALIKE_S = 0.15
#: Longest time in which a tempo is taken to be kept, s.
_STEP_S = 0.1
#: Levels of the table of likelihoods.
_LEVELS = 512


class Belief:
    """Where a dancer may be, on one side of the body.

    Parameters
    ----------
    frames : int
        Of the reference, at :data:`RATE_HZ`.

    Attributes
    ----------
    evidence : float
        Log-likelihood of all poses so far.
    frame, mass, still : float
        The likeliest place, the probability of being near it, and the share of that
        which stands still (:func:`repetiteur.kernels.following.likeliest`).
    """

    def __init__(self, frames: int) -> None:
        self._landing = _landing(frames)
        self._belief = np.empty((_TEMPI.size, frames))
        self._spare = np.empty_like(self._belief)
        self.evidence = self.frame = self.mass = self.still = 0.0
        self._usual, self._known_s = (_STRANGE[1] / _STRANGER) ** 2, 1.0
        self.forget()

    def forget(self) -> None:
        """As likely anywhere as after a jump; the evidence for the side is kept."""
        self._lost = _LEAVES / (_LEAVES + _RETURNS)
        self._belief[:] = (1.0 - self._lost) * _DANCED[:, None] * self._landing

    def go_on(self, since: float) -> None:
        """Let time pass; over a gap in several steps, in which the tempo may change."""
        steps = int(np.clip(np.ceil(since / _STEP_S), 1, 20))
        each = since / steps
        rates = np.array([_CHANGES, _JUMPS, _LEAVES, _RETURNS])
        changed, *rest = -np.expm1(-rates * each)
        going = following.Going(1.0 - changed, *rest)
        shifts = _TEMPI * (each * RATE_HZ)
        for _ in range(steps):
            self._lost = following.go_on(
                self._belief, self._spare, self._lost, shifts, _DANCED,
                self._landing, going,
            )  # fmt: skip
            self._belief, self._spare = self._spare, self._belief

    def weigh(self, since: float, square: Array) -> None:
        """Weigh by the distances of a pose."""
        power = _P * np.expm1(-since / _ALIKE_S)
        levels = np.linspace(0.0, _FAR**2, _LEVELS + 1)
        table = (1.0 + levels / _E) ** power
        strange = float(np.clip(_STRANGER**2 * self._usual, *np.square(_STRANGE)))
        self._lost, evidence = following.weigh(
            self._belief, self._lost, square, table, _FAR**2,
            float((1.0 + strange / _E) ** power),
        )  # fmt: skip
        self.evidence += evidence
        self.frame, self.mass, self.still = following.likeliest(
            self._belief, round(NEAR_S * RATE_HZ)
        )
        off = square[round(self.frame)]
        if self.mass > _RIGHT and np.isfinite(off):
            self._known_s = min(self._known_s + since, _USUALLY_S)
            self._usual += (off - self._usual) * min(since / self._known_s, 1.0)


def _landing(frames: int) -> Array:
    """Where one who jumps goes: anywhere, and to the beginning more than elsewhere."""
    out = np.full(frames, (1.0 - _TO_START) / frames)
    first = out[: round(_START_S * RATE_HZ)]
    first += _TO_START / first.size
    return out
