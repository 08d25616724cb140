import numpy as np
import pytest

from repetiteur.align.seams import Piece, exact_ends
from repetiteur.kernels.jumping import Costs

COSTS = Costs(aside=1.0, alone=4.0, leaving=60.0, jump=200.0, far=0.04)


@pytest.fixture
def dance():
    """Four hundred frames of smooth movement that never comes back."""
    rng = np.random.default_rng(3)
    steps = rng.normal(scale=0.6, size=(400, 6))
    return np.cumsum(steps, axis=0)


@pytest.mark.parametrize("off", [0, 7, -9])
def test_the_frame_at_which_a_part_is_left_out(dance, off):
    take = np.concatenate([dance[:150], dance[230:]])
    rough = [Piece((0, 0), (149 + off, 149 + off)), Piece((230, 150), (399, 319))]
    one, two = exact_ends(rough, dance, take, COSTS, 60)
    assert (one.last, two.first) == ((149, 149), (230, 150))


@pytest.mark.parametrize("off", [0, 8])
def test_the_frames_between_which_the_take_is_alone(dance, off):
    foreign = 100.0 + np.zeros((200, 6))
    take = np.concatenate([dance[:150], foreign, dance[150:]])
    rough = [
        Piece((0, 0), (149 + off, 149 + off)),
        Piece((150 + off, 350 + off), (399, 599)),
    ]
    one, two = exact_ends(rough, dance, take, COSTS, 60)
    assert (one.last, two.first) == ((149, 149), (150, 350))


def test_the_frame_at_which_it_goes_back(dance):
    take = np.concatenate([dance[:220], dance[140:]])
    rough = [Piece((0, 0), (224, 224)), Piece((148, 228), (399, 479))]
    one, two = exact_ends(rough, dance, take, COSTS, 60)
    assert one.last == (219, 219)
    assert two.first == (140, 220)


def test_both_ends_of_the_whole(dance):
    foreign = 100.0 + np.zeros((50, 6))
    take = np.concatenate([foreign, dance[20:380], foreign])
    (only,) = exact_ends([Piece((26, 56), (370, 400))], dance, take, COSTS, 60)
    ends = np.array([only.first, only.last])
    assert np.abs(ends - [[20, 50], [379, 409]]).max() <= 1


def test_nothing_to_look_at(dance):
    assert exact_ends([], dance, dance, COSTS, 60) == []
