"""What one camera shows is measured; what it does not show is not, and says why."""

from dataclasses import replace

import numpy as np
import pytest

from projecting import Camera, seen
from repetiteur.kinematics.events import Span
from repetiteur.kinematics.movement import movement_of
from repetiteur.model.poses import body_of
from repetiteur.synthetic import Phrase, dance
from repetiteur.synthetic.steps import (
    arabesque_1,
    battement_tendu,
    demi_plie,
    equilibre,
    fifth_position,
    first_position,
    step_to,
)
from repetiteur.synthetic.turns import pirouette_en_dehors
from repetiteur.technique.in_picture import in_the_picture
from repetiteur.technique.measure import measures
from repetiteur.technique.moments import moments_of

LEVEL = {"pitch": 0.0, "distance": 5.5}


def filmed(poses, heading, **camera):
    """A performance as a tracker without errors sees it, which knows of its own."""
    there = body_of(poses)
    camera = Camera(**{**LEVEL, **camera}, heading=heading)
    return seen(there.time, dict(there.points), camera)


def judged(tracked, *ids, on=None, moments=None):
    """(measurements, not judged) of some measures, on the moments of one kind."""
    able = [m for m in measures() if m.id in ids and on in (None, m.on) and m.seen]
    assert able
    movement = movement_of(body_of(tracked))
    found = list(moments_of(movement)) if moments is None else moments
    return in_the_picture(able, movement, found)


def moments(poses, kind):
    return [m for m in moments_of(movement_of(body_of(poses))) if m.kind == kind]


def reasons(lacking):
    return {entry.reason for entry in lacking}


@pytest.fixture(scope="module")
def arabesque():
    return dance(
        Phrase.of(
            fifth_position("right"),
            battement_tendu("left", "derriere"),
            step_to("right", counts=2.0),
            arabesque_1("left", 65.0, balance=1.0),
        ),
        fps=30.0,
    )


@pytest.fixture(scope="module")
def balance():
    return dance(Phrase.of(fifth_position("left"), equilibre("left")), fps=30.0)


@pytest.fixture(scope="module")
def plie():
    return dance(Phrase.of(first_position(), demi_plie(depth=60.0)), fps=30.0)


LINE = ("leg_elevation", "arabesque_line.back_leg_angle", "knee_extension_support")


@pytest.mark.parametrize("heading", [90.0, -90.0])
def test_from_the_side_an_arabesque_is_measured(arabesque, heading):
    taken, _ = judged(filmed(arabesque, heading), *LINE, on="gesture")
    truth = movement_of(body_of(arabesque))
    (gesture,) = moments(arabesque, "gesture")
    assert {entry.measure for entry in taken} == set(LINE)
    for entry in taken:
        (one,) = [m for m in measures() if (m.id, m.on) == (entry.measure, "gesture")]
        true = one.value(truth, gesture.event, entry.side)
        low, high = entry.interval90
        assert low <= true <= high
        assert abs(entry.value - true) < 4.0


def test_a_leg_at_the_camera_is_not_measured(arabesque):
    taken, lacking = judged(filmed(arabesque, 0.0), *LINE[:2], on="gesture")
    assert "arabesque_line.back_leg_angle" not in {entry.measure for entry in taken}
    assert any("points at the camera" in reason for reason in reasons(lacking))
    assert all("across the picture" in entry.how_to_film for entry in lacking)


SEEN = {
    0.0: ("aplomb.pitch", "It is seen from the side, and the camera stood in front."),
    180.0: ("aplomb.pitch", "It is seen from the side, and the camera stood behind."),
    90.0: (
        "aplomb.side",
        "It is seen from the front or the back, and the camera stood at the side.",
    ),
    -45.0: (
        "aplomb.side",
        "It is seen from the front or the back, and the camera stood at an angle.",
    ),
}


@pytest.mark.parametrize("heading", SEEN)
def test_who_stood_elsewhere_is_told_where_to_film(plie, heading):
    name, reason = SEEN[heading]
    taken, lacking = judged(filmed(plie, heading), name, on="stance")
    assert not taken
    assert reasons(lacking) == {reason}
    wanted = "side" if name == "aplomb.pitch" else "front"
    assert {entry.how_to_film for entry in lacking} == {
        f"Film the dancer from the {wanted}."
    }


@pytest.mark.parametrize(
    ("heading", "name"),
    [(0.0, "aplomb.side"), (180.0, "pelvis_obliquity"), (90.0, "aplomb.pitch")],
)
def test_who_stood_right_is_told_the_lean(plie, heading, name):
    taken, _ = judged(filmed(plie, heading), name, on="stance")
    assert taken
    for entry in taken:
        low, high = entry.interval90
        assert low <= entry.value <= high
        assert abs(entry.value) < 2.0


@pytest.mark.parametrize("heading", [0.0, 45.0, 90.0])
def test_a_level_camera_shows_heights_from_anywhere(plie, heading):
    able = [m for m in measures() if (m.id, m.on) == ("plie_depth", "plie")]
    (event,) = moments(plie, "plie")
    movement = movement_of(body_of(filmed(plie, heading)))
    (depth,), _ = in_the_picture(able, movement, [event])
    true = able[0].value(movement_of(body_of(plie)), event.event, None)
    assert depth.value == pytest.approx(true, abs=0.02)
    assert depth.interval90[0] <= true <= depth.interval90[1]


def test_a_camera_that_looks_down_shows_no_heights(plie):
    _, lacking = judged(
        filmed(plie, 0.0, pitch=35.0),
        "heel_height",
        on="plie",
        moments=moments(plie, "plie"),
    )
    assert reasons(lacking) == {
        "It needs a level camera, and this one looks down or up."
    }


def test_a_tilted_camera_shows_nothing(balance):
    tracked = filmed(balance, 0.0)
    a = np.radians(20.0)
    middle = np.array([540.0, 960.0])[:, None, None]
    place = tracked["position"].to_numpy() - middle
    turned = np.einsum(
        "ij,tjkn->tikn", [[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]], place
    )
    tracked["position"] = tracked["position"].copy(data=turned + middle)
    taken, lacking = judged(
        tracked, "leg_elevation", "heel_height", moments=moments(balance, "balance")
    )
    assert not taken
    assert "Hold the camera upright." in {entry.how_to_film for entry in lacking}


def test_a_hidden_knee_is_not_said_as_the_height_of_a_leg(arabesque):
    tracked = filmed(arabesque, 90.0)
    hidden = {"keypoint": "left_knee"}
    for name in ("position", "world_position"):
        tracked[name].loc[hidden] = np.where(
            tracked["time"].to_numpy()[:, None, None] > 5.0,
            np.nan,
            tracked[name].loc[hidden].to_numpy(),
        )
    found = moments(arabesque, "gesture")
    taken, lacking = judged(tracked, "leg_elevation", moments=found)
    assert not taken
    assert reasons(lacking) == {"A point that it needs is hidden from the camera."}


def test_a_folded_leg_at_the_camera_is_not_said_as_the_height_of_a_leg(balance):
    found = moments(balance, "gesture")
    for heading in (0.0, 60.0, 90.0):
        tracked = filmed(balance, heading)
        taken, _ = judged(tracked, "leg_elevation", moments=found)
        assert not taken


def test_a_plie_that_only_the_depth_shows_did_not_happen(plie):
    still = dance(Phrase.of(first_position(counts=3.0)), fps=30.0)
    asked = ("plie_depth", "knee_flexion")
    found = moments(plie, "plie")
    taken, lacking = judged(filmed(still, 90.0), *asked, on="plie", moments=found)
    assert not taken
    assert all("only looks so" in reason for reason in reasons(lacking))
    taken, _ = judged(filmed(plie, 90.0), "plie_depth", moments=found)
    assert taken, "silence would pass without this"


def test_feet_that_slide_do_not_stand_yet():
    """A picture knows no speed of feet: from the first position to the fifth."""
    danced = dance(
        Phrase.of(first_position(counts=2.0), fifth_position("right", counts=1.0)),
        fps=30.0,
    )
    first = moments(danced, "stance")[0]
    slide = Span(70, 79, 70 / 30, 79 / 30)  # the middle of a second's way, at 0.2 m/s
    sliding = replace(first, frames=(70, 79), event=slide)
    tracked = filmed(danced, 0.0)
    taken, lacking = judged(tracked, "aplomb.plumb", on="stance", moments=[sliding])
    assert not taken
    assert all("only looks so" in reason for reason in reasons(lacking))
    taken, _ = judged(tracked, "aplomb.plumb", on="stance", moments=[first])
    assert taken, "silence would pass without this"


def test_who_turns_is_seen_from_all_sides():
    turn = dance(
        Phrase.of(fifth_position("right"), pirouette_en_dehors("right")), fps=60.0
    )
    found = moments(turn, "turn")
    assert found
    taken, lacking = judged(
        filmed(turn, 0.0), "arm_shape.elevation", on="turn", moments=found
    )
    assert not taken
    assert all("turns meanwhile" in reason for reason in reasons(lacking))


def test_knees_bend_and_do_not_say_to_which_side(plie):
    taken, _ = judged(filmed(plie, 0.0), "knee_flexion")
    assert taken
    assert all(entry.value >= 0.0 <= entry.interval90[0] for entry in taken)


def test_points_that_are_seen_badly_say_nothing(arabesque):
    tracked = filmed(arabesque, 90.0, said=0.15)
    found = moments(arabesque, "gesture")
    taken, lacking = judged(tracked, "leg_elevation", on="gesture", moments=found)
    assert not taken
    assert lacking


def test_progress_is_told(plie):
    told = []
    able = [m for m in measures() if m.id == "plie_depth"]
    movement = movement_of(body_of(filmed(plie, 0.0)))
    in_the_picture(able, movement, moments(plie, "plie"), lambda *at: told.append(at))
    assert told[-1][0] == told[-1][1] == len(told)
