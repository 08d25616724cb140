"""Rules that ask what cannot be read are refused by name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from repetiteur.steps.checking import check
from repetiteur.steps.vocabulary import Rule, vocabulary

TENDU = vocabulary()["battement_tendu"]


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        (Rule("point", "leg_elv", ">=", 12), "knows no feature leg_elv"),
        (Rule("point", "leg_elev", ">=", "high"), "is a number, and no word"),
        (Rule("point", "leg_elev", "==", True), "is a number, and no word"),
        (Rule("point", "toe_at", "<", 3), "orders labels"),
        (Rule("point", "leg_elev", "in", (60, 30)), "the smaller first"),
        (Rule("point", "leg_elev", "in", (1, 2, 3)), "needs two numbers"),
    ],
)
def test_what_cannot_be_judged_is_refused(rule, says):
    with pytest.raises(ValueError, match=f"^battement_tendu, rule .*{says}"):
        check([replace(TENDU, rules=(rule,))])
    with pytest.raises(ValueError, match=says):
        check([replace(TENDU, either={"a": (rule,)})])


def test_the_vocabulary_is_all_judged():
    assert check(vocabulary().values()) == tuple(vocabulary().values())
