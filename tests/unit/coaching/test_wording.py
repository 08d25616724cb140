"""From numbers to sentences."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import said
from repetiteur.coaching.placing import placed_notes
from repetiteur.coaching.wording import LANGUAGES, wording
from repetiteur.model.findings import Difference, Span
from repetiteur.steps.step import Step
from repetiteur.technique.curve import Curve
from unit.report import small_rehearsal as made

WORDS = wording("en")
BODY = wording("en", "internal")


def test_a_measure_without_words_of_its_own_gets_plain_ones():
    changes = {"measure": "stance_width", "reference_value": 0.62, "take_value": 0.354}
    size = Difference(-0.266, "ratio", (-0.3, -0.24), 0.1)
    plain = WORDS.worded(made.note(difference=size, side=None, also=(), **changes))
    assert plain.text == "Stance width: less than in the reference, by 0.27."
    assert plain.reason == "Yours is 0.35; in the reference it is 0.62."
    size = Difference(9.4, "deg", (8.0, 11.0), 5.0)
    plain = WORDS.worded(made.note(difference=size, measure="mine", kind="more"))
    assert plain.text == "Mine, left: more than in the reference, by 9°."


@pytest.mark.parametrize("kind", ["unsafe", "asymmetric", "late", "missing", "extra"])
def test_plain_words_are_there_for_every_kind(kind):
    plain = WORDS.worded(said.note("stance_width", kind))
    assert plain.text.startswith("Stance width: ")
    assert plain.reason.endswith(".")


def test_a_kind_that_a_measure_has_no_words_for_is_plain():
    worded = WORDS.worded(said.note("leg_elevation", "unsafe", "left"))
    assert worded.text.startswith("Height of the leg, left: ")


def test_the_name_of_anothers_measure_is_said_as_it_is_if_it_may_be(monkeypatch):
    def named(name):
        one = next(iter(said.curves()))
        monkeypatch.setattr(
            "repetiteur.coaching.wording.curves",
            lambda: [Curve(**{**vars(one), "id": "theirs", "name": name})],
        )
        return WORDS.worded(said.note("theirs", "less")).text

    assert named("Arch {take} of the foot").startswith("Arch {take} of the foot: less")
    assert named("Risk of injury").startswith("This measure: less than")


def test_values_that_are_not_known_are_not_said():
    nothing = {"take_value": float("nan"), "reference_value": float("nan")}
    for measure in ("stance_width", "leg_elevation", "aplomb.pitch"):
        worded = WORDS.worded(said.note(measure, "less", "left", **nothing))
        assert worded.reason == "It shows from 3.2 to 4.8 s of your take."


@pytest.mark.parametrize(
    ("percent", "end"),
    [
        (34.0, "more energy than the reference's, by about a third."),
        (90.0, "by about nine tenths."),
        (96.0, "more energy than the reference's, about twice as much."),
        (140.0, "more energy than the reference's, about 2.4 times as much."),
        (200.0, "about three times as much."),
        (-34.0, "less energy than the reference's, by about a third."),
        (-97.0, "less energy than the reference's, by nearly all of it."),
    ],
)
def test_shares_are_told_in_words(percent, end):
    kind = "more" if percent > 0.0 else "less"
    values = (100.0, 100.0 + percent)
    worded = WORDS.worded(said.note("effort_weight", kind, values=values))
    assert worded.reason.endswith(end)
    assert "again" not in worded.reason


def spread_of(unit, value, spread, **changes):
    half = 0.1 * abs(value)
    size = Difference(value, unit, (value - half, value + half), 0.1 * abs(value))
    return WORDS.worded(made.note(difference=size, spread=spread, **changes)).reason


def test_what_several_references_have_stands_in_the_reason():
    reason = spread_of("deg", -12.0, (96.2, 108.0))
    assert reason.endswith("have 96° to 108° here; the difference counts from there.")
    assert "references" not in spread_of("deg", -12.0, None)
    late = {"measure": "timing_path", "kind": "late", "side": None}
    reason = spread_of("s", 0.2, (-0.052, 0.148), **late)
    assert "are from 50 ms early to 150 ms late here" in reason
    assert spread_of("s", 0.2, (0.0, 0.001), **late).endswith("are all on time here.")
    assert "to 2.1 s late here" in spread_of("s", 0.2, (0.0, 2.1), **late)


def test_a_length_of_several_references_is_no_lateness():
    reason = spread_of("s", -0.8, (1.8, 2.4), measure="balance_time", kind="less")
    assert "The references have 1.8 s to 2.4 s here" in reason


@pytest.mark.parametrize(
    ("also", "end"),
    [
        ((), "it is at 108°."),
        ((9.1,), "it is at 108°. Twice: at 3.2 and 9.1 s."),
        ((12.0, 1.1), "Three times: at 1.1, 3.2 and 12.0 s."),
        (tuple(range(10, 18)), "14.0, 15.0, 16.0 and 17.0 s."),
    ],
)
def test_what_happens_several_times_is_one_reason(also, end):
    spans = tuple(Span(start, start + 1.0) for start in also)
    worded = WORDS.worded(said.note("leg_elevation", "less", "left", also=spans))
    assert worded.reason.endswith(end)
    assert ("9 times" in worded.reason) == (len(also) == 8)


@pytest.mark.parametrize(
    ("count", "words"),
    [
        ("2·5", "second eight, count 5"),
        ("1·1", "first eight, count 1"),
        ("12·8", "eight 12, count 8"),
        ("5", "count 5"),
    ],
)
def test_a_count_stands_for_the_seconds(count, words):
    assert WORDS.counted(count) == words
    placed = WORDS.worded(said.note("leg_elevation", "less", "left", count=count))
    assert placed.place == f"{words}, left"
    apart = WORDS.worded(said.note("aplomb.pitch", "less", count=count))
    assert apart.place == words


def test_without_a_count_a_place_is_in_seconds():
    placed = WORDS.worded(said.note("leg_elevation", "less", "left"))
    assert placed.place == "3.2 to 4.8 s, left"


@pytest.mark.parametrize(
    ("values", "kind", "words"),
    [
        ((2.01, 1.63), "less", "You make one and three quarter turns; the reference "
         "makes two turns."),
        ((1.02, 0.6), "less", "You make half a turn; the reference makes one turn."),
        ((2.5, 9.0), "more", "You make 9 turns; the reference makes two and a half "
         "turns."),
    ],
)  # fmt: skip
def test_turns_are_told_in_quarters(values, kind, words):
    assert WORDS.worded(
        said.note("turn_count", kind, "left", values=values)
    ).reason == (words)


def test_how_much_more_to_turn_is_what_the_two_counts_are_apart():
    worded = WORDS.worded(said.note("turn_count", "less", "left", values=(1.63, 2.01)))
    assert worded.text.endswith("a quarter of a turn more.")


def test_jumps_are_told_in_centimetres_and_balances_in_seconds():
    jump = WORDS.worded(said.note("jump_height_com", "less", values=(0.181, 0.222)))
    assert "the jump goes 4 cm higher" in jump.text
    assert "You rise 18 cm" in jump.reason
    balance = WORDS.worded(
        said.note("balance_time", "less", "left", values=(1.2, 2.04))
    )
    assert "stay 0.8 s longer" in balance.text


def test_what_lies_on_the_other_side_of_naught_is_said_as_what_it_is():
    lean = WORDS.worded(said.note("aplomb.pitch", "less", values=(-4.0, 6.2)))
    assert lean.reason == (
        "You carry the trunk 4° back; the reference carries it 6° forward."
    )
    level = WORDS.worded(said.note("pelvis_obliquity", "more", values=(0.3, 7.0)))
    assert level.reason == (
        "You dance this with the left hip 7° higher; the reference with the hips level."
    )


# ---------- the focus ----------


def test_the_focus_is_on_what_the_movement_does_unless_asked_for():
    note = said.note("leg_elevation", "less", "left")
    assert wording() is wording("en", "external") or wording() == WORDS
    assert "height of the reference" in WORDS.worded(note).text
    assert "from under the thigh" in BODY.worded(note).text


def test_the_focus_changes_what_is_said_and_nothing_else():
    for note in said.notes(WORDS):
        one, other = WORDS.worded(note), BODY.worded(note)
        assert replace(one, text="") == replace(other, text="")


@pytest.mark.parametrize("measure", WORDS.messages["notes"])
def test_both_styles_say_the_same_size(measure):
    """Where the body's part is named, how much is not lost."""
    for kind, entry in WORDS.messages["notes"][measure].items():
        if "internal" not in entry:
            assert measure in (
                "timing_path",
                "timing_path_to_music",
                "step_presence",
            ), (measure, kind)
            continue
        assert entry["internal"] != entry["say"]
        sizes = {"{size}", "{amount}"}
        sized = [any(s in entry[key] for s in sizes) for key in ("say", "internal")]
        assert sized[1] >= sized[0] or kind == "unsafe", (measure, kind)


def test_a_style_that_there_is_not_is_refused():
    with pytest.raises(ValueError, match="external or internal, and is 'inward'"):
        wording("en", "inward")


def test_a_language_that_there_is_not_is_refused():
    with pytest.raises(ValueError, match=r"messages\.tlh\.yaml.*those of en"):
        wording("tlh")
    assert LANGUAGES[0] == "en"


# ---------- a teacher's phrase of the step ----------

BEND = Step("demi_plie", None, 2.0, 6.0, 0.9, phases={"bottom": (3.0, 5.0)})
TENDU = Step(
    "battement_tendu", "left", 2.0, 6.0, 0.9, phases={"point": (2.0, 6.0)}
)  # fmt: skip


def on(step, note, words=WORDS):
    found = made.findings([words.worded(note)])
    return placed_notes(found, (), [step], words).notes[0]


def test_the_phrase_of_a_step_is_said_where_it_is_true():
    lean = on(BEND, said.note("aplomb.pitch", "more", values=(2.0, 11.0)))
    assert lean.text == "Down the wall with your back. The trunk: 9° less lean forward."
    assert lean.place.endswith("demi-plié")
    assert lean.reason.startswith("You carry the trunk 11° forward")
    back = on(BEND, said.note("aplomb.pitch", "less"))
    assert back.text == WORDS.worded(said.note("aplomb.pitch", "less")).text


def test_a_phrase_of_the_working_leg_is_not_said_of_the_other():
    foot = on(TENDU, said.note("ankle_plantarflexion", "less", "left"))
    assert foot.text.startswith("Use the floor all the way to the toe. Left foot: ")
    other = on(TENDU, said.note("ankle_plantarflexion", "less", "right"))
    assert other.text.startswith("Right foot: use the floor")


def test_the_hip_of_a_phrase_is_the_one_that_rides_up():
    own = on(TENDU, said.note("pelvis_obliquity", "more"))
    assert own.text.startswith("The leg leaves, the hip stays home. The left hip: ")
    standing = on(TENDU, said.note("pelvis_obliquity", "less"))
    assert "stays home" not in standing.text


def test_a_phrase_that_is_all_image_is_not_said_to_those_who_want_the_body():
    note = said.note("aplomb.pitch", "more", values=(2.0, 11.0))
    assert "wall" not in on(BEND, note, BODY).text
    hip = on(TENDU, said.note("pelvis_obliquity", "more"), BODY)
    assert hip.text.startswith("The leg leaves, the hip stays home.")


@pytest.mark.parametrize(
    ("values", "true"), [((62.0, 85.0), True), ((55.0, 66.0), False)]
)
def test_a_phrase_with_a_place_of_its_own_is_said_where_the_reference_is_there(
    values, true
):
    step = Step("fouette", "right", 2.0, 6.0, 0.9)
    low = on(step, said.note("leg_elevation", "less", "right", values=values))
    assert ("at the barre" in low.text) == true


def test_a_pause_in_an_adagio_is_one_sentence():
    step = Step("adagio", None, 2.0, 6.0, 0.9)
    assert on(step, said.note("step_presence", "paused")).text == (
        "One long sentence, no full stops."
    )


# ---------- points and sides ----------


def test_points_are_in_words():
    named = WORDS.points(["left_toe", "pelvis", "left_heel"])
    assert named == "left heel, left toe, pelvis"
    assert WORDS.points([]) == "face or crown"


def test_both_sides_get_words_that_are_true_of_two_limbs():
    both = WORDS.worded(said.note("leg_elevation", "less", "both"))
    assert both.text.startswith("Height of the leg, both sides: less than")
    assert both.place == "3.2 to 4.8 s, both sides"


# ---------- the same words ----------

_SAY = """
import sys
import said
from repetiteur.coaching.wording import wording
for focus in ("external", "internal"):
    for name, text in said.sentences(wording("en", focus)):
        sys.stdout.buffer.write(f"{name}: {text}\\n".encode())
"""


def test_the_same_note_has_the_same_words_in_every_process():
    """Words are hashed anew in each: no order may come from that."""
    here = [
        f"{name}: {text}"
        for words in (WORDS, BODY)
        for name, text in said.sentences(words)
    ]
    seed = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"
    tests = str(Path(__file__).parents[2])
    env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": tests}
    done = subprocess.run(
        [sys.executable, "-c", _SAY], env=env, capture_output=True, check=True
    )
    assert len(here) > 1000
    assert done.stdout.decode().splitlines() == here
