import re

import pytest

from repetiteur.coaching.wording import wording
from repetiteur.model.findings import Difference
from unit.report import small_rehearsal as made

WORDS = wording("en")
MESSAGES = WORDS.messages


def sentences():
    for measure, kinds in MESSAGES["notes"].items():
        for kind, entry in kinds.items():
            for part in ("say", "reason"):
                yield f"{measure}-{kind}-{part}", entry[part]
    for kind, entry in MESSAGES["plain"].items():
        yield from ((f"plain-{kind}-{part}", entry[part]) for part in ("say", "reason"))
    for measure, said in MESSAGES["strengths"].items():
        yield f"strength-{measure}", said
    for unit in ("deg", "s", "other"):
        for key, said in MESSAGES["spread"][unit].items():
            yield f"spread-{unit}-{key}", said
    for key, entry in MESSAGES["not_judged"].items():
        for part in ("reason", "film"):
            yield f"{key}-{part}", entry[part]


SENTENCES = list(sentences())
#: Words that must never be said of a dancer.
BLOCKED = set(
    """weight fat thin skinny slim heavy injury injured pain diagnosis acl sad angry
    nervous afraid emotion feel score percent he she his her wrong bad poor fault
    mistake""".split()  # noqa: SIM905 - a list of words reads better as words
)


@pytest.mark.parametrize(
    "said", [s for _, s in SENTENCES], ids=[i for i, _ in SENTENCES]
)
def test_nothing_on_the_block_list(said):
    words = set(re.findall(r"[a-z]+", said.lower()))
    assert not words & BLOCKED


def test_the_block_list_can_catch_something():
    assert set(re.findall(r"[a-z]+", "Your weight".lower())) & BLOCKED


@pytest.mark.parametrize(
    "said", [s for _, s in SENTENCES], ids=[i for i, _ in SENTENCES]
)
def test_whole_sentences(said):
    assert said.endswith((".", "?"))


def test_a_measure_without_words_of_its_own_gets_plain_ones():
    changes = {"measure": "stance_width", "reference_value": 0.62, "take_value": 0.354}
    size = Difference(-0.266, "ratio", (-0.3, -0.24), 0.1)
    said = WORDS.worded(made.note(difference=size, side=None, **changes))
    assert said.text == "stance_width: less than in the reference, by 0.27."
    assert said.reason == "Yours is 0.35; in the reference it is 0.62."
    size = Difference(9.4, "deg", (8.0, 11.0), 5.0)
    said = WORDS.worded(made.note(difference=size, measure="mine", kind="more"))
    assert said.text == "mine, left: more than in the reference, by 9°."


def worded(unit, value, spread, **changes):
    half = 0.1 * abs(value)
    size = Difference(value, unit, (value - half, value + half), 0.1 * abs(value))
    return WORDS.worded(made.note(difference=size, spread=spread, **changes)).reason


def test_what_several_references_have_stands_in_the_reason():
    said = worded("deg", -12.0, (96.2, 108.0))
    assert said.endswith("have 96° to 108° here; the difference counts from there.")
    assert "references" not in worded("deg", -12.0, None)
    late = {"measure": "timing_path", "kind": "late", "side": None}
    said = worded("s", 0.2, (-0.052, 0.148), **late)
    assert "are from 50 ms early to 150 ms late here" in said
    assert worded("s", 0.2, (0.0, 0.001), **late).endswith("are all on time here.")
