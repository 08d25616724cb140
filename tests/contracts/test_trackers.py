"""What every registered tracker promises."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from repetiteur.errors import MissingWeights
from repetiteur.io.video import frames, scan
from repetiteur.model.skeletons import KEYPOINTS, other_side
from repetiteur.track import backend, weights
from repetiteur.track.backend import register, tracker_of, trackers
from repetiteur.track.regions import Region

PAGE = Path(__file__).parents[2] / "docs" / "add-a-tracker.md"
ALL = list(trackers())
every = pytest.mark.parametrize("tracker", ALL, ids=[one.name for one in ALL])
#: What a dancer is measured by; a tracker without these is of no use.
NEEDED = {
    f"{side}_{part}"
    for side in ("left", "right")
    for part in ("shoulder", "elbow", "wrist", "hip", "knee", "ankle", "heel", "toe")
} | {"nose"}


@every
def test_it_is_found_by_a_name_that_a_command_can_take(tracker):
    assert tracker_of(tracker.name) is tracker
    assert re.fullmatch(r"[a-z][a-z0-9-]*", tracker.name)
    assert tracker.software.startswith("repetiteur ")
    assert len({one.software for one in ALL}) == len(ALL)


@every
def test_keypoints_are_known_or_documented_and_there_for_both_sides(tracker):
    names = tracker.keypoints
    assert len(set(names)) == len(names)
    assert {other_side(name) for name in names} == set(names)
    assert set(names) >= NEEDED
    documented = set(re.findall(r"`(\w+)`", PAGE.read_text("utf-8")))
    for name in names:
        part = name.removeprefix("left_").removeprefix("right_")
        assert name in KEYPOINTS or part in documented, name


@every
def test_missing_weights_are_said_with_what_to_run(tracker, tmp_path, monkeypatch):
    monkeypatch.setattr(weights, "data_folder", lambda: tmp_path / "home")
    monkeypatch.setattr(weights, "_PACKAGE", tmp_path / "package")
    with pytest.raises(MissingWeights, match=r"[Rr]un:? \S+") as told:
        tracker.weights()
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("name", [ALL[0].name])
def test_a_name_is_given_once(name):
    with pytest.raises(ValueError, match="name of its own"):
        register(tracker_of(name))
    with pytest.raises(ValueError, match=name):
        tracker_of("none-of-these")


def test_a_tracker_from_elsewhere_can_be_registered(monkeypatch):
    monkeypatch.setattr(backend, "_registry", dict(backend._registry))
    register(replace(ALL[0], name="another"))
    assert tracker_of("another").keypoints == ALL[0].keypoints
    assert {one.name for one in trackers()} == {*(one.name for one in ALL), "another"}


@pytest.fixture(scope="module")
def eyes_of():
    """Eyes of a tracker, whose weights are there."""
    made = {}

    def eyes(tracker):
        if tracker.name not in made:
            try:
                made[tracker.name] = tracker.eyes(tracker.weights())
            except MissingWeights as error:
                pytest.skip(str(error))
        return made[tracker.name]

    return eyes


def check(look, points):
    assert 0.0 <= look.presence <= 1.0
    assert look.pixels.shape == (points, 2)
    assert np.isfinite(look.pixels).all()
    assert look.confidence.shape == (points,)
    assert ((look.confidence >= 0.0) & (look.confidence <= 1.0)).all()
    assert look.world.shape == (points, 3)
    assert np.isfinite(look.world).all() or np.isnan(look.world).all()
    region = (look.region.x, look.region.y, look.region.side, look.region.angle)
    assert np.isfinite(region).all()


@every
def test_nobody_is_on_a_blank_picture(tracker, eyes_of):
    eyes = eyes_of(tracker)
    blank = np.zeros((240, 320, 3), np.uint8)
    before = blank.copy()
    assert eyes.people.find(blank) == []
    assert eyes.people.find_small(blank) == []
    look = eyes.joints.look(blank, Region(160.0, 120.0, 200.0, 0.0))
    check(look, len(tracker.keypoints))
    assert look.presence < 0.5
    assert (blank == before).all()


@pytest.fixture(scope="module")
def squat(test_data):
    """The first picture of someone who squats."""
    video = scan(test_data / "video" / "pose_squats.mp4")
    return next(iter(frames(video, 0, 1))).rgb


@every
def test_someone_is_found_with_her_joints(tracker, eyes_of, squat):
    eyes = eyes_of(tracker)
    before = squat.copy()
    person = eyes.people.find(squat)[0]
    first = eyes.joints.look(squat, person.region)
    look = eyes.joints.look(squat, first.region)
    check(look, len(tracker.keypoints))
    assert look.presence >= 0.5
    at = dict(zip(tracker.keypoints, look.pixels, strict=True))
    height, width = squat.shape[:2]
    for side in ("left", "right"):
        down = [at[f"{side}_{part}"][1] for part in ("shoulder", "hip", "ankle")]
        assert sorted(down) == down, "y is down"
        x, y = at[f"{side}_hip"]
        assert 0 < x < width
        assert 0 < y < height
    # A second look from elsewhere finds the same joints, and nothing was kept.
    again = eyes.joints.look(squat, look.region.altered(larger=1.1, turned=0.1))
    off = np.hypot(*(again.pixels - look.pixels).T) / look.region.side
    assert np.median(off) < 0.03
    assert (squat == before).all()


def test_the_tracker_of_the_page_finds_a_light(monkeypatch):
    monkeypatch.setattr(backend, "_registry", dict(backend._registry))
    code = re.search(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    page: dict = {}
    exec(code[1], page)
    tracker = tracker_of("mine")

    def brightest(cut):
        y, x = np.unravel_index(int(cut[..., 0].argmax()), cut.shape[:2])
        place = (np.array([x, y]) + 0.5) / len(cut)
        return np.tile([*place, 0.8], (len(tracker.keypoints), 1))

    picture = np.zeros((200, 300, 3), np.uint8)
    picture[88:92, 118:122] = 255
    look = page["Joints"](brightest).look(picture, Region(130.0, 95.0, 120.0, 0.4))
    check(look, len(tracker.keypoints))
    assert np.allclose(look.pixels, (120.0, 90.0), atol=2.5)
