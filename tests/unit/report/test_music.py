"""Music on the page and in notes.json."""

from dataclasses import replace

import numpy as np
import pytest

from repetiteur.model.counts import counted
from repetiteur.model.findings import Measured, Measurement, NotJudged, Span
from repetiteur.music.clock import MusicClock
from repetiteur.music.heard import Music
from repetiteur.report.exports import notes_json, to_json
from repetiteur.report.music import music_json, music_words, on_music
from repetiteur.report.page import render
from unit.report import small_rehearsal as made

COUNTS = counted(0.75 * np.arange(16), metre=4, one=0)
EACH_S = np.arange(13.0)
CLOCK = MusicClock(EACH_S, EACH_S, np.where(EACH_S < 6.5, 0.01, np.inf))


def offset(kind, value, low, high):
    span = Span(0.0, 12.0)
    return Measurement(
        "beat_offset", None, kind, span, value, "s", (low, high), (0, 720)
    )


def heard(take=None, reference=None, **changes):
    music = Music(COUNTS, COUNTS, CLOCK, "same_playback")
    return replace(
        made.rehearsal(),
        music=replace(music, **changes),
        take_on_music=take,
        reference_on_music=reference,
    )


def test_without_music_there_is_nothing():
    assert music_json(made.rehearsal()) == {}
    assert "music" not in notes_json(made.rehearsal())
    assert on_music(made.rehearsal()) == []


def test_notes_json_says_what_the_clock_rests_on():
    found = notes_json(heard(Measured((offset("landing", 0.08, 0.06, 0.1),))))["music"]
    assert found["clock"] == "same_playback"
    whole = made.rehearsal().reference.duration_s
    assert found["sure_share"] == pytest.approx(6.9 / whole, abs=0.01)
    assert found["take_counts"][9] == {"time_s": 6.75, "count": "2·2"}
    assert found["take"]["measurements"][0]["moment"] == "landing"
    assert "reference" not in found


def test_how_much_is_sure_is_a_share_of_the_time():
    """Of ten seconds of a reference, the music is known in the first two alone."""
    time = np.append(np.linspace(0.0, 2.0, 30), [10.0])
    two = MusicClock(time, time, np.full(31, 0.01))
    found = music_json(heard(clock=two))
    whole = made.rehearsal().reference.duration_s
    assert found["sure_share"] == pytest.approx(2.0 / whole, abs=0.02)


def test_a_reason_stands_where_there_is_no_clock():
    silent = heard(clock=None, basis=None, reason="The take has no sound.")
    assert music_json(silent)["reason"] == "The take has no sound."
    assert "The take has no sound." in music_words(silent.music)
    assert "The take has no sound." in render(silent)
    to_json(notes_json(silent))


@pytest.mark.parametrize(
    ("late", "words"),
    [
        (
            (0.08, 0.06, 0.1),
            "come 80 ms after the count (90 %: 60 ms to 100 ms after it)",
        ),
        (
            (-0.1, -0.2, -0.05),
            "come 100 ms before the count (90 %: 50 ms to 200 ms before",
        ),
        (
            (0.01, -0.02, 0.04),
            "come on the count (90 %: 20 ms before it to 40 ms after",
        ),
        (
            (0.2, -0.37, 0.77),
            "come on the count, before it or after it, which is not sure (90 %: 370 ms",
        ),
    ],
)
def test_being_on_the_music_in_words(late, words):
    (said,) = on_music(heard(Measured((offset("landing", *late),))))
    assert words in said


def test_the_reference_stands_beside_and_all_together_only_alone():
    both = [
        Measured((offset("arrival", v, v, v), offset("closing", v, v, v)))
        for v in (0.1, -0.1)
    ]
    (said,) = on_music(heard(*both))
    assert said.startswith("Your closings come 100 ms after")
    assert "; the reference's 100 ms before the count" in said
    (alone,) = on_music(heard(Measured((offset("arrival", 0.1, 0.1, 0.1),))))
    assert alone.startswith("Your arrivals come")


def test_what_cannot_be_said_is_said_with_its_reason():
    nothing = Measured((), (NotJudged("beat_offset", "It is chance.", "Longer."),))
    assert on_music(heard(nothing)) == [
        "Whether you are on the counts cannot be said. It is chance."
    ]


def test_the_page_goes_by_counts():
    page = render(heard(Measured((offset("landing", 0.08, 0.06, 0.1),))))
    assert "When: count by count" in page
    assert "<h3>Eight 1</h3>" in page
    assert "Your landings come 80 ms after the count" in page
    assert "second by second" not in page
