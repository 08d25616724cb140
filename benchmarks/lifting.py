"""Depth from one picture: how far off is it, beside what the tracker guesses?

    python benchmarks/lifting.py --data DIR --keep DIR --json FILE

``--data`` is the folder of real recordings (REPETITEUR_TEST_DATA), ``--keep`` one for
tracked poses. Three kinds of truth:

- real video: one man before four calibrated cameras; for each, his body in space from
  the three others, and what BlazePose says of the video.
- motion files: their dancers before twelve virtual cameras each, with the tracker's
  errors in the picture (3 px at 600 px of body height, half of it for good, half
  wandering) and in depth as measured. Nothing that ships has learned from them.
- synthetic dancers, chains with seeds that nothing has learned from, before the same.

Errors are medians of the absolute error, centimetres, of one point against another
along the line of sight: of one foot against the other; of thighs, shanks and feet; of
the hips against each other; and of wrists against shoulders.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import step_camera
from calibration import Array
from clips import CAMERAS, clip_of, raw_poses
from one_camera_takes import WANDERS, Camera, _guessed, seen
from view import prepared, true_body

from altered import turned
from repetiteur.kernels import geometry
from repetiteur.kinematics.lifting import POINTS, Lifted, lifted
from repetiteur.model.body import Body
from repetiteur.model.poses import body_of
from repetiteur.rehearsal import recording_from_file
from repetiteur.synthetic.chains import chain

SIDES = ("left", "right")
#: Of each part, which point against which.
PARTS = {
    "feet": [("left_ankle", "right_ankle"), ("left_toe", "right_toe")],
    "legs": [
        (f"{side}_{a}", f"{side}_{b}")
        for side in SIDES
        for a, b in (("hip", "knee"), ("knee", "ankle"), ("heel", "toe"))
    ],
    "hips": [("left_hip", "right_hip")],
    "arms": [(f"{side}_shoulder", f"{side}_wrist") for side in SIDES],
}
Points = Mapping[str, Array]
#: Every one of these degrees the dancers of motion files stand before a camera.
STEP_DEG = 30


def errors(found: Points, true: Points) -> dict[str, float]:
    """Errors of depths, centimetres."""

    def apart(points: Points, a: str, b: str) -> Array:
        return (points[b] - points[a])[:, 2]

    return {
        part: 100.0 * float(np.mean([
            np.nanmedian(np.abs(apart(found, a, b) - apart(true, a, b)))
            for a, b in pairs
        ]))
        for part, pairs in PARTS.items()
    }  # fmt: skip


def mean(rows: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """The mean of each part."""
    rows = list(rows)
    return {part: round(float(np.mean([r[part] for r in rows])), 1) for part in PARTS}


def _at(time: Array, found: Lifted) -> dict[str, Array]:
    """Points of a lifted body in the camera's axes, at other times."""
    place = np.dstack([found.place[..., :2], found.depths()])
    return {
        name: np.stack([np.interp(time, found.time, axis) for axis in course], axis=1)
        for name, course in zip(POINTS, place.transpose(1, 2, 0), strict=True)
    }


class Both:
    """Errors of the tracker's guess and of the lifted body, of many pictures."""

    def __init__(self) -> None:
        self.rows: dict[str, list[dict[str, float]]] = defaultdict(list)

    def take(self, body: Body, true: Points) -> None:
        """Compare one picture with the truth."""
        self.rows["guessed"].append(errors(body.points, true))
        found = lifted(body)
        self.rows["lifted"].append(errors(_at(body.time, found), true))

    def told(self) -> dict[str, dict[str, float]]:
        """Means of both."""
        return {what: mean(rows) for what, rows in self.rows.items()}


# ---- real video ----


def on_video(data: Path, keep: Path) -> dict[str, object]:
    """What BlazePose guesses of a man, and what is made of it."""
    folder = data / "video" / "pose2sim_single"
    poses = [raw_poses(folder / f"{c}.mp4", "heavy", keep=keep) for c in CAMERAS]
    clip = clip_of(folder / "Calib.qca.txt", poses)
    both = Both()
    for k, one in enumerate(poses):
        both.take(prepared(one), true_body(clip, k).points)
    return {"cameras": len(poses), **both.told()}


# ---- motion files ----


def whole(body: Body) -> dict[str, Array]:
    """Points of a motion file, with heels and faces where it has none.

    A heel lies behind the ankle, as high as the toe while the foot is flat; a face is
    put on the eyes or, where there are none, on the head.
    """
    points = dict(body.points)
    for side in SIDES:
        points.setdefault(f"{side}_heel", _heel(body, side))
        wrist = body[f"{side}_wrist"]
        more = 0.08 * geometry.unit(wrist - body[f"{side}_elbow"])
        points.setdefault(f"{side}_hand", wrist + more)
    return points | _face(body)


#: A heel is so far behind the ankle, m; a foot is flat in so many frames.
_BEHIND_M, _FLAT = 0.05, 0.1


def _heel(body: Body, side: str) -> Array:
    knee, ankle, toe = (body[f"{side}_{part}"] for part in ("knee", "ankle", "toe"))
    foot, shank = geometry.unit(toe - ankle), geometry.unit(ankle - knee)
    below = geometry.unit(shank - _dot(shank, foot) * foot)
    high = float(np.nanquantile((ankle - toe)[:, 1], _FLAT))
    slope = np.arcsin(high / float(np.nanmedian(np.linalg.norm(toe - ankle, axis=1))))
    along = high * np.sin(slope) - _BEHIND_M * np.cos(slope)
    across = high * np.cos(slope) + _BEHIND_M * np.sin(slope)
    return np.asarray(ankle + along * foot + across * below)


def _face(body: Body) -> dict[str, Array]:
    shoulders = body.middle("shoulder")
    if body.has("left_eye"):
        eyes, line = body.middle("eye"), body["left_eye"] - body["right_eye"]
        up = eyes - shoulders
    else:
        eyes, line = None, body["left_shoulder"] - body["right_shoulder"]
        up = body["head"] - shoulders
    aside = geometry.unit(line)
    up = geometry.unit(up - _dot(up, aside) * aside)
    ahead = np.cross(aside, up)
    eyes = shoulders + 0.2 * up + 0.09 * ahead if eyes is None else eyes
    out = {"nose": eyes + 0.03 * ahead - 0.035 * up}
    for side, sign in zip(SIDES, (1.0, -1.0), strict=True):
        out[f"{side}_eye"] = eyes + sign * 0.035 * aside
        out[f"{side}_ear"] = eyes - 0.09 * ahead + sign * 0.075 * aside - 0.02 * up
    return out


def _dot(one: Array, other: Array) -> Array:
    return np.asarray((one * other).sum(axis=1, keepdims=True))


def filmed(time: Array, points: Points, heading: float) -> tuple[Body, Points]:
    """A dancer as a tracker sees her, and where she is before that camera."""
    seed = round(heading)
    rng = np.random.default_rng(seed)
    heights = np.stack([place[:, 1] for place in points.values()])
    tall = float(np.nanmedian(np.ptp(heights, axis=0)))
    share = step_camera.ERROR_PX / step_camera.TALL_PX
    away = step_camera.DISTANCE_M
    camera = Camera(
        heading=heading, pitch=0.0, distance=away, size=(3840, 1600),
        focal=step_camera.TALL_PX * away / tall, seed=seed,
        error=share / np.sqrt(2.0), said=share, depth_error=WANDERS, shared=0.0,
    )  # fmt: skip
    tracked = seen(time, dict(points), camera)
    stays = step_camera.ERROR_PX / np.sqrt(2.0)
    off = rng.normal(0.0, stays, tracked["position"][:1].shape)
    tracked["position"] = tracked["position"] + off
    tracked["world_position"] = _guessed(tracked["world_position"], rng)
    return body_of(tracked), turned(points, heading)


def on_motion(data: Path) -> dict[str, object]:
    """Dancers of motion files before virtual cameras."""
    out: dict[str, object] = {}
    every = []
    for file in sorted((data / "mocap").glob("*.bvh")):
        if "wrong" in file.name:
            continue
        points = whole(body := body_of(recording_from_file(file).poses))
        both = Both()
        for heading in range(0, 360, STEP_DEG):
            both.take(*filmed(body.time, {n: points[n] for n in POINTS}, heading))
        every.append(both)
        out[file.name] = both.told()
    whats = ("guessed", "lifted")
    return {
        "files": out,
        "all": {what: mean(r for b in every for r in b.rows[what]) for what in whats},
    }


def on_chains(number: int, first: int) -> dict[str, object]:
    """Synthetic dancers before the same cameras."""
    both = Both()
    for seed in range(first, first + number):
        body = body_of(chain(np.random.default_rng(seed)).dance(fps=30.0, noise=0.0))
        for heading in range(0, 360, STEP_DEG):
            both.take(*filmed(body.time, {n: body[n] for n in POINTS}, heading))
    return {"chains": number, "first": first, **both.told()}


def main() -> None:
    """Measure all three."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--chains", type=int, default=6)
    parser.add_argument("--seed", type=int, default=40000)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    result = {
        "chains": on_chains(asked.chains, asked.seed),
        "motion files": on_motion(asked.data),
    }
    if asked.keep:
        result["video"] = on_video(asked.data, asked.keep)
    print(json.dumps(result, indent=1))
    if asked.json:
        asked.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
