"""What do the qualities of one dancer vary by, where she dances a step once more?

    python benchmarks/expression_repeats.py --data ../data \\
        --json benchmarks/results/expression_repeats.json

No recording of ``--data`` holds a phrase twice. So in each the pieces are sought that
are most alike: two seconds, no further apart in pose than :data:`ALIKE_DEG` (root mean
square of the bones' directions in the body's own frame, lined up in time). What the
qualities of two such pieces differ by, over the square root of 2, is told beside the
``variation`` of ``descriptors.yaml``. The dances are improvised, so that this is at the
most what a dancer varies by when she means the same. ``others`` is the share of pairs
of pieces of different recordings that are as alike.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import numpy as np
from expression_robust import body_from
from planting_sources import LONG, recordings

from repetiteur.expression.beside import Beside
from repetiteur.expression.body import describe
from repetiteur.expression.compare import Aligned
from repetiteur.expression.descriptors import descriptors
from repetiteur.kernels import geometry
from repetiteur.kernels.warping import warp
from repetiteur.kinematics.directions import bone_directions
from repetiteur.kinematics.headings import turning
from repetiteur.kinematics.movement import Movement, movement_of
from repetiteur.model.body import Body
from repetiteur.model.findings import Span

Array = np.ndarray
HZ = 20.0
#: A piece, the window in it, and how far apart pieces begin that are not the same, s.
PIECE_S, WINDOW_S, MARGIN_S, APART_S = 2.2, 2.0, 0.05, 1.5
#: Pieces begin every so often, and of other recordings, s.
EVERY_S, OTHERS_EVERY_S = 0.25, 2.0
ALIKE_DEG = 16.0
#: The ends of limbs are as the files have them, and differ in kind.
LEFT_OUT = ("head", "left_foot", "right_foot")


class Course(NamedTuple):
    """A recording: its poses as rows, when they are, and how many bones they have."""

    time: Array
    rows: Array
    bones: int

    def piece(self, start_s: float) -> slice:
        """The frames of the piece that begins there."""
        first = int(np.searchsorted(self.time, start_s - 1e-9))
        return slice(first, first + round(PIECE_S * HZ))

    def starts(self, every_s: float) -> Array:
        """When pieces begin."""
        return np.arange(self.time[0], self.time[-1] - PIECE_S - 1.0 / HZ, every_s)


class Pair(NamedTuple):
    """Two pieces of one recording, and how far apart their poses are."""

    degrees: float
    name: str
    first_s: float
    again_s: float


def course_of(body: Body) -> Course:
    """A body as rows of the bones' directions in its own frame."""
    found, heading = bone_directions(body), turning(body)
    kept = [name for name in found if name not in LEFT_OUT]
    rows = np.hstack([geometry.turn(found[name], -heading) for name in kept])
    time = np.arange(body.time[0], body.time[-1], 1.0 / HZ)
    even = np.stack([np.interp(time, body.time, row) for row in rows.T], axis=1)
    return Course(time, even, len(kept))


def apart(one: Course, start_s: float, other: Course, again_s: float) -> float:
    """Root mean square of the angles between two pieces, lined up, degrees."""
    x, y = one.rows[one.piece(start_s)], other.rows[other.piece(again_s)]
    path = np.asarray(warp(x, y).path)
    square = ((x[path[:, 0]] - y[path[:, 1]]) ** 2).sum(axis=1) / one.bones
    return float(np.degrees(np.sqrt(square.mean())))


def alike(courses: Mapping[str, Course]) -> list[Pair]:
    """Pieces of the same recordings that are alike, each once."""
    found = sorted(
        Pair(apart(course, a, course, b), name, float(a), float(b))
        for name, course in courses.items()
        for a, b in combinations(course.starts(EVERY_S), 2)
        if b - a >= PIECE_S
    )
    kept: list[Pair] = []
    for one in found:
        if one.degrees <= ALIKE_DEG and not any(_same(one, other) for other in kept):
            kept.append(one)
    return kept


def _same(one: Pair, other: Pair) -> bool:
    far = max(abs(one.first_s - other.first_s), abs(one.again_s - other.again_s))
    return one.name == other.name and far < APART_S


def of_others(courses: Mapping[str, Course]) -> Iterator[float]:
    """How far pieces of different recordings are apart, degrees."""
    for one, other in combinations(courses.values(), 2):
        if one.bones == other.bones:
            for a in one.starts(OTHERS_EVERY_S):
                for b in other.starts(OTHERS_EVERY_S):
                    yield apart(one, a, other, b)


def differences(pair: Pair, course: Course, movement: Movement) -> dict[str, float]:
    """What the qualities of the two pieces differ by, as floors count."""
    here, there = course.piece(pair.first_s), course.piece(pair.again_s)
    path = np.asarray(warp(course.rows[here], course.rows[there]).path)
    first = pair.first_s + MARGIN_S
    windows = (Span(first, first + WINDOW_S),)
    own_s = course.time[there][path[:, 1]]
    again = Aligned(movement, course.time[here][path[:, 0]], own_s)
    cast = describe(movement, windows, level="all")
    take = describe(movement, again.at(windows), level="all")
    courses = [Beside.of(one, take, [cast]) for one in descriptors()]
    return {
        one.descriptor.id: one.told().in_floors * one.descriptor.floor
        for one in courses
        if one.known.any()
    }


def told(found: Mapping[str, Sequence[float]]) -> dict[str, dict[str, float]]:
    """The standard deviation of repeats beside the default."""
    return {
        one.id: {
            "default": one.variation,
            "measured": round(float(np.sqrt(0.5 * np.mean(np.square(known)))), 4),
            "pairs": len(known),
        }
        for one in descriptors()
        if (known := found.get(one.id))
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="with a folder mocap")
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    bodies = {n: body_from(m) for n, m in recordings(asked.data).items() if n in LONG}
    courses = {name: course_of(body) for name, body in bodies.items()}
    pairs = alike(courses)
    found: dict[str, list[float]] = defaultdict(list)
    for pair in pairs:
        movement = movement_of(bodies[pair.name])
        for name, value in differences(pair, courses[pair.name], movement).items():
            found[name].append(value)
    others = list(of_others(courses))
    result = {
        "others": round(float(np.mean(np.array(others) <= ALIKE_DEG)), 4),
        "pairs": [[name, *map(float, np.round(at, 2))] for _, name, *at in pairs],
        "apart_deg": [round(one.degrees, 1) for one in pairs],
        "qualities": told(found),
    }
    print(result["others"], result["apart_deg"], result["pairs"])
    for name, row in result["qualities"].items():
        print(f"{name:34}", *row.values(), round(row["measured"] / row["default"], 2))
    if asked.json:
        asked.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
