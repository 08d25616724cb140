"""Is lateness on the music found, and is nothing said of dancing that is on none?

    python benchmarks/music_dancing.py --json benchmarks/results/music_dancing.json

A dancer made of parameters dances to music whose tempo goes up and down
(``music_dances.py``), as late as was planted: up to 0.15 s,
each step by another 15 to 40 ms about it, another body, facing, frame rate and up to
5 mm of noise each time.

``late``       what is found of it, of the kinds that were put on the counts: error, and
               how often the 90 % interval holds what was planted
``follows``    the same where the dancer's tempo follows that of the music 0 to 2 counts
               later: how late it is found to follow, and how often the intervals hold
``one_camera`` as ``late``, through one camera and a tracker (``one_camera_takes.py``)
``other``      the same dances to the counts of other music
``anywhen``    arrivals at any time, as many and of as many kinds
``own_tempo``  arrivals of a dancer who is steady, at a tempo of her own

Of the last three nothing is to be judged, of the first as much as can be.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter

import numpy as np
from music_dances import PIECES, Danced, music, perform
from one_camera_takes import filmed

from repetiteur.kinematics.movement import Movement, movement_of
from repetiteur.model.counts import Counts
from repetiteur.technique.musical_events import KINDS, Arrival, arrivals
from repetiteur.technique.musical_offsets import heard
from repetiteur.technique.musicality import musicality

#: What a piece puts on the counts.
MEANT = {
    "allegro": ("landing",),
    "battements": ("extension",),
    "tendus": ("closing",),
    "plies": ("plie",),
    "class": (),
}
LATE_S = 0.15
BPM = (80.0, 130.0)


def dances(trials: int, first: int) -> Iterator[tuple[str, Danced, Movement]]:
    """Dances with their lateness; seeds ``first`` and up."""
    for seed in range(first, first + trials):
        rng = np.random.default_rng([31, seed])
        piece = PIECES[seed % len(PIECES)]
        danced = perform(
            piece,
            rng,
            late_s=float(rng.uniform(-LATE_S, LATE_S)),
            steady_s=float(rng.uniform(0.015, 0.040)),
            wander=float(rng.uniform(0.05, 0.25)),
            noise_m=float(rng.uniform(0.0, 0.005)),
        )
        yield piece, danced, movement_of(danced.body)


def moments_off(
    danced: Danced, found: Sequence[Arrival]
) -> Iterator[tuple[str, float]]:
    """By how much each arrival is found too late, seconds."""
    for kind, when, _ in danced.arrivals:
        own = [one.time_s - when for one in found if one.kind == kind]
        if own and abs(nearest := min(own, key=abs)) < 0.2:
            yield kind, nearest


def late(trials: int, first: int, pool: list[tuple[Arrival, ...]]) -> dict[str, object]:
    """Planted lateness, and what is found of it."""
    off: dict[str, list[float]] = defaultdict(list)
    error, holds, half, judged, asked, any_said = [], [], [], 0, 0, []
    together: list[bool] = []
    pieces: dict[str, list[bool]] = defaultdict(list)
    for piece, danced, movement in dances(trials, first):
        found = arrivals(movement)
        pool.append(found)
        for kind, seconds in moments_off(danced, found):
            off[kind].append(seconds)
        said = musicality(movement, danced.counts).measurements
        any_said.append(bool(said))
        pieces[piece].append(bool(said))
        own = {m.moment: m for m in said if m.measure == "beat_offset"}
        apart = [m for m in said if m.measure == "tempo_shape.apart"]
        together += [m.interval90[0] <= 0.0 <= m.interval90[1] for m in apart]
        for kind in MEANT[piece]:
            asked += 1
            if kind in own:
                judged += 1
                one = own[kind]
                error.append(one.value - danced.late_s)
                low, high = one.interval90
                holds.append(low <= danced.late_s <= high)
                half.append(0.5 * (high - low))
    return {
        "dances": trials,
        "judged_at_all": round(float(np.mean(any_said)), 3),
        "judged_by_piece": {k: round(float(np.mean(v)), 3) for k, v in pieces.items()},
        "lateness_judged": round(judged / asked, 3),
        "error_ms": {
            "median": round(1e3 * float(np.median(np.abs(error))), 1),
            "p90": round(1e3 * float(np.percentile(np.abs(error), 90.0)), 1),
            "bias": round(1e3 * float(np.median(error)), 1),
        },
        "holds": round(float(np.mean(holds)), 3),
        "half_width_ms": round(1e3 * float(np.median(half)), 1),
        "tempo_apart_holds_0": round(float(np.mean(together)), 3),
        "moments_off_ms": {
            kind: {
                "number": len(each),
                "bias": round(1e3 * float(np.median(each)), 1),
                "p5": round(1e3 * float(np.percentile(each, 5.0)), 1),
                "p95": round(1e3 * float(np.percentile(each, 95.0)), 1),
            }
            for kind, each in off.items()
        },
    }


def one_camera(trials: int, first: int) -> dict[str, object]:
    """Planted lateness, seen by one camera within 60 degrees of the front."""
    asked, error, holds = 0, [], []
    for seed in range(first, first + trials):
        rng = np.random.default_rng([34, seed])
        piece = ("allegro", "battements", "plies")[seed % 3]
        danced = perform(
            piece, rng, late_s=float(rng.uniform(-LATE_S, LATE_S)), noise_m=0.0
        )
        height = ("level", "high")[seed // 3 % 2]
        body = filmed(danced.poses, float(rng.uniform(-60.0, 60.0)), height, seed)
        said = musicality(movement_of(body), danced.counts).measurements
        own = {m.moment: m for m in said if m.measure == "beat_offset"}
        asked += 1
        for one in (own[kind] for kind in MEANT[piece] if kind in own):
            error.append(one.value - danced.late_s)
            low, high = one.interval90
            holds.append(low <= danced.late_s <= high)
    return {
        "dances": asked,
        "judged": round(len(error) / asked, 3),
        "error_ms": {
            "median": round(1e3 * float(np.median(np.abs(error))), 1),
            "p90": round(1e3 * float(np.percentile(np.abs(error), 90.0)), 1),
            "bias": round(1e3 * float(np.median(error)), 1),
        },
        "holds": round(float(np.mean(holds)), 3),
    }


def follows(trials: int, first: int) -> dict[str, object]:
    """Planted following of the tempo, and what is found of it."""
    error, half, holds = [], [], []
    for seed in range(first, first + trials):
        rng = np.random.default_rng([33, seed])
        planted = float(rng.uniform(0.0, 2.0))
        piece = ("tendus", "plies", "battements")[seed % 3]
        danced = perform(
            piece, rng, follows=planted, wander=float(rng.uniform(0.15, 0.30))
        )
        said = musicality(movement_of(danced.body), danced.counts).measurements
        beat_s = float(np.median(danced.counts.beat_s))
        for one in (m for m in said if m.measure == "tempo_shape.lag"):
            error.append(one.value / beat_s - planted)
            low, high = one.interval90
            half.append(0.5 * (high - low) / beat_s)
            holds.append(low <= planted * beat_s <= high)
    return {
        "dances": trials,
        "judged": round(len(error) / trials, 3),
        "error_counts": {
            "median": round(float(np.median(np.abs(error))), 2),
            "bias": round(float(np.median(error)), 2),
        },
        "half_width_counts": round(float(np.median(half)), 2),
        "holds": round(float(np.mean(holds)), 3),
    }


def to_other_music(found: Sequence[Arrival], rng: np.random.Generator) -> Counts:
    """Counts of other music, long enough for all arrivals."""
    bpm = float(rng.uniform(*BPM))
    beats = int(found[-1].time_s * bpm / 60.0 * 1.4) + 8
    return music(rng, beats, bpm=bpm, wander=float(rng.uniform(0.0, 0.25)))


def drawn(rng: np.random.Generator, *, steady: bool) -> tuple[Arrival, ...]:
    """Arrivals at any time, or by a tempo of their own."""
    number = int(rng.integers(12, 60))
    gaps = rng.exponential(1.0, number)
    if steady:
        gaps = 60.0 / rng.uniform(*BPM) * rng.integers(1, 5, number).astype(float)
    times = 2.0 + np.cumsum(gaps) + (0.02 if steady else 0.0) * rng.normal(size=number)
    kinds = rng.choice(KINDS[: int(rng.integers(1, 5))], number)
    each = zip(np.sort(times).tolist(), kinds.tolist(), strict=True)
    return tuple(Arrival(kind, when) for when, kind in each)


def by_chance(
    group: str, trials: int, first: int, pool: Sequence[tuple[Arrival, ...]]
) -> dict[str, object]:
    """How often something is judged where there is nothing."""
    judged, kinds = [], defaultdict(int)
    for seed in range(first, first + trials):
        rng = np.random.default_rng([32, seed])
        found = pool[seed % len(pool)] if group == "other" else drawn(
            rng, steady=group == "own_tempo"
        )  # fmt: skip
        offsets = heard(found, to_other_music(found, rng)).offsets
        judged.append(bool(offsets))
        for kind in offsets:
            kinds[kind] += 1
    share = {kind: round(number / trials, 4) for kind, number in sorted(kinds.items())}
    return {"trials": trials, "judged": round(float(np.mean(judged)), 4), "of": share}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--dances", type=int, default=100)
    parser.add_argument("--trials", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0, help="the first one")
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    pool: list[tuple[Arrival, ...]] = []
    begun = perf_counter()
    result = {"late": late(asked.dances, asked.seed, pool)}
    print("late", json.dumps(result["late"], indent=1))
    result["one_camera"] = one_camera(asked.dances // 2, asked.seed)
    print("one_camera", json.dumps(result["one_camera"]))
    result["follows"] = follows(asked.dances // 2, asked.seed)
    print("follows", json.dumps(result["follows"]))
    for group in ("other", "anywhen", "own_tempo"):
        result[group] = by_chance(group, asked.trials, asked.seed, pool)
        print(group, json.dumps(result[group]))
    print(f"{perf_counter() - begun:.0f} s")
    if asked.json:
        asked.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
