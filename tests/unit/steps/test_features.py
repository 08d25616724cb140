"""What rules read, each on a body of which it is known."""

from types import MappingProxyType

import numpy as np
import pytest

import bodies
import named
from named import OTHER, Named, passage
from repetiteur.kernels import geometry
from repetiteur.model.body import Body
from repetiteur.steps.features import FEATURES, over
from repetiteur.steps.stretches import Stretch

FPS, STANDS = 60.0, 60
FOOT = ("ankle", "heel", "toe")
SIGN = {"left": 1.0, "right": -1.0}
LEG = 0.83


def standing(**places):
    """Who stands for a second, then is in another pose for one, (points)."""
    return {
        name: np.concatenate(
            [
                np.tile(place, (STANDS, 1)),
                np.tile(places.get(name, place), (STANDS, 1)),
            ]
        )
        for name, place in bodies.STANDING.items()
    }


def read(feature, points, working="left", kind="pose", marks=None, **how):
    """A feature in the second second."""
    frames = len(points["pelvis"])
    held = {"hold": ((STANDS + 5, frames - 1),)} if marks is None else marks
    body = Body(np.arange(frames) / FPS, MappingProxyType(points), **how)
    shown = Named(body)
    stretch = Stretch(kind, 0, frames - 1, working, held)
    return FEATURES[feature].read(shown.scene, stretch, next(iter(held)))


def best(labels):
    assert sum(labels.values()) == pytest.approx(1.0, abs=0.05)
    return max(labels, key=lambda label: labels[label])


def raised(side, elevation, azimuth):
    """A straight leg, degrees from straight down and from ahead to its own side."""
    x, y, z = bodies.STANDING[f"{side}_hip"]
    e, a = np.radians([elevation, azimuth])
    way = np.array(
        [SIGN[side] * np.sin(e) * np.sin(a), -np.cos(e), np.sin(e) * np.cos(a)]
    )
    at = np.array([x, y, z])
    return {
        f"{side}_{part}": at + length * way
        for part, length in (
            ("knee", 0.42), ("ankle", LEG), ("heel", LEG + 0.03), ("toe", LEG + 0.2),
        )
    }  # fmt: skip


# ---------- the working foot ----------


def at_the_leg(side, share, away=0.05):
    """The toe beside the other shank: 0 at its ankle, 1 at its knee."""
    ankle, knee = (
        np.array(bodies.STANDING[f"{OTHER[side]}_{p}"]) for p in ("ankle", "knee")
    )
    toe = ankle + share * (knee - ankle) + [SIGN[side] * away, 0.0, 0.0]
    return {
        f"{side}_toe": toe,
        f"{side}_heel": np.add(toe, [SIGN[side] * 0.1, 0.15, 0.0]),
        f"{side}_ankle": np.add(toe, [SIGN[side] * 0.1, 0.18, 0.0]),
        f"{side}_knee": np.add(toe, [SIGN[side] * 0.3, 0.45, 0.1]),
    }


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize(
    ("share", "place"), [(0.25, "ankle"), (0.57, "calf"), (1.0, "knee"), (2.0, "away")]
)
def test_the_place_of_the_toe_along_the_other_leg(side, share, place):
    assert best(read("toe_at", standing(**at_the_leg(side, share)), side)) == place


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_toe_far_from_the_other_leg_is_away_or_on_the_floor(side):
    aside = standing(**at_the_leg(side, 0.6, away=0.5))
    assert best(read("toe_at", aside, side)) == "away"
    assert best(read("toe_at", standing(), side)) == "floor"
    assert read("toe_floor", standing(), side)[True] > 0.9
    assert read("toe_floor", aside, side)[True] < 0.1


def test_without_a_working_leg_there_is_no_place_of_its_toe():
    assert read("toe_at", standing(), None) == {}
    assert read("toe_floor", standing(), None) == {}


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("azimuth", [0.0, 45.0, 90.0, 135.0, 170.0])
def test_height_and_direction_of_the_working_leg(side, azimuth):
    points = standing(**raised(side, 60.0, azimuth))
    assert read("leg_elev", points, side) == pytest.approx(60.0, abs=1e-6)
    assert read("leg_az", points, side) == pytest.approx(azimuth, abs=1e-6)
    assert read("knee_work", points, side) == pytest.approx(0.0, abs=1e-3)
    assert read("leg_elev", points, None) == pytest.approx(60.0, abs=1e-6)


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_way_round_the_body(side):
    """From devant to derrière at an even rate, a second long."""
    points = standing()
    for name in raised(side, 45.0, 0.0):
        points[name][STANDS:] = [
            raised(side, 45.0, 180.0 * k / (STANDS - 1))[name] for k in range(STANDS)
        ]
    wide = {"wide": ((STANDS, 2 * STANDS - 1),)}
    found = read("az_way", points, side, "leg", wide)
    assert found == pytest.approx(180.0 - 180.0 * 2 / 59, abs=4.0)
    still = {"wide": ((0, STANDS - 1),)}
    assert not read("az_way", points, side, "leg", still) > 5.0


# ---------- the feet ----------


def test_a_heel_that_is_up_lies_nowhere():
    flat = standing()
    assert np.isfinite(read("cross_index", flat, None, "stance"))
    up = {
        f"{s}_{p}": np.add(bodies.STANDING[f"{s}_{p}"], [0.0, 0.12, 0.03])
        for s in ("left", "right")
        for p in ("heel", "ankle")
    }
    for feature in ("cross_index", "gap_ap", "gap_lat"):
        assert np.isnan(read(feature, standing(**up), None, "stance"))
    assert read("heel_both", standing(**up), None, "stance") > 0.3


def ahead(side, gap=0.15):
    """One foot ahead of the other."""
    return {
        f"{side}_{part}": np.add(bodies.STANDING[f"{side}_{part}"], [0.0, 0.0, gap])
        for part in FOOT
    }


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_front_foot_changes_or_stays(side):
    one, two = standing(**ahead(side)), standing(**ahead(OTHER[side]))
    changing = {name: one[name].copy() for name in one}
    for name in changing:
        changing[name][:STANDS] = two[name][STANDS:]
    marks = {"landing": ((STANDS + 5, 110),), "before": ((5, STANDS - 5),)}
    assert read("front_change", changing, None, "flight", marks)[True] > 0.9
    same = {name: place[[STANDS] * 2 * STANDS] for name, place in one.items()}
    assert read("front_change", same, None, "flight", marks)[True] < 0.2
    assert read("front_change", standing(), None, "flight", marks)[True] < 0.5
    unknown = {"landing": ((STANDS + 5, 110),)}
    assert read("front_change", changing, None, "flight", unknown) == {}


def test_distance_and_change_of_distance_of_the_feet():
    gap = 0.4
    wide = {
        f"left_{p}": np.add(bodies.STANDING[f"left_{p}"], [gap, 0.0, 0.0]) for p in FOOT
    }
    points = standing(**wide)
    near = read("feet_dist", standing(), None, "stance")
    far = read("feet_dist", points, None, "stance")
    foot = Named(
        Body(np.arange(120) / FPS, MappingProxyType(points))
    ).movement.contacts.foot_length
    assert far - near == pytest.approx(gap / foot, abs=1e-6)
    marks = {"landing": ((STANDS + 5, 110),), "before": ((5, STANDS - 5),)}
    changed = read("gap_change", points, None, "flight", marks)
    assert changed == pytest.approx(gap / foot, abs=1e-6)


@pytest.mark.parametrize("side", ["left", "right"])
def test_both_feet_or_one(side):
    assert read("both_feet", standing(), None, "stance")[True] > 0.9
    one = standing(**raised(side, 60.0, 0.0))
    assert read("both_feet", one, side)[True] < 0.1


# ---------- turning and facing ----------


def turned(points, degrees):
    return {
        name: geometry.turn(np.asarray(place), degrees)
        for name, place in points.items()
    }


@pytest.mark.parametrize("degrees", [90.0, 270.0, 540.0])
@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_turns_of_the_body(degrees, sign):
    points = standing()
    share = np.clip((np.arange(2 * STANDS) - STANDS) / (STANDS - 1), 0.0, 1.0)
    for name, place in points.items():
        angle = np.radians(sign * degrees * share)
        c, s = np.cos(angle), np.sin(angle)
        x, y, z = place.T
        points[name] = np.stack([x * c + z * s, y, z * c - x * s], axis=1)
    marks = {"flight": ((STANDS, 2 * STANDS - 1),)}
    found = read("turn_rev", points, None, "flight", marks)
    assert found == pytest.approx(degrees / 360.0, abs=0.01)
    before = {"flight": ((0, STANDS - 1),)}
    assert read("turn_rev", points, None, "flight", before) == pytest.approx(
        0, abs=1e-6
    )


#: Heading, whether the working leg is in front, and what it is (domain, 1.2), of the
#: left leg: left of the audience the right leg is the nearer one.
FACINGS = [
    (45.0, True, "efface"), (45.0, False, "croise"),
    (-45.0, True, "croise"), (-45.0, False, "efface"),
    (0.0, True, "en_face"), (10.0, False, "en_face"),
    (90.0, True, "profile"), (-90.0, False, "profile"),
    (180.0, True, "dos"), (-150.0, False, "dos"),
]  # fmt: skip


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize(("heading", "devant", "wanted"), FACINGS)
def test_facing_of_the_working_leg(side, heading, devant, wanted):
    leg = raised(side, 60.0, 0.0 if devant else 175.0)
    points = turned(standing(**leg), SIGN[side] * heading)
    assert best(read("facing", points, side)) == wanted


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize(("heading", "wanted"), [(45.0, "efface"), (-45.0, "croise")])
def test_facing_on_two_feet_is_that_of_the_front_foot(side, heading, wanted):
    points = turned(standing(**ahead(side)), SIGN[side] * heading)
    assert best(read("facing", points, None, "stance")) == wanted


def test_facing_without_a_front_leg_is_even():
    found = read("facing", turned(standing(), 45.0), None, "stance")
    assert found["croise"] == found["efface"] > 0.4


def test_facing_that_is_not_seen_is_not_told():
    points = standing()
    for name in points:
        if name.endswith(("hip", "shoulder")):
            points[name] = np.full_like(points[name], np.nan)
    assert read("facing", points, "left") == {}


# ---------- arms ----------

ARMS = {
    "forward": (90.0, 0.0), "side": (90.0, 85.0), "back": (90.0, 150.0),
    "up": (170.0, 0.0), "low": (10.0, 0.0),
}  # fmt: skip


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("place", ARMS)
def test_where_an_arm_is(side, place):
    e, a = np.radians(ARMS[place])
    way = np.array(
        [SIGN[side] * np.sin(e) * np.sin(a), -np.cos(e), np.sin(e) * np.cos(a)]
    )
    at = np.array(bodies.STANDING[f"{side}_shoulder"])
    reach = (("elbow", 0.28), ("wrist", 0.52), ("hand", 0.6))
    arm = {f"{side}_{part}": at + length * way for part, length in reach}
    points = standing(**arm)
    assert best(read("arm_work", points, side)) == place
    assert best(read("arm_sup", points, OTHER[side])) == place
    assert read("arm_sup", points, None) == {}


def test_an_arm_that_is_not_seen_is_not_told():
    points = {n: p for n, p in standing().items() if "elbow" not in n}
    points = {n: p for n, p in points.items() if "wrist" not in n and "hand" not in n}
    assert read("arm_work", points, "left") == {}


# ---------- jumps and series ----------

JUMPS = {
    "changement": (2, 2, 1), "soubresaut": (2, 2, 0), "entrechat_quatre": (2, 2, 2),
    "entrechat_six": (2, 2, 3), "assemble": (1, 2, None), "jete_petit": (1, 1, None),
}  # fmt: skip


@pytest.mark.parametrize("id", JUMPS)
def test_feet_and_crossings_of_a_jump(id):
    shown = passage(id)
    (stretch,) = shown.of("flight")
    leaves, lands, crossed = JUMPS[id]
    reads = {name: FEATURES[name].read for name in ("takeoff", "landing", "crossings")}
    assert best(reads["takeoff"](shown.scene, stretch, "takeoff")) == leaves
    assert best(reads["landing"](shown.scene, stretch, "landing")) == lands
    if crossed is not None:
        found = reads["crossings"](shown.scene, stretch, "flight")
        assert max(found, key=found.get) == crossed
    flight = shown.movement.flights[0]
    time_s = FEATURES["flight_T"].read(shown.scene, stretch, "flight")
    assert time_s == flight.time_s


@pytest.mark.parametrize("id", ["temps_leve", "jete_petit"])
def test_onto_the_same_foot_or_the_other(id):
    shown = passage(id)
    (stretch,) = shown.of("flight")
    found = FEATURES["same_foot"].read(shown.scene, stretch, "landing")
    assert found[id == "temps_leve"] > 0.9


def test_what_is_of_jumps_is_of_nothing_else():
    shown = passage("developpe")
    for stretch in shown.stretches:
        for name in ("takeoff", "landing", "same_foot", "crossings"):
            assert FEATURES[name].read(shown.scene, stretch, "all") == {}
        assert FEATURES["flight_T"].read(shown.scene, stretch, "all") == 0.0
        assert FEATURES["flight"].read(shown.scene, stretch, "all")[True] < 0.1


@pytest.mark.parametrize("front", ["left", "right"])
@pytest.mark.parametrize("sense", ["en_dehors", "en_dedans"])
def test_sense_of_a_turn(front, sense):
    shown = passage(f"pirouette_{sense}", front)
    (stretch,) = shown.of("turn")
    found = FEATURES["turn_sense"].read(shown.scene, stretch, "turn")
    assert best(found) == sense


@pytest.mark.parametrize("id", ["chaines", "fouette"])
def test_order_of_the_feet_in_a_series(id):
    shown = passage(id)
    (stretch,) = shown.of("series")
    found = FEATURES["contact_pattern"].read(shown.scene, stretch, "all")
    assert (found["a-b-a-b"] > 0.9) == (id == "chaines")


# ---------- all of them ----------


def test_a_median_over_spans_leaves_out_what_is_not_seen():
    curve = np.array([1.0, 2.0, np.nan, 10.0, 20.0, np.nan])
    assert over(curve, ((0, 2),)) == 1.5
    assert over(curve, ((0, 2), (3, 5))) == 0.5 * (1.5 + 15.0)
    assert np.isnan(over(curve, ((2, 2),)))
    assert np.isnan(over(curve, ()))


@pytest.mark.parametrize("feature", FEATURES)
def test_every_feature_answers_of_any_stretch(feature):
    shown = passage("assemble")
    for stretch in shown.stretches:
        for mark in (*stretch.marks, "all", "no such mark"):
            value = FEATURES[feature].read(shown.scene, stretch, mark)
            if isinstance(value, float | int):
                continue
            assert all(-1e-9 <= share <= 1.0 + 1e-9 for share in value.values())


@pytest.mark.parametrize("feature", sorted(set(FEATURES) - {"facing"}))
def test_no_feature_depends_on_where_the_dancer_faces_or_stands(feature):
    shown = passage("developpe")
    moved = Named(named.changed(shown.body, degrees=100.0, by=(3.0, 0.0, -2.0)))
    for stretch in shown.stretches:
        for mark in stretch.marks:
            one = FEATURES[feature].read(shown.scene, stretch, mark)
            two = FEATURES[feature].read(moved.scene, stretch, mark)
            assert two == pytest.approx(one, abs=1e-3, nan_ok=True)
