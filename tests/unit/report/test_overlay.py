"""The skeleton lies over the dancer, sides apart, and faces can be hidden."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

from media import write_clip
from repetiteur.errors import CannotWrite, InvalidPoses
from repetiteur.io import video as reading
from repetiteur.io.video import frames, scan
from repetiteur.report.drawn import body_height, draw_skeleton, draw_time
from repetiteur.report.faces import blurred, heads
from repetiteur.report.overlay import write_overlay

#: A dancer of 200 pixels who faces the camera, so that the left is on the right.
STANDING = {
    "nose": (160, 30), "left_ear": (168, 30), "right_ear": (152, 30),
    "left_shoulder": (180, 60), "right_shoulder": (140, 60),
    "left_elbow": (200, 90), "right_elbow": (120, 90),
    "left_wrist": (210, 120), "right_wrist": (110, 120),
    "left_hip": (172, 120), "right_hip": (148, 120),
    "left_knee": (174, 170), "right_knee": (146, 170),
    "left_ankle": (176, 215), "right_ankle": (144, 215),
    "left_heel": (174, 222), "right_heel": (146, 222),
    "left_toe": (182, 224), "right_toe": (138, 224),
}  # fmt: skip
NAMES = list(STANDING)
POINTS = np.array(list(STANDING.values()), float).T
SIZE = (320, 240)


@pytest.fixture(autouse=True)
def direct(monkeypatch):
    """Scan in this process, which is quicker."""
    monkeypatch.setattr(reading, "limited", lambda read, path, **_: read(path))


@pytest.fixture
def poses():
    """Ten frames in which the dancer moves to the right by four pixels each."""
    place = np.repeat(POINTS[None, :, :, None], 10, axis=0)
    place[:, 0] += 4 * np.arange(10)[:, None, None]
    dims = ("time", "space", "keypoint", "individual")
    return xr.Dataset(
        {
            "position": (dims, place),
            "confidence": (("time", "keypoint", "individual"), np.ones((10, 19, 1))),
        },
        {
            "time": np.arange(10) / 10,
            "space": ["x", "y"],
            "keypoint": NAMES,
            "individual": ["dancer"],
        },
        {"image_width": 320, "image_height": 240},
    )


@pytest.fixture
def clip(tmp_path):
    """Ten grey pictures."""

    def draw(_, width, height):
        return np.full((height, width, 3), 100, np.uint8)

    ms = [100 * i for i in range(10)]
    return scan(write_clip(tmp_path / "take.mp4", size=SIZE, ms=ms, draw=draw))


def drawn(points=POINTS, sure=1.0, names=NAMES, tall=200):
    picture = np.full((240, 320, 3), 100, np.uint8)
    confidence = np.broadcast_to(np.asarray(sure, float), len(names))
    draw_skeleton(picture, points, confidence, names, tall=tall)
    return picture


def coloured(picture):
    """Where there is orange, and where blue."""
    red, blue = picture[..., 0].astype(int), picture[..., 2].astype(int)
    return red - blue > 40, blue - red > 40


def test_left_and_right_have_their_own_colours():
    left, right = coloured(drawn())
    assert left[:, 165:].sum() == left.sum() > 300
    assert right[:, :155].sum() == right.sum() > 300


def test_left_and_right_have_their_own_style():
    """In the middle of a bone, solid or hollow: for those who do not see colours."""
    grey = drawn(tall=600).mean(axis=-1)
    assert grey[145, 173] > 110
    assert grey[145, 147] < 50


def test_what_is_not_sure_is_thin_and_pale():
    sure, unsure = drawn(tall=800), drawn(tall=800, sure=0.2)
    changed = [(picture != 100).any(axis=-1).sum() for picture in (sure, unsure)]
    assert 0 < changed[1] < 0.9 * changed[0]
    assert np.ptp(unsure, axis=-1).max() < np.ptp(sure, axis=-1).max()


def test_what_is_not_seen_is_not_drawn():
    assert (drawn(np.full_like(POINTS, np.nan)) == 100).all()
    without = POINTS.copy()
    without[:, NAMES.index("left_knee")] = np.nan
    assert not coloured(drawn(without))[0][135:205, 165:].any()
    assert (drawn(POINTS + 1e9) == 100).all()
    assert (drawn(POINTS[:, :3], names=NAMES[:3]) == 100).all()


def test_lines_are_in_proportion_to_the_body():
    widths = []
    for tall in (100, 1000):
        widths.append((drawn(tall=tall)[145, 160:190] != 100).any(axis=-1).sum())
    assert widths[1] > 2 * widths[0]


def test_how_tall_a_dancer_is(poses):
    place = poses["position"].to_numpy()
    np.testing.assert_allclose(body_height(place), [194])
    place[3] = np.nan
    np.testing.assert_allclose(body_height(place), [194])
    assert body_height(place * np.nan).tolist() == [0.0]
    assert body_height(place[:0]).tolist() == [0.0]


def test_the_time_stands_in_a_corner():
    picture = np.zeros((240, 320, 3), np.uint8)
    draw_time(picture, 83.456)
    rows, columns = np.nonzero(picture[..., 0] > 200)
    assert rows.min() > 200
    assert columns.max() < 100


def test_heads_are_covered(poses):
    circles = heads(poses)
    assert circles.shape == (10, 1, 3)
    np.testing.assert_allclose(circles[0, 0, :2], [160, 30])
    assert 20 < circles[0, 0, 2] < 40


def test_heads_are_held_beside_the_trunk(poses):
    """A head that is lost goes with the body, in a larger circle."""
    seen = heads(poses)
    lost = poses.copy(deep=True)
    lost["position"][4:7, :, :3] = np.nan
    held = heads(lost)
    np.testing.assert_allclose(held[4:7, 0, :2], seen[4:7, 0, :2])
    assert (held[4:7, 0, 2] > 1.4 * seen[4:7, 0, 2]).all()
    lost["position"][4:, :, :3] = np.nan
    np.testing.assert_allclose(heads(lost)[:, 0, :2], seen[:, 0, :2])


def test_heads_are_held_in_the_picture_for_a_while(poses):
    lost = poses.assign_coords(time=np.arange(10.0))
    lost["position"][4:] = np.nan
    circles = heads(lost)[:, 0]
    np.testing.assert_allclose(circles[4:6, :2], [circles[3, :2]] * 2)
    assert np.isnan(circles[6:]).all()
    assert np.isnan(heads(lost.isel(time=slice(4, None)))).all()


def test_points_that_cleaning_took_away_still_hide_a_face(poses):
    cleaned = poses.assign(raw_position=poses["position"])
    cleaned["position"] = poses["position"].where(~poses["keypoint"].isin(NAMES[:3]))
    np.testing.assert_allclose(heads(cleaned), heads(poses))


def test_a_blurred_face_has_no_detail_left(rng):
    picture = rng.integers(256, size=(240, 320, 3), dtype=np.uint8)
    before = picture.copy()
    hidden = blurred(picture, np.array([[160.0, 60, 40], [np.nan] * 3, [-50, 0, 10]]))
    np.testing.assert_array_equal(picture, before)
    down, along = np.mgrid[:240, :320]
    apart = np.hypot(along - 160, down - 60)
    np.testing.assert_array_equal(hidden[apart > 40], picture[apart > 40])
    inside = np.where((apart < 38)[..., None], hidden, 0).astype(int)
    steps = np.abs(np.diff(inside[45:75, 145:175], axis=1))
    assert steps.max() < 12


def test_an_overlay_has_the_times_and_the_figure(tmp_path, clip, poses):
    path = tmp_path / "over.mp4"
    seen = []
    write_overlay(clip, poses, path, progress=lambda *now: seen.append(now))
    again = scan(path)
    np.testing.assert_allclose(again.time_s, clip.time_s)
    assert seen == [(done, 10) for done in range(1, 11)]
    pictures = [frame.rgb for frame in frames(again)]
    for number, picture in enumerate(pictures):
        left, right = coloured(picture[:225])
        assert left[:, 164 + 4 * number :].sum() == left.sum() > 100
        assert right[:, : 157 + 4 * number].sum() == right.sum() > 100


def test_poses_in_larger_pictures_are_scaled(tmp_path, clip, poses):
    larger = poses.assign(position=poses["position"] * 4)
    larger.attrs |= {"image_width": 1280, "image_height": 960}
    for given, name in ((poses, "a.mp4"), (larger, "b.mp4")):
        write_overlay(clip, given, tmp_path / name, blur_faces=True)
    assert (tmp_path / "a.mp4").read_bytes() == (tmp_path / "b.mp4").read_bytes()


def test_faces_are_hidden_in_the_overlay(tmp_path, poses):
    def draw(number, width, height):
        rng = np.random.default_rng(number)
        coarse = rng.integers(256, size=(height // 4, width // 4, 3), dtype=np.uint8)
        return coarse.repeat(4, axis=0).repeat(4, axis=1)

    ms = [100 * i for i in range(10)]
    path = write_clip(tmp_path / "a.mp4", size=SIZE, ms=ms, draw=draw)
    lost = poses.copy(deep=True)
    lost["position"][4:7, :, :3] = np.nan
    write_overlay(scan(path), lost, tmp_path / "b.mp4", blur_faces=True)
    for frame in frames(scan(tmp_path / "b.mp4")):
        x = 160 + 4 * frame.index
        assert frame.rgb[22:38, x - 8 : x + 8].std(axis=(0, 1)).max() < 25
        assert frame.rgb[22:38, 20:60].std(axis=(0, 1)).min() > 40


def test_moments_without_poses_are_bare(tmp_path, clip, poses):
    write_overlay(clip, poses.isel(time=slice(0, 5)), tmp_path / "a.mp4")
    pictures = [frame.rgb[:200] for frame in frames(scan(tmp_path / "a.mp4"))]
    assert [coloured(picture)[0].any() for picture in pictures] == [True] * 5 + [
        False
    ] * 5
    write_overlay(clip, poses.isel(time=[]), tmp_path / "b.mp4", blur_faces=True)
    assert len(scan(tmp_path / "b.mp4").time_s) == 10


def test_what_cannot_be_drawn(tmp_path, clip, poses):
    with pytest.raises(InvalidPoses, match="x and y alone"):
        write_overlay(clip, poses.isel(space=[0, 1, 1]), tmp_path / "a.mp4")
    with pytest.raises(CannotWrite):
        write_overlay(clip, poses, tmp_path / "no" / "a.mp4")


def test_arguments_stay_as_they_are(tmp_path, clip, poses):
    before = poses.copy(deep=True)
    write_overlay(clip, poses, tmp_path / "a.mp4", blur_faces=True)
    xr.testing.assert_identical(poses, before)
