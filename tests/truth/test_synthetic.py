"""The synthetic dancer against the oracles of the domain, by formulas written here."""

import itertools

import numpy as np
import pytest

from repetiteur.model.poses import mirrored
from repetiteur.model.skeletons import BONES, KEYPOINTS
from repetiteur.synthetic.body import PARAMETERS, parameters, positions
from repetiteur.synthetic.dancer import Dancer
from repetiteur.synthetic.demo import (
    TAKE_HEADING_DEG,
    TAKE_TEMPO,
    TAKE_WAIT_S,
    TAKE_WOBBLE_DEG,
    TAKE_WOBBLE_S,
    demo_phrase,
    demo_reference,
    demo_take,
    demo_take_without_faults,
    demo_truth,
)
from repetiteur.synthetic.jumps import saute
from repetiteur.synthetic.keyposes import other
from repetiteur.synthetic.motion import Alteration, Delay, make_clock, make_waves
from repetiteur.synthetic.phrase import Phrase, dance
from repetiteur.synthetic.score import compose
from repetiteur.synthetic.steps import (
    arabesque_1,
    close_fifth,
    developpe,
    fifth_position,
    first_position,
    step_to,
)
from repetiteur.synthetic.turns import pirouette_en_dehors

UP = np.array([0.0, 1.0, 0.0])
SIGN = {"left": 1.0, "right": -1.0}


def at(body, name):
    return body[..., KEYPOINTS.index(name)]


def points(poses):
    return poses.position.to_numpy()[..., 0]


def angle(u, v):
    cross = np.linalg.norm(np.cross(u, v), axis=-1)
    return np.degrees(np.arctan2(cross, (u * v).sum(-1)))


def heading(left, right):
    ahead = np.cross(left - right, UP)
    return np.degrees(np.arctan2(ahead[..., 0], ahead[..., 2]))


def elevation(body, side):
    return angle(at(body, f"{side}_ankle") - at(body, f"{side}_hip"), -UP)


def flexion(body, side, joints=("hip", "knee", "ankle")):
    a, b, c = (at(body, f"{side}_{name}") for name in joints)
    return 180.0 - angle(a - b, c - b)


def turnout(body, side):
    foot = at(body, f"{side}_toe") - at(body, f"{side}_heel")
    facing = heading(at(body, "left_hip"), at(body, "right_hip"))
    way = np.degrees(np.arctan2(foot[..., 0], foot[..., 2]))
    return SIGN[side] * ((way - facing + 180.0) % 360.0 - 180.0)


def wrap(degrees):
    return (degrees + 180.0) % 360.0 - 180.0


def on_one_leg(side, **working):
    """Parameters of standing on the other leg."""
    free = {f"{side}_{name}": value for name, value in working.items()}
    planted = {"left_plant": 1.0, "right_plant": 1.0, f"{side}_plant": 0.0}
    return {"weight_left": 0.0 if side == "left" else 1.0, **planted, **free}


YAWS = (0.0, -45.0, 25.0, 90.0, 180.0)
SCALES = (1.0, 0.7)
SIDES = ("left", "right")


@pytest.mark.parametrize("yaw", YAWS)
@pytest.mark.parametrize("scale", SCALES)
def test_o1_turnout(yaw, scale):
    dancer = Dancer(1.68 * scale, turnout_left=65.0, turnout_right=55.0)
    poses = dance(Phrase.of(first_position()), dancer, heading=yaw)
    left, right = (turnout(points(poses), side) for side in SIDES)
    np.testing.assert_allclose(left + right, 120.0, atol=1e-6)
    np.testing.assert_allclose(left - right, 10.0, atol=1e-6)


@pytest.mark.parametrize("bend", [30.0, 60.0, 90.0, 135.0])
@pytest.mark.parametrize("scale", SCALES)
def test_o3_knee_flexion_on_one_leg_in_the_air_and_on_two(bend, scale):
    dancer = Dancer(1.68 * scale)
    standing = {"right_knee": bend, "right_height": 5.0, "right_azimuth": -90.0}
    one = positions(
        parameters(dancer, **on_one_leg("left", knee=bend, height=80.0), **standing),
        dancer,
    )
    two = positions(parameters(dancer, left_knee=bend, right_knee=bend), dancer)
    for side in SIDES:
        np.testing.assert_allclose(flexion(one, side), bend, atol=1e-6)
        np.testing.assert_allclose(flexion(two, side), bend, atol=1e-6)


@pytest.mark.parametrize("point", [0.0, 30.0, 83.0, -30.0])
@pytest.mark.parametrize("side", SIDES)
def test_o4_plantar_flexion(side, point):
    free = on_one_leg(side, height=70.0, azimuth=90.0, knee=20.0, point=point)
    body = positions(parameters(**free))
    shank = at(body, f"{side}_ankle") - at(body, f"{side}_knee")
    foot = at(body, f"{side}_toe") - at(body, f"{side}_heel")
    np.testing.assert_allclose(90.0 - angle(shank, foot), point, atol=1e-6)


@pytest.mark.parametrize("rise", [0.0, 30.0, 45.0, 60.0, 83.0])
def test_o4_heel_height(rise):
    standing = {"right_rise": rise, "right_height": 6.0, "right_azimuth": -90.0}
    body = positions(parameters(**on_one_leg("left", height=90.0), **standing))
    foot = at(body, "right_heel") - at(body, "right_toe")
    share = foot[:, 1] / np.linalg.norm(foot, axis=-1)
    np.testing.assert_allclose(share, np.sin(np.radians(rise)), atol=1e-9)
    np.testing.assert_allclose(at(body, "right_toe")[:, 1], 0.0, atol=1e-9)


@pytest.mark.parametrize("yaw", YAWS)
def test_o6_trunk_pitch_side_and_obliquity(yaw):
    table = parameters(heading=yaw, trunk_pitch=7.0, trunk_side=-4.0, obliquity=10.0)
    body = positions(table)
    hips = 0.5 * (at(body, "left_hip") + at(body, "right_hip"))
    trunk = 0.5 * (at(body, "left_shoulder") + at(body, "right_shoulder")) - hips
    turn = np.radians(yaw)
    ahead = np.array([np.sin(turn), 0.0, np.cos(turn)])
    left = np.array([np.cos(turn), 0.0, -np.sin(turn)])
    pitch = np.degrees(np.arctan2(trunk @ ahead, trunk[:, 1]))
    lean = np.degrees(np.arctan2(trunk @ left, trunk[:, 1]))
    line = at(body, "left_hip") - at(body, "right_hip")
    tilt = np.degrees(np.arcsin(line[:, 1] / np.linalg.norm(line, axis=-1)))
    np.testing.assert_allclose([pitch[0], lean[0], tilt[0]], [7.0, -4.0, 10.0])
    only = positions(parameters(heading=yaw, trunk_pitch=7.0))
    trunk = 0.5 * (at(only, "left_shoulder") + at(only, "right_shoulder"))
    trunk = trunk - at(only, "pelvis")
    np.testing.assert_allclose(angle(trunk, UP), 7.0, atol=1e-6)


@pytest.mark.parametrize(
    ("height", "azimuth"), [(90, 0), (90, 90), (120, 90), (100, 180)]
)
@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("yaw", YAWS)
@pytest.mark.parametrize("scale", SCALES)
def test_o8_leg_height_and_direction(height, azimuth, side, yaw, scale):
    dancer = Dancer(1.68 * scale)
    free = on_one_leg(side, height=height, azimuth=azimuth)
    body = positions(parameters(dancer, heading=yaw, **free), dancer)
    np.testing.assert_allclose(elevation(body, side), height, atol=1e-6)
    way = at(body, f"{side}_ankle") - at(body, f"{side}_hip")
    found = np.degrees(np.arctan2(way[:, 0], way[:, 2]))
    facing = heading(at(body, "left_hip"), at(body, "right_hip"))
    found = SIGN[side] * (found - facing)
    np.testing.assert_allclose(wrap(found - azimuth), 0.0, atol=1e-6)


def test_o8_split_and_back_leg_angle():
    flying = {"left_plant": 0.0, "right_plant": 0.0, "air": 0.5}
    split = {"left_height": 80.0, "right_height": 80.0, "right_azimuth": 180.0}
    body = positions(parameters(**flying, **split))
    legs = [at(body, f"{s}_ankle") - at(body, f"{s}_hip") for s in SIDES]
    np.testing.assert_allclose(angle(*legs), 160.0, atol=1e-6)
    behind = on_one_leg("left", height=90.0, azimuth=180.0)
    body = positions(parameters(trunk_pitch=20.0, **behind))
    trunk = 0.5 * (at(body, "left_shoulder") + at(body, "right_shoulder"))
    leg = at(body, "left_ankle") - at(body, "left_hip")
    found = 180.0 - angle(trunk - at(body, "pelvis"), leg)
    np.testing.assert_allclose(found, 70.0, atol=1e-6)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("turns", [1, 2])
@pytest.mark.parametrize("fps", [30.0, 60.0, 120.0])
def test_o10_turns_towards_the_working_leg(side, turns, fps):
    base = other(side)
    phrase = Phrase.of(
        fifth_position(side), pirouette_en_dehors(side, turns, counts=5.0)
    )
    body = points(dance(phrase, fps=fps, heading=30.0))
    trunk = heading(at(body, "left_shoulder"), at(body, "right_shoulder"))
    yaw = np.unwrap(trunk, period=360.0)
    np.testing.assert_allclose(yaw[-1] - yaw[0], SIGN[side] * 360.0 * turns, atol=1e-6)
    raised = at(body, f"{side}_toe")[:, 1] > 0.4
    toe = at(body, f"{base}_toe")[raised]
    np.testing.assert_allclose(toe, np.broadcast_to(toe[0], toe.shape), atol=1e-9)


@pytest.mark.parametrize("flight", [0.3, 0.4, 0.5, 0.6, 0.7])
def test_o15_flight_time_and_height(flight):
    fps = 1000.0
    body = points(dance(Phrase.of(first_position(), saute(flight)), fps=fps))
    toe = at(body, "left_toe")[:, 1]
    aloft = np.flatnonzero(toe > 1e-9)
    time = (aloft[-1] - aloft[0] + 2) / fps
    assert time == pytest.approx(flight, abs=1e-9 + 1.0 / fps)
    centre = body[:, 1].mean(axis=-1)
    rise = centre[aloft].max() - centre[aloft[0] - 1]
    assert rise == pytest.approx(9.81 * flight**2 / 8.0, abs=1e-5)
    fall = np.diff(at(body, "pelvis")[aloft, 1], 2) * fps**2
    np.testing.assert_allclose(fall, -9.81, atol=1e-6)


def _adage(side):
    base = other(side)
    return Phrase.of(
        fifth_position(side),
        developpe(side, height=100.0),
        close_fifth(side, base),
        step_to(base, turn=-70.0 * SIGN[side]),
        arabesque_1(side),
        pirouette_en_dehors(side),
    )


def test_the_other_side_is_the_mirror_image():
    left, right = dance(_adage("left")), mirrored(dance(_adage("right")))
    np.testing.assert_allclose(
        left.position.to_numpy(),
        right.position.sel(keypoint=left.keypoint).to_numpy(),
        atol=1e-9,
    )


def test_heading_turns_everything_and_nothing_else():
    plain, turned = (
        points(dance(_adage("left"))),
        points(dance(_adage("left"), heading=40.0)),
    )
    a = np.radians(40.0)
    turn = np.array(
        [[np.cos(a), 0.0, np.sin(a)], [0.0, 1.0, 0.0], [-np.sin(a), 0.0, np.cos(a)]]
    )
    np.testing.assert_allclose(np.einsum("ij,tjk->tik", turn, plain), turned, atol=1e-7)


def test_a_smaller_body_is_the_same_dance():
    whole, small = (
        points(dance(_adage("left"), Dancer(1.7))),
        points(dance(_adage("left"), Dancer(1.19))),
    )
    np.testing.assert_allclose(0.7 * whole, small, atol=1e-7)


def test_frame_rates_agree():
    fast = points(dance(_adage("left"), fps=120.0))
    for step, fps in ((2, 60.0), (4, 30.0)):
        slow = points(dance(_adage("left"), fps=fps))
        np.testing.assert_allclose(fast[::step][: len(slow)], slow, atol=1e-9)


@pytest.mark.parametrize(
    "make",
    [demo_reference, lambda: dance(_adage("left")), lambda: _wobbling()],
    ids=["demo", "adage", "wobbling"],
)
def test_bones_keep_their_length(make):
    body = points(make())
    for a, b in (*BONES, ("left_heel", "left_toe"), ("right_heel", "right_toe")):
        length = np.linalg.norm(at(body, a) - at(body, b), axis=-1)
        assert np.ptp(length) < 1e-9, (a, b)


def _wobbling():
    return dance(_adage("left"), wobble_deg=1.0, wobble_s=0.01, seed=3)


@pytest.mark.parametrize(
    "phrase", [demo_phrase(), _adage("left")], ids=["demo", "adage"]
)
def test_feet_stand_still_and_stay_above_the_floor(phrase):
    poses = dance(phrase)
    body, time = points(poses), poses.time.to_numpy()
    score = compose(phrase.poses)
    reached = score.track.time
    for side in SIDES:
        toe = at(body, f"{side}_toe")
        share = 1.0 if side == "left" else 0.0
        weight = score.track.at(time)[:, PARAMETERS.index("weight_left")]
        alone = np.abs(weight - share) < 1e-12
        both = alone[1:] & alone[:-1]
        moved = np.linalg.norm(np.diff(toe, axis=0), axis=-1)
        assert both.sum() > 20
        assert moved[both].max() < 1e-6
        for name in ("toe", "heel"):
            assert at(body, f"{side}_{name}")[:, 1].min() > -1e-3
    assert reached[-1] == pytest.approx(phrase.counts)


def test_the_demo_faults_are_what_they_say():
    low, late, knee = demo_truth()
    reference = demo_reference()
    take = dance(
        demo_phrase(),
        alterations=(
            Alteration(
                "left_height",
                low.value,
                low.start_s - low.ramp_s,
                low.end_s + low.ramp_s,
                low.ramp_s,
            ),
            Alteration(
                "right_knee",
                knee.value,
                knee.start_s - knee.ramp_s,
                knee.end_s + knee.ramp_s,
                knee.ramp_s,
            ),
        ),
    )
    time = reference.time.to_numpy()
    before, after = points(reference), points(take)
    for fault, measure in ((low, elevation), (knee, flexion)):
        difference = measure(after, fault.side) - measure(before, fault.side)
        inside = (time >= fault.start_s) & (time <= fault.end_s)
        away = (time < fault.start_s - fault.ramp_s) | (
            time > fault.end_s + fault.ramp_s
        )
        np.testing.assert_allclose(difference[inside], fault.value, atol=1e-6)
        np.testing.assert_allclose(difference[away], 0.0, atol=1e-4)
    np.testing.assert_allclose(
        elevation(after, "left")[time > 18.0],
        elevation(before, "left")[time > 18.0],
        atol=0.01,
    )
    assert late.value == 0.25


def test_the_demo_delay_is_a_quarter_of_a_second():
    late = demo_truth()[1]
    delay = Delay(
        late.value, late.start_s - late.ramp_s, late.end_s + late.ramp_s, late.ramp_s
    )
    fps = 100.0
    plain = points(dance(demo_phrase(), fps=fps))
    take = points(dance(demo_phrase(), fps=fps, delays=(delay,)))
    first, last = int(late.start_s * fps) + 1, int(late.end_s * fps)
    np.testing.assert_allclose(
        take[first + 25 : last + 25], plain[first:last], atol=1e-4
    )
    moving = np.linalg.norm(np.diff(plain[first:last], axis=0), axis=1).max(axis=-1)
    assert np.mean(moving * fps > 0.1) > 0.7


def test_the_demo_take_shows_the_faults_through_noise():
    low, _, knee = demo_truth()
    bad, good = demo_take(), demo_take_without_faults()
    for fault, measure in ((low, elevation), (knee, flexion)):
        means = []
        for poses in (bad, good):
            time = (poses.time.to_numpy() - TAKE_WAIT_S) * TAKE_TEMPO
            inside = (time > fault.start_s + 0.1) & (time < fault.end_s - 0.1)
            means.append(measure(points(poses), fault.side)[inside].mean())
        assert means[0] - means[1] == pytest.approx(fault.value, abs=2.0)


def test_the_demo_take_faces_elsewhere():
    body = points(demo_take())[:20]
    facing = heading(at(body, "left_shoulder"), at(body, "right_shoulder"))
    assert facing.mean() == pytest.approx(TAKE_HEADING_DEG, abs=3.0)


def test_faults_leave_each_other_alone():
    faults = demo_truth()
    for a, b in itertools.pairwise(faults):
        assert a.end_s + a.ramp_s < b.start_s - b.ramp_s


def test_natural_variation_of_timing_stays_below_30_ms():
    clock, wild = compose(demo_phrase().poses).lasting_s, []
    for seed in range(20):
        sway = make_waves(TAKE_WOBBLE_S, 1, np.random.default_rng(seed))
        late = make_clock(clock, sway=sway)
        wild.append(np.abs(late.take_s - late.phrase_s).max())
    assert max(wild) < 0.03


def test_natural_variation_is_small():
    phrase = demo_phrase()
    plain = points(dance(phrase))
    angles = points(dance(phrase, wobble_deg=TAKE_WOBBLE_DEG, seed=7))
    for side in SIDES:
        for joints in (("hip", "knee", "ankle"), ("shoulder", "elbow", "wrist")):
            off = flexion(angles, side, joints) - flexion(plain, side, joints)
            assert np.sqrt(np.mean(off**2)) < 2.0
        off = elevation(angles, side) - elevation(plain, side)
        assert np.sqrt(np.mean(off**2)) < 2.0
