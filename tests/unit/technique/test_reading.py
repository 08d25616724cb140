import numpy as np
import pytest

import bodies
from projecting import Camera, seen
from repetiteur.kinematics.apart import Apart
from repetiteur.model.poses import body_of
from repetiteur.technique.curve import curves
from repetiteur.technique.reading import doubt_of_view, read

TIME, POINTS = bodies.moving_points(seconds=2.0)
BY_ID = {m.id: m for m in curves()}
FAR = {"distance": 60.0, "focal": 20000.0, "pitch": 0.0}
HERE = Apart(*(np.zeros(TIME.shape) for _ in range(4)))


def side_of(found):
    return "left" if found.sided else None


@pytest.mark.parametrize("id_", BY_ID)
def test_motion_files_are_read_in_space(id_):
    found = BY_ID[id_]
    body = bodies.body(TIME, POINTS)
    reading = read(found, body, side_of(found))
    assert np.array_equal(reading.values, found.of(body, side_of(found)))
    assert (reading.sd == found.error).all()
    assert not reading.blind


def raised(degrees, heading):
    """The left arm straight out to the side at a height, seen from a heading."""
    points = {n: np.tile(p, (TIME.size, 1)) for n, p in bodies.STANDING.items()}
    a = np.radians(degrees)
    way = np.array([np.sin(a), -np.cos(a), 0.0])
    for part, reach in (("elbow", 0.28), ("wrist", 0.53), ("hand", 0.6)):
        points[f"left_{part}"] = points["left_shoulder"] + reach * way
    return body_of(seen(TIME, points, Camera(heading=heading, **FAR)))


@pytest.mark.parametrize("degrees", [40.0, 90.0, 130.0])
def test_an_angle_across_the_picture_is_the_angle(degrees):
    reading = read(BY_ID["arm_shape.elevation"], raised(degrees, 0.0), "left")
    assert np.allclose(reading.values, degrees, atol=1.0)
    assert not reading.blind["plane"].any()


def test_an_arm_at_the_camera_is_not_read():
    reading = read(BY_ID["arm_shape.elevation"], raised(90.0, -90.0), "left")
    assert reading.blind["plane"].all()
    assert np.isnan(reading.values).all()


def leaning(degrees, axis, heading, lean=0.0):
    """All above the hips leaning, to the front (axis 2) or to the left (axis 0)."""
    points = {n: np.tile(p, (TIME.size, 1)) for n, p in bodies.STANDING.items()}
    for name, place in points.items():
        above = place[:, 1] - 0.9
        if (above > 0.0).all():
            moved = place.copy()
            moved[:, axis] += np.tan(np.radians(degrees)) * above
            points[name] = moved
    return body_of(seen(TIME, points, Camera(heading=heading, **FAR)))


@pytest.mark.parametrize(("heading", "sign"), [(0.0, 1.0), (180.0, 1.0), (12.0, 1.0)])
def test_a_side_lean_is_read_from_front_and_back(heading, sign):
    reading = read(BY_ID["aplomb.side"], leaning(20.0, 0, heading), None)
    assert np.allclose(sign * reading.values, 20.0, atol=2.0)
    assert (
        read(BY_ID["aplomb.pitch"], leaning(20.0, 0, heading), None).blind["side"].all()
    )


@pytest.mark.parametrize("heading", [90.0, -90.0, 100.0])
def test_a_forward_lean_is_read_from_the_sides(heading):
    reading = read(BY_ID["aplomb.pitch"], leaning(20.0, 2, heading), None)
    assert np.allclose(reading.values, 20.0, atol=2.0)
    assert (
        read(BY_ID["aplomb.side"], leaning(20.0, 2, heading), None).blind["front"].all()
    )


def test_a_dancer_seen_askew_is_seen_from_neither():
    body = leaning(0.0, 0, 45.0)
    assert read(BY_ID["aplomb.side"], body, None).blind["front"].all()
    assert read(BY_ID["aplomb.pitch"], body, None).blind["side"].all()


def test_what_a_forward_lean_puts_into_a_side_lean_is_gone_when_square():
    reading = read(BY_ID["aplomb.side"], leaning(30.0, 2, 20.0), None)
    assert (np.abs(reading.values) > 8.0).all()
    assert np.allclose(reading.square, 0.0, atol=2.5)


@pytest.mark.parametrize(
    "id_", ["knee_flexion", "leg_elevation", "arm_shape.elevation"]
)
def test_the_error_is_that_of_many_trackings(id_):
    found = BY_ID[id_]
    still = {n: np.tile(POINTS[n][:1], (TIME.size, 1)) for n in POINTS}
    said = read(found, body_of(seen(TIME, still, Camera(**FAR))), "left").sd[0]
    values = [
        read(
            found,
            body_of(seen(TIME, still, Camera(error=0.006, shared=0.0, seed=s, **FAR))),
            "left",
        ).values
        for s in range(40)
    ]
    true = read(found, body_of(seen(TIME, still, Camera(**FAR))), "left").values
    off = np.sqrt(np.nanmean((np.stack(values) - true) ** 2))
    assert said == pytest.approx(off, rel=0.35)


def test_the_doubt_of_view_grows_with_how_far_apart():
    found = BY_ID["knee_flexion"]
    body = body_of(seen(TIME, POINTS, Camera(heading=30.0)))
    near, far = (
        doubt_of_view(
            found, body, "left", Apart(*(np.full(TIME.shape, a) for a in row))
        )
        for row in ((0.0, 2.0, 2.0, 1.0), (0.0, 15.0, 2.0, 1.0))
    )
    assert (far > near).mean() > 0.9
    assert np.allclose(doubt_of_view(found, body, "left", HERE), 0.0, atol=1e-9)
