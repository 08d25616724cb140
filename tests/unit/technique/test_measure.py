"""What is registered has to be known."""

from __future__ import annotations

import pytest

from repetiteur.technique import measure as registry


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"on": "balence"}, "kind of moment.*'balence'.*'balance'"),
        ({"unit": "furlong"}, "unit.*'furlong'"),
        ({"shape": "rays"}, "shape.*'rays'.*'ray'"),
        ({"seen": "sides"}, "way of seeing.*'sides'.*'side'"),
        ({"needs": ("left_toe|left_wirst",)}, "keypoint.*'left_wirst'.*'left_wrist'"),
    ],
)
def test_what_there_is_not_is_refused_when_it_is_registered(wrong, said):
    known = {"on": "balance", "name": "x", "unit": "deg", "source": "x"}
    with pytest.raises(ValueError, match=said):
        registry.measure("new_one", **{**known, **wrong})
    assert "new_one" not in {one.id for one in registry.measures()}


def test_an_id_is_taken_once_on_each_kind():
    known = next(registry.measures())
    again = registry.measure(known.id, on=known.on, name="", unit="deg", source="")
    with pytest.raises(ValueError, match=f"taken on a {known.on}"):
        again(known.value)


def test_what_is_registered_is_as_it_was_said():
    (found,) = (one for one in registry.measures() if one.id == "plie_depth")
    assert (found.name, found.on, found.unit) == ("Depth of the plié", "plie", "ratio")
