"""Perturb one condition of a step, and the step that is confused with it wins.

Which pairs one condition tells apart stands here; the perturbed dances are those of
``benchmarks/step_perturbations.py``.
"""

import importlib
import json
import sys
from pathlib import Path

import pytest

from repetiteur.steps import recognise, vocabulary

ROOT = Path(__file__).parents[2]
BY_ONE = {
    "first_position": "third_position second_position",
    "second_position": "first_position fourth_position",
    "third_position": "fifth_position first_position",
    "fourth_position": "fifth_position",
    "fifth_position": "third_position fourth_position",
    "demi_plie": "grand_plie",
    "grand_plie": "demi_plie",
    "battement_tendu": "degage rond_de_jambe_a_terre",
    "degage": "battement_tendu grand_battement",
    "rond_de_jambe_a_terre": "battement_tendu",
    "frappe": "degage",
    "grand_battement": "degage",
    "cou_de_pied": "retire",
    "retire": "cou_de_pied attitude equilibre",
    "arabesque_1": "arabesque_2 attitude arabesque_3",
    "arabesque_2": "arabesque_1 arabesque_3",
    "arabesque_3": "arabesque_4 arabesque_2",
    "arabesque_4": "arabesque_3",
    "attitude": "retire equilibre",
    "equilibre": "retire attitude",
    "pirouette_en_dehors": "pirouette_en_dedans grande_pirouette_seconde",
    "pirouette_en_dedans": "pirouette_en_dehors",
    "fouette": "grande_pirouette_seconde",
    "grande_pirouette_seconde": "fouette pirouette_en_dehors",
    "tour_en_lair": "changement",
    "pique_turn": "pirouette_en_dedans pirouette_en_dehors",
    "saute": "echappe_saute",
    "changement": "entrechat_six soubresaut echappe_saute entrechat_quatre",
    "soubresaut": "saute changement entrechat_quatre",
    "echappe_saute": "saute",
    "assemble": "jete_petit",
    "jete_petit": "temps_leve grand_jete",
    "sissonne": "echappe_saute",
    "entrechat_quatre": "soubresaut entrechat_six changement",
    "entrechat_six": "changement entrechat_quatre",
    "cabriole": "temps_leve assemble",
    "grand_jete": "jete_petit sissonne",
    "pas_de_bourree": "balance_waltz",
    "temps_leve": "cabriole jete_petit",
    "chasse": "glissade",
}
PAIRS = [(step, other) for step, many in BY_ONE.items() for other in many.split()]
#: No front foot changes in second, where a changement lands by mistake.
BREAKS_MORE = {("changement", "echappe_saute")}


@pytest.fixture(scope="module")
def bench():
    """The benchmark, which is a script beside the package."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "benchmarks"))
        yield importlib.import_module("step_perturbations")


def cases(bench, step, other):
    return [case for case in bench.CASES if (case.step, case.other) == (step, other)]


@pytest.mark.parametrize(("step", "other"), PAIRS)
def test_one_condition_changed_and_the_other_wins(bench, step, other):
    found = cases(bench, step, other)
    assert found
    for case in found:
        line = bench.danced(case)
        assert line["outcome"] == "wins", line
        assert line["score"] >= 0.8
        assert line["score_of_the_step"] <= 0.1
        if (step, other) not in BREAKS_MORE:
            assert len(line["breaks_of_its_own"]) <= 1, line


def test_silence_is_no_win(bench):
    for case in bench.CASES:
        assert bench.outcome(case, ()) == "lost"


@pytest.mark.parametrize("step", ["changement", "degage", "pirouette_en_dehors"])
def test_what_is_not_changed_stays(bench, step):
    """The other name is not given to what was danced for another pair."""
    (back,) = [c for c in bench.CASES if c.other == step][:1]
    found = recognise(bench.moved(back))
    for other in vocabulary()[step].confusable:
        if other != back.step:
            unmoved = bench.Perturbed(step, other, "nothing", back.steps)
            assert bench.outcome(unmoved, found) == "stays"


@pytest.mark.parametrize(
    ("step", "other", "conditions"),
    [
        ("soubresaut", "changement", 1),  # crossing, it changes the front foot
        ("changement", "saute", 2),
        ("sissonne", "assemble", 4),
        ("equilibre", "retire", 1),  # which says less
        ("assemble", "glissade", None),  # a jump is no transfer of the weight
    ],
)
def test_conditions_are_counted_by_what_a_dancer_changes(
    bench, step, other, conditions
):
    known = vocabulary()
    pairs = sys.modules[bench.pairs.__module__]
    assert pairs.pair(known[step], known[other]).conditions == conditions


def test_the_page_has_the_tables_of_the_benchmark(bench):
    kept = json.loads((ROOT / "benchmarks/results/steps.json").read_text("utf-8"))
    page = (ROOT / "docs/steps-told-apart.md").read_text("utf-8")
    assert bench.tables(kept["perturbed"]) in page


@pytest.mark.slow
def test_which_pairs_one_condition_tells_apart(bench):
    assert sorted((p.step, p.other) for p in bench.pairs() if p.by_one) == sorted(PAIRS)
