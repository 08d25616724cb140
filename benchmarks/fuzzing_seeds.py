"""Whole files of every format, small ones, from which the fuzzer makes broken ones.

They are what our own writers write, a few lines by hand (:mod:`fuzzing_examples`), and
the real recordings of ``REPETITEUR_TEST_DATA``.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import xarray as xr
from fuzzing_examples import FRAMES, HAND_MADE, NAMES, Seed, swaying

from repetiteur.io.formats import Format
from repetiteur.model.poses import make_poses

__all__ = ["seeds_of"]

_LARGEST = 5 << 20  # bytes of a real recording that is worth the time it takes


def seeds_of(format_: Format, data: Path | None) -> list[Seed]:
    """All seeds of a format, in the same order each time."""
    seeds = [*_written(format_), *HAND_MADE.get(format_.name, list)()]
    return seeds + (_real(format_, data) if data is not None else [])


def _poses() -> list[xr.Dataset]:
    time = np.arange(FRAMES) / 60.0
    whole = make_poses(swaying(), time=time, keypoints=NAMES)
    gappy = whole.assign(position=whole["position"].where(whole["position"] < 1.5))
    both = xr.concat([whole, gappy], "individual").assign_coords(
        individual=["Anna", "Béa"]
    )
    return [whole, gappy, both]


def _written(format_: Format) -> list[Seed]:
    seeds: list[Seed] = []
    if format_.write is None:
        return seeds
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"take{format_.extensions[0]}"
        for poses in _poses():
            try:
                format_.write(poses, path)
            except ValueError:  # gaps or two dancers, which not every format holds
                continue
            seeds.append({path.name: path.read_bytes()})
    return seeds


def _real(format_: Format, data: Path) -> list[Seed]:
    """Real recordings of this format; one for each two to the power of bytes."""
    sizes: dict[int, Seed] = {}
    for path in sorted((data / "mocap").glob("*")):
        head = path.read_bytes()[:4096] if path.is_file() else b""
        if format_.sniff and format_.sniff(head) and path.stat().st_size < _LARGEST:
            size = path.stat().st_size.bit_length()
            sizes.setdefault(size, {path.name: path.read_bytes()})
    return list(sizes.values())
