"""Everything that lining up has to show, in one run on one core.

    REPETITEUR_TEST_DATA=... python benchmarks/alignment.py \
        --peer following/bin/python --json benchmarks/results/alignment.json

The parts are modules of their own: ``warping.py`` (speed, memory and what the default
misses, beside tslearn and dtaidistance), ``planted_warps.py`` and
``planted_lateness.py`` (takes with known truth from ``planting.py``) and
``following.py`` (beside matchmaker's follower, which needs an environment of its own,
``--peer``). Seeds are ones that nothing was set on.
"""

from __future__ import annotations

import os

os.environ["OMP_NUM_THREADS"] = "1"  # before numpy is loaded
os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ["MKL_NUM_THREADS"] = "1"

import argparse
import json
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import following
import planted_lateness
import planted_warps
import warping

Figures = dict[str, object]
#: The first seed of each part; nothing was set on these.
WARPING_SEED, PLANTED_SEED, FOLLOWING_SEED = 20_000, 30_000, 201


def planted(folder: Path, trials: int) -> Figures:
    """Every group of planted takes."""
    return {
        "warps": {
            group: planted_warps.warps(
                folder, group=group, trials=trials, first=PLANTED_SEED
            )[0]
            for group in planted_warps.GROUPS
        },
        "lateness": {
            group: planted_lateness.lateness(
                folder, group=group, trials=trials, first=PLANTED_SEED
            )[0]
            for group in planted_lateness.GROUPS
        },
    }


def main() -> None:
    """Run what is asked for, print it and save it."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--trials", type=int, default=100)
    options.add_argument("--peer", help="python of an environment with pymatchmaker")
    options.add_argument("--json", type=Path)
    asked = options.parse_args()
    data = os.environ.get("REPETITEUR_TEST_DATA")
    if not data:
        sys.exit("REPETITEUR_TEST_DATA is not set: it names the real recordings")
    folder = Path(data)
    parts: Mapping[str, Callable[[], Figures]] = {
        "warping": lambda: warping.run(folder, asked.trials, WARPING_SEED),
        "planted": lambda: planted(folder, asked.trials),
        "following": lambda: following.run(
            folder / "mocap", seed=FOLLOWING_SEED, trials=102, peer=asked.peer
        ),
    }
    found: Figures = {}
    for name, part in parts.items():
        start = time.perf_counter()
        found[name] = part()
        sys.stderr.write(f"{name}: {time.perf_counter() - start:.0f} s\n")
    text = json.dumps(found, indent=1)
    print(text)
    if asked.json:
        asked.json.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
