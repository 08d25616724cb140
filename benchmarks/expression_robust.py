"""Do qualities of movement stay what they are, whatever recorded them and whoever?

    python benchmarks/expression_robust.py --data ../data \\
        --json benchmarks/results/expression_robust.json

Recordings of motion capture, windows of 2 s, each quality by itself:

``rates``    at 30 frames a second over at 120, and at 60: the median over windows of
             how far the value is off, as share of its own size, or of the spread of
             its values where it is no size
``size``     the same body 0.7 times as large: the largest such share
``limbs``    another body (each bone up to 8 % longer or shorter), and that body with 1
             and 2 cm of noise: the rank correlation over the windows of all recordings
             with those of the recordings themselves, middle of draws. ``white`` noise
             is another at each frame, ``lasting`` noise for 0.1 s, as trackers err
``landings`` of three jumps each of synthetic dancers, whose knees give by 8 to 80
             degrees, the same of each landing, as these recordings have no jumps: with
             the steps and jumps of the other body (``given``), and with those that the
             noisy body shows itself (``found``, and ``seen``, the share of them)
``camera``   a synthetic dancer through one camera and a tracker
             (``one_camera_takes.py``), from within 60 degrees of the front: the rank
             correlation over the windows of all takes, of the body as it lies in the
             picture and in the tracker's space; and the median of what is seen over
             what was danced
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import numpy as np
from expression_landings import at_moments, jumping, landing_ratios
from one_camera_takes import danced, filmed
from planting_body import draw_bones, with_proportions
from planting_figure import Motion, figure_of
from planting_sources import LONG, recordings
from scipy.interpolate import CubicSpline
from scipy.stats import spearmanr

from repetiteur.expression.dancing import dancing, with_points_of
from repetiteur.expression.descriptors import descriptors
from repetiteur.expression.quality import QUALITIES
from repetiteur.expression.windows import frames_in, windows
from repetiteur.kernels.resampling import lasting_noise
from repetiteur.kinematics.movement import movement_of
from repetiteur.model.body import Body
from repetiteur.model.poses import body_of

Array = np.ndarray
Values = Mapping[str, Array]
MOST = 0.08
FEWEST = 8
NOISES_M = (0.0, 0.01, 0.02)
TRACKED_S = 0.1
KINDS = ("white", "lasting")


def body_from(motion: Motion, rate: float | None = None) -> Body:
    """A motion as a body, at another frame rate where one is given."""
    if rate is not None:
        motion = Motion(motion.name, *at_rate(motion, rate))
    return Body(motion.time, MappingProxyType(dict(motion.points)))


def at_rate(motion: Motion, rate: float) -> tuple[Array, dict[str, Array]]:
    """Frames and points at a rate, along the curves of the figure's joints."""
    time = np.arange(motion.time[0], motion.time[-1] - 1e-9, 1.0 / rate)

    return time, {
        n: CubicSpline(motion.time, p)(time) for n, p in motion.points.items()
    }


def qualities(body: Body, danced_too: Body | None = None) -> Values:
    """Each quality in each window; steps and jumps of another body, where given."""
    movement = movement_of(danced_too or body)
    own = dancing(movement)
    if danced_too is not None:
        own = with_points_of(own, body)
    frames = frames_in(own.time, windows(float(own.time[0]), float(own.time[-1])))
    return {name: of(own, frames) for name, of in QUALITIES.items()}


def ranks(pairs: Sequence[tuple[Array, Array]]) -> float:
    """Rank correlation of the windows of all recordings together."""
    one, two = (np.concatenate(each) for each in zip(*pairs, strict=True))
    known = np.isfinite(one) & np.isfinite(two)
    if known.sum() < FEWEST or np.ptp(one[known]) * np.ptp(two[known]) == 0.0:
        return float("nan")
    return float(spearmanr(one[known], two[known]).statistic)


def off(one: Array, two: Array, *, relative: bool) -> Array:
    """How far values are off, as share of their size or of their spread."""
    known = np.isfinite(one) & np.isfinite(two)
    if not known.any():
        return np.array([np.nan])
    scale = np.abs(two[known]) if relative else np.std(two[known]) + 1e-12
    return np.asarray(np.abs(one[known] - two[known]) / scale)


def rates_and_size(sources: Mapping[str, Motion]) -> dict[str, dict[str, float]]:
    """What the frame rate and the size of the body change."""
    found: dict[str, dict[str, list[Array]]] = defaultdict(lambda: defaultdict(list))
    relative = {one.id: one.relative for one in descriptors()}
    for source in sources.values():
        known = {
            rate: qualities(body_from(source, rate)) for rate in (30.0, 60.0, 120.0)
        }
        small = Motion(
            source.name, source.time, {n: 0.7 * p for n, p in source.points.items()}
        )
        whole, less = qualities(body_from(source)), qualities(body_from(small))
        for name in QUALITIES:
            share = relative[name]
            for hz in (30.0, 60.0):
                each = off(known[hz][name], known[120.0][name], relative=share)
                found[name][f"at_{hz:g}"].append(each)
            found[name]["size"].append(
                off(less[name], whole[name], relative=relative[name])
            )
    return {
        name: {
            "at_30": round(float(np.nanmedian(np.concatenate(row["at_30"]))), 4),
            "at_60": round(float(np.nanmedian(np.concatenate(row["at_60"]))), 4),
            "size": float(f"{np.nanmax(np.concatenate(row['size'])):.1e}"),
        }
        for name, row in found.items()
    }


def noisy(body: Body, sd: float, kind: str, rng: np.random.Generator) -> Body:
    """The body with noise on every coordinate."""
    points = {}
    for name, place in body.points.items():
        lasts = TRACKED_S if kind == "lasting" else 0.0
        noise = lasting_noise(body.time, place.shape[1], lasts, rng)
        points[name] = place + sd * noise
    return replace(body, points=MappingProxyType(points))


def others(
    source: Motion, rng: np.random.Generator
) -> Iterator[tuple[str, Body, Body]]:
    """Another body that dances the same, without noise and with each kind of it."""
    figure = with_proportions(figure_of(source), draw_bones(rng, MOST))
    other = body_from(Motion(source.name, source.time, figure.points))
    for kind in KINDS:
        for sd in NOISES_M:
            yield f"{kind}_{100 * sd:g}cm", other, noisy(other, sd, kind, rng)


def limbs(sources: Mapping[str, Motion], draws: int) -> dict[str, dict[str, float]]:
    """Rank correlations with another body and with noise."""
    pairs: dict[tuple[str, str, int], list[tuple[Array, Array]]] = defaultdict(list)
    for number, source in enumerate(sources.values()):
        whole = body_from(source)
        truth = qualities(whole)
        for draw in range(draws):
            rng = np.random.default_rng([41, number, draw])
            for key, other, body in others(source, rng):
                for name, values in qualities(body, other).items():
                    pairs[name, key, draw].append((truth[name], values))
    keys = dict.fromkeys(key for _, key, _ in pairs)
    return {
        name: {
            key: round(
                float(np.median([ranks(pairs[name, key, d]) for d in range(draws)])), 3
            )
            for key in keys
        }
        for name in QUALITIES
    }


def landings(dances: int, draws: int) -> dict[str, dict[str, float]]:
    """The same of landings."""
    pairs: dict[tuple[str, str], list[tuple[Array, Array]]] = defaultdict(list)
    for seed in range(dances):
        rate = float(np.random.default_rng([43, seed]).choice([50.0, 60.0, 100.0]))
        body = body_of(jumping(seed, rate))
        source = Motion(f"jumps {seed}", np.asarray(body.time), dict(body.points))
        when, truth = landing_ratios(body_from(source), body_from(source))
        for draw in range(draws):
            rng = np.random.default_rng([44, seed, draw])
            for key, other, body in others(source, rng):
                for way, steps in {"given": other, "found": body}.items():
                    told = at_moments(when, *landing_ratios(body, steps))
                    pairs[key, way].append((truth, told))
    out: dict[str, dict[str, float]] = defaultdict(dict)
    for (key, way), each in pairs.items():
        out[key][way] = round(ranks(each), 3)
        if way == "found":
            seen = np.concatenate([np.isfinite(two) for _, two in each])
            out[key]["seen"] = round(float(seen.mean()), 3)
    return out


def camera(takes: int) -> dict[str, dict[str, float]]:
    """Rank correlations of what one camera sees with what was danced."""
    pairs: dict[tuple[str, str], list[tuple[Array, Array]]] = defaultdict(list)
    for seed in range(takes):
        rng = np.random.default_rng([42, seed])
        poses, height = danced(seed), ("level", "high")[seed % 2]
        view = filmed(poses, float(rng.uniform(-60.0, 60.0)), height, seed)
        truth = qualities(body_of(poses))
        space = qualities(replace(view, space="3d"), view)
        for way, found in {"picture": qualities(view), "space": space}.items():
            for name, values in found.items():
                pairs[name, way].append((truth[name], values))
    out: dict[str, dict[str, float]] = {name: {} for name in QUALITIES}
    for (name, way), each in pairs.items():
        one, two = (np.concatenate(p) for p in zip(*each, strict=True))
        known = np.isfinite(one) & np.isfinite(two) & (one != 0.0)
        share = float(np.median(two[known] / one[known])) if known.any() else np.nan
        out[name] |= {way: round(ranks(each), 3), f"{way}_over_danced": round(share, 2)}
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="with a folder mocap")
    parser.add_argument("--draws", type=int, default=5)
    parser.add_argument("--dances", type=int, default=20, help="of three jumps each")
    parser.add_argument("--takes", type=int, default=40)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    sources = {n: m for n, m in recordings(asked.data).items() if n in LONG}
    result = {
        "rates_and_size": rates_and_size(sources),
        "limbs": limbs(sources, asked.draws),
        "camera": camera(asked.takes),
    }
    for name in QUALITIES:
        print(
            f"{name:34}",
            *(f"{v}" for part in result.values() for v in part[name].values()),
        )
    result["landings"] = landings(asked.dances, asked.draws)
    for name, row in result["landings"].items():
        print(f"landings {name:25}", *row.values())
    if asked.json:
        text = json.dumps(result, indent=1).replace("NaN", "null")
        asked.json.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
