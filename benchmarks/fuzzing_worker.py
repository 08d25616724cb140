"""The process that reads broken files for :mod:`fuzzing`, one after the other.

    python benchmarks/fuzzing_worker.py MODULE:FUNCTION MEGABYTES

It imports little, so that one that was killed is soon replaced.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

from repetiteur.errors import RepetiteurError


def serve(target: str, megabytes: float) -> None:
    """Read the files that standard input asks for; answer on standard output."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    module, _, name = target.partition(":")
    read = getattr(import_module(module), name)
    getattr(import_module(module), "formats", dict)()  # loads all readers
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    room = pages * resource.getpagesize() + int(2 * megabytes * 2**20)
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    for line in sys.stdin:
        order = json.loads(line)
        if not order:  # the first
            answer: dict[str, Any] = {}
            resource.setrlimit(resource.RLIMIT_AS, (room, hard))
        else:
            answer = _tried(read, Path(order["path"]), order["options"])
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


def _tried(read: Any, path: Path, options: dict[str, Any]) -> dict[str, Any]:
    Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
    before = _peak_mb()
    start = time.perf_counter()
    outcome, kind, text, memory = "read", "", "", False
    try:
        read(path, **options)
    except RepetiteurError as error:
        outcome, kind, text = "refused", type(error).__name__, str(error)
        memory = isinstance(error.__cause__, MemoryError)
    except BaseException as error:  # noqa: BLE001 - that is what is looked for
        outcome, kind = "exception", type(error).__name__
        text = f"{error}"[:500]
    return {
        "outcome": outcome, "kind": kind, "text": text, "no_memory": memory,
        "seconds": time.perf_counter() - start,
        "mb": max(_peak_mb() - before, _children_mb()),
    }  # fmt: skip


def _peak_mb() -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(x.split()[1]) for x in lines if x.startswith("VmHWM:")) / 1024


def _children_mb() -> float:
    """Of the largest process that was ever started here."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


if __name__ == "__main__":
    serve(sys.argv[1], float(sys.argv[2]))
