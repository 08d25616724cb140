"""Takes with known variation and known faults, made of any motion.

Knows nothing of the code that will be judged: numpy in, numpy out. ::

    from planting import draw_variation, plant
    from planting_places import draw_breaks
    rng = np.random.default_rng(7)
    breaks = draw_breaks(source, rng, count=2, strange=[another])
    take = plant(source, draw_variation(rng), breaks=breaks, rng=rng)
    take.motion.time, take.motion.points, take.truth

A take is made in this order: faults of shape (``planting_faults``), another body,
another order of the bars, another time, the other side, another facing and place,
another frame rate, noise. Times and geometry stand in ``planting_time`` and
``planting_figure``, where things make sense in ``planting_places``, sources of motion
in ``planting_sources``, cameras in ``planting_camera``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from planting_body import varied, with_proportions
from planting_figure import Array, Motion, figure_of
from planting_floor import with_bones_of
from planting_joints import joined
from planting_time import STEP_S, Late, Part, clock, wobbling
from planting_truth import Stop, Truth, breaks_of, stretches_of
from planting_variation import Variation


@dataclass(frozen=True)
class Breaks:
    """How the order of a take differs from the reference's.

    Attributes
    ----------
    begins_s, ends_s : float
        Where in the reference the take begins and ends.
    skips, repeats : tuple of (float, float)
        Bars of the reference.
    extras : tuple of (float, int, float, float)
        Where in the reference, and which piece: index of the strange movement, its
        seconds. At ``begins_s`` and ``ends_s`` it comes before and after all.
    strange : tuple of Motion
        With all the keypoints of the source.
    """

    begins_s: float = 0.0
    ends_s: float = np.inf
    skips: tuple[tuple[float, float], ...] = ()
    repeats: tuple[tuple[float, float], ...] = ()
    extras: tuple[tuple[float, int, float, float], ...] = ()
    strange: tuple[Motion, ...] = ()

    def parts(self, lasting_s: float) -> list[Part]:
        """The take's parts in order."""
        ends = min(self.ends_s, lasting_s)
        events = sorted(
            [(b, "repeat", (a, b)) for a, b in self.repeats]
            + [(a, "skip", (a, b)) for a, b in self.skips]
            + [(x[0], "extra", x[1:]) for x in self.extras]
        )
        found, at = [], self.begins_s
        for where, kind, what in events:
            if where > at:
                found.append(Part("danced", at, where))
            at = max(at, where)
            if kind == "repeat":
                found.append(Part("repeated", *what))
            elif kind == "extra":
                index, a, b = what
                found.append(Part("extra", a, b, 1 + index))
            else:
                at = what[1]
        if ends > at:
            found.append(Part("danced", at, ends))
        return found


@dataclass(frozen=True)
class Take:
    """A planted take and the truth of it."""

    motion: Motion
    truth: Truth
    variation: Variation


def plant(
    source: Motion,
    variation: Variation,
    *,
    rng: np.random.Generator,
    breaks: Breaks | None = None,
    stops: Sequence[tuple[float, float]] = (),
    lates: Sequence[Late] = (),
) -> Take:
    """A take of a source.

    Parameters
    ----------
    source : Motion
        The reference, or the reference with faults of shape in it.
    variation : Variation
    rng : numpy.random.Generator
        Of wobble and noise.
    breaks : Breaks, optional
    stops : sequence of (float, float)
        Moment of the reference in which the body holds, and for how long.
    lates : sequence of Late

    Returns
    -------
    Take

    Raises
    ------
    ValueError
        When a stop lies where nothing is danced, or timing faults are so steep that
        the take would go backwards.
    """
    breaks = breaks or Breaks()
    body = with_proportions(figure_of(source), variation.bones, variation.scale)
    body = varied(body, variation.shape_deg, rng)
    parts = breaks.parts(source.lasting_s)
    score_s = sum(part.lasting_s for part in parts)
    grid = np.linspace(0.0, score_s, max(int(score_s / STEP_S), 2))
    tempo, late = _own_time(grid, variation, rng)
    edges = np.cumsum([0.0, *(part.lasting_s for part in parts)])
    for part, a, b in zip(parts, edges[:-1], edges[1:], strict=True):
        if part.state == "danced":
            inside = (grid >= a) & (grid <= b)
            there = grid[inside] - a + part.start_s
            late[inside] += sum(fault.at(there) for fault in lates)
    held = [(_score_of(where, parts, edges), seconds) for where, seconds in stops]
    time = clock(score_s, tempo, late_s=late, stops=held, start_s=variation.start_s)
    stretches = stretches_of(parts, time)
    danced = next(s for s in stretches if s.part.state == "danced")
    bare = Truth(
        side=variation.side,
        tempo=tempo,
        offset_s=float(
            danced.take_s[0] - danced.late_s[0] - tempo * danced.source_s[0]
        ),
        heading_deg=variation.facing_deg,
        stretches=stretches,
        breaks=breaks_of(stretches, source.lasting_s),
        stops=(),
        lates=tuple(lates),
    )
    truth = replace(bare, stops=tuple(_stop(bare, when) for when in time.stops))
    frames = np.arange(time.take_s[0], time.take_s[-1], 1.0 / variation.fps)
    strange = [with_bones_of(figure_of(m.only(*source.points)), body)
               for m in breaks.strange]  # fmt: skip
    danced = joined([body, *strange], parts, time.score_at(frames))
    return Take(
        _shown(danced.points, frames, variation, source.name, rng), truth, variation
    )


def _score_of(where: float, parts: Sequence[Part], edges: Array) -> float:
    for part, edge in zip(parts, edges[:-1], strict=True):
        if part.state == "danced" and part.start_s <= where <= part.end_s:
            return float(edge + where - part.start_s)
    raise ValueError(f"The take does not dance {where:g} s, and cannot stop there.")


def _own_time(
    grid: Array, variation: Variation, rng: np.random.Generator
) -> tuple[float, Array]:
    """Mean tempo, and the lateness that is nobody's fault, along the score."""
    late = wobbling(grid, variation.wobble_s, rng)
    if not variation.rubato:
        return variation.tempo, late
    way = wobbling(grid, 1.0, rng, slowest_hz=0.02, fastest_hz=0.12)
    pace = variation.tempo * np.exp(variation.rubato * way)
    tempo = float(pace.mean())
    return tempo, late + np.cumsum(pace - tempo) * (grid[1] - grid[0])


def _stop(truth: Truth, take_s: tuple[float, float]) -> Stop:
    where = truth.reference_at(np.array([0.5 * (take_s[0] + take_s[1])]))
    return Stop(float(where[0]), take_s)


def _shown(
    points: Mapping[str, Array],
    frames: Array,
    variation: Variation,
    name: str,
    rng: np.random.Generator,
) -> Motion:
    """Swapped, turned, placed, noisy."""
    motion = Motion(f"take of {name}", frames, points)
    motion = motion.mirrored() if variation.side == "mirrored" else motion
    motion = motion.turned(variation.facing_deg)
    x, z = variation.place_m
    there = {
        keypoint: place + [x, 0.0, z] + variation.noise_m * rng.normal(size=place.shape)
        for keypoint, place in motion.points.items()
    }
    return Motion(motion.name, frames, there)
