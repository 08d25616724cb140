"""Following: lost and found again, and looking twice where it is in doubt."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from repetiteur.track.backend import Eyes
from repetiteur.track.follow import APART, CHECK_EVERY, Follower, agreement
from repetiteur.track.regions import Region
from repetiteur.track.sights import Look, Person
from repetiteur.track.whereabouts import Whereabouts

PICTURE = np.zeros((100, 100, 3), np.uint8)
NOWHERE = Whereabouts(np.empty(0), np.empty((0, 2)), np.empty(0))


@dataclass
class FakePeople:
    """Finds one person, unless told that there is none."""

    there: bool = True
    asked: int = 0
    asked_small: int = 0

    def find(self, picture: np.ndarray) -> list[Person]:
        self.asked += 1
        at = np.array([50.0, 60.0])
        one = Person(0.9, np.zeros(4), at, at - (0.0, 20.0))
        return [one] if self.there else []

    def find_small(self, picture: np.ndarray) -> list[Person]:
        self.asked_small += 1
        return []


@dataclass
class FakeJoints:
    """Sees a body that stands still; in another region it may lie elsewhere."""

    presence: float = 1.0
    shift: float = 0.0
    elsewhere: float = 0.0
    regions: list[Region] = field(default_factory=list)

    def look(self, picture: np.ndarray, where: Region) -> Look:
        self.regions.append(where)
        turned = where.angle != 0.0
        pixels = np.full((33, 2), 50.0) + self.shift + self.elsewhere * turned
        region = Region(50.0, 60.0, 50.0, 0.0)
        world = np.zeros((33, 3))
        return Look(self.presence, pixels, np.full(33, 0.8), world, region)


def _follower() -> tuple[Follower, FakePeople, FakeJoints]:
    people, joints = FakePeople(), FakeJoints()
    follower = Follower(Eyes(people, joints), NOWHERE)
    return follower, people, joints


def test_a_dancer_in_view_is_detected_once() -> None:
    follower, people, joints = _follower()
    for frame in range(1, CHECK_EVERY):
        assert follower.step(PICTURE, frame, 0.0) is not None
    assert people.asked == 1
    # Two looks from the detection, then one a frame, each from the look before.
    assert len(joints.regions) == CHECK_EVERY
    assert set(joints.regions[1:]) == {Region(50.0, 60.0, 50.0, 0.0)}


def test_a_lost_dancer_is_found_again_in_the_same_picture() -> None:
    follower, people, joints = _follower()
    follower.step(PICTURE, 1, 0.0)
    joints.presence, people.there = 0.1, False
    assert [follower.step(PICTURE, frame, 0.0) for frame in range(2, 22)] == [None] * 20
    assert people.asked_small == 2  # at once, and after ten
    joints.presence, people.there = 1.0, True
    assert follower.step(PICTURE, 22, 0.0) is not None


def test_two_looks_that_disagree_lower_the_confidence_until_they_agree() -> None:
    follower, _, joints = _follower()
    for frame in range(1, CHECK_EVERY):
        follower.step(PICTURE, frame, 0.0)
    joints.elsewhere = 50.0 * APART * 3 / np.sqrt(2)
    doubted = [
        follower.step(PICTURE, f, 0.0) for f in range(CHECK_EVERY, CHECK_EVERY + 3)
    ]
    for look in doubted:
        assert look is not None
        np.testing.assert_allclose(look.confidence, 0.08)
    joints.elsewhere = 0.0
    looks = [follower.step(PICTURE, CHECK_EVERY + frame, 0.0) for frame in (3, 4)]
    assert all(look is not None and look.confidence[0] == 0.8 for look in looks)
    seen = len(joints.regions)
    follower.step(PICTURE, CHECK_EVERY + 5, 0.0)
    assert len(joints.regions) == seen + 1  # agreed: one look a frame again


def test_a_body_that_leaps_is_looked_at_twice() -> None:
    follower, _, joints = _follower()
    for frame in range(1, 4):
        follower.step(PICTURE, frame, 0.0)
    seen = len(joints.regions)
    joints.shift = 30.0
    follower.step(PICTURE, 4, 0.0)
    assert len(joints.regions) == seen + 2


def test_a_look_that_is_not_a_number_is_none() -> None:
    follower, _, joints = _follower()
    joints.shift = float("nan")
    assert follower.step(PICTURE, 1, 0.0) is None


def test_agreement_falls_with_distance() -> None:
    falling = agreement(np.linspace(0.0, 1.0, 50))
    assert falling[0] == 1.0
    assert (np.diff(falling) < 0).all()


def test_who_turns_out_to_be_someone_else_is_let_go() -> None:
    people, joints = FakePeople(), FakeJoints()
    far = Whereabouts(np.array([0.0, 1.0]), np.full((2, 2), 200.0), np.full(2, 20.0))
    follower = Follower(Eyes(people, joints), far)
    # Between the finds, the dancer may be anywhere near; at the second, only there.
    near = Whereabouts(np.array([0.0, 1.0]), np.array([[50.0, 60.0], [200.0, 200.0]]),
                       np.full(2, 20.0))  # fmt: skip
    assert follower.step(PICTURE, 1, 1.0) is None
    follower = Follower(Eyes(people, joints), near)
    assert follower.step(PICTURE, 1, 0.0) is not None
    assert follower.step(PICTURE, 2, 0.05) is not None
    assert follower.step(PICTURE, 3, 1.0) is None
