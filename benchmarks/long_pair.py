"""Two motions of ten minutes at 60 Hz: time, peak memory, and where the time goes.

    python benchmarks/long_pair.py --save benchmarks/results/long_pair.json

Each stage runs in one process of its own, so that the peak is that stage's. The warp
alone is measured beside its peers in ``warping.py``.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import multiprocessing
import pstats
import resource
import sys
import tempfile
import time
from pathlib import Path

import numpy as np


def make(folder: Path, minutes: float) -> None:
    """Write a reference and a take: the demo's adage over and over, two bodies."""
    from repetiteur.io.formats import write_poses
    from repetiteur.synthetic.demo import OTHER_DANCER, demo_phrase
    from repetiteur.synthetic.phrase import Phrase, dance

    once = demo_phrase()
    seconds = dance(once)["time"].to_numpy()[-1]
    long = Phrase.of(*[once.poses] * round(60 * minutes / seconds))
    write_poses(dance(long), folder / "reference.nc")
    take = dance(
        long, OTHER_DANCER, tempo=0.95, heading=40.0, noise=0.003, seed=2,
        wobble_deg=0.8, wobble_s=0.008,
    )  # fmt: skip
    write_poses(take, folder / "take.nc")


def rehearse(folder: Path, minutes: float) -> None:
    """The main job with its files, under the profiler."""
    from repetiteur.kernels.warping import warp
    from repetiteur.rehearsal import recording_from_file, rehearse
    from repetiteur.report.write import write_report

    # Compile first: once for each machine, and no part of the work.
    still = np.zeros((1100, 2))
    warp(still, still)
    profile, start = cProfile.Profile(), time.perf_counter()
    profile.enable()
    pair = [
        recording_from_file(folder / f"{name}.nc") for name in ("reference", "take")
    ]
    read = time.perf_counter()
    found = rehearse(*pair)
    compared = time.perf_counter()
    write_report(found, folder / "report")
    written = time.perf_counter()
    profile.disable()
    stats = pstats.Stats(profile)
    top = sorted(stats.stats.items(), key=lambda item: -item[1][2])[:8]
    result = {
        "frames": [r.poses.sizes["time"] for r in pair],
        "read_s": read - start,
        "rehearse_s": compared - read,
        "write_s": written - compared,
        "notes": len(found.findings.notes),
        "tempo_ratio": found.alignment.tempo_ratio,
        "report_mb": (folder / "report" / "report.html").stat().st_size / 1e6,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "own_seconds": {
            f"{Path(key[0]).name}:{key[2]}": round(value[2], 2) for key, value in top
        },
    }
    (folder / "rehearse.json").write_text(json.dumps(result))


def main() -> None:
    """Run the stages and save what they measured."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--minutes", type=float, default=10.0)
    options.add_argument("--save", type=Path)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for stage in (make, rehearse):
            process = multiprocessing.get_context("spawn").Process(
                target=stage, args=(folder, asked.minutes)
            )
            process.start()
            process.join()
            if process.exitcode:
                sys.exit(f"{stage.__name__} ended with {process.exitcode}")
        result = {"long_pair": json.loads((folder / "rehearse.json").read_text())}
    text = json.dumps(result, indent=2)
    print(text)
    if asked.save:
        asked.save.parent.mkdir(parents=True, exist_ok=True)
        asked.save.write_text(text + "\n")


if __name__ == "__main__":
    main()
