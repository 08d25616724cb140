"""Laws of reading and writing, for any file."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st

from repetiteur.errors import RepetiteurError
from repetiteur.io._bvh_motion import joint_positions
from repetiteur.io._bvh_text import Joint, parse
from repetiteur.io.formats import read_poses, write_poses
from repetiteur.model.poses import make_poses
from repetiteur.model.skeletons import KEYPOINTS

lengths = st.floats(-50, 50).map(lambda value: round(value, 4))
angles = st.floats(-400, 400).map(lambda value: round(value, 4))
turns = st.lists(
    st.sampled_from([(0, True), (1, True), (2, True)]), max_size=3, unique=True
)


@st.composite
def skeletons(draw) -> tuple[list[Joint], np.ndarray]:
    """Joints with any parent, any order of rotations, and a few frames."""
    joints: list[Joint] = []
    width = 0
    for j in range(draw(st.integers(1, 8))):
        channels = draw(turns)
        if j == 0:
            channels = [(0, False), (2, False), (1, False), *channels]
        offset = np.array(draw(st.tuples(lengths, lengths, lengths)))
        parent = draw(st.integers(0, j - 1)) if j else -1
        joints.append(Joint(f"joint {j}", parent, offset, channels, width))
        width += len(channels)
    frames = draw(st.integers(1, 3))
    rows = st.lists(angles, min_size=width, max_size=width)
    return joints, np.array([draw(rows) for _ in range(frames)])


def slow_place(joints: list[Joint], row: np.ndarray, j: int) -> np.ndarray:
    """Place of one joint in one frame: 4 x 4 matrices, from the root outwards."""
    chain = []
    while j >= 0:
        chain.append(j)
        j = joints[j].parent
    whole = np.eye(4)
    for k in reversed(chain):
        joint = joints[k]
        move = np.array(joint.offset, dtype=float)
        turn = np.eye(4)
        for c, (axis, rotates) in enumerate(joint.channels or []):
            value = row[joint.column + c]
            if not rotates:
                move[axis] = value
                continue
            cosine, sine = np.cos(np.radians(value)), np.sin(np.radians(value))
            one = np.eye(4)
            a, b = [(1, 2), (2, 0), (0, 1)][axis]
            one[a, a], one[a, b], one[b, a], one[b, b] = cosine, -sine, sine, cosine
            turn = turn @ one
        shift = np.eye(4)
        shift[:3, 3] = move
        whole = whole @ shift @ turn
    return whole[:3, 3]


def text_of(joints: list[Joint], values: np.ndarray) -> str:
    """A BVH file; children in the order of the list, so columns must be re-ordered."""
    columns: list[int] = []

    def joint_text(j: int) -> str:
        joint = joints[j]
        columns.extend(joint.column + c for c in range(len(joint.channels or [])))
        names = " ".join(
            "XYZ"[axis] + ("rotation" if rotates else "position")
            for axis, rotates in joint.channels or []
        )
        inner = f"OFFSET {' '.join(map(repr, np.array(joint.offset).tolist()))}\n"
        inner += f"CHANNELS {len(joint.channels or [])} {names}\n"
        inner += "".join(joint_text(k) for k, c in enumerate(joints) if c.parent == j)
        return f"{'JOINT' if j else 'ROOT'} {joint.name}\n{{\n{inner}}}\n"

    hierarchy = joint_text(0)
    rows = "\n".join(" ".join(map(repr, row[columns].tolist())) for row in values)
    head = f"HIERARCHY\n{hierarchy}MOTION\nFrames: {len(values)}\n"
    return f"{head}Frame Time: 0.01\n{rows}\n"


@settings(deadline=None)
@given(skeletons())
def test_fast_kinematics_are_the_slow_ones(skeleton):
    joints, values = skeleton
    every = list(range(len(joints)))
    fast = joint_positions(joints, values, every)
    for f, row in enumerate(values):
        for j in every:
            expected = slow_place(joints, row, j)
            np.testing.assert_allclose(fast[f, :, j], expected, atol=1e-9)
    some = every[:: max(1, len(every) // 2)]
    np.testing.assert_array_equal(
        joint_positions(joints, values, some), fast[..., some]
    )


@settings(deadline=None)
@given(skeletons(), st.sampled_from(["utf-8", "utf-16", "latin-1"]), st.booleans())
def test_what_stands_in_the_text_is_read(skeleton, encoding, comma):
    joints, values = skeleton
    text = text_of(joints, values)
    read = parse((text.replace(".", ",") if comma else text).encode(encoding))
    place = {joint.name: k for k, joint in enumerate(read.joints)}
    assert sorted(place) == sorted(joint.name for joint in joints)
    fast = joint_positions(
        read.joints, read.values, [place[joint.name] for joint in joints]
    )
    direct = joint_positions(joints, values, list(range(len(joints))))
    np.testing.assert_allclose(fast, direct, atol=1e-9)


@settings(deadline=None)
@given(
    st.integers(0, 2**32 - 1),
    st.sets(st.sampled_from(KEYPOINTS[1:]), max_size=len(KEYPOINTS)),
    st.integers(1, 5),
    st.sampled_from([1e-3, 1.0, 100.0]),
    st.sampled_from([".bvh", ".nc"]),
)
def test_write_then_read_keeps_any_set_of_keypoints(seed, names, frames, size, ending):
    rng = np.random.default_rng(seed)
    keypoints = ["pelvis", *sorted(names)]
    place = rng.normal(scale=size, size=(frames, 3, len(keypoints)))
    poses = make_poses(place, time=np.arange(frames) / 25, keypoints=keypoints)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"take{ending}"
        write_poses(poses, path)
        again = read_poses(path)
    assert set(again["keypoint"].values) == set(keypoints)
    xr.testing.assert_allclose(
        again["position"].sel(keypoint=keypoints), poses["position"], atol=1e-5
    )


STANDING = text_of(
    [
        Joint("Hips", -1, np.zeros(3), [(k, False) for k in (0, 1, 2)] + [(1, True)]),
        Joint("LeftUpLeg", 0, np.array([9.0, 0, 0]), [(2, True)], 4),
        Joint("LeftLeg", 1, np.array([0.0, -45, 0]), [(2, True)], 5),
        Joint("LeftFoot", 2, np.array([0.0, -45, 0]), [], 6),
        Joint("RightUpLeg", 0, np.array([-9.0, 0, 0]), [(2, True)], 6),
        Joint("RightLeg", 4, np.array([0.0, -45, 0]), [(2, True)], 7),
        Joint("RightFoot", 5, np.array([0.0, -45, 0]), [], 8),
        Joint("Head", 0, np.array([0.0, 60, 0]), [], 8),
    ],
    np.tile([0.0, 90.0, 0.0, 10.0, 1.0, 2.0, 3.0, 4.0], (4, 1)),
).encode()

PIECES = st.sampled_from(
    [
        b"", b"\0", b"}", b"{", b"\n", b" ", b",", b".", b"-", b"nan", b"1e308",
        b"1e-308", b"9" * 30, b"\xff\xfe", b"JOINT", b"ROOT x {", b"End Site",
        b"MOTION", b"CHANNELS 9", b"OFFSET",
        b"Frames: 2", b"Frame Time: 1", b"Xposition", b"\xe9",
    ]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, len(STANDING)),
            st.integers(0, 30),
            PIECES | st.binary(max_size=4),
        ),
        min_size=1,
        max_size=4,
    ),
    st.sampled_from([None, 25.0]),
)
def test_a_spoilt_file_is_read_or_refused_but_never_breaks(changes, fps):
    spoilt = bytearray(STANDING)
    for start, length, piece in changes:
        spoilt[start : start + length] = piece
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "take.bvh"
        path.write_bytes(spoilt)
        refused = None
        try:
            poses = read_poses(path, fps=fps)
        except RepetiteurError as error:
            refused = str(error)
        if refused is None:
            assert np.isfinite(poses["position"]).all()
        else:
            assert "\n" not in refused


def test_the_file_that_is_spoilt_can_be_read():
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "take.bvh"
        path.write_bytes(STANDING)
        assert "standing pelvis 0.90 m" in read_poses(path).attrs["history"]
