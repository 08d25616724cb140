"""matchmaker's Arzt follower over pairs of feature sequences, in its own environment.

    python -m venv peer && peer/bin/pip install pymatchmaker
    peer/bin/python benchmarks/following_peer.py pairs.npz places.npz

It wants another numpy than this project, so it runs in a process of its own, which
``benchmarks/following.py --peer`` starts. The pairs are ``reference_K`` and ``take_K``,
(frames, columns); the answers ``place_K``, frames of the reference, and ``cpu_s_K``,
seconds of each step. ``step_size`` and ``window_s`` are the peer's own options.
"""

from __future__ import annotations

import sys
import time

import numpy as np

FPS = 30


def follow(
    reference: np.ndarray, take: np.ndarray, step_size: int, window_s: int
) -> tuple[np.ndarray, np.ndarray]:
    """Places, in frames of the reference, and seconds of each step."""
    from matchmaker.dp import oltw_arzt

    # In release 0.3 OnlineTimeWarpingArzt is the base of this class for frames.
    named = getattr(oltw_arzt, "OnlineTimeWarpingArztFrame", None)
    frames = np.arange(len(reference), dtype=np.float32)
    follower = (named or oltw_arzt.OnlineTimeWarpingArzt)(
        reference_features=np.ascontiguousarray(reference, dtype=np.float32),
        score_positions=frames,
        ref_frame_to_beat=frames,
        window_size=window_s,
        step_size=step_size,
        distance_func="Euclidean",
        frame_rate=FPS,
    )
    place, took = np.empty(len(take)), np.empty(len(take))
    for k, row in enumerate(np.ascontiguousarray(take, dtype=np.float32)):
        start = time.process_time()
        place[k] = follower(row, k / FPS)
        took[k] = time.process_time() - start
    return place, took


def main() -> None:
    """Follow every pair of the file."""
    given = np.load(sys.argv[1])
    answers = {}
    for name in given.files:
        if name.startswith("take_"):
            key = name.removeprefix("take_")
            place, took = follow(
                given[f"reference_{key}"],
                given[name],
                int(given["step_size"]),
                int(given["window_s"]),
            )
            answers[f"place_{key}"], answers[f"cpu_s_{key}"] = place, took
    np.savez(sys.argv[2], **answers)


if __name__ == "__main__":
    main()
