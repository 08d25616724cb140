"""Calibrated cameras: what they show is found again in space."""

from dataclasses import replace

import numpy as np
import pytest

FILE = """<?xml version='1.0' encoding='ASCII'?>
<calibration><cameras>
  <camera serial="b">
    <fov_video bottom="1919" left="2" right="1087" top="4"/>
    <transform r11="1" r12="0" r13="0" r21="0" r22="0" r23="1" r31="0" r32="-1" r33="0"
      x="0" y="-4000" z="1000"/>
    <intrinsic centerPointU="34816" centerPointV="61440" focalLengthU="102400"
      focalLengthV="102400" radialDistortion1="-0.05" radialDistortion2="0.1"
      tangentalDistortion1="0" tangentalDistortion2="0"/>
  </camera>
  <camera serial="a">
    <fov_video bottom="1919" left="0" right="1087" top="0"/>
    <transform r11="0" r12="1" r13="0" r21="0" r22="0" r23="1" r31="1" r32="0" r33="0"
      x="4000" y="0" z="1000"/>
    <intrinsic centerPointU="34816" centerPointV="61440" focalLengthU="102400"
      focalLengthV="102400" radialDistortion1="0" radialDistortion2="0"
      tangentalDistortion1="0" tangentalDistortion2="0"/>
  </camera>
</cameras></calibration>
"""


def ring(count=4):
    """Cameras all round, looking at the middle from 4 m away, 1.5 m up."""
    from calibration import Camera

    cameras = []
    for k in range(count):
        turn = 2.0 * np.pi * k / count
        place = np.array([4.0 * np.cos(turn), 4.0 * np.sin(turn), 1.5])
        ahead = np.array([0.0, 0.0, 1.0]) - place
        ahead /= np.linalg.norm(ahead)
        right = np.cross(ahead, [0.0, 0.0, 1.0])
        right /= np.linalg.norm(right)
        rotation = np.stack([right, np.cross(ahead, right), ahead])
        cameras.append(
            Camera(
                name=f"cam{k}",
                focal=np.array([1600.0, 1610.0]),
                centre=np.array([540.0, 960.0]),
                distortion=np.array([-0.05, 0.13, 0.0006, -0.0005]),
                rotation=rotation,
                place=place,
            )
        )
    return tuple(cameras)


def cloud(rng, *shape):
    return rng.uniform([-0.5, -0.5, 0.0], [0.5, 0.5, 1.8], size=(*shape, 3))


@pytest.fixture
def seen(rng):
    points = cloud(rng, 20)
    return points, np.stack([camera.project(points) for camera in ring()])


def test_triangulation_is_exact(seen):
    from calibration import triangulate

    points, pixels = seen
    found = triangulate(ring(), pixels, np.ones(pixels.shape[:2]))
    np.testing.assert_allclose(found, points, atol=1e-9)


def test_lens_is_undone(rng):
    camera, pixels = ring()[0], rng.uniform([0, 0], [1080, 1920], size=(50, 2))
    bent = camera.distort(pixels)
    assert np.abs(bent - pixels).max() > 2.0
    np.testing.assert_allclose(camera.undistort(bent), pixels, atol=1e-9)


def test_slope_is_the_derivative(rng):
    camera, points = ring()[1], cloud(rng, 5)
    step = 1e-5
    for axis in range(3):
        ends = [camera.project(points + s * step * np.eye(3)[axis]) for s in (1, -1)]
        np.testing.assert_allclose(
            camera.slope(points)[..., axis], (ends[0] - ends[1]) / (2 * step), atol=1e-3
        )


def test_unseen_views_are_left_out(seen):
    from calibration import triangulate

    points, pixels = seen
    pixels[0, :5] = np.nan
    pixels[:3, 7] = np.nan
    found = triangulate(ring(), pixels, np.ones(pixels.shape[:2]))
    assert np.isnan(found[7]).all()
    rest = np.arange(20) != 7
    np.testing.assert_allclose(found[rest], points[rest], atol=1e-9)


def test_a_view_far_off_has_no_say(seen):
    from calibration import robust

    points, pixels = seen
    pixels[2] += 150.0
    found, weights = robust(ring(), pixels, np.ones(pixels.shape[:2]), scale=5.0)
    np.testing.assert_allclose(found, points, atol=0.005)
    assert (weights[2] < 0.01).all()


def test_spread_is_what_noise_does(rng):
    from calibration import spread, triangulate

    point = np.array([0.1, -0.2, 1.1])
    pixels = np.stack([camera.project(point) for camera in ring()])
    noisy = pixels[:, np.newaxis] + rng.normal(scale=2.0, size=(4, 4000, 2))
    found = triangulate(ring(), noisy, np.ones((4, 4000)))
    told = spread(ring(), point, np.full(4, 0.25))
    np.testing.assert_allclose(np.cov(found.T), told, atol=0.1 * told.max())


def test_alignment_finds_shift_zoom_and_lateness(rng):
    from cameras import align

    time = np.arange(60) / 60.0
    start, way = cloud(rng, 6), rng.normal(scale=0.15, size=(3, 6, 3))

    def points(at):
        waves = np.stack([np.sin(w * at) for w in (4.0, 7.0, 11.0)])
        return start + np.einsum("wt,wkc->tkc", waves, way)

    true = [replace(c) for c in ring()]
    true[1] = replace(true[1], centre=true[1].centre + np.array([9.0, -6.0]))
    late = np.array([0.0, 0.5, -1.5, 0.0]) / 60.0
    pairs = zip(true, late, strict=True)
    pixels = np.stack([c.distort(c.project(points(time - s))) for c, s in pairs])
    found = align(ring(), time, pixels)
    np.testing.assert_allclose(60.0 * found.offset_s, 60.0 * late, atol=0.05)
    assert (found.after < 0.5).all()
    assert found.before.max() > 3.0


def test_file(tmp_path):
    from calibration import read_qca

    file = tmp_path / "Calib.qca.txt"
    file.write_text(FILE, encoding="ascii")
    a, b = read_qca(file)
    assert (a.name, b.name) == ("a", "b")
    np.testing.assert_allclose(b.focal, [1600.0, 1600.0])
    np.testing.assert_allclose(b.centre, [542.0, 956.0])
    # Both stand 4 m from the axis, 1 m up, and look at it: what is up is up in both.
    for camera in (a, b):
        middle, above = camera.project([[0.0, 0.0, 1.0], [0.0, 0.0, 1.5]])
        np.testing.assert_allclose(middle, camera.centre)
        np.testing.assert_allclose(above - middle, [0.0, -200.0], atol=1e-9)
    # Further along x is to the right of the camera that looks along y.
    assert b.project([0.5, 0.0, 1.0])[0] > b.centre[0]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("<calibration/>", "no camera"),
        ("<!DOCTYPE a><calibration/>", "document type"),
        ("<calibration><camera serial='a'/></calibration>", "fov_video"),
        ("<a>" + " " * 1_000_000 + "</a>", "under 1 MB"),
    ],
)
def test_bad_files(tmp_path, text, what):
    from calibration import read_qca

    file = tmp_path / "bad.qca.txt"
    file.write_text(text, encoding="ascii")
    with pytest.raises(ValueError, match=what):
        read_qca(file)


def test_real_cameras_look_at_the_dancer(test_data):
    from calibration import read_qca

    cameras = read_qca(test_data / "video" / "pose2sim_single" / "Calib.qca.txt")
    assert [c.name for c in cameras] == ["cam01", "cam02", "cam03", "cam04"]
    for camera in cameras:
        square = camera.rotation @ camera.rotation.T
        np.testing.assert_allclose(square, np.eye(3), atol=1e-6)
        foot, head = camera.project([[-0.9, 0.0, 0.0], [-0.9, 0.0, 1.7]])
        assert (np.array([foot, head]) > 0).all()
        assert (np.array([foot, head]) < [1088, 1920]).all()
        assert 700 < foot[1] - head[1] < 1100
