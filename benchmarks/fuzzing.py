"""Broken files for every parser: poses or one of our errors, and nothing else.

    python benchmarks/fuzzing.py [--seconds 600] [--only FORMAT ...] [--seed 0]
                                 [--data FOLDER] [--out FILE.json] [--keep FOLDER]
    python benchmarks/fuzzing.py --only FORMAT --number N --keep FOLDER   one file again

Each format of the registry gets its seconds. Whole files (:mod:`fuzzing_seeds`) are
broken (:mod:`fuzzing_mutations`) and given to ``read_poses`` in a worker process, many
to one worker. A failure is: an exception that is not ours, or an error of several
lines; a worker that dies; more than 10 s; more than 1 GiB, in the worker or in a
limited process that it starts. The table has a row for each format; what failed can
be made again from its number, and is kept in the folder that is given.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import select
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from fuzzing_examples import Seed
from fuzzing_mutations import broken
from fuzzing_seeds import seeds_of

from repetiteur.io.formats import formats

HERE = Path(__file__).parent
TARGET = "repetiteur.io.formats:read_poses"
SECONDS = 10.0
PATIENCE = 5.0  # seconds more, after which a worker is killed
MEGABYTES = 1024.0
_OPTIONS: tuple[dict[str, Any], ...] = (
    {}, {}, {"fps": 50.0}, {"fps": 50.0}, {"fps": 50.0, "unit": "mm", "up": "z"},
)  # fmt: skip


@dataclass
class Tally:
    """What became of the files of one format.

    ``slowest`` is the number of the file that took longest; ``failures`` has a few of
    each kind: number of the file, kind, and what was said.
    """

    files: int = 0
    read: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    worst_seconds: float = 0.0
    worst_mb: float = 0.0
    slowest: int = 0
    failures: list[tuple[int, str, str]] = field(default_factory=list)

    def add(self, number: int, answer: dict[str, Any]) -> bool:
        """Count one file; whether it is a new kind of failure."""
        self.files += 1
        if answer["seconds"] > self.worst_seconds:
            self.worst_seconds, self.slowest = answer["seconds"], number
        self.worst_mb = max(self.worst_mb, answer["mb"])
        kind = _failure(answer)
        if kind is None:
            self.read += answer["outcome"] == "read"
            if answer["outcome"] == "refused":
                self.refused[answer["kind"]] += 1
            return False
        self.failed[kind] += 1
        if self.failed[kind] > 5:
            return False
        self.failures.append((number, kind, answer["text"]))
        return True


def _failure(answer: dict[str, Any]) -> str | None:
    if answer["outcome"] in ("crash", "hang"):
        return str(answer["outcome"])
    if answer["outcome"] == "exception":
        return str(answer["kind"])
    if answer["seconds"] > SECONDS:
        return "slow"
    if answer["mb"] > MEGABYTES or answer["no_memory"]:
        return "memory"
    return "several lines" if "\n" in answer["text"] else None


class Worker:
    """A process that reads one file after the other."""

    def __init__(self, target: str = TARGET) -> None:
        self.target = target
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Have a process that has loaded all that it needs."""
        if self.process is None:
            command = [sys.executable, HERE / "fuzzing_worker.py", self.target]
            self.process = subprocess.Popen(
                [*command, str(MEGABYTES)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            self._ask({}, 120.0)

    def read(self, path: Path, options: dict[str, Any]) -> dict[str, Any]:
        """What became of one file; a worker that hangs or dies is replaced."""
        self.start()
        return self._ask({"path": str(path), "options": options}, SECONDS + PATIENCE)

    def _ask(self, order: dict[str, Any], seconds: float) -> dict[str, Any]:
        process = self.process
        assert process is not None
        assert process.stdin is not None
        assert process.stdout is not None
        start = time.perf_counter()
        process.stdin.write(json.dumps(order).encode() + b"\n")
        process.stdin.flush()
        ready, _, _ = select.select([process.stdout], [], [], seconds)
        line = process.stdout.readline() if ready else b""
        if line:
            return dict(json.loads(line))
        code = process.poll() if not ready else process.wait()
        self.close()
        return {
            "outcome": "crash" if ready else "hang", "kind": "", "mb": 0.0,
            "text": f"exit code {code}", "no_memory": False,
            "seconds": time.perf_counter() - start,
        }  # fmt: skip

    def close(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
            self.process = None


def broken_seed(seeds: Sequence[Seed], name: str, seed: int, number: int) -> Seed:
    """The broken file (or folder of files) with this number."""
    rng = Random(f"{seed} {name} {number}")
    whole = dict(rng.choice(seeds))
    others = [content for one in seeds for content in one.values()]
    for file in rng.sample(sorted(whole), min(len(whole), rng.choice((1, 1, 2)))):
        whole[file] = broken(whole[file], rng.choice(others), rng)
    return whole


def put(seed: Seed, folder: Path) -> Path:
    """Write a seed; where to read it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in seed.items():
        (folder / name).write_bytes(content)
    return folder if len(seed) > 1 else folder / next(iter(seed))


def fuzz(
    name: str, seeds: Sequence[Seed], numbers: Sequence[int], seconds: float, *,
    seed: int = 0, keep: Path | None = None, target: str = TARGET,
) -> Tally:  # fmt: skip
    """Break files of one format until the seconds are over, or the numbers."""
    tally, worker = Tally(), Worker(target)
    worker.start()
    end = time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as folder:
        for number in numbers:
            if time.monotonic() > end:
                break
            files = broken_seed(seeds, name, seed, number)
            path = put(files, Path(folder) / str(number))
            options = Random(number).choice(_OPTIONS)
            if tally.add(number, worker.read(path, options)) and keep is not None:
                put(files, keep / f"{name}-{seed}-{number}")
            for file in (Path(folder) / str(number)).iterdir():
                file.unlink()
    worker.close()
    return tally


def table(results: dict[str, dict[str, Any]]) -> str:
    """The figures of all formats, a row for each."""
    rows = [f"{'format':<11}{'files':>8}{'read':>8}{'refused':>9}{'failed':>8}"
            f"{'worst s':>9}{'worst MB':>10}"]  # fmt: skip
    for name, one in sorted(results.items()):
        refused, failed = sum(one["refused"].values()), sum(one["failed"].values())
        rows.append(
            f"{name:<11}{one['files']:>8}{one['read']:>8}{refused:>9}{failed:>8}"
            f"{one['worst_seconds']:>9.2f}{one['worst_mb']:>10.0f}"
        )
    return "\n".join(rows)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=600.0)
    parser.add_argument("--only", nargs="+", default=[])
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--files", type=int, default=1 << 40, help="at most")
    parser.add_argument("--number", type=int, help="this file alone")
    parser.add_argument("--data", type=Path, help="or REPETITEUR_TEST_DATA")
    parser.add_argument("--keep", type=Path, help="folder for files that failed")
    parser.add_argument("--out", type=Path, default=HERE / "results" / "fuzzing.json")
    given = parser.parse_args()
    where = given.data or os.environ.get("REPETITEUR_TEST_DATA")
    numbers = range(given.files) if given.number is None else [given.number]
    before = json.loads(given.out.read_text()) if given.out.exists() else {}
    results = before.get("formats", {})
    machine = {"python": platform.python_version(), "cores": os.cpu_count()}
    failed = 0
    for name, format_ in formats().items():
        if format_.read is None or (given.only and name not in given.only):
            continue
        seeds = seeds_of(format_, Path(where) if where else None)
        if not seeds:
            print(f"{name} has no seeds: add some to fuzzing_seeds.py")
            return 1
        tally = fuzz(
            name, seeds, numbers, given.seconds, seed=given.seed, keep=given.keep
        )
        results[name] = vars(tally) | {"seconds": given.seconds, "seed": given.seed}
        failed += sum(tally.failed.values())
        for number, kind, text in tally.failures:
            print(f"{name} {number}: {kind}: {text[:200]}", flush=True)
        if given.number is None:  # after each format, since a run takes hours
            text = json.dumps({"machine": machine, "formats": results}, indent=1)
            given.out.write_text(text + "\n")
    print(table(results))
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
