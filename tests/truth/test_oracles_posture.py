"""Angles, headings, masses and smoothness of motions known by construction.

The numbers are those of the domain's test oracles (O1 to O8, O20, O21); each also
turned, mirrored, at other frame rates and on a smaller body.
"""

import numpy as np
import pytest

import bodies
import oracles
from oracles import Oracle
from repetiteur.kernels import geometry
from repetiteur.kernels.filters import derivative
from repetiteur.kernels.smoothness import ldlj, sparc
from repetiteur.kinematics.headings import headings, turning
from repetiteur.kinematics.joints import joint_angles
from repetiteur.kinematics.mass import SEGMENTS, centre_of_mass, segment_centres
from repetiteur.model.skeletons import other_side

STANDING = {name: np.array(place) for name, place in bodies.STANDING.items()}
UP = geometry.UP


def posed(points, speed=(0.0, 0.0, 0.0)):
    """A posture carried through space at one speed."""

    def build(time):
        way = time[:, None] * np.array(speed)
        return {n: way + p for n, p in {**STANDING, **points}.items()}

    return build


def towards(height, azimuth, side="left"):
    """Unit direction by its angle from straight down and its angle outwards."""
    h = np.radians(height)
    limb = np.array([0.0, -np.cos(h), np.sin(h)])
    return geometry.turn(limb, azimuth if side == "left" else -azimuth)


# O1: feet turned out by 65 and 55 degrees.
def feet(left, right):
    return {
        f"{side}_toe": STANDING[f"{side}_heel"] + 0.24 * towards(90, tau, side)
        for side, tau in (("left", left), ("right", right))
    }


def turnouts(body):
    angles = joint_angles(body)
    left, right = angles["left_turnout"], angles["right_turnout"]
    return {
        "left_turnout": left,
        "right_turnout": right,
        "total": left + right,
        "difference": left - right,
    }


O1 = Oracle(
    "O1",
    posed(feet(65.0, 55.0), speed=(0.3, 0.0, -0.1)),
    turnouts,
    {"left_turnout": 65, "right_turnout": 55, "total": 120, "difference": 10},
    odd=("difference",),
)


# O2 and O3: two equal links, hip over ankle, the knee bent to one side.
def bent_leg(flexion, knee, foot, side="left"):
    half = np.radians(flexion / 2)
    ankle = STANDING[f"{side}_ankle"]
    hip = ankle + 0.8 * np.cos(half) * UP
    middle = 0.5 * (hip + ankle)
    return {
        f"{side}_hip": hip,
        other_side(f"{side}_hip"): hip * [-1.0, 1.0, 1.0],
        f"{side}_knee": middle + 0.4 * np.sin(half) * towards(90, knee, side),
        f"{side}_heel": ankle - [0.0, 0.06, 0.0] - 0.05 * towards(90, foot, side),
        f"{side}_toe": ankle - [0.0, 0.06, 0.0] + 0.19 * towards(90, foot, side),
    }


O2 = [
    Oracle(
        f"O2 {side}",
        posed(bent_leg(60.0, 40.0, 55.0, side)),
        joint_angles,
        {
            f"{side}_knee_flexion": 60,
            f"{side}_hip_rotation_proxy": 40,
            f"{side}_turnout": 55,
            f"{side}_knee_over_toe": 15,
        },
    )
    for side in ("left", "right")
]
STRAIGHT = Oracle(
    "O2 straight",
    posed(bent_leg(24.0, 40.0, 55.0)),
    joint_angles,
    {
        "left_knee_flexion": 24,
        "left_hip_rotation_proxy": np.nan,
        "left_knee_over_toe": np.nan,
        "left_turnout": 55,
    },
)
O3 = [
    Oracle(
        f"O3 {theta}",
        posed(bent_leg(theta, 30.0, 30.0)),
        joint_angles,
        {"left_knee_flexion": theta},
    )
    for theta in (0, 30, 60, 90, 135)
]
BACKWARDS = Oracle(
    "O3 backwards",
    posed(bent_leg(-12.0, 30.0, 30.0)),
    joint_angles,
    {"left_knee_flexion": -12},
)


# O4: the foot turned about the ankle, and the heel raised.
def pointed(flex):
    """The foot of a leg that hangs, turned down about the ankle."""
    ankle, a = STANDING["left_ankle"], np.radians(flex)
    ahead, down = np.array([0, -np.sin(a), np.cos(a)]), np.array([0, -np.cos(a), 0])
    down = down - [0, 0, np.sin(a)]
    return {
        "left_knee": ankle + 0.4 * UP,
        "left_hip": ankle + 0.8 * UP,
        "left_heel": ankle + 0.06 * down - 0.05 * ahead,
        "left_toe": ankle + 0.06 * down + 0.19 * ahead,
    }


def raised(rise):
    a = np.radians(rise)
    toe = STANDING["left_toe"]
    return {"left_heel": toe + 0.24 * np.array([0.0, np.sin(a), -np.cos(a)])}


O4 = [
    Oracle(
        f"O4 {flex}",
        posed(pointed(flex)),
        joint_angles,
        # Straight, however the foot is pointed.
        {"left_ankle_plantarflexion": flex, "left_knee_flexion": 0},
    )
    for flex in (0, 30, 83, -30)
] + [
    Oracle(
        f"O4 heel {rise}",
        posed(raised(rise)),
        lambda body: {
            **(angles := joint_angles(body)),
            "height": np.sin(np.radians(angles["left_heel_rise"]))
            + np.sin(np.radians(angles["right_heel_rise"])),
        },
        {"left_heel_rise": rise, "right_heel_rise": 0, "height": height},
        tolerance=5e-4,
    )
    for rise, height in ((30, 0.5), (45, 0.707), (60, 0.866), (83, 0.993))
]


# O6: a trunk tipped forward; a hip raised.
def tipped(pitch, side):
    """Shoulders over the hips by tan(pitch) ahead and tan(side) to the left."""
    middle = 0.5 * (STANDING["left_hip"] + STANDING["right_hip"])
    along = 0.5 * np.array([np.tan(np.radians(side)), 1, np.tan(np.radians(pitch))])
    return {f"{s}_shoulder": middle + along + [x, 0, 0] for s, x in SHOULDERS}


SHOULDERS = (("left", 0.17), ("right", -0.17))
O6 = [
    Oracle(
        "O6 pitch",
        posed(tipped(7.0, 0.0)),
        joint_angles,
        {"trunk_pitch": 7, "trunk_side": 0},
        odd=("trunk_side",),
    ),
    Oracle(
        "O6 both",
        posed(tipped(20.0, -11.0)),
        joint_angles,
        {"trunk_pitch": 20, "trunk_side": -11},
        odd=("trunk_side",),
    ),
    Oracle(
        "O6 hip",
        posed(
            {
                "left_hip": np.array([0.09, 0.9317, 0.0]),
                "right_hip": np.array([-0.09, 0.9, 0.0]),
            }
        ),
        joint_angles,
        {"pelvis_obliquity": 10.0},
        odd=("pelvis_obliquity",),
        tolerance=0.02,  # the oracle's height is given in tenths of millimetres
    ),
]


# O7: headings, and pelvis, trunk and head turned against one another.
def twisted(hips=0.0, shoulders=0.0, head=0.0):
    by = {"hip": hips, "shoulder": shoulders, "ear": head, "eye": head, "nose": head}
    return {
        name: geometry.turn(place, by[name.split("_")[-1]])
        for name, place in STANDING.items()
        if name.split("_")[-1] in by
    }


def facing(body):
    found = headings(body)
    return {
        "pelvis": found.pelvis,
        "trunk": found.trunk,
        "head": found.head,
        "body": turning(body),
        **{n: joint_angles(body)[n] for n in ("hip_square", "head_yaw")},
    }


O7 = [
    Oracle(
        f"O7 {yaw}",
        posed(twisted(yaw + 5.0, yaw + 20.0, yaw - 40.0)),
        facing,
        {
            "pelvis": yaw + 5,
            "trunk": yaw + 20,
            "head": yaw - 40,
            "body": yaw + 12.5,
            "hip_square": -15,
            "head_yaw": -60,
        },
        odd=("pelvis", "trunk", "head", "body", "hip_square", "head_yaw"),
        turns=("pelvis", "trunk", "head", "body"),
    )
    for yaw in (0, -45, 45, 90, 180)
]


# O8: straight legs to every height and side.
def legs(left, right=(0.0, 0.0)):
    out = {}
    for side, (height, azimuth) in (("left", left), ("right", right)):
        limb = towards(height, azimuth, side)
        out[f"{side}_knee"] = STANDING[f"{side}_hip"] + 0.42 * limb
        out[f"{side}_ankle"] = STANDING[f"{side}_hip"] + 0.83 * limb
    return out


O8 = [
    Oracle(
        f"O8 {height} {azimuth}",
        posed(legs((height, azimuth), (height, azimuth))),
        joint_angles,
        {
            f"{side}_leg_{what}": value
            for side in ("left", "right")
            for what, value in (("elevation", height), ("azimuth", azimuth))
        },
    )
    for height, azimuth in ((90, 0), (90, 90), (120, 90), (100, 180), (45, -20))
]
O8 += [
    Oracle(
        "O8 no side",
        posed(legs((175.0, 90.0), (5.0, 0.0))),
        joint_angles,
        {
            "left_leg_elevation": 175,
            "left_leg_azimuth": np.nan,
            "right_leg_azimuth": np.nan,
        },
    ),
    Oracle(
        "O8 split",
        posed(legs((80.0, 0.0), (80.0, 180.0))),
        joint_angles,
        {"split_angle": 160},
    ),
    Oracle(
        "O8 arabesque",
        posed({**legs((90.0, 180.0)), **tipped(20.0, 0.0)}),
        joint_angles,
        {"left_back_leg_angle": 70, "right_back_leg_angle": 20, "trunk_pitch": 20},
    ),
    Oracle(
        "O8 standing",
        posed({**legs((0.0, 0.0)), **tipped(0.0, 0.0)}),
        joint_angles,
        {"left_back_leg_angle": 0, "right_back_leg_angle": 0, "split_angle": 0},
    ),
]


# Arms and head, by the same construction.
def arms(height, azimuth, bend):
    """Both arms; the forearm turned up, or on, from the upper arm."""
    out = {}
    for side, _ in SHOULDERS:
        upper = 0.3 * towards(height, azimuth, side)
        fore = 0.25 * towards(height + bend, azimuth, side)
        out[f"{side}_elbow"] = STANDING[f"{side}_shoulder"] + upper
        out[f"{side}_wrist"] = out[f"{side}_elbow"] + fore
    return out


ARMS = [
    Oracle(
        "arms bent",
        posed(arms(60.0, 45.0, 35.0)),
        joint_angles,
        {"left_elbow_flexion": 35, "right_elbow_flexion": 35, "left_arm_azimuth": 45},
    ),
    Oracle(
        "arms straight",
        posed(arms(70.0, 80.0, 0.0)),
        joint_angles,
        {
            f"{side}_{name}": value
            for side in ("left", "right")
            for name, value in (
                ("elbow_flexion", 0),
                ("arm_elevation", 70),
                ("arm_azimuth", 80),
            )
        },
    ),
]


def nodding(pitch, tilt):
    nod, lean = np.radians(pitch), np.radians(tilt)
    middle, ear = np.array([0.0, 1.55, 0.0]), np.array([np.cos(lean), -np.sin(lean), 0])
    return {
        "left_ear": middle + 0.07 * ear,
        "right_ear": middle - 0.07 * ear,
        "nose": middle + 0.1 * np.array([0.0, -np.sin(nod), np.cos(nod)]),
    }


HEAD = Oracle(
    "head",
    posed(nodding(25.0, 10.0)),
    joint_angles,
    {"head_pitch": 25, "head_tilt": 10, "head_yaw": 0},
    odd=("head_tilt", "head_yaw"),
)


# O20: minimum-jerk strokes of one hand, one after another.
def strokes(count, seconds, size):
    def build(time):
        u = np.clip(time[:, None] * count / seconds - np.arange(count), 0.0, 1.0)
        way = size * (10 * u**3 - 15 * u**4 + 6 * u**5).sum(axis=1)
        moved = way[:, None] * towards(110.0, 30.0)
        still = {n: np.tile(p, (time.size, 1)) for n, p in STANDING.items()}
        return {**still, "left_hand": still["left_hand"] + moved}

    return build


def smoothness(body):
    speed = np.linalg.norm(derivative(body["left_hand"], body.time), axis=1)
    speed += np.linalg.norm(derivative(body["right_hand"], body.time), axis=1)
    rate = 1.0 / (body.time[1] - body.time[0])
    return {"sparc": sparc(speed, rate), "ldlj": ldlj(speed, rate)}


# Derived three times, fast strokes need fast frames: the jerk of LDLJ is checked on the
# formula at 200 Hz below, here that of one slow stroke.
O20 = [
    Oracle(
        f"O20 {seconds:g} s {size:g} m",
        strokes(1, seconds, size),
        smoothness,
        {"sparc": -1.406},
        tolerance=0.02,
        seconds=seconds,
    )
    for seconds, size in ((1.0, 1.0), (2.0, 0.5), (4.0, 0.3))
] + [
    Oracle(
        "O20 jerk",
        strokes(1, 4.0, 0.5),
        smoothness,
        {"ldlj": -5.322},
        tolerance=0.1,
        seconds=4.0,
    )
]


@pytest.mark.parametrize(
    ("count", "arc", "jerk"),
    [
        (1, -1.406, -5.27),
        (2, -2.245, -8.05),
        (3, -2.689, -9.67),
        (4, -3.097, -10.82),
    ],
)
def test_o20_at_200_hz(count, arc, jerk):
    time = np.linspace(0.0, 1.0, 201)
    u = np.clip(time[:, None] * count - np.arange(count), 0.0, 1.0)
    speed = (30 * u**2 - 60 * u**3 + 30 * u**4).sum(axis=1)
    assert sparc(speed, 200.0) == pytest.approx(arc, abs=1e-3)
    assert ldlj(speed, 200.0) == pytest.approx(jerk, abs=0.03)


# O21 and the centre of mass.
def mass(body):
    """Speed of the centre of mass, and where it is over the pelvis."""
    centre = centre_of_mass(body)
    velocity = derivative(centre, body.time)
    over = centre - body.middle("hip")
    return {
        "speed": np.linalg.norm(velocity, axis=1),
        "energy": 0.5 * (velocity**2).sum(axis=1),
        "up": over[:, 1],
        "aside": np.hypot(over[:, 0], over[:, 2]),
    }


def centre_by_hand():
    """The centre of mass of ``STANDING``, segment by segment."""
    p, along = STANDING, lambda a, b, share: (1 - share) * a + share * b
    total = 0.081 * 0.5 * (p["left_ear"] + p["right_ear"])
    trunk = [
        p[f"{s}_{part}"] for s in ("left", "right") for part in ("hip", "shoulder")
    ]
    total = total + 0.497 * sum(trunk) / 4
    for s in ("left", "right"):
        total = (
            total
            + 0.028 * along(p[f"{s}_shoulder"], p[f"{s}_elbow"], 0.436)
            + 0.016 * along(p[f"{s}_elbow"], p[f"{s}_wrist"], 0.430)
            + 0.006 * p[f"{s}_hand"]
            + 0.100 * along(p[f"{s}_hip"], p[f"{s}_knee"], 0.433)
            + 0.0465 * along(p[f"{s}_knee"], p[f"{s}_ankle"], 0.433)
            + 0.0145 * along(p[f"{s}_heel"], p[f"{s}_toe"], 0.5)
        )
    return total


CENTRE = centre_by_hand()
HIPS = 0.5 * (STANDING["left_hip"] + STANDING["right_hip"])
O21 = [
    Oracle(
        "O21 still",
        posed({}),
        mass,
        {
            "speed": 0.0,
            "energy": 0.0,
            "up": (CENTRE - HIPS)[1],
            "aside": np.hypot((CENTRE - HIPS)[0], (CENTRE - HIPS)[2]),
        },
        lengths=("up", "aside"),
    ),
    Oracle(
        "O21 carried",
        posed({}, speed=(0.6, 0.0, 0.8)),
        mass,
        {"speed": 1.0, "up": (CENTRE - HIPS)[1]},
        lengths=("speed", "up"),
    ),
]

ORACLES = [O1, *O2, STRAIGHT, *O3, BACKWARDS, *O4, *O6, *O7, *O8, *ARMS, HEAD]


@pytest.mark.parametrize(("oracle", "change"), oracles.cases([*ORACLES, *O20, *O21]))
def test_oracle(oracle, change):
    oracles.check(oracle, change)


def test_the_masses_are_the_whole_body():
    assert sum(segment.mass for segment in SEGMENTS.values()) == pytest.approx(1.0)
    for segment in SEGMENTS.values():
        for place in segment.places:
            assert sum(place.values()) == pytest.approx(1.0)


def test_a_body_held_at_one_point_has_its_mass_there():
    at = np.array([[0.3, 1.1, -0.4]])
    body = bodies.body(np.zeros(1), dict.fromkeys(STANDING, at))
    assert np.allclose(centre_of_mass(body), at)
    assert all(np.allclose(centre, at) for centre in segment_centres(body).values())


@pytest.mark.parametrize("segment", SEGMENTS)
def test_one_segment_moved_takes_its_share_of_the_mass_with_it(segment):
    # Keypoints of no other segment but where they are shared: moved by construction.
    place = SEGMENTS[segment].places[0]
    still = {n: p[None] for n, p in STANDING.items()}
    before = bodies.body(np.zeros(1), still)
    after = bodies.body(np.zeros(1), {n: p + (n in place) for n, p in still.items()})
    moved = {
        name: segment_centres(after)[name] - segment_centres(before)[name]
        for name in SEGMENTS
    }
    assert np.allclose(moved[segment], 1.0)
    whole = sum(SEGMENTS[name].mass * by for name, by in moved.items())
    assert np.allclose(centre_of_mass(after) - centre_of_mass(before), whole)
