from dataclasses import replace

import numpy as np
import pytest

import bodies
from projecting import Camera, seen
from repetiteur.align import plan
from repetiteur.align.line_up import line_up
from repetiteur.align.plan import plan_of
from repetiteur.align.rough import SLOWEST, best_side
from repetiteur.errors import NothingToJudge
from repetiteur.kernels import geometry
from repetiteur.model.poses import body_of
from repetiteur.synthetic import Phrase, dance
from repetiteur.synthetic.demo import demo_reference
from repetiteur.synthetic.keyposes import KeyPose
from repetiteur.synthetic.steps import (
    arabesque_1,
    battement_tendu,
    close_fifth,
    demi_plie,
    developpe,
    fifth_position,
    port_de_bras,
)

PHRASE = Phrase.of(
    fifth_position("left"),
    port_de_bras("front", "side", counts=1.25),
    demi_plie(counts=1.8),
    developpe("left", "seconde", 95.0, counts=3.8, balance=1.5),
    close_fifth("left", "right"),
    battement_tendu("right", "devant", counts=2.0, arm="side"),
    arabesque_1("left", 85.0, counts=1.5, balance=1.5),
    close_fifth("left", "right", counts=1.3),
    port_de_bras("side", "low", counts=1.1),
)
TIME, POINTS = bodies.moving_points(seconds=24.0)
REFERENCE = bodies.body(TIME, POINTS)


def danced(*, moving=1.0, held="after", tempo=1.0, seed=1):
    """A phrase in which each movement takes a share of its time, and then waits."""
    poses = []
    for pose in PHRASE.poses:
        wait = KeyPose(f"{pose.name}.wait", (1.0 - moving) * pose.counts)
        quick = replace(pose, counts=moving * pose.counts, through=False)
        both = [quick, wait] if held == "after" else [wait, quick]
        poses += both if moving < 1.0 else [pose]
    phrase = Phrase(tuple(poses))
    return body_of(
        dance(phrase, tempo=tempo, fps=50.0, noise=0.002, wobble_deg=1.0, seed=seed)
    )


@pytest.fixture(scope="module")
def smooth():
    return danced()


@pytest.mark.parametrize("seconds", [0.7, 1.0, 1.6, 2.0])
@pytest.mark.parametrize(
    ("moving", "held"), [(0.25, "after"), (0.25, "before"), (0.5, "before")]
)
def test_a_take_that_is_sudden_has_the_tempo_of_its_whole(
    smooth, moving, held, seconds
):
    take = danced(moving=moving, held=held, tempo=1.0 / seconds, seed=2)
    found = line_up(smooth, take)
    assert found.tempo_ratio == pytest.approx(seconds, rel=0.05)
    assert len(found.breaks) <= 2  # and what is held is no stop


def test_so_has_a_smooth_take_beside_a_reference_that_is_sudden(smooth):
    found = line_up(danced(moving=0.35, tempo=0.6, seed=2), smooth)
    assert found.tempo_ratio == pytest.approx(0.6, rel=0.03)


@pytest.mark.parametrize("stops", [(300, 600, 1000), (200, 500, 800, 1200)])
def test_who_stops_several_times_has_stopped_and_keeps_the_tempo(stops):
    still = 90
    rows = np.sort(np.r_[0 : TIME.size, np.repeat(stops, still)])
    points = {name: place[rows] for name, place in POINTS.items()}
    found = line_up(REFERENCE, bodies.body(np.arange(rows.size) / 60, points))
    assert found.tempo_ratio == pytest.approx(1.0, abs=0.01)
    assert [one.state for one in found.breaks] == ["extra"] * len(stops)
    lasting = [np.ptp(one.take_s) for one in found.breaks]
    assert lasting == pytest.approx([still / 60] * len(stops), abs=0.15)


def test_the_whole_counts_what_is_held():
    rows = np.sort(np.r_[0 : TIME.size, np.repeat(700, 180)])
    points = {name: place[rows] for name, place in POINTS.items()}
    take = bodies.body(np.arange(rows.size) / 60, points)
    rough = best_side(REFERENCE, take, "same")
    assert rough.tempo == pytest.approx(1.0, abs=0.03)
    assert rough.whole == pytest.approx(27.0 / 24.0, abs=0.02)


def test_no_tempo_at_which_they_go_on_together_less_is_taken(monkeypatch):
    rough = best_side(REFERENCE, REFERENCE, "same")
    monkeypatch.setattr(plan, "common_tempo", lambda *_: 1.3)
    found = plan_of(REFERENCE, REFERENCE, rough)
    assert found.rough.tempo == rough.tempo
    (piece,) = found.pieces
    assert (piece[:, 0] == piece[:, 1]).all()


def test_a_tempo_that_was_far_off_is_found_all_the_same(smooth):
    rough = best_side(smooth, smooth, "same")
    found = plan_of(smooth, smooth, replace(rough, tempo=1.25, whole=1.25))
    assert found.rough.tempo == pytest.approx(1.0, abs=0.02)


def test_no_other_tempo_is_sought_for_another_dance():
    phrase = Phrase.of(fifth_position("left"), *[demi_plie() for _ in range(6)])
    with pytest.raises(NothingToJudge, match="different dances"):
        line_up(body_of(demo_reference()), body_of(dance(phrase)))


def test_half_a_turn_too_little_seen_from_elsewhere_keeps_the_take_in_time():
    half = 180.0 * np.clip((TIME - 8.0) / 0.7, 0.0, 1.0)
    half -= 180.0 * np.clip((TIME - 11.0) / 0.7, 0.0, 1.0)
    away = {name: geometry.turn(place, half) for name, place in POINTS.items()}
    one = body_of(seen(TIME, POINTS, Camera()))
    other = body_of(seen(TIME, away, Camera(heading=80.0)))
    assert best_side(one, other, "auto").frame == "depth"
    found = line_up(one, other)
    assert found.breaks == ()
    assert np.abs(found.take_s - found.reference_s).max() < 0.3


def test_no_tempo_out_of_bounds_is_told():
    rough = best_side(REFERENCE, REFERENCE, "same")
    slow = bodies.body(2.8 * TIME, POINTS)
    found = plan_of(REFERENCE, slow, replace(rough, tempo=2.4, whole=2.4))
    assert found.rough.tempo <= SLOWEST
