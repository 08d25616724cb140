"""Events found again in noisy copies."""

from dataclasses import replace

import numpy as np
import pytest

import bodies
import naive
from repetiteur.kernels.signals import runs
from repetiteur.kinematics.found_again import (
    NEAR_S,
    Happening,
    repeated_events,
    same_events,
)

FPS = 30.0


def wave(sd, height=0.1):
    """A nose that rises over 0 for half a second in each of four."""
    time = np.arange(0.0, 4.0, 1.0 / FPS)
    place = np.zeros((time.size, 3))
    place[:, 1] = height * np.sin(2.0 * np.pi * (time - 0.013)) - 0.5 * height
    body = bodies.body(time, {"nose": place})
    if sd is None:
        return body
    return replace(body, sd={"nose": np.full(place.shape, sd)})


def rises(body):
    """Stretches in which the nose is over 0, by frames."""
    height = body["nose"][:, 1]
    return [
        Happening(
            "rise",
            float(body.time[a]),
            float(body.time[b]),
            {"top": float(height[a : b + 1].max())},
            {"side": "left" if body["nose"][a, 0] >= -0.001 else "right"},
        )
        for a, b in runs(height > 0.0)
    ]


def test_each_event_is_found_again():
    found = repeated_events(rises, wave(0.001))
    assert len(found) == 4
    for doubt in found:
        assert doubt.found == 1.0
        assert 0.0 < doubt.values["top"].half < 0.005
        assert doubt.labels["side"] > 0.5


def test_frames_are_felt_where_points_are_sure():
    """Its moment is known no better than the frames fall."""
    for doubt in repeated_events(rises, wave(1e-7)):
        for moment in (doubt.start, doubt.end):
            assert 0.4 / FPS < moment.half <= 1.3 / FPS


def test_what_noise_makes_is_not_found_again(rng):
    body = wave(0.004, height=0.0)
    body["nose"][:, 1] = -0.01
    body["nose"][40:43, 1] = 0.002
    (doubt,) = repeated_events(rises, body)
    assert 0.3 < doubt.found < 1.0


def test_what_is_never_found_again_has_no_interval():
    seen = []

    def once(body):
        seen.append(body)
        return rises(body) if len(seen) == 1 else []

    for doubt in repeated_events(once, wave(0.001), count=20):
        assert doubt.found == 0.0
        assert np.isnan(doubt.start.half)
        assert np.isnan(doubt.values["top"].half)
        assert doubt.labels["side"] == 0.0


def test_events_of_another_kind_are_not_the_same():
    def renamed(body):
        kind = "rise" if body.time.size == round(4.0 * FPS) else "fall"
        return [Happening(kind, e.start_s, e.end_s) for e in rises(body)]

    assert [d.found for d in repeated_events(renamed, wave(0.001))] == [0.0] * 4


def test_no_event():
    assert repeated_events(lambda body: [], wave(0.001)) == ()


def test_without_errors_only_the_frames_speak():
    for doubt in repeated_events(rises, wave(None)):
        assert doubt.found == 1.0
        assert doubt.values["top"].half < 0.002
        assert doubt.start.half == pytest.approx(1.0 / FPS, abs=0.6 / FPS)


def test_same_events_against_their_twin(rng):
    def some(count):
        starts = np.sort(rng.uniform(0.0, 20.0, count))
        kinds = rng.choice(["turn left", "turn right", "plie"], count)
        lasting = rng.uniform(0.0, 2.0, count)
        rows = zip(kinds, starts, starts + lasting, strict=True)
        return [Happening(str(kind), float(a), float(b)) for kind, a, b in rows]

    for count in (0, 1, 30):
        events, others = some(30), some(count)
        twins = [naive.same_event(one, others, NEAR_S) for one in events]
        assert same_events(events, others) == tuple(twins)


def test_which_event_of_each_copy_it_is():
    for number, doubt in enumerate(repeated_events(rises, wave(0.001))):
        assert doubt.again == (number,) * len(doubt.again)
