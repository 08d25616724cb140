"""A few lines of every format that is only read, written by hand for the fuzzer."""

from __future__ import annotations

import io
import json
import struct
from collections.abc import Callable, Sequence

import numpy as np

from repetiteur.model.skeletons import BONES

__all__ = ["FRAMES", "HAND_MADE", "NAMES", "Seed", "swaying"]

#: A folder's worth of files; most have one.
Seed = dict[str, bytes]

FRAMES = 4
NAMES = ("pelvis", *(child for _, child in BONES))
_HEIGHTS = {
    "pelvis": 0.95, "chest": 1.2, "neck": 1.4, "head": 1.5, "head_top": 1.7,
    "nose": 1.55, "eye": 1.57, "ear": 1.55, "shoulder": 1.38, "elbow": 1.15,
    "wrist": 0.95, "hand": 0.88, "hip": 0.9, "knee": 0.48, "ankle": 0.07,
    "heel": 0.02, "toe": 0.01,
}  # fmt: skip


def swaying() -> np.ndarray:
    """A dancer who sways, (frame, 3, keypoint), metres, y up."""
    rng = np.random.default_rng(7)
    still = np.zeros((3, len(NAMES)))
    for k, name in enumerate(NAMES):
        side, _, part = name.rpartition("_")
        known = name in _HEIGHTS
        still[1, k] = _HEIGHTS[name if known else part]
        still[0, k] = 0.0 if known else {"left": 0.12, "right": -0.12}[side]
        still[2, k] = 0.15 if part in ("toe", "nose") else 0.0
    return still + rng.normal(scale=0.01, size=(FRAMES, 3, 1))


def _table(names: Sequence[str], scale: float = 1.0) -> list[list[float]]:
    """A row of x, y, z for each frame, of the keypoints of these names in order."""
    place = swaying() * scale
    picks = [NAMES.index(name) for name in names]
    return [frame[:, picks].T.ravel().round(4).tolist() for frame in place]


def _lines(*parts: object) -> bytes:
    return ("\n".join(map(str, parts)) + "\n").encode()


PLUG_IN_GAIT = {
    "LASI": "left_hip", "RASI": "right_hip", "LPSI": "left_hip", "RPSI": "right_hip",
    "LKNE": "left_knee", "RKNE": "right_knee", "LANK": "left_ankle",
    "RANK": "right_ankle", "LTOE": "left_toe", "RTOE": "right_toe", "C7": "neck",
    "CLAV": "neck",
}  # fmt: skip
SEGMENTS = {
    "Pelvis": "pelvis", "L5": "pelvis", "T8": "chest", "Neck": "neck", "Head": "head",
    "Right Upper Leg": "right_hip", "Right Lower Leg": "right_knee",
    "Right Foot": "right_ankle", "Right Toe": "right_toe",
    "Left Upper Leg": "left_hip", "Left Lower Leg": "left_knee",
    "Left Foot": "left_ankle", "Left Toe": "left_toe",
}  # fmt: skip


def _blazepose() -> dict[str, str]:
    from repetiteur.io._kinds import BLAZE_POSE

    parts = {"index": "hand", "pinky": "hand", "thumb": "hand", "foot_index": "toe"}
    found = {}
    for name in BLAZE_POSE:
        side, _, part = name.partition("_")
        ours = f"{side}_{parts.get(part, part.removesuffix('_inner'))}"
        found[name] = ours if ours in NAMES else "nose"
    return found


def _trc() -> list[Seed]:
    names = list(PLUG_IN_GAIT)
    rows = _table([*PLUG_IN_GAIT.values()], 1000.0)
    axes = "\t".join(f"X{k}\tY{k}\tZ{k}" for k in range(1, len(names) + 1))
    text = _lines(
        "PathFileType\t4\t(X/Y/Z)\ttake.trc",
        "DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\t"
        "OrigDataStartFrame\tOrigNumFrames",
        f"100.00\t100.00\t{FRAMES}\t{len(names)}\tmm\t100.00\t1\t{FRAMES}",
        "Frame#\tTime\t" + "\t\t\t".join(names) + "\t\t",
        "\t\t" + axes,
        "",
        *(f"{k + 1}\t{k / 100:.3f}\t" + "\t".join(map(str, row))
          for k, row in enumerate(rows)),
    )  # fmt: skip
    return [{"take.trc": text}]


def _motive() -> list[Seed]:
    names = [f"Anna:{name}" for name in PLUG_IN_GAIT for _ in "XYZ"]
    rows = _table([*PLUG_IN_GAIT.values()])
    text = _lines(
        "Format Version,1.23,Take Name,take,Capture Frame Rate,120.000000,"
        "Export Frame Rate,120.000000,Rotation Type,XYZ,Length Units,Meters,"
        "Coordinate Space,Global",
        "",
        ",Type," + ",".join("Marker" for _ in names),
        ",Name," + ",".join(names),
        ",ID," + ",".join("1A" for _ in names),
        ",," + ",".join("Position" for _ in names),
        "Frame,Time (Seconds)," + ",".join("XYZ"[k % 3] for k in range(len(names))),
        *(f"{k},{k / 120:.6f}," + ",".join(map(str, row))
          for k, row in enumerate(rows)),
    )  # fmt: skip
    return [{"take.csv": text}]


def _qualisys() -> list[Seed]:
    names = list(PLUG_IN_GAIT)
    rows = _table([*PLUG_IN_GAIT.values()], 1000.0)
    text = _lines(
        f"NO_OF_FRAMES\t{FRAMES}",
        "NO_OF_CAMERAS\t8",
        f"NO_OF_MARKERS\t{len(names)}",
        "FREQUENCY\t100",
        "NO_OF_ANALOG\t0",
        "ANALOG_FREQUENCY\t0",
        "DESCRIPTION\t--",
        "TIME_STAMP\t2022-06-02, 12:47:37.307\t15048.13469883",
        "DATA_INCLUDED\t3D",
        "MARKER_NAMES\t" + "\t".join(names),
        *("\t".join(map(str, row)) for row in rows),
    )
    return [{"take.tsv": text}]


def _xsens() -> list[Seed]:
    names = [f"{name} {axis}" for name in SEGMENTS for axis in "xyz"]
    rows = _table([*SEGMENTS.values()])
    text = _lines(
        "Frame;" + ";".join(names),
        *(f"{k};" + ";".join(map(str, row)) for k, row in enumerate(rows)),
    )
    return [{"take.csv": text.replace(b".", b",")}, {"dots.csv": text}]


def _freemocap() -> list[Seed]:
    points = _blazepose()
    wide = _lines(
        ",".join(f"body_{name}_{axis}" for name in points for axis in "xyz"),
        *(",".join(map(str, row)) for row in _table([*points.values()], 1000.0)),
    )
    long = ["frame,keypoint,x,y,z,model,reprojection_error"]
    for k, row in enumerate(_table([*points.values()], 1000.0)):
        for name, xyz in zip(points, np.reshape(row, (-1, 3)), strict=True):
            long.append(f"{k},{name},{','.join(map(str, xyz))},body,0.1")
    return [{"take.csv": wide}, {"long.csv": _lines(*long)}]


def _mediapipe() -> list[Seed]:
    points = _blazepose()
    names = [f"{n}_{part}" for n in points for part in ("x", "y", "z", "visibility")]
    rows = []
    for k, row in enumerate(_table([*points.values()])):
        four = np.concatenate([np.reshape(row, (-1, 3)), np.ones((33, 1))], axis=1)
        rows.append(f"{k},{k / 30:.4f}," + ",".join(map(str, four.ravel())))
    wide = _lines("frame,time," + ",".join(names), *rows)
    long = ["frame,timestamp,landmark,x,y,z,visibility"]
    for k, row in enumerate(_table([*points.values()])):
        for name, xyz in zip(points, np.reshape(row, (-1, 3)), strict=True):
            long.append(f"{k},{k / 30:.4f},{name},{','.join(map(str, xyz))},0.9")
    return [{"wide.csv": wide}, {"long.csv": _lines(*long)}]


def _openpose() -> list[Seed]:
    flat = (np.arange(75) * 7.0 % 400 + 1.0).tolist()
    frames = [
        {"version": 1.3, "people": [{"person_id": [-1], "pose_keypoints_2d": flat}] * k}
        for k in (1, 2, 0, 1)
    ]
    folder = {
        f"take_{k:012d}_keypoints.json": json.dumps(frame).encode()
        for k, frame in enumerate(frames)
    }
    return [folder, {"one_000000000000_keypoints.json": next(iter(folder.values()))}]


def _coco() -> list[Seed]:
    flat = (np.arange(51) * 7.0 % 400 + 1.0).tolist()
    rows = [
        {"image_id": k, "category_id": 1, "keypoints": flat, "score": 0.9}
        for k in range(FRAMES)
    ]
    boxed = {"images": [{"id": k, "file_name": f"{k:04d}.jpg"} for k in range(FRAMES)]}
    boxed["annotations"] = [row | {"id": k} for k, row in enumerate(rows)]
    return [
        {"results.json": json.dumps(rows).encode()},
        {"labels.json": json.dumps(boxed).encode()},
    ]


def _deepmimic() -> list[Seed]:
    still = [0.02, 0.0, 0.88, 0.0, *4 * [1.0, 0.0, 0.0, 0.0]]
    still += [0.0, *2 * [1.0, 0.0, 0.0, 0.0], 0.0, 1.0, 0.0, 0.0, 0.0]
    still += [0.0, *2 * [1.0, 0.0, 0.0, 0.0], 0.0]
    clip = {"Loop": "none", "Frames": [still] * FRAMES}
    return [{"take.txt": json.dumps(clip).encode()}]


def _amass() -> list[Seed]:
    rng = np.random.default_rng(3)
    parts: dict[str, np.ndarray] = {
        "poses": rng.normal(scale=0.1, size=(FRAMES, 156)),
        "trans": rng.normal(loc=0.9, scale=0.1, size=(FRAMES, 3)),
        "betas": np.zeros(16),
        "gender": np.array("female"),
        "mocap_framerate": np.array(120.0),
    }
    seeds = []
    for save in (np.savez, np.savez_compressed):
        content = io.BytesIO()
        save(content, **parts)  # type: ignore[arg-type]
        seeds.append({"take.npz": content.getvalue()})
    return seeds


def _mot() -> list[Seed]:
    names = [f"{name}_{axis}" for name in PLUG_IN_GAIT for axis in ("tx", "ty", "tz")]
    points = _sto(names, _table([*PLUG_IN_GAIT.values()]))
    joints = ("hip_flexion", "hip_adduction", "knee_angle", "ankle_angle")
    angles = [f"pelvis_{part}" for part in ("tilt", "list", "rotation", "tx", "ty")]
    angles += [f"{joint}_{side}" for joint in joints for side in "rl"]
    bent = np.random.default_rng(5).normal(scale=9.0, size=(FRAMES, len(angles)))
    bent[:, 4] = 0.95
    return [{"points.sto": points}, {"angles.mot": _sto(angles, bent.tolist())}]


def _sto(names: Sequence[str], rows: Sequence[Sequence[float]]) -> bytes:
    return _lines(
        "Coordinates",
        "version=1",
        f"nRows={FRAMES}",
        f"nColumns={len(names) + 1}",
        "inDegrees=yes",
        "endheader",
        "time\t" + "\t".join(names),
        *(f"{k / 100}\t" + "\t".join(map(str, row)) for k, row in enumerate(rows)),
    )


def _c3d() -> list[Seed]:
    """What laboratories write: z up, a prefix, unlabelled points, force plates."""
    labels = [*(f"Anna:{name}" for name in PLUG_IN_GAIT), "*12", "LHipAngles"]
    place = np.array(_table([*PLUG_IN_GAIT.values(), "nose", "nose"], 1000.0))
    place = place.reshape(FRAMES, -1, 3)[:, :, [0, 2, 1]] * [1, -1, 1]
    return [_c3d_of(labels, place, samples) for samples in (0, 2)]


def _c3d_of(labels: Sequence[str], place: np.ndarray, samples: int) -> Seed:
    count, width = len(labels), max(map(len, labels))
    letters = b"".join(label.ljust(width).encode() for label in labels)
    groups: dict[str, dict[str, bytes]] = {
        "POINT": {
            "USED": struct.pack("<bBH", 2, 0, count),
            "SCALE": struct.pack("<bBf", 4, 0, -0.01),
            "RATE": struct.pack("<bBf", 4, 0, 100.0),
            "DATA_START": struct.pack("<bBH", 2, 0, 5),
            "FRAMES": struct.pack("<bBH", 2, 0, FRAMES),
            "LABELS": struct.pack("<bBBB", -1, 2, width, count) + letters,
            "UNITS": struct.pack("<bBB", -1, 1, 2) + b"mm",
            "ANGLES": struct.pack("<bBBB", -1, 2, 10, 1) + b"LHipAngles",
            "Y_SCREEN": struct.pack("<bBB", -1, 1, 2) + b"+Z",
        },
        "ANALOG": {
            "USED": struct.pack("<bBH", 2, 0, 3 if samples else 0),
            "LABELS": struct.pack("<bBBB", -1, 2, 2, 3) + b"FxFyFz",
            "SCALE": struct.pack("<bBB3f", 4, 1, 3, 1.0, 1.0, 1.0),
            "OFFSET": struct.pack("<bBB3H", 2, 1, 3, 0, 0, 0),
            "GEN_SCALE": struct.pack("<bBf", 4, 0, 1.0),
            "RATE": struct.pack("<bBf", 4, 0, 100.0 * samples),
        },
    }
    section = bytearray(b"\x01\x50\x03\x54")
    for number, (group, parameters) in enumerate(groups.items(), 1):
        section += struct.pack("<bb", len(group), -number) + group.encode() + b"\3\0\0"
        for name, body in parameters.items():
            section += struct.pack("<bb", len(name), number) + name.encode()
            section += struct.pack("<H", 3 + len(body)) + body + b"\0"
    head = struct.pack(
        "<BBHHHHHfHHf",
        2, 0x50, count, 3 * samples, 1, FRAMES, 0, -0.01, 5, samples, 100.0,
    )  # fmt: skip
    points = np.concatenate([place, np.zeros((FRAMES, count, 1))], axis=2)
    rows = [points.reshape(FRAMES, -1), np.ones((FRAMES, 3 * samples))]
    data = np.concatenate(rows, axis=1).astype("<f4").tobytes()
    content = head.ljust(512, b"\0") + bytes(section).ljust(3 * 512, b"\0") + data
    return {"lab.c3d": content}


HAND_MADE: dict[str, Callable[[], list[Seed]]] = {
    "amass": _amass,
    "c3d": _c3d,
    "coco": _coco,
    "deepmimic": _deepmimic,
    "freemocap": _freemocap,
    "mediapipe": _mediapipe,
    "mot": _mot,
    "motive": _motive,
    "openpose": _openpose,
    "qualisys": _qualisys,
    "trc": _trc,
    "xsens": _xsens,
}
