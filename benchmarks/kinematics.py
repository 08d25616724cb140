"""How fast an hour of motion is measured, against numpy and two other packages.

    python benchmarks/kinematics.py [--out benchmarks/results/kinematics.json]

216,000 frames (one hour at 60 Hz) of the synthetic dancer, played to and fro; one
process on one core; after a first call of each, which compiles, the calls take turns
and the fastest of each counts. ``kineticstoolkit`` and ``movement`` are compared where
they are installed, each on the angles that it can compute: from the same points in
memory, and nothing that it does not need.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import platform
import time
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

import numpy as np

from repetiteur.kernels import geometry
from repetiteur.kernels.filters import butterworth, derivative, savitzky_golay
from repetiteur.kernels.smoothness import ldlj, sparc
from repetiteur.kinematics.headings import headings, turning
from repetiteur.kinematics.joints import joint_angles
from repetiteur.kinematics.mass import centre_of_mass, segment_centres
from repetiteur.kinematics.movement import Movement, movement_of
from repetiteur.model.body import Body
from repetiteur.model.poses import body_of
from repetiteur.synthetic import demo_reference

Array = np.ndarray
Task = Callable[[], object]

FRAMES, FPS = 216_000, 60.0
UP = np.array([0.0, 1.0, 0.0])


def hour() -> Body:
    """The synthetic dancer's phrase to and fro until an hour is full."""
    once = body_of(demo_reference(FPS))
    count = once.time.size
    there = np.arange(FRAMES) % (2 * count)
    frame = np.where(there < count, there, 2 * count - 1 - there)
    points = {name: place[frame] for name, place in once.points.items()}
    return Body(np.arange(FRAMES) / FPS, points)


def fastest(tasks: Mapping[str, Task], rounds: int) -> dict[str, float]:
    """Seconds of the fastest call of each task; the tasks take turns."""
    for task in tasks.values():
        task()
    spent: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(rounds):
        for name, task in tasks.items():
            start = time.perf_counter()
            task()
            spent[name].append(time.perf_counter() - start)
    return {name: min(times) for name, times in spent.items()}


# The full set of angles as one would write it in numpy, by the same formulas.


def ang(u: Array, v: Array) -> Array:
    cross = np.linalg.norm(np.cross(u, v), axis=-1)
    return np.degrees(np.arctan2(cross, np.einsum("...j,...j", u, v)))


def wrap(degrees: Array) -> Array:
    return 180.0 - (180.0 - degrees) % 360.0


def yaw(v: Array) -> Array:
    return np.degrees(np.arctan2(v[:, 0], v[:, 2]))


def above(v: Array) -> Array:
    return np.degrees(np.arctan2(v[:, 1], np.hypot(v[:, 0], v[:, 2])))


def lean(along: Array, up: Array) -> Array:
    degrees = np.degrees(np.arctan2(along, up))
    clear = (np.hypot(along, up) > 0.5) & (np.abs(degrees) < 150.0)
    return np.where(clear, degrees, np.nan)


def by_numpy(p: Mapping[str, Array]) -> dict[str, Array]:
    """All angles; what several of them need is computed once."""
    middle = {
        part: 0.5 * (p[f"left_{part}"] + p[f"right_{part}"])
        for part in ("hip", "shoulder", "ear")
    }
    left = {
        part: p[f"left_{part}"] - p[f"right_{part}"] for part in ("hip", "shoulder")
    }
    pelvis, chest = (np.cross(line, UP) for line in left.values())
    trunk = middle["shoulder"] - middle["hip"]
    out = {}
    for side, sign in (("left", 1.0), ("right", -1.0)):
        for name, value in side_by_numpy(p, side, sign, pelvis, chest, trunk).items():
            out[f"{side}_{name}"] = value
    trunk = trunk / np.linalg.norm(trunk, axis=1, keepdims=True)
    ahead = pelvis / np.linalg.norm(pelvis, axis=1, keepdims=True)
    out["trunk_pitch"] = lean(np.einsum("...j,...j", trunk, ahead), trunk[:, 1])
    aside = np.cross(UP, ahead)
    out["trunk_side"] = lean(np.einsum("...j,...j", trunk, aside), trunk[:, 1])
    out["pelvis_obliquity"] = above(left["hip"])
    out["hip_square"] = wrap(yaw(pelvis) - yaw(chest))
    face = p["nose"] - middle["ear"]
    face = face / np.linalg.norm(face, axis=1, keepdims=True)
    ears = p["left_ear"] - p["right_ear"]
    ears = np.cross(ears / np.linalg.norm(ears, axis=1, keepdims=True), UP)
    out["head_yaw"] = wrap(yaw(face + ears) - yaw(chest))
    out["head_pitch"] = -above(face)
    out["head_tilt"] = above(p["right_ear"] - p["left_ear"])
    legs = [p[f"{side}_ankle"] - p[f"{side}_hip"] for side in ("left", "right")]
    out["split_angle"] = ang(*legs)
    return out


def side_by_numpy(
    points: Mapping[str, Array],
    side: str,
    sign: float,
    pelvis: Array,
    chest: Array,
    trunk: Array,
) -> dict[str, Array]:
    """The angles of one side."""
    p = {
        name.removeprefix(f"{side}_"): place
        for name, place in points.items()
        if name.startswith(side)
    }
    thigh, shank = p["knee"] - p["hip"], p["ankle"] - p["knee"]
    foot, leg = p["toe"] - p["heel"], p["ankle"] - p["hip"]
    upper, fore = p["elbow"] - p["shoulder"], p["wrist"] - p["elbow"]
    arm = p["wrist"] - p["shoulder"]
    bend = ang(thigh, shank)
    axis = np.cross(p["ankle"] - p["heel"], foot)
    back = np.einsum("...j,...j", np.cross(thigh, shank), axis) < 0.0
    share = np.einsum("...j,...j", shank, leg) / np.einsum("...j,...j", leg, leg)
    knee = share[:, None] * leg - shank
    rise, height, reach = above(-foot), ang(leg, -UP), ang(arm, -UP)
    bent, level = bend >= 25.0, np.abs(rise) <= 75.0

    def around(limb: Array, ahead: Array, height: Array) -> Array:
        degrees = wrap(sign * (yaw(limb) - yaw(ahead)))
        degrees = np.where(degrees <= -90.0, degrees + 360.0, degrees)
        return np.where((height < 8.0) | (height > 165.0), np.nan, degrees)

    return {
        "knee_flexion": np.where(back & (bend < 30.0), -bend, bend),
        "elbow_flexion": ang(upper, fore),
        "ankle_plantarflexion": 90.0 - ang(shank, foot),
        "heel_rise": rise,
        "leg_elevation": height,
        "thigh_elevation": ang(thigh, -UP),
        "leg_azimuth": around(leg, pelvis, height),
        "hip_rotation_proxy": np.where(
            bent, wrap(sign * (yaw(knee) - yaw(pelvis))), np.nan
        ),
        "turnout": np.where(level, wrap(sign * (yaw(foot) - yaw(pelvis))), np.nan),
        "knee_over_toe": np.where(
            bent & level, wrap(sign * (yaw(foot) - yaw(knee))), np.nan
        ),
        "arm_elevation": reach,
        "arm_azimuth": around(arm, chest, reach),
        "back_leg_angle": 180.0 - ang(trunk, leg),
    }


def farthest(one: Mapping[str, Array], other: Mapping[str, Array]) -> float:
    """Largest difference between two sets of angles where both have them, degrees."""
    if one.keys() != other.keys():
        raise SystemExit(f"Other angles: {one.keys() ^ other.keys()}")
    off = (np.abs(wrap(one[name] - other[name])) for name in one)
    return max(float(np.nanmax(o)) for o in off)


# What other packages can compute. Each yields name, theirs and ours.


def with_kineticstoolkit(body: Body) -> Iterator[tuple[str, Task, Task]]:
    """Euler angles of a segment's frame against another's, as its tutorials do."""
    from kineticstoolkit import geometry as ktk

    def vectors(place: Array) -> Array:
        return np.column_stack([place, np.zeros(len(place))])

    def knee() -> Array:
        aside = vectors(body["left_hip"] - body["right_hip"])
        thigh, shank = (
            ktk.create_transform_series(
                y=vectors(body[f"left_{a}"] - body[f"left_{b}"]),
                yz=aside,
                positions=np.column_stack([body[f"left_{a}"], np.ones(FRAMES)]),
            )
            for a, b in (("hip", "knee"), ("knee", "ankle"))
        )
        local = ktk.get_local_coordinates(shank, thigh)
        return ktk.get_angles(local, "ZXY", degrees=True)[:, 0]

    def pelvis() -> Array:
        up = np.tile([0.0, 1.0, 0.0, 0.0], (FRAMES, 1))
        frames = ktk.create_transform_series(
            x=vectors(body["left_hip"] - body["right_hip"]), xy=up, length=FRAMES
        )
        return ktk.get_angles(frames, "YZX", degrees=True)[:, 0]

    yield "knee flexion", knee, lambda: _knee(body)
    yield "pelvis yaw", pelvis, lambda: _yaw(body)


def with_movement(body: Body) -> Iterator[tuple[str, Task, Task]]:
    """Signed angles between two vectors of a plane, and the heading by two points."""
    import xarray as xr
    from movement.kinematics import compute_forward_vector_angle
    from movement.utils.vector import compute_signed_angle_2d

    names = ["left_hip", "right_hip", "left_knee", "left_ankle"]
    place = np.stack([body[name] for name in names], axis=2)
    every = xr.DataArray(
        place,
        dims=("time", "space", "keypoints"),
        coords={"time": body.time, "space": list("xyz"), "keypoints": names},
    )
    picture = every.sel(space=["x", "y"])
    plan = every.sel(space=["z", "x"]).assign_coords(space=["x", "y"])

    def knee() -> Array:
        hip, knee, ankle = (
            picture.sel(keypoints=f"left_{part}", drop=True)
            for part in ("hip", "knee", "ankle")
        )
        return np.degrees(np.abs(compute_signed_angle_2d(knee - hip, ankle - knee)))

    def pelvis() -> Array:
        return compute_forward_vector_angle(
            plan, "left_hip", "right_hip", camera_view="bottom_up", in_degrees=True
        ).to_numpy()

    flat = {name: body[name] * [1.0, 1.0, 0.0] for name in names}
    yield "knee flexion in the picture", knee, lambda: _knee(Body(body.time, flat))
    yield "pelvis yaw", pelvis, lambda: _yaw(body)


def _knee(body: Body) -> Array:
    return geometry.flexion(body["left_hip"], body["left_knee"], body["left_ankle"])


def _yaw(body: Body) -> Array:
    return geometry.facing(body["left_hip"] - body["right_hip"])


RIVALS = {"kineticstoolkit": with_kineticstoolkit, "movement": with_movement}


def rivals(body: Body) -> dict[str, object]:
    out: dict[str, object] = {}
    for package, angles in RIVALS.items():
        if importlib.util.find_spec(package) is None:
            print(f"{package} is not installed: left out")
            continue
        found: dict[str, object] = {"version": version(package)}
        for name, theirs, ours in angles(body):
            apart = np.abs(np.abs(theirs()) - np.abs(ours()))
            spent = fastest({"theirs": theirs, "ours": ours}, 5)
            found[name] = {
                "theirs_ms": 1e3 * spent["theirs"],
                "ours_ms": 1e3 * spent["ours"],
                "ratio": spent["theirs"] / spent["ours"],
                "median_difference_deg": float(np.nanmedian(apart)),
            }
        out[package] = found
    return out


def everything(body: Body) -> Movement:
    """All kinematics of a body: its movement and its joint angles."""
    movement = movement_of(body)
    joint_angles(body)
    return movement


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, help="write the figures here")
    out = parser.parse_args().out
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    body = hour()
    points = np.stack([body[name] for name in sorted(body.points)], axis=1)
    speed = np.linalg.norm(derivative(points, body.time), axis=-1)
    off = farthest(joint_angles(body), by_numpy(body.points))
    angles = fastest(
        {
            "repetiteur": lambda: joint_angles(body),
            "numpy": lambda: by_numpy(body.points),
        },
        15,
    )
    parts = fastest(
        {
            "centre_of_mass": lambda: centre_of_mass(body),
            "segment_centres": lambda: segment_centres(body),
            "headings": lambda: headings(body),
            "turning": lambda: turning(body),
            "butterworth, all keypoints": lambda: butterworth(points, FPS, 6.0),
            "savitzky_golay, all keypoints": lambda: savitzky_golay(points, FPS, 0.15),
            "derivative, all keypoints": lambda: derivative(points, body.time),
            "sparc, an hour as 3600 movements": lambda: sparc(seconds(speed), FPS),
            "ldlj, an hour as 3600 movements": lambda: ldlj(seconds(speed), FPS),
        },
        3,
    )
    whole = fastest({"all kinematics": lambda: everything(body)}, 2)
    figures = {
        "machine": {
            "python": platform.python_version(),
            "numpy": np.__version__,
            "cores_used": 1,
        },
        "frames": FRAMES,
        "joint_angles": {
            "angles": len(joint_angles(body)),
            "repetiteur_s": angles["repetiteur"],
            "numpy_s": angles["numpy"],
            "ratio": angles["numpy"] / angles["repetiteur"],
            "largest_difference_deg": off,
        },
        "seconds": {**parts, **whole},
        "per_angle": rivals(body),
    }
    text = json.dumps(figures, indent=1)
    print(text)
    if out:
        out.write_text(text + "\n", "utf-8")


def seconds(speed: Array) -> Array:
    """Speeds of all keypoints cut into seconds, (60, 3600, keypoint)."""
    return speed.reshape(-1, int(FPS), speed.shape[1]).swapaxes(0, 1)


if __name__ == "__main__":
    main()
