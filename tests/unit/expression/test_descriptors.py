"""The catalogue of qualities."""

from __future__ import annotations

import pytest

from repetiteur.coaching.blocked import blocked
from repetiteur.expression.descriptors import AXES, descriptors, read_descriptors
from repetiteur.expression.quality import QUALITIES

BY_ID = {one.id: one for one in descriptors()}


def test_each_quality_has_its_entry_and_its_function():
    assert list(BY_ID) == list(QUALITIES)


@pytest.mark.parametrize("name", BY_ID)
def test_what_is_said_describes(name):
    one = BY_ID[name]
    for text in (one.name, one.more, one.less):
        assert not blocked(text)
    assert "emotion" not in " ".join(map(str, vars(one).values())).lower()


@pytest.mark.parametrize("name", BY_ID)
def test_entries_make_sense(name):
    one = BY_ID[name]
    assert one.variation > 0.0
    assert {one.relative, one.robust, one.camera} <= {0.0, 1.0}
    assert one.robust or not one.camera
    assert (one.way in (-1.0, 1.0)) == (one.axis in AXES)
    assert one.robust or not one.axis
    assert bool(one.still) <= bool(one.relative)


def test_the_floor_is_that_of_two_repeats():
    assert BY_ID["arm_height"].floor == pytest.approx(1.645 * 2**0.5 * 3.5)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[]", "needs names"),
        ("grace: {mood: glad}", "knows no mood"),
        ("grace: {name: Grace}", "needs unit"),
    ],
)
def test_a_wrong_entry_is_named(text, says):
    with pytest.raises(ValueError, match=says):
        read_descriptors(text)
