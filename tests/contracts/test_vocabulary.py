"""What holds for every entry of the vocabulary."""

import pytest

from named import passage
from repetiteur.steps.features import FEATURES
from repetiteur.steps.recognise import phrases
from repetiteur.steps.schools import english
from repetiteur.steps.vocabulary import KINDS, vocabulary
from repetiteur.synthetic.repertory import PASSAGES
from repetiteur.technique.measure import measures

#: Criteria of the vocabulary that measures of music, expression and of several dancers
#: will tell.
LATER = frozenset((
    "accent", "beat_offset", "effort_flow", "effort_time", "formation", "pose_distance",
))  # fmt: skip
#: Marks that a stretch of a kind has only where there is such a thing: a step onto the
#: foot of a turn, a knee that bends before it or between two, places of the hands.
SOMETIMES = frozenset(("step", "over", "push", "bends", "places"))
#: And those of a second jump, which a step of one jump is named without.
SECOND = frozenset(("again", "closing"))
#: Stretches of these passages show every kind.
SHOWN = (
    "fifth_position", "demi_plie", "releve", "rond_de_jambe_en_lair", "arabesque_1",
    "penche", "promenade", "pirouette_en_dehors", "pique_turn", "fouette", "chaines",
    "echappe_saute", "assemble", "pas_de_bourree", "chasse", "port_de_bras", "adagio",
)  # fmt: skip


@pytest.fixture(scope="module")
def marks():
    """The marks that each kind of stretch has, in what is danced."""
    found = {}
    for id in SHOWN:
        shown = passage(id)
        for one in (*shown.stretches, *phrases(shown.scene, shown.steps)):
            usual = {name for name, spans in one.marks.items() if spans}
            found.setdefault(one.kind, []).append(usual)
    return found


def test_every_kind_is_found_in_something_danced(marks):
    assert set(marks) == set(KINDS)


@pytest.mark.parametrize("id", vocabulary())
def test_a_phase_is_a_mark_that_its_stretches_have(id, marks):
    entry = vocabulary()[id]
    rules = [*entry.rules, *(r for some in entry.either.values() for r in some)]
    wanted = {entry.mark(rule.phase) for rule in rules} | set(entry.phases.values())
    for kind in entry.kinds:
        known = {"all"}.union(*marks[kind])
        if kind == "flight" and "flights" in entry.kinds:
            known |= SECOND
        assert wanted <= known, kind
        always = {"all"} | set.intersection(*marks[kind]) | SOMETIMES
        assert wanted <= always | (known & SECOND), kind


@pytest.mark.parametrize("id", vocabulary())
def test_a_rule_reads_what_can_be_read(id):
    entry = vocabulary()[id]
    for rule in [*entry.rules, *(r for some in entry.either.values() for r in some)]:
        assert rule.feature in FEATURES, rule
        feature = FEATURES[rule.feature]
        some = rule.value if isinstance(rule.value, tuple) else (rule.value,)
        labels = feature.unit in ("label", "truth", "feet")
        if labels:
            assert rule.operator in ("==", "!=", "in"), rule
        if feature.unit == "truth":
            assert all(isinstance(value, bool) for value in some), rule
        elif feature.unit == "label":
            assert all(isinstance(value, str) for value in some), rule
        else:
            assert all(type(value) in (int, float) for value in some), rule
        if rule.operator == "in" and not labels:
            assert some[0] < some[1], rule
        if not labels and feature.unit != "count":
            assert feature.soft > 0.0, rule
        if rule.operator == "range<":
            assert feature.curve is not None, rule


@pytest.mark.parametrize("id", vocabulary())
def test_the_labels_of_a_rule_are_told(id):
    """A rule that wants a label which its feature never gives would never hold."""
    entry, shown = vocabulary()[id], passage(id)
    every = [*entry.rules, *(r for some in entry.either.values() for r in some)]
    for rule in every:
        if FEATURES[rule.feature].unit not in ("label", "truth", "feet"):
            continue
        some = rule.value if isinstance(rule.value, tuple) else (rule.value,)
        given = {
            label
            for one in shown.stretches
            if one.kind in entry.kinds and one.spans(entry.mark(rule.phase))
            for label in FEATURES[rule.feature].read(
                shown.scene, one, entry.mark(rule.phase)
            )
        }
        assert set(some) <= given or not given, rule


def test_every_feature_says_what_it_is():
    for feature in FEATURES.values():
        assert feature.says
        assert feature.unit
        assert feature.soft >= 0.0


def test_features_without_a_rule_are_none():
    used = {
        rule.feature
        for entry in vocabulary().values()
        for rule in [*entry.rules, *(r for s in entry.either.values() for r in s)]
    }
    assert set(FEATURES) == used


@pytest.mark.parametrize("id", vocabulary())
def test_criteria_are_measures(id):
    known = {measure.id for measure in measures()}
    known |= {measure.partition(".")[0] for measure in known}
    assert set(vocabulary()[id].criteria) <= known | LATER


def test_criteria_of_later_are_not_measured_yet():
    known = {measure.id.partition(".")[0] for measure in measures()}
    assert not LATER & known


def test_confusables_are_confused_both_ways():
    ways = {(e.id, other) for e in vocabulary().values() for other in e.confusable}
    assert all(one != other for one, other in ways)
    assert not {way for way in ways if way[::-1] not in ways}


@pytest.mark.parametrize("id", vocabulary())
def test_an_entry_can_be_read_by_people(id):
    entry = vocabulary()[id]
    assert entry.name
    assert entry.english
    assert english(id)
    assert entry.definition.endswith(".")
    assert entry.faults
    assert entry.confusable
    assert set(entry.part_of) <= set(vocabulary())
    for fault in entry.faults:
        assert fault.sig
        assert fault.say


def test_the_dancer_dances_every_entry():
    assert set(PASSAGES) == set(vocabulary())
