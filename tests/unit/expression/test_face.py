"""What is told of a face whose points are known."""

import numpy as np
import pytest

from faced import RATE, moved, seen
from repetiteur.expression.face import HALF_90, told
from repetiteur.expression.face_reasons import HOW_TO_FILM, REASONS
from repetiteur.expression.face_units import NOT_MEASURABLE, UNITS
from repetiteur.kernels.signals import runs
from repetiteur.track.face_points import KEPT

FRAMES = 100
LATE = np.r_[np.zeros(60), np.ones(40)]
UP, DOWN, OUT = (0, 1, 0), (0, -1, 0), (1, 0, 0)
#: What is moved, and what has to be told of it; all else stays.
ACTIONS = [
    ({"right_brow_inner": UP, "left_brow_inner": UP}, {"brows_inner": 0.1}),
    ({"right_brow_outer": UP, "left_brow_outer": UP}, {"brows_outer": 0.1}),
    ({"right_brow_inner": OUT, "left_brow_inner": OUT}, {"brows_apart": 0.2}),
    ({"right_lower_lid": UP, "left_lower_lid": UP}, {"lids_open": -0.1}),
    ({"lip_corners": UP}, {"lip_corners_up": 0.1}),
    ({"lip_corners": OUT}, {"mouth_width": 0.2}),
    ({"chin": DOWN}, {"jaw_down": 0.1}),
    (
        {"lip_lower_edge": DOWN, "lip_bottom": DOWN},
        {"lips_apart": 0.1},
    ),
    ({"lip_bottom": DOWN}, {"lips_full": 0.1}),
]


def test_units_have_names_of_their_own():
    names = [one.name for one in UNITS]
    assert len(set(names)) == len(names)
    assert len(REASONS) == len(HOW_TO_FILM)
    assert set(NOT_MEASURABLE) == {"AU5", "AU6", "AU9"}


@pytest.mark.parametrize(("how", "tells"), ACTIONS)
def test_an_action_moves_its_own_units_alone(how, tells):
    points = moved(FRAMES, {name: (0.1 * LATE, way) for name, way in how.items()})
    face = told(seen(points, width_px=150.0), rest_s=(0.0, 2.0))
    for one in UNITS:
        value, _ = face.unit(one.name)
        assert value[:60] == pytest.approx(0.0, abs=1e-6)
        assert value[60:] == pytest.approx(tells.get(one.name, 0.0), abs=2e-3)


@pytest.mark.parametrize("yaw", [-40.0, 0.0, 40.0])
@pytest.mark.parametrize("roll", [-60.0, 25.0])
def test_units_stay_when_the_head_turns(yaw, roll):
    turned = np.r_[np.zeros(50), np.linspace(0, 1, 50)]
    face = told(
        seen(
            moved(FRAMES, {}), yaw=yaw * turned, roll=roll * turned, pitch=20 * turned
        ),
        rest_s=(0.0, 1.0),
    )
    for one in UNITS:
        if not one.name.startswith(("head", "focus")):
            value, _ = face.unit(one.name)
            judged = np.isfinite(value)
            assert value[judged] == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize(
    ("name", "how"),
    [("head_turn", "yaw"), ("head_up", "pitch"), ("head_tilt", "roll")],
)
def test_the_heads_line(name, how):
    way = np.r_[np.zeros(40), np.linspace(0.0, 30.0, 60)]
    face = told(seen(moved(FRAMES, {}), **{how: way}))
    for one in ("head_turn", "head_up", "head_tilt"):
        expected = way if one == name else 0.0
        assert face.unit(one)[0] == pytest.approx(expected, abs=1e-6)


def test_eyes_that_look_aside_and_a_head_that_follows():
    points = moved(FRAMES, {})
    for n in (468, 473):
        points[60:, KEPT.index(n), 0] += 0.19 * np.sin(np.radians(20.0))
    face = told(seen(points, yaw=10 * LATE, width_px=150.0), rest_s=(0.0, 2.0))
    assert face.unit("gaze_side")[0][60:] == pytest.approx(20.0, abs=1e-6)
    assert face.unit("focus_side")[0][60:] == pytest.approx(30.0, abs=1e-6)
    assert face.unit("gaze_up")[0][60:] == pytest.approx(0.0, abs=1e-6)


def test_closed_eyes_look_nowhere():
    how = {f"{side}_upper_lid": (-0.15 * LATE, UP) for side in ("right", "left")}
    face = told(seen(moved(FRAMES, how)), rest_s=(0.0, 2.0))
    assert set(face.reason("gaze_side")) == {"", "the eyes are closed"}
    assert runs(np.isnan(face.unit("gaze_side")[0])) == [(60, 99)]
    assert np.isfinite(face.unit("lids_open")[0]).all()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"width_px": np.where(LATE > 0, 55.0, 100.0)}, "less than 60 pixels"),
        ({"sharp": np.where(LATE > 0, 0.02, 0.3)}, "blurred"),
        ({"roll": 170.0 * LATE}, "upside down"),
        ({"steep": np.where(LATE > 0, 0.1, 0.02)}, "covered"),
        ({"yaw": 50.0 * LATE}, "turned away"),
        ({"jumped": np.where(LATE > 0, 0.3, 0.01)}, "no face"),
        ({"width_px": np.where(LATE > 0, 300.0, 100.0)}, "beyond the picture's edge"),
    ],
)
def test_what_cannot_be_judged_says_why(given, says):
    face = told(seen(moved(FRAMES, {}), **given))
    value, sd = face.unit("mouth_width")
    assert runs(np.isnan(value)) == [(60, 99)]
    assert runs(np.isnan(sd)) == [(60, 99)]
    why = face.reason("mouth_width")
    assert why[:60] == [""] * 60
    assert all(says in one for one in why[60:])


def test_the_heads_line_is_judged_of_a_face_that_is_turned_away():
    face = told(seen(moved(FRAMES, {}), yaw=60.0 * LATE))
    assert face.unit("head_turn")[0][60:] == pytest.approx(60.0, abs=1e-6)


def test_fine_movements_need_a_larger_face():
    face = told(seen(moved(FRAMES, {}), width_px=100.0))
    assert set(face.reason("brows_apart")) == {
        "the face is less than 120 pixels wide, too small for this"
    }
    assert set(face.reason("brows_inner")) == {""}
    face = told(seen(moved(FRAMES, {}), width_px=130.0))
    assert set(face.reason("brows_apart")) == {""}


def test_a_beard_is_no_cover():
    face = told(seen(moved(FRAMES, {}), steep=0.09))
    assert set(face.reason("mouth_width")) == {""}


def test_a_flicker_covers_nothing():
    steep = np.full(FRAMES, 0.02)
    steep[50] = 0.2
    face = told(seen(moved(FRAMES, {}), steep=steep))
    assert np.isfinite(face.unit("mouth_width")[0]).all()


def test_the_resting_face_is_the_one_held_with_lips_together(rng):
    wide = np.r_[np.zeros(40), rng.uniform(0.1, 0.3, 60)]
    how = {"lip_lower_edge": (wide, DOWN), "lip_corners": (wide, OUT)}
    face = told(seen(moved(FRAMES, how), noise=0.002, rng=rng))
    value, _ = face.unit("mouth_width")
    assert np.median(value[:40]) == pytest.approx(0.0, abs=0.01)
    assert (value[45:] > 0.1).all()


def test_no_face_at_all():
    faces = seen(moved(FRAMES, {}))
    faces.points[:] = np.nan
    face = told(faces)
    assert np.isnan(face.values).all()
    assert set(face.reason("mouth_width")) == {"no face was seen"}


@pytest.mark.parametrize("width_px", [60.0, 100.0, 150.0])
def test_intervals_hold_what_is_there(rng, width_px):
    """With the landmark errors that were measured: 1.1 % of the eyes at 60 pixels."""
    noise = 0.011 * (60.0 / width_px) ** 1.18
    face = told(
        seen(moved(400, {}), width_px=width_px, noise=noise, rng=rng), rest_s=(0.0, 8.0)
    )
    for one in UNITS:
        value, sd = face.unit(one.name)
        judged = np.isfinite(value)
        held = np.abs(value[judged]) <= HALF_90 * sd[judged]
        assert not judged.any() or held.mean() >= 0.88, one.name


def test_a_unit_that_is_none():
    face = told(seen(moved(FRAMES, {})))
    with pytest.raises(ValueError, match="brows_inner"):
        face.unit("joy")
    assert face.interval90("jaw_down").shape == (FRAMES, 2)
    assert face.time_s[1] == pytest.approx(1 / RATE)


def test_in_a_mirror_left_is_right():
    face = told(seen(moved(FRAMES, {}), yaw=20.0 * LATE, pitch=10.0 * LATE))
    other = face.mirrored()
    for name, way in (("head_turn", -1.0), ("head_up", 1.0), ("lids_open", 1.0)):
        np.testing.assert_allclose(other.unit(name)[0], way * face.unit(name)[0])
    assert face.unit("head_turn")[0][-1] == pytest.approx(20.0, abs=1e-6)


def test_which_face_is_at_rest_may_be_unsure():
    """Two mouths that are held as long: either may be the resting one."""
    wide = np.where(np.arange(FRAMES) % 50 < 25, 0.0, 0.1)
    column = [one.name for one in UNITS].index("mouth_width")
    either = told(seen(moved(FRAMES, {"lip_corners": (wide, OUT)})))
    assert either.rest_sd[column] == pytest.approx(0.2 / np.sqrt(2.0), abs=0.03)
    low, high = either.interval90("mouth_width")[0]
    assert high - low > 2 * HALF_90 * 0.12
    one = told(seen(moved(FRAMES, {})))
    assert np.nan_to_num(one.rest_sd) == pytest.approx(0.0, abs=1e-9)
    said = told(seen(moved(FRAMES, {"lip_corners": (wide, OUT)})), rest_s=(0.0, 0.9))
    assert said.rest_sd[column] == 0.0
