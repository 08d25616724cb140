import numpy as np
import pytest

from repetiteur.coaching.differences import Comparison
from repetiteur.coaching.not_judged import hidden, out_of_view, turnout
from repetiteur.coaching.timeline import Timeline
from repetiteur.coaching.wording import wording
from repetiteur.model.body import Body
from repetiteur.technique.curve import curves
from repetiteur.technique.postures import FEET

WORDS = wording("en")
COUNT = 300
NOWHERE = np.zeros(COUNT, dtype=bool)
EVERYWHERE = np.ones(COUNT, dtype=bool)
BY_ID = {m.id: m for m in curves()}


def line():
    time = np.arange(COUNT) / 60
    return Timeline(
        reference_s=time,
        take_s=time.copy(),
        late_s=np.zeros(COUNT),
        late_sd_s=np.full(COUNT, 0.01),
        support=np.zeros(COUNT, np.int8),
    )


def comparison(id_="knee_flexion", on="left", **blind):
    curve = np.full(COUNT, 20.0)
    masks = {"elsewhere": NOWHERE, **blind}
    unseen = np.logical_or.reduce(list(masks.values()))
    return Comparison(
        measure=BY_ID[id_],
        side=on,
        reference=curve,
        take=curve,
        apart=np.where(unseen, np.nan, 0.0),
        timing_sd=np.zeros(COUNT),
        sd=np.ones(COUNT),
        blind=masks,
    )


def part(first, last):
    mask = NOWHERE.copy()
    mask[first : last + 1] = True
    return mask


def test_a_stretch_at_the_camera_is_told_with_its_side_and_its_seconds():
    (found,) = out_of_view([comparison(plane=part(60, 180))], line(), WORDS)
    assert found.measure == "knee_flexion"
    assert "(left)" in found.reason
    (span,) = found.spans
    assert (span.start_s, span.end_s) == pytest.approx((1.0, 3.0))
    assert found.how_to_film


def test_what_is_short_is_not_told():
    assert list(out_of_view([comparison(plane=part(60, 90))], line(), WORDS)) == []


def test_two_sides_that_are_never_seen_are_one_entry_without_times():
    both = [comparison(on=side, plane=EVERYWHERE) for side in ("left", "right")]
    (found,) = out_of_view(both, line(), WORDS)
    assert "left and right" in found.reason
    assert found.spans == ()


def test_filmed_from_different_sides_comes_before_all_else():
    one = comparison(elsewhere=EVERYWHERE, plane=EVERYWHERE)
    (found,) = out_of_view([one], line(), WORDS)
    assert "different sides" in found.reason


@pytest.mark.parametrize("view", ["front", "side"])
def test_a_view_that_is_missed_has_its_reason(view):
    id_ = "aplomb.side" if view == "front" else "aplomb.pitch"
    one = comparison(id_, None, **{view: EVERYWHERE})
    (found,) = out_of_view([one], line(), WORDS)
    assert view in found.reason
    assert view in found.how_to_film


def test_what_a_view_explains_is_not_hidden_besides():
    assert list(hidden([comparison(plane=part(60, 180))], line(), WORDS)) == []


def test_what_nothing_explains_is_hidden():
    one = comparison()
    one.apart[60:180] = np.nan
    (found,) = hidden([one], line(), WORDS)
    assert found.reason.startswith("Hidden")


def standing(space, *names):
    points = {name: np.zeros((9, 3)) for name in names}
    return Body(np.arange(9) / 30, points, space=space)


def test_one_camera_sees_no_turnout():
    (found,) = turnout(standing("2d", *FEET), WORDS)
    assert found.measure == "turnout_total"
    assert found.reason == "One camera cannot see which way a foot points."
    assert found.how_to_film
    assert found.spans == ()


def test_without_heels_and_toes_there_is_no_turnout():
    (found,) = turnout(standing("3d", *FEET[:-1]), WORDS)
    assert found.reason == "One of the recordings has no right toe."
    assert list(turnout(standing("3d", *FEET), WORDS)) == []


def test_too_few_pictures_are_not_called_stillness():
    from repetiteur.rehearsal import recording_from_poses, rehearse
    from repetiteur.synthetic.demo import demo_reference

    reference = demo_reference()
    for step, words in ((1, "moves too little"), (12, "too few pictures a second")):
        some = recording_from_poses(reference.isel(time=slice(None, None, step)), "a")
        found = rehearse(some, some).findings
        said = {e.reason for e in found.not_judged if e.measure == "timing_path"}
        assert all(words in reason for reason in said)
        judged = sum(1 for m in curves() for _ in m.sides) + bool(found.timing)
        assert found.within_floor <= judged
    assert said
    assert not found.timing
