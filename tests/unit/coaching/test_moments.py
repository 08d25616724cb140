from dataclasses import replace

import numpy as np
import pytest

from repetiteur.coaching import moments
from repetiteur.coaching.differences import Comparison
from repetiteur.coaching.notes import causes, name_of, unexplained
from repetiteur.coaching.timeline import Timeline
from repetiteur.kinematics.apart import Apart
from repetiteur.model.findings import Difference, Span
from repetiteur.technique.curve import curves
from unit.report import small_rehearsal as made

LEG = next(m for m in curves() if m.id == "leg_elevation")
STEP = 1 / 60


def line(count, late=0.0, sd=0.01):
    time = np.arange(count) * STEP
    return Timeline(
        reference_s=time,
        take_s=time + late,
        late_s=np.full(count, late) if np.isscalar(late) else late,
        late_sd_s=np.full(count, sd),
        support=np.zeros(count, np.int8),
    )


def comparison(reference, take):
    return Comparison(
        LEG,
        "left",
        reference,
        take,
        take - reference,
        timing_sd=np.zeros(take.size),
        sd=np.full(take.size, LEG.difference_error),
        blind={},
    )


def plateau(count, first, last, height, ramp=12):
    out = np.zeros(count)
    out[first : last + 1] = height
    edge = height * np.linspace(0, 1, ramp)
    out[first - ramp : first] = edge
    out[last + 1 : last + 1 + ramp] = edge[::-1]
    return out


def test_the_size_of_a_moment_is_that_of_its_plateau():
    reference = np.full(300, 90.0)
    take = reference - plateau(300, 100, 180, 12.0)
    (found,) = moments.shape_moments(comparison(reference, take), line(300))
    assert found.difference.value == pytest.approx(-12.0, abs=0.01)
    assert found.reference_value == pytest.approx(90.0)
    assert found.difference.beyond_floor
    assert 88 <= found.first <= 100 <= 180 <= found.last <= 192


@pytest.mark.parametrize("frames", [5, 12])
def test_too_short_is_not_said(frames):
    reference = np.full(300, 90.0)
    take = reference.copy()
    take[100 : 100 + frames] -= 12.0
    assert list(moments.shape_moments(comparison(reference, take), line(300))) == []


def test_within_the_floor_is_not_said():
    reference = np.full(300, 90.0)
    assert (
        list(moments.shape_moments(comparison(reference, reference - 4.0), line(300)))
        == []
    )


def test_just_beyond_the_floor_has_an_interval_that_touches_it():
    reference = np.full(300, 90.0)
    one = comparison(reference, reference - (LEG.floor + 1.0))
    (found,) = moments.shape_moments(one, line(300))
    assert not found.difference.beyond_floor


def test_unjudged_frames_split_nothing_short_and_count_nothing():
    reference = np.full(300, 90.0)
    take = reference - plateau(300, 100, 180, 12.0)
    take[130:135] = np.nan
    (found,) = moments.shape_moments(comparison(reference, take), line(300))
    assert found.difference.value == pytest.approx(-12.0, abs=0.01)
    nothing = comparison(reference, np.full(300, np.nan))
    assert list(moments.shape_moments(nothing, line(300))) == []


def test_a_short_kick_is_compared_by_its_peak():
    time = np.arange(300) * STEP
    kick = 80 * np.exp(-(((time - 2.5) / 0.1) ** 2))
    late = 65 * np.exp(-(((time - 2.55) / 0.1) ** 2))
    (found,) = moments.peak_moments(comparison(kick, late), line(300))
    assert found.difference.value == pytest.approx(-15.0, abs=0.3)
    assert abs(found.peak * STEP - 2.5) < 0.02


def bumps(*peaks, width=0.1):
    time = np.arange(300) * STEP
    return sum(h * np.exp(-(((time - at) / width) ** 2)) for at, h in peaks)


def test_a_higher_peak_beside_one_is_no_difference():
    twice = np.zeros(300)
    twice[142:152], twice[152:155], twice[155:162] = 130.0, 80.0, 115.0
    first, second = moments.peak_moments(comparison(twice, twice), line(300))
    assert first.difference.value == second.difference.value == 0.0


def test_what_stands_out_for_a_picture_is_not_sure():
    kick = bumps((2.5, 80.0))
    needle = kick + bumps((2.5, 25.0), width=0.012)
    (wide,) = moments.peak_moments(comparison(kick, needle), line(300))
    assert wide.difference.value == pytest.approx(25.0, abs=0.5)
    assert not wide.difference.beyond_floor
    (clear,) = moments.peak_moments(comparison(kick, 1.3 * kick), line(300))
    assert clear.difference.value == pytest.approx(24.0, abs=0.5)
    assert clear.difference.beyond_floor


def test_lateness_has_its_sign_and_size():
    late = 0.25 * plateau(400, 150, 260, 1.0)
    (found,) = moments.timing_moments(line(400, late))
    assert found.measure == "timing_path"
    assert found.difference.value == pytest.approx(0.25, abs=0.005)
    (early,) = moments.timing_moments(line(400, -late))
    assert early.difference.value == pytest.approx(-0.25, abs=0.005)


def test_a_long_phrase_tells_its_lateness_better_than_a_short_one():
    half = []
    for last in (200, 260, 380):
        late = 0.25 * plateau(500, 150, last, 1.0)
        (found,) = moments.timing_moments(line(500, late, sd=0.03))
        low, high = found.difference.interval90
        half.append(0.5 * (high - low))
    assert half[0] > half[1] > half[2] > 0.3 * moments.Z90 * 0.03


def test_lateness_that_no_reading_of_it_is_sure_of_is_not_said():
    late = 0.12 * plateau(500, 150, 380, 1.0)
    (found,) = moments.timing_moments(line(500, late, sd=0.02))
    assert found.difference.beyond_floor
    assert list(moments.timing_moments(line(500, late, sd=0.05))) == []
    seen = replace(line(500, late, sd=0.05), apart=Apart(*np.zeros((4, 500))))
    (found,) = moments.timing_moments(seen)
    assert found.sure  # in a picture that decides


def test_lateness_of_a_still_body_is_not_judged():
    late = 0.25 * plateau(400, 150, 260, 1.0)
    assert list(moments.timing_moments(line(400, late, sd=np.inf))) == []


def moment(measure, side, limb, first, last, value, floor=5.0):
    apart = Difference(value, "deg", (value - 3.0, value + 3.0), floor)
    middle = (first + last) // 2
    return moments.Moment(
        measure, side, limb, first, last, middle, apart, 90.0, 90.0 + value
    )


def test_one_limb_at_one_time_is_one_note():
    arm = moment("arm_shape.elevation", "left", "arm", 100, 200, -11.0)
    elbow = moment("arm_shape.elbow_elevation", "left", "arm", 100, 200, -20.0)
    other = moment("arm_shape.elevation", "right", "arm", 100, 200, -11.0)
    said = causes([arm, elbow, other])
    assert {(s.moment.measure, s.moment.side) for s in said} == {
        ("arm_shape.elbow_elevation", "left"),
        ("arm_shape.elevation", "right"),
    }
    assert next(s for s in said if s.moment is elbow).symptoms == (
        "arm_shape.elevation",
    )


@pytest.mark.parametrize(
    ("arm", "cause"),
    [(-20.0, "arm_shape.elevation"), (-11.0, "arm_shape.elbow_elevation")],
)
def test_an_arm_that_is_lower_as_a_whole_is_no_dropped_elbow(arm, cause):
    whole = moment("arm_shape.elevation", "left", "arm", 120, 180, arm)
    elbow = moment("arm_shape.elbow_elevation", "left", "arm", 100, 200, -22.0)
    (said,) = causes([whole, elbow])
    assert said.moment.measure == cause
    assert len(said.symptoms) == 1


def lateness(late_s, first=180, last=280):
    apart = Difference(late_s, "s", (late_s - 0.02, late_s + 0.02), 0.07)
    return moments.Moment(
        "timing_path", None, "time", first, last, first, apart, np.nan, np.nan
    )


def event(measure, value, start_s=2.0, end_s=3.0):
    apart = Difference(value, "s", (value - 0.1, value + 0.1), 0.3)
    span = Span(start_s, end_s)
    return made.note(measure=measure, difference=apart, reference=span, take=span)


@pytest.mark.parametrize(
    ("whole", "late_s", "left"),
    [
        (event("balance_time", -0.5), -0.45, 0),  # leaves sooner, and is early
        (event("balance_time", -0.5), 0.45, 1),  # the other way
        (event("balance_time", -0.2), -0.45, 1),  # more than that explains
        (event("balance_time", -0.5, 0.0, 1.0), -0.45, 1),  # long before
        (event("jump_height_com", -0.1, 2.9, 3.4), 0.12, 1),  # lasts longer
        (event("jump_height_com", -0.1, 2.9, 4.2), 0.12, 0),
        (event("turn_count", -0.5, 2.9, 4.5), 0.2, 0),
        (event("leg_elevation", -12.0), -0.45, 1),
    ],
)
def test_lateness_that_comes_from_an_event_is_not_said_again(whole, late_s, left):
    found = [lateness(late_s), moment("leg_elevation", "left", "leg", 10, 50, 12.0)]
    kept = unexplained(found, [whole], line(400))
    assert len(kept) == left + 1
    assert found[1] in kept


@pytest.mark.parametrize(
    ("support", "foot_deg", "side", "left"),
    [
        (1, -12.0, "left", 1),  # the standing foot gives way under its knee
        (0, -12.0, "left", 1),
        (-1, -12.0, "left", 2),  # the working one does not have to
        (1, 12.0, "left", 2),
        (1, -12.0, "right", 2),
    ],
)
def test_the_ankle_under_a_bent_knee_is_not_said_again(support, foot_deg, side, left):
    stage = line(400)
    stage.support[:] = support
    knee = moment("knee_flexion", "left", "leg", 100, 200, 20.0)
    foot = moment("ankle_plantarflexion", side, "foot", 110, 210, foot_deg)
    assert len(unexplained([knee, foot], [], stage)) == left


def test_what_a_lean_carries_with_it_is_not_said_again():
    lean = moment("aplomb.pitch", None, "trunk", 100, 200, 12.0)
    head = moment("head_pitch", None, "head", 100, 200, 13.0)
    later = moment("head_pitch", None, "head", 300, 400, 13.0)
    said = causes([lean, head, later])
    assert [s.moment for s in said] == [lean, later]
    assert said[0].symptoms == ("head_pitch",)


@pytest.mark.parametrize(
    ("leg", "reference", "name"),
    [
        (1, 5.0, "knee_extension_support"),
        (0, 5.0, "knee_extension_support"),
        (-1, 5.0, "knee_extension_working"),
        (1, 60.0, "knee_flexion"),
    ],
)
def test_a_straight_knee_is_named_for_what_its_leg_does(leg, reference, name):
    knee = moments.Moment(
        "knee_flexion", "left", "leg", 10, 50, 30,
        Difference(14.0, "deg", (10.0, 18.0), 5.0), reference, reference + 14.0,
    )  # fmt: skip
    stage = line(100)
    stage.support[:] = leg
    assert name_of(knee, stage) == name


def test_the_edge_of_what_was_seen_is_no_peak():
    rising = np.linspace(20.0, 110.0, 300)
    reference = rising.copy()
    reference[200:] = np.nan
    take = rising - 11.0
    take[200:] = np.nan
    assert list(moments.peak_moments(comparison(reference, take), line(300))) == []


def test_a_slip_of_two_frames_is_no_peak():
    reference = np.full(300, 10.0)
    reference[150:152] = 60.0
    one = comparison(reference, np.full(300, 10.0))
    assert list(moments.peak_moments(one, line(300))) == []


def test_hidden_frames_leave_the_interval_finite():
    reference = np.full(300, 90.0)
    take = reference - plateau(300, 100, 180, 12.0)
    reference[140:150] = np.nan
    one = comparison(reference, take)
    one.timing_sd[138:152] = np.nan
    for found in moments.shape_moments(one, line(300)):
        assert np.isfinite(found.difference.interval90).all()
