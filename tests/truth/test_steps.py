"""What is danced is what it is called; and one condition changed, it is the other."""

from dataclasses import replace

import numpy as np
import pytest

import bodies
import named
from named import OTHER
from repetiteur.kinematics.calming import calmed
from repetiteur.kinematics.movement import movement_of
from repetiteur.model.poses import body_of
from repetiteur.steps import recognise, vocabulary
from repetiteur.synthetic import Phrase, dance
from repetiteur.synthetic.dancer import SIGN
from repetiteur.synthetic.jumps import changement, entrechat, soubresaut
from repetiteur.synthetic.keyposes import KeyPose, cou_de_pied_leg, on_one
from repetiteur.synthetic.leaps import assemble, grand_jete
from repetiteur.synthetic.outside import OUTSIDE
from repetiteur.synthetic.springs import TOUCH
from repetiteur.synthetic.steps import close_fifth, first_position, hold
from repetiteur.synthetic.turns import pirouette_en_dehors


@pytest.mark.parametrize("front", ["left", "right"])
@pytest.mark.parametrize("id", vocabulary())
def test_a_step_alone_is_called_what_it_is(id, front):
    shown = named.passage(id, front)
    assert shown.truth(id)
    for danced in shown.truth(id):
        assert shown.named_at(danced), (danced, shown.steps)


@pytest.mark.parametrize("front", ["left", "right"])
@pytest.mark.parametrize("id", vocabulary())
def test_a_step_alone_is_of_the_side_that_danced_it(id, front):
    shown = named.passage(id, front)
    for danced in shown.truth(id):
        for step in shown.named_at(danced):
            assert step.side == danced.side


@pytest.mark.parametrize("id", vocabulary())
def test_nothing_else_is_named_for_longer(id):
    """What else is named in the same time is what the passage holds, or less of it."""
    shown = named.passage(id)
    danced = [*shown.labels.truth, *shown.labels.maybe]
    wrong = [
        step
        for step in shown.steps
        if not any(
            one.id == step.id
            and min(one.end_s, step.end_s) - max(one.start_s, step.start_s)
            > 0.3 * (step.end_s - step.start_s)
            for one in danced
        )
    ]
    assert not wrong


# ---------- one condition over its threshold: the named confusable ----------


def called(*steps, **how):
    """Names but for the fifth before and after."""
    shown = named.danced(*steps, (hold("fifth_position.hold", 1.0),), **how)
    return [step.id for step in shown.steps if step.id != "fifth_position"]


def without(poses, *phases):
    """A step without some of its poses."""
    return tuple(p for p in poses if p.name.partition(".")[2] not in phases)


@pytest.mark.parametrize("front", ["left", "right"])
def test_a_changement_that_does_not_cross_is_a_soubresaut(front):
    assert called(changement(front), front=front) == ["changement"]
    crossing = changement(front)
    feet = f"fifth_{front}"
    same = tuple(
        replace(pose, feet=feet) if pose.name == "changement.beat" else pose
        for pose in without(crossing, "open")
    )
    beat = next(pose.counts for pose in same if pose.aloft)
    glued = soubresaut(front, 2.0 * beat)
    flying = [pose for pose in glued if pose.aloft]
    jump = [pose for pose in same if not pose.aloft]
    assert called((*jump[:2], *flying, *jump[2:]), front=front) == ["soubresaut"]


@pytest.mark.parametrize("side", ["left", "right"])
def test_an_assemble_onto_one_foot_is_a_petit_jete(side):
    whole, base = assemble(side), OTHER[side]
    assert called(whole, front=base) == ["assemble"]
    aloft = [k for k, pose in enumerate(whole) if pose.aloft]
    landed = {
        **on_one(side, 8.0, rise=TOUCH, aside=-4.0),
        **cou_de_pied_leg(base, "derriere", bend=10.0),
    }
    sunk = {
        **on_one(side, 45.0),
        **cou_de_pied_leg(base, "derriere", bend=45.0),
    }
    onto = (
        *whole[: aloft[-1]],
        replace(whole[aloft[-1]], feet=side, changes=landed),
        KeyPose("assemble.landing", 0.3, sunk, side),
        KeyPose(
            "assemble.landing",
            0.6,
            {**on_one(side), **cou_de_pied_leg(base, "derriere")},
            side,
        ),
    )
    found = called(onto, close_fifth(base, side), front=base)
    assert "jete_petit" in found
    assert "assemble" not in found


@pytest.mark.parametrize("side", ["left", "right"])
def test_an_en_dehors_turned_the_other_way_is_en_dedans(side):
    turn = pirouette_en_dehors(side, 1)
    assert called(turn, front=OTHER[side]) == ["pirouette_en_dehors"]
    back = tuple(
        replace(
            pose,
            turn=-pose.turn,
            changes={
                name: -value if name == "head_yaw" else value
                for name, value in pose.changes.items()
            },
        )
        for pose in turn
    )
    assert called(back, front=OTHER[side]) == ["pirouette_en_dedans"]


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_grand_jete_with_a_split_of_80_is_a_petit_jete(side):
    whole = grand_jete(side), close_fifth(OTHER[side], side)
    assert "grand_jete" in called(*whole, front=OTHER[side])
    small, base = grand_jete(side, front=44.0, back=36.0, travel=0.3), OTHER[side]
    landed = next(k for k, pose in enumerate(small) if "landing" in pose.name)
    drawn = cou_de_pied_leg(base, "derriere", bend=40.0)
    brushed = {f"{side}_height": 44.0}
    onto = tuple(
        replace(
            pose,
            changes={
                **pose.changes,
                **(drawn if k >= landed else {}),
                **(brushed if pose.name.endswith("takeoff") else {}),
            },
        )
        for k, pose in enumerate(small)
    )
    found = called(onto, close_fifth(base, side), front=base)
    assert "jete_petit" in found
    assert "grand_jete" not in found


@pytest.mark.parametrize("front", ["left", "right"])
def test_a_beat_less_is_an_entrechat_quatre(front):
    flight = 0.55
    assert called(entrechat(front, 3, flight), front=front) == ["entrechat_six"]
    beats = entrechat(front, 3, flight)
    last = max(k for k, pose in enumerate(beats) if pose.aloft)
    fewer = (*beats[: last - 1], *beats[last + 1 :])
    slower = tuple(
        replace(pose, counts=1.5 * pose.counts) if pose.aloft else pose
        for pose in fewer
    )
    assert called(slower, front=front) == ["entrechat_quatre"]


# ---------- nothing danced ----------


def noisy(place, rng, seconds=10.0, fps=60.0, noise_m=0.005):
    time = np.arange(round(seconds * fps)) / fps
    points = {
        name: np.asarray(p) + rng.normal(0.0, noise_m, (time.size, 3))
        for name, p in place.items()
    }
    return bodies.body(time, points)


def parallel():
    """Who stands with parallel feet under the hips."""
    place = dict(bodies.STANDING)
    for side in ("left", "right"):
        x = SIGN[side] * 0.09
        for part, (y, z) in {
            "knee": (0.48, 0.02), "ankle": (0.07, 0.0), "heel": (0.01, -0.04),
            "toe": (0.01, 0.16),
        }.items():  # fmt: skip
            place[f"{side}_{part}"] = (x, y, z)
    return place


@pytest.mark.parametrize("noise_m", [0.0, 0.005])
def test_who_stands_still_dances_nothing(rng, noise_m):
    body = noisy(parallel(), rng, noise_m=noise_m)
    assert recognise(movement_of(calmed(body))) == ()


def test_who_stands_in_first_is_in_first_and_nothing_else():
    standing = Phrase.of(first_position(counts=8.0))
    body = body_of(dance(standing, noise=0.005))
    assert {s.id for s in recognise(movement_of(calmed(body)))} == {"first_position"}


def walk(rng, frames, most_m):
    """A random walk that comes back, smooth over half a second, (frames, 3) metres."""
    kernel = np.hanning(30) / np.hanning(30).sum()
    steps = np.cumsum(rng.normal(0.0, 1.0, (frames + 29, 3)), axis=0)
    steps -= np.linspace(steps[0], steps[-1], frames + 29)
    calm = np.stack([np.convolve(w, kernel, mode="valid") for w in steps.T], axis=1)
    return most_m * calm / np.abs(calm).max()


def test_who_wanders_in_place_dances_nothing(rng):
    """The trunk and the arms wander over feet that stand; and every joint, a little."""
    still = noisy(parallel(), rng, noise_m=0.0)
    frames, points = still.time.size, {}
    whole = walk(rng, frames, 0.05) * [1.0, 0.0, 1.0]
    for name, place in still.points.items():
        part = name.rpartition("_")[2]
        on_the_floor = part in ("ankle", "heel", "toe")
        share = 0.0 if on_the_floor else 0.5 if part == "knee" else 1.0
        most = 0.1 if part in ("wrist", "hand", "elbow") else 0.005
        points[name] = place + share * whole + walk(rng, frames, most)
    assert recognise(movement_of(calmed(bodies.body(still.time, points)))) == ()


@pytest.mark.parametrize("front", ["left", "right"])
@pytest.mark.parametrize("kind", OUTSIDE)
def test_what_is_none_of_the_vocabulary_gets_no_name(kind, front):
    """But for the fifth that it begins and ends in, and the closing into it."""
    poses = OUTSIDE[kind](front, np.random.default_rng(4))
    shown = named.danced(poses, (hold("fifth_position.hold", 1.0),), front=front)
    start, end = named.STANDS_S, named.STANDS_S + sum(pose.counts for pose in poses)
    inside = [
        step
        for step in shown.steps
        if min(step.end_s, end) - max(step.start_s, start)
        > 0.5 * (step.end_s - step.start_s)
    ]
    assert {step.id for step in inside} <= {"fifth_position", "battement_tendu"}
