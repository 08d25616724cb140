"""Properties of cleaning, for any dancer anywhere in the picture."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

import filming
from repetiteur.clean.bones import hold_bones
from repetiteur.clean.gaps import fill_gaps
from repetiteur.clean.outliers import drop_outliers
from repetiteur.clean.smoothing import smooth
from repetiteur.clean.tracked import clean_tracked
from repetiteur.model.poses import mirrored

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
