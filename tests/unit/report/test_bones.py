"""Lines over a picture."""

import pytest

from repetiteur.report.bones import lines

BODY = {
    "left_shoulder": (100, 60), "right_shoulder": (60, 60), "left_hip": (95, 120),
    "right_hip": (65, 120), "left_elbow": (130, 80), "left_wrist": (150, 110),
    "left_knee": (100, 170), "left_ankle": (98, 220), "left_toe": (112, 228),
    "right_knee": (60, 170), "right_ankle": (62, 220), "nose": (80, 30),
    "left_eye": (84, 26),
}  # fmt: skip


def test_the_face_is_left_alone():
    drawn = lines(BODY, None, None, 164).bones
    assert "80 30" not in drawn
    assert "84 26" not in drawn


def test_what_is_not_seen_is_not_drawn():
    without = {name: place for name, place in BODY.items() if name != "left_elbow"}
    drawn = lines(without, "elbow", "left", 164)
    assert "150 110" not in drawn.bones, "the wrist hangs on the elbow"
    assert drawn.accent == ""
    assert drawn.label is None
    assert lines({}, "knee", "left", 164).bones == ""


@pytest.mark.parametrize(
    ("mark", "path"),
    [
        ("knee", "M95 120L100 170L98 220"),
        ("leg", "M95 120L100 170L98 220L112 228"),
        ("elbow", "M100 60L130 80L150 110"),
        ("upper_arm", "M100 60L130 80"),
        ("pitch", "M80 120L80 60"),
    ],
)
def test_the_limb_that_was_measured(mark, path):
    drawn = lines(BODY, mark, "left", 164)
    assert drawn.accent == path
    left, right, base = extent(drawn.label)
    assert 0 <= left < right <= 164
    for x, y in BODY.values():
        assert not (left < x < right and base - 12 < y < base), "it covers no joint"


@pytest.mark.parametrize("side", ["both", None])
def test_both_sides_have_no_limb_of_their_own(side):
    drawn = lines(BODY, "elbow", side, 164)
    assert drawn.accent == ""
    assert drawn.label is None


def test_a_straight_leg_has_its_number_beside_it():
    straight = {"left_hip": (150, 10), "left_knee": (150, 50), "left_ankle": (150, 90)}
    left, right, _ = extent(lines(straight, "knee", "left", 164).label)
    assert (left, right) == (126, 164), "inside the picture"


def extent(label):
    """Left and right end of a number, and its base line."""
    left = label.x - {"start": 0, "middle": 19, "end": 38}[label.anchor]
    return left, left + 38, label.y
