"""How long a rehearsal of two motions of ten minutes takes, reading apart, one core."""

from __future__ import annotations

import cProfile
import pstats
import tempfile
import time
from pathlib import Path
from typing import Any

from long_pair import make

from repetiteur import rehearsal

#: Functions whose time, with all they call, is told: file and name.
STAGES = {
    "lining up": ("line_up.py", "line_up"),
    "timeline": ("timeline.py", "timeline"),
    "curves": ("coach.py", "_compare_all"),
    "whole pose": ("pose_distance.py", "pose_distance"),
    "events": ("events.py", "events"),
    "steps danced": ("recognise.py", "recognise"),
    "finding, all of it": ("coach.py", "find"),
}


def measured(minutes: float, repeats: int = 2) -> dict[str, Any]:
    """CPU seconds of ``rehearse``, the least of some; then once more by stages."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(folder, minutes)
        begun = time.process_time()
        pair = [
            rehearsal.recording_from_file(folder / f"{which}.nc")
            for which in ("reference", "take")
        ]
        read = time.process_time() - begun
    short = [one.part(0.0, 30.0) for one in pair]
    rehearsal.rehearse(*short)  # compiled, loaded, and no part of the work
    seconds = []
    for _ in range(repeats):
        begun = time.process_time()
        found = rehearsal.rehearse(*pair)
        seconds.append(time.process_time() - begun)
    profile = cProfile.Profile()
    profile.runcall(rehearsal.rehearse, *pair)
    return {
        "minutes": minutes,
        "frames": [one.poses.sizes["time"] for one in pair],
        "read_cpu_s": round(read, 2),
        "rehearse_cpu_s": round(min(seconds), 2),
        "notes": len(found.findings.notes),
        "stages_cpu_s": _stages(pstats.Stats(profile)),
    }


def _stages(stats: Any) -> dict[str, float]:
    """With all they call, under the profiler, which slows Python's own part."""
    found = {}
    for word, (file, name) in STAGES.items():
        rows = [
            row for key, row in stats.stats.items()
            if Path(key[0]).name == file and key[2] == name
        ]  # fmt: skip
        if rows:
            found[word] = round(sum(row[3] for row in rows), 2)
    found["all"] = round(stats.total_tt, 2)
    return found
