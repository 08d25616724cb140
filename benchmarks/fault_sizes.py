"""Recall against the size of a fault: pairs whose faults are all of one size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from fault_figures import share
from fault_names import ANGLES
from fault_pairs import drawn, recordings, rehearsed
from fault_trials import Trial
from planting_faults import KINDS

SIZES_DEG = (3.0, 5.0, 7.0, 9.0, 12.0, 15.0, 20.0, 25.0)


def trial(job: tuple[int, float], folder: Path, **options: Any) -> Trial:
    """A pair with as many angle faults as make sense, up to four, all of one size."""
    seed, degrees = job
    kinds = {kind: replace(KINDS[kind], sizes=(degrees, degrees)) for kind in ANGLES}
    with patch.dict(KINDS, kinds):
        pair = drawn(seed, folder, count=4, kinds=ANGLES, **options)
    return rehearsed(seed, pair, recordings(pair))


def jobs(first: int, pairs: int) -> list[tuple[int, float]]:
    """Seeds and sizes: each size with so many pairs, the same at every size."""
    return [(seed, size) for size in SIZES_DEG for seed in range(first, first + pairs)]


def figures(
    trials: Sequence[Trial], done: Sequence[tuple[int, float]]
) -> dict[str, Any]:
    """For each kind its floor, and at each size the share that was found."""
    table: dict[str, Any] = {}
    for kind in ANGLES:
        rows = [
            (size, f)
            for (_, size), t in zip(done, trials, strict=True)
            for f in t.faults
            if f["kind"] == kind
        ]
        if rows:
            by_size = {
                f"{size:g}": share(
                    sum(bool(f["found"]) for s, f in rows if s == size),
                    sum(s == size for s, _ in rows),
                )
                for size in SIZES_DEG
            }
            table[kind] = {"floor": rows[0][1]["floor"], "by_size": by_size}
    return table
