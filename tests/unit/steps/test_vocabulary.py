"""The file of the vocabulary: what is wrong in it is said with the entry's name."""

import pytest
import yaml

from repetiteur.steps.vocabulary import KINDS, OPERATORS, read_vocabulary, vocabulary

SKIP = {
    "name": "Pas sauté",
    "english": "skip",
    "definition": "A skip.",
    "family": "link",
    "kinds": ["flight"],
    "phases": {"hop": "flight"},
    "rules": [["hop", "flight_T", ">=", 0.1]],
    "criteria": ["jump_height_flight"],
    "faults": [{"sig": "low", "say": "Higher."}],
    "confusable": ["skip"],
    "sources": ["grant"],
}


def read(**changes):
    """A vocabulary of one step, some of it changed; None leaves it out."""
    entry = {k: v for k, v in {**SKIP, **changes}.items() if v is not None}
    return read_vocabulary(yaml.safe_dump({"skip": entry}))


def ruled(*rule):
    return read(rules=[list(rule)])


def test_an_entry_is_read():
    entry = read()["skip"]
    assert entry.id == "skip"
    assert entry.kinds == ("flight",)
    (rule,) = entry.rules
    assert str(rule) == "hop: flight_T >= 0.1"
    assert not rule.if_seen
    assert entry.mark("hop") == "flight"
    assert entry.mark("landing") == "landing"
    assert (entry.either, entry.part_of, entry.variants) == ({}, (), {})


def test_a_rule_may_count_only_where_it_is_seen():
    (rule,) = ruled("hop", "flight_T", ">=", 0.1, "if_seen")["skip"].rules
    assert rule.if_seen
    assert rule.value == 0.1


def test_a_rule_may_have_several_values():
    (rule,) = ruled("hop", "flight_T", "in", [0.1, 0.2])["skip"].rules
    assert rule.value == (0.1, 0.2)


@pytest.mark.parametrize("operator", sorted(set(OPERATORS) - {"in"}))
def test_every_operator_is_known(operator):
    assert ruled("hop", "flight_T", operator, 0.1)["skip"].rules[0].operator == operator


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_known(kind):
    assert read(kinds=[kind])["skip"].kinds == (kind,)


@pytest.mark.parametrize("key", SKIP)
def test_every_key_is_needed(key):
    with pytest.raises(ValueError, match=rf"^skip.*{key}"):
        read(**{key: None})


@pytest.mark.parametrize(
    "changes",
    [
        {"colour": "red"},
        {"name": 3},
        {"name": ""},
        {"kinds": ["hover"]},
        {"kinds": "flight"},
        {"phases": ["hop"]},
        {"phases": {"hop": 3}},
        {"rules": []},
        {"rules": {"hop": 3}},
        {"rules": "hop"},
        {"criteria": "jump_height_flight"},
        {"faults": [{"sig": "low"}]},
        {"faults": ["low"]},
        {"confusable": ["hop"]},
        {"part_of": "hop"},
        {"variants": ["hop"]},
        {"either": ["hop"]},
        {"either": {"a": [["hop", "flight_T", "~", 1]]}},
    ],
    ids=str,
)
def test_what_is_wrong_in_an_entry_is_said_with_its_name(changes):
    with pytest.raises(ValueError, match=r"^skip") as found:
        read(**changes)
    assert "\n" not in str(found.value)


@pytest.mark.parametrize(
    "rule",
    [
        ("hop",),
        ("hop", "flight_T", ">="),
        ("hop", "flight_T", "~", 0.1),
        ("hop", "flight_T", ">=", 0.1, "perhaps"),
        ("hop", "flight_T", ">=", 0.1, "if_seen", "if_seen"),
        ("hop", "flight_T", ">=", [0.1, 0.2]),
        ("hop", "flight_T", "in", 0.1),
        ("hop", "flight_T", "in", [0.1]),
        ("hop", "flight_T", "in", []),
        (1, "flight_T", ">=", 0.1),
        ("hop", None, ">=", 0.1),
    ],
    ids=str,
)
def test_what_is_wrong_in_a_rule_is_said_with_the_name_of_its_entry(rule):
    with pytest.raises(ValueError, match=r"^skip, rules"):
        ruled(*rule)
    with pytest.raises(ValueError, match=r"^skip, either, ways"):
        read(either={"ways": [list(rule)]})


@pytest.mark.parametrize("rules", [None, [], "hop", 3], ids=str)
def test_a_way_of_dancing_it_needs_rules(rules):
    with pytest.raises(ValueError, match=r"^skip"):
        read(either={"ways": rules})


def test_a_step_is_part_of_one_that_there_is():
    with pytest.raises(ValueError, match=r"^skip.*hop"):
        read(part_of=["hop"])


@pytest.mark.parametrize("text", ["", "- skip", "skip", "3: {}", "skip: 3"])
def test_a_vocabulary_is_entries_by_name(text):
    with pytest.raises(ValueError, match=r"needs names with values"):
        read_vocabulary(text)


def test_the_vocabulary_is_read_once():
    assert vocabulary() is vocabulary()
    assert all(entry.id == id for id, entry in vocabulary().items())
