"""Which qualities videos compare hangs on where the cameras stood, and is said."""

import pytest

from projecting import Camera, seen
from repetiteur.align.line_up import line_up
from repetiteur.expression.body import asked_for
from repetiteur.model.poses import body_of
from repetiteur.rehearsal.expressing import on_its_side, qualities
from repetiteur.rehearsal.pictured import not_comparable
from repetiteur.synthetic.demo import demo_reference


def filmed(heading, seed=0):
    body = body_of(demo_reference())
    camera = Camera(heading=heading, error=0.004, depth_error=0.03, seed=seed)
    return body_of(seen(body.time, dict(body.points), camera))


FRONT = filmed(10.0)


def beside(heading):
    take = filmed(heading, seed=1)
    found = line_up(FRONT, take)
    return on_its_side(take, found)


@pytest.mark.parametrize("heading", [10.0, 13.0])
def test_two_videos_from_one_place_are_compared_in_all_that_pictures_show(heading):
    take = beside(heading)
    assert not_comparable(FRONT, [take]) == ()
    told = {one.descriptor.id for one in qualities(FRONT, take).courses}
    assert {"arm_height", "effort_time"} <= told


def test_from_some_way_off_only_how_a_body_moves_is_compared():
    take = beside(30.0)
    found = qualities(FRONT, take)
    assert {one.descriptor.axis for one in found.courses} == {"energy"}
    (why,) = (one for one in found.not_judged if one.measure == "arm_height")
    assert "too far apart" in why.reason
    assert "same place" in why.how_to_film


def test_from_another_side_nothing_is_compared_and_that_is_said():
    take = beside(70.0)
    found = qualities(FRONT, take)
    assert found.courses == found.findings == ()
    assert {one.measure for one in found.not_judged} == {
        one.id for one in asked_for("robust")
    }


def test_one_reference_from_elsewhere_is_enough():
    near, far = beside(10.0), beside(30.0)
    assert not_comparable(FRONT, [near, far]) == not_comparable(FRONT, [far]) != ()


def test_motion_in_space_is_compared_in_all():
    body = body_of(demo_reference())
    assert not_comparable(body, [(body, line_up(body, body))]) == ()
