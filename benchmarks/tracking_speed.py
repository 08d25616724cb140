"""How fast a video is tracked, and in how much memory, against the bare parts.

    python benchmarks/tracking_speed.py VIDEO [--seconds 20] [--out FILE.json]

The clip is played to and fro into a longer one. In one run, pinned to one core:
decoding it to RGB with PyAV alone, the heavy network alone on as many pictures, and
``track_video`` with one worker; then, on all cores, one worker against two; then the
memory (proportional set size, all processes) over one minute and over three, at ten
pictures a second. Workers share pieces of 10 s: give a multiple of 20 s for the ratio.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from repetiteur.track.network import Network
from repetiteur.track.track import track_video
from repetiteur.track.weights import path_of

HERE = Path(__file__).parent


def longer(
    source: Path, target: Path, seconds: float, rate: Fraction | None = None
) -> int:
    """Write a clip to and fro until it lasts as long; frames written."""
    with av.open(str(source)) as clip:
        rate = rate or clip.streams.video[0].average_rate or Fraction(30)
        pictures = [f.to_ndarray(format="yuv420p") for f in clip.decode(video=0)]
    height, width = pictures[0].shape[0] * 2 // 3, pictures[0].shape[1]
    count = int(seconds * rate)
    with av.open(str(target), "w") as out:
        stream = out.add_stream("libx264", rate=rate)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.options = {"preset": "veryfast", "crf": "22", "g": str(int(rate))}
        for number in range(count):
            turn, place = divmod(number, len(pictures))
            picture = pictures[-1 - place if turn % 2 else place]
            frame = av.VideoFrame.from_ndarray(picture, format="yuv420p")
            frame.pts, frame.time_base = number, 1 / rate
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return count


def spent(work: Callable[[], object]) -> dict[str, float]:
    """Wall and processor seconds of a piece of work, its processes too."""
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)

    def processor() -> float:
        usage = [resource.getrusage(one) for one in who]
        return sum(one.ru_utime + one.ru_stime for one in usage)

    before, start = processor(), time.perf_counter()
    work()
    return {"wall_s": time.perf_counter() - start, "cpu_s": processor() - before}


def decode(path: Path) -> None:
    with av.open(str(path)) as clip:
        clip.streams.video[0].thread_count = 1
        for frame in clip.decode(video=0):
            frame.to_ndarray(format="rgb24")


def infer(model: str, times: int) -> None:
    net = Network(path_of(f"pose_landmark_{model}"))
    picture = np.random.default_rng(0).random((net.size, net.size, 3), np.float32)
    for _ in range(times):
        net.run(picture)


def tree(root: int) -> list[int]:
    """A process and all beneath it."""
    found = [root]
    for number in found:
        for task in Path(f"/proc/{number}/task").glob("*/children"):
            found += [int(child) for child in task.read_text().split()]
    return found


def shared_size(root: int) -> float:
    """Proportional set size of a process and all beneath it, MB."""
    total = 0
    for number in tree(root):
        try:
            text = Path(f"/proc/{number}/smaps_rollup").read_text()
        except (OSError, ProcessLookupError):
            continue
        total += next(int(x.split()[1]) for x in text.splitlines() if x[:4] == "Pss:")
    return total / 1024


def largest(path: Path, model: str) -> float:
    """Most memory that tracking takes, in a fresh process and its workers, MB."""
    code = "import sys; from repetiteur.track.track import track_video as t; "
    code += "t(sys.argv[1], model=sys.argv[2], workers=2, cache=False)"
    run = subprocess.Popen([sys.executable, "-c", code, str(path), model])
    most = 0.0
    while run.poll() is None:
        with suppress(OSError):
            most = max(most, shared_size(run.pid))
        time.sleep(0.3)
    return most


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("video", type=Path)
    parser.add_argument("--model", default="heavy")
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--memory", action="store_true", help="also one and three min")
    parser.add_argument(
        "--out", type=Path, default=HERE / "results" / "tracking_speed.json"
    )
    given = parser.parse_args()
    cores = sorted(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory() as folder:
        clip = Path(folder) / "long.mp4"
        frames = longer(given.video, clip, given.seconds)

        def track(workers: int, path: Path = clip, model: str = given.model) -> None:
            track_video(path, model=model, workers=workers, cache=False)

        os.sched_setaffinity(0, cores[:1])
        bare = {
            "decode": spent(lambda: decode(clip)),
            "network": spent(lambda: infer(given.model, frames)),
        }
        pinned = spent(lambda: track(1))
        os.sched_setaffinity(0, cores)
        one, two = spent(lambda: track(1)), spent(lambda: track(2))
        alone = sum(part["cpu_s"] for part in bare.values())
        found = {
            "machine": {"python": platform.python_version(), "cores": len(cores)},
            "frames": frames,
            "model": given.model,
            "bare": bare,
            "track_pinned": pinned,
            "track_over_bare_cpu": pinned["cpu_s"] / alone,
            "track_over_bare_wall": pinned["wall_s"]
            / sum(part["wall_s"] for part in bare.values()),
            "one_worker": one,
            "two_workers": two,
            "two_over_one": one["wall_s"] / two["wall_s"],
        }
        if given.memory:
            sizes = {}
            for minutes in (1, 3):
                film = Path(folder) / f"{minutes}.mp4"
                longer(given.video, film, 60.0 * minutes, Fraction(10))
                sizes[f"{minutes}_min_mb"] = largest(film, given.model)
            found["memory"] = sizes
    text = json.dumps(found, indent=1)
    given.out.write_text(text + "\n")
    print(text)


if __name__ == "__main__":
    main()
