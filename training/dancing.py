"""Dancers of whom all is known: what the network learns from.

Three kinds: chains of steps as ballet has them; the same far off their angles, half of
them movement outside the vocabulary; and bodies whose joints wander as they like, which
know nothing of ballet and show what bones alone tell.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from repetiteur.kinematics.feet import SIDES
from repetiteur.kinematics.lifting import HERTZ, POINTS
from repetiteur.model.poses import body_of
from repetiteur.synthetic.chains import chain

Array = NDArray[np.float64]
Floats = NDArray[np.float32]

AT = {name: k for k, name in enumerate(POINTS)}


@dataclass(frozen=True)
class Dances:
    """Dances one after another.

    Attributes
    ----------
    points : (frames, points, 3) float32
        Metres, y up.
    starts, lengths : (dances,) int
        Frames.
    """

    points: Floats
    starts: NDArray[np.intp]
    lengths: NDArray[np.intp]

    @classmethod
    def of(cls, dances: Iterator[Floats]) -> Dances:
        """These dances."""
        all_ = list(dances)
        lengths = np.array([len(one) for one in all_])
        return cls(np.concatenate(all_), np.cumsum(lengths) - lengths, lengths)

    def part(self, rng: np.random.Generator, frames: int) -> Floats:
        """So many frames of one of them."""
        able = np.flatnonzero(self.lengths > frames + 1)
        one = rng.choice(able)
        first = self.starts[one] + rng.integers(self.lengths[one] - frames)
        return self.points[first : first + frames]


def chains(number: int, first: int, **more: float) -> Iterator[Floats]:
    """Chains of steps, one for each seed from the first on."""
    for seed in range(first, first + number):
        one = chain(np.random.default_rng(seed), **more)
        body = body_of(one.dance(fps=HERTZ, noise=0.0))
        yield np.stack([body[name] for name in POINTS], axis=1).astype(np.float32)


def wanderers(number: int, seed: int, frames: int = 1500) -> Iterator[Floats]:
    """Bodies whose joints wander as they like."""
    rng = np.random.default_rng(seed)
    for _ in range(number):
        yield _Wanderer(rng, frames).points().astype(np.float32)


class _Wanderer:
    """A body of random proportions with smooth random angles at its joints."""

    def __init__(self, rng: np.random.Generator, frames: int) -> None:
        self.rng, self.frames = rng, frames
        self.stature = rng.uniform(1.4, 1.9)

    def points(self) -> Array:
        """(frames, points, 3), metres."""
        out = np.zeros((self.frames, len(POINTS), 3))
        away = 120.0, self.rng.uniform(-180.0, 180.0), self.rng.uniform(0.5, 2.0)
        pelvis = self.turn("y", *away) @ self.turn("x", 12.0, 4.0) @ self.turn("z", 8.0)
        root = np.stack(
            [
                self.course(0.5, 0.0, 1.5),
                self.course(0.12, 0.5 * self.stature),
                self.course(0.5, 0.0, 1.5),
            ],
            axis=1,
        )
        trunk = (
            pelvis
            @ self.turn("x", 18.0, 3.0)
            @ self.turn("z", 12.0)
            @ self.turn("y", 18.0)
        )
        top = root + _along(trunk, [0.0, self.length(0.29), 0.0])
        self._head(out, trunk, top)
        hips, shoulders = self.length(0.055), self.length(0.115)
        legs = [self.length(share) for share in (0.243, 0.243, 0.14, 0.045)]
        arms = [self.length(share) for share in (0.165, 0.15, 0.08)]
        ahead = self.rng.uniform() < 0.3
        for side, sign in zip(SIDES, (1.0, -1.0), strict=True):
            hip = root + _along(pelvis, [sign * hips, 0.0, 0.0])
            self._leg(out, side, sign, pelvis, hip, legs, ahead=ahead)
            lift = self.course(0.01)[:, np.newaxis] * [0.0, 1.0, 0.0]
            shoulder = top + _along(trunk, [sign * shoulders, 0.0, 0.0]) + lift
            self._arm(out, side, sign, trunk, shoulder, arms)
        return out

    def _head(self, out: Array, trunk: Array, top: Array) -> None:
        tall = self.stature
        head = (
            trunk @ self.turn("y", 25.0) @ self.turn("x", 18.0) @ self.turn("z", 10.0)
        )
        middle = top + _along(trunk, [0.0, self.length(0.03), 0.0])
        middle += _along(head, [0.0, self.length(0.06), self.length(0.01, 0.5)])
        out[:, AT["nose"]] = middle + _along(head, [0.0, 0.0, self.length(0.075)])
        for side, sign in zip(SIDES, (1.0, -1.0), strict=True):
            eye = np.array([sign * 0.02, 0.02, 0.055]) * tall
            ear = np.array([sign * 0.045, 0.01, 0.0]) * tall
            out[:, AT[f"{side}_eye"]] = middle + _along(head, eye)
            out[:, AT[f"{side}_ear"]] = middle + _along(head, ear)

    def _leg(
        self, out: Array, side: str, sign: float, pelvis: Array, hip: Array,
        lengths: list[float], *, ahead: bool,
    ) -> None:  # fmt: skip
        thigh, shank, foot, heel = lengths
        stands = self.rng.uniform() < 0.4
        back = self.length(0.03, 0.5)
        flexion = self.course(*((12.0, 5.0) if stands else (38.0, 22.0)))
        aside = self.course(*((8.0, 6.0) if stands else (25.0, 15.0)))
        outwards = self.course(12.0, 5.0 if ahead else self.rng.uniform(0.0, 65.0))
        upper = (
            pelvis
            @ _rotation("z", sign * aside)
            @ _rotation("x", -flexion)
            @ _rotation("y", sign * outwards)
        )
        bend = self.course(*((12.0, 5.0) if stands else (45.0, 25.0)))
        lower = upper @ _rotation("x", np.clip(bend, 0.0, 150.0))
        point = np.clip(self.course(25.0, 15.0), -30.0, 80.0)
        sole = lower @ _rotation("x", point) @ _rotation("y", sign * self.course(8.0))
        knee = hip + _along(upper, [0.0, -thigh, 0.0])
        ankle = knee + _along(lower, [0.0, -shank, 0.0])
        places = {
            "hip": hip, "knee": knee, "ankle": ankle,
            "heel": ankle + _along(sole, [0.0, -heel, -back]),
            "toe": ankle + _along(sole, [0.0, -heel, 0.75 * foot]),
        }  # fmt: skip
        for part, place in places.items():
            out[:, AT[f"{side}_{part}"]] = place

    def _arm(
        self, out: Array, side: str, sign: float, trunk: Array, shoulder: Array,
        lengths: list[float],
    ) -> None:  # fmt: skip
        upper_arm, forearm, palm = lengths
        upper = (
            trunk
            @ _rotation("y", sign * self.course(35.0, -20.0))
            @ _rotation("z", sign * np.clip(self.course(45.0, 50.0), -10.0, 180.0))
            @ self.turn("x", 30.0, -15.0)
        )
        bend = np.clip(self.course(40.0, 30.0), 0.0, 145.0)
        lower = upper @ self.turn("y", 40.0) @ _rotation("x", -bend)
        hand = lower @ self.turn("x", 20.0) @ self.turn("z", 15.0)
        elbow = shoulder + _along(upper, [0.0, -upper_arm, 0.0])
        wrist = elbow + _along(lower, [0.0, -forearm, 0.0])
        places = {
            "shoulder": shoulder, "elbow": elbow, "wrist": wrist,
            "hand": wrist + _along(hand, [0.0, -palm, 0.0]),
        }  # fmt: skip
        for part, place in places.items():
            out[:, AT[f"{side}_{part}"]] = place

    def length(self, share: float, varies: float = 0.1) -> float:
        """A length that is about such a share of the stature, metres."""
        return share * self.stature * (1.0 + varies * self.rng.uniform(-1.0, 1.0))

    def turn(
        self, axis: str, sd: float, mean: float = 0.0, slow_s: float | None = None
    ) -> Array:
        """Rotations by a smooth random angle, degrees."""
        return _rotation(axis, self.course(sd, mean, slow_s))

    def course(
        self, sd: float, mean: float = 0.0, slow_s: float | None = None
    ) -> Array:
        """Smooth random values; half of them stand still now and then."""
        slow_s = self.rng.uniform(0.12, 0.9) if slow_s is None else slow_s
        values = self._smooth(slow_s)
        if self.rng.uniform() < 0.5:
            clock = np.cumsum(np.clip(self._smooth(0.5) + 0.2, 0.0, None))
            at = clock / clock[-1] * (self.frames - 1)
            values = np.interp(at, np.arange(self.frames), values)
        return mean + sd * values

    def _smooth(self, slow_s: float) -> Array:
        sigma = HERTZ * slow_s
        pad = int(4.0 * sigma) + 1
        noise = self.rng.normal(size=self.frames + 2 * pad)
        calm = gaussian_filter1d(noise, sigma)[pad : pad + self.frames]
        return np.asarray(calm * np.sqrt(2.0 * sigma * np.sqrt(np.pi)))


def _rotation(axis: str, degrees: Array) -> Array:
    """Matrices, (frames, 3, 3)."""
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    nought, one = np.zeros_like(c), np.ones_like(c)
    rows = {
        "x": [[one, nought, nought], [nought, c, -s], [nought, s, c]],
        "y": [[c, nought, s], [nought, one, nought], [-s, nought, c]],
        "z": [[c, -s, nought], [s, c, nought], [nought, nought, one]],
    }[axis]
    return np.moveaxis(np.array(rows), -1, 0)


def _along(frame: Array, place: Array | list[float]) -> Array:
    return np.einsum("tij,j->ti", frame, np.asarray(place, dtype=float))
