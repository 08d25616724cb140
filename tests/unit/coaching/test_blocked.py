"""What may not be said is found, and what may is not."""

from __future__ import annotations

import pytest

from repetiteur.coaching.blocked import blocked

#: A sentence for each thing that ballet.md and common sense forbid, and what is found.
PLANTED = {
    "Your turnout is only 118°, professionals have 134°.": "professionals",
    "Your turnout is only 118.": "turnout is only",
    "Turnout 118 of 134.": "118 of 134",
    "Your emotion score is 42 %.": "42 %",
    "You reach 87% of the reference.": "87%",
    "That was eighty per cent of it.": "per cent",
    "Don't look so nervous.": "don't",
    "DON’T drop the arm.": "don't",
    "Do not drop the arm.": "do not",
    "Do\u00a0not drop the arm.": "do not",
    "Never sit.": "never",
    "The head is wrong, and the arms are bad.": "wrong",
    "Your shoulders are badly placed.": "badly",
    "Push through the last count.": "push through",
    "You are pushing  through.": "pushing through",
    "Force the knee open.": "force",
    "A forced turnout shows.": "forced",
    "Your weight is on the heel.": "weight",
    "You are heavier than last year.": "heavier",
    "Slimmer legs would help.": "slimmer",
    "A long-limbed figure.": "figure",
    "Your proportions suit adagio.": "proportions",
    "The shape of your body suits it.": "shape of your body",
    "Short legs look lower.": "short legs",
    "Compare the pictures before and after.": "before and after",
    "This is an ACL risk.": "acl",
    "You may injure the knee.": "injure",
    "Knock-knees show here.": "knock-knees",
    "Very good for your age.": "for your age",
    "Prevents injuries.": "injuries",
    "It will hurt tomorrow.": "hurt",
    "Does it give you pain?": "pain",
    "A case of hypermobility.": "hypermobility",
    "I diagnose a tendinitis.": "diagnose",
    "A healthy hip does this.": "healthy",
    "You rank fourth of nine.": "rank",
    "Better than the other girls.": "better than",
    "You are the best of the class.": "best",
    "You seem sad here.": "sad",
    "You feel the music.": "feel",
    "She dances like a boy.": "she",
    "Her arm is low.": "her",
    "A more masculine jump.": "masculine",
    "Women of that ethnicity turn more.": "women",
    "A poor landing, full of mistakes.": "poor",
    "Your left side is weaker.": "weaker",
    "You should not look down.": "should not",
    "We\u00adight on the toes; wei\u200bght too.": "weight",
}


@pytest.mark.parametrize("sentence", PLANTED)
def test_what_may_not_be_said_is_found(sentence):
    assert PLANTED[sentence] in blocked(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Push the floor away through the toes.",
        "Paint the wall with a thing that fathers gather.",
        "Reinforce it; the third of the lot; 12 of them.",
        "Let the heel kiss the floor, 12° more, 30 cm, 0.8 s.",
        "There is theory in here: the other mane, amen.",
        "The wing spans the stage; a stripe, a trace, a skip, all in harmony.",
        "Gather both badges at the bottom of the scale.",
    ],
)
def test_words_that_only_look_alike_are_not(sentence):
    assert blocked(sentence) == ()


def test_found_words_come_in_the_order_of_the_text():
    assert blocked("Never fat, never sad.") == ("never", "fat", "never", "sad")


def test_a_language_without_a_list_says_so():
    with pytest.raises(ValueError, match=r"no blocked\.tlh\.yaml"):
        blocked("Qapla'", "tlh")
