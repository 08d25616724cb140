"""Properties of cleaning, for any dancer anywhere in the picture."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

import filming
from repetiteur.clean.bones import hold_bones
from repetiteur.clean.gaps import fill_gaps
from repetiteur.clean.jumps import drop_jumps
from repetiteur.clean.lengths import drop_stretched
from repetiteur.clean.outliers import drop_outliers
from repetiteur.clean.recorded import clean_recorded, touched
from repetiteur.clean.rigid import fill_rigid
from repetiteur.clean.smoothing import smooth
from repetiteur.clean.tracked import clean_tracked
from repetiteur.kernels.geometry import turn
from repetiteur.model.poses import make_poses, mirrored
from repetiteur.synthetic import dance

FILM = filming.film(filming.kicks(), fps=30.0, noise=3.0)


@st.composite
def spoilt(draw):
    """A film with gaps, jumps, doubts and uneven times."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    pixels, visibility = (
        FILM.pixels.copy(),
        rng.uniform(0.02, 1.0, FILM.pixels.shape[:2]),
    )
    missing = rng.random(pixels.shape[:2]) < draw(st.floats(0.0, 0.3))
    jumping = rng.random(pixels.shape[:2]) < draw(st.floats(0.0, 0.03))
    pixels[jumping] += draw(st.floats(50.0, 500.0))
    pixels[missing] = np.nan
    poses = FILM.poses(pixels=pixels, visibility=visibility)
    steps = rng.uniform(0.6, 1.4, len(pixels)) / 30.0
    return poses.assign_coords(time=np.cumsum(steps) - steps[0])


def place(poses):
    return poses["position"].to_numpy()


def close(one, other, size=1.0):
    return np.allclose(one, other, atol=1e-6 * size, equal_nan=True)


@given(spoilt(), st.floats(0.02, 1.0))
@settings(max_examples=20, deadline=None)
def test_filling_never_changes_what_was_seen(poses, longest_s):
    filled = fill_gaps(poses, longest_s=longest_s, below=0.05)
    seen = (poses["confidence"] >= 0.05) & poses["position"].notnull().all("space")
    at = np.broadcast_to(seen.to_numpy()[:, np.newaxis], place(poses).shape)
    assert np.array_equal(place(filled)[at], place(poses)[at])
    sure = filled["confidence"].to_numpy()
    assert np.array_equal(sure[seen], poses["confidence"].to_numpy()[seen])
    assert (sure[~seen] <= 0.5).all()


@given(spoilt())
@settings(max_examples=10, deadline=None)
def test_filling_and_holding_twice_is_once(poses):
    filled = fill_gaps(poses)
    assert close(place(fill_gaps(filled)), place(filled))
    held = hold_bones(poses)
    again = hold_bones(held)["world_position"]
    assert close(again, held["world_position"])


@given(
    spoilt(),
    st.floats(0.2, 3.0),
    st.tuples(st.floats(-2000.0, 2000.0), st.floats(-2000.0, 2000.0)),
)
@settings(max_examples=10, deadline=None)
def test_cleaning_does_not_care_where_and_how_large_the_picture_is(poses, scale, move):
    shift = np.array(move)[:, np.newaxis, np.newaxis]
    moved = poses.assign(position=poses["position"] * scale + shift[np.newaxis])
    here, there = (  # moved beyond the edge it would be missing
        place(clean_tracked(p, inside=False)) for p in (poses, moved)
    )
    assert close(there, here * scale + shift, 1e4)


@given(spoilt())
@settings(max_examples=10, deadline=None)
def test_cleaning_a_mirrored_recording_is_mirroring_a_cleaned_one(poses):
    one = clean_tracked(mirrored(poses))
    other = mirrored(clean_tracked(poses)).sel(keypoint=one["keypoint"])
    assert close(place(one), place(other), 1e4)
    assert close(one["confidence"], other["confidence"])


@given(spoilt(), st.floats(0.0, 0.5))
@settings(max_examples=10, deadline=None)
def test_nothing_is_invented_outside_what_was_seen(poses, period_s):
    smoothed = smooth(poses, period_s=period_s) if period_s else poses
    assert np.array_equal(smoothed["position"].isnull(), poses["position"].isnull())
    dropped = drop_outliers(poses)
    kept = dropped["position"].notnull().to_numpy()
    assert np.array_equal(place(dropped)[kept], place(poses)[kept])


RECORDED = dance(filming.kicks(), fps=50.0, bpm=60.0)


@st.composite
def recorded(draw):
    """A motion file with gaps, jumps, points exchanged, extra markers, uneven times."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    place = RECORDED["position"].to_numpy().copy()
    names = [str(name) for name in RECORDED["keypoint"].to_numpy()]
    hips = place[:, :, [names.index("left_hip"), names.index("right_hip")]]
    beside = 0.5 * hips.sum(axis=2, keepdims=True) + [[[0.0]], [[0.03]], [[0.0]]]
    place = np.concatenate([place, beside], axis=2)
    place += rng.normal(0.0, draw(st.floats(0.0, 0.003)), place.shape)
    frames, _, points, _ = place.shape
    for _ in range(draw(st.integers(0, 6))):
        start, k = rng.integers(frames), rng.integers(points)
        place[start : start + rng.integers(1, 5), :, k] += rng.normal(0.0, 0.7, (3, 1))
    for _ in range(draw(st.integers(0, 2))):
        start, pair = rng.integers(frames), rng.choice(points, 2, replace=False)
        here = slice(start, start + rng.integers(1, 8))
        place[here, :, pair] = place[here, :, pair[::-1]]
    for _ in range(draw(st.integers(0, 12))):
        start, k = rng.integers(-5, frames), rng.integers(points)
        place[max(start, 0) : max(start + rng.integers(1, 40), 0), :, k] = np.nan
    steps = np.where(draw(st.booleans()), 1.0, rng.uniform(0.7, 1.3, frames)) / 50.0
    return make_poses(
        place, time=np.cumsum(steps) - steps[0], keypoints=[*names, "sacrum"]
    )


@given(recorded(), st.floats(0.02, 0.5), st.floats(0.02, 3.0))
@settings(max_examples=10, deadline=None)
def test_filling_a_recording_never_changes_what_was_seen(poses, curve_s, rigid_s):
    curves = fill_gaps(poses, longest_s=curve_s, below=0.0, keep="speed")
    for filled in (curves, fill_rigid(poses, longest_s=rigid_s)):
        seen = np.isfinite(place(poses))
        assert np.array_equal(place(filled)[seen], place(poses)[seen])
        new = (~seen & np.isfinite(place(filled))).any(axis=1)
        assert (filled["confidence"].to_numpy()[new] <= 0.5).all()
        for k, one in np.ndindex(*new.shape[1:]):
            there = np.flatnonzero(seen[:, 0, k, one])
            if there.size:
                assert not new[: there[0], k, one].any()
                assert not new[there[-1] :, k, one].any()


@given(recorded())
@settings(max_examples=10, deadline=None)
def test_outliers_are_taken_out_and_nothing_else_is_changed(poses):
    for drop in (drop_jumps, drop_stretched):
        kept = np.isfinite(place(drop(poses)))
        assert np.array_equal(place(drop(poses))[kept], place(poses)[kept])


@given(recorded())
@settings(max_examples=8, deadline=None)
def test_what_was_touched_is_what_differs(poses):
    cleaned = clean_recorded(poses, floor=False)
    was, now = (np.isfinite(place(p)).all(axis=1) for p in (poses, cleaned))
    told = touched(cleaned).values()
    assert sum(one.filled for one in told) == (~was & now).sum()
    assert sum(one.removed for one in told) == (was & ~now).sum()
    differs = (place(poses) != place(cleaned)).any(axis=1) & was & now
    assert sum(one.replaced for one in told) == differs.sum()


@given(recorded(), st.floats(-180.0, 180.0))
@settings(max_examples=8, deadline=None)
def test_cleaning_does_not_care_where_the_dancer_stands_and_faces(poses, degrees):
    def moved(values):
        turned = turn(np.moveaxis(values, 1, -1), degrees)
        return np.moveaxis(turned + np.array([3.0, 0.0, -2.0]), -1, 1)

    elsewhere = poses.assign(position=(poses["position"].dims, moved(place(poses))))
    here, there = (clean_recorded(p, floor=False) for p in (poses, elsewhere))
    assert close(place(there), moved(place(here)))


@given(recorded())
@settings(max_examples=8, deadline=None)
def test_cleaning_a_mirrored_file_is_mirroring_a_cleaned_one(poses):
    one = clean_recorded(mirrored(poses), floor=False)
    other = mirrored(clean_recorded(poses, floor=False)).sel(keypoint=one["keypoint"])
    assert close(place(one), place(other))
    assert close(one["confidence"], other["confidence"])
