"""Bodies made ready for their qualities."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np
import pytest

import bodies
from repetiteur.expression import jittering
from repetiteur.expression.dancing import IMPACT_S, Dancing, dancing, shown
from repetiteur.kinematics.calming import Jitter
from repetiteur.kinematics.movement import movement_of
from repetiteur.model.body import Body

RATE = 100.0


def still(seconds=3.0, rate=RATE, noise=0.0):
    rng = np.random.default_rng(0)
    time = np.arange(0.0, seconds, 1.0 / rate)
    points = {
        name: np.array(place) + noise * rng.normal(size=(time.size, 3))
        for name, place in bodies.STANDING.items()
    }
    return Body(time, MappingProxyType(points))


def own(body, **known):
    return Dancing(body, 1.0, np.empty(0), np.empty((0, 2)), **known)


def test_uneven_frames_become_even():
    time, points = bodies.moving_points()
    kept = np.arange(time.size) % 7 != 3
    body = bodies.body(time[kept], {n: p[kept] for n, p in points.items()})
    found = dancing(movement_of(body))
    np.testing.assert_allclose(np.diff(found.time), 1.0 / 60.0)
    assert found.rate == pytest.approx(60.0)


def test_the_pace_is_that_of_the_phrase():
    found = dancing(movement_of(still()), pace=1.25)
    assert found.rate == pytest.approx(125.0)


def test_the_height_is_that_of_the_bones():
    found = own(still())
    trunk, thigh, shank = (
        0.48,
        np.hypot(0.42, np.hypot(0.01, 0.02)),
        np.hypot(0.41, 0.02),
    )
    assert found.height == pytest.approx((trunk + thigh + shank) / (0.288 + 0.491))


def test_a_step_is_left_out_for_a_tenth_of_a_second():
    found = Dancing(still(), 1.0, np.array([1.0, 1.04]), np.empty((0, 2)))
    masked = found.time[found.impact]
    assert masked[0] == pytest.approx(1.0)
    assert masked[-1] == pytest.approx(1.04 + IMPACT_S, abs=0.011)
    assert np.isnan(found.acceleration[100]).all()
    assert not found.landed.any()


def test_one_camera_is_taken_as_it_lies_in_the_picture():
    seen = Body(still().time, still().points, space="2d")
    assert not np.any(shown(seen)["nose"][:, 2])
    assert np.any(shown(still())["nose"][:, 2])


@pytest.mark.parametrize("order", [1, 2, 3])
@pytest.mark.parametrize("rate", [50.0, 100.0])
def test_what_noise_adds_is_known(order, rate):
    body = still(200.0, rate, noise=0.004)
    jitter = Jitter(dict.fromkeys(body.points, 0.004**2), 1.0, 0.0)
    found = own(body, jitter=jitter)
    square = (found.slope(found.hands, order) ** 2).sum(axis=-1)
    np.testing.assert_allclose(
        jittering.of_hands(found, order), np.nanmean(square, axis=0), rtol=0.1
    )


def test_noise_that_lasts_is_another():
    variance = dict.fromkeys(bodies.STANDING, 1e-6)
    new, lasting = (
        own(still(), jitter=Jitter(variance, share, 0.03)) for share in (1.0, 0.5)
    )
    assert jittering.of_hands(lasting, 1)[0] > 1.5 * jittering.of_hands(new, 1)[0]


def test_without_jitter_nothing_is_taken_off():
    assert jittering.of_hands(own(still()), 2).tolist() == [0.0, 0.0]
    assert not jittering.of_segments(own(still()), 2).any()
