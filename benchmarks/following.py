"""Following live: against matchmaker's Arzt follower, and back after a disturbance.

    export REPETITEUR_TEST_DATA=... OMP_NUM_THREADS=1
    python benchmarks/following.py --peer peer/bin/python

Long dances joined from real motion are followed in takes by another body at another
tempo, whose true places are known (``following_takes.py``). Both followers get the same
frames; the peer gets, of several sets of features, the one that serves it best. Figures
are frames of 1/30 s of the reference; costs are CPU seconds of one core, and every step
begins with the positions of the keypoints. All constants were set on other seeds
(1 to 6, and 1001 and above).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from following_takes import (
    FPS,
    HARD,
    MILD,
    NAMES,
    Array,
    Take,
    Trial,
    body,
    clips,
    joined,
    part,
    take_of,
    warped,
)  # fmt: skip
from scipy.signal import lfilter

from repetiteur.align.bones import bones_of
from repetiteur.align.follow import Follower
from repetiteur.kernels import geometry
from repetiteur.kinematics.directions import heading

Figures = dict[str, object]

#: The same place: as many frames of 1/30 s, and s.
NEAR = 10
NEAR_S = NEAR / FPS
#: Danced before something happens, and after it, s.
BEFORE_S, AFTER_S = 8.0, 5.0
#: Back is near for so long, s, from at most so long after the end of it.
STAYS_S, WITHIN_S = 0.5, 2.0
#: Not in the references of the disturbances: danced in between as something foreign.
FOREIGN = ("cmu_60_06_salsa", "cmu_61_06_salsa", "cmu_94_13_indian")
PEER = Path(__file__).with_name("following_peer.py")


def followed(
    reference: Array, take: Take, *, side: str = "same"
) -> tuple[Array, Array, Array]:
    """Places in seconds, confidences, and CPU seconds of each step."""
    follower = Follower(body(np.arange(len(reference)) / FPS, reference), side=side)
    place, sure, took = np.empty((3, take.time.size))
    for k, now in enumerate(take.time):
        points = dict(zip(NAMES, take.place[k], strict=True))
        start = time.process_time()
        found = follower.step(now, points)
        took[k] = time.process_time() - start
        place[k], sure[k] = found.reference_s, found.confidence
    return place, sure, took


def features(place: Array) -> dict[str, Array]:
    """What the peer may be given, (time, columns) each."""
    moving = body(np.arange(len(place)) / FPS, place)
    hips = place - place[:, :1]
    facing = -heading(moving)[:, None]
    seen = bones_of(moving).of_body(moving)
    sets = {
        "positions": hips,
        "positions in the body's facing": geometry.turn(hips, facing),
        "bones": seen,
        "bones in the body's facing": geometry.turn(seen, facing),
    }
    flat = {name: rows.reshape(len(rows), -1) for name, rows in sets.items()}
    share = 1.0 - np.exp(-1.0 / (0.1 * FPS))  # a time constant of 0.1 s
    start = (1.0 - share) * flat["positions"][:1]
    slow, _ = lfilter([share], [1.0, share - 1.0], flat["positions"], axis=0, zi=start)
    return {**flat, "positions, smoothed": slow}


def peer_places(
    pairs: Mapping[int, tuple[Array, Take]], python: str, **options: int
) -> dict[str, dict[int, tuple[Array, Array]]]:
    """For each set of features and seed: frames, and CPU seconds of each step."""
    given: dict[str, Array] = {k: np.array(v) for k, v in options.items()}
    sets: tuple[str, ...] = ()
    for seed, (reference, take) in pairs.items():
        both = features(reference), features(take.place)
        sets = tuple(both[0])
        for k, name in enumerate(sets):
            given[f"reference_{k}_{seed}"] = both[0][name].astype(np.float32)
            given[f"take_{k}_{seed}"] = both[1][name].astype(np.float32)
    with tempfile.TemporaryDirectory() as folder:
        files = [str(Path(folder) / f"{name}.npz") for name in ("pairs", "places")]
        np.savez(files[0], **given)
        subprocess.run([python, str(PEER), *files], check=True)
        with np.load(files[1]) as found:
            return {
                name: {
                    s: (found[f"place_{k}_{s}"], found[f"cpu_s_{k}_{s}"]) for s in pairs
                }
                for k, name in enumerate(sets)
            }


def errors(frames: Array) -> Figures:
    """Mean, and share near, of absolute errors in frames."""
    return {
        "mean_frames": float(frames.mean()),
        "within_10_frames": float((frames <= NEAR).mean()),
    }


def compared(
    found: Mapping[str, Array], seeds: Sequence[int], trial: Trial, minutes: float,
    peer: str | None,
) -> tuple[Figures, Array]:  # fmt: skip
    """Both followers over the same pairs; with it, (frames, 2): confidence, right."""
    pairs, ours, said = {}, {}, []
    for seed in seeds:
        rng = np.random.default_rng(seed)
        reference = joined(found, rng, minutes)
        take = take_of(reference, warped(reference, rng, trial), rng, trial)
        place, sure, _ = followed(reference, take)
        pairs[seed] = reference, take
        ours[seed] = np.abs(place - take.true_s) * FPS
        said.append(np.stack([sure, ours[seed] <= NEAR], axis=1))
    every = np.concatenate(list(ours.values()))
    out: Figures = {"frames": every.size, "ours": errors(every)}
    if peer:
        out |= _peer_figures(pairs, ours, peer)
    return out, np.concatenate(said)


def _peer_figures(
    pairs: Mapping[int, tuple[Array, Take]], ours: Mapping[int, Array], python: str
) -> Figures:
    tried = {}
    for step, window in ((3, 10), (5, 10)):
        places = peer_places(pairs, python, step_size=step, window_s=window)
        for name, by_seed in places.items():
            off = {s: np.abs(by_seed[s][0] - pairs[s][1].true_s * FPS) for s in pairs}
            tried[f"{name}; step {step}, window {window} s"] = off, by_seed
    means = {k: float(np.concatenate(list(v[0].values())).mean())
             for k, v in tried.items()}  # fmt: skip
    best = min(means, key=lambda name: means[name])
    off, by_seed = tried[best]
    ratios = [ours[s].mean() / off[s].mean() for s in pairs]
    every = np.concatenate(list(off.values()))
    return {
        "peer": errors(every),
        "peer_features": best,
        "peer_mean_frames_by_features": means,
        "peer_cpu_s": float(np.mean([t.mean() for _, t in by_seed.values()])),
        "mean_error_ratio": float(np.concatenate(list(ours.values())).mean())
        / float(every.mean()),
        "worst_ratio_of_a_seed": float(max(ratios)),
    }


def disturbance(kind: str, rng: np.random.Generator, lasts: float) -> tuple[Array, int]:
    """Places of a take in which something happens, and the frame when that is over."""
    at = rng.uniform(12.0, lasts - BEFORE_S * 1.25 - AFTER_S * 1.25 - 6.0)
    before = part(rng, at, BEFORE_S)
    here = before[-1]
    between = {
        "pause": np.full(int(2.0 * FPS), here),
        "foreign": np.full(int(8.0 * FPS), np.nan),
    }.get(kind, np.empty(0))
    to = {"skip": here + 4.0, "restart": 0.0, "back": here - rng.uniform(4.0, 12.0)}
    after = part(rng, to.get(kind, here), AFTER_S)
    over = before.size + between.size
    return np.concatenate([before, between, after]), over


def is_back(right: Array, over: int) -> bool:
    """Whether it was near for half a second from at most 2 s after the end of it."""
    long, latest = int(STAYS_S * FPS), over + int(WITHIN_S * FPS)
    return any(right[k : k + long].all() for k in range(over, latest + 1))


def disturbed(
    found: Mapping[str, Array], kind: str, seeds: Sequence[int], trial: Trial,
    each: int,
) -> tuple[Figures, Array]:  # fmt: skip
    """Share of trials that are back, and (frames, 2): confidence, right."""
    back, said, foreign = [], [], []
    known = {name: place for name, place in found.items() if name not in FOREIGN}
    for seed in seeds:
        rng = np.random.default_rng([seed, 1])
        reference = joined(known, rng, 3.0)
        for _ in range(each):
            true, over = disturbance(kind, rng, len(reference) / FPS)
            other = found[FOREIGN[rng.integers(len(FOREIGN))]]
            other = other[rng.integers(len(other) - 9 * int(FPS)) :]
            take = take_of(reference, true, rng, trial, other)
            place, sure, _ = followed(reference, take)
            right = np.abs(place - true) <= NEAR_S
            back.append(is_back(right, over))
            said.append(np.stack([sure, right], axis=1))
            foreign.append(sure[np.isnan(true)])
    figures: Figures = {"trials": len(back), "back_within_2_s": float(np.mean(back))}
    away = np.concatenate(foreign)
    if away.size:
        figures["foreign_frames_said_over_0.5"] = float((away > 0.5).mean())
        figures["foreign_frames_said_over_0.9"] = float((away > 0.9).mean())
    return figures, np.concatenate(said)


def calibration(said: Array) -> list[Figures]:
    """Share right by what was said."""
    edges = np.array([0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 0.97, 1.0])
    which = np.clip(np.searchsorted(edges, said[:, 0]) - 1, 0, edges.size - 2)
    return [
        {
            "said": [float(edges[k]), float(edges[k + 1])],
            "frames": int((which == k).sum()),
            "mean_said": float(said[which == k, 0].mean()),
            "right": float(said[which == k, 1].mean()),
        }
        for k in range(edges.size - 1)
        if (which == k).any()
    ]


def cost(found: Mapping[str, Array], minutes: float, steps: int = 1500) -> Figures:
    """CPU time of a step in a long reference, the pose's features among it."""
    rng = np.random.default_rng(0)
    reference = joined(found, rng, minutes)
    true = warped(reference, rng, HARD)[:steps]
    take = take_of(reference, true, rng, HARD)
    out: Figures = {"reference_frames": len(reference)}
    followed(reference, Take(take.time[:5], take.place[:5], take.true_s[:5]))
    for side in ("same", "auto"):
        took = [followed(reference, take, side=side)[2] for _ in range(3)]
        best = np.min(took, axis=0)  # of three rounds, step by step
        for name, each in (("", np.concatenate(took)), ("best_of_3_", best)):
            low, high = np.percentile(each, [50, 99]) * 1e3
            out[f"{name}ms_{side}"] = {"median": float(low), "p99": float(high)}
    return out


def run(folder: Path, *, seed: int, trials: int, peer: str | None) -> Figures:
    """All of it."""
    found = clips(folder)
    seeds = range(seed, seed + 6)
    out: Figures = {}
    said = []
    for name, trial in (("mild", MILD), ("hard", HARD)):
        out[name], told = compared(found, seeds, trial, 4.0, peer)
        out[f"{name}_calibration"] = calibration(told)
    each = -(-trials // len(seeds))
    for kind in ("pause", "skip", "restart", "back", "foreign"):
        for name, trial in (("mild", MILD), ("hard", HARD)):
            out[f"{kind}_{name}"], told = disturbed(found, kind, seeds, trial, each)
            said.append(told)
    out["disturbed_calibration"] = calibration(np.concatenate(said))
    out["cost"] = cost(found, 10.0)
    return out


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--peer", help="python of an environment with pymatchmaker")
    options.add_argument("--trials", type=int, default=102, help="of each disturbance")
    options.add_argument("--seed", type=int, default=101)
    options.add_argument("--json", type=Path)
    asked = options.parse_args()
    if os.environ.get("OMP_NUM_THREADS") != "1":
        sys.exit("set OMP_NUM_THREADS=1: both followers run on one core")
    data = os.environ.get("REPETITEUR_TEST_DATA")
    if not data:
        sys.exit("REPETITEUR_TEST_DATA is not set: it names the real recordings")
    folder = Path(data) / "mocap"
    found = run(folder, seed=asked.seed, trials=asked.trials, peer=asked.peer)
    text = json.dumps(found, indent=2)
    print(text)
    if asked.json:
        asked.json.parent.mkdir(parents=True, exist_ok=True)
        asked.json.write_text(text + "\n")


if __name__ == "__main__":
    main()
