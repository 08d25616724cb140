"""What notes are worth beside planted faults, on notes and faults made by hand."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import projecting  # noqa: F401 -- brings the tests' own module "planting" in first

BENCHMARKS = Path(__file__).parents[3] / "benchmarks"


@pytest.fixture
def scores():
    import fault_scores

    return fault_scores


@pytest.fixture
def planted(scores):
    """An arm and a knee of the left side, a late phrase, and a bar left out."""
    arm = scores.Planted(
        "arm_lower", "left", -20.0, (2.0, 3.0), (2.5, 3.5), (2.5, 3.5), floor=6.0,
        course=scores.window_of(-20.0, (2.2, 2.8), 0.4),
    )  # fmt: skip
    knee = scores.Planted(
        "knee_bent", "left", 15.0, (5.0, 6.0), (5.5, 6.5), (5.5, 6.5), floor=5.0
    )
    late = scores.Planted(
        "late", None, 0.2, (8.0, 10.0), (8.5, 10.7), (8.5, 10.7), floor=0.07
    )
    bar = scores.Planted(
        "bar_left_out", None, -2.0, (12.0, 14.0), (12.7, 12.7), (12.7, 12.7), floor=0.5
    )
    return [arm, knee, late, bar]


def note(scores, measure, side, value, *spans, **given):
    a, b = spans[0]
    return scores.Said(
        measure=measure, side=side, value=value, unit="deg",
        interval=(value - 2.0, value + 2.0), floor=5.0, spans=spans,
        **{"reference": (a - 0.5, b - 0.5), "at_reference_s": 0.5 * (a + b) - 0.5,
           **given},
    )  # fmt: skip


@pytest.fixture
def right(scores):
    """The notes that name all four."""
    return [
        note(scores, "arm_shape.elevation", "left", -19.0, (2.5, 3.4)),
        note(scores, "knee_extension_support", "left", 14.0, (5.6, 6.5)),
        note(scores, "timing_path", None, 0.21, (8.4, 10.6)),
        note(scores, "step_presence", None, -2.1, (12.7, 12.7), reference=(11.9, 14.1)),
    ]


def trial(notes, planted):
    from fault_trials import Trial, scored

    faults, rows = scored(notes, planted)
    return Trial(0, "adage", real=False, seconds=30.0, faults=faults, notes=rows)


def shares(notes, planted):
    from fault_figures import headline

    found = headline([trial(notes, planted)])
    return found["recall"]["share"], found["precision"]["share"], found["side"]["share"]


def words(scores, notes, planted):
    return [one.word for one in scores.verdicts(notes, planted)]


def test_notes_that_name_every_fault_are_all_true(scores, planted, right):
    assert words(scores, right, planted) == ["true"] * 4
    assert shares(right, planted) == (1.0, 1.0, 1.0)


def test_silence_finds_nothing(planted):
    recall, precision, side = shares([], planted)
    assert recall == 0.0
    assert precision is None
    assert side is None


def test_naming_everything_is_not_precise(scores, planted, right):
    from fault_names import TABLE

    much = [
        note(scores, measure, side, sign * 20.0, (a, a + 2.0))
        for a in np.arange(0.0, 16.0, 2.0)
        for names in TABLE.values()
        for measure in names.names
        for side in ("left", "right")
        for sign in (1.0, -1.0)
    ]
    recall, precision, _ = shares([*right, *much], planted)
    assert recall == 1.0
    assert precision < 0.05


def test_a_wrong_side_is_found_and_false(scores, planted, right):
    wrong = [replace(right[0], side="right"), *right[1:]]
    assert words(scores, wrong, planted)[0] == "side"
    assert shares(wrong, planted) == (1.0, 0.75, 0.5)


@pytest.mark.parametrize(
    "change",
    [
        {"value": 19.0},
        {"measure": "leg_elevation"},
        {"spans": ((7.0, 8.0),)},
        {"spans": ((3.4, 4.4),)},
        {"spans": ((0.0, 15.0),)},
    ],
)
def test_wrong_direction_measure_or_time_is_false(scores, planted, right, change):
    wrong = [replace(right[0], **change), *right[1:]]
    assert words(scores, wrong, planted) == ["false", "true", "true", "true"]
    assert shares(wrong, planted)[:2] == (0.75, 0.75)


def test_a_second_note_on_one_fault_is_false(scores, planted, right):
    elbow = note(scores, "arm_shape.elbow_elevation", "left", -18.0, (2.5, 3.5))
    assert words(scores, [elbow], planted) == ["true"]
    assert words(scores, [elbow, *right], planted)[:2] == ["second", "true"]
    assert words(scores, [right[0], right[0]], planted) == ["true", "second"]
    assert shares([*right, elbow], planted)[1] == 0.8


def test_what_truly_follows_is_neither_true_nor_false(scores, planted, right):
    leg = note(scores, "leg_elevation", "left", 8.0, (5.6, 6.4))
    assert words(scores, [*right, leg], planted)[-1] == "follows"
    assert shares([*right, leg], planted) == (1.0, 1.0, 1.0)
    assert shares([leg], planted)[:2] == (0.0, None)
    other = replace(leg, side="right")
    later = replace(leg, spans=((7.0, 8.0),))
    assert words(scores, [other, later], planted) == ["false", "false"]


def test_a_note_is_as_good_as_its_worst_stretch(scores, planted, right):
    both = replace(right[0], spans=(*right[0].spans, (7.0, 8.0)))
    (verdict,) = scores.verdicts([both], planted)
    assert verdict.stretches == ("true", "false")
    assert verdict.word == "false"
    assert scores.found(planted, [verdict])[0] == "true"


def test_one_note_may_name_two_faults_of_one_kind(scores, planted):
    again = replace(planted[0], reference=(20.0, 21.0), take=(20.5, 21.5))
    arms = note(scores, "arm_shape.elevation", "left", -20.0, (2.5, 3.5), (20.5, 21.5))
    given = scores.verdicts([arms], [planted[0], again])
    assert given[0].word == "true"
    assert scores.found([planted[0], again], given) == ["true", "true"]


def test_small_faults_are_not_asked_for(scores, planted):
    small = replace(planted[0], size=-8.9)
    assert shares([], [small])[0] is None
    said = note(scores, "arm_shape.elevation", "left", -9.0, (2.5, 3.4))
    assert shares([said], [small])[:2] == (None, 1.0)
    assert shares([], [replace(small, size=-9.1)])[0] == 0.0


def test_what_a_view_does_not_show_is_not_asked_for(planted):
    hidden = [replace(one, shown=False) for one in planted]
    assert shares([], hidden)[0] is None


def test_the_sign_of_the_hips_says_the_side(scores):
    hip = scores.Planted(
        "hip_lifted", "right", 10.0, (2.0, 3.0), (2.5, 3.5), (2.5, 3.5)
    )
    right = note(scores, "pelvis_obliquity", None, -9.5, (2.5, 3.4))
    (verdict,) = scores.verdicts([right], [hip])
    assert (verdict.word, verdict.true_size) == ("true", -10.0)
    assert words(scores, [replace(right, value=9.5)], [hip]) == ["side"]


def test_a_size_is_held_against_the_fault_at_the_note_s_moment(scores, planted):
    from fault_figures import sizes

    whole = note(scores, "arm_shape.elevation", "left", -19.0, (2.5, 3.4),
                 at_reference_s=2.5)  # fmt: skip
    ramp = replace(whole, at_reference_s=2.0)
    (one,) = scores.verdicts([whole], planted)
    (two,) = scores.verdicts([ramp], planted)
    assert one.true_size == pytest.approx(-20.0)
    assert two.true_size == pytest.approx(-10.0)
    table = [sizes(trial([n], planted).notes, ["arm_lower"]) for n in (whole, ramp)]
    assert [t["error_median"] for t in table] == pytest.approx([1.0, 9.0])
    assert [t["holds"]["share"] for t in table] == [1.0, 0.0]


def test_a_fault_of_both_sides_may_be_named_on_both(scores):
    lift = scores.Planted(
        "shoulders_lifted", None, 0.08, (2.0, 3.0), (2.5, 3.5), (2.5, 3.5)
    )
    left = note(scores, "shoulder_lift", "left", 0.08, (2.5, 3.4))
    assert words(scores, [left, replace(left, side="right")], [lift]) == [
        "true", "follows"
    ]  # fmt: skip
    assert words(scores, [left, left], [lift]) == ["true", "second"]


def test_every_fault_of_the_planter_has_a_name():
    from fault_names import TABLE, declared_floors
    from planting_faults import KINDS

    events = {"late", "early", "balance_cut", "jump_lower", "turn_short"}
    assert set(TABLE) == {*KINDS, *events, "bar_left_out", "bar_repeated"}
    floors = declared_floors()
    for kind, names in TABLE.items():
        assert any(floors.get(name, 0.0) > 0.0 for name in names.names), kind


@pytest.mark.parametrize(("hits", "of"), [(9, 10), (0, 7), (40, 40)])
def test_a_share_has_wilson_s_interval(hits, of):
    from fault_figures import share
    from scipy.stats import binomtest

    found = share(hits, of)
    ends = binomtest(hits, of).proportion_ci(0.9, method="wilson")
    assert found["share"] == hits / of
    assert found["interval90"] == pytest.approx(list(ends), abs=1e-3)
    assert share(0, 0)["share"] is None


def test_a_limb_that_points_at_the_camera_is_not_shown():
    from fault_view import shown
    from planting_figure import Motion
    from planting_shapes import Fault

    time = np.arange(0.0, 5.0, 0.02)
    places = {
        "left_hip": (0.1, 1.0, 0.0),
        "right_hip": (-0.1, 1.0, 0.0),
        "left_ankle": (0.9, 1.0, 0.0),  # to the left, level
    }
    points = {name: np.tile(place, (time.size, 1)) for name, place in places.items()}
    motion = Motion("", time, points)

    def of(kind, side=None):
        return Fault(kind, side, -15.0, "deg", "", 1.0, 2.0, 0.3)

    faults = [
        of("leg_lower", "left"),
        of("trunk_pitched"),
        of("hip_lifted"),
        of("late"),
    ]
    assert shown(motion, faults, 0.0) == [True, False, True, True]
    assert shown(motion, faults, 25.0) == [True, False, True, True]
    assert shown(motion, faults, 90.0) == [False, True, False, True]
    assert not shown(motion, [of("turn_short", "left"), of("head_dropped")], 90.0)[0]


def standing():
    """A body with a leg to its left, level, as it faces the audience."""
    from planting_figure import Motion

    time = np.arange(0.0, 5.0, 0.02)
    places = {
        "left_hip": (0.1, 1.0, 0.0),
        "right_hip": (-0.1, 1.0, 0.0),
        "left_knee": (0.5, 1.0, 0.0),
        "left_ankle": (0.9, 1.0, 0.0),
        "left_toe": (1.1, 1.0, 0.0),
        "head_top": (0.0, 1.7, 0.0),
        "right_ankle": (-0.1, 0.0, 0.0),
    }
    points = {name: np.tile(place, (time.size, 1)) for name, place in places.items()}
    return Motion("", time, points)


def a_fault(kind, side, size):
    from planting_shapes import Fault

    return Fault(kind, side, size, "deg", "", 1.0, 2.0, 0.3)


@pytest.mark.parametrize(
    ("kind", "side", "ends"),
    [
        ("hip_lifted", None, [(0.0, 0.0), (0.2, 0.0)]),
        ("leg_lower", "left", [(0.0, 0.0), (0.8, 0.0)]),
        ("knee_bent", "left", [(0.0, 0.0), (0.4, 0.0), (0.8, 0.0)]),
        ("foot_unpointed", "left", [(0.0, 0.0), (0.4, 0.0), (0.6, 0.0)]),
    ],
)
def test_a_tracker_s_error_of_an_angle_is_that_of_points_that_err(
    kind, side, ends, rng
):
    from fault_resolution import error_deg, floor_in_picture
    from planting_camera import TRACKED

    fault = a_fault(kind, side, 12.0)
    off = rng.normal(scale=1.7 * TRACKED["error"], size=(4000, len(ends), 2))
    lines = np.diff(np.array(ends) + off, axis=1)
    angles = np.degrees(np.arctan2(lines[..., 1], lines[..., 0]))
    drawn = angles[:, -1] - (angles[:, 0] if len(ends) > 2 else 0.0)
    # Of two takes, seven tenths of the variance being the same in both.
    wanted = np.sqrt(2.0 * 0.3) * drawn.std()
    found = error_deg(standing(), fault)
    assert found == pytest.approx(wanted, rel=0.06)
    floor = floor_in_picture(3.0, standing(), fault)
    assert floor == pytest.approx(np.hypot(3.0, 1.645 * found), rel=1e-3)


def test_what_is_told_by_time_has_its_own_floor_before_a_camera_too():
    from fault_resolution import floor_in_picture

    late = a_fault("late", None, 0.2)
    assert floor_in_picture(0.07, standing(), late) == 0.07


def test_the_picture_draws_each_kind_with_its_floor():
    from xml.etree import ElementTree as ET

    from fault_figures import share
    from fault_picture import picture

    row = {"floor": 5.0, "by_size": {"3": share(0, 9), "12": share(8, 9)}}
    drawn = ET.fromstring(picture({"leg_lower": row, "hip_lifted": row}))
    texts = [one.text for one in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert {"Leg lower", "Hip lifted"} <= set(texts)
    dashed = [one for one in drawn.iter() if one.get("stroke-dasharray")]
    assert len(dashed) == 4


@pytest.fixture
def pairs(monkeypatch):
    """benchmarks/fault_pairs.py; it needs the planter, not the tests' namesake."""
    spec = importlib.util.spec_from_file_location(
        "planting", BENCHMARKS / "planting.py"
    )
    planter = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "planting", planter)
    spec.loader.exec_module(planter)
    monkeypatch.delitem(sys.modules, "fault_pairs", raising=False)
    import fault_pairs

    yield fault_pairs
    sys.modules.pop("fault_pairs", None)


@pytest.mark.parametrize("mirrored", [0.0, 1.0])
def test_a_tracker_errs_alike_wherever_a_pose_is_alike(pairs, mirrored):
    from planting_sources import synthetic
    from planting_variation import Ranges

    same = Ranges(scale=(1.0, 1.0), bones=0.0, tempo=(1.0, 1.0), wobble_s=(0.0, 0.0),
                  noise_m=(0.0, 0.0), fps=(60.0, 60.0), start_s=(0.0, 0.0),
                  mirrored=mirrored)  # fmt: skip
    source = synthetic()["lines"].cut(0.0, 6.0)
    pair = pairs.draw_pair(source, np.random.default_rng(1), count=0, within=same)

    def knee(recording, side):
        place = recording.poses["position"].sel(keypoint=f"{side}_knee")
        return place.to_numpy()[:300, :, 0]

    def apart(shared):
        one, two = pairs.filmed(pair, 90.0, shared=shared)
        ours, theirs = knee(one, "left"), knee(two, "right" if mirrored else "left")
        if mirrored:
            theirs = [two.poses.attrs["image_width"], 0.0] + theirs * [-1.0, 1.0]
        return float(np.median(np.abs(ours - theirs)))

    assert apart(shared=1.0) < 0.3
    assert apart(shared=0.0) > 2.0
