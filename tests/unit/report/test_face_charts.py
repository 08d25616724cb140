"""The face as small charts: what is drawn, hatched and said, and why not."""

import numpy as np
import pytest

from repetiteur.report.face_charts import DRAWN, face_section
from repetiteur.report.face_moments import APART, by_moment, moments, on_reference
from unit.report import expressed as made
from unit.report.test_profile import points


@pytest.fixture(scope="module")
def found():
    return face_section(made.faces())


def of(found, name):
    (one,) = (chart for chart in found.charts if chart.name == name)
    return one


def test_few_units_in_plain_words(found):
    assert [one.name for one in found.charts] == [what for _, what, *_ in DRAWN]
    assert len(found.charts) == 6


def test_what_opens_rises_in_the_take_alone(found):
    """Of the same face the mouth opens at 6 s; above is more."""

    def down(name, who, second):
        path = points(dict(of(found, name).paths)[f"line {who}"])
        return np.interp(480 * second / found.to_s, *path.T)

    assert [down("Lips", "take", s) for s in (1.0, 5.0)] == pytest.approx(
        [132] * 2, abs=2
    )
    assert max(down("Lips", "take", s) for s in (6.5, 7.5, 8.5)) < 60.0
    for name, who in (("Lips", "ref"), ("Chin", "take")):
        assert [down(name, who, s) for s in (1, 5, 8)] == pytest.approx(
            [132] * 3, abs=2
        )


def test_what_is_covered_is_hatched_with_its_reason(found):
    (gap,) = of(found, "Lips").hatched
    assert gap.left == pytest.approx(100 * 9.0 / found.to_s, abs=3.0)
    assert gap.width == pytest.approx(100 * 1.0 / found.to_s, abs=4.0)
    (reason,) = found.hatched_for
    assert reason.startswith("Hatched, yours, 9.")
    assert reason.endswith(": the face is covered.")


def test_a_small_face_is_not_judged_and_says_how_to_film_it():
    small = face_section(made.faces(wide=40.0))
    assert small.charts == ()
    assert small.rows == ()
    assert small.unjudged == ("The face: the face is less than 60 pixels wide.",)
    assert small.how_to_film.startswith("Film nearer")


def test_parts_say_what_changed(found):
    texts = [one.text for one in found.parts]
    assert texts[0] == "The level to begin with."
    assert texts[1].startswith("Lips apart")
    assert "Not judged: the face is covered." in texts
    assert [one.judged for one in found.parts] == [
        not text.startswith("Not judged") for text in texts
    ]


def test_numbers_have_intervals_and_plain_names(found):
    by_name = {name: (size, interval) for name, size, interval in found.rows}
    assert by_name["lips further apart"][0].startswith("+0.")
    assert " to " in by_name["chin raised"][1]
    assert not any("eye distances" in text for row in found.rows for text in row)


def test_where_the_line_up_is_unsure_nothing_is_drawn():
    told = made.faces()
    take_s = told.difference.take_s.copy()
    take_s[(take_s > 2.0) & (take_s < 4.0)] = np.nan
    gone = type(told.difference)(
        take_s,
        told.difference.reference_s,
        told.difference.difference,
        told.difference.sd,
        told.difference.why,
    )
    edges = moments(gone)
    own = on_reference(gone, told.take.time_s)
    assert np.isnan(own[(told.take.time_s > 2.1) & (told.take.time_s < 3.9)]).all()
    course = by_moment(told.take, own, edges)
    middle = 0.5 * (edges[1:] + edges[:-1])
    inside = (middle > 2.3) & (middle < 3.7)
    lips = told.take.units.index("lips_apart")
    assert (course.why[inside] == APART).all()
    assert np.isnan(course.value[inside]).all()
    outside = (middle < 1.7) | ((middle > 4.3) & (middle < 5.5))
    assert (course.why[outside, lips] == 0).all()


def test_ten_minutes_are_few_points():
    told = made.faces()
    long = np.arange(0.0, 600.0, 0.1)
    course = type(told.difference)(long, long, *([np.zeros((long.size, 16))] * 3))
    assert moments(course).size == 97
