from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bodies
import naive
from repetiteur.kernels import geometry
from repetiteur.kinematics import joints, limbs
from repetiteur.kinematics.joints import ANGLES, joint_angles
from repetiteur.kinematics.view import laid_flat
from repetiteur.model.skeletons import other_side

TIME, POINTS = bodies.moving_points(seconds=6.0, fps=15.0)
#: Big movements, so that every angle has a meaning in some frames.
WILD = {
    name: place + 6.0 * (moved - place)
    for (name, moved), place in zip(
        POINTS.items(), bodies.STANDING.values(), strict=True
    )
}
BODY = bodies.body(TIME, WILD)


def same(found, expected, *, atol=1e-7):
    """The same angles, 180 and -180 being one."""
    assert np.array_equal(np.isnan(found), np.isnan(expected))
    off = geometry.wrap(found - expected)
    assert np.all(np.abs(off[np.isfinite(off)]) <= atol)


@pytest.mark.parametrize("name", ANGLES)
def test_every_angle_is_seen_and_within_its_range(name):
    angle, found = ANGLES[name], joint_angles(BODY)[name]
    assert np.isfinite(found).any()
    assert np.nanmin(found) >= angle.low
    assert np.nanmax(found) <= angle.high
    assert np.nanstd(found) > 1.0


@pytest.mark.parametrize("name", ANGLES)
def test_a_keypoint_that_was_not_seen_takes_its_angles_with_it(name):
    needed = [need.split("|")[0] for need in ANGLES[name].needs]
    for keypoint in needed:
        points = {n: p.copy() for n, p in WILD.items()}
        points[keypoint][20:30] = np.nan
        found = joint_angles(bodies.body(TIME, points))[name]
        if name != "head_yaw":  # ears and face stand in for one another
            assert np.isnan(found[20:30]).all(), keypoint
        same(found[30:], joint_angles(BODY)[name][30:])


@pytest.mark.parametrize("name", ANGLES)
def test_a_file_without_a_keypoint_lacks_its_angles(name):
    for need in ANGLES[name].needs:
        kept = {n: p for n, p in WILD.items() if n not in need.split("|")}
        assert name not in joint_angles(bodies.body(TIME, kept))


@settings(deadline=None, max_examples=25)
@given(
    st.floats(-360, 360),
    st.floats(0.3, 3.0),
    st.tuples(*[st.floats(-5, 5)] * 3),
    st.booleans(),
)
def test_place_size_and_heading_change_no_angle_and_a_mirror_the_sides(
    degrees, scale, way, mirror
):
    moved = {n: geometry.turn(scale * p, degrees) + way for n, p in WILD.items()}
    body = bodies.body(TIME, moved)
    found = joint_angles(body.mirrored() if mirror else body)
    assert found.keys() == ANGLES.keys()
    for name, expected in joint_angles(BODY).items():
        sign = -1.0 if mirror and ANGLES[name].odd else 1.0
        same(found[other_side(name) if mirror else name], sign * expected, atol=1e-5)


@pytest.mark.parametrize("side", ["left", "right"])
def test_angles_are_what_the_formulas_of_the_measures_say(side):
    found = joint_angles(BODY)
    out = 1.0 if side == "left" else -1.0
    for k in range(0, TIME.size, 7):
        at = {
            name.removeprefix(f"{side}_"): place[k]
            for name, place in WILD.items()
            if name.startswith(side)
        }
        hips = WILD["left_hip"][k] - WILD["right_hip"][k]
        front = np.cross(hips, geometry.UP)
        trunk = 0.5 * sum(
            WILD[f"{s}_shoulder"][k] - WILD[f"{s}_hip"][k] for s in ("left", "right")
        )
        leg, foot = at["ankle"] - at["hip"], at["toe"] - at["heel"]
        bend = naive.angle(at["knee"] - at["hip"], at["ankle"] - at["knee"])
        aside = at["knee"] - (
            at["ankle"] + leg * np.dot(at["knee"] - at["ankle"], leg) / np.dot(leg, leg)
        )
        expected = {
            "knee_flexion": bend,
            "elbow_flexion": naive.angle(
                at["elbow"] - at["shoulder"], at["wrist"] - at["elbow"]
            ),
            "ankle_plantarflexion": 90 - naive.angle(at["ankle"] - at["knee"], foot),
            "heel_rise": naive.angle(foot, geometry.UP) - 90,
            "leg_elevation": naive.angle(leg, geometry.DOWN),
            "thigh_elevation": naive.angle(at["knee"] - at["hip"], geometry.DOWN),
            "leg_azimuth": out * naive.azimuth(leg, front),
            "turnout": out * naive.azimuth(foot, front),
            "hip_rotation_proxy": out * naive.azimuth(aside, front),
            "knee_over_toe": out * naive.azimuth(foot, aside),
            "back_leg_angle": 180 - naive.angle(trunk, leg),
            "arm_elevation": naive.angle(at["wrist"] - at["shoulder"], geometry.DOWN),
        }
        for name, value in expected.items():
            curve = found[f"{side}_{name}"][k]
            if name == "knee_flexion":
                curve = abs(curve)
            if np.isfinite(curve):
                assert geometry.wrap(curve - value) == pytest.approx(0, abs=1e-7), name


def test_a_straight_knee_and_an_upright_leg_point_nowhere():
    found = joint_angles(BODY)
    for side in ("left", "right"):
        bent = np.abs(found[f"{side}_knee_flexion"]) >= limbs.BENT
        level = np.abs(found[f"{side}_heel_rise"]) <= limbs.STEEP
        height = found[f"{side}_leg_elevation"]
        sideways = (height >= limbs.HANGING) & (height <= limbs.UPRIGHT)
        for name, known in (
            ("hip_rotation_proxy", bent),
            ("knee_over_toe", bent & level),
            ("turnout", level),
            ("leg_azimuth", sideways),
        ):
            assert np.array_equal(np.isfinite(found[f"{side}_{name}"]), known), name
            assert 0 < known.sum() < known.size or name == "turnout"


def test_a_leg_that_crosses_behind_stays_beyond_180():
    points = {n: p.copy() for n, p in WILD.items()}
    points["left_ankle"] = points["left_hip"] + [-0.1, -0.3, -0.6]
    found = joint_angles(bodies.body(TIME, points))["left_leg_azimuth"]
    assert (found > 150.0).all()
    assert (found < 270.0).all()


def test_a_body_laid_flat_has_no_angles_from_above():
    body = replace(BODY, space="2d")
    found = joint_angles(laid_flat(body))
    gone = {n for n, angle in ANGLES.items() if angle.plane == "horizontal"}
    assert gone
    assert found.keys() == ANGLES.keys() - gone
    flat = {n: p * [1.0, 1.0, 0.0] for n, p in WILD.items()}
    expected = geometry.flexion(
        flat["left_shoulder"], flat["left_elbow"], flat["left_wrist"]
    )
    assert np.allclose(found["left_elbow_flexion"], expected)


@pytest.mark.parametrize("hidden", ["nose", "left_ear", "left_hip"])
def test_each_frame_is_measured_by_itself(hidden):
    # A stretch in which the nose is not seen does not take the eyes instead.
    points = {n: p.copy() for n, p in WILD.items()}
    points[hidden][:20] = np.nan
    whole = joint_angles(bodies.body(TIME, points))
    for name, expected in joint_angles(BODY).items():
        assert np.array_equal(whole[name][20:], expected[20:], equal_nan=True), name
    if hidden == "nose":
        assert np.isnan(whole["head_pitch"][:20]).all()


def test_an_angle_is_made_when_it_is_looked_up_and_once(monkeypatch):
    asked = []
    knee = ANGLES["left_knee_flexion"]

    def curve(bones):
        asked.append(bones)
        return knee.curve(bones)

    known = {**ANGLES, "left_knee_flexion": replace(knee, curve=curve)}
    monkeypatch.setattr(joints, "ANGLES", known)
    angles = joints.JointAngles(BODY)
    assert "left_knee_flexion" in angles
    assert "left_tail" not in angles
    assert list(angles) == list(joint_angles(BODY))
    assert len(angles) == len(ANGLES)
    del asked[:]
    first = angles["left_knee_flexion"]
    assert angles["left_knee_flexion"] is first
    assert len(asked) == 1
    assert angles.get("left_tail") is None
    with pytest.raises(KeyError):
        angles["left_tail"]


def test_no_frames_have_no_angles():
    body = bodies.body(TIME[:0], {n: p[:0] for n, p in WILD.items()})
    assert joint_angles(body) == {}


@pytest.mark.parametrize("pitch", [85.0, -85.0, 60.0])
def test_a_face_that_looks_up_or_down_is_turned_nowhere(pitch):
    # Without ears: their line would still tell.
    points = {n: p.copy() for n, p in WILD.items() if not n.endswith("_ear")}
    nod = np.radians(pitch)
    points["nose"] = points["head"] + 0.1 * np.array([0, -np.sin(nod), np.cos(nod)])
    found = joint_angles(bodies.body(TIME, points))["head_yaw"]
    assert np.isnan(found).all() == (abs(pitch) > limbs.STEEP)
