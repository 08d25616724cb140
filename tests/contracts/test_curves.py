"""What every registered curve must hold, whoever wrote it."""

import re

import numpy as np
import pytest

import altered
import bodies
from owned import ours
from projecting import Camera, seen
from repetiteur.coaching.wording import LANGUAGES, wording
from repetiteur.errors import MissingKeypoints
from repetiteur.model.findings import Difference
from repetiteur.model.poses import body_of
from repetiteur.model.skeletons import KEYPOINTS, other_side
from repetiteur.technique.curve import curves
from repetiteur.technique.reading import read
from unit.report import small_rehearsal as made

ALL = [(m, side) for m in curves() for side in m.sides]
IDS = [f"{m.id}-{side}" for m, side in ALL]
every = pytest.mark.parametrize(("measure", "side"), ALL, ids=IDS)
OURS = {one.id for one in ours(curves())}
TIME, POINTS = bodies.moving_points()
BODY = bodies.body(TIME, POINTS)

#: Measures whose sign names a side of the body: a mirror turns it round.
TURNS_ROUND = {"aplomb.side", "pelvis_obliquity"}


@every
def test_one_finite_value_a_frame(measure, side):
    curve = measure.of(BODY, side)
    assert curve.shape == TIME.shape
    assert np.isfinite(curve).all()
    assert np.ptp(curve) > 0.1, "the test's body moves everything"


@every
@pytest.mark.parametrize("degrees", [0.0, 90.0, 137.0, -60.0])
@pytest.mark.parametrize("scale", [1.0, 0.7])
def test_free_of_facing_place_and_size(measure, side, degrees, scale):
    moved = {
        n: scale * p + [2.0, 0, -1] for n, p in altered.turned(POINTS, degrees).items()
    }
    curve = measure.of(bodies.body(TIME, moved), side)
    assert np.allclose(curve, measure.of(BODY, side), atol=1e-6)


@every
def test_a_mirror_changes_the_side_alone(measure, side):
    seen = measure.of(
        BODY.mirrored(), None if side is None else other_side(f"{side}_").strip("_")
    )
    sign = -1.0 if measure.id in TURNS_ROUND else 1.0
    assert np.allclose(sign * seen, measure.of(BODY, side), atol=1e-6)


@every
def test_unseen_is_nan_and_nothing_else_is(measure, side):
    needs = [need.format(side=side) for need in measure.needs]
    hidden = {n: p.copy() for n, p in POINTS.items()}
    for name in needs[:1] or hidden:  # a measure with alternatives: hide them all
        hidden[name][10:13] = np.nan
    curve = measure.of(bodies.body(TIME, hidden), side)
    assert np.isnan(curve[10:13]).all()
    assert np.isfinite(np.delete(curve, [10, 11, 12])).all()


@every
def test_missing_keypoints_are_named(measure, side):
    needs = [need.format(side=side) for need in measure.needs[:1]]
    fewer = {n: p for n, p in POINTS.items() if needs and n not in needs}
    with pytest.raises(MissingKeypoints, match=needs[0] if needs else measure.id):
        measure.of(bodies.body(TIME, fewer), side)


@every
def test_needs_are_keypoints_and_errors_are_declared(measure, side):
    needs = [need.format(side=side).split("|") for need in measure.needs]
    assert {name for names in needs for name in names} <= set(KEYPOINTS)
    assert 0 < measure.error < measure.floor
    assert 0 < measure.variation < measure.floor
    assert measure.source


@every
def test_says_what_a_camera_has_to_see(measure, side):
    assert measure.view is None or not measure.plane, "one of the two, or neither"
    ends = [end for bone in measure.plane for end in bone.split("-")]
    asked = {n for end in ends for n in end.format(side=side).split("|")}
    assert asked <= set(KEYPOINTS)


@every
@pytest.mark.parametrize("heading", [0.0, 45.0, 90.0, 160.0])
def test_a_camera_sees_it_or_says_why_not(measure, side, heading):
    body = body_of(seen(TIME, POINTS, Camera(heading=heading)))
    reading = read(measure, body, side)
    blind = np.logical_or.reduce(list(reading.blind.values()))
    assert (np.isnan(reading.values) == blind).all()
    assert (reading.sd[~blind] > 0).all()
    assert (reading.sd[~blind] < 60.0).all()


@every
def test_a_mirrored_picture_changes_the_side_alone(measure, side):
    body = body_of(seen(TIME, POINTS, Camera(heading=20.0)))
    other = None if side is None else other_side(f"{side}_").strip("_")
    sign = -1.0 if measure.id in TURNS_ROUND else 1.0
    one, two = read(measure, body, side), read(measure, body.mirrored(), other)
    assert np.allclose(sign * two.values, one.values, atol=1e-6, equal_nan=True)
    # A median of lengths has a corner, where errors go one way or the other.
    assert np.allclose(two.sd, one.sd, rtol=0.05, atol=1e-6, equal_nan=True)


@pytest.mark.parametrize("language", LANGUAGES)
@every
def test_has_its_words(measure, side, language):
    if measure.id not in OURS:
        return  # plain words
    catalogue = f"messages.{language}.yaml"
    notes = wording(language).messages["notes"]
    assert measure.id in notes, f"{catalogue} has no words under notes for {measure.id}"
    for kind in ("less", "more"):
        entry = notes[measure.id].get(kind) or {}
        for part in ("say", "reason"):
            where = f"notes, {measure.id}, {kind}"
            assert entry.get(part, "").strip(), (
                f"{catalogue} has no {part} under {where}"
            )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["less", "more"])
@every
def test_its_words_tell_the_take_from_the_reference(measure, side, kind, language):
    """The smallest differences that are said are no 0 in words."""
    size = (1.0 if kind == "more" else -1.0) * 1.1 * measure.floor
    note = made.note(
        measure=measure.id,
        side=side,
        kind=kind,
        difference=Difference(size, measure.unit, (size, size), measure.floor),
        reference_value=3.0 * measure.floor,
        take_value=3.0 * measure.floor + size,
    )
    words = wording(language)
    said = words.worded(note)
    entry = words.messages["notes"].get(measure.id, words.messages["plain"])[kind]
    for template, text in ((entry["say"], said.text), (entry["reason"], said.reason)):
        assert not re.search(r"[{}]", text)
        numbers = [float(one) for one in re.findall(r"\d+(?:\.\d+)?", text)]
        assert all(numbers)
        if "{take}" in template and "{ref}" in template:
            assert len(set(numbers)) > 1, text
