"""Joint names, and files that map them."""

from __future__ import annotations

import json

import numpy as np
import pytest

from repetiteur.errors import UnreadableRecording
from repetiteur.io.naming import find_keypoints
from repetiteur.model.skeletons import mappings

SIDED = ("hip", "knee", "ankle", "toe")


@pytest.mark.parametrize("name", mappings())
def test_every_mapping_leads_to_our_keypoints_and_is_guessed(name):
    entry = mappings()[name]
    named = find_keypoints([source for recipe in entry for source in recipe.sources])
    assert named.line.startswith(f"joint names: mapping {name}, guessed; ")
    assert set(named.keypoints) == {recipe.keypoint for recipe in entry}
    assert set(named.keypoints) >= {
        f"{side}_{part}" for side in ("left", "right") for part in SIDED
    }


def differing(left, right):
    """The letters in which two names differ."""
    return {(a, b) for a, b in zip(left, right, strict=True) if a != b}


@pytest.mark.parametrize("name", mappings())
def test_no_mapping_exchanges_the_sides(name):
    both = {recipe.keypoint: recipe for recipe in mappings()[name]}
    for ours, recipe in both.items():
        if recipe.way == "hip_joint":
            front_left, front_right, back_left, back_right = recipe.sources
            assert differing(front_left, front_right) == {("l", "r")}
            assert differing(back_left, back_right) <= {("l", "r")}  # or the sacrum
            continue
        for theirs in recipe.sources:
            words = theirs.replace("_", " ").replace("bip01", "").strip()
            if ours.startswith("left_"):
                assert "l" in words
                assert not words.startswith("r")
            if ours.startswith("right_"):
                assert "r" in words
                assert not words.startswith("l")


def test_the_first_of_two_names_in_the_mapping_counts():
    named = find_keypoints(["LeftToe_End", "LeftToeBase/end"], "biped")
    assert named.sources == {"left_toe": ((1,), "middle")}


def test_the_first_of_two_joints_of_one_name_counts():
    assert find_keypoints(["Hips", "Hips"], "biped").sources == {
        "pelvis": ((0,), "middle")
    }


def test_a_keypoint_in_the_middle_of_two_markers(tmp_path):
    (tmp_path / "map.yaml").write_text("left_wrist: [in, out]\nA: left_knee\n")
    named = find_keypoints(["out", "x", "a", "in"], tmp_path / "map.yaml")
    assert named.needed == [0, 2, 3]
    place = np.arange(24.0).reshape(2, 3, 4)
    place[1, :, 3] = np.nan
    expected = 0.5 * (place[:, :, 0] + place[:, :, 3])
    at = named.keypoints.index("left_wrist")
    np.testing.assert_array_equal(named.place(place)[:, :, at], expected)
    np.testing.assert_array_equal(
        named.place(place[:, :, named.needed]), named.place(place)
    )
    assert "left_wrist from several markers" in named.line


def test_a_middle_needs_all_of_its_markers(tmp_path):
    (tmp_path / "map.yaml").write_text("left_wrist: [in, out]\nA: left_wrist\n")
    named = find_keypoints(["in", "a"], tmp_path / "map.yaml")
    assert named.sources == {"left_wrist": ((1,), "middle")}


def test_hips_from_the_pelvis_point_to_their_sides(tmp_path):
    corners = "{hip_joint: [LF, RF, LB, RB]}"
    (tmp_path / "map.yaml").write_text(f"left_hip: {corners}\nright_hip: {corners}\n")
    named = find_keypoints(["LF", "RF", "LB", "RB"], tmp_path / "map.yaml")
    spines = [[0.12, 1, 0.1], [-0.12, 1, 0.1], [0.05, 1, -0.05], [-0.05, 1, -0.05]]
    hips = named.place(np.array(spines).T[None])[0].T
    np.testing.assert_allclose(hips[0], [0.0864, 0.928, 0.0544])
    np.testing.assert_allclose(hips[1], [-0.0864, 0.928, 0.0544])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("map.json", json.dumps({"Bone A": "pelvis", "B": "left_knee"})),
        ("map.yaml", "Bone A: pelvis\nB: left_knee\n"),
        ("map.txt", "{Bone A: pelvis, B: left_knee}"),
    ],
)
def test_a_mapping_from_a_file(tmp_path, name, text):
    (tmp_path / name).write_text(text)
    named = find_keypoints(["b", "x", "ns:bone a"], tmp_path / name)
    assert named.sources == {"pelvis": ((2,), "middle"), "left_knee": ((0,), "middle")}
    assert named.line == f"joint names: mapping {name}, given; 2 keypoints"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "holds no names"),
        ("[1, 2]", "holds no names"),
        ("{A: hip}", "has 'A': \"'hip'\"|has 'A': 'hip'"),
        ("{A: [pelvis]}", "has 'A'"),
        ("{left_hip: {hip_joint: [A, B]}}", "has 'left_hip'"),
        ("{left_knee: {hip_joint: [A, B, C, D]}}", "has 'left_knee'"),
        ("{left_knee: []}", "has 'left_knee'"),
        ("{A: pelvis", "is not such a file"),
        ("A: !!python/object/apply:os.getcwd []", "is not such a file"),
        ("[" * 100_000, "is not such a file"),
        ("\x00", "is not such a file"),
        ("# " + "x" * 2_000_000, "is not such a file"),
        ("{Z: pelvis}", "needs joints such as z"),
    ],
)
def test_a_file_that_maps_nothing(tmp_path, text, said):
    path = tmp_path / "map.yaml"
    path.write_text(text)
    with pytest.raises(UnreadableRecording, match=said):
        find_keypoints(["A"], path)


def test_a_mapping_that_is_not_there(tmp_path):
    with pytest.raises(UnreadableRecording, match=r"one of identity, daz"):
        find_keypoints(["A"], tmp_path / "none.yaml")
