"""How well rules are kept: monotone, even at the threshold, and the better way wins."""

from dataclasses import replace

import numpy as np
import pytest

from named import passage
from repetiteur.steps.features import FEATURES
from repetiteur.steps.judging import (
    LEAST,
    MISSING,
    SPARED,
    UNSEEN,
    Kept,
    Reader,
    Verdict,
    likely,
)
from repetiteur.steps.vocabulary import Rule, vocabulary

UP, DOWN = (">", ">="), ("<", "<=", "range<")
VALUES = np.linspace(-30.0, 30.0, 61)


def rule(operator, value, *, if_seen=False):
    return Rule("peak", "leg_elev", operator, value, if_seen)


@pytest.mark.parametrize("operator", [*UP, *DOWN])
def test_a_threshold_is_even_and_monotone(operator):
    one = rule(operator, 5.0)
    assert likely(one, 5.0, 4.0) == pytest.approx(0.5)
    found = np.array([likely(one, float(value), 4.0) for value in VALUES])
    ways = np.diff(found) if operator in UP else -np.diff(found)
    assert (ways >= 0.0).all()
    assert found.min() < 0.001
    assert found.max() > 0.999
    past = 5.0 + 4.0 * (1.0 if operator in UP else -1.0)
    assert likely(one, past, 4.0) == pytest.approx(0.841, abs=0.001)


def test_between_two_thresholds():
    one = rule("in", (-10.0, 10.0))
    found = np.array([likely(one, float(value), 3.0) for value in VALUES])
    assert found.argmax() == np.argmin(np.abs(VALUES))
    assert (np.diff(found[: found.argmax() + 1]) >= 0.0).all()
    assert (np.diff(found[found.argmax() :]) <= 0.0).all()
    assert likely(one, 10.0, 3.0) == pytest.approx(0.5, abs=1e-6)
    assert likely(one, -10.0, 3.0) == pytest.approx(0.5, abs=1e-6)


@pytest.mark.parametrize("operator", [*UP, *DOWN, "in"])
@pytest.mark.parametrize("value", [None, float("nan"), float("inf"), {}], ids=str)
def test_what_is_not_seen_is_too_little_for_a_name(operator, value):
    limit = (0.0, 1.0) if operator == "in" else 1.0
    assert likely(rule(operator, limit), value, 1.0) == UNSEEN < 0.5
    spared = likely(rule(operator, limit, if_seen=True), value, 1.0)
    assert spared == SPARED > 0.5


def test_labels_have_their_own_probabilities():
    seen = {"knee": 0.7, "calf": 0.2, "floor": 0.1}
    assert likely(rule("==", "knee"), seen, 0.0) == 0.7
    assert likely(rule("!=", "knee"), seen, 0.0) == pytest.approx(0.3)
    assert likely(rule("in", ("knee", "calf")), seen, 0.0) == pytest.approx(0.9)
    assert likely(rule("==", "ankle"), seen, 0.0) == 0.0
    assert likely(rule("!=", "ankle"), seen, 0.0) == 1.0
    assert likely(rule("in", ("knee", "knee", "calf")), seen, 0.0) == 1.0
    assert likely(rule("==", True), {True: 0.8, False: 0.2}, 0.0) == 0.8


# ---------- verdicts on something danced ----------


@pytest.fixture(scope="module")
def tendu():
    """The stretch of a tendu, and its reader."""
    shown = passage("battement_tendu")
    (stretch,) = shown.of("leg")[:1]
    return shown, stretch


def entry(id="battement_tendu", **changes):
    return replace(vocabulary()[id], **changes)


def test_a_score_is_the_product_of_its_rules(tendu):
    verdict = Reader(tendu[0].scene, tendu[1]).verdict(entry(), 0.0)
    each = [max(kept.likely, LEAST) for kept in verdict.kept]
    assert verdict.score == pytest.approx(np.prod(each))
    assert len(verdict.kept) == len(verdict.entry.rules)
    assert verdict.weakest.likely == min(kept.likely for kept in verdict.kept)
    assert verdict.score > 0.5


@pytest.mark.parametrize("id", ["battement_tendu", "pirouette_en_dehors", "assemble"])
@pytest.mark.parametrize("least", [1e-6, 1e-3, 0.3])
def test_stopping_early_changes_no_verdict(id, least):
    shown = passage(id)
    for stretch in shown.stretches:
        for one in vocabulary().values():
            if stretch.kind not in one.kinds:
                continue
            whole = Reader(shown.scene, stretch).verdict(one, 0.0)
            early = Reader(shown.scene, stretch).verdict(one, least)
            if whole.score >= least * 1.000001:
                assert early.score == whole.score
                assert [k.likely for k in early.kept] == [k.likely for k in whole.kept]
                assert early.way == whole.way
            else:
                assert early is None or early.score <= whole.score * 1.000001


def test_of_two_ways_the_better_one_is_taken(tendu):
    shown, stretch = tendu
    bad = Rule("point", "leg_elev", ">=", 80.0)
    good = Rule("point", "leg_elev", ">=", 5.0)
    reader = Reader(shown.scene, stretch)
    one = reader.verdict(entry(either={"high": (bad,), "low": (good,)}), 0.0)
    other = reader.verdict(entry(either={"low": (good,), "high": (bad,)}), 0.0)
    alone = reader.verdict(entry(), 0.0)
    assert one.way == other.way == "low"
    assert one.score == other.score == pytest.approx(alone.score, rel=0.01)
    assert one.kept[-1].rule == good
    assert reader.verdict(entry(either={"high": (bad,)}), 0.1) is None
    assert alone.way == ""


def test_a_rule_of_a_moment_that_is_not_there_does_not_hold(tendu):
    shown, stretch = tendu
    gone = Rule("flight", "leg_elev", ">=", 5.0)
    verdict = Reader(shown.scene, stretch).verdict(entry(rules=(gone,)), 0.0)
    assert verdict.kept[0].likely == MISSING < 0.1
    assert verdict.kept[0].value is None
    assert "not seen" in verdict.kept[0].says


def test_a_range_is_that_of_the_curve(tendu):
    shown, stretch = tendu
    moves = Rule("out", "leg_elev", "range<", 1.0)
    still = Rule("peak", "leg_elev", "range<", 10.0)
    verdict = Reader(shown.scene, stretch).verdict(entry(rules=(moves, still)), 0.0)
    assert verdict.kept[0].likely < 0.1
    assert verdict.kept[1].likely > 0.9


def test_each_feature_is_read_once(tendu, monkeypatch):
    shown, stretch = tendu
    read = []
    feature = FEATURES["toe_floor"]

    def counted(scene, of, mark):
        read.append(mark)
        return feature.read(scene, of, mark)

    monkeypatch.setitem(FEATURES, "toe_floor", replace(feature, read=counted))
    reader = Reader(shown.scene, stretch)
    for _ in range(3):
        reader.verdict(entry(rules=(Rule("peak", "toe_floor", "==", True),)), 0.0)
    assert read == ["peak"]


@pytest.mark.parametrize(
    ("one", "value", "says"),
    [
        (rule(">=", 70), 92.3, "height of the working leg 92° (at least 70)"),
        (rule("in", (30, 70)), 50.0, "height of the working leg 50° (30 to 70)"),
        (
            Rule("peak", "toe_at", "in", ("knee", "calf")),
            {"knee": 0.2, "calf": 0.8},
            "place of the working toe: calf",
        ),
        (
            Rule("peak", "toe_at", "!=", "ankle"),
            {"knee": 0.9},
            "place of the working toe: knee",
        ),
        (
            Rule("all", "both_feet", "==", False),
            {True: 0.9, False: 0.1},
            "both feet on the floor: yes",
        ),
        (
            rule(">=", 70),
            float("nan"),
            "height of the working leg not seen (at least 70)",
        ),
    ],
)
def test_a_rule_is_said_in_words(one, value, says):
    assert Kept(one, value, 0.5).says == says


def test_of_a_label_it_is_said_what_it_has_to_be_where_it_is_not():
    one = Rule("peak", "toe_at", "==", "ankle")
    kept = Kept(one, {"knee": 0.9, "ankle": 0.1}, 0.1)
    assert kept.says == "place of the working toe: knee (asked: ankle)"


def test_a_verdict_without_ways_has_none():
    verdict = Verdict(entry(), None, (), 0.5)
    assert verdict.way == ""
