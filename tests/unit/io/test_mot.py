"""OpenSim's storage files: angles on a nominal body, points, and neither."""

from __future__ import annotations

import numpy as np
import pytest

import bodies
import tables
from repetiteur.errors import DamagedFile, UnreadableRecording
from repetiteur.io.formats import read_poses
from repetiteur.kernels.geometry import angle_between, flexion

NAMES = tuple(bodies.STANDING)
COORDINATES = (
    "pelvis_tilt", "pelvis_list", "pelvis_rotation", "pelvis_tx", "pelvis_ty",
    "pelvis_tz", "lumbar_extension", "lumbar_bending", "lumbar_rotation",
    *(f"{c}_{s}" for s in "rl" for c in (
        "hip_flexion", "hip_adduction", "hip_rotation", "knee_angle", "ankle_angle",
        "subtalar_angle", "arm_flex", "arm_add", "arm_rot", "elbow_flex")),
)  # fmt: skip


def written(folder, text):
    path = folder / "ik.mot"
    path.write_text(text)
    return path


def angles(**values):
    """Columns of a motion that stands still, in degrees, but for these."""
    columns = {"time": np.arange(4) / 60}
    columns |= {name: np.zeros(4) for name in COORDINATES}
    columns["pelvis_ty"] = np.full(4, 0.95)
    return columns | {name: np.full(4, float(value)) for name, value in values.items()}


def place(poses, name):
    return poses["position"].sel(keypoint=name)[0, :, 0].to_numpy()


def body(folder, **values):
    return read_poses(written(folder, tables.storage(angles(**values), degrees="yes")))


def test_the_neutral_pose_stands_upright_and_looks_along_x(tmp_path):
    poses = body(tmp_path)
    np.testing.assert_allclose(poses["time"], np.arange(4) / 60, atol=1e-7)
    for lower, upper in (("left_ankle", "left_knee"), ("pelvis", "neck")):
        assert place(poses, upper)[1] > place(poses, lower)[1] + 0.3
    assert (place(poses, "left_toe") - place(poses, "left_heel"))[0] > 0.2
    assert (place(poses, "right_hip") - place(poses, "left_hip"))[2] > 0.1
    history = poses.attrs["history"]
    assert "warning: angles are the file's, lengths those of OpenSim's gait" in history


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("sign", [1, -1])
def test_a_knee_bends_by_its_angle_backwards_in_both_conventions(tmp_path, side, sign):
    poses = body(tmp_path, **{f"knee_angle_{side[0]}": sign * 70})
    hip, knee, ankle = (place(poses, f"{side}_{p}") for p in ("hip", "knee", "ankle"))
    assert abs(flexion(hip, knee, ankle) - 70) < 1.0
    assert ankle[0] < knee[0] - 0.3
    said = "bent is positive" if sign > 0 else "bent is negative"
    assert said in poses.attrs["history"]


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_hip_flexes_forwards_and_adducts_inwards(tmp_path, side):
    outwards = 1 if side == "right" else -1
    forwards = body(tmp_path, **{f"hip_flexion_{side[0]}": 40})
    thigh = place(forwards, f"{side}_knee") - place(forwards, f"{side}_hip")
    np.testing.assert_allclose(
        thigh / 0.398, [np.sin(0.698), -np.cos(0.698), 0], atol=1e-3
    )
    inwards = body(tmp_path, **{f"hip_adduction_{side[0]}": 30})
    thigh = place(inwards, f"{side}_knee") - place(inwards, f"{side}_hip")
    assert abs(thigh[2] * outwards / 0.398 + 0.5) < 1e-3


@pytest.mark.parametrize("side", ["left", "right"])
def test_inward_rotation_of_the_hip_turns_the_foot_inwards(tmp_path, side):
    outwards = 1 if side == "right" else -1
    poses = body(tmp_path, **{f"hip_rotation_{side[0]}": 30})
    foot = place(poses, f"{side}_toe") - place(poses, f"{side}_heel")
    assert foot[2] * outwards < -0.1


def test_the_pelvis_leads_tilt_before_list_before_rotation(tmp_path):
    poses = body(tmp_path, pelvis_tilt=20, pelvis_rotation=90)
    across = place(poses, "right_hip") - place(poses, "left_hip")
    # rotated about its own axis after the tilt: what pointed right points forwards
    np.testing.assert_allclose(
        across / np.linalg.norm(across), [np.cos(0.349), np.sin(0.349), 0], atol=1e-3
    )


def test_a_model_without_trunk_has_legs_alone(tmp_path):
    columns = {k: v for k, v in angles().items() if not k.startswith(("lumbar", "arm"))}
    poses = read_poses(written(tmp_path, tables.storage(columns, degrees="yes")))
    assert "neck" not in poses["keypoint"]
    assert "left_elbow" not in poses["keypoint"]
    assert "left_toe" in poses["keypoint"]


def test_radians_and_paths_of_states(tmp_path):
    columns = angles(knee_angle_r=70)
    turned = {"time": columns.pop("time")}
    for name, values in columns.items():
        length = name.startswith("pelvis_t") and name != "pelvis_tilt"
        turned[f"/jointset/j/{name}/value"] = values if length else np.radians(values)
        turned[f"/jointset/j/{name}/speed"] = values + 9
    poses = read_poses(written(tmp_path, tables.storage(turned)))
    bend = flexion(*(place(poses, f"right_{p}") for p in ("hip", "knee", "ankle")))
    assert abs(bend - 70) < 1.0


@pytest.mark.parametrize("delimiter", ["\t", "  "])
def test_marker_locations(tmp_path, delimiter):
    flat = tables.moving().transpose(1, 2, 0)
    columns = {"time": np.arange(tables.FRAMES) / 60}
    for name, axes in zip(NAMES, flat, strict=True):
        columns |= {
            f"{name}_t{a}": values for a, values in zip("xyz", axes, strict=True)
        }
    text = tables.storage(columns, delimiter=delimiter)
    poses = read_poses(written(tmp_path, text))
    found = poses["position"].sel(keypoint=list(NAMES))[..., 0].transpose("time", ...)
    np.testing.assert_allclose(found, tables.moving().transpose(0, 2, 1), atol=1e-7)


def test_cells_of_three_numbers(tmp_path):
    columns = {"time": np.arange(tables.FRAMES) / 60}
    for k, name in enumerate(NAMES):
        where = tables.moving()[:, k]
        columns[name] = [",".join(f"{v:.6f}" for v in frame) for frame in where]
    poses = read_poses(
        written(tmp_path, tables.storage(columns, extra=["DataType=Vec3"]))
    )
    assert abs(place(poses, "left_knee")[1] - 0.48) < 1e-6


def centres():
    columns = {"time": np.arange(3) / 60}
    for name in ("pelvis", "femur_r", "tibia_r", "center_of_mass"):
        columns |= {
            f"{name}_{a}": np.ones(3) for a in ("X", "Y", "Z", "Ox", "Oy", "Oz")
        }
    return columns


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        (centres(), "centres of mass"),
        (
            {"time": np.arange(3.0), "knee_angle_r": np.ones(3)},
            "joint angles of a whole",
        ),
        (
            {"time": np.arange(3.0)}
            | {f"ground_force_{v}{a}": np.ones(3) for v in "vp" for a in "xyz"},
            "Poses need positions",
        ),
    ],
    ids=["centres", "one angle", "forces"],
)
def test_what_is_no_body(tmp_path, columns, said):
    with pytest.raises(UnreadableRecording, match=said):
        read_poses(written(tmp_path, tables.storage(columns)))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda t: t[: len(t) * 3 // 4], "needs .* cells|4 frames"),
        (lambda t: t[: t.rindex("\n", 0, -2) + 1], "4 frames, and 3"),
        (lambda t: t.replace("\ntime\t", "\nframe\t"), "first of them time"),
        (lambda t: t[: t.index("endheader") + 10], "first of them time"),
    ],
    ids=["cut", "rows", "time", "head"],
)
def test_broken_files_are_refused(tmp_path, change, said):
    text = change(tables.storage(angles(), degrees="yes"))
    with pytest.raises(DamagedFile, match=said):
        read_poses(written(tmp_path, text))


def test_arms_hang_and_lift(tmp_path):
    poses = body(tmp_path, arm_flex_r=90, arm_add_l=-90)
    down = np.array([0.0131, -0.2863, -0.0096])
    arm = place(poses, "right_elbow") - place(poses, "right_shoulder")
    np.testing.assert_allclose(arm, [0.2863, 0.0131, -0.0096], atol=1e-6)
    arm = place(poses, "left_elbow") - place(poses, "left_shoulder")
    assert arm[2] < -0.25
    assert abs(angle_between(arm, [0, 0, -1])) < angle_between(down, [0, 0, -1])
