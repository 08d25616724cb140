import numpy as np
import pytest

from naive import path_cost, warp_cost
from repetiteur.kernels.warping_near import warp_near


def _pair(n=40, m=50, seed=0):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, 3)), rng.normal(size=(m, 3))


@pytest.mark.parametrize("leave_out", [np.inf, 0.5])
@pytest.mark.parametrize("weights", [(1.0, 1.0, 1.0), (2.0, 1.0, 1.0)])
def test_with_a_wide_radius_it_is_the_cheapest_path_of_all(leave_out, weights):
    x, y = _pair()
    costs = {"aside": 0.1, "leave_out": leave_out, "weights": weights}
    path = warp_near(x, y, [[0, 0], [39, 49]], 60, **costs)
    assert path_cost(path, x, y, **costs) == pytest.approx(warp_cost(x, y, **costs))


def test_no_frame_of_the_path_is_far_from_the_given_one():
    x, y = _pair(300, 300)
    near = np.array([[0, 0], [100, 150], [299, 299]])
    path = warp_near(x, y, near, 5)
    there = np.interp(path[:, 0], near[:, 0], near[:, 1])
    # A strip of 64 rows has one interval of columns.
    assert np.abs(path[:, 1] - there).max() < 64 * 1.5 + 10
    assert (path[0] == 0).all()
    assert (path[-1] == 299).all()


def test_ends_are_left_out_where_that_is_cheaper():
    rng = np.random.default_rng(1)
    music = np.cumsum(rng.normal(size=(120, 4)), axis=0)
    before, after = 30.0 + rng.normal(size=(2, 40, 4))
    found = warp_near(
        music, np.concatenate([before, music, after]), [[0, 40], [119, 159]], 20,
        leave_out=0.5,
    )  # fmt: skip
    assert found.tolist() == [[k, k + 40] for k in range(120)]


def test_a_path_without_a_place_is_refused():
    with pytest.raises(ValueError, match="near needs rows of two"):
        warp_near([[0.0]], [[0.0]], np.empty((0, 2)), 1)
