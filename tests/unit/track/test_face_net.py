"""The mesh of a face: what is looked at again, and where."""

import numpy as np
import pytest

import naive
from repetiteur.errors import MissingWeights
from repetiteur.track import face_net
from repetiteur.track.face_graph import Part
from repetiteur.track.face_net import ANSWER, CUT, FaceNet, crop_map, sampled
from repetiteur.track.face_points import (
    IRISES,
    KEPT,
    LEFT_OF_PICTURE,
    LIPS,
    NAMED,
    RIGHT_OF_PICTURE,
)
from repetiteur.track.regions import Region
from repetiteur.track.weights import path_of


@pytest.fixture(scope="module")
def net():
    try:
        return FaceNet(path_of("face_mesh"))
    except MissingWeights as error:
        pytest.skip(str(error))


def test_the_numbers_of_the_mesh():
    assert (len(LIPS), len(LEFT_OF_PICTURE), len(RIGHT_OF_PICTURE)) == (80, 71, 71)
    looked_at = [*LIPS, *LEFT_OF_PICTURE, *RIGHT_OF_PICTURE]
    assert len(set(looked_at)) == len(looked_at)
    assert max(looked_at) < 468
    assert sorted(n for iris in IRISES.values() for n in iris) == list(range(468, 478))
    assert tuple(sorted(set().union(*NAMED.values()))) == KEPT


def test_a_layer_between_its_cells(rng):
    layer = rng.normal(size=(6, 7, 3)).astype(np.float32)
    turn = np.array([[0.4, -0.2], [0.3, 0.5]])
    shift = np.array([-0.7, 0.4])
    out = sampled(layer, turn, shift)
    assert out.shape == (CUT, CUT, 3)
    for row in range(0, CUT, 3):
        for column in range(0, CUT, 4):
            at = turn @ [column, row] + shift
            assert out[row, column] == pytest.approx(naive.between(layer, at), abs=1e-5)


@pytest.mark.parametrize("angle", [0.0, 0.4, -2.0])
def test_a_cut_lies_level_and_holds_its_points(rng, angle):
    cos, sin = np.cos(angle), np.sin(angle)
    flat = rng.uniform(-1, 1, (80, 2)) * (20, 8)
    flat[:2] = (-20, 0), (20, 0)
    flat[2:4] = (0, -8), (0, 8)
    mesh = np.zeros((468, 3))
    again = face_net._AGAIN[0]
    places = flat @ np.array([[cos, sin], [-sin, cos]]) + (90, 100)
    # The two that lie level are the first and the eleventh of the lips.
    order = [0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1, *range(11, 80)]
    mesh[list(again.points), :2] = places[order]
    turn, shift = crop_map(mesh[list(again.points), :2], mesh, again)
    middle = turn @ np.full(2, CUT / 2) + shift
    assert middle == pytest.approx([90, 100])
    size = np.hypot(*turn) * CUT
    assert size == pytest.approx([1.5 * 40, 1.5 * 16])
    assert np.degrees(np.arctan2(turn[1, 0], turn[0, 0])) == pytest.approx(
        np.degrees(angle)
    )
    assert ANSWER / CUT == 4


def test_nothing_is_no_face(net):
    look = net.look(np.full((100, 120, 3), 90, np.uint8), Region(60, 50, 80, 0.0))
    assert look.sure < 0.5
    assert look.points.shape == (478, 3)


def test_rubbish_is_no_network(tmp_path):
    for content in (b"", b"TFL3", bytes(range(256)) * 20):
        file = tmp_path / "bad.tflite"
        file.write_bytes(content)
        with pytest.raises(MissingWeights, match="repetiteur models install"):
            Part(file, ["input_1"], ["conv_faceflag"])


def test_a_network_without_what_is_asked_for(net):
    with pytest.raises(MissingWeights, match="needs to be a network"):
        Part(path_of("face_mesh"), ["input_1"], ["nothing of this name"])
