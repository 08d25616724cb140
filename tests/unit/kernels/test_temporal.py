"""A temporal convolutional network, forwards."""

import numpy as np
import pytest

import naive
from repetiteur.kernels.temporal import Layer, Network


def layer(rng, taps, inputs, outputs):
    weight = rng.normal(size=(taps, inputs, outputs)).astype(np.float32)
    return Layer(weight, rng.normal(size=outputs).astype(np.float32))


@pytest.mark.parametrize("taps", [1, 3, 5])
@pytest.mark.parametrize("apart", [1, 4, 9])
def test_a_layer_is_a_sum_of_products(taps, apart):
    rng = np.random.default_rng(0)
    one, rows = layer(rng, taps, 3, 2), rng.normal(size=(7, 3)).astype(np.float32)
    plain = naive.convolved(rows, one.weight, one.bias, apart)
    assert one.over(rows, apart) == pytest.approx(plain, abs=1e-4)


def network(rng):
    blocks = [(layer(rng, 3, 4, 4), layer(rng, 1, 4, 4), apart) for apart in (1, 2)]
    return Network(layer(rng, 3, 5, 4), blocks, layer(rng, 1, 4, 2))


def test_an_answer_hangs_on_what_is_in_reach_and_on_nothing_else():
    rng = np.random.default_rng(1)
    net, rows = network(rng), rng.normal(size=(30, 5)).astype(np.float32)
    other = rows.copy()
    other[20] += 1.0
    off = np.abs(net(rows) - net(other)).max(axis=1)
    assert (off[:16] == 0.0).all()  # 1 + 1 + 2 frames to either side
    assert (off[25:] == 0.0).all()
    assert (off[17:24] > 0.0).all()


def test_blocks_add_to_what_was_there_before():
    rng = np.random.default_rng(2)
    net, rows = network(rng), rng.normal(size=(9, 5)).astype(np.float32)
    none = [
        (wide, Layer(0.0 * narrow.weight, 0.0 * narrow.bias), apart)
        for wide, narrow, apart in net.blocks
    ]
    alone = Network(net.first, (), net.last)
    assert np.array_equal(Network(net.first, none, net.last)(rows), alone(rows))


def test_rows_of_nothing_stay_finite():
    net = network(np.random.default_rng(3))
    assert np.isfinite(net(np.zeros((4, 5), np.float32))).all()
