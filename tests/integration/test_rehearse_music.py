"""A rehearsal to music: notes in counts, lateness against what both heard."""

import json

import numpy as np
import pytest

from repetiteur.io.audio import Sound
from repetiteur.model.counts import counted
from repetiteur.music.heard import Music, Sounds, heard
from repetiteur.rehearsal import hear, recording_from_poses, rehearse
from repetiteur.report.exports import notes_json, to_json
from repetiteur.synthetic.demo import (
    TAKE_TEMPO,
    TAKE_WAIT_S,
    demo_reference,
    demo_take,
    demo_truth,
)

#: The demo is danced at 60 counts a minute.
BEATS = np.arange(0.0, 36.0)
COUNTS = counted(BEATS, metre=4, one=0)
TAKEN = counted(TAKE_WAIT_S + BEATS / TAKE_TEMPO, metre=4, one=0)


@pytest.fixture(scope="module")
def two():
    return (
        recording_from_poses(demo_reference(), "reference.nc"),
        recording_from_poses(demo_take(), "take.nc"),
    )


@pytest.fixture(scope="module")
def found(two):
    return rehearse(*two, music=hear(*two, counts=COUNTS, take_counts=TAKEN))


def test_the_take_s_own_counts_are_the_clock(found):
    assert found.music.basis == "counts"
    assert found.alignment.to_music.mean() > 0.9
    assert {row.against for row in found.findings.timing} == {"music"}


def test_the_planted_lateness_is_found_on_its_counts(found):
    _, late, _ = demo_truth()
    said = [note for note in found.findings.notes if note.measure == "timing_path"]
    assert [note.kind for note in said] == ["late"]
    low, high = said[0].difference.interval90
    assert low <= late.value <= high
    assert abs(said[0].difference.value - late.value) < 0.04
    first, last = COUNTS.at(np.array([late.start_s - 1.0, late.end_s + 1.0]))
    assert said[0].count in COUNTS.label[first : last + 1]
    assert "to the same music" in said[0].reason


def test_notes_and_timing_speak_in_counts(found):
    document = json.loads(to_json(notes_json(found)))
    labels = set(COUNTS.label)
    assert {note["count"] for note in document["notes"]} <= labels
    assert {row["count"] for row in document["timing"]} <= labels
    assert all("count " in note["place"] for note in document["notes"])
    assert document["music"]["clock"] == "counts"
    assert document["music"]["reference_counts"][8]["count"] == "2·1"


def test_what_has_a_row_is_not_said_to_tell_no_time(found):
    """Nor is what tells no time left out of both."""
    still = [n for n in found.findings.not_judged if n.measure == "timing_path"]
    spans = [span for entry in still for span in entry.spans]
    lost = sum(span.end_s - span.start_s for span in spans)
    rows = [row.reference_s for row in found.findings.timing]
    assert 0.0 < lost < 4.0
    assert not [t for t in rows for s in spans if s.start_s + 0.1 < t < s.end_s - 0.1]


def test_the_same_faults_are_found_with_music_and_without(two, found):
    without = rehearse(*two)
    assert without.music is None
    names = [
        [(note.measure, note.side, note.kind) for note in one.findings.notes]
        for one in (found, without)
    ]
    assert names[0] == names[1]


def test_who_is_late_throughout_is_told_so_by_the_music_alone(two):
    earlier = counted(TAKEN.time_s - 0.3, metre=4, one=0)
    found = rehearse(*two, music=hear(*two, counts=COUNTS, take_counts=earlier))
    rows = [row.late_s for row in found.findings.timing]
    assert np.median(rows) == pytest.approx(0.3, abs=0.03)
    without = [row.late_s for row in rehearse(*two).findings.timing]
    assert abs(np.median(without)) < 0.05


def test_counts_of_the_reference_alone_name_the_moments_and_are_no_clock(two):
    found = rehearse(*two, music=hear(*two, counts=COUNTS))
    assert found.music.reason == "The reference has no sound."
    assert found.alignment.to_music is None
    assert {row.against for row in found.findings.timing} == {"reference"}
    assert {note.count for note in found.findings.notes} <= set(COUNTS.label)


def test_several_references_keep_their_own_tempo(two):
    reference, take = two
    other = recording_from_poses(demo_reference(50.0), "other.nc")
    music = hear(reference, take, counts=COUNTS, take_counts=TAKEN)
    found = rehearse(reference, take, references=[other], music=music)
    assert found.alignment.to_music is None
    assert {row.against for row in found.findings.timing} == {"reference"}
    said = notes_json(found)["music"]
    assert (said["clock"], said["reason"][:18]) == ("none", "Several references")


def noise(seconds, start_s=0.0, *, seed=1, delay_s=0.0, rate=8000):
    """The same hall on two phones: steps of an even loudness, and a hiss of each."""
    played = np.random.default_rng(99).standard_normal(round(60 * rate))
    first = round((start_s - delay_s) * rate)
    heard = played[first + 10 * rate :][: round(seconds * rate)]
    hiss = np.random.default_rng(seed).standard_normal(heard.size)
    return Sound((0.1 * heard + 0.02 * hiss).astype(np.float32), rate, 0.0)


def test_one_playback_on_two_phones_is_the_clock(two):
    """The take's recorder was started 0.8 s before, and the dancer is 0.25 s late."""
    sounds = Sounds(noise(28.0), noise(28.0, seed=2, delay_s=0.8))
    music = heard(sounds, counts=COUNTS)
    assert music.basis == "same_playback"
    assert music.clock.take_at(np.array([5.0])) == pytest.approx([5.8], abs=0.002)
    assert music.take_counts.time_s[:3] == pytest.approx(BEATS[:3] + 0.8, abs=0.002)


def test_another_noise_is_no_music_and_the_reason_is_said(two):
    other = Sound(
        np.random.default_rng(5).standard_normal(160_000).astype(np.float32), 8000, 0.0
    )
    music = heard(Sounds(noise(20.0), other), counts=COUNTS)
    assert isinstance(music, Music)
    assert (music.clock, music.basis) == (None, None)
    assert music.reason.startswith("The reference and the take: ")
    found = rehearse(*two, music=music)
    assert {row.against for row in found.findings.timing} == {"reference"}


@pytest.mark.parametrize("missing", ["reference", "take"])
def test_a_recording_without_sound_is_named(missing):
    sounds = {"reference": noise(8.0), "take": noise(8.0), missing: None}
    assert heard(Sounds(**sounds)).reason == f"The {missing} has no sound."
    through = heard(Sounds(**sounds, music=noise(8.0)))
    assert through.reason == f"The {missing} has no sound."
