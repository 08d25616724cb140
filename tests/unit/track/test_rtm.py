"""The optional tracker: its points, its cut, its answer, and what it needs."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

import onnxes
from repetiteur.errors import MissingWeights
from repetiteur.track import rtm, weights
from repetiteur.track.backend import tracker_of
from repetiteur.track.follow import Follower
from repetiteur.track.regions import Region
from repetiteur.track.sights import Person
from repetiteur.track.whereabouts import Whereabouts

#: Halpe's body and feet as its makers number them.
HALPE = [
    "Nose", "LEye", "REye", "LEar", "REar", "LShoulder", "RShoulder", "LElbow",
    "RElbow", "LWrist", "RWrist", "LHip", "RHip", "LKnee", "Rknee", "LAnkle", "RAnkle",
    "Head", "Neck", "Hip", "LBigToe", "RBigToe", "LSmallToe", "RSmallToe", "LHeel",
    "RHeel",
]  # fmt: skip


def fake(picture):
    """The network of :mod:`onnxes`, without onnxruntime."""
    columns, rows = onnxes.brightest(picture)
    return columns[0], rows[0]


def spot(x, y, size=(480, 640)):
    """A black picture with a light at x and y, pixels from its upper left corner."""
    height, width = size
    away = np.hypot(
        np.arange(width) + 0.5 - x, (np.arange(height) + 0.5 - y)[:, np.newaxis]
    )
    light = 255.0 * np.exp(-0.5 * (away / 6.0) ** 2)
    return np.repeat(light[..., np.newaxis], 3, axis=2).astype(np.uint8)


def test_the_points_are_halpes():
    ours = {"toe": "BigToe", "small_toe": "SmallToe", "head_top": "Head"} | {
        "pelvis": "Hip"
    }
    said = []
    for name in rtm.POINTS:
        side, _, part = (
            name.partition("_") if name[:2] in ("le", "ri") else ("", "", name)
        )
        said.append(side[:1].upper() + ours.get(part, part.capitalize()))
    assert [name.casefold() for name in said] == [name.casefold() for name in HALPE]


@pytest.mark.parametrize(
    "where",
    [
        Region(300.0, 200.0, 256.0, 0.0),
        Region(310.0, 190.0, 400.0, 0.0),
        Region(290.0, 230.0, 180.0, 0.7),
        Region(310.0, 210.0, 900.0, -1.5),
        Region(120.0, 30.0, 700.0, 0.2),  # over the edge of the picture
    ],
)
def test_a_light_is_found_where_it_is(where):
    look = rtm.JointNet(fake).look(spot(320.0, 215.0), where)
    pixel = where.side / rtm.TALL
    off = np.hypot(*(look.pixels - (320.0, 215.0)).T)
    assert look.pixels.shape == (26, 2)
    assert off.max() < 0.8 * pixel + 0.6, (
        "half a step of the answer, and of the picture"
    )


def test_places_are_not_off_by_half_a_pixel(rng):
    where = Region(150.0, 120.0, 300.0, 0.0)
    net, places = rtm.JointNet(fake), rng.uniform(90.0, 180.0, (40, 2))
    off = [
        net.look(spot(x, y, (240, 300)), where).pixels[0] - (x, y) for x, y in places
    ]
    assert np.abs(np.mean(off, axis=0)).max() < 0.2 * where.side / rtm.TALL


def test_red_green_and_blue_are_fed_in_this_order_as_the_network_learned_them():
    fed = []

    def answers(picture):
        fed.append(picture)
        return fake(picture)

    picture = np.full((256, 256, 3), (255, 0, 10), np.uint8)
    rtm.JointNet(answers).look(picture, Region(128.0, 128.0, 256.0, 0.0))
    (one,) = fed
    assert one.shape == (1, 3, 256, 192)
    assert one.dtype == np.float32
    assert one.flags.c_contiguous
    expected = (255 - 123.675) / 58.395, -116.28 / 57.12, (10 - 103.53) / 57.375
    assert np.allclose(one[0, :, 100, 100], expected, atol=1e-6)


def test_the_best_column_and_row_are_the_place_and_the_worse_is_the_confidence():
    columns, rows = np.zeros((2, 384), np.float32), np.full((2, 512), -1.0, np.float32)
    columns[0, 0], rows[0, 511] = 0.5, 1.7
    columns[1, 383], rows[1, 0] = 1.2, 1.1
    places, sure = rtm.decoded(columns, rows)
    # The middle of the first pixel of the middle three quarters; half a pixel further.
    assert np.allclose(places[0] * 256, [32.5, 256.0])
    assert np.allclose(places[1] * 256, [224.0, 0.5])
    assert sure.tolist() == [0.5, 1.0]
    assert rtm.decoded(columns, np.full_like(rows, -0.1))[1].tolist() == [0.0, 0.0]


def test_the_next_region_holds_all_points_seen_in_its_middle_three_quarters():
    rng = np.random.default_rng(1)
    before = Region(1.0, 2.0, 3.0, 0.4)
    for shape in ((100.0, 300.0), (300.0, 100.0)):
        points, sure = rng.normal(size=(26, 2)) * shape, np.ones(26)
        points[7], sure[7] = (5000.0, 5000.0), 0.1
        region = rtm.around(points, sure, before)
        inside = np.delete(points, 7, axis=0) - (region.x, region.y)
        assert region.angle == 0.0
        assert np.abs(inside[:, 0]).max() <= 0.75 * region.side / 2
        assert np.abs(inside[:, 1]).max() <= region.side / 2
    assert rtm.around(points, np.full(26, 0.1), before) == before


def test_presence_is_one_half_at_the_threshold():
    def answers(_):
        height = np.float32(rtm.SEEN)
        return np.full((26, 384), height), np.full((26, 512), height)

    blank = np.zeros((99, 99, 3), np.uint8)
    look = rtm.JointNet(answers).look(blank, Region(50.0, 50.0, 90.0, 0.0))
    assert look.presence == pytest.approx(0.5)
    assert look.world.shape == (26, 3)
    assert np.isnan(look.world).all()


class Everyone:
    """Sees one dancer where the light is."""

    def __init__(self, x, y):
        self._hips = np.array([x, y])

    def find(self, picture):
        return [Person(0.9, np.zeros(4), self._hips, self._hips - (0.0, 80.0))]

    def find_small(self, picture):
        return []


def test_a_follower_follows_with_it_without_a_guess_of_space():
    eyes = rtm.Eyes(Everyone(200.0, 200.0), Cross(rtm.JointNet(fake)))
    nowhere = Whereabouts(np.empty(0), np.empty((0, 2)), np.empty(0))
    follower = Follower(eyes, nowhere)
    for frame in range(20):
        x = 200.0 + 4.0 * frame
        look = follower.step(spot(x, 200.0), frame, frame / 30)
        assert look is not None
        assert np.allclose(look.pixels.mean(axis=0), (x, 200.0), atol=2.5)


class Cross:
    """Spreads the one place of the fake network to a body of some size."""

    ARMS = np.array([(-60, -90), (60, -90), (-60, 90), (60, 90)] * 6 + [(0, 0)] * 2)

    def __init__(self, net):
        self._net = net

    def look(self, picture, where):
        look = self._net.look(picture, where)
        pixels = look.pixels + self.ARMS
        region = rtm.around(pixels, look.confidence, where)
        return rtm.Look(look.presence, pixels, look.confidence, look.world, region)


def test_through_onnxruntime(tmp_path):
    pytest.importorskip("onnxruntime", reason='needs the extra "rtm"')
    file = tmp_path / "brightest.onnx"
    file.write_bytes(onnxes.model())
    where = Region(300.0, 200.0, 400.0, 0.3)
    picture = spot(320.0, 215.0)
    real = rtm.JointNet(rtm._network(file)).look(picture, where)
    assert np.allclose(real.pixels, rtm.JointNet(fake).look(picture, where).pixels)
    assert real.confidence.min() > 0.99


def test_without_onnxruntime_a_sentence_says_what_to_install(monkeypatch):
    monkeypatch.setattr(rtm, "find_spec", lambda name: None)
    with pytest.raises(MissingWeights, match=r'pip install "repetiteur\[rtm\]"'):
        tracker_of("rtm").weights()


def test_without_its_weights_a_sentence_says_what_to_bring(tmp_path, monkeypatch):
    monkeypatch.setattr(rtm, "find_spec", lambda name: object())
    monkeypatch.setattr(weights, "data_folder", lambda: tmp_path)
    with pytest.raises(MissingWeights, match="models install --from ARCHIVE"):
        weights.path_of("rtmpose_m_halpe26")


def test_naming_the_tracker_loads_no_runtime():
    program = (
        "import sys; from repetiteur.track.backend import tracker_of; "
        "tracker_of('rtm'); print('onnxruntime' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False"]
