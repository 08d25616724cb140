"""Real motion: copies that are no fault get no note, planted faults get one."""

import functools

import numpy as np
import pytest

import altered
import bodies
from repetiteur.errors import NothingToJudge
from repetiteur.io.formats import read_poses
from repetiteur.model.poses import body_of, mirrored
from repetiteur.rehearsal import recording_from_poses, rehearse

FILES = {
    "cmu_60_02_salsa": 60.0,
    "cmu_60_06_salsa": 60.0,
    "cmu_61_02_salsa": 60.0,
    "cmu_61_06_salsa": 60.0,
    "cmu_94_04_indian": None,
    "cmu_94_13_indian": None,
    "cmu_pirouette": None,
    "cmu_pirouette_wrong_frametime": 120.0,
    "rokoko_jesse_dance": None,
}
every_file = pytest.mark.parametrize("name", FILES)


@functools.cache
def read(path, fps):
    """The dancing, without the rest pose that frame 0 holds in some files."""
    return read_poses(path, fps=fps).isel(time=slice(1, None))


@pytest.fixture
def moving(test_data, name):
    poses = read(test_data / "mocap" / f"{name}.bvh", FILES[name])
    body = body_of(poses)
    return poses, body.time, dict(body.points)


def recording(time, points):
    return recording_from_poses(bodies.poses(time, points), "copy")


def shape_notes(found):
    return [n for n in found.findings.notes if n.measure != "timing_path"]


def median_error_frames(found, seconds_per_second, time):
    danced = found.alignment.state == "danced"
    at = found.alignment.reference_s - found.reference.poses["time"].values[0]
    off = np.abs(found.alignment.take_s - seconds_per_second * at)[danced]
    return np.median(off) / np.median(np.diff(time))


@every_file
def test_with_itself(moving, name):
    poses, _, _ = moving
    whole = recording_from_poses(poses, name)
    found = rehearse(whole, whole)
    assert found.findings.notes == ()
    assert found.alignment.side == "same"
    assert found.alignment.tempo_ratio == pytest.approx(1.0)
    assert found.findings.timing
    off = np.abs(found.alignment.take_s - found.alignment.reference_s)
    assert np.median(off) < 1e-9


@every_file
def test_with_a_mirrored_copy(moving, name):
    poses, _, _ = moving
    found = rehearse(
        recording_from_poses(poses, name), recording_from_poses(mirrored(poses), "copy")
    )
    assert found.alignment.side == "mirrored"
    assert shape_notes(found) == []


@every_file
def test_with_a_slower_turned_smaller_copy(moving, name):
    poses, time, points = moving
    slow, copy = altered.otherwise(
        time, points, seconds_per_second=4 / 3, degrees=130, scale=0.8
    )
    found = rehearse(recording_from_poses(poses, name), recording(slow, copy))
    assert found.alignment.side == "same"
    assert found.alignment.tempo_ratio == pytest.approx(4 / 3, rel=0.02)
    assert found.findings.notes == ()
    assert median_error_frames(found, 4 / 3, time) < 1


@every_file
def test_another_build_is_no_fault_of_bent_limbs(moving, name):
    poses, time, points = moving
    copy = altered.built(points, thigh=0.8, shank=1.2, upper_arm=1.15, forearm=0.85)
    found = rehearse(recording_from_poses(poses, name), recording(time, copy))
    limbs = {"leg_elevation", "arm_shape.elevation"}
    assert [n for n in found.findings.notes if n.measure in limbs] == []


@every_file
@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize(
    ("plant", "degrees", "root", "end", "measures"),
    [
        (altered.leg_lowered, 15.0, "hip", "ankle", {"leg_elevation"}),
        (
            altered.elbow_dropped,
            20.0,
            "shoulder",
            "elbow",
            {"arm_shape.elbow_elevation"},
        ),
    ],
    ids=["leg", "elbow"],
)
def test_a_planted_fault_is_named_once(
    moving, name, side, plant, degrees, root, end, measures
):
    poses, time, points = moving
    slow, copy = altered.otherwise(
        time, points, seconds_per_second=4 / 3, degrees=130, scale=0.8
    )
    middle = altered.held_highest(slow, copy[f"{side}_{root}"], copy[f"{side}_{end}"])
    copy = plant(slow, copy, side, degrees, middle)
    found = rehearse(recording_from_poses(poses, name), recording(slow, copy))
    (note,) = found.findings.notes
    assert note.measure in measures
    assert (note.side, note.kind) == (side, "less")
    low, high = note.difference.interval90
    assert low <= -degrees <= high
    assert note.take.start_s < middle + 0.8
    assert note.take.end_s > middle - 0.8


def test_a_header_ten_times_too_slow_is_asked_about(test_data):
    folder = test_data / "mocap"
    right = recording_from_poses(read(folder / "cmu_pirouette.bvh", None), "right")
    wrong = read(folder / "cmu_pirouette_wrong_frametime.bvh", None)
    with pytest.raises(NothingToJudge, match=r"this one has 10\.0.*--fps"):
        rehearse(right, recording_from_poses(wrong, "wrong"))


@pytest.mark.parametrize("name", ["cmu_60_06_salsa", "cmu_94_13_indian"])
@pytest.mark.parametrize("kept", [(0.15, 1.0), (0.0, 0.8), (0.2, 0.75)])
def test_a_take_that_was_cut_short_is_no_fault(moving, name, kept):
    poses, time, points = moving
    part = (time >= kept[0] * time[-1]) & (time <= kept[1] * time[-1])
    cut = recording(time[part] - time[part][0], {n: p[part] for n, p in points.items()})
    found = rehearse(recording_from_poses(poses, name), cut)
    assert found.findings.notes == ()
    assert len(found.findings.timing) >= 0.8 * (kept[1] - kept[0]) * time[-1] - 2
    whole = found.findings.not_judged
    assert any(entry.measure == "pose_distance" for entry in whole)


@pytest.mark.parametrize("name", ["cmu_94_04_indian"])
@pytest.mark.parametrize("fps", [25.0, 50.0])
def test_a_slip_of_the_capture_is_no_peak(moving, name, fps):
    """At 13.2 s a leg of this file jumps by 38 degrees within 25 ms."""
    poses, time, points = moving
    rough, copy = altered.otherwise(time, points, scale=1.1, fps=fps)
    found = rehearse(recording_from_poses(poses, name), recording(rough, copy))
    assert found.findings.notes == ()


@pytest.mark.parametrize("name", ["cmu_94_13_indian", "rokoko_jesse_dance"])
@pytest.mark.parametrize("fps", [10.0, 12.0, 25.0])
def test_slow_cameras_are_judged_too(moving, name, fps):
    _, time, points = moving
    few, one = altered.played(time, points, seconds_per_second=1.0, fps=fps)
    other, two = altered.otherwise(time, points, scale=0.9, fps=fps)
    found = rehearse(recording(few, one), recording(other, two))
    assert found.findings.notes == ()
    assert len(found.findings.timing) > 0.8 * time[-1]
    unsure = [e for e in found.findings.not_judged if e.measure == "pose_distance"]
    assert unsure == []
