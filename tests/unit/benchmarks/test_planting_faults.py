"""Planted faults are what they say, by formulas of the test's own."""

from __future__ import annotations

import importlib.util
import sys
from functools import cache
from pathlib import Path

import numpy as np
import pytest

import projecting  # noqa: F401 -- brings the tests' own module "planting" in first

BENCHMARKS = Path(__file__).parents[3] / "benchmarks"
SIDES = ("left", "right")
KINDS = (
    "leg_lower", "knee_bent", "elbow_dropped", "arm_lower", "trunk_pitched",
    "head_dropped", "foot_unpointed", "hip_lifted", "shoulders_lifted",
)  # fmt: skip


@cache
def dances():
    from planting_sources import synthetic

    return synthetic()


@pytest.fixture
def planter(monkeypatch):
    """benchmarks/planting.py, beside the tests' module of the same name."""
    spec = importlib.util.spec_from_file_location(
        "the_planter", BENCHMARKS / "planting.py"
    )
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "the_planter", module)
    spec.loader.exec_module(module)
    return module


def drawn(kind, source, seed=0):
    from planting_slips import draw_faults

    rng = np.random.default_rng(seed)
    moved, faults = draw_faults(source, rng, count=1, kinds=[kind])
    return moved, faults


def cosine(a, b):
    """Angle by the dot product, (frames,) degrees."""
    dot = (a * b).sum(axis=1)
    return np.degrees(
        np.arccos(np.clip(dot / np.sqrt((a**2).sum(1) * (b**2).sum(1)), -1, 1))
    )


def measured(kind, side, p):
    """What a fault should change, (frames,) in its unit."""
    down = np.array([[0.0, -1.0, 0.0]])

    def at(part, whose=side):
        return p[f"{whose}_{part}"]

    hips, shoulders = (
        0.5 * (p[f"left_{n}"] + p[f"right_{n}"]) for n in ("hip", "shoulder")
    )
    if kind == "leg_lower":
        return cosine(at("ankle") - at("hip"), down)
    if kind == "knee_bent":
        return cosine(at("knee") - at("hip"), at("ankle") - at("knee"))
    if kind == "elbow_dropped":
        return cosine(at("elbow") - at("shoulder"), down)
    if kind == "arm_lower":
        return cosine(at("wrist") - at("shoulder"), down)
    if kind == "foot_unpointed":
        return 90.0 - cosine(at("ankle") - at("knee"), at("toe") - at("heel"))
    if kind == "hip_lifted":
        over = at("hip") - at("hip", "left" if side == "right" else "right")
        return 90.0 - cosine(over, -down)
    if kind == "shoulders_lifted":
        return np.linalg.norm(p["head"] - shoulders, axis=1)
    if kind == "head_dropped":
        ears = 0.5 * (p["left_ear"] + p["right_ear"])
        return 90.0 - cosine(p["nose"] - ears, down)
    left = (p["left_hip"] - p["right_hip"]) * [1.0, 0.0, 1.0]
    left /= np.linalg.norm(left, axis=1, keepdims=True)
    ahead = np.cross(left, -down)
    trunk = shoulders - hips
    return np.degrees(np.arctan2((trunk * ahead).sum(axis=1), trunk[:, 1]))


@pytest.mark.parametrize("kind", KINDS)
def test_a_fault_has_its_size_in_its_interval_and_nothing_outside(kind):
    source = dances()["adage"]
    moved, (fault,) = drawn(kind, source)
    change = measured(kind, fault.side, moved.points)
    change = change - measured(kind, fault.side, source.points)
    whole = (source.time >= fault.start_s) & (source.time <= fault.end_s)
    before, after = fault.span
    outside = (source.time < before) | (source.time > after)
    assert whole.sum() >= 20
    if kind == "shoulders_lifted":  # the neck is not quite along the trunk
        assert np.median(change[whole]) == pytest.approx(fault.size, rel=0.15)
    else:
        assert np.abs(change[whole] - fault.size).max() < 0.35
    assert np.abs(change[outside]).max() < 1e-6
    assert abs(fault.size) >= (0.03 if fault.unit == "m" else 8.0)


@pytest.mark.parametrize("kind", [k for k in KINDS if k != "shoulders_lifted"])
def test_the_bones_are_as_long_as_they_were(kind):
    source = dances()["adage"]
    moved, _ = drawn(kind, source, seed=1)
    bones = [("hip", "knee"), ("knee", "ankle"), ("ankle", "toe"),
             ("shoulder", "elbow"), ("elbow", "wrist")]  # fmt: skip
    for side in SIDES:
        for a, b in bones:
            one, two = (
                np.linalg.norm(
                    m.points[f"{side}_{a}"] - m.points[f"{side}_{b}"], axis=1
                )
                for m in (source, moved)
            )
            np.testing.assert_allclose(one, two, atol=1e-9)


def test_the_standing_foot_stays_where_the_knee_bends_over_it():
    source = dances()["adage"]
    moved, (fault,) = drawn("knee_bent", source)
    for part in ("toe", "heel", "ankle"):
        name = f"{fault.side}_{part}"
        np.testing.assert_allclose(moved.points[name], source.points[name], atol=1e-9)
    sunk = (source.points["head"] - moved.points["head"])[:, 1].max()
    assert 0.002 < sunk < 0.08


def test_what_is_not_what_it_says_is_refused():
    from dataclasses import replace

    from planting_faults import check
    from planting_figure import figure_of
    from planting_shapes import NotPlantedError

    source = dances()["adage"]
    moved, (fault,) = drawn("arm_lower", source)
    before, after = figure_of(source), figure_of(moved)
    check(before, after, fault)
    with pytest.raises(NotPlantedError, match="off by"):
        check(before, before, fault)  # nothing planted
    with pytest.raises(NotPlantedError, match="off by"):
        check(before, after, replace(fault, size=fault.size + 2.0))
    with pytest.raises(NotPlantedError, match="changed too"):
        check(before, figure_of(drawn("trunk_pitched", moved)[0]), fault)
    longer = after.vectors.copy()
    longer[:, after.index("left_hand")] *= 1.1
    with pytest.raises(NotPlantedError, match="bone to left_hand"):
        check(before, after.with_vectors(longer), fault)


def test_where_a_fault_makes_no_sense_none_is_planted():
    source = dances()["adage"].cut(0.0, 6.0)  # both feet on the floor
    for kind in ("leg_lower", "knee_bent", "hip_lifted", "foot_unpointed"):
        moved, faults = drawn(kind, source)
        assert faults == []
        assert moved is source


def test_faults_do_not_meet_on_one_limb_and_time():
    from planting_faults import KINDS, named
    from planting_slips import draw_faults

    met = 0
    for seed in range(6):
        rng = np.random.default_rng(seed)
        _, faults = draw_faults(dances()["adage"], rng, count=6)
        assert len(faults) == 6
        for k, one in enumerate(faults):
            for two in faults[:k]:
                limbs = [named(KINDS[f.kind].limbs, f.side) for f in (one, two)]
                if limbs[0] & limbs[1]:
                    met += 1
                    assert one.span[0] > two.span[1] or two.span[0] > one.span[1]
    assert met


def test_a_lower_jump_loses_height_and_time():
    from planting_slips import Busy
    from planting_timely import draw_jump, put_event

    source = dances()["allegro"]
    event = draw_jump(source, np.random.default_rng(0), tempo=1.0, busy=Busy())
    moved = put_event(source, event)
    flight = (source.time > event.fault.start_s) & (source.time < event.fault.end_s)
    tops = [m.points["pelvis"][flight, 1].max() for m in (source, moved)]
    seconds = event.fault.end_s - event.fault.start_s
    left = seconds - 2.0 * event.late.seconds
    lost = 9.81 * (seconds**2 - left**2) / 8.0
    assert lost == pytest.approx(-event.fault.size)
    assert tops[0] - tops[1] == pytest.approx(lost, rel=0.15)
    ends = np.array([event.fault.start_s, event.fault.end_s])
    assert event.late.at(ends) == pytest.approx(
        [event.late.seconds, -event.late.seconds]
    )


def test_a_turn_is_short_by_a_half_and_made_up_for():
    from planting_slips import Busy
    from planting_timely import draw_turn, put_event

    source = dances()["allegro"]
    event = draw_turn(source, np.random.default_rng(0), busy=Busy())
    moved = put_event(source, event)

    def turned(motion):
        hips = motion.points["left_hip"] - motion.points["right_hip"]
        way = np.unwrap(np.arctan2(hips[:, 0], hips[:, 2]))
        a, b = np.searchsorted(motion.time, [event.fault.start_s, event.fault.end_s])
        return abs(np.degrees(way[b] - way[a]))

    assert turned(source) > 330.0
    assert turned(moved) - turned(source) == pytest.approx(-180.0, abs=1.0)
    ahead = np.linalg.norm(moved.points["left_toe"] - source.points["left_toe"], axis=1)
    assert ahead[-1] < 1e-6
    assert ahead[0] < 1e-6


def test_a_balance_is_cut_by_as_much_as_is_said(planter):
    from planting_variation import Ranges

    still = Ranges(tempo=(1.0, 1.0), wobble_s=(0.0, 0.0), mirrored=0.0)
    pair = planter.draw_pair(
        dances()["adage"], np.random.default_rng(3), count=1, kinds=["balance_cut"],
        within=still,
    )  # fmt: skip
    (fault,) = pair.faults
    a, b = pair.span_in_take(fault)
    assert b - a == pytest.approx(fault.end_s - fault.start_s + fault.size, abs=0.02)


def test_a_pair_is_the_same_for_the_same_seed(planter):
    source = dances()["adage"]
    one, same, other = (
        planter.draw_pair(source, np.random.default_rng(seed), count=3)
        for seed in (5, 5, 6)
    )
    assert one.faults == same.faults != other.faults
    assert len(one.faults) == 3
    names = list(one.take.motion.points)
    assert all(
        np.array_equal(one.take.motion.points[n], same.take.motion.points[n])
        for n in names
    )


def test_a_pair_without_faults_has_none(planter):
    pair = planter.draw_pair(dances()["lines"], np.random.default_rng(5), count=0)
    assert pair.faults == ()
    assert pair.take.truth.breaks == ()
    assert pair.take.truth.lates == ()


def test_the_side_and_time_of_a_fault_are_told_of_the_take(planter):
    for seed in range(8):
        rng = np.random.default_rng(seed)
        pair = planter.draw_pair(dances()["adage"], rng, count=1, kinds=["arm_lower"])
        (fault,) = pair.faults
        swapped = pair.take.truth.side == "mirrored"
        assert (pair.side_in_take(fault) == fault.side) == (not swapped)
        span = pair.span_in_take(fault)
        back = pair.take.truth.reference_at(np.array(span))
        assert back == pytest.approx([fault.start_s, fault.end_s], abs=1e-6)


def test_a_camera_sees_the_take_from_where_it_saw_the_reference(planter):
    from planting_camera import seen
    from planting_variation import Ranges

    same = Ranges(scale=(1.0, 1.0), bones=0.0, tempo=(1.0, 1.0), wobble_s=(0.0, 0.0),
                  noise_m=(0.0, 0.0), fps=(60.0, 60.0), start_s=(0.0, 0.0))  # fmt: skip
    source = dances()["lines"].cut(0.0, 6.0)
    pair = planter.draw_pair(source, np.random.default_rng(1), count=0, within=same)
    exact = {"error": 0.0, "depth_error": 0.0}
    one = seen(pair.reference, **exact)
    two = seen(pair.take.motion, pair.take.truth, **exact)

    def bend(poses, side):
        p = [poses["position"].sel(keypoint=f"{side}_{n}").to_numpy()[..., 0]
             for n in ("hip", "knee", "ankle")]  # fmt: skip
        return cosine(p[1] - p[0], p[2] - p[1])

    swapped = pair.take.truth.side == "mirrored"
    off = bend(one, "left")[:300] - bend(two, "right" if swapped else "left")[:300]
    assert np.abs(off).max() < 0.5
    noisy = seen(pair.take.motion, pair.take.truth, seed=1)
    assert np.abs(bend(noisy, "left") - bend(two, "left")).max() > 1.0
