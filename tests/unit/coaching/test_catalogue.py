"""A catalogue of another language is checked against the English one."""

from __future__ import annotations

import copy
import re
from pathlib import Path
from textwrap import dedent

import pytest
import yaml

import said
from repetiteur.coaching.catalogue import compare, languages, placeholders, read, texts
from repetiteur.coaching.phrases import spoken
from repetiteur.coaching.wording import Wording, wording
from repetiteur.steps.step import Step

ENGLISH = read("en")


def murmured(said):
    """English, each text with a mark of another language before it."""
    if isinstance(said, dict):
        return {key: murmured(value) for key, value in said.items()}
    return f"«{said}" if said else said


@pytest.fixture
def other():
    """A small made-up language: every text of English with a mark before it."""
    made = murmured(copy.deepcopy(ENGLISH))
    made["phrases"] = {phrase: f"«{phrase}" for phrase in spoken()}
    made["numbers"] = {"point": ",", "minus": "−"}
    return made


@pytest.fixture
def folder(tmp_path, other):
    file = tmp_path / "messages.xx.yaml"
    file.write_text(yaml.safe_dump(other, allow_unicode=True), "utf-8")
    return tmp_path


def test_a_language_is_a_file(folder):
    (folder / "messages.yaml").write_text("")
    (folder / "blocked.xx.yaml").write_text("")
    assert languages(folder) == ("xx",)
    assert languages()[0] == "en"


def test_everything_that_is_said_comes_from_the_catalogue(folder):
    words = Wording(read("xx", folder))
    for name, text in said.sentences(words):
        assert text.startswith("«"), (name, text)


def test_a_language_has_its_own_numbers_and_phrases(folder):
    words = Wording(read("xx", folder))
    balance = words.worded(said.note("balance_time", "less", "left"))
    assert "0,8" in balance.text
    assert "3,2" in balance.place
    step = Step("demi_plie", None, 2.0, 6.0, 0.9)
    lean = words.on_step(balance, step, "Demi-plié")
    assert "demi-plié" in lean.place
    note = said.note("aplomb.pitch", "more")
    assert words.on_step(note, step, "x").text.startswith("«Down the wall with your")


def test_a_language_may_have_more_forms_of_a_side(other):
    for side in other["sides"]:
        other["sides"][side]["neuter"] = {"left": "linkes", "right": "rechtes"}.get(
            side, ""
        )
    other["notes"]["leg_elevation"]["less"]["say"] = "{Neuter} Bein: {size}° höher."
    compare(other, ENGLISH, "messages.xx")
    note = said.note("leg_elevation", "less", "left")
    assert Wording(other).worded(note).text == "Linkes Bein: 12° höher."


def test_a_language_has_words_for_as_many_numbers_as_it_needs(other):
    other["times"] = {"2": "dwa razy", "3": "trzy razy", "other": "{n} razy"}
    compare(other, ENGLISH, "messages.xx")


def _without(made, *way):
    for key in way[:-1]:
        made = made[key]
    del made[way[-1]]


def _with(made, value, *way):
    for key in way[:-1]:
        made = made[key]
    made[way[-1]] = value


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (
            lambda m: _without(m, "notes", "head_pitch", "less"),
            "head_pitch: needs less",
        ),
        (lambda m: _without(m, "not_judged"), "messages.xx: needs not_judged"),
        (lambda m: _with(m, "x.", "notes", "mine"), "notes: knows no mine"),
        (
            lambda m: _with(m, "Höher.", "notes", "leg_elevation", "less", "say"),
            r"leg_elevation, less, say: needs the placeholders \{side\} \{size\}",
        ),
        (
            lambda m: _with(m, "{size} {ref}", "notes", "head_pitch", "less", "say"),
            r"needs the placeholders \{size\}, and is",
        ),
        (lambda m: _with(m, " ", "and"), "and: needs words, and is ' '"),
        (lambda m: _with(m, 3, "comma"), "comma: needs words, and is 3"),
        (lambda m: _without(m, "times", "other"), "times: needs other"),
        (lambda m: _with(m, "x", "times", "two"), "needs other, and beside it numbers"),
        (lambda m: _with(m, "x", "turns", "other"), "turns, other: needs the"),
        (lambda m: _without(m, "sides", "both"), "sides: needs left, right, both"),
        (
            lambda m: _without(m, "sides", "left", "the"),
            "sides, left: needs plain, the",
        ),
        (lambda m: _without(m, "phrases"), "phrases: needs names"),
        (
            lambda m: _without(m, "phrases", "Land into the second toe."),
            "phrases: needs Land into the second toe.",
        ),
    ],
)
def test_a_catalogue_that_is_not_whole_is_refused(other, change, error):
    compare(other, ENGLISH, "messages.xx")
    change(other)
    with pytest.raises(ValueError, match=error):
        compare(other, ENGLISH, "messages.xx")


def test_what_the_page_says_of_a_language_is_read(other):
    page = (
        Path(__file__)
        .parents[3]
        .joinpath("docs", "add-a-language.md")
        .read_text("utf-8")
    )
    shown = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    sides, said_of, times, phrases = (yaml.safe_load(dedent(one)) for one in shown)
    other |= sides | times
    other["notes"]["leg_elevation"]["less"]["say"] = said_of["less"]["say"]
    other["phrases"] |= phrases["phrases"]
    compare(other, ENGLISH, "messages.de")
    other["notes"]["leg_elevation"]["less"]["say"] = "Höher."
    with pytest.raises(ValueError, match="needs the placeholders") as caught:
        compare(other, ENGLISH, "messages.de")
    assert f"ValueError: {caught.value}\n" in page


def test_every_text_has_placeholders_that_are_known():
    """A name in braces that nothing fills would be an error when it is said."""
    words = {name for _, text in texts(ENGLISH) for name in placeholders(text)}
    assert words
    for note in said.notes(wording("en")):
        assert "{" not in wording("en").worded(note).text
