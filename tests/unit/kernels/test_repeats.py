"""What a curve varies by from take to take, where that is known."""

import numpy as np
import pytest
from scipy.ndimage import gaussian_filter1d

from repetiteur.kernels.repeats import MOSTLY_OWN, again

HZ, SLOW_S = 60, 0.5
#: Smooth curves are another one about every two seconds.
INDEPENDENT = 1.0 / (2.0 * HZ)


def smooth(rng, takes, seconds, sd=1.0):
    """Slow Gaussian curves of this deviation, each on its own."""
    margin = 10 * HZ
    white = rng.standard_normal((takes, seconds * HZ + 2 * margin))
    slow = gaussian_filter1d(white, SLOW_S * HZ, axis=1)[:, margin:-margin]
    return sd * slow * np.sqrt(2.0 * np.sqrt(np.pi) * SLOW_S * HZ)


def found(danced, noise=0.0):
    return again(danced, np.full(danced.shape, noise**2), INDEPENDENT)


def drawn(takes, seconds, made, *, times=80, noise=0.0, seed=1):
    rng = np.random.default_rng(seed)
    return [found(made(smooth(rng, takes, seconds, 2.0)), noise) for _ in range(times)]


def middle(results, name="sd"):
    return float(np.median([getattr(one, name) for one in results]))


@pytest.mark.parametrize("takes", [2, 3, 5])
def test_the_typical_error_is_recovered(takes):
    results = drawn(takes, 30, lambda danced: danced)
    assert middle(results) == pytest.approx(2.0, rel=0.05)
    holds = np.mean([one.low <= 2.0 <= one.high for one in results])
    assert 0.84 <= holds <= 0.99


def test_more_takes_and_longer_phrases_tell_it_better():
    rng = np.random.default_rng(2)
    spread = {
        (takes, seconds): found(smooth(rng, takes, seconds))
        for takes, seconds in ((2, 20), (4, 20), (2, 80))
    }
    freedom = {key: one.freedom for key, one in spread.items()}
    assert freedom[2, 20] < freedom[4, 20]
    assert freedom[2, 20] < freedom[2, 80]
    widths = {key: one.high / one.low for key, one in spread.items()}
    assert widths[2, 20] > max(widths[4, 20], widths[2, 80])


@pytest.mark.parametrize(("takes", "size"), [(2, 10.0), (3, 10.0), (2, 40.0)])
def test_a_fault_in_one_take_is_no_variation(takes, size):
    def faulty(danced):
        out = danced.copy()
        out[0, 300:570] += size  # 15 % of the time
        return out

    clean, spoilt = (drawn(takes, 30, made) for made in (lambda d: d, faulty))
    assert middle(spoilt) == pytest.approx(middle(clean), rel=0.06)
    raw = np.sqrt(4.0 + 0.15 * size**2 / takes)
    assert raw > 1.25 * middle(spoilt), "without leaving it out this would be larger"


def test_the_instrument_is_taken_out():
    rng = np.random.default_rng(3)
    danced = [smooth(rng, 3, 30, 2.0) + smooth(rng, 3, 30, 1.5) for _ in range(60)]
    results = [found(one, noise=1.5) for one in danced]
    assert middle(results) == pytest.approx(2.5, rel=0.05)
    assert middle(results, "own") == pytest.approx(2.0, rel=0.07)


def test_an_instrument_that_is_said_to_be_worse_leaves_half_to_the_dancer():
    results = drawn(3, 30, lambda danced: danced, noise=50.0)
    expected = np.sqrt(MOSTLY_OWN) * middle(results)
    assert middle(results, "own") == pytest.approx(expected, rel=0.01)
    assert middle(results) == pytest.approx(2.0, rel=0.06)


def test_takes_that_lie_apart_as_a_whole_are_as_few_as_they_are():
    rng = np.random.default_rng(5)
    danced = smooth(rng, 3, 60, 0.2)
    apart = danced + np.array([[-2.0], [0.0], [2.0]])
    assert found(danced).freedom > 20.0
    assert found(apart).freedom < 3.0
    assert found(apart).high > 2.0 * found(apart).sd


def test_a_take_that_is_not_seen_for_a_while_has_its_say_elsewhere():
    rng = np.random.default_rng(6)
    danced = smooth(rng, 3, 60, 2.0)
    danced[2, 1200:] = np.nan
    danced[:2, :300] = np.nan
    one = found(danced)
    assert one.sd == pytest.approx(2.0, rel=0.25)
    assert one.freedom < found(smooth(rng, 3, 60, 2.0)).freedom


def test_takes_that_are_never_seen_together_tell_nothing():
    danced = np.full((2, 100), np.nan)
    danced[0, :50], danced[1, 50:] = 1.0, 2.0
    assert found(danced) is None


def test_takes_that_are_alike_vary_by_nothing():
    one = found(np.tile(np.sin(np.arange(600) / 50.0), (3, 1)), noise=1.0)
    assert (one.own, one.sd, one.low, one.high) == (0.0, 0.0, 0.0, 0.0)
    assert one.freedom > 0.0
