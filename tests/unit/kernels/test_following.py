import numpy as np
import pytest

import naive
from repetiteur.kernels import following
from repetiteur.kernels.following import Going

TEMPI = np.array([0.2, 0.5, 0.3])
GOING = Going(keep=0.9, jump=0.02, lose=0.05, find=0.3)


def some_bones(rng, frames, bones=6):
    found = rng.normal(size=(frames, bones, 3))
    found /= np.linalg.norm(found, axis=2, keepdims=True) * np.sqrt(bones)
    return found


def some_belief(rng, frames, lost=0.1):
    belief = rng.random((TEMPI.size, frames)) ** 4
    return belief * (1.0 - lost) / belief.sum(), lost


def gone_on(belief, lost, shifts, landing, going=GOING):
    out = np.full_like(belief, np.nan)
    left = following.go_on(belief, out, lost, np.array(shifts), TEMPI, landing, going)
    return out, left


@pytest.mark.parametrize("turned", [True, False])
def test_distances_are_those_of_the_twin(rng, turned):
    frames = some_bones(rng, 12)
    frames[3, 1] = frames[5, :5] = frames[6] = np.nan
    for pose in some_bones(rng, 3):
        pose[2] = np.nan
        found = following.square_distances(
            following.frames_of(frames), pose, turned=turned
        )
        twin = [
            naive.square_distance_of_poses(row, pose, turned=turned) for row in frames
        ]
        np.testing.assert_allclose(found, twin, atol=2e-6)
        assert np.isnan(found[5])
        assert np.isfinite(found).sum() == 10


def test_a_turned_pose_is_the_same_pose(rng):
    frames = some_bones(rng, 5)
    c, s = np.cos(1.1), np.sin(1.1)
    pose = frames[2] @ np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]])
    laid = following.frames_of(frames)
    assert following.square_distances(laid, pose, turned=True)[2] < 1e-6
    assert following.square_distances(laid, pose, turned=False)[2] > 0.1


def test_nothing_seen_tells_nothing(rng):
    frames = following.frames_of(some_bones(rng, 5))
    square = following.square_distances(frames, np.full((6, 3), np.nan), turned=True)
    assert np.isnan(square).all()
    belief, lost = some_belief(rng, 5)
    before = belief.copy()
    after, _ = following.weigh(belief, lost, square, np.array([1.0, 0.1]), 1.0, 0.3)
    np.testing.assert_allclose(belief, before)
    assert after == pytest.approx(lost)


@pytest.mark.parametrize(
    "shifts", [(0.0, 0.4, 1.0), (0.0, 1.75, 2.5), (0.0, 11.2, 40.0)]
)
def test_the_belief_goes_on_as_the_twin_does(rng, shifts):
    belief, lost = some_belief(rng, 12)
    landing = rng.dirichlet(np.ones(12))
    found, left = gone_on(belief, lost, shifts, landing)
    twin, lost_twin = naive.gone_on(belief, lost, shifts, TEMPI, landing, GOING)
    np.testing.assert_allclose(found, twin, atol=1e-15)
    assert left == pytest.approx(lost_twin)
    assert found.sum() + left == pytest.approx(1.0)


def test_standing_still_changes_nothing(rng):
    belief, _ = some_belief(rng, 9, lost=0.0)
    found, left = gone_on(belief, 0.0, [0.0] * 3, np.ones(9) / 9, Going(1, 0, 0, 0))
    np.testing.assert_array_equal(found, belief)
    assert left == 0.0


def test_weighing_is_the_rule_of_bayes(rng):
    belief, lost = some_belief(rng, 8)
    square = np.array([0.0, 0.1, 0.5, 0.9, 1.0, 7.0, np.nan, 0.25])
    table = np.array([1.0, 0.6, 0.1])
    likely = np.array([1.0, 0.92, 0.6, 0.2, 0.1, 0.1, 0.3, 0.8])  # far is 1, lost 0.3
    total = (belief * likely).sum() + 0.3 * lost
    wanted = belief * likely / total
    left, evidence = following.weigh(belief, lost, square, table, 1.0, 0.3)
    np.testing.assert_allclose(belief, wanted)
    assert left == pytest.approx(0.3 * lost / total)
    assert evidence == pytest.approx(np.log(total))


@pytest.mark.parametrize("reach", [0, 1, 3, 50])
def test_the_likeliest_place_is_that_of_the_twin(rng, reach):
    for _ in range(10):
        belief, _ = some_belief(rng, 30)
        found = following.likeliest(belief, reach)
        np.testing.assert_allclose(found, naive.likeliest_place(belief, reach))


def test_no_belief_at_all_is_no_place():
    assert following.likeliest(np.zeros((3, 5)), 1) == (0.0, 0.0, 0.0)
