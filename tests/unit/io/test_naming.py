"""Joint names, and files that map them."""

from __future__ import annotations

import json

import pytest

from repetiteur.errors import UnreadableRecording
from repetiteur.io.naming import find_keypoints
from repetiteur.model.skeletons import KEYPOINTS, mappings


@pytest.mark.parametrize("name", mappings())
def test_every_mapping_leads_to_our_keypoints_and_is_guessed(name):
    entry = mappings()[name]
    assert set(entry.values()) <= set(KEYPOINTS)
    found, line = find_keypoints(list(entry))
    assert line == f"joint names: mapping {name}, guessed; {len(found)} keypoints"
    assert set(found) == set(entry.values())
    for side in ("left", "right"):
        assert {f"{side}_hip", f"{side}_knee", f"{side}_ankle", f"{side}_toe"} <= set(
            found
        )


@pytest.mark.parametrize("name", mappings())
def test_no_mapping_exchanges_the_sides(name):
    for theirs, ours in mappings()[name].items():
        words = theirs.replace("_", " ").replace("bip01", "").strip()
        if ours.startswith("left_"):
            assert words.startswith("l")
        if ours.startswith("right_"):
            assert words.startswith("r")


def test_the_first_of_two_names_in_the_mapping_counts():
    found, _ = find_keypoints(["LeftToe_End", "LeftToeBase/end"], "biped")
    assert found == {"left_toe": 1}


def test_the_first_of_two_joints_of_one_name_counts():
    assert find_keypoints(["Hips", "Hips"], "biped")[0] == {"pelvis": 0}


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
    found, line = find_keypoints(["b", "x", "ns:bone a"], tmp_path / name)
    assert found == {"pelvis": 2, "left_knee": 0}
    assert line == f"joint names: mapping {name}, given; 2 keypoints"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "holds no names"),
        ("[1, 2]", "holds no names"),
        ("{A: hip}", "'A' to 'hip'"),
        ("{A: [pelvis]}", "maps 'A'"),
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
