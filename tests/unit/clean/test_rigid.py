import numpy as np
import pytest
from scipy.ndimage import gaussian_filter1d

import bodies
from repetiteur.clean.rigid import RIGID_M, fill_rigid

PELVIS = {
    "LASI": (0.12, 0.02, 0.1),
    "RASI": (-0.12, 0.02, 0.1),
    "LPSI": (0.05, 0.04, -0.1),
    "RPSI": (-0.05, 0.04, -0.1),
}
FPS = 100.0


def turning(rng, *, soft=0.0):
    """A pelvis with four markers that turns at 500 degrees a second and travels."""
    time = np.arange(0.0, 4.0, 1.0 / FPS)
    a = np.radians(500.0) * time
    c, s, o = np.cos(a), np.sin(a), np.zeros(time.size)
    spin = np.stack([c, o, s, o, o + 1, o, -s, o, c], axis=1).reshape(-1, 3, 3)
    way = np.stack([0.5 * time, 0.95 + 0.1 * np.sin(3 * time), 0 * time], axis=1)
    points = {n: spin @ np.array(at) + way for n, at in PELVIS.items()}
    points["left_wrist"] = way + 0.6 * np.column_stack(
        [np.cos(2 * a), 0 * a, np.sin(a)]
    )
    for place in points.values():
        skin = gaussian_filter1d(rng.normal(size=place.shape), 0.15 * FPS, axis=0)
        place += soft * skin / skin.std()
    return time, points


def holed(points, name, start, end):
    out = {n: place.copy() for n, place in points.items()}
    out[name][start:end] = np.nan
    return out


def filled_of(poses, name):
    return fill_rigid(poses)["position"].sel(keypoint=name).to_numpy()[..., 0]


@pytest.mark.parametrize("seconds", [0.02, 0.3, 1.5])
def test_a_marker_of_a_cluster_is_put_where_it_was(rng, seconds):
    time, points = turning(rng)
    end = 120 + round(seconds * FPS)
    poses = bodies.poses(time, holed(points, "LPSI", 120, end))
    assert np.allclose(filled_of(poses, "LPSI"), points["LPSI"], atol=1e-9)


def test_skin_that_moves_costs_millimetres_and_leaves_no_step(rng):
    time, points = turning(rng, soft=0.002)
    place = filled_of(bodies.poses(time, holed(points, "LASI", 120, 220)), "LASI")
    off = np.linalg.norm(place - points["LASI"], axis=1)
    assert 0.0 < off.max() < 0.015
    assert max(off[120], off[219]) < 0.0015
    seen = np.r_[:120, 220 : len(time)]
    assert np.array_equal(place[seen], points["LASI"][seen])


def test_what_is_not_rigid_too_long_or_at_an_end_stays_open(rng):
    time, points = turning(rng)
    for name, start, end in (
        ("left_wrist", 120, 130),
        ("LPSI", 100, 320),
        ("LPSI", 0, 20),
        ("LPSI", 380, 400),
    ):
        poses = bodies.poses(time, holed(points, name, start, end))
        assert np.isnan(filled_of(poses, name)[start:end]).all(), (name, start)


def test_three_others_are_needed_in_every_frame(rng):
    time, points = turning(rng)
    both = holed(holed(points, "LPSI", 120, 140), "RASI", 138, 139)
    poses = bodies.poses(time, both)
    assert np.isnan(filled_of(poses, "LPSI")[120:140]).all()
    # The other's own gap lies within: neither has three companions then.
    assert np.isnan(filled_of(poses, "RASI")[138]).all()


def test_skin_that_moves_too_much_is_no_cluster(rng):
    time, points = turning(rng, soft=2.0 * RIGID_M)
    poses = bodies.poses(time, holed(points, "LPSI", 120, 140))
    assert np.isnan(filled_of(poses, "LPSI")[120:140]).all()


def test_markers_in_a_line_do_not_tell_the_turn(rng):
    time, points = turning(rng)
    middle = 0.5 * (points["LASI"] + points["RASI"])
    row = {"LASI": points["LASI"], "RASI": points["RASI"], "middle": middle}
    row["LPSI"] = points["LPSI"]
    poses = bodies.poses(time, holed(row, "LPSI", 120, 140))
    assert np.isnan(filled_of(poses, "LPSI")[120:140]).all()


def test_filled_samples_are_trusted_less_and_counted(rng):
    time, points = turning(rng)
    filled = fill_rigid(bodies.poses(time, holed(points, "LPSI", 120, 220)))
    sure = filled["confidence"].sel(keypoint="LPSI").to_numpy()[:, 0]
    away = np.minimum(np.arange(1, 101), np.arange(100, 0, -1)) / FPS
    assert sure[120:220] == pytest.approx(0.5 * (1.0 - away / 2.0))
    assert (np.delete(sure, range(120, 220)) == 1.0).all()
    assert filled.attrs["history"] == (
        "gaps of up to 2 s filled from rigid clusters: 100 samples (LPSI 100)"
    )
