"""Every message of a catalogue can be given: nobody translates what is never said."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import get_args

import pytest

from owned import ours
from repetiteur import coaching
from repetiteur.coaching import coach, event_kinds, events, not_judged, shown
from repetiteur.coaching.artistry import NO_NOTES
from repetiteur.coaching.catalogue import placeholders, texts
from repetiteur.coaching.landings import LIMITS
from repetiteur.coaching.phrases import fits
from repetiteur.coaching.wording import LANGUAGES, wording
from repetiteur.expression.descriptors import descriptors
from repetiteur.model.findings import Presence
from repetiteur.model.skeletons import KEYPOINTS, Side
from repetiteur.technique.curve import curves

every = pytest.mark.parametrize("language", LANGUAGES)
CURVES = {one.id for one in ours(curves())}
#: What this program gives to no note, and a note may have all the same: measures of
#: other packages may be of both sides, and of any kind (``plain``, in test_wording).
OF_OTHERS = {"both"}


def given() -> set[tuple[str, str]]:
    """Measure and kind of every note that the program can give of its own measures."""
    kinds = [v for v in vars(event_kinds).values() if isinstance(v, event_kinds.Kind)]
    qualities = {one.id for one in descriptors() if one.robust} - NO_NOTES
    straight = {name for name in coach.NAMED if name.startswith("knee_extension")}
    signed = CURVES | straight | {kind.measure for kind in kinds} | qualities
    return {
        *((measure, kind) for measure in signed for kind in ("less", "more")),
        *((limit.measure, "unsafe") for limit in LIMITS),
        *(("timing_path", kind) for kind in ("late", "early")),
        *(("timing_path_to_music", kind) for kind in ("late", "early")),
        *(("step_presence", presence) for presence in get_args(Presence)),
    }


def constants(*modules) -> set[str]:
    """The texts that stand in some modules."""
    trees = (ast.parse(Path(module.__file__).read_text("utf-8")) for module in modules)
    return {
        node.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


@every
def test_words_are_of_notes_that_are_given_and_of_all_of_them(language):
    notes = wording(language).messages["notes"]
    assert {(measure, kind) for measure in notes for kind in notes[measure]} == given()


@every
def test_a_tail_stands_where_a_phrase_of_a_step_may_be_said(language):
    notes = wording(language).messages["notes"]
    tails = {
        (measure, kind)
        for measure, kinds in notes.items()
        for kind, entry in kinds.items()
        if "tail" in entry
    }
    assert tails == phrased() - {("step_presence", kind) for kind in get_args(Presence)}


def test_a_phrase_is_of_notes_that_are_given():
    assert phrased() <= given()


def phrased() -> set[tuple[str, str]]:
    """Measure and kind of the notes that a phrase of a step is true of."""
    return {
        (measure, kind)
        for some in fits().used.values()
        for fit in some
        for measure in fit.measures
        for kind in fit.kinds
    }


@every
def test_what_is_praised_is_seen_moment_by_moment(language):
    praised = set(wording(language).messages["strengths"])
    assert "timing_path" in praised
    assert len(praised) >= 5
    assert praised <= CURVES | {"timing_path"}


@every
def test_reasons_that_are_given(language):
    messages = wording(language).messages
    assert set(messages["not_judged"]) <= constants(not_judged, events)
    assert set(messages["earlier"]) <= constants(shown)


@every
def test_points_are_those_of_a_skeleton(language):
    parts = {point.removeprefix("left_").removeprefix("right_") for point in KEYPOINTS}
    assert set(wording(language).messages["points"]) == parts | {"of_side", "none"}


@every
def test_sides_are_those_of_a_note(language):
    sides = {*get_args(Side), "none"}
    assert set(wording(language).messages["sides"]) == sides | OF_OTHERS


@every
def test_ways_are_of_measures_that_are_told_by_them(language):
    messages = wording(language).messages
    told = {
        where.split(", ")[0]
        for where, text in texts(messages["notes"])
        if placeholders(text) & {"take_way", "ref_way"}
    }
    assert set(messages["ways"]) == told


@every
def test_each_part_of_a_catalogue_is_asked_for(language):
    folder = Path(coaching.__file__).parent
    asked = {
        node.value
        for file in folder.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant)
    }
    assert set(wording(language).messages) <= asked


@every
def test_a_key_that_nobody_gives_would_be_found(language):
    """The look through all notes can fail."""
    dead = {("landing_heel", "unsafe"), ("knee_over_toe", "less")}
    assert not dead & given()
