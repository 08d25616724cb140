"""How faults of shape are put into a movement, one function for each.

Each takes the figure and the fault, and gives the figure with the fault in it. All keep
the lengths of the bones, and what stands goes on standing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from planting_angles import face_line
from planting_figure import SIDES, Array, Figure, other, swung
from planting_time import rise, window

UP = np.array([0.0, 1.0, 0.0])


class NotPlantedError(ValueError):
    """A fault that would not be what it says here."""


@dataclass(frozen=True)
class Fault:
    """One fault.

    Attributes
    ----------
    kind : str
        A name of ``KINDS`` (of shape) or of ``planting_time_faults``.
    side : "left", "right" or None
        Of the reference as recorded.
    size : float
        Take minus reference, in ``unit``, between ``start_s`` and ``end_s``.
    unit : "deg", "m" or "s"
    measure : str
        By the name of the project's specification (domain/measures.yaml).
    start_s, end_s, ramp_s : float
        Seconds of the reference: whole between the two, coming and going over
        ``ramp_s`` before and after.
    """

    kind: str
    side: str | None
    size: float
    unit: str
    measure: str
    start_s: float
    end_s: float
    ramp_s: float

    @property
    def span(self) -> tuple[float, float]:
        """From its first trace to its last."""
        return self.start_s - self.ramp_s, self.end_s + self.ramp_s

    def at(self, seconds: Array) -> Array:
        """Its size at moments of the reference."""
        return self.size * window(seconds, self.start_s, self.end_s, self.ramp_s)


def unit(vectors: Array) -> Array:
    """Vectors of length 1."""
    return np.asarray(
        vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-12)
    )


def tipped(
    figure: Figure, node: str, line: Array, degrees: Array, *, alone: bool = False
) -> Figure:
    """A node's bone, and what hangs on it, turned so that ``line`` rises by an angle.

    In the vertical plane of the line, (frames, 3).
    """
    axis = unit(np.cross(line, UP))
    turn = np.radians(degrees)[:, None] * axis
    return swung(figure, node, turn, alone=alone)


def _line(figure: Figure, a: str, b: str) -> Array:
    return np.asarray(figure.places[b] - figure.places[a])


def leg_lower(figure: Figure, fault: Fault) -> Figure:
    """The whole leg nearer to hanging, about the hip."""
    line = _line(figure, f"{fault.side}_hip", f"{fault.side}_ankle")
    return tipped(figure, f"{fault.side}_knee", line, fault.at(figure.time))


def arm_lower(figure: Figure, fault: Fault) -> Figure:
    """The whole arm nearer to hanging, about the shoulder."""
    line = _line(figure, f"{fault.side}_shoulder", f"{fault.side}_wrist")
    return tipped(figure, f"{fault.side}_elbow", line, fault.at(figure.time))


def elbow_dropped(figure: Figure, fault: Fault) -> Figure:
    """The upper arm nearer to hanging; the forearm points where it did."""
    node = f"{fault.side}_elbow"
    line = figure.vectors[:, figure.index(node)]
    return tipped(figure, node, line, fault.at(figure.time), alone=True)


def trunk_pitched(figure: Figure, fault: Fault) -> Figure:
    """The trunk leans forward; arms, head and shoulders point where they did."""
    left = figure.vectors[:, figure.index("left_hip")] * [1.0, 0.0, 1.0]
    turn = np.radians(fault.at(figure.time))[:, None] * unit(left)
    found = swung(figure, "shoulders", turn, alone=True)
    return swung(found, "chest", turn, alone=True) if "chest" in found.nodes else found


def head_dropped(figure: Figure, fault: Fault) -> Figure:
    """The head nods, from the neck."""
    points = figure.points
    face = face_line(points)
    if face is not None:
        return tipped(figure, "head", face, -fault.at(figure.time))
    left = figure.vectors[:, figure.index("left_shoulder")] * [1.0, 0.0, 1.0]
    turn = np.radians(fault.at(figure.time))[:, None] * unit(left)
    return swung(figure, "head", turn)


def foot_unpointed(figure: Figure, fault: Fault) -> Figure:
    """The foot less in line with the shank, about the ankle."""
    side = fault.side
    shank = figure.vectors[:, figure.index(f"{side}_ankle")]
    begins = f"{side}_heel" if f"{side}_heel" in figure.nodes else f"{side}_ankle"
    axis = unit(np.cross(shank, _line(figure, begins, f"{side}_toe")))
    turn = -np.radians(fault.at(figure.time))[:, None] * axis
    for part in ("toe", "heel"):
        if f"{side}_{part}" in figure.nodes:
            figure = swung(figure, f"{side}_{part}", turn)
    return figure


def hip_lifted(figure: Figure, fault: Fault) -> Figure:
    """One hip higher than the other, which stays over its foot."""
    line = _line(figure, "right_hip", "left_hip")
    sign = 1.0 if fault.side == "left" else -1.0
    degrees = sign * np.abs(fault.at(figure.time))
    found = tipped(figure, "left_hip", line, degrees, alone=True)
    found = tipped(found, "right_hip", line, degrees, alone=True)
    stays = f"{other(f'{fault.side}_hip')}"
    return found.moved(figure.places[stays] - found.places[stays])


def shoulders_lifted(figure: Figure, fault: Fault) -> Figure:
    """Both shoulders up along the trunk, with the arms; the head stays."""
    trunk = unit(figure.vectors[:, figure.index("shoulders")])
    vectors = figure.vectors.copy()
    for side in SIDES:
        lift = np.abs(fault.at(figure.time))[:, None] * trunk
        vectors[:, figure.index(f"{side}_shoulder")] += lift
    return figure.with_vectors(vectors)


def knee_bent(figure: Figure, fault: Fault) -> Figure:
    """The supporting knee bends over the foot, which stands: the body sinks."""
    knee, ankle = (f"{fault.side}_{part}" for part in ("knee", "ankle"))
    thigh, shank = (figure.vectors[:, figure.index(n)] for n in (knee, ankle))
    a, b = (np.linalg.norm(v, axis=1) for v in (thigh, shank))
    line = thigh + shank
    bend = np.arccos(np.clip((unit(thigh) * unit(shank)).sum(axis=1), -1.0, 1.0))
    bent = bend + np.radians(fault.at(figure.time))
    long = np.sqrt(a**2 + b**2 + 2.0 * a * b * np.cos(bent))
    level = np.hypot(line[:, 0], line[:, 2])
    if (long <= level).any():
        raise NotPlantedError("the leg is too slanted to bend over its foot")
    new = np.stack([line[:, 0], -np.sqrt(long**2 - level**2), line[:, 2]], axis=1)
    new = np.where((bent > bend + 1e-9)[:, None], new, line)
    ahead = _bends_to(figure, fault.side, thigh, line)
    ahead = unit(ahead - (ahead * unit(new)).sum(axis=1, keepdims=True) * unit(new))
    share = (a**2 + a * b * np.cos(bent)) / long  # of the thigh, along the line
    out = np.sqrt(np.maximum(a**2 - share**2, 0.0))
    vectors = figure.vectors.copy()
    upper = share[:, None] * unit(new) + out[:, None] * ahead
    touched = fault.at(figure.time)[:, None] != 0.0
    vectors[:, figure.index(knee)] = np.where(touched, upper, thigh)
    vectors[:, figure.index(ankle)] = np.where(touched, new - upper, shank)
    vectors[:, 0] += line - new
    return figure.with_vectors(vectors)


def _bends_to(figure: Figure, side: str | None, thigh: Array, line: Array) -> Array:
    """Where the knee points: as it does, and of a straight leg as the foot does."""
    now = thigh - (thigh * unit(line)).sum(axis=1, keepdims=True) * unit(line)
    toe = _line(figure, f"{side}_ankle", f"{side}_toe") * [1.0, 0.0, 1.0]
    bend = np.linalg.norm(now, axis=1, keepdims=True) / np.linalg.norm(
        thigh, axis=1, keepdims=True
    )
    sure = rise((bend - 0.02) / 0.06)
    return sure * unit(now) + (1.0 - sure) * unit(toe)
