"""Placement, line, arms, head and symmetry of postures known by construction.

The domain's oracles O1, O2, O4 to O9, O14 and O19 through the measures themselves, as
they are taken on the moments that the movement has; each also turned, mirrored, at
other frame rates and on a smaller body.
"""

from __future__ import annotations

import numpy as np
import pytest

import bodies
import oracles
from oracles import Oracle
from repetiteur.kernels import geometry
from repetiteur.kinematics.movement import movement_of
from repetiteur.technique.measure import measures
from repetiteur.technique.moments import moments_of
from repetiteur.technique.symmetry import asymmetry, symmetry_index
from repetiteur.technique.take import take

STANDING = {name: np.array(place) for name, place in bodies.STANDING.items()}
UP = geometry.UP
FOOT = 0.24
SIDES = ("left", "right")


def towards(height, azimuth, side="left"):
    """Unit direction by its angle from straight down and its angle outwards."""
    h = np.radians(height)
    limb = np.array([0.0, -np.cos(h), np.sin(h)])
    return geometry.turn(limb, azimuth if side == "left" else -azimuth)


def taken(on, *ids):
    """Measures of the one moment of this kind, named by side and id."""
    wanted = [one for one in measures() if one.on == on and one.id in ids]
    assert {one.id for one in wanted} == set(ids)

    def measure(body):
        movement = movement_of(body)
        (moment,) = [m for m in moments_of(movement) if m.kind == on]
        return {
            f"{side}_{one.id}" if side else one.id: one.value(
                movement, moment.event, side
            )
            for one in wanted
            for side in one.sides(moment.event)
        }

    return measure


def stood(points):
    """A posture held for a second on both feet."""
    return lambda time: {
        name: np.tile(place, (time.size, 1))
        for name, place in {**STANDING, **points}.items()
    }


def ramp(time, up=0.3, held=0.9, down=2.1, end=2.7):
    """0, and 1 from ``held`` to ``down``, along minimum-jerk strokes."""
    u = np.clip((time - up) / (held - up), 0.0, 1.0)
    v = np.clip((end - time) / (end - down), 0.0, 1.0)
    w = np.minimum(u, v)
    return w**3 * (10.0 - 15.0 * w + 6.0 * w**2)


# O1: feet turned out by 65 and 55 degrees.
def feet(left, right):
    return {
        f"{side}_toe": STANDING[f"{side}_heel"] + FOOT * towards(90, tau, side)
        for side, tau in (("left", left), ("right", right))
    }


O1 = Oracle(
    "O1",
    stood(feet(65.0, 55.0)),
    taken(
        "stance", "turnout_total", "turnout_side", "turnout_side.difference",
        "symmetry_index.turnout_side", "asymmetry.turnout_side",
    ),
    {
        "turnout_total": 120, "left_turnout_side": 65, "right_turnout_side": 55,
        "turnout_side.difference": 10, "symmetry_index.turnout_side": 100 / 6,
        "asymmetry.turnout_side": -100 / 6,
    },
    odd=("turnout_side.difference", "asymmetry.turnout_side"),
)  # fmt: skip


# O2: two equal links, hip over ankle, bent by 60 degrees for a moment.
def bent(flexion, knees, foot):
    """A plié; the knees to their azimuths (left, right), the feet to theirs."""

    def build(time):
        half = np.radians(0.5 * flexion) * ramp(time)
        points = stood({})(time)
        for side, knee in zip(SIDES, knees, strict=True):
            ankle = STANDING[f"{side}_ankle"]
            hip = ankle + 0.8 * np.cos(half)[:, None] * UP
            out = 0.4 * np.sin(half)[:, None] * towards(90, knee, side)
            sole = ankle - 0.06 * UP + 0.0 * hip
            points |= {
                f"{side}_hip": hip,
                f"{side}_knee": 0.5 * (hip + ankle) + out,
                f"{side}_heel": sole - 0.05 * towards(90, foot, side),
                f"{side}_toe": sole + 0.19 * towards(90, foot, side),
                f"{side}_shoulder": hip + 0.5 * UP,
            }
        return points

    return build


O2 = Oracle(
    "O2",
    bent(60.0, (40.0, 32.0), 55.0),
    taken(
        "plie", "knee_flexion", "hip_rotation_proxy", "knee_over_toe", "plie_depth",
        "heel_height", "symmetry_index.knee_flexion", "asymmetry.hip_rotation_proxy",
    ),
    {
        "left_knee_flexion": 60, "right_knee_flexion": 60,
        "left_hip_rotation_proxy": 40, "right_hip_rotation_proxy": 32,
        "left_knee_over_toe": 15, "right_knee_over_toe": 23,
        "plie_depth": 1.0 - np.cos(np.radians(30.0)),
        "left_heel_height": 0, "right_heel_height": 0,
        "symmetry_index.knee_flexion": 0,
        "asymmetry.hip_rotation_proxy": -100.0 * 8 / 36,
    },
    odd=("asymmetry.hip_rotation_proxy",),
    seconds=3.0,
)  # fmt: skip


# O5: the front heel moved along the back foot, the feet 8 cm apart fore-aft.
def crossed(share, total, apart=0.08):
    """The left foot before the right one."""
    half = 0.5 * total
    heel = np.array([0.06, 0.01, -0.05])
    out = {"right": towards(90, half, "right"), "left": towards(90, half, "left")}
    heels = {"right": heel, "left": heel + share * FOOT * out["right"] + [0, 0, apart]}
    return {
        f"{side}_{part}": heels[side] + far * out[side] + high * UP
        for side in SIDES
        for part, far, high in (("heel", 0, 0), ("toe", FOOT, 0), ("ankle", 0.05, 0.06))
    }


PLACEMENT = tuple(f"foot_placement.{part}" for part in ("cross_index", "gap_ap"))
O5 = [
    Oracle(
        f"O5 {share:g} {total:g}",
        stood(crossed(share, total)),
        taken("stance", *PLACEMENT, "foot_placement.gap_lat"),
        {
            "foot_placement.cross_index": share,
            "foot_placement.gap_ap": 0.08 / FOOT,
            "foot_placement.gap_lat": share * np.sin(np.radians(0.5 * total)),
        },
    )
    for share in (0.0, 0.5, 1.0)
    for total in (180.0, 120.0)
]
O5 += [
    Oracle(
        "O5 parallel",
        stood(crossed(0.5, 40.0)),
        taken("stance", *PLACEMENT),
        dict.fromkeys(PLACEMENT, np.nan),
    )
]


# O6: the trunk, and the whole body, tipped over the feet.
def tipped(pitch, side):
    middle = 0.5 * (STANDING["left_hip"] + STANDING["right_hip"])
    along = 0.5 * np.array([np.tan(np.radians(side)), 1, np.tan(np.radians(pitch))])
    return {f"{s}_shoulder": middle + along + [x, 0, 0] for s, x in SHOULDERS}


def leaning(degrees, azimuth):
    """The head over the middle of the ankles, leaning to an azimuth."""
    middle = 0.5 * (STANDING["left_ankle"] + STANDING["right_ankle"])
    top = middle + 1.5 * towards(180.0 - degrees, azimuth)
    return {f"{side}_ear": top + np.array([x, 0.0, 0.0]) for side, x in EARS}


SHOULDERS = (("left", 0.17), ("right", -0.17))
EARS = (("left", 0.07), ("right", -0.07))
O6 = [
    Oracle(
        "O6",
        stood({**tipped(7.0, -3.0), **leaning(7.0, 35.0)}),
        taken("stance", "aplomb.pitch", "aplomb.side", "aplomb.plumb"),
        {"aplomb.pitch": 7, "aplomb.side": -3, "aplomb.plumb": 7},
        odd=("aplomb.side",),
    ),
    Oracle(
        "O6 upright",
        stood({}),
        taken("stance", "aplomb.plumb"),
        {"aplomb.plumb": 0},
    ),
]


# O7: pelvis, shoulders and head turned against one another, the head inclined.
def twisted(hips=0.0, shoulders=0.0, head=0.0):
    by = {"hip": hips, "shoulder": shoulders, "ear": head, "eye": head, "nose": head}
    return {
        name: geometry.turn(place, by[name.split("_")[-1]])
        for name, place in STANDING.items()
        if name.split("_")[-1] in by
    }


def nodding(pitch, tilt):
    nod, lean = np.radians(pitch), np.radians(tilt)
    middle, ear = np.array([0.0, 1.55, 0.0]), np.array([np.cos(lean), -np.sin(lean), 0])
    return {
        "left_ear": middle + 0.07 * ear,
        "right_ear": middle - 0.07 * ear,
        "nose": middle + 0.1 * np.array([0.0, -np.sin(nod), np.cos(nod)]),
    }


EPAULEMENT = ("epaulement.shoulders", "epaulement.head", "epaulement.tilt")
O7 = [
    Oracle(
        f"O7 {yaw}",
        stood(twisted(yaw + 5.0, yaw + 20.0, yaw - 40.0)),
        taken("stance", "hip_square", *EPAULEMENT),
        {
            "hip_square": -15, "epaulement.shoulders": 15,
            "epaulement.head": -60, "epaulement.tilt": 0,
        },
        odd=("hip_square", *EPAULEMENT),
    )
    for yaw in (0, -45, 45, 90, 180)
] + [
    Oracle(
        "O7 head",
        stood(nodding(25.0, 10.0)),
        taken("stance", "head_pitch", *EPAULEMENT),
        {"head_pitch": 25, "epaulement.tilt": 10, "epaulement.head": 0},
        odd=EPAULEMENT,
    )
]  # fmt: skip


# O4 and O8: the straight left leg raised to a height and side, and held there.
def raised(height, azimuth, points=STANDING, point=0.0):
    def build(time):
        out = stood(points)(time)
        share = ramp(time)[:, None]
        hip = out["left_hip"]
        leg = np.stack([towards(h, azimuth) for h in height * share[:, 0]])
        front = np.stack([towards(h + 90.0, azimuth) for h in height * share[:, 0]])
        flex = np.radians(point * share)
        foot = np.sin(flex) * leg + np.cos(flex) * front
        ankle = hip + 0.83 * leg
        return out | {
            "left_knee": hip + 0.42 * leg,
            "left_ankle": ankle,
            "left_heel": ankle + 0.06 * leg - 0.05 * foot,
            "left_toe": ankle + 0.06 * leg + 0.19 * foot,
        }

    return build


def on_both(name, build, expected, **how):
    """An oracle of a gesture, and the same of the balance that it is."""
    ids = {key.split("_", 1)[1] if key.startswith(SIDES) else key for key in expected}
    return [
        Oracle(
            f"{name} {on}", build, taken(on, *sorted(ids)), expected,
            tolerance=1e-4, seconds=3.0, **how,
        )
        for on in ("gesture", "balance")
    ]  # fmt: skip


O4 = [
    oracle
    for flex in (0.0, 30.0, 83.0, -30.0)
    for oracle in on_both(
        f"O4 {flex:g}",
        raised(60.0, 80.0, point=flex),
        {"left_ankle_plantarflexion": flex, "left_knee_extension_working": 0},
    )
]
O8 = [
    oracle
    for height, azimuth in ((90, 0), (90, 90), (120, 90), (100, 180), (45, -20))
    for oracle in on_both(
        f"O8 {height} {azimuth}",
        raised(float(height), azimuth),
        {
            "left_leg_elevation": height, "left_thigh_elevation": height,
            "left_leg_azimuth": azimuth, "left_knee_extension_working": 0,
            "right_heel_height": 0,
        },
    )
]  # fmt: skip
O8 += on_both(
    "O8 upright",
    raised(175.0, 90.0),
    {"left_leg_elevation": 175, "left_leg_azimuth": np.nan},
)
O8 += on_both(
    "O8 arabesque",
    raised(90.0, 180.0, tipped(20.0, 0.0)),
    {"left_arabesque_line.back_leg_angle": 70, "left_arabesque_line.pitch": 20},
)
O8 += on_both(
    "O8 no arabesque",
    raised(90.0, 100.0, tipped(20.0, 0.0)),
    dict.fromkeys(
        ("left_arabesque_line.back_leg_angle", "left_arabesque_line.pitch"), np.nan
    ),
)
O8 += on_both(
    "O7 opened", raised(90.0, 90.0, twisted(20.0, 5.0)), {"left_hip_square": 15}
)
HIGH_HIP = {"left_hip": np.array([0.09, 0.9 + 0.18 * np.tan(np.radians(10.0)), 0.0])}
O8 += on_both(
    "O6 hip",
    raised(90.0, 90.0, HIGH_HIP),
    {"pelvis_obliquity": 10},
    odd=("pelvis_obliquity",),
)
O8 += [
    Oracle(
        "O6 over one foot",
        raised(90.0, 90.0, {f"{s}_ear": STANDING[f"{s}_ear"] + [x, 0, 0]
                            for s in SIDES for x in [1.48 * np.tan(0.1) - 0.1]}),
        taken("balance", "aplomb.plumb", "turnout_side"),
        {
            "right_aplomb.plumb": np.degrees(0.1),
            "right_turnout_side": np.degrees(np.arctan2(0.12, 0.19)),
        },
        seconds=3.0,
    )
]  # fmt: skip


# O9: the foot drawn up the other leg.
def drawn_up(share):
    """The left toe at a share of the right shank's height, beside it."""

    def build(time):
        out, u = stood({})(time), ramp(time)[:, None]
        ankle, knee = out["right_ankle"], out["right_knee"]
        toe = knee * [1, 0, 1] + [0.02, 0.0, 0.05]
        toe = toe + UP * (ankle + share * (knee - ankle))
        up = {
            "knee": out["left_hip"] + 0.42 * towards(80.0, 60.0),
            "ankle": toe + np.array([0.05, 0.1, 0.0]),
            "heel": toe + np.array([0.08, 0.1, -0.05]),
            "toe": toe,
        }
        moved = {
            f"left_{part}": (1.0 - u) * out[f"left_{part}"] + u * place
            for part, place in up.items()
        }
        return out | moved

    return build


O9 = [
    oracle
    for share in (1.0, 0.5)
    for oracle in on_both(f"O9 {share}", drawn_up(share), {"left_retire_height": share})
]
O9 += on_both("O9 no retiré", raised(90.0, 0.0), {"left_retire_height": np.nan})


# O9: arms. Upper arm 0.3 m, forearm 0.25 m.
def arm(side, height, azimuth, bend=0.0):
    """An arm and its forearm, which is turned further up by the bend."""
    shoulder = STANDING[f"{side}_shoulder"]
    elbow = shoulder + 0.3 * towards(height, azimuth, side)
    wrist = elbow + 0.25 * towards(height + bend, azimuth, side)
    return {f"{side}_elbow": elbow, f"{side}_wrist": wrist}


def carried(left, right=None):
    return {**arm("left", *left), **arm("right", *(right or left))}


SHAPE = tuple(f"arm_shape.{part}" for part in ("elevation", "azimuth", "elbow_flexion"))
HANDS = ("arm_shape.hand_symmetry", "arm_shape.position")
O9 += [
    Oracle(
        "O9 arms",
        stood(carried((70.0, 80.0), (60.0, 45.0, 35.0))),
        taken("stance", *SHAPE),
        {
            "left_arm_shape.elevation": 70, "left_arm_shape.azimuth": 80,
            "left_arm_shape.elbow_flexion": 0, "right_arm_shape.elbow_flexion": 35,
            "right_arm_shape.azimuth": 45,
        },
    ),
    Oracle(
        "O9 hands mirrored",
        stood(carried((70.0, 60.0, 20.0))),
        taken("stance", *HANDS, "symmetry_index.arm_shape.elevation"),
        {"arm_shape.hand_symmetry": 0, "symmetry_index.arm_shape.elevation": 0},
    ),
    Oracle(
        "O9 hands apart",  # at arm's length, straight: an angle's chord
        stood(carried((90.0, 90.0), (90.0, 60.0))),
        taken("stance", *HANDS),
        {"arm_shape.hand_symmetry": 2.0 * np.sin(np.radians(15.0))},
    ),
    Oracle(
        "O9 height of the arms",
        stood(carried((100.0, 90.0), (110.0, 90.0))),
        taken(
            "stance", "symmetry_index.arm_shape.elevation",
            "asymmetry.arm_shape.elevation",
        ),
        {
            "symmetry_index.arm_shape.elevation": 200 / 21,
            "asymmetry.arm_shape.elevation": 200 / 21,
        },
        odd=("asymmetry.arm_shape.elevation",),
    ),
    Oracle(
        "O9 elbows",
        stood(
            {
                f"{side}_{part}": STANDING[f"{side}_shoulder"]
                + far * towards(90.0, 90.0, side) - down * UP
                for side, drop in (("left", 0.07), ("right", -0.07))
                for part, far, down in (("elbow", 0.24, drop), ("wrist", 0.48, 0.0))
            }
        ),
        taken("stance", "arm_shape.elbow_drop"),
        {"left_arm_shape.elbow_drop": 0.14, "right_arm_shape.elbow_drop": -0.14},
    ),
    Oracle(
        "O9 hanging elbows",
        stood(carried((30.0, 90.0, 10.0))),
        taken("stance", "arm_shape.elbow_drop"),
        dict.fromkeys(("left_arm_shape.elbow_drop", "right_arm_shape.elbow_drop"),
                      np.nan),
    ),
]  # fmt: skip
#: Where arms are in each position: height, azimuth and bend, as one would set them.
SET = {
    "low": (25.0, 5.0, 10.0),
    "front": (60.0, -5.0, 25.0),
    "side": (72.0, 75.0, 20.0),
    "up": (140.0, 0.0, 20.0),
}
O9 += [
    Oracle(
        f"O9 {one} {other}",
        stood(carried(SET[one], SET[other])),
        taken("stance", "arm_shape.position"),
        {"arm_shape.position": name},
    )
    for one, other, name in (
        ("low", "low", "low"), ("front", "front", "front"), ("side", "side", "side"),
        ("up", "up", "up"), ("front", "side", "front_side"), ("up", "side", "up_side"),
        ("up", "front", "up_front"), ("side", "up", "up_side"),
    )
]  # fmt: skip
O9 += [
    Oracle(
        f"O9 {name}",
        stood(carried(*arms)),
        taken("stance", "arm_shape.position"),
        {"arm_shape.position": ""},
    )
    for name, arms in (
        ("between front and side", [(70.0, 35.0)]),
        ("behind", [(50.0, 170.0)]),
    )
]


# O14: on the left foot, its heel up from 1.0 to 4.5 s.
def rising(time):
    points = stood({})(time)
    for part in ("ankle", "heel", "toe", "knee"):
        points[f"right_{part}"] = points[f"right_{part}"] + [0.0, 0.3, 0.05]
    toe, heel = STANDING["left_toe"], STANDING["left_heel"]
    length, u = np.linalg.norm(toe - heel), np.radians(45.0)
    along = (heel - toe) / length
    high = toe + length * (np.cos(u) * along + np.sin(u) * UP)
    up = ((time >= 1.0) & (time <= 4.5))[:, None]
    return points | {"left_heel": np.where(up, high, heel)}


def the_rise(body):
    """The balance on the raised foot."""
    movement = movement_of(body)
    (balance,) = [b for b in movement.balances if b.part > 1]
    named = {"balance_time", "heel_height"}
    return {
        one.id: one.value(movement, balance, balance.side)
        for one in measures()
        if one.on == "balance" and one.id in named
    }


O14 = [
    Oracle(
        "O14", rising, the_rise, {"balance_time": 3.5},
        tolerance=1e-6, frames=1.0, seconds=5.5,
    ),
    Oracle(
        "O14 height", rising, the_rise, {"heel_height": np.sqrt(0.5)},
        tolerance=1e-3, seconds=5.5,
    ),
]  # fmt: skip

ORACLES = [O1, O2, *O4, *O5, *O6, *O7, *O8, *O9, *O14]


@pytest.mark.parametrize(("oracle", "change"), oracles.cases(ORACLES))
def test_oracle(oracle, change):
    oracles.check(oracle, change)


def test_o19():
    assert round(symmetry_index(110.0, 100.0), 2) == 9.52
    assert round(symmetry_index(100.0, 110.0), 2) == 9.52
    assert round(asymmetry(110.0, 100.0), 2) == 9.52
    assert round(asymmetry(100.0, 110.0), 2) == -9.52


# Negative tests: what is not there is said, and never a number.
def not_judged(build, only, *, hidden=()):
    time = np.arange(181) / 60.0
    points = {n: p for n, p in build(time).items() if n not in hidden}
    found = take(bodies.body(time, points), only=[only])
    assert not found.measurements
    return [entry.reason for entry in found.not_judged if entry.measure == only]


@pytest.mark.parametrize(
    ("measure", "hidden"),
    [
        ("foot_placement.cross_index", "left_heel"),
        ("turnout_side.difference", "right_toe"),
        ("arm_shape.position", "right_wrist"),
        ("epaulement.shoulders", "left_hip"),
        ("epaulement.tilt", "left_ear"),
        ("symmetry_index.turnout_side", "left_toe"),
    ],
)
def test_points_that_were_never_seen_are_named(measure, hidden):
    reasons = not_judged(stood({}), measure, hidden=[hidden])
    assert any(hidden in reason for reason in reasons)


def test_knees_that_hardly_bend_are_no_plie():
    (reason,) = not_judged(bent(24.0, (40.0, 40.0), 55.0), "knee_over_toe")
    assert "no bend of the supporting knee by 25 degrees" in reason


def test_a_foot_that_was_seen_too_rarely_has_no_value():
    time = np.arange(61) / 60.0
    points = stood(feet(65.0, 55.0))(time)
    points["left_toe"][np.arange(61) % 3 > 0] = np.nan
    found = taken("stance", "turnout_side", "turnout_side.difference")
    values = found(bodies.body(time, points))
    assert np.isnan(values["left_turnout_side"])
    assert np.isnan(values["turnout_side.difference"])
    assert values["right_turnout_side"] == pytest.approx(55.0)
