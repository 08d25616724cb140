from dataclasses import replace

import numpy as np
import pytest

import altered
import bodies
from projecting import Camera, seen
from repetiteur.align.line_up import line_up
from repetiteur.align.path import breaks
from repetiteur.align.rough import best_side
from repetiteur.errors import NothingToJudge
from repetiteur.kernels import geometry, signals
from repetiteur.model.poses import body_of

TIME, POINTS = bodies.moving_points(seconds=12.0)
REFERENCE = bodies.body(TIME, POINTS)


def error_frames(found, seconds_per_second, fps, start=0.0):
    danced = found.state == "danced"
    true = start + seconds_per_second * found.reference_s
    return np.median(np.abs(found.take_s - true)[danced]) * fps


@pytest.mark.parametrize("tempo", [0.6, 0.85, 1.0, 4 / 3, 1.7])
@pytest.mark.parametrize("degrees", [0.0, 130.0, -90.0])
def test_finds_tempo_facing_and_path_in_another_body(tempo, degrees):
    time, points = altered.otherwise(
        TIME, POINTS, seconds_per_second=tempo, degrees=degrees, scale=0.8, fps=50
    )
    found = line_up(REFERENCE, bodies.body(time, points))
    assert found.side == "same"
    assert found.tempo_ratio == pytest.approx(tempo, rel=0.01)
    assert found.start_offset_s == pytest.approx(0.0, abs=0.03)
    assert found.heading_deg == pytest.approx(degrees, abs=3)
    assert error_frames(found, tempo, 50) < 1
    assert found.confidence > 0.9


@pytest.mark.parametrize("asked", ["auto", "mirrored"])
def test_finds_the_other_side(asked):
    found = line_up(REFERENCE, REFERENCE.mirrored(), side=asked)
    assert found.side == "mirrored"
    assert error_frames(found, 1.0, 60) < 1


def test_the_asked_side_is_kept_though_it_costs_more():
    same = line_up(REFERENCE, REFERENCE, side="same")
    assert same.side == "same"


def test_what_only_the_take_dances_is_extra():
    time, points = bodies.moving_points(seconds=3.0, seed=11)
    lead = {n: np.concatenate([points[n], POINTS[n]]) for n in POINTS}
    count = len(time) + len(TIME)
    found = line_up(REFERENCE, bodies.body(np.arange(count) / 60, lead))
    assert found.start_offset_s == pytest.approx(3.0, abs=0.1)
    assert found.tempo_ratio == pytest.approx(1.0, abs=0.02)


def test_standing_still_before_is_extra_and_not_late():
    stand = {n: np.repeat(p[:1], 90, axis=0) for n, p in POINTS.items()}
    points = {n: np.concatenate([stand[n], POINTS[n]]) for n in POINTS}
    time = np.arange(90 + len(TIME)) / 60
    found = line_up(REFERENCE, bodies.body(time, points))
    assert found.start_offset_s == pytest.approx(1.5, abs=0.05)
    assert np.nanmax(np.abs(found.late_s)) < 0.05
    assert np.all(np.diff(found.reference_s) >= 0)
    assert np.all(np.diff(found.take_s) >= 0)


def delayed(amount, noise=0.0, seed=5):
    """The take arrives late by ``amount`` from 5 to 8 s, gently in and out."""
    t = np.arange(0.0, 12.0, 1 / 120)
    late = amount * altered.blend(t, 6.5, lasts=4.0, ramp=0.8)
    source = np.interp(TIME, t + late, t)
    rng = np.random.default_rng(seed)
    points = {
        n: np.stack([np.interp(source, TIME, p[:, k]) for k in range(3)], axis=1)
        + rng.normal(scale=noise, size=p.shape)
        for n, p in POINTS.items()
    }
    return bodies.body(TIME, points)


@pytest.mark.parametrize("amount", [0.2, -0.2, 0.3])
def test_lateness_has_its_size_and_sign(amount):
    found = line_up(REFERENCE, delayed(amount))
    at = (found.reference_s > 5.6) & (found.reference_s < 7.4)
    away = (found.reference_s < 4.0) | (found.reference_s > 9.0)
    assert np.nanmedian(found.late_s[at]) == pytest.approx(amount, abs=0.02)
    assert np.nanmedian(np.abs(found.late_s[away])) < 0.02


def test_the_truth_lies_in_the_interval_of_lateness():
    inside = []
    for seed in range(6):
        found = line_up(REFERENCE, delayed(0.2, noise=0.004, seed=seed))
        true = 0.2 * altered.blend(found.reference_s, 6.5, lasts=4.0, ramp=0.8)
        line = found.start_offset_s + (found.tempo_ratio - 1) * found.reference_s
        judged = np.isfinite(found.late_sd_s) & (found.reference_s < 11.5)
        off = np.abs(found.late_s - (true - line))[judged]
        inside.append(np.mean(off < 1.645 * found.late_sd_s[judged]))
    assert np.mean(inside) > 0.85


def test_a_still_body_tells_no_time():
    hold = {n: np.repeat(p[:1], 240, axis=0) for n, p in POINTS.items()}
    points = {n: np.concatenate([POINTS[n][::-1], hold[n], POINTS[n]]) for n in POINTS}
    held = bodies.body(np.arange(len(points["neck"])) / 60, points)
    found = line_up(held, held)
    middle = (found.reference_s > 13.0) & (found.reference_s < 15.0)
    assert np.isinf(found.late_sd_s[middle]).all()
    assert np.isfinite(found.late_sd_s).mean() > 0.7


def test_another_dance_is_not_judged():
    _, other = bodies.moving_points(seconds=12.0, seed=99)
    jumbled = {
        n: altered.turned({n: p - p.mean(0)}, 0)[n] * 9 + p.mean(0)
        for n, p in other.items()
    }
    mine = {n: (p - p.mean(0)) * 9 + p.mean(0) for n, p in POINTS.items()}
    with pytest.raises(NothingToJudge, match="same dancing"):
        line_up(bodies.body(TIME, mine), bodies.body(TIME, jumbled))


def test_one_frame_is_not_a_movement():
    one = bodies.body(TIME[:1], {n: p[:1] for n, p in POINTS.items()})
    with pytest.raises(NothingToJudge, match="the reference has 1 frames"):
        line_up(one, REFERENCE)
    with pytest.raises(NothingToJudge, match="the take has 1 frames"):
        line_up(REFERENCE, one)


def held(seconds, lower):
    """A leg that rises to a pose, holds it for long, and comes down again."""
    time = np.arange(0.0, 8.0 + seconds, 1 / 60)
    _, points = bodies.moving_points(seconds=8.0 + seconds + 0.1)
    points = {n: p[: time.size] for n, p in points.items()}
    calm = altered.blend(time, 4.0 + seconds / 2, lasts=seconds + 2.0, ramp=1.0)
    points = {n: p + (p.mean(0) - p) * calm[:, None] for n, p in points.items()}
    hip = points["left_hip"]
    a = np.radians((100.0 - lower) * calm)
    for part in ("knee", "ankle", "heel", "toe"):
        bone = points[f"left_{part}"] - hip
        points[f"left_{part}"] = hip + np.stack(
            [
                np.cos(a) * bone[:, 0] - np.sin(a) * bone[:, 1],
                np.sin(a) * bone[:, 0] + np.cos(a) * bone[:, 1],
                bone[:, 2],
            ],
            axis=1,
        )
    return bodies.body(time, points)


@pytest.mark.parametrize("lower", [10.0, 20.0, 30.0])
def test_a_hold_of_another_shape_is_danced_all_the_same(lower):
    found = line_up(held(2.0, 0.0), held(2.0, lower))
    assert (found.state == "danced").all()
    assert found.judged_share > 0.95


@pytest.mark.parametrize("pause_s", [1.0, 2.0])
def test_a_pause_is_a_break_and_leaves_the_rest_in_time(pause_s):
    stop, count = 400, round(60 * pause_s)
    points = {
        n: np.concatenate([p[:stop], np.repeat(p[stop : stop + 1], count, 0), p[stop:]])
        for n, p in POINTS.items()
    }
    time = np.arange(len(points["neck"])) / 60
    found = line_up(REFERENCE, bodies.body(time, points))
    assert found.tempo_ratio == pytest.approx(1.0, abs=0.01)
    assert (found.state == "extra").sum() == pytest.approx(count, abs=6)
    assert np.nanmax(np.abs(found.late_s)) < 0.05


def test_what_is_hidden_is_not_judged():
    hidden = {n: p.copy() for n, p in POINTS.items()}
    for place in hidden.values():
        place[240:480] = np.nan
    found = line_up(REFERENCE, bodies.body(TIME, hidden))
    during = (found.reference_s > 4.2) & (found.reference_s < 7.8)
    assert np.isnan(found.late_s[during]).all()
    assert found.judged_share == pytest.approx(2 / 3, abs=0.05)


def test_a_take_that_is_hidden_nearly_throughout_is_not_judged():
    hidden = {n: p.copy() for n, p in POINTS.items()}
    for place in hidden.values():
        place[30:] = np.nan
    with pytest.raises(NothingToJudge):
        line_up(REFERENCE, bodies.body(TIME, hidden))


def test_a_gap_in_the_times_is_not_drawn_over():
    kept = (TIME < 5.0) | (TIME > 6.5)
    points = {n: p[kept] for n, p in POINTS.items()}
    found = line_up(REFERENCE, bodies.body(TIME[kept], points))
    during = (found.reference_s > 5.2) & (found.reference_s < 6.3)
    assert np.isnan(found.late_s[during]).all()


@pytest.mark.parametrize("frames", [2, 4, 20])
def test_too_short_to_line_up(frames):
    short = bodies.body(TIME[:frames], {n: p[:frames] for n, p in POINTS.items()})
    with pytest.raises(NothingToJudge, match="the take has"):
        line_up(REFERENCE, short)


def test_a_frame_rate_that_lies_is_asked_about():
    slow = bodies.body(10 * TIME, POINTS)
    with pytest.raises(NothingToJudge, match="--fps"):
        line_up(REFERENCE, slow)


def test_a_limb_that_is_never_seen_has_no_say():
    fewer = {n: p for n, p in POINTS.items() if "wrist" not in n}
    found = line_up(bodies.body(TIME, fewer), bodies.body(TIME, fewer))
    assert error_frames(found, 1.0, 60) < 1


@pytest.mark.parametrize("left_out_s", [1.5, 2.5])
def test_a_part_left_out_is_skipped_and_leaves_the_rest_in_time(left_out_s):
    kept = (TIME < 5.0) | (5.0 + left_out_s <= TIME)
    points = {n: p[kept] for n, p in POINTS.items()}
    found = line_up(REFERENCE, bodies.body(np.arange(kept.sum()) / 60, points))
    assert (found.state == "skipped").any()
    assert found.tempo_ratio == pytest.approx(1.0, abs=0.02)
    assert np.nanmedian(np.abs(found.late_s)) < 0.03


@pytest.mark.parametrize("away_s", [1.5, 3.0])
def test_what_is_danced_the_other_way_round_for_a_while_is_danced(away_s):
    half = 180.0 * np.clip((TIME - 4.0) / 0.7, 0.0, 1.0)
    half -= 180.0 * np.clip((TIME - 4.7 - away_s) / 0.7, 0.0, 1.0)
    points = {n: geometry.turn(p, half) for n, p in POINTS.items()}
    found = line_up(REFERENCE, bodies.body(TIME, points))
    assert found.breaks == ()
    assert error_frames(found, 1.0, 60) < 1
    assert np.nanmax(np.abs(found.late_s)) < 0.1


def test_meeting_by_chance_does_not_end_a_break():
    steps = [(1, 1)] * 60 + ([(1, 0)] * 12 + [(1, 1)] * 3) * 4 + [(1, 1)] * 60
    path = np.cumsum([(0, 0), *steps], axis=0)
    state = breaks(path, 60.0)
    assert (state == "skipped").sum() >= 54
    late = [(1, 1)] * 60 + [(1, 1), (1, 1), (0, 1)] * 20 + [(1, 1)] * 60
    path = np.cumsum([(0, 0), *late], axis=0)
    assert (breaks(path, 60.0) == "danced").all()


def test_two_videos_from_one_side_are_compared_in_the_picture():
    one = body_of(seen(TIME, POINTS, Camera(heading=15.0)))
    rough = best_side(one, one, "auto")
    assert (rough.frame, rough.side) == ("picture", "same")
    assert not rough.offset.any()


def test_two_videos_from_different_sides_are_compared_by_the_depth():
    front = body_of(seen(TIME, POINTS, Camera()))
    side = body_of(seen(TIME, POINTS, Camera(heading=80.0)))
    rough = best_side(front, side, "auto")
    assert (rough.frame, rough.side) == ("depth", "same")
    assert rough.facing == pytest.approx(80.0, abs=5.0)
    found = line_up(front, side)
    assert error_frames(found, 1.0, 60) < 1
    assert found.tempo_ratio == pytest.approx(1.0, abs=0.01)


def test_a_mirrored_video_is_the_other_side():
    one = body_of(seen(TIME, POINTS, Camera(heading=15.0)))
    found = line_up(one, one.mirrored())
    assert found.side == "mirrored"
    assert error_frames(found, 1.0, 60) < 1


def test_what_a_tracker_gets_wrong_throughout_is_no_difference_of_the_dance():
    front = body_of(seen(TIME, POINTS, Camera()))
    side = body_of(seen(TIME, POINTS, Camera(heading=80.0)))
    leaning = dict(side.points)
    for name in ("left_knee", "right_knee", "left_wrist", "right_wrist"):
        leaning[name] = leaning[name] + [0.0, 0.0, 0.15]
    found = line_up(front, replace(side, points=leaning))
    assert error_frames(found, 1.0, 60) < 1
    assert found.confidence > 0.6


def test_different_dances_in_two_videos_are_not_judged():
    time, points = bodies.moving_points(seconds=12.0, seed=77)
    one = body_of(seen(TIME, POINTS, Camera()))
    with pytest.raises(NothingToJudge, match="different dances"):
        line_up(one, body_of(seen(time, points, Camera())))


def danced(*parts):
    """A take of these parts of the reference, from second to second."""
    rows = [np.flatnonzero((a <= TIME) & (b > TIME)) for a, b in parts]
    frames = np.concatenate(rows)
    points = {n: p[frames] for n, p in POINTS.items()}
    return bodies.body(np.arange(frames.size) / 60, points)


def test_a_bar_danced_again_is_named():
    found = line_up(REFERENCE, danced((0, 7), (4, 12.1)))
    (again,) = found.breaks
    assert again.state == "repeated"
    assert again.reference_s == pytest.approx((4.0, 7.0), abs=0.1)
    assert again.take_s == pytest.approx((7.0, 10.0), abs=0.1)
    repeated = found.state == "repeated"
    assert np.ptp(found.reference_s[repeated]) == 0.0
    assert np.isnan(found.late_s[repeated]).all()
    assert np.nanmax(np.abs(found.late_s)) < 0.03
    assert found.tempo_ratio == pytest.approx(1.0, abs=0.01)


def test_starting_again_from_the_beginning_is_a_repeat():
    found = line_up(REFERENCE, danced((0, 5), (0, 12.1)))
    assert [b.state for b in found.breaks] == ["repeated"]
    assert found.breaks[0].reference_s == pytest.approx((0.0, 5.0), abs=0.1)


def test_a_part_left_out_and_one_repeated():
    found = line_up(REFERENCE, danced((0, 3), (5, 9), (7, 12.1)))
    assert [b.state for b in found.breaks] == ["skipped", "repeated"]
    assert np.nanmedian(np.abs(found.late_s)) < 0.02


def test_the_whole_has_no_breaks_and_is_sure():
    found = line_up(REFERENCE, REFERENCE)
    assert found.breaks == ()
    assert found.sure.min() > 0.9


def test_which_of_two_equal_bars_was_left_out_is_not_sure():
    twice = danced((0, 4), (4, 7), (4, 7), (7, 12.1))
    found = line_up(twice, REFERENCE)
    where = found.reference_s
    inside, outside = (where > 5) & (where < 9), (where < 3) | (where > 11)
    assert np.median(found.sure[inside]) < 0.3
    assert found.sure[outside].min() > 0.5
    assert np.isnan(found.late_s[inside]).mean() > 0.7


@pytest.mark.parametrize("hidden", ["reference", "take", "both"])
@pytest.mark.parametrize("lasts_s", [0.2, 1.0, 2.0])
def test_a_hidden_moment_neither_stops_nor_breaks_the_line_up(hidden, lasts_s):
    rng = np.random.default_rng(7)
    noisy = {n: p + rng.normal(scale=0.02, size=p.shape) for n, p in POINTS.items()}
    away = (np.abs(TIME - 6.0) < lasts_s / 2)[:, None]
    pair = [
        bodies.body(
            TIME,
            {
                n: np.where(away & (hidden in (name, "both")), np.nan, p)
                for n, p in points.items()
            },
        )
        for name, points in (("reference", POINTS), ("take", noisy))
    ]
    found = line_up(*pair)
    assert found.breaks == ()
    assert found.tempo_ratio == pytest.approx(1.0, abs=0.01)
    assert error_frames(found, 1.0, 60) < 1


def test_who_is_away_for_a_while_has_repeated_nothing():
    take = danced((0, 7), (4, 7), (7, 12.1))
    away = ((take.time > 7.0) & (take.time < 10.0))[:, None]
    points = {n: np.where(away, np.nan, p) for n, p in take.points.items()}
    found = line_up(REFERENCE, bodies.body(take.time, points))
    assert "repeated" not in {one.state for one in found.breaks}


def test_going_over_a_later_bar_first_leaves_the_rest_judged():
    found = line_up(REFERENCE, danced((7, 10), (0, 12.1)))
    (first,) = found.breaks
    assert first.take_s == pytest.approx((0.0, 3.0), abs=0.2)
    assert found.judged_share > 0.9
    assert found.start_offset_s == pytest.approx(3.0, abs=0.05)


def test_a_break_and_a_late_phrase_leave_the_tempo():
    take = delayed(0.2)
    rows = np.r_[0:240, np.arange(60, TIME.size)]  # begins again at 4 s from 1 s
    points = {n: p[rows] for n, p in take.points.items()}
    found = line_up(REFERENCE, bodies.body(np.arange(rows.size) / 60, points))
    assert found.tempo_ratio == pytest.approx(1.0, abs=0.01)
    at = (found.reference_s > 5.8) & (found.reference_s < 7.2)
    assert np.nanmedian(found.late_s[at]) == pytest.approx(0.2, abs=0.04)


@pytest.mark.parametrize("amount", [0.24, -0.24])
def test_a_late_phrase_of_a_third_of_a_short_piece_leaves_the_tempo(amount):
    take, rows = delayed(amount), slice(150, 690)  # 2.5 to 11.5 s
    points = {n: p[rows] for n, p in take.points.items()}
    short = {n: p[rows] for n, p in POINTS.items()}
    found = line_up(bodies.body(TIME[rows], short), bodies.body(TIME[rows], points))
    assert found.tempo_ratio == pytest.approx(1.0, abs=0.005)
    at = (found.reference_s > 5.6) & (found.reference_s < 7.4)
    assert np.nanmedian(found.late_s[at]) == pytest.approx(amount, abs=0.02)


def test_where_the_reference_begins_is_told_by_what_comes_before_a_break():
    found = line_up(REFERENCE, danced((0, 4), (6, 12.1)))
    assert found.start_offset_s == pytest.approx(0.0, abs=0.03)


def test_standing_about_together_is_no_dancing():
    stand = {n: np.repeat(p[:1], 1800, axis=0) for n, p in POINTS.items()}
    one = {n: np.concatenate([stand[n], p]) for n, p in POINTS.items()}
    _, others = bodies.moving_points(seconds=12.0, seed=99)
    shift = {n: p + (POINTS[n][:1] - p[:1]) for n, p in others.items()}
    other = {n: np.concatenate([stand[n], p]) for n, p in shift.items()}
    time = np.arange(len(one["neck"])) / 60
    found = best_side(bodies.body(time, one), bodies.body(time, one), "same")
    assert found.confidence > 0.9
    with pytest.raises(NothingToJudge, match="same dancing"):
        line_up(bodies.body(time, one), bodies.body(time, other))


def test_times_that_jump_are_refused_before_any_work():
    time = np.where(TIME > 6.0, TIME + 1e7, TIME)
    with pytest.raises(NothingToJudge, match="times have a jump"):
        line_up(REFERENCE, bodies.body(time, POINTS))


def test_a_side_that_there_is_not_is_refused():
    with pytest.raises(ValueError, match="auto, same or mirrored"):
        line_up(REFERENCE, REFERENCE, side="left")


def test_rows_stand_still_in_breaks():
    found = line_up(REFERENCE, danced((0, 4), (2, 6), (8, 12.1)))
    for name, times in (
        ("extra", found.reference_s),
        ("repeated", found.reference_s),
        ("skipped", found.take_s),
    ):
        for a, b in signals.runs(found.state == name):
            assert np.ptp(times[a : b + 1]) == 0.0
    assert {"repeated", "skipped"} <= set(found.state)
