from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bodies
from repetiteur.errors import MissingKeypoints
from repetiteur.kernels import geometry
from repetiteur.kinematics.mass import SEGMENTS, centre_of_mass, segment_centres

TIME, POINTS = bodies.moving_points(seconds=0.5)


def without(*keypoints):
    return bodies.body(TIME, {n: p for n, p in POINTS.items() if n not in keypoints})


def test_the_whole_is_the_weighted_mean_of_the_segments():
    body = without()
    centres = segment_centres(body)
    assert centres.keys() == SEGMENTS.keys()
    mean = sum(SEGMENTS[name].mass * centre for name, centre in centres.items())
    assert np.allclose(centre_of_mass(body), mean)


def test_a_frame_that_lacks_a_segment_has_no_centre():
    points = {n: p.copy() for n, p in POINTS.items()}
    points["left_elbow"][7] = np.nan
    body = bodies.body(TIME, points)
    gone = np.arange(TIME.size) == 7
    assert np.array_equal(np.isnan(centre_of_mass(body)).all(axis=1), gone)
    centres = segment_centres(body)
    assert np.isnan(centres["left_forearm"][7]).all()
    assert np.isfinite(centres["left_hand"]).all()


@pytest.mark.parametrize(
    ("segment", "lacking", "place"),
    [
        ("head", ["left_ear"], {"head": 0.5, "head_top": 0.5}),
        ("head", ["left_ear", "head"], {"nose": 1.0}),
        ("head", ["left_ear", "nose", "head_top"], {"head": 1.0}),
        ("head", ["right_ear", "nose", "head"], {"head_top": 1.0}),
        ("left_hand", ["left_hand"], {"left_wrist": 1.0}),
        ("right_foot", ["right_heel"], {"right_ankle": 0.5, "right_toe": 0.5}),
        ("right_foot", ["right_toe"], {"right_ankle": 1.0}),
    ],
)
def test_a_file_without_a_keypoint_has_the_segment_elsewhere(segment, lacking, place):
    body = without(*lacking)
    mean = sum(share * POINTS[name] for name, share in place.items())
    assert np.allclose(segment_centres(body)[segment], mean)
    assert np.isfinite(centre_of_mass(body)).all()


def test_a_file_without_a_segment_has_no_centre_of_mass_and_says_why():
    body = without("left_knee")
    assert "left_thigh" not in segment_centres(body)
    with pytest.raises(MissingKeypoints, match=r"centre of mass \(left_thigh\).*knee"):
        centre_of_mass(body)


def test_in_a_picture_it_is_in_the_picture():
    flat = {n: p * [1.0, 1.0, 0.0] for n, p in POINTS.items()}
    seen = replace(bodies.body(TIME, flat), space="2d")
    expected = centre_of_mass(without()) * [1.0, 1.0, 0.0]
    assert np.allclose(centre_of_mass(seen), expected)


def test_a_body_in_a_mirror_has_its_mass_in_the_mirror():
    body = without()
    expected = centre_of_mass(body) * [-1.0, 1.0, 1.0]
    assert np.allclose(centre_of_mass(body.mirrored()), expected)


@settings(deadline=None, max_examples=20)
@given(st.floats(-360, 360), st.floats(0.3, 3.0), st.tuples(*[st.floats(-5, 5)] * 3))
def test_the_centre_goes_where_the_body_goes(degrees, scale, way):
    def moved(place):
        return geometry.turn(scale * place, degrees) + way

    body = bodies.body(TIME, {n: moved(p) for n, p in POINTS.items()})
    assert np.allclose(centre_of_mass(body), moved(centre_of_mass(without())))
