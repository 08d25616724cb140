"""BlazePose in three sizes, as trackers: heavy is the truest and the slowest."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from repetiteur.track.backend import Eyes, Tracker, register
from repetiteur.track.detector import Detector
from repetiteur.track.landmarks import LANDMARKS, LandmarkNet
from repetiteur.track.weights import path_of


def _weights(size: str) -> dict[str, Path]:
    return {
        "people": path_of("pose_detection"),
        "joints": path_of(f"pose_landmark_{size}"),
    }


def _eyes(weights: Mapping[str, Path]) -> Eyes:
    return Eyes(Detector(weights["people"]), LandmarkNet(weights["joints"]))


for _size in ("heavy", "full", "lite"):
    register(
        Tracker(
            name=_size,
            software=f"repetiteur blazepose {_size}",
            keypoints=LANDMARKS,
            weights=partial(_weights, _size),
            eyes=_eyes,
        )
    )
