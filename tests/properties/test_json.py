"""JSON of poses with anything changed in it is read or refused, and never breaks."""

from __future__ import annotations

import json
from contextlib import suppress

import numpy as np
import pytest
import xarray as xr
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from repetiteur.errors import RepetiteurError
from repetiteur.io.formats import formats, read_poses, write_poses
from repetiteur.model.poses import check_poses, make_poses

SHARED = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
NUMBERS = st.floats(-1e8, 1e8) | st.just(np.nan)
PERSON = [v for k in range(17) for v in (100.0 + k, 200.0 + 3 * k, 0.5)]
STILL = [0.02, 0, 0.88, 0] + [1, 0, 0, 0] * 4 + [0] + [1, 0, 0, 0] * 2 + [0]
STILL += [1, 0, 0, 0, 0] + [1, 0, 0, 0] * 2 + [0]
FILES = {
    "deepmimic": {"Loop": "none", "Frames": [STILL, STILL]},
    "openpose": {
        "version": 1.3, "people": [{"pose_keypoints_2d": PERSON + PERSON[:24]}],
    },
    "results": [{"image_id": 1, "category_id": 1, "keypoints": PERSON}],
    "annotations": {
        "images": [{"id": 1, "file_name": "f1.png", "width": 9, "height": 9}],
        "annotations": [{"image_id": 1, "category_id": 1, "keypoints": PERSON[:12]}],
        "categories": [{"id": 1, "keypoints": ["nose", "neck", "left_hip", "LKNE"]}],
    },
    "mmpose": {
        "meta_info": {"keypoint_id2name": {"0": "nose", "1": "left_hip"}},
        "instance_info": [
            {"frame_id": 1, "instances": [{"keypoints": [[1, 2], [30, 4]],
                                           "keypoint_scores": [1, 0.5]}]},
        ],
    },
    "json": {
        "schema": "repetiteur.poses/1", "keypoint": ["pelvis"], "individual": ["a"],
        "space": ["x", "y", "z"], "time": [0.0],
        "position": [[[[0.1]], [[1]], [[None]]]],
        "confidence": [[[1.0]]], "attrs": {"history": "", "fps": 25.0},
    },
}  # fmt: skip
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=8,
)


@SHARED
@given(
    place=arrays(np.float64, (3, 3, 2, 2), elements=NUMBERS),
    sure=arrays(np.float64, (3, 2, 2), elements=st.floats(0, 1) | st.just(np.nan)),
    names=st.lists(
        st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=9),
        min_size=2, max_size=2, unique=True,
    ),
    steps=arrays(np.float64, 3, elements=st.floats(1e-6, 1e6)),
)  # fmt: skip
def test_writing_and_reading_is_the_identity(tmp_path, place, sure, names, steps):
    poses = make_poses(
        place,
        time=np.cumsum(steps),
        keypoints=names,
        individuals=["a", "b"],
        confidence=sure,
        source_file="a.mp4",
    )
    write_poses(poses, tmp_path / "a.json")
    again = read_poses(tmp_path / "a.json", fps=None)
    xr.testing.assert_identical(again.assign_attrs(history=""), poses)


def places(value, path=()):
    """Every place in nested JSON."""
    yield path
    if isinstance(value, dict):
        children = value.items()
    else:
        children = enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield from places(child, (*path, key))


def replaced(value, path, new):
    if not path:
        return new
    copy = value.copy()
    copy[path[0]] = replaced(value[path[0]], path[1:], new)
    return copy


@pytest.mark.parametrize("name", FILES)
@SHARED
@given(data=st.data())
def test_any_part_replaced_by_anything(tmp_path, name, data):
    content = FILES[name]
    for _ in range(data.draw(st.integers(1, 2))):
        where = data.draw(st.sampled_from([*places(content)]))
        content = replaced(content, where, data.draw(ANYTHING))
    path = tmp_path / "a.json"
    path.write_text(json.dumps(content))
    read(path)


def read(path):
    """Poses or our error, by whichever reader, known by its opening or not."""
    for format_ in formats().values():
        if format_.read and ".json" in format_.extensions and path.is_file():
            head = path.read_bytes()[:4096]
            assert format_.sniff is not None
            assert format_.sniff(head) in (True, False)
    for fps in (None, 25.0):
        with suppress(RepetiteurError):
            check_poses(read_poses(path, fps=fps))


@pytest.mark.parametrize("name", FILES)
def test_the_files_that_are_changed_are_read_when_they_are_not(tmp_path, name):
    path = tmp_path / "a.json"
    path.write_text(json.dumps(FILES[name]))
    known = [f for f in formats().values() if f.sniff and f.sniff(path.read_bytes())]
    assert len(known) == 1
    if name != "mmpose" and name != "annotations":
        assert read_poses(path, fps=25).sizes["time"] >= 1


@pytest.mark.parametrize("name", FILES)
def test_bytes_changed(tmp_path, name, rng):
    whole = json.dumps(FILES[name]).encode()
    path = tmp_path / "a.json"
    for _ in range(60):
        content = bytearray(whole)
        for place in rng.integers(len(content), size=rng.integers(1, 4)):
            content[place] = rng.choice(list(b'[]{},:"0e-.\\nN\xff'))
        path.write_bytes(content)
        read(path)
