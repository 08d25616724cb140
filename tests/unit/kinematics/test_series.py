"""Series of turns, and what is none."""

import numpy as np
import pytest

import bodies
from repetiteur.kernels import geometry
from repetiteur.kinematics.movement import movement_of
from repetiteur.kinematics.series import series as series_of
from repetiteur.model.poses import body_of, mirrored
from repetiteur.synthetic import Alteration, Phrase, dance
from repetiteur.synthetic.keyposes import KeyPose
from repetiteur.synthetic.steps import developpe, fifth_position, first_position
from repetiteur.synthetic.turns import chaines, fouettes, pirouette_en_dehors


def danced(*steps, **options):
    return movement_of(body_of(dance(Phrase.of(*steps), **options)))


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize(("number", "counts"), [(3, 0.8), (6, 1.0), (4, 1.3)])
def test_danced_fouettes(side, number, counts):
    found = danced(fifth_position(side), fouettes(side, number, counts=counts))
    (series,) = found.series
    assert (series.direction, series.working) == (side, side)
    assert len(series.bends_s) == number
    assert np.allclose(series.heights_deg, 90.0, atol=1.0)
    assert np.median(series.intervals_s) == pytest.approx(counts, abs=0.01)
    assert abs(series.rotation) == pytest.approx(360.0 * (number + 1), abs=30.0)
    assert series.steps == ()


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("turns", [2, 5])
def test_danced_chaines(side, turns):
    found = danced(first_position(), chaines(side, turns), heading=40.0)
    (series,) = found.series
    assert (series.direction, series.supporting) == (side, None)
    assert series.working is None
    assert len(series.steps) == 2 * turns - 1
    assert np.allclose(np.diff(series.crossings_s), 0.8, atol=0.01)
    assert series.bends_s == series.heights_deg == ()


def test_the_mirror_image_is_a_series_to_the_other_side():
    poses = dance(Phrase.of(fifth_position("left"), fouettes("left", 3)))
    (own,), (other,) = (
        movement_of(body_of(p)).series for p in (poses, mirrored(poses))
    )
    assert (own.direction, other.direction) == ("left", "right")
    assert own.crossings_s == pytest.approx(other.crossings_s, abs=1e-6)


def test_turns_with_a_stop_at_the_front_are_one_series():
    found = danced(fifth_position("right"), fouettes("right", 4, counts=1.0))
    time = found.body.time
    wait = 0.3  # s, in each plié
    stops = np.array(found.series[0].bends_s)
    slowed = time + wait * (time[:, None] > stops).sum(axis=1)
    even = np.arange(0.0, slowed[-1], 1.0 / 60.0)
    points = {
        name: np.stack([np.interp(even, slowed, axis) for axis in place.T], axis=1)
        for name, place in found.body.points.items()
    }
    again = movement_of(bodies.body(even, points))
    assert len(again.turns) == 5
    (series,) = again.series
    assert len(series.bends_s) == 4
    assert np.median(series.intervals_s) == pytest.approx(1.3, abs=0.03)


def test_doubles_are_left_out_of_the_intervals():
    found = danced(fifth_position("right"), fouettes("right", 5))
    (plain,) = found.series
    # As if the third plié had not been: its turn and the one before are a double.
    bends = [plie for plie in found.plies if plie.bottom_s != plain.bends_s[2]]
    (series,) = series_of(
        *(found.turns, bends, found.body),
        *(found.turning, found.headings, found.legs),
    )
    assert (len(plain.crossings_s), len(plain.intervals_s)) == (5, 4)
    assert (len(series.crossings_s), len(series.intervals_s)) == (5, 2)
    assert len(series.heights_deg) == 4


@pytest.mark.parametrize("turns", [2, 4])
def test_many_turns_of_one_pirouette_are_no_series(turns):
    found = danced(
        fifth_position("right"), pirouette_en_dehors("right", turns, counts=3.0 + turns)
    )
    assert found.turns
    assert found.series == ()


def test_a_knee_that_gives_in_a_pirouette_makes_no_series():
    found = danced(
        fifth_position("right"),
        pirouette_en_dehors("right", 4, counts=7.0),
        alterations=[
            Alteration("left_knee", 40.0, start, start + 0.8, 0.3)
            for start in (3.5, 4.5, 5.5)
        ],
    )
    (turn,) = found.turns
    bends = [b for b in found.plies if turn.start < b.bottom < turn.end]
    assert len(bends) == 3
    assert found.series == ()


def test_pirouettes_one_after_the_other_are_no_series():
    found = danced(
        fifth_position("right"),
        pirouette_en_dehors("right"),
        pirouette_en_dehors("right"),
        pirouette_en_dehors("right"),
    )
    assert len(found.turns) == 3
    assert found.series == ()


def test_running_round_oneself_is_no_series():
    time = np.arange(360) / 60.0
    heading = np.interp(time, [1.0, 5.0], [0.0, 1440.0])
    left = (np.floor(time * 8.0) % 2 == 0) & (heading > 0) & (heading < 1440.0)
    points = {}
    for name, place in bodies.STANDING.items():
        points[name] = geometry.turn(np.tile(place, (time.size, 1)), heading)
        if name.endswith(("toe", "heel", "ankle")):
            up = left if name.startswith("left") else ~left & (heading > 0)
            points[name][:, 1] += 0.1 * up
    found = movement_of(bodies.body(time, points))
    assert found.turns
    assert found.series == ()


@pytest.mark.parametrize("seed", range(3))
def test_noise_of_5_mm_about_someone_who_stands_turns_nothing(seed):
    rng = np.random.default_rng(seed)
    time = np.arange(600) / 60.0
    points = {
        name: np.array(place) + rng.normal(0.0, 0.005, (time.size, 3))
        for name, place in bodies.STANDING.items()
    }
    found = movement_of(bodies.body(time, points))
    assert found.turns == found.series == ()


@pytest.mark.parametrize("seed", range(3))
def test_noise_of_5_mm_leaves_the_series_what_it_is(seed):
    found = danced(fifth_position("left"), fouettes("left", 4), noise=0.005, seed=seed)
    (series,) = found.series
    assert len(series.bends_s) == 4
    assert np.std(series.intervals_s, ddof=1) < 0.02


def test_turns_with_the_leg_to_the_side_are_a_series_too():
    *up, down = developpe("right", height=92.0)
    bend = KeyPose("plie", 0.4, {"left_knee": 35.0}, turn=-120.0, through=True)
    rise = KeyPose("turn", 0.6, {"left_knee": 0.0}, turn=-240.0, through=True)
    found = danced(fifth_position("right"), (*up, *(bend, rise) * 4, down))
    (series,) = found.series
    assert (series.supporting, len(series.bends_s)) == ("left", 4)
    assert np.allclose(series.heights_deg, 92.0, atol=0.5)
    assert np.median(series.intervals_s) == pytest.approx(1.0, abs=0.02)
