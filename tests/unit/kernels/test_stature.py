import numpy as np

from repetiteur.kernels.stature import (
    _QUANTILE,
    SHARES,
    _quantile,
    apparent_stature,
)

TIME = np.arange(120) / 60
SHARE = np.array([SHARES[b] for b in ("trunk", "thigh", "shank", "upper_arm")])


def test_foreshortened_and_wrong_bones_do_not_count(rng):
    lengths = 800.0 * SHARE * rng.uniform(0.3, 1.0, (120, 4))
    lengths[:, :2] = 800.0 * SHARE[:2]
    lengths[40:44] *= 3.0
    assert np.allclose(apparent_stature(lengths, SHARE, TIME), 800.0, rtol=0.1)


def test_held_through_gaps():
    lengths = np.tile(500.0 * SHARE, (120, 1))
    lengths[30:90] = np.nan
    assert np.allclose(apparent_stature(lengths, SHARE, TIME), 500.0)


def test_nobody_has_no_stature():
    assert np.isnan(apparent_stature(np.full((120, 4), np.nan), SHARE, TIME)).all()


def test_the_quantile_is_numpys(rng):
    rows = rng.uniform(size=(50, 9))
    rows[rng.random((50, 9)) < 0.4] = np.nan
    rows[:, 0] = 0.5
    assert np.allclose(_quantile(rows), np.nanquantile(rows, _QUANTILE, axis=1))
