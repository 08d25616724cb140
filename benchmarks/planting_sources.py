"""Movements to plant in: real recordings, pieces and joins of them, and a synthetic
dancer. The only part of the planter that uses the package, to read files and to dance.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from planting_figure import Motion, figure_of, shared
from planting_floor import with_bones_of
from planting_joints import joined
from planting_time import Part

from repetiteur.io.formats import read_poses
from repetiteur.model.poses import body_of
from repetiteur.synthetic import Phrase, dance, demo_reference
from repetiteur.synthetic.jumps import saute
from repetiteur.synthetic.keyposes import Step
from repetiteur.synthetic.steps import (
    attitude,
    battement_tendu,
    close_fifth,
    developpe,
    equilibre,
    fifth_position,
    port_de_bras,
    step_to,
)
from repetiteur.synthetic.turns import pirouette_en_dehors

#: Frames a second where a header is wrong; files begin with a rest pose: left out, s.
RATES = {"salsa": 60.0}
REST_S = 0.2
#: Long enough to rehearse, s.
LEAST_S = 8.0
#: Recordings are blended into one another over so long, s.
JOINT_S = 0.5
#: Files by what they are; of the pirouette with a wrong header there is a right twin.
LONG = ("cmu_60_02_salsa", "cmu_60_06_salsa", "cmu_61_02_salsa", "cmu_61_06_salsa",
        "cmu_94_04_indian", "cmu_94_13_indian", "rokoko_jesse_dance")  # fmt: skip
SHORT = ("cmu_pirouette",)


def read(path: Path) -> Motion:
    """A file as a movement: the keypoints that it has in every frame."""
    rate = next((hz for word, hz in RATES.items() if word in path.stem), None)
    body = body_of(read_poses(path, fps=rate) if rate else read_poses(path))
    points = {
        name: np.asarray(place, dtype=np.float64)
        for name, place in body.points.items()
        if np.isfinite(place).all()
    }
    whole = Motion(path.stem, np.asarray(body.time, dtype=np.float64), points)
    piece = whole.cut(REST_S, whole.lasting_s)
    return Motion(path.stem, piece.time, piece.points)


@cache
def recordings(folder: Path) -> dict[str, Motion]:
    """The recordings by name, those of ``LONG`` and ``SHORT``."""
    return {name: read(folder / "mocap" / f"{name}.bvh") for name in (*LONG, *SHORT)}


def _danced(name: str, *steps: Step) -> Motion:
    body = body_of(dance(Phrase.of(*steps)))
    return Motion(name, np.asarray(body.time), dict(body.points))


@cache
def synthetic() -> dict[str, Motion]:
    """Three dances of the synthetic dancer: an adage, lines, and jumps with turns."""
    first = fifth_position("left", counts=1.2)
    adage = body_of(demo_reference())
    return {
        "adage": Motion("adage", np.asarray(adage.time), dict(adage.points)),
        "lines": _danced(
            "lines", first, battement_tendu("left", "devant", arm="side"),
            developpe("right", "seconde", 95.0, counts=4.0, balance=1.5),
            close_fifth("right", "left"), step_to("left", counts=2.6),
            attitude("right", 80.0, counts=1.6, balance=1.6),
            close_fifth("right", "left", counts=1.3),
            equilibre("right", counts=1.8, balance=2.0),
            close_fifth("right", "right", counts=1.3),
        ),
        "allegro": _danced(
            "allegro", first, port_de_bras("front", "side", counts=1.25), saute(0.5),
            saute(0.45), pirouette_en_dehors("right", 2),
            port_de_bras("front", "low", counts=1.2), saute(0.5),
            pirouette_en_dehors("left", 2), port_de_bras("front", "side", counts=1.25),
        ),
    }  # fmt: skip


def combined(pieces: Sequence[Motion], name: str = "", rate: float = 60.0) -> Motion:
    """Pieces danced by the body of the first, one after another, smoothly joined."""
    pieces = shared(*pieces)
    first = figure_of(pieces[0])
    figures = [first, *(with_bones_of(figure_of(m), first) for m in pieces[1:])]
    half = 0.5 * JOINT_S
    parts = [
        Part("danced", half, piece.lasting_s - half, k)
        for k, piece in enumerate(pieces)
    ]
    turned = [first]
    for part, figure in zip(parts[:-1], figures[1:], strict=True):
        there = turned[-1].at(np.array([part.end_s])).heading[0]
        here = figure.at(np.array([half])).heading[0]
        turned.append(figure.turned(np.array(there - here)))
    lasting = sum(part.lasting_s for part in parts)
    time = np.arange(0.0, lasting, 1.0 / rate)
    points = joined(turned, parts, time, joint_s=JOINT_S).points
    return Motion(name or "+".join(m.name for m in pieces), time, points)


def draw_source(
    folder: Path, rng: np.random.Generator, *, least_s: float = LEAST_S
) -> Motion:
    """A recording whole, a piece of one, or a dance of 20 to 40 s joined of several."""
    found = recordings(folder)
    long = [found[name] for name in LONG if found[name].lasting_s >= least_s]
    kind = rng.choice(["whole", "piece", "joined"])
    if kind == "joined":
        return _drawn_join(list(found.values()), rng)
    motion = long[rng.integers(len(long))]
    if kind == "piece" and motion.lasting_s > least_s + 1.0:
        seconds = rng.uniform(least_s, motion.lasting_s)
        start = rng.uniform(0.0, motion.lasting_s - seconds)
        return motion.cut(float(start), float(start + seconds))
    return motion


def draw_any(folder: Path | None, rng: np.random.Generator) -> Motion:
    """A recording or one of the synthetic dances; those alone without a folder."""
    if folder is None or rng.uniform() < 0.3:
        return synthetic()[str(rng.choice(sorted(synthetic())))]
    return draw_source(folder, rng)


def _drawn_join(motions: Sequence[Motion], rng: np.random.Generator) -> Motion:
    wanted, pieces, lasting = rng.uniform(20.0, 40.0), [], 0.0
    for k in rng.permutation(len(motions)):
        seconds = min(float(rng.uniform(4.0, 12.0)), motions[k].lasting_s)
        start = float(rng.uniform(0.0, motions[k].lasting_s - seconds))
        pieces.append(motions[k].cut(start, start + seconds))
        lasting += seconds
        if lasting >= wanted:
            break
    return combined(pieces)


def strangers(
    folder: Path, source: Motion, *, rng: np.random.Generator, count: int = 2
) -> list[Motion]:
    """Recordings with all keypoints of a source, none of them in it."""
    fit = [
        motion
        for name, motion in recordings(folder).items()
        if name not in source.name and set(source.points) <= set(motion.points)
    ]
    order = rng.permutation(len(fit))[:count]
    return [fit[k] for k in order]
