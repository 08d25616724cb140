"""A step left out, a bar once more, a pause: each is said, and nothing else is."""

import numpy as np
import pytest

from repetiteur.model.poses import make_poses
from repetiteur.rehearsal import recording_from_poses, rehearse
from repetiteur.report.data import page_data
from repetiteur.report.exports import notes_json, notes_vtt, to_json
from repetiteur.report.page import render
from repetiteur.synthetic.demo import OTHER_DANCER, demo_phrase, demo_reference
from repetiteur.synthetic.phrase import dance

FPS, GLIDE_S = 50.0, 0.4


def danced():
    """The demo's adage by another dancer at the reference's tempo: without faults."""
    return dance(
        demo_phrase(),
        OTHER_DANCER,
        fps=FPS,
        heading=20.0,
        noise=0.002,
        wobble_deg=0.8,
        wobble_s=0.008,
        seed=5,
    )


def pieced(place, *pieces):
    """Stretches of a performance, in seconds, with a glide from one to the next."""
    share = np.linspace(0.0, 1.0, round(GLIDE_S * FPS))[:, None, None]
    share = share**3 * (10.0 - 15.0 * share + 6.0 * share**2)
    out = []
    for start, end in pieces:
        piece = place[round(start * FPS) : round(end * FPS)]
        if out:
            out.append((1.0 - share) * out[-1][-1] + share * piece[0])
        out.append(piece)
    return np.concatenate(out)


def stopped(place, at_s, lasts_s):
    """A performance that stands still for a while."""
    k, count = round(at_s * FPS), round(lasts_s * FPS)
    still = np.repeat(place[k : k + 1], count, axis=0)
    still += 0.002 * np.random.default_rng(0).normal(size=still.shape)
    return np.concatenate([place[:k], still, place[k:]])


@pytest.fixture(scope="module")
def rehearsed():
    """A function from what is done to the take to the rehearsal of it."""
    poses = danced()
    names = [str(name) for name in poses["keypoint"].to_numpy()]
    place = poses["position"].to_numpy()[..., 0]
    reference = recording_from_poses(demo_reference(), "reference")

    def of(change):
        changed = change(place)
        time = np.arange(len(changed)) / FPS
        take = make_poses(changed, time=time, keypoints=names)
        return rehearse(reference, recording_from_poses(take, "take"))

    return of


def only_note(found):
    (note,) = found.findings.notes
    assert note.measure == "step_presence"
    assert len(found.findings.timing) > 10, "silence would pass without this"
    assert "timing_path" not in {s.measure for s in found.findings.strengths}
    return note


def overlap(span, start, end):
    return min(span.end_s, end) - max(span.start_s, start)


def test_a_bar_that_is_left_out(rehearsed):
    found = rehearsed(lambda p: pieced(p, (0.0, 16.9), (20.9, 32.2)))
    note = only_note(found)
    assert (note.kind, note.presence) == ("missing", "skipped")
    low, high = note.difference.interval90
    assert low <= GLIDE_S - 4.0 <= high
    assert overlap(note.reference, 16.9, 20.9) > 3.0
    assert note.take.start_s == pytest.approx(16.9, abs=1.0)


def test_a_bar_that_is_danced_once_more(rehearsed):
    found = rehearsed(lambda p: pieced(p, (0.0, 12.6), (5.1, 32.2)))
    note = only_note(found)
    assert (note.kind, note.presence) == ("extra", "repeated")
    low, high = note.difference.interval90
    assert low <= 7.5 + GLIDE_S <= high
    assert overlap(note.reference, 5.1, 12.6) > 6.5


def test_a_pause(rehearsed):
    note = only_note(rehearsed(lambda p: stopped(p, 14.8, 2.5)))
    assert (note.kind, note.presence) == ("extra", "paused")
    low, high = note.difference.interval90
    assert low <= 2.5 <= high
    assert note.take.start_s == pytest.approx(14.8, abs=0.5)


def test_standing_before_and_after_is_nothing(rehearsed):
    found = rehearsed(lambda p: stopped(stopped(p, 32.1, 3.0), 0.05, 3.0))
    assert found.findings.notes == ()
    assert "timing_path" in {s.measure for s in found.findings.strengths}


def test_an_end_that_is_missing_is_not_judged_and_no_note(rehearsed):
    found = rehearsed(lambda p: p[: round(25.0 * FPS)])
    assert found.findings.notes == ()
    (ends,) = [e for e in found.findings.not_judged if "dances on" in e.reason]
    assert ends.spans[-1].end_s == pytest.approx(32.2, abs=0.2)
    assert ends.spans[-1].start_s == pytest.approx(25.0, abs=0.5)
    assert "timing_path" not in {s.measure for s in found.findings.strengths}


def test_files_and_page_say_it(rehearsed):
    found = rehearsed(lambda p: pieced(p, (0.0, 16.9), (20.9, 32.2)))
    (entry,) = notes_json(found)["notes"]
    assert (entry["kind"], entry["presence"]) == ("missing", "skipped")
    assert entry["difference"]["unit"] == "s"
    assert entry["reference"]["end_s"] - entry["reference"]["start_s"] > 3.0
    to_json(notes_json(found))
    assert "Dance all of it" in notes_vtt(found)
    page = render(found)
    assert "s left out" in page
    assert 'data-glyph="n1"' not in page
    (note,) = page_data(found)["notes"]
    assert note["to"] - note["from"] > 4.0, "what is left out is shown"
    assert "gap" not in note
    (alone,) = page_data(found)["alone"]
    assert alone[2] == "left out"
    assert note["from"] < alone[0] < alone[1] < note["to"]
