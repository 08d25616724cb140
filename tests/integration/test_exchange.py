"""Files go to other programs and come back: what they read is what was written.

Each test needs the other program, and says so where it is not installed:
``movement`` (any release; 0.17 and later need Python 3.12), ``bvh``, ``bvhio``.
"""

from __future__ import annotations

import warnings
from importlib.metadata import version

import numpy as np
import pytest
import xarray as xr
from scipy.spatial.transform import Rotation

import bodies
from repetiteur.errors import UnreadableRecording
from repetiteur.io.formats import read_poses, write_poses
from repetiteur.model.poses import make_poses
from repetiteur.synthetic.demo import demo_reference

# Of netCDF4, which xarray takes by default, under numpy 2.5.
pytestmark = pytest.mark.filterwarnings(
    "ignore:Setting the shape on a NumPy array:DeprecationWarning"
)
#: Frames of the demo that are compared; other readers are slow.
SOME = slice(None, None, 97)


@pytest.fixture(scope="module")
def movement():
    """The `movement` package, whose own imports may warn."""
    with warnings.catch_warnings(action="ignore"):
        pytest.importorskip("movement", reason="movement is not installed")
        import movement.io.load_poses
        import movement.validators.datasets
        import netCDF4  # noqa: F401 - else xarray imports it where warnings are errors
    return movement


@pytest.fixture
def gaps():
    """Poses in space of two dancers, one of them hidden for a while."""
    time, points = bodies.moving_points(seconds=1.0)
    one = np.stack([*points.values()], axis=2)
    both = np.stack([one, one + 1.0], axis=3)
    both[5:9, :, 3, 1] = np.nan
    return make_poses(both, time=time, keypoints=[*points], individuals=["a", "b"])


def names_of(dataset, kind):
    """The axis of keypoints or individuals, singular or, in old releases, plural."""
    return kind if kind in dataset.dims else f"{kind}s"


@pytest.mark.parametrize("space", [2, 3])
def test_poses_of_movement_are_ours(movement, rng, tmp_path, space):
    theirs = movement.io.load_poses.from_numpy(
        rng.normal(size=(20, space, 3, 2)),
        confidence_array=rng.uniform(size=(20, 3, 2)),
        individual_names=["a", "b"],
        keypoint_names=["nose", "left_hip", "right_hip"],
        fps=50,
        source_software="SLEAP",
    )
    theirs.to_netcdf(tmp_path / "theirs.nc")
    ours = read_poses(tmp_path / "theirs.nc")
    order = ("time", "space", names_of(theirs, "keypoint"))
    order = (*order, names_of(theirs, "individual"))
    place = theirs["position"].transpose(*order).to_numpy()
    np.testing.assert_array_equal(ours["position"], place)
    np.testing.assert_array_equal(ours["time"], theirs["time"])
    assert ours["keypoint"].to_numpy().tolist() == ["nose", "left_hip", "right_hip"]
    assert ours["individual"].to_numpy().tolist() == ["a", "b"]
    assert ours.attrs["source_software"] == "SLEAP"


def test_frame_numbers_of_movement_ask_for_a_rate(movement, rng, tmp_path):
    theirs = movement.io.load_poses.from_numpy(
        rng.normal(size=(5, 2, 1, 1)), keypoint_names=["nose"], individual_names=["a"]
    )
    theirs.attrs = {k: v for k, v in theirs.attrs.items() if v is not None}
    theirs.to_netcdf(tmp_path / "theirs.nc")
    with pytest.raises(UnreadableRecording, match=r"^Poses need times .* --fps\."):
        read_poses(tmp_path / "theirs.nc")
    assert read_poses(tmp_path / "theirs.nc", fps=25)["time"][1] == 0.04


def test_our_netcdf_is_movements(movement, gaps, tmp_path):
    write_poses(gaps, tmp_path / "ours.nc")
    with xr.open_dataset(tmp_path / "ours.nc") as opened:
        theirs = opened.load()
    assert theirs.attrs["ds_type"] == "poses"
    assert theirs.attrs["time_unit"] == "seconds"
    if tuple(map(int, version("movement").split(".")[:2])) < (0, 16):
        theirs = theirs.rename(keypoint="keypoints", individual="individuals")
    movement.validators.datasets.ValidPosesInputs.validate(theirs)
    np.testing.assert_array_equal(theirs["position"], gaps["position"])

    with warnings.catch_warnings(action="ignore"):
        from movement.filtering import interpolate_over_time
        from movement.kinematics import compute_speed

        filled = interpolate_over_time(theirs["position"])
        speed = compute_speed(theirs["position"])
    assert int(theirs["position"].isnull().sum()) == 12
    assert not filled.isnull().any()
    assert float(speed.max()) > 0.1

    theirs.assign(position=filled).to_netcdf(tmp_path / "filled.nc")
    again = read_poses(tmp_path / "filled.nc")
    assert again["position"].notnull().all()
    seen = gaps["position"].notnull()
    np.testing.assert_array_equal(again["position"].where(seen), gaps["position"])


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The demo's reference as a BVH file, and its positions in centimetres."""
    path = tmp_path_factory.mktemp("demo") / "reference.bvh"
    poses = demo_reference()
    write_poses(poses, path)
    names = [str(name) for name in poses["keypoint"].to_numpy()]
    place = 100.0 * poses["position"].to_numpy()[SOME, ..., 0]
    return path, {name: place[:, :, k] for k, name in enumerate(names)}


def largest(found, truth):
    assert found.keys() == truth.keys()
    return max(float(np.abs(found[name] - truth[name]).max()) for name in truth)


def chained(text, *, moved):
    """Places by a parser of others and a walk along the bones of our own."""
    places, turns = {}, {}
    for name in text.get_joints_names():
        channels = text.frames_joint_channels(name, text.joint_channels(name))
        values = np.array(channels)[SOME]
        turn = Rotation.from_euler("ZXY", values[:, 3:], degrees=True)
        parent = text.joint_parent(name)
        if parent is None:
            places[name], turns[name] = values[:, :3], turn
            continue
        step = values[:, :3] if moved else np.array(text.joint_offset(name))
        places[name] = places[parent.name] + turns[parent.name].apply(step)
        turns[name] = turns[parent.name] * turn
    return places


def test_bvh_places_are_those_that_were_written(demo):
    bvh = pytest.importorskip("bvh", reason="bvh is not installed")
    path, truth = demo
    text = bvh.Bvh(path.read_text(encoding="utf-8"))
    assert text.nframes == demo_reference().sizes["time"]
    assert largest(chained(text, moved=True), truth) < 1e-4


def test_bvh_for_programs_that_take_rotations_alone(demo):
    """Many programs pass over the places of all joints but the root."""
    bvh = pytest.importorskip("bvh", reason="bvh is not installed")
    path, truth = demo
    text = bvh.Bvh(path.read_text(encoding="utf-8"))
    assert 0.01 < largest(chained(text, moved=False), truth) < 1.0


def test_bvh_in_bvhio(demo):
    bvhio = pytest.importorskip("bvhio", reason="bvhio is not installed")
    path, truth = demo
    root = bvhio.readAsHierarchy(str(path))
    joints = {joint.Name: joint for joint, _, _ in root.layout()}
    rows = {name: [] for name in truth}
    for frame in range(demo_reference().sizes["time"])[SOME]:
        root.loadPose(frame)
        for name, row in rows.items():
            row.append([*joints[name].PositionWorld])
    found = {name: np.array(row) for name, row in rows.items()}
    assert largest(found, truth) < 1e-3
