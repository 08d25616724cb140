"""The tracker against calibrated cameras: angles, sides, the world guess.

    python benchmarks/tracking.py --data DIR --out benchmarks/results/tracking.json

``DIR`` is the folder of real recordings (REPETITEUR_TEST_DATA). For each camera the
angles in its picture are compared with those of the body that the *other three* cameras
see (:mod:`reference`: the raw tracks of *heavy*), projected into it. ``--keep FOLDER``
keeps the raw poses there and takes them from there the next time.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import xarray as xr
from calibration import Array
from clips import CAMERAS, JOINTS, MODELS, SIDES, Clip, clip_of, joint_angles, raw_poses


def image_errors(clip: Clip, judged: Sequence[xr.Dataset], truth: Sequence[Array]):
    """Absolute errors of the angles in each picture, degrees.

    Parameters
    ----------
    clip : Clip
    judged : sequence of xarray.Dataset
        One for each camera.
    truth : sequence of (time, keypoint, 3) float
        The reference for each camera.

    Returns
    -------
    dict of (camera, joint) to (2 x time,) float
    """
    found = {}
    for k, (poses, points) in enumerate(zip(judged, truth, strict=True)):
        camera = clip.aligned.cameras[k]
        own = joint_angles(clip.points(camera.undistort(clip.pixels(poses))))
        told = joint_angles(clip.points(camera.project(points)))
        for joint in JOINTS:
            off = [np.abs(own[joint, side] - told[joint, side]) for side in SIDES]
            found[CAMERAS[k], joint] = np.concatenate(off)
    return found


def world_errors(clip: Clip, judged: Sequence[xr.Dataset], truth: Sequence[Array]):
    """Absolute errors of the tracker's guess in space, degrees; as image_errors."""
    found = {}
    for k, (poses, points) in enumerate(zip(judged, truth, strict=True)):
        guess = poses["world_position"].to_numpy()[..., 0].transpose(0, 2, 1)
        own, told = joint_angles(clip.points(guess)), joint_angles(clip.points(points))
        for joint in JOINTS:
            off = [np.abs(own[joint, side] - told[joint, side]) for side in SIDES]
            found[CAMERAS[k], joint] = np.concatenate(off)
    return found


def swapped(clip: Clip, camera: int, poses: xr.Dataset, points: Array) -> float:
    """Share of frames in which the legs or the arms have each other's names.

    They have where the tracked limb is nearer to the reference's other one, and the
    reference's two limbs are well apart (20 pixels on average).
    """
    lens = clip.aligned.cameras[camera]
    own = clip.points(lens.undistort(clip.pixels(poses)))
    told = clip.points(lens.project(points))
    wrong = np.zeros(len(clip.time), dtype=bool)
    for limb in (("knee", "ankle", "heel", "toe"), ("elbow", "wrist")):
        same, crossed, apart = (
            sum(
                np.linalg.norm(one[f"{a}_{part}"] - other[f"{b}_{part}"], axis=-1)
                for part in limb
                for a, b in ends
            )
            for one, other, ends in (
                (own, told, (("left", "left"), ("right", "right"))),
                (own, told, (("left", "right"), ("right", "left"))),
                (told, told, (("left", "right"),)),
            )
        )
        wrong |= (crossed < same) & (apart > 20.0 * len(limb))
    return float(wrong.mean())


def summary(errors: Mapping[tuple[str, str], Array]) -> dict[str, dict[str, object]]:
    """Median and 90th percentile of each joint, per camera and pooled, degrees."""
    rows: dict[str, dict[str, object]] = {}
    for joint in JOINTS:
        for camera in (*CAMERAS, "pooled"):
            cameras = CAMERAS if camera == "pooled" else (camera,)
            off = np.concatenate([errors[one, joint] for one in cameras])
            rows.setdefault(camera, {})[joint] = {
                "median_deg": round(float(np.nanmedian(off)), 2),
                "p90_deg": round(float(np.nanpercentile(off, 90)), 2),
                "seen": round(float(np.isfinite(off).mean()), 3),
            }
    return rows


def compare(
    clip: Clip, judged: Sequence[xr.Dataset], truth: Sequence[Array]
) -> dict[str, object]:
    """All figures of one way of tracking."""
    swaps = {
        camera: round(100.0 * swapped(clip, k, judged[k], truth[k]), 1)
        for k, camera in enumerate(CAMERAS)
    }
    return {
        "image_plane": summary(image_errors(clip, judged, truth)),
        "swaps_percent": swaps,
        "world": summary(world_errors(clip, judged, truth)),
    }


def measure(
    data: Path, models: Sequence[str], keep: Path | None, clean: Callable | None
) -> dict[str, object]:
    """The whole benchmark."""
    folder = data / "video" / "pose2sim_single"
    raw = partial(raw_poses, keep=keep)
    heavy = [raw(folder / f"{c}.mp4", "heavy") for c in CAMERAS]
    clip = clip_of(folder / "Calib.qca.txt", heavy)
    truth = [reference.points for reference in clip.truth]
    four = [clip.all_four()] * len(CAMERAS)
    result: dict[str, object] = {
        "alignment": {
            "offset_frames": (60.0 * clip.aligned.offset_s).round(2).tolist(),
            "reprojection_px_before": clip.aligned.before.round(1).tolist(),
            "reprojection_px_after": clip.aligned.after.round(1).tolist(),
        },
        "heavy raw, judged by all four": compare(clip, heavy, four),
    }
    if clean is not None:
        cleaned = [clean(poses) for poses in heavy]
        result["heavy cleaned, judged by all four"] = compare(clip, cleaned, four)
    for model in models:
        tracked = [raw(folder / f"{c}.mp4", model) for c in CAMERAS]
        result[f"{model} raw"] = compare(clip, tracked, truth)
        if clean is not None:
            cleaned = [clean(poses) for poses in tracked]
            result[f"{model} cleaned"] = compare(clip, cleaned, truth)
    return result


def print_tables(result: Mapping[str, object]) -> None:
    """Median / 90th percentile, degrees."""
    print("alignment", result["alignment"])
    for way, found in result.items():
        if way == "alignment":
            continue
        print(f"\n{way}: swaps % {list(found['swaps_percent'].values())}")
        for kind in ("image_plane", "world"):
            for camera, row in found[kind].items():
                cells = [
                    f"{row[j]['median_deg']:5.1f} /{row[j]['p90_deg']:5.1f}"
                    for j in JOINTS
                ]
                print(f"  {kind:12}{camera:8}", "   ".join(cells))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--models", nargs="+", default=list(MODELS), choices=MODELS)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--raw-only", action="store_true", help="leave cleaning out")
    asked = parser.parse_args()
    clean = None
    if not asked.raw_only:
        from repetiteur.clean.tracked import clean_tracked as clean
    result = measure(asked.data, asked.models, asked.keep, clean)
    print_tables(result)
    if asked.out:
        asked.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
