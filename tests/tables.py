"""Tables of one who moves a little, each laid out as its system writes it."""

from __future__ import annotations

import numpy as np

import bodies

FPS = 60.0
FRAMES = 8

BONES = {
    "pelvis": "Hip", "chest": "Chest", "neck": "Neck", "head": "Head",
    "left_shoulder": "LUArm", "left_elbow": "LFArm", "left_wrist": "LHand",
    "left_hip": "LThigh", "left_knee": "LShin", "left_ankle": "LFoot",
    "left_toe": "LToe",
}  # fmt: skip
BONES |= {
    ours.replace("left_", "right_"): "R" + theirs[1:]
    for ours, theirs in BONES.items()
    if ours.startswith("left_")
}
SEGMENTS = {
    "pelvis": "Pelvis", "chest": "T8", "neck": "Neck", "head": "Head",
    "shoulder": "Upper Arm", "elbow": "Forearm", "wrist": "Hand", "hip": "Upper Leg",
    "knee": "Lower Leg", "ankle": "Foot", "toe": "Toe",
}  # fmt: skip
LANDMARKS = (
    "nose", "left_eye_inner", "left_eye", "left_eye_outer", "right_eye_inner",
    "right_eye", "right_eye_outer", "left_ear", "right_ear", "mouth_left",
    "mouth_right", "left_shoulder", "right_shoulder", "left_elbow", "right_elbow",
    "left_wrist", "right_wrist", "left_pinky", "right_pinky", "left_index",
    "right_index", "left_thumb", "right_thumb", "left_hip", "right_hip", "left_knee",
    "right_knee", "left_ankle", "right_ankle", "left_heel", "right_heel",
    "left_foot_index", "right_foot_index",
)  # fmt: skip


def moving(names=tuple(bodies.STANDING), frames=FRAMES):
    """One who rises by 1 mm a frame; (time, point, 3), metres, y up."""
    still = np.array([bodies.STANDING[name] for name in names])
    rise = np.zeros((frames, 1, 3))
    rise[:, 0, 1] = 0.001 * np.arange(frames)
    return still + rise


def z_up(place):
    """From ours to x, y, z with z up, as laboratories have it."""
    return np.stack([place[..., 0], -place[..., 2], place[..., 1]], axis=-1)


def segment(ours):
    """Xsens' name of the segment that begins at one of our keypoints."""
    side, _, part = ours.rpartition("_")
    return f"{side.title()} {SEGMENTS[part]}" if side else SEGMENTS[part]


def landmark_places(frames=FRAMES):
    """Places of MediaPipe's 33 landmarks, metres, y up; (time, landmark, 3)."""
    same = {"index": "hand", "pinky": "hand", "thumb": "hand", "foot_index": "toe"}
    names = []
    for name in LANDMARKS:
        side, _, part = name.partition("_")
        ours = f"{side}_{same.get(part, part)}"
        names.append(ours if ours in bodies.STANDING else "nose")
    return moving(names, frames)


def row(cells, delimiter):
    """Cells as a line; None is an empty one."""
    return delimiter.join("" if cell is None else str(cell) for cell in cells)


def numbers(place, digits=6):
    """Points of a frame as cells: empty where NaN."""
    flat = np.asarray(place).ravel()
    return [None if np.isnan(v) else f"{v:.{digits}f}" for v in flat]


def trc(place, names, *, unit="mm", rate=FPS, blank=True, claimed=None, end="\n"):
    """A TRC file; ``place`` is in its unit."""
    count = len(place) if claimed is None else claimed
    axes = [f"{axis}{k + 1}" for k in range(len(names)) for axis in "XYZ"]
    lines = [
        "PathFileType\t4\t(X/Y/Z)\tC:\\take.trc",
        "DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\t"
        "OrigDataStartFrame\tOrigNumFrames",
        f"{rate}\t{rate}\t{count}\t{len(names)}\t{unit}\t{rate}\t1\t{count}",
        "Frame#\tTime\t" + "\t\t\t".join(names) + "\t\t",
        "\t\t" + "\t".join(axes),
    ]
    lines += [""] if blank else []
    for k, frame in enumerate(place):
        cells = [k + 1, f"{k / rate:.6f}", *numbers(frame)]
        lines.append(row(cells, "\t") + ("\t" if not blank else ""))
    return end.join(lines) + end


def storage(columns, *, degrees="no", extra=(), claimed=None, delimiter="\t"):
    """An OpenSim storage file of these columns, the first of them time."""
    values = list(columns.values())
    count = len(values[0]) if claimed is None else claimed
    lines = [
        "Coordinates", "version=1", f"nRows={count}", f"nColumns={len(columns)}",
        f"inDegrees={degrees}", *extra, "", "endheader", row(columns, delimiter),
    ]  # fmt: skip
    for frame in zip(*values, strict=True):
        cells = [v if isinstance(v, str) else f"{v:.8f}" for v in frame]
        lines.append(row(cells, delimiter))
    return "\n".join(lines) + "\n"


def motive(
    place,
    points,
    *,
    unit="Meters",
    claimed=None,
    labels=True,
    parents=False,
    space="Global",
):
    """A Motive file; points are (type, name), the bones with a rotation before them."""
    count = len(place) if claimed is None else claimed
    what = {"Bone": [("Rotation", axis) for axis in "XYZW"]}
    columns = [
        (*point, which, axis)
        for point in points
        for which, axis in [*what.get(point[0], []), *(("Position", a) for a in "XYZ")]
    ]
    label = ["Type", "Name", "ID"] if labels else ["", "", ""]
    lines = [
        "Format Version,1.23,Take Name,Take 1,Capture Frame Rate,60.000000,"
        f"Export Frame Rate,60.000000,Total Exported Frames,{count},Rotation Type,"
        f"Quaternion,Length Units,{unit},Coordinate Space,{space}",
        "",
        row(["", label[0], *(c[0] for c in columns)], ","),
        row(["", label[1], *(c[1] for c in columns)], ","),
        row(["", label[2], *("A1:7F" for _ in columns)], ","),
        *([row(["", "Parent", *("" for _ in columns)], ",")] if parents else []),
        row(["", "", *(c[2] for c in columns)], ","),
        row(["Frame", "Time (Seconds)", *(c[3] for c in columns)], ","),
    ]
    for k, frame in enumerate(place):
        cells = []
        for point, where in zip(points, frame, strict=True):
            cells += ["0.0", "0.0", "0.0", "1.0"] if point[0] == "Bone" else []
            cells += numbers(where)
        lines.append(row([k, f"{k / FPS:.6f}", *cells], ","))
    return "\r\n".join(lines) + "\r\n"


def qualisys(place, names, *, timed=False, titles=False, claimed=None, frequency="60"):
    """A TSV file of QTM; ``place`` is in millimetres, z up."""
    count = len(place) if claimed is None else claimed
    lines = [
        f"NO_OF_FRAMES\t{count}", "NO_OF_CAMERAS\t12", f"NO_OF_MARKERS\t{len(names)}",
        f"FREQUENCY\t{frequency}", "NO_OF_ANALOG\t0", "ANALOG_FREQUENCY\t0",
        "DESCRIPTION\t--", "TIME_STAMP\t2024-05-06, 10:47:36.627\t94247.45402301",
        "EVENT\tstart\t12\t0.2", "DATA_INCLUDED\t3D",
        "MARKER_NAMES\t" + "\t".join(names),
        "TRAJECTORY_TYPES\t" + "\t".join("Measured" for _ in names),
    ]  # fmt: skip
    if titles:
        when = ["Frame", "Time"] if timed else []
        lines.append(row([*when, *(f"{n} {a}" for n in names for a in "XYZ")], "\t"))
    for k, frame in enumerate(place):
        when = [k + 1, f"{k / FPS:.5f}"] if timed else []
        lines.append(row([*when, *numbers(frame, 3)], "\t"))
    return "\r\n".join(lines) + "\r\n"


def xsens(place, names, *, delimiter=",", prefix="", head=()):
    """Segment positions of MVN; ``place`` is in metres, z up."""
    columns = [f"{prefix}{name} {axis}" for name in names for axis in "xyz"]
    lines = [*head, row(["Frame", *columns], delimiter)]
    for k, frame in enumerate(place):
        line = row([k, *numbers(frame)], ";")
        line = line.replace(".", ",") if delimiter == ";" else line
        lines.append(line.replace(";", delimiter))
    return "\n".join(lines) + "\n"


def wide(
    place, names, *, ends=("x", "y", "z"), lead=("frame",), more=None, delimiter=","
):
    """A row for each frame; ``more`` are further cells of each point."""
    columns = [f"{name}_{end}" for name in names for end in ends]
    lines = [row([*lead, *columns], delimiter)]
    for k, frame in enumerate(place):
        cells = []
        for where in frame:
            cells += [*numbers(where), *(more or [])]
        lines.append(row([*([k] if lead else []), *cells], delimiter))
    return "\n".join(lines) + "\n"
