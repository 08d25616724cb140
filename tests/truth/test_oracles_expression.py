"""Qualities of movement against the oracles of the domain: O20, O21, O22."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np
import pytest

import bodies
from repetiteur.expression.dancing import Dancing
from repetiteur.expression.quality import QUALITIES
from repetiteur.kernels.hulls import volumes
from repetiteur.kernels.qualities import indirectness, weighted
from repetiteur.kernels.sliding import slope
from repetiteur.kernels.smoothness import ldlj, sparc
from repetiteur.model.body import Body

RATE = 100.0
#: A little longer than the window, which no derivative reaches the ends of.
TIME = np.arange(-0.3, 4.3, 1.0 / RATE)
WHOLE = [slice(30, 431)]


def dancing(points):
    body = Body(TIME, MappingProxyType(dict(points)))
    return Dancing(body, 1.0, np.empty(0), np.empty((0, 2)))


def moving(way):
    """The whole body along a way, (time, 3)."""
    return dancing({n: np.array(p) + way for n, p in bodies.STANDING.items()})


def told(own, name):
    return QUALITIES[name](own, WHOLE)[0]


# O20: minimum-jerk strokes, one after another in the same time.
STROKES = {1: (-1.406, -5.322), 2: (-2.245, -8.05), 3: (-2.689, -9.67)}
STROKES[4] = (-3.097, -10.82)


@pytest.mark.parametrize("strokes", STROKES)
@pytest.mark.parametrize(("metres", "seconds"), [(1.0, 1.0), (0.2, 3.0)])
def test_o20_smoothness_of_strokes(strokes, metres, seconds):
    share = (np.arange(0.0, 1.0, 1e-3) * strokes) % 1.0
    speed = 30.0 * share**2 * (1.0 - share) ** 2 * metres / seconds
    rate = 1000.0 / seconds
    spectral, jerk = STROKES[strokes]
    if seconds == 1.0:
        assert sparc(speed, rate) == pytest.approx(spectral, abs=0.02)
    assert ldlj(speed, rate) == pytest.approx(jerk, abs=0.1)


# O21: the body as a whole, and a posture a tenth larger.
@pytest.mark.parametrize("speed", [0.0, 0.5, 2.0])
@pytest.mark.parametrize("scale", [1.0, 0.7])
def test_o21_a_body_that_glides(speed, scale):
    glides = np.multiply.outer(TIME, [0.6 * speed, 0.0, 0.8 * speed])
    points = {n: scale * (np.array(p) + glides) for n, p in bodies.STANDING.items()}
    own = dancing(points)
    tall = own.height / scale
    assert told(own, "quantity_of_motion") * tall == pytest.approx(speed, abs=1e-9)
    energy = 0.5 * told(own, "effort_weight") * tall**2
    assert energy == pytest.approx(0.5 * speed**2, abs=1e-9)
    assert told(own, "quantity_of_motion.local_energy") == pytest.approx(0.0, abs=1e-9)
    assert told(own, "effort_time") == pytest.approx(0.0, abs=1e-6)


def test_o21_a_posture_a_tenth_larger():
    small = moving(np.zeros((TIME.size, 3)))
    centre = small.mass[:, np.newaxis]
    grown = {
        name: centre[:, 0] + 1.1 * (place - centre[:, 0])
        for name, place in small.body.points.items()
    }
    large = dancing(grown)
    ratio = large.height / small.height
    reach = told(large, "contraction_index") / told(small, "contraction_index")
    room = told(large, "shape_volume") / told(small, "shape_volume")
    assert reach * ratio == pytest.approx(1.1)
    assert room * ratio**3 == pytest.approx(1.331)
    places = np.array(list(bodies.STANDING.values()))
    bare = volumes([1.1 * places])[0] / volumes([places])[0]
    assert bare == pytest.approx(1.331)


# O22: one joint on x = 0.3 sin(2 pi t), over whole periods.
FINE = np.arange(-0.1, 2.1, 1e-3)
SWING = np.zeros((FINE.size, 1, 3))
SWING[:, 0, 0] = 0.3 * np.sin(2.0 * np.pi * FINE)
PERIODS = (FINE > -5e-4) & (FINE < 2.0 - 5e-4)
ONE = np.ones(1)


def test_o22_weight_time_and_flow():
    velocity, acceleration, jerk = (slope(SWING, 1000.0, 0.02, k) for k in (1, 2, 3))
    strong = weighted(velocity, ONE, 2)[PERIODS].max()
    sudden = weighted(acceleration, ONE)[PERIODS].mean()
    bound = weighted(jerk, ONE)[PERIODS].mean()
    assert strong == pytest.approx(3.553, rel=2e-3)
    assert sudden == pytest.approx(7.540, rel=2e-3)
    assert bound == pytest.approx(47.37, rel=2e-3)


def test_o22_exactly_from_true_derivatives():
    way, turn = 2.0 * np.pi * np.arange(0.0, 1.0, 1e-4), 2.0 * np.pi
    zero = np.zeros((way.size, 1))

    def along(values):
        return np.stack([values[:, np.newaxis], zero, zero], axis=-1)

    speed = weighted(along(0.3 * turn * np.cos(way)), ONE, 2)
    assert speed.max() == pytest.approx((0.3 * turn) ** 2)
    sudden = weighted(along(-0.3 * turn**2 * np.sin(way)), ONE)
    assert sudden.mean() == pytest.approx(2.0 / np.pi * 0.3 * turn**2, rel=1e-6)
    bound = weighted(along(-0.3 * turn**3 * np.cos(way)), ONE)
    assert bound.mean() == pytest.approx(2.0 / np.pi * 0.3 * turn**3, rel=1e-6)


@pytest.mark.parametrize(("degrees", "ratio"), [(0.0, 1.0), (90, 1.111), (180, 1.571)])
def test_o22_space(degrees, ratio):
    angle = np.radians(degrees) * TIME / 4.0
    way = np.stack([np.cos(angle), 0.0 * angle, np.sin(angle)], axis=-1)
    if not degrees:
        way[:, 0] = TIME / 4.0
    assert told(moving(way), "effort_space") == pytest.approx(ratio, rel=2e-3)
    length = np.radians(degrees) if degrees else 1.0
    chord = 2.0 * np.sin(np.radians(degrees / 2.0)) if degrees else 1.0
    exact = indirectness(length, chord, least=0.05)
    assert exact == pytest.approx(ratio, abs=5e-4)
