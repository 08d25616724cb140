"""What must hold for every sentence of every language, in both styles."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import get_args

import pytest

import said
from repetiteur import coaching
from repetiteur.coaching.artistry import NO_NOTES
from repetiteur.coaching.blocked import blocked
from repetiteur.coaching.catalogue import texts
from repetiteur.coaching.phrases import Focus, fits, spoken
from repetiteur.coaching.wording import LANGUAGES, wording
from repetiteur.expression.descriptors import descriptors
from repetiteur.model.findings import Kind
from repetiteur.report import words as report_words
from repetiteur.steps.vocabulary import vocabulary
from repetiteur.technique.measure import measures

STYLES = [(language, focus) for language in LANGUAGES for focus in get_args(Focus)]
every = pytest.mark.parametrize(("language", "focus"), STYLES)
FOLDER = Path(coaching.__file__).parent
#: What says nothing to a dancer: of the marks that teachers give to notes, a table is
#: made, in English like all of the report.
TABLES = {"agreement"}
FILES = [file for file in sorted(FOLDER.glob("*.py")) if file.stem not in TABLES]
#: What is no sentence: a place is where, not what.
NO_SENTENCE = "-place"


@pytest.fixture(scope="module")
def sentences():
    return {style: list(said.sentences(wording(*style))) for style in STYLES}


@every
def test_nothing_that_may_not_be_said(sentences, language, focus):
    found = {
        (name, text): words
        for name, text in sentences[language, focus]
        if (words := blocked(text, language))
    }
    assert not found


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_of_a_catalogue_may_not_be_said(language):
    """Those that no note reaches, too."""
    for where, text in texts(wording(language).messages):
        assert not blocked(text, language), where


def test_a_planted_sentence_is_found(monkeypatch):
    """The look through all sentences can fail."""
    english = wording("en")
    bad = {"say": "Push through, your legs are too short.", "reason": "x."}
    notes = {**english.messages["notes"], "leg_elevation": {"less": bad}}
    planted = {**english.messages, "notes": notes}
    found = [
        words
        for _, text in said.sentences(type(english)(planted))
        if (words := blocked(text))
    ]
    assert ("push through", "too short") in found


def test_no_word_of_the_report_that_may_not_be_said():
    ids = [*said.SIDED, *wording("en").messages["notes"], *(m.id for m in measures())]
    for id in ids:
        assert not blocked(report_words.measure_name(id)), id
        assert not any(map(blocked, report_words.ends(id))), id


@every
def test_whole_sentences(sentences, language, focus):
    for name, text in sentences[language, focus]:
        assert text == text.strip(), name
        assert "  " not in text, (name, text)
        assert not re.search(r"[{}]|\b(nan|None|inf)\b", text), (name, text)
        if not name.endswith(NO_SENTENCE):
            assert text.endswith((".", "?")), (name, text)
            assert text[0].upper() == text[0], (name, text)


@every
def test_no_number_below_naught_and_no_gap_before_a_unit(sentences, language, focus):
    for name, text in sentences[language, focus]:
        if "references have" not in text:
            assert not re.search(r"[-−]\d", text), (name, text)
        assert not re.search(r"(^|\s)[°;:,.]", text), (name, text)


@every
def test_one_action_is_short(sentences, language, focus):
    """What is said is taken in at a glance: a line and a half."""
    for name, text in sentences[language, focus]:
        if name.endswith("-text"):
            assert len(text) <= 110, (name, text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_for_every_kind_that_a_note_may_be_of(language):
    assert set(wording(language).messages["plain"]) == set(get_args(Kind))


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_for_every_quality_that_a_note_may_be_of(language):
    notes = wording(language).messages["notes"]
    for quality in descriptors():
        asked = quality.robust and quality.id not in NO_NOTES
        kinds = {"more", "less"} if asked else set()
        assert set(notes.get(quality.id, ())) == kinds, quality.id


@pytest.mark.parametrize("key", ["say", "internal"])
def test_a_quality_is_described_and_the_choice_left(key):
    """What is danced, beside the reference, and what else might be: no correction."""
    notes = wording("en").messages["notes"]
    said = {
        one[key] for name in said_of_qualities(notes) for one in notes[name].values()
    }
    assert len(said) >= 20
    for text in said:
        assert re.search(r" than the reference('s)?: keep (it|them), or ", text), text


def said_of_qualities(notes):
    """The qualities that there are words for."""
    return notes.keys() & {quality.id for quality in descriptors()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phrase_is_of_a_note_with_words_and_adds_its_side(language):
    notes = wording(language).messages["notes"]
    for id, some in fits().used.items():
        for fit in some:
            assert set(fit.measures) <= set(notes), (id, fit.sig)
            kinds = [(m, k) for m in fit.measures for k in fit.kinds if k in notes[m]]
            assert kinds, (id, fit.sig)
            for measure, kind in kinds:
                whole = measure == "step_presence"
                assert whole or notes[measure][kind].get("tail"), (measure, kind)


def test_each_fault_of_the_vocabulary_is_said_or_is_not():
    """A new step's faults are looked at: which of them are true of which notes?"""
    for id, entry in vocabulary().items():
        used = {fit.sig for fit in fits().used.get(id, ())}
        unused = set(fits().unused.get(id, ()))
        assert used | unused == {fault.sig for fault in entry.faults}, id
        assert not used & unused, id


def test_no_phrase_that_may_not_be_said():
    assert len(spoken()) >= 25
    for phrase in spoken():
        assert not blocked(phrase), phrase


def test_terms_of_dance_have_their_accents():
    shown = " ".join(text for _, text in said.sentences(wording("en")))
    for term in ("développé", "plié", "relevé", "première", "à la seconde", "fouetté"):
        assert term in shown or term == "à la seconde", term
    for bare in ("developpe", "plie ", "releve", "fouette ", "jete"):
        assert bare not in shown, bare


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_sentence_is_written_in_the_program(file):
    """But for errors, which are those of a program."""
    tree = ast.parse(file.read_text("utf-8"))
    kept = {id(node) for one in ast.walk(tree) for node in _no_words_of_a_note(one)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            words = re.findall(r"[A-Za-z]{2,}", node.value)
            assert len(words) < 3 or "_" in node.value or id(node) in kept, node.value


def _no_words_of_a_note(node):
    """Texts of errors and of the documentation."""
    if isinstance(node, ast.Raise):
        yield from ast.walk(node)
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        yield node.value
