"""Key poses as a body takes them: each angle a little otherwise, the feet in place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from repetiteur.model.skeletons import Side
from repetiteur.synthetic.dancer import SIDES
from repetiteur.synthetic.keyposes import KeyPose, Step, other

#: Shares of the variation that a body on its feet can take: the pelvis tips and the
#: standing leg leans no more, or the dancer falls. Over two feet the pelvis does not
#: tip, or one of them would not reach the floor.
_SHARE = {"obliquity": 0.3, "height": 0.15}
#: A free leg below this height keeps its toe where it is, off the floor; legs in the
#: air that hang lower than this stay together. Degrees.
_LOW_DEG, _HANGING_DEG = 45.0, 15.0
#: Legs so near to each other in the air meet there, degrees.
_TOGETHER_DEG = 8.0
_STRAIGHT_DEG = 1e-6
#: A straight knee gives by no more; the rest of the variation leaves it straight.
_GIVES_DEG = 8.0


def varied(poses: Sequence[KeyPose], rng: np.random.Generator, by_deg: float) -> Step:
    """Poses with every angle that they name varied by up to ``by_deg`` degrees.

    What a pose does not name stays as before, so that what is held is held. Planted
    feet stay planted and flat heels down, a toe that is off the floor stays off it,
    legs that beat in the air meet, and no knee bends backwards.

    Examples
    --------
    >>> from repetiteur.synthetic.steps import demi_plie
    >>> rng = np.random.default_rng(0)
    >>> bent, straight = varied(demi_plie(depth=58.0), rng, 10.0)
    >>> abs(bent.changes["left_knee"] - 58.0) <= 10.0, bent.changes["left_rise"]
    (True, 0.0)
    """
    out = []
    for pose, free in zip(poses, _free(poses), strict=True):
        one = _Pose(pose, free, _drawn(pose.changes, rng, by_deg))
        changes = {name: value + one.by(name) for name, value in pose.changes.items()}
        out.append(replace(pose, changes=changes))
    return tuple(out)


def _drawn(
    changes: Mapping[str, float], rng: np.random.Generator, by_deg: float
) -> dict[str, float]:
    """An amount for each angle, and under its name without the side for two alike."""
    names = dict.fromkeys(changes)
    names |= dict.fromkeys(name.partition("_")[2] for name in changes)
    return {name: float(rng.uniform(-by_deg, by_deg)) for name in names}


def _free(poses: Sequence[KeyPose]) -> Iterator[frozenset[Side]]:
    """The legs that are free in each pose: none where both feet stand, or would."""
    free: frozenset[Side] = frozenset()
    for pose in poses:
        if pose.feet is not None:
            stands = pose.feet.partition("_")[0]
            free = frozenset(s for s in SIDES if stands in (other(s), "none"))
        yield free


@dataclass(frozen=True)
class _Pose:
    """A pose, its free legs, and how much is drawn for each of its angles."""

    pose: KeyPose
    free: frozenset[Side]
    drawn: Mapping[str, float]

    def by(self, name: str) -> float:
        """By how much an angle varies."""
        side, _, part = name.partition("_")
        value, amount = self.pose.changes[name], self.drawn[name]
        if name == "obliquity":
            return _SHARE[name] * amount * bool(self.free)
        if side not in SIDES or part not in _OF_LEGS:
            least = -value if part == "elbow" else -np.inf
            return max(amount, least)
        if len(self.free) != 1 and (not self.free or self._together()):
            amount = self.drawn[part]
        if part == "knee":
            return _of_knee(value, amount, low=self._low(side))
        if side in self.free:
            return self._of_free(side, part, amount)
        if part == "rise":  # a heel that is just off the floor stays just off it
            return float(np.clip(amount, -value, value))
        return _SHARE["height"] * amount if part in ("height", "azimuth") else 0.0

    def _of_free(self, side: str, part: str, amount: float) -> float:
        if part != "height":
            return amount
        if len(self.free) == 2 and self._height(side) < _HANGING_DEG:
            return _SHARE["height"] * amount
        return abs(amount) if self._low(side) else amount

    def _low(self, side: str) -> bool:
        """Whether a free leg hangs so low that its toe might come to the floor."""
        return (
            len(self.free) == 1
            and side in self.free
            and (0.0 < self._height(side) < _LOW_DEG)
        )

    def _height(self, side: str) -> float:
        return self.pose.changes.get(f"{side}_height", 90.0)

    def _together(self) -> bool:
        """Whether both legs point the same way in the air: they beat."""
        changes = self.pose.changes
        apart = [
            changes.get(f"left_{part}", 180.0) - changes.get(f"right_{part}", 0.0)
            for part in ("height", "azimuth")
        ]
        return max(map(abs, apart)) < _TOGETHER_DEG


_OF_LEGS = frozenset(("height", "azimuth", "knee", "point", "rotation", "rise"))


def _of_knee(value: float, amount: float, *, low: bool) -> float:
    if value < _STRAIGHT_DEG:
        return min(max(amount, 0.0), _GIVES_DEG)
    return max(abs(amount) if low else amount, -value)
