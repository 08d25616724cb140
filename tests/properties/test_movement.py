"""Whatever a body does: an answer, in order and within the recording."""

from types import MappingProxyType

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

import bodies
from repetiteur.kinematics.movement import movement_of
from repetiteur.model.body import Body

odd = st.fixed_dictionaries(
    {
        "seed": st.integers(0, 2**32 - 1),
        "frames": st.integers(1, 120),
        "fps": st.sampled_from([0.05, 5.0, 24.0, 60.0, 240.0, 10_000.0]),
        "uneven": st.sampled_from([0.0, 0.3]),
        "kept": st.sampled_from([0.0, 0.5, 0.9, 1.0]),
        "seen": st.sampled_from([0.0, 0.7, 0.99, 1.0]),
        "shake": st.sampled_from([0.0, 0.01, 1.0, 1e7]),
        "wander": st.sampled_from([0.0, 0.01, 1.0, 1e7]),
        "space": st.sampled_from(["3d", "2d"]),
    }
)


def built(seed, frames, fps, uneven, kept, seen, shake, wander, space):
    """A body that stands, shakes, falls apart, is lost, in a film of any rate."""
    rng = np.random.default_rng(seed)
    time = np.cumsum(rng.uniform(1.0 - uneven, 1.0 + uneven, frames)) / fps
    points = {}
    for name, place in bodies.STANDING.items():
        if rng.random() <= kept:
            noise = rng.normal(0.0, 1.0, (frames, 3))
            way = np.array(place) + shake * noise + wander * np.cumsum(noise, axis=0)
            way[rng.random(frames) > seen] = np.nan
            points[name] = way
    return Body(time, MappingProxyType(points), space=space)


def in_order(body, spans):
    for span in spans:
        assert 0 <= span.start <= span.end < body.time.size
        assert body.time[0] <= span.start_s <= span.end_s <= body.time[-1]
    starts = [span.start for span in spans]
    return starts == sorted(starts)


@settings(max_examples=60, deadline=None)
@given(odd)
def test_events_lie_within_the_recording(numbers):
    body = built(**numbers)
    found = movement_of(body)
    for name in ("turns", "plies", "holds", "stances", "balances"):
        assert in_order(body, getattr(found, name)), name
    for gesture in found.gestures:
        assert gesture.start <= gesture.peak <= gesture.end
    for plie in found.plies:
        assert plie.start <= plie.bottom <= plie.end
    for flight in found.airborne:
        assert body.time[0] <= flight.take_off_s < flight.landing_s <= body.time[-1]
        assert flight.take_off_s <= flight.apex_s <= flight.landing_s
    for side in ("left", "right"):
        foot = found.contacts.foot(side)
        unknown = ~np.isfinite(foot.lift)
        assert (foot.down[unknown] == -1).all()
        assert np.all(np.diff(foot.touch_downs) > 0.0)
        assert np.all(np.diff(foot.take_offs) > 0.0)
    assert set(found.legs.feet.tolist()) <= {-1, 0, 1, 2}
    assert ((found.legs.support != 0) == (found.legs.feet == 1)).all()
