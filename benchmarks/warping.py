"""Dynamic time warping: speed and memory beside two peers, and what the default misses.

    REPETITEUR_TEST_DATA=... python benchmarks/warping.py [--json FILE]

The pairs are joined real motion (``warping_takes.py``): 66 columns, a known warp, noise
and another body's size. All on one core; every task runs once before it counts, the
tasks take turns, the fastest of each counts, and times are CPU seconds: read ratios.
tslearn and dtaidistance are compared where they are installed
(``pip install -e .[bench]``). All constants were set on pairs with seeds below 1000.
"""

from __future__ import annotations

import os

os.environ["OMP_NUM_THREADS"] = "1"
os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ["MKL_NUM_THREADS"] = "1"

import argparse
import json
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
from warping_takes import Array, Pair, clips, differing_pair, long_pair

from repetiteur.kernels.warping import Warp, warp, warp_exact
from repetiteur.kernels.warping_search import find

Figures = dict[str, object]
Task = Callable[[], object]

TEN_MINUTES, HALF_AN_HOUR = (18_000, 17_486), (54_000, 52_458)
#: Costs are the same when they differ by less than this share.
SAME = 1e-9
PHRASE = 241


def peers(x: Array, y: Array) -> dict[str, Task]:
    """Each peer that is installed: its path."""
    found: dict[str, Task] = {}
    try:
        from tslearn.metrics import dtw_path

        found["tslearn"] = lambda: dtw_path(x, y)[0]
    except ImportError:
        sys.stderr.write("tslearn is not installed; its ratio is left out\n")
    try:
        from dtaidistance import dtw_ndim

        found["dtaidistance"] = lambda: dtw_ndim.warping_path(x, y, use_c=True)
    except ImportError:
        sys.stderr.write("dtaidistance is not installed; its ratio is left out\n")
    return found


def fastest(
    tasks: Mapping[str, Task], rounds: int
) -> tuple[dict[str, float], dict[str, object]]:
    """CPU seconds of the fastest call of each task, and what it gave."""
    spent: dict[str, float] = {}
    gave: dict[str, object] = {}
    for _ in range(rounds):
        for name, task in tasks.items():
            start = time.process_time()
            gave[name] = task()
            spent[name] = min(spent.get(name, np.inf), time.process_time() - start)
    return spent, gave


def warm_up() -> None:
    """Compile, and touch the peers' code."""
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(2, 1100, 66))
    for run in (warp, warp_exact, find):
        run(x, y)
    warp(np.cumsum(x, axis=0), np.cumsum(x, axis=0) + y)
    for task in peers(x[:50], y[:50]).values():
        task()


def speed(
    folder: Path, shape: tuple[int, int] = TEN_MINUTES, rounds: int = 2, seed: int = 0
) -> Figures:
    """Both methods with their paths beside the peers, on one long pair."""
    pair = long_pair(clips(folder), shape, seed)
    x, y = pair.reference, pair.take
    warm_up()
    tasks = {"exact": lambda: warp_exact(x, y), "default": lambda: warp(x, y)}
    spent, gave = fastest({**tasks, **peers(x, y)}, rounds)
    others = {name: path for name, path in gave.items() if name not in tasks}
    exact, default = gave["exact"], gave["default"]
    found: Figures = {
        "frames": list(shape),
        "cpu_s": spent,
        "default_method": default.method,
        "default_share_of_pairs": default.share,
        "default_over_exact_cost": default.cost / exact.cost - 1.0,
        "path_error_frames": path_error(exact, pair),
    }
    if others:
        best = min(spent[name] for name in others)
        least = min(along(np.asarray(path), x, y) for path in others.values())
        found["exact_times_faster"] = best / spent["exact"]
        found["default_times_faster"] = best / spent["default"]
        found["exact_over_their_cost"] = exact.cost / least - 1.0
    return found


def path_error(found: Warp, pair: Pair) -> float:
    """Mean distance of the path from the true place, frames of the reference."""
    i, j = found.path.T
    return float(np.abs(i - pair.places[j]).mean())


def along(path: np.ndarray, x: Array, y: Array) -> float:
    """Cost of a peer's path in double precision."""
    i, j = path.T
    return float(sum(((x[i, k] - y[j, k]) ** 2).sum() for k in range(x.shape[1])))


def memory(folder: Path, shape: tuple[int, int] = TEN_MINUTES) -> Figures:
    """Peak memory of each method beyond what held the pair before, MB, and seconds."""
    pair = long_pair(clips(folder), shape)
    found: Figures = {"frames": list(shape)}
    with tempfile.TemporaryDirectory() as name:
        where = Path(name)
        np.save(where / "x.npy", pair.reference)
        np.save(where / "y.npy", pair.take)
        for method in ("warp_exact", "warp"):
            process = multiprocessing.get_context("spawn").Process(
                target=_measured, args=(where, method)
            )
            process.start()
            process.join()
            if process.exitcode:
                raise RuntimeError(f"{method} ended with {process.exitcode}")
            found[method] = json.loads((where / "found.json").read_text())
    return found


def _measured(where: Path, method: str) -> None:
    """In a process of its own: the peak of one call."""
    warm_up()
    x, y = np.load(where / "x.npy"), np.load(where / "y.npy")
    Path("/proc/self/clear_refs").write_text("5")  # the peak starts anew
    before, start = _peak_mb(), time.process_time()
    cost = (warp_exact if method == "warp_exact" else warp)(x, y).cost
    took = time.process_time() - start
    found = {"extra_mb": _peak_mb() - before, "cpu_s": took, "cost": cost}
    (where / "found.json").write_text(json.dumps(found))


def _peak_mb() -> float:
    """Greatest resident memory since that was last reset, of this process (Linux)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    (peak,) = (line for line in lines if line.startswith("VmHWM"))
    return int(peak.split()[1]) / 1024


def differing_content(folder: Path, trials: int = 100, seed: int = 1000) -> Figures:
    """How often the default pays what the exact method pays, and says so if not."""
    sources = clips(folder)
    same = by_coarse = unsaid = 0
    spent = {"default": 0.0, "exact": 0.0}
    warm_up()
    for trial in range(trials):
        pair = differing_pair(sources, seed + trial)
        tasks = {
            "default": lambda pair=pair: warp(pair.reference, pair.take),
            "exact": lambda pair=pair: warp_exact(pair.reference, pair.take),
        }
        took, gave = fastest(tasks, 1)
        spent = {name: spent[name] + took[name] for name in spent}
        default, exact = gave["default"], gave["exact"]
        alike = abs(default.cost - exact.cost) <= SAME * exact.cost
        same += alike
        by_coarse += default.method == "multiresolution"
        unsaid += not alike and default.method == "multiresolution"
    return {
        "pairs": trials,
        "same_cost": same,
        "found_from_coarse": by_coarse,
        "exact_took_over": trials - by_coarse,
        "missed_and_not_said": unsaid,
        "cpu_s": spent,
    }


def search(folder: Path, rounds: int = 3, seed: int = 0) -> Figures:
    """A phrase of eight seconds in half an hour: time, and whether it is found."""
    pair = long_pair(clips(folder), HALF_AN_HOUR, seed)
    start = 30_000
    phrase = pair.take[start : start + PHRASE]
    true = pair.places[[start, start + PHRASE - 1]]
    warm_up()
    spent, gave = fastest({"find": lambda: find(phrase, pair.reference)}, rounds)
    (match,) = gave["find"]
    shared = min(match.end, true[1]) - max(match.start, true[0])
    whole = max(match.end, true[1]) - min(match.start, true[0])
    return {
        "frames": [PHRASE, HALF_AN_HOUR[0]],
        "cpu_s": spent["find"],
        "overlap": float(shared / whole),
    }


def run(folder: Path, trials: int = 100, seed: int = 1000, rounds: int = 2) -> Figures:
    """All figures."""
    return {
        "speed": speed(folder, rounds=rounds),
        "memory_ten_minutes": memory(folder, TEN_MINUTES),
        "memory_half_an_hour": memory(folder, HALF_AN_HOUR),
        "differing_content": differing_content(folder, trials, seed),
        "search": search(folder),
    }


def main() -> None:
    """Measure, print and save."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--trials", type=int, default=100, help="differing pairs")
    options.add_argument("--seed", type=int, default=1000)
    options.add_argument("--rounds", type=int, default=2)
    options.add_argument("--json", type=Path)
    asked = options.parse_args()
    data = os.environ.get("REPETITEUR_TEST_DATA")
    if not data:
        sys.exit("REPETITEUR_TEST_DATA is not set: it names the real recordings")
    found = run(Path(data), asked.trials, asked.seed, asked.rounds)
    text = json.dumps(found, indent=2)
    print(text)
    if asked.json:
        asked.json.parent.mkdir(parents=True, exist_ok=True)
        asked.json.write_text(text + "\n")


if __name__ == "__main__":
    main()
