"""The schema of measures.yaml: every key is checked, and the error names the entry."""

from __future__ import annotations

import pytest
import yaml

from repetiteur.technique.background import (
    background_of,
    backgrounds,
    published,
    read_backgrounds,
)

ENTRY = """
grace:
  name: Grace
  unit: deg
  sense: more of it
  formula: a - b
  needs: {dimension: 2d, view: any, contact: one foot, advised_hz: 60}
  norms:
    - {value: "3", spread: SD 1, of: x, population: 9 cats, source: Y 2001, evidence: A}
    - {of: it was so, population: 9 cats, source: Y 2001, evidence: B}
  defaults:
    - {case: good, says: above 3, evidence: C}
  pitfalls: [slippery]
  oracle: O1
  components:
    speed: {name: Speed of grace, unit: s, sense: slower}
"""


def changed(*path, to=None):
    """The entry with one value put in, or taken out where there is none."""
    rows = yaml.safe_load(ENTRY)
    row = rows
    for key in path[:-1]:
        row = row[key]
    if to is None:
        del row[path[-1]]
    else:
        row[path[-1]] = to
    return yaml.safe_dump(rows)


def test_an_entry_is_read():
    grace = read_backgrounds(ENTRY)["grace"]
    assert (grace.id, grace.name, grace.unit) == ("grace", "Grace", "deg")
    assert grace.needs.advised_hz == 60.0
    assert [norm.evidence for norm in grace.norms] == ["A", "B"]
    assert grace.norms[0].value == "3"
    assert grace.norms[1].value == ""
    assert grace.defaults[0].says == "above 3"
    assert grace.part("grace").unit == "deg"
    assert grace.part("grace.speed").unit == "s"
    with pytest.raises(KeyError):
        grace.part("grace.colour")


def test_a_star_stands_for_any_other_component():
    star = {"*": {"name": "Any", "unit": "percent", "sense": "more"}}
    grace = read_backgrounds(changed("grace", "components", to=star))["grace"]
    assert grace.part("grace.arm_shape.elevation").unit == "percent"


def test_what_is_optional_may_be_left_out():
    text = ENTRY
    for key in ("unit", "sense", "norms", "defaults", "oracle", "components"):
        text = changed("grace", key) if text is ENTRY else without(text, key)
    grace = read_backgrounds(text)["grace"]
    assert (grace.unit, grace.norms, grace.defaults, grace.oracle) == ("", (), (), "")
    assert grace.components == {}


def without(text, key):
    rows = yaml.safe_load(text)
    del rows["grace"][key]
    return yaml.safe_dump(rows)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (changed("grace", "colour", to="red"), "grace: knows no colour"),
        (changed("grace", "formula"), "grace: needs formula"),
        (changed("grace", "pitfalls"), "grace: needs pitfalls"),
        (changed("grace", "name", to=3), "grace, name: needs words"),
        (changed("grace", "name", to=""), "grace, name: needs words"),
        (changed("grace", "pitfalls", to="slippery"), "grace, pitfalls: needs a list"),
        (changed("grace", "needs", "dimension", to="4d"), "dimension: needs 2d or 3d"),
        (changed("grace", "needs", "colour", to="red"), "needs: knows no colour"),
        (changed("grace", "needs", "advised_hz", to=True), "advised_hz: needs a num"),
        (changed("grace", "norms", 0, "evidence"), "grace, norms: needs evidence"),
        (changed("grace", "norms", 0, "evidence", to="D"), "needs A or B or C"),
        (changed("grace", "norms", 0, "evidence", to="a"), "needs A or B or C"),
        (changed("grace", "norms", 0, "population"), "grace, norms: needs population"),
        (changed("grace", "norms", 0, "value", to=3.0), "norms, value: needs words"),
        (changed("grace", "defaults", 0, "evidence"), "defaults: needs evidence"),
        (changed("grace", "components", "speed", "unit"), "needs unit"),
        (changed("grace", "components", to=["speed"]), "components: needs names"),
        (changed("grace", to=7), "grace: needs names with values"),
        ("- grace", "needs names with values"),
        ("", "needs names with values"),
    ],
)  # fmt: skip
def test_what_does_not_belong_there_is_named(text, says):
    with pytest.raises(ValueError, match=says):
        read_backgrounds(text)


def test_a_long_mistake_is_said_in_one_short_line():
    with pytest.raises(ValueError, match="grace, name") as said:
        read_backgrounds(changed("grace", "name", to=["x" * 1000]))
    assert len(str(said.value)) < 160
    assert "\n" not in str(said.value)


def test_yaml_that_makes_objects_is_refused():
    with pytest.raises(yaml.YAMLError):
        read_backgrounds("grace: !!python/object/apply:os.getcwd []")


def test_components_have_the_background_of_their_measure():
    assert background_of("turn_rate.peak") is background_of("turn_rate")
    assert background_of("somebody_elses") is None


def test_only_what_was_read_is_published():
    norms = read_backgrounds(ENTRY)["grace"].norms
    assert published(norms) == norms[:1]
    assert published(norms[1:]) == ()


def test_it_is_read_once():
    assert backgrounds() is backgrounds()
