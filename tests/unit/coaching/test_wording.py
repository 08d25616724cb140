import re

import pytest

from repetiteur.coaching.wording import wording

MESSAGES = wording("en").messages


def sentences():
    for measure, kinds in MESSAGES["notes"].items():
        for kind, entry in kinds.items():
            for part in ("say", "reason"):
                yield f"{measure}-{kind}-{part}", entry[part]
    for measure, said in MESSAGES["strengths"].items():
        yield f"strength-{measure}", said
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
