"""A face made of points whose places are known, seen by a camera."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from repetiteur.kernels.rotations import about_axis
from repetiteur.track.face_points import KEPT, NAMED
from repetiteur.track.face_skin import PATCHES
from repetiteur.track.faces import Faces

RATE = 25.0
SIZE = (640, 360)
#: In eye distances from between the eyes: to the dancer's left, up, forward.
MIDLINE = {
    168: (0, 0.05, 0.25), 6: (0, -0.1, 0.3), 197: (0, -0.25, 0.38),
    195: (0, -0.4, 0.45), 5: (0, -0.5, 0.5), 10: (0, 1.0, 0.15), 4: (0, -0.58, 0.52),
    2: (0, -0.75, 0.35), 0: (0, -1.0, 0.36), 13: (0, -1.1, 0.33), 14: (0, -1.1, 0.33),
    17: (0, -1.25, 0.33), 152: (0, -1.75, 0.15),
}  # fmt: skip
#: Points of the right side and the left, with the left's place.
PAIRS = {
    (33, 263): (0.72, 0, 0), (133, 362): (0.28, 0, 0.05), (109, 338): (0.2, 1, 0.13),
    (67, 297): (0.45, 0.95, 0.05), (54, 284): (0.75, 0.75, -0.1),
    (162, 389): (0.95, 0.4, -0.35), (127, 356): (1.0, 0.1, -0.45),
    (234, 454): (1.05, -0.2, -0.5), (160, 387): (0.6, 0.09, 0.08),
    (159, 386): (0.5, 0.1, 0.09), (158, 385): (0.4, 0.09, 0.08),
    (144, 373): (0.6, -0.07, 0.08), (145, 374): (0.5, -0.08, 0.09),
    (153, 380): (0.4, -0.07, 0.08), (107, 336): (0.25, 0.4, 0.2),
    (55, 285): (0.2, 0.3, 0.22), (70, 300): (0.8, 0.35, 0),
    (63, 293): (0.7, 0.42, 0.05), (46, 276): (0.85, 0.3, 0),
    (53, 283): (0.75, 0.35, 0.05), (468, 473): (0.5, 0.01, 0.09),
    (61, 291): (0.4, -1.1, 0.2), (37, 267): (0.1, -0.98, 0.35),
    (84, 314): (0.1, -1.24, 0.32), (82, 312): (0.1, -1.09, 0.32),
    (87, 317): (0.1, -1.11, 0.32), (148, 377): (0.15, -1.72, 0.13),
}  # fmt: skip
WIDTH = 2.1


def at_rest() -> np.ndarray:
    """The face's points, (kept, 3)."""
    places = dict(MIDLINE)
    for (right, left), (x, y, z) in PAIRS.items():
        places |= {left: (x, y, z), right: (-x, y, z)}
    assert set(places) == set(KEPT)
    return np.array([places[n] for n in KEPT], float)


def moved(frames: int, how: Mapping[str, tuple[np.ndarray, tuple]]) -> np.ndarray:
    """The face's points in all frames, (frames, kept, 3).

    ``how`` gives for groups of points how much in each frame, and in which direction;
    x is outward.
    """
    out = np.repeat(at_rest()[np.newaxis], frames, axis=0)
    for name, (much, way) in how.items():
        for n in NAMED[name]:
            k = KEPT.index(n)
            sign = np.sign(at_rest()[k, 0]) or 1.0
            out[:, k] += np.outer(much, np.array(way) * (sign, 1.0, 1.0))
    return out


def seen(
    points: np.ndarray,
    *,
    yaw=0.0,
    pitch=0.0,
    roll=0.0,
    width_px=100.0,
    noise=0.0,
    rng=None,
    steep=0.02,
    sharp=0.3,
    jumped=0.01,
) -> Faces:
    """The face as a camera sees it; what is one number is so in every frame."""
    frames = len(points)
    turn = (
        about_axis(2, -np.radians(np.broadcast_to(roll, frames)))
        @ about_axis(1, np.radians(np.broadcast_to(yaw, frames)))
        @ about_axis(0, -np.radians(np.broadcast_to(pitch, frames)))
    )
    per = np.broadcast_to(width_px, frames)[:, None, None] / WIDTH
    place = np.einsum("tij,tpj->tpi", turn, points) * per * (1, -1, -1)
    place += (SIZE[0] / 2, SIZE[1] / 2, 0.0)
    if noise:
        place += rng.normal(0.0, 1.0, place.shape) * noise * per

    def each(value):
        return np.array(np.broadcast_to(value, frames), float)

    return Faces(
        time_s=np.arange(frames) / RATE,
        points=place,
        sure=each(1.0),
        apart=each(0.02),
        jumped=each(jumped),
        sharp=each(sharp),
        steep=np.repeat(each(steep)[:, None], len(PATCHES), axis=1),
        size=SIZE,
    )
