"""The planter: takes are what their truth says, and nothing is left to the judged."""

from __future__ import annotations

import importlib.util
import inspect
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

BENCHMARKS = Path(__file__).parents[3] / "benchmarks"

SIDES = ("left", "right")


@cache
def source():
    """Twelve seconds of the synthetic dancer at 60 Hz."""
    from planting_sources import synthetic

    return synthetic()["lines"].cut(3.0, 15.0)


@cache
def stranger():
    from planting_sources import synthetic

    return synthetic()["allegro"].cut(0.0, 6.0)


def variation(**changes):
    from planting_variation import Variation

    return Variation(**{"tempo": 1.1, "start_s": 1.5, "fps": 50.0, **changes})


def planted(seed=3, *, breaks=None, stops=(), lates=(), **changes):
    from planting_takes import plant

    return plant(
        source(),
        variation(**changes),
        rng=np.random.default_rng(seed),
        breaks=breaks,
        stops=stops,
        lates=lates,
    )


def broken():
    from planting_takes import Breaks

    return Breaks(
        begins_s=0.5,
        skips=((3.0, 4.5),),
        repeats=((6.0, 7.5),),
        extras=((9.0, 0, 1.0, 3.0),),
        strange=(stranger(),),
    )


def elbow(points):
    """Bends of elbows and knees by the law of cosines, (frames, 4) degrees."""
    found = []
    for side in SIDES:
        for a, b, c in (("shoulder", "elbow", "wrist"), ("hip", "knee", "ankle")):
            p, q, r = (points[f"{side}_{n}"] for n in (a, b, c))
            x, y, z = (
                np.linalg.norm(m - n, axis=1) for m, n in ((p, q), (q, r), (p, r))
            )
            cosine = (x**2 + y**2 - z**2) / (2 * x * y)
            found.append(180.0 - np.degrees(np.arccos(np.clip(cosine, -1, 1))))
    return np.stack(found, axis=1)


def off_the_truth(take, shift_s=0.0):
    """How far the take's bends are from the source's at the moments of its truth."""
    time = take.motion.time
    where = take.truth.reference_at(time)
    clear = np.isfinite(where)
    for stretch in take.truth.stretches:
        for edge in stretch.take_s[[0, -1]]:
            clear &= np.abs(time - edge) > 0.2
    own = elbow(take.motion.points)[clear]
    whole = elbow(source().points)
    at = where[clear] + shift_s
    true = np.stack([np.interp(at, source().time, c) for c in whole.T], axis=1)
    return np.abs(own - true)


def everything():
    from planting_time import Late

    return planted(
        breaks=broken(),
        stops=[(2.0, 1.0)],
        lates=[Late(0.2, 5.2, 5.4, 0.7)],
        wobble_s=0.03,
        rubato=0.1,
        facing_deg=70.0,
        side="mirrored",
    )


def test_a_take_dances_what_its_truth_says():
    take = everything()
    mirrored = take.motion.mirrored()  # bends have a side
    off = off_the_truth(replace(take, motion=mirrored))
    assert len(off) > 300
    assert off.max() < 0.5


def test_a_truth_that_is_off_by_a_tenth_of_a_second_is_seen():
    take = everything()
    off = off_the_truth(replace(take, motion=take.motion.mirrored()), shift_s=0.1)
    assert np.percentile(off, 95) > 2.0


def test_the_maps_go_forward_and_back():
    truth = everything().truth
    for stretch in truth.stretches:
        assert (np.diff(stretch.take_s) > 0.0).all()
        assert (np.diff(stretch.source_s) >= 0.0).all()
    reference = np.linspace(0.0, 12.0, 500)
    take = truth.take_at(reference)
    danced = np.isfinite(take)
    assert (np.diff(take[danced]) > 0.0).all()
    np.testing.assert_allclose(
        truth.reference_at(take[danced]), reference[danced], atol=1e-6
    )
    skipped = (reference < 0.5) | ((reference > 3.0) & (reference < 4.5))
    assert (danced == ~skipped).all()


def test_breaks_are_those_that_were_asked_for():
    breaks = {(b.state, b.edge): b for b in planted(breaks=broken()).truth.breaks}
    assert len(breaks) == 4
    assert breaks["skipped", True].reference_s == (0.0, 0.5)
    skipped = breaks["skipped", False]
    assert skipped.reference_s == (3.0, 4.5)
    assert skipped.take_s == pytest.approx((1.5 + 2.5 * 1.1,) * 2, abs=1e-6)
    repeated = breaks["repeated", False]
    assert repeated.reference_s == (6.0, 7.5)
    assert np.diff(repeated.take_s)[0] == pytest.approx(1.5 * 1.1, abs=1e-6)
    extra = breaks["extra", False]
    assert extra.reference_s == (9.0, 9.0)
    assert np.diff(extra.take_s)[0] == pytest.approx(2.0 * 1.1, abs=1e-6)


def test_states_follow_the_breaks():
    truth = planted(breaks=broken()).truth
    (repeated,) = [b for b in truth.breaks if b.state == "repeated"]
    middle = np.array([np.mean(repeated.take_s)])
    assert truth.state_at(middle) == ["repeated"]
    assert 6.0 < truth.reference_at(middle)[0] < 7.5
    (extra,) = [b for b in truth.breaks if b.state == "extra"]
    assert np.isnan(truth.reference_at(np.array([np.mean(extra.take_s)]))).all()


def test_one_tempo_and_offset_are_a_line():
    truth = planted().truth
    reference = np.linspace(0.0, 11.9, 50)
    np.testing.assert_allclose(truth.take_at(reference), 1.5 + 1.1 * reference)
    assert (truth.tempo, truth.offset_s) == (1.1, pytest.approx(1.5))


def test_lateness_is_whole_in_its_phrase_and_gone_outside():
    from planting_time import Late, ramp_for

    late = Late(0.25, 5.0, 7.0, ramp_for(0.25, 1.1))
    truth = planted(lates=[late]).truth
    assert truth.late_at(np.array([5.0, 6.0, 7.0])) == pytest.approx(0.25)
    outside = np.array([4.0, 8.0])
    assert truth.late_at(outside) == pytest.approx(0.0, abs=1e-6)
    late_take = truth.take_at(np.array([6.0]))[0]
    assert late_take == pytest.approx(1.5 + 1.1 * 6.0 + 0.25)


def test_wobble_has_no_trend_and_its_size():
    truth = planted(wobble_s=0.04).truth
    late = truth.late_at(np.linspace(0.0, 12.0, 1000))
    late = late[np.isfinite(late)]
    assert np.abs(late).max() == pytest.approx(0.04, rel=0.02)
    assert abs(np.polyfit(np.arange(late.size), late, 1)[0]) * late.size < 0.003


def test_the_body_holds_in_a_stop():
    take = planted(stops=[(5.0, 1.5)])
    (stop,) = take.truth.stops
    assert stop.reference_s == pytest.approx(5.0, abs=1e-6)
    assert np.diff(stop.take_s)[0] == pytest.approx(1.5)
    time, wrist = take.motion.time, take.motion.points["left_wrist"]
    inside = (time > stop.take_s[0]) & (time < stop.take_s[1])
    assert np.ptp(wrist[inside], axis=0).max() < 1e-9
    first, last = (
        take.truth.take_at(np.array([5.0]), last=end)[0] for end in (False, True)
    )
    assert (first, last) == pytest.approx(stop.take_s, abs=0.01)


def test_a_stop_that_is_not_danced_is_refused():
    with pytest.raises(ValueError, match="cannot stop there"):
        planted(breaks=broken(), stops=[(3.5, 1.0)])


def test_lateness_that_would_turn_time_back_is_refused():
    from planting_time import Late

    with pytest.raises(ValueError, match="backwards"):
        planted(lates=[Late(-0.3, 5.0, 6.0, 0.2)])


def test_another_body_points_its_bones_where_the_first_does():
    from planting_body import draw_bones, with_proportions
    from planting_figure import figure_of

    bones = draw_bones(np.random.default_rng(5), 0.08)
    figure = figure_of(source())
    other = with_proportions(figure, bones, 0.9)
    long = [np.linalg.norm(f.vectors[:, 1:], axis=2) for f in (figure, other)]
    long = [np.maximum(each, 1e-9) for each in long]  # the pelvis is at the hips
    ratio = np.median(long[1] / long[0], axis=0)[1:] / 0.9
    assert ratio.min() >= 0.92
    assert ratio.max() <= 1.08
    assert np.ptp(ratio) > 0.02  # not the same for all
    between = figure.vectors[:, 1:] / long[0][:, :, None]
    between = between - other.vectors[:, 1:] / long[1][:, :, None]
    assert np.abs(between).max() < 1e-9
    left, right = (other.index(f"{side}_knee") - 2 for side in SIDES)
    assert 0.0 < abs(ratio[left] - ratio[right]) <= 0.021


def test_what_stands_goes_on_standing_in_another_body():
    from planting_body import draw_bones, with_proportions
    from planting_figure import figure_of

    figure = figure_of(source())
    other = with_proportions(figure, draw_bones(np.random.default_rng(6), 0.08))
    stood = 0
    for side in SIDES:
        were, are = (f.places[f"{side}_toe"] for f in (figure, other))
        free = figure.places["right_toe" if side == "left" else "left_toe"]
        stands = (were[:, 1] < 0.01) & (free[:, 1] > 0.1)
        if stands.sum() > 30:
            slid = np.linalg.norm(np.diff(are[stands][:, [0, 2]], axis=0), axis=1)
            slid = slid[np.diff(np.flatnonzero(stands)) == 1]
            assert slid.max() < 0.001
            assert np.abs(are[stands][:, 1]).max() < 0.03
            stood += 1
    assert stood


def test_own_variation_of_shape_has_its_size_and_keeps_the_bones():
    from planting_body import varied
    from planting_figure import figure_of

    figure = figure_of(source())
    other = varied(figure, 2.0, np.random.default_rng(4))
    long = [np.linalg.norm(f.vectors[:, 1:], axis=2) for f in (figure, other)]
    np.testing.assert_allclose(*long, atol=1e-9)
    k = figure.index("left_elbow")
    units = [f.vectors[:, k] / long[0][:, [k - 1]] for f in (figure, other)]
    angle = np.degrees(np.arccos(np.clip((units[0] * units[1]).sum(axis=1), -1, 1)))
    assert 0.8 < np.sqrt((angle**2).mean()) < 3.5


def test_facing_side_place_rate_and_noise_are_as_asked():
    from planting_figure import Motion

    plain = planted(fps=80.0)
    take = planted(
        fps=80.0, facing_deg=90.0, place_m=(2.0, -1.0), noise_m=0.01, side="mirrored"
    )
    assert take.motion.rate == pytest.approx(80.0)
    back = Motion("", take.motion.time, {
        name: place - [2.0, 0.0, -1.0] for name, place in take.motion.points.items()
    }).turned(-90.0).mirrored()  # fmt: skip
    off = back.points["left_knee"] - plain.motion.points["left_knee"]
    assert off.std() == pytest.approx(0.01, rel=0.1)


def test_the_same_seed_gives_the_same_take_and_another_another():
    one, same, other = (
        planted(seed, wobble_s=0.04, noise_m=0.005) for seed in (1, 1, 2)
    )
    names = list(one.motion.points)
    assert all(np.array_equal(one.motion.points[n], same.motion.points[n])
               for n in names)  # fmt: skip
    assert not np.array_equal(one.motion.time, other.motion.time) or not np.array_equal(
        one.motion.points["head"], other.motion.points["head"]
    )


def test_variations_are_drawn_within_their_ranges():
    from planting_variation import RUBATO, WIDE, draw_variation

    rng = np.random.default_rng(8)
    for _ in range(50):
        v = draw_variation(rng)
        assert 0.85 <= v.tempo <= 1.15
        assert v.noise_m <= 0.005
        assert v.wobble_s <= 0.04
        assert v.rubato == 0.0
        assert all(0.92 <= ratio <= 1.08 for ratio in v.bones.values())
        w = draw_variation(rng, RUBATO)
        assert w.tempo * np.exp(-w.rubato) >= 0.6
        assert w.tempo * np.exp(w.rubato) <= 1.6
        assert w.noise_m == WIDE.noise_m[0] == 0.02


def test_a_movement_that_comes_back_all_the_time_has_no_bar_to_leave_out():
    from planting_figure import Motion
    from planting_places import draw_breaks
    from planting_sources import synthetic

    time = np.arange(0.0, 14.0, 1 / 60)
    circle = np.stack([np.cos(2 * np.pi * time), np.sin(2 * np.pi * time)], axis=1)
    points = {name: np.tile(place[0], (time.size, 1)) for name, place in
              source().points.items()}  # fmt: skip
    for name in ("left_wrist", "right_wrist", "left_knee", "left_elbow", "right_elbow"):
        points[name] = points[name] + 0.15 * np.insert(circle, 1, 0.0, axis=1)
    rng = np.random.default_rng(2)
    again = draw_breaks(Motion("again", time, points), rng, count=1, kinds=["skip"])
    assert again.skips == ()
    other = synthetic()["allegro"]
    found = [draw_breaks(other, rng, count=1, kinds=["skip"]).skips for _ in range(5)]
    assert all(found)


def test_stops_and_late_phrases_keep_away_from_breaks():
    from planting_places import draw_lates, draw_stops

    breaks = broken()
    for seed in range(5):
        rng = np.random.default_rng(seed)
        for where, _ in draw_stops(source(), rng, count=2, breaks=breaks):
            assert where > 0.5
            assert not 3.0 < where < 4.5
            assert not 6.0 < where < 7.5
        for late in draw_lates(source(), rng, tempo=1.0, breaks=breaks):
            span = late.start_s - late.ramp_s, late.end_s + late.ramp_s
            assert span[1] < 3.0 or span[0] > 4.5


def test_it_knows_nothing_of_the_code_that_it_judges():
    for path in sorted(BENCHMARKS.glob("planting*.py")):
        lines = path.read_text("utf-8").splitlines()
        used = [line for line in lines if "repetiteur" in line and "import" in line]
        if path.name == "planting_sources.py":
            known = ("repetiteur.io", "repetiteur.model.poses", "repetiteur.synthetic")
            used = [line for line in used if not any(word in line for word in known)]
        assert used == [], path.name


def test_its_front_door_opens(monkeypatch):
    spec = importlib.util.spec_from_file_location(
        "the_planter", BENCHMARKS / "planting.py"
    )
    planter = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "the_planter", planter)
    spec.loader.exec_module(planter)
    assert all(hasattr(planter, name) for name in planter.__all__)
    assert inspect.isfunction(planter.draw_pair)
