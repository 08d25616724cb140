"""Recordings lined up by their sound: how well, how surely, and beside synctoolbox.

    python -m venv scores && scores/bin/pip install music21
    python -m venv peer && peer/bin/pip install synctoolbox
    REPETITEUR_TEST_DATA=... python benchmarks/music_sync.py --cache DIR
        --scores scores/bin/python --peer peer/bin/python [--kept] [--json FILE]

Scores played twice with tempo curves of ±25 % (``music_rendering.py``) give the truth
at every beat. Everything was set on the first twelve pieces; ``--kept`` takes the other
twelve and seeds never looked at, once. Times are CPU seconds of one core, both programs
in the same run on the same pairs. What has no beats (one playback, two rooms) uses the
shared recordings as well.
"""

from __future__ import annotations

import os

os.environ["OMP_NUM_THREADS"] = "1"
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import mir_eval
import numpy as np
from music_clips import (
    RATE,
    Playing,
    coded,
    heard_in,
    playings,
    room,
    with_claps,
    with_noise,
)
from numpy.typing import NDArray

from repetiteur.io.audio import Sound, read_audio
from repetiteur.kernels.correlation import stretched
from repetiteur.model.counts import Counts
from repetiteur.music.carrying import carried
from repetiteur.music.sync import SURE, Sync, sync

Array = NDArray[np.float64]
Figures = dict[str, object]
Pairs = dict[str, tuple[Playing, Playing, Sound, Sound]]
PEER = Path(__file__).with_name("music_peer.py")
SNR_DB, HALL_SNR_DB = 3.0, 10.0
#: Seeds of the playings; those of the trials come after.
SEEDS = {False: 1, True: 2}


def quantiles(errors_s: Array) -> Figures:
    if not errors_s.size:
        return {}
    ms = 1000.0 * np.abs(errors_s)
    found = np.quantile(ms, [0.5, 0.9, 0.99, 1.0]).round(2)
    return dict(zip(("median_ms", "p90_ms", "p99_ms", "worst_ms"), found, strict=True))


def one_playback(
    source: Sound,
    rng: np.random.Generator,
    seconds: float,
    ppm: float,
    through: Callable[[Sound], Sound],
) -> tuple[Sound, Sound, float]:
    """Two recordings of one playback, and where the second's begins in the first's."""
    lag_s = rng.uniform(-3.0, 3.0)
    n = round(seconds * source.rate)
    begin = int(
        rng.integers(4 * source.rate, len(source.samples) - n - 4 * source.rate)
    )
    other = begin - round(lag_s * source.rate)
    first = Sound(source.samples[begin : begin + n], source.rate, 0.0)
    late = stretched(source.samples[other : other + n], ppm)
    lag_s = (begin - other) / source.rate
    return through(first), through(Sound(late, source.rate, 0.0)), lag_s


def off(found: Sync, lag_s: float, ppm: float) -> float:
    """Largest error wherever a place is believed; NaN where none is."""
    truth = (found.first_s + lag_s) * (1.0 + ppm * 1e-6)
    error = np.abs(found.second_s - truth)[found.sure >= SURE]
    return float(error.max()) if error.size else np.nan


def held(found: Sync, lag_s: float, ppm: float) -> float:
    """Share of the places believed whose 90 % interval holds the truth."""
    truth = (found.first_s + lag_s) * (1.0 + ppm * 1e-6)
    inside = np.abs(found.second_s - truth) < 1.645 * found.sd_s
    return float(inside[found.sure >= SURE].mean())


def in_a_room(rng: np.random.Generator, snr_db: float) -> Callable[[Sound], Sound]:
    def through(sound: Sound) -> Sound:
        return with_noise(heard_in(sound, room(rng, sound.rate)), rng, snr_db)

    return through


def as_phones(rng: np.random.Generator) -> Callable[[Sound], Sound]:
    """A quieter room, twelve claps a minute, and one phone's codec or the other's."""
    codecs = iter((("aac", 64_000), ("libopus", 48_000)))

    def through(sound: Sound) -> Sound:
        wet = with_noise(heard_in(sound, room(rng, sound.rate)), rng, 10.0)
        return coded(with_claps(wet, rng, 12.0), *next(codecs))

    return through


def same_playback(sources: list[Sound], trials: int, seed: int) -> Figures:
    """Clips of 15 s in two rooms, with a voice; and as phones record them."""
    figures: Figures = {}
    ways = {"room": lambda rng: in_a_room(rng, SNR_DB), "phones": as_phones}
    for name, way in ways.items():
        errors, kinds, within = [], [], []
        for trial in range(trials if name == "room" else trials // 4):
            rng = np.random.default_rng([seed, trial])
            ppm = rng.uniform(-20.0, 20.0)
            source = sources[trial % len(sources)]
            one, two, lag_s = one_playback(source, rng, 15.0, ppm, way(rng))
            found = sync(one, two)
            kinds.append(found.kind)
            if found.kind != "neither":
                errors.append((off(found, lag_s, ppm), found.kind == "same_playback"))
            if found.kind == "same_playback":
                within.append(held(found, lag_s, ppm))
        errors_s, same = np.array([e for e in errors if np.isfinite(e[0])]).T
        figures[name] = {
            "trials": len(kinds),
            "accepted_as_one_playback": kinds.count("same_playback"),
            "accepted_as_other_playing": kinds.count("other_playing"),
            "one_playback": quantiles(errors_s[same > 0]),
            "other_playing": quantiles(errors_s[same == 0]),
            "accepted_over_50_ms": int((errors_s > 0.05).sum()),
            "within_90_percent_interval": float(np.mean(within)),
        }
    return figures


def drift(sources: list[Sound], seed: int) -> Figures:
    """Three minutes, with clocks 100 parts per million apart."""
    whole = np.concatenate([s.samples for s in sources if s.duration_s < 100.0])
    figures: Figures = {}
    for name in ("clean", "room"):
        found_ppm = []
        for trial in range(6):
            rng = np.random.default_rng([seed, 1000 + trial])
            n = 190 * RATE
            begin = int(rng.integers(0, len(whole) - n))
            source = Sound(whole[begin : begin + n], RATE, 0.0)
            ppm = 100.0 * (-1) ** trial
            way = in_a_room(rng, SNR_DB) if name == "room" else (lambda sound: sound)
            one, two, _ = one_playback(source, rng, 180.0, ppm, way)
            found_ppm.append(float(sync(one, two).drift_ppm * np.sign(ppm)))
        found = [round(ppm, 2) if np.isfinite(ppm) else None for ppm in found_ppm]
        figures[name] = {"planted_ppm": 100.0, "found_ppm": found}
    return figures


def pairs_of(found: Mapping[str, tuple[Playing, ...]], kind: str, seed: int) -> Pairs:
    """Both playings of every piece as they are heard."""
    pairs: Pairs = {}
    for k, (name, three) in enumerate(found.items()):
        rng = np.random.default_rng([seed, 2000 + k])
        one, two = three[0], three[2 if kind == "other" else 1]
        through = in_a_room(rng, HALL_SNR_DB) if kind == "hall" else (lambda s: s)
        pairs[name] = one, two, through(one.sound), through(two.sound)
    return pairs


def peer_of(python: str, pairs: Pairs) -> dict[str, tuple[Array, float]]:
    """The peer's path and CPU seconds for every pair."""
    with tempfile.TemporaryDirectory() as folder:
        for name, (_, _, first, second) in pairs.items():
            both = {"first": first.samples, "second": second.samples, "rate": RATE}
            np.savez(Path(folder) / f"{name}.npz", **both)
        command = [python, "-W", "ignore", str(PEER), folder]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        found = {}
        for name in pairs:
            with np.load(Path(folder) / f"{name}.out.npz") as out:
                found[name] = out["path"], float(out["cpu_s"])
    return found


def other_playing(pairs: Pairs, peer: str | None) -> Figures:
    """Errors at the beats, how many are carried, and the F-measure of 70 ms."""
    errors, scores, spent, held, covered, per_piece = [], [], 0.0, [], [], {}
    kinds = []
    for name, (one, two, first, second) in pairs.items():
        start = time.process_time()
        found = sync(first, second)
        spent += time.process_time() - start
        kinds.append(found.kind)
        there, sd = found.carried(one.beat_s)
        error = there - two.beat_s
        kept = np.isfinite(error)
        held.append(kept)
        errors.append(error[kept])
        covered.append(np.abs(error[kept]) < 1.645 * sd[kept])
        score = one.played.score
        counts = Counts(
            one.beat_s, score.beat, score.bar, score.beat, np.ones(one.beat_s.size)
        )
        times = carried(counts, found).time_s
        scores.append(mir_eval.beat.f_measure(two.beat_s, times))
        per_piece[name] = quantiles(error[kept]) if kept.any() else found.reason
    figures: Figures = {
        "pairs": len(pairs),
        "accepted": kinds.count("other_playing"),
        "beats": quantiles(np.concatenate(errors)),
        "median_of_pieces_ms": float(
            np.median([np.median(np.abs(e)) * 1e3 for e in errors if e.size])
        ),
        "carried_share": float(np.concatenate(held).mean()),
        "within_90_percent_interval": float(np.concatenate(covered).mean()),
        "f_measure_mean": float(np.mean(scores)),
        "f_measure_least": float(np.min(scores)),
        "cpu_s": spent,
        "pieces": per_piece,
    }
    if peer:
        theirs = peer_of(peer, pairs)
        off_s = [
            np.interp(one.beat_s, *theirs[name][0]) - two.beat_s
            for name, (one, two, _, _) in pairs.items()
        ]
        cpu_s = sum(cpu for _, cpu in theirs.values())
        figures["synctoolbox"] = {
            "beats": quantiles(np.concatenate(off_s)),
            "median_of_pieces_ms": float(
                np.median([np.median(np.abs(e)) * 1e3 for e in off_s])
            ),
            "cpu_s": cpu_s,
            "times_slower": cpu_s / spent,
        }
    return figures


def different_music(sources: Mapping[str, Sound], pairs: int, seed: int) -> Figures:
    """Pairs of different pieces; half of them in halls."""
    rng = np.random.default_rng([seed, 3000])
    names, accepted = list(sources), []
    for k in range(pairs):
        one, two = rng.choice(names, 2, replace=False)
        first, second = sources[one], sources[two]
        if k % 2:
            hall = in_a_room(rng, HALL_SNR_DB)
            first, second = hall(first), hall(second)
        kind = sync(first, second).kind
        if kind != "neither":
            accepted.append([kind, str(one), str(two)])
    return {"pairs": pairs, "accepted": accepted}


def as_recorded(found: Mapping[str, tuple[Playing, ...]], seed: int) -> Figures:
    """Other playings in halls through codecs, clapped over, begun in their middle."""
    errors, carried_share, kinds = [], [], []
    for k, (one, two, _) in enumerate(found.values()):
        rng = np.random.default_rng([seed, 4000 + k])
        phones = as_phones(rng)
        late = two.sound.part(10.0, two.sound.duration_s - 5.0)
        heard = sync(phones(one.sound), phones(late))
        kinds.append(heard.kind)
        there, _ = heard.carried(one.beat_s)
        inside = (two.beat_s > 10.0) & (two.beat_s < two.sound.duration_s - 5.0)
        errors.append((there + 10.0 - two.beat_s)[inside & np.isfinite(there)])
        carried_share.append(np.isfinite(there)[inside].mean())
    return {
        "pairs": len(kinds),
        "accepted": kinds.count("other_playing"),
        "beats": quantiles(np.concatenate(errors)),
        "carried_share": float(np.mean(carried_share)),
    }


def ten_minutes(found: Mapping[str, tuple[Playing, ...]]) -> Figures:
    """Ten minutes of one playing against ten of another."""
    n = 600 * RATE
    sounds = []
    for which in (0, 1):
        whole = np.concatenate([three[which].sound.samples for three in found.values()])
        sounds.append(Sound(np.tile(whole, 2)[:n], RATE, 0.0))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    kind = sync(*sounds).kind
    spent = time.process_time() - start
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"kind": kind, "cpu_s": spent, "peak_mb_more": (after - before) / 1024}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scores", required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--peer")
    parser.add_argument("--kept", action="store_true")
    parser.add_argument("--trials", type=int, default=200)
    parser.add_argument("--seed", type=int, help="instead of the set's own")
    parser.add_argument("--only", nargs="+", help="parts, by name; all if not given")
    parser.add_argument("--json", type=Path, help="parts that were not run are kept")
    given = parser.parse_args()
    seed = SEEDS[given.kept] if given.seed is None else given.seed
    found = playings(given.scores, given.cache, kept=given.kept, seed=seed)
    folder = Path(os.environ["REPETITEUR_TEST_DATA"]) / "audio"
    shared = {
        file.stem: read_audio(file, RATE) for file in sorted(folder.glob("*.ogg"))
    }
    pieces = {name: three[0].sound for name, three in found.items()}
    sources = [*shared.values(), *pieces.values()]
    figures: Figures = {}
    if given.json and given.json.exists():
        figures = json.loads(given.json.read_text(encoding="utf-8"))
    figures["set"] = "kept" if given.kept else "tuned on"
    parts: dict[str, Callable[[], Figures]] = {
        kind: lambda kind=kind: other_playing(pairs_of(found, kind, seed), given.peer)
        for kind in ("clean", "hall", "other")
    }
    parts["as_recorded"] = lambda: as_recorded(found, seed)
    parts["different_music"] = lambda: different_music({**shared, **pieces}, 50, seed)
    parts["drift"] = lambda: drift(sources, seed)
    parts["same_playback"] = lambda: same_playback(sources, given.trials, seed)
    parts["ten_minutes"] = lambda: ten_minutes(found)
    for name in given.only or parts:
        figures[name] = parts[name]()
        said = {k: v for k, v in figures[name].items() if k != "pieces"}  # type: ignore[union-attr]
        sys.stderr.write(f"{name}: {said}\n")
        if given.json:
            text = json.dumps(figures, indent=2, default=plain)
            given.json.write_text(text + "\n", encoding="utf-8")


def plain(value: object) -> object:
    """Numbers of numpy as JSON has them."""
    return value.tolist() if isinstance(value, np.ndarray | np.generic) else str(value)


if __name__ == "__main__":
    main()
