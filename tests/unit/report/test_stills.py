"""Pictures are of the right moment, the right place and the right way round."""

import base64
from dataclasses import replace

import cv2
import numpy as np
import pytest

from repetiteur.model.findings import Difference
from repetiteur.model.poses import mirrored
from repetiteur.report import stills as module
from repetiteur.report.film import film_of
from repetiteur.report.stills import stills
from unit.report import small_rehearsal as made
from unit.report import small_video


@pytest.fixture(scope="module")
def taken(filmed):
    """The pictures of these."""
    return stills(filmed)


def pixels(still):
    kind, text = still.source.split(",", 1)
    assert kind == "data:image/jpeg;base64"
    raw = np.frombuffer(base64.b64decode(text), np.uint8)
    return cv2.cvtColor(cv2.imdecode(raw, cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB)


def brightness_at(still, points):
    """Mean brightness of a picture at places of its view."""
    picture = pixels(still)
    x0, y0, wide, high = still.place
    found = []
    for x, y in points:
        column = round((x - x0) / wide * picture.shape[1] - 0.5)
        row = round((y - y0) / high * picture.shape[0] - 0.5)
        found.append(picture[row, column].mean())
    return float(np.mean(found))


def joints(still):
    return list(still.drawn.dots)


def test_both_moments_of_each_note_have_a_picture(taken):
    notes = [f"n{k}" for k in range(1, 5)]
    assert set(taken.of) == {(n, who) for n in notes for who in ("ref", "take")}
    assert taken.missing == ()


def test_the_bones_lie_on_the_dancer(taken):
    for still in taken.of.values():
        on = brightness_at(still, joints(still))
        off = brightness_at(still, [(x + 9, y + 4) for x, y in joints(still)])
        assert on < 130, "sticks are dark"
        assert off > on + 40


@pytest.mark.parametrize("frame", [0, 37, 100, 180])
def test_the_frame_is_that_of_the_moment(filmed, frame):
    film = film_of(filmed.take)
    picture = film.picture(frame)
    assert picture[4:20, 4:20].mean() == pytest.approx(
        small_video.brightness(frame), abs=6
    )


def test_a_part_of_the_recording_keeps_its_frames(filmed):
    part = filmed.take.part(4.0, 8.0)
    film = film_of(part)
    picture = film.picture(film.nearest(5.0))
    assert picture[4:20, 4:20].mean() == pytest.approx(
        small_video.brightness(75), abs=6
    )


def test_a_mirrored_reference_is_shown_mirrored(filmed, taken):
    turned = replace(filmed.reference, poses=mirrored(filmed.reference.poses))
    for rehearsal in (
        replace(filmed, alignment=made.line_up(side="mirrored")),  # it was found
        replace(filmed, reference=turned),  # it was declared
    ):
        plain, seen = taken.of["n3", "ref"], stills(rehearsal).of["n3", "ref"]
        assert brightness_at(seen, joints(seen)) < 130
        assert np.abs(pixels(seen)[:, ::-1].astype(int) - pixels(plain)).mean() < 8


def test_a_note_about_time_shows_one_moment(filmed, taken):
    late = filmed.findings.notes[1]
    assert late.kind == "late"
    take = taken.of["n2", "take"]
    assert "7.3 s" in take.alt, "where the take would be, had it kept the tempo"


def test_the_words_say_what_is_to_be_seen(taken):
    leg = taken.of["n3", "take"]
    assert leg.alt.startswith("You at 4.0 s, from the video, with the bones drawn.")
    assert "Height of the leg, left: 96°" in leg.alt
    assert leg.value == "96°"


def test_pictures_are_small(taken):
    for still in taken.of.values():
        assert len(still.source) < 30_000
        assert pixels(still).shape[0] <= 361


def test_no_more_notes_than_a_few_have_pictures(filmed, monkeypatch):
    monkeypatch.setattr(module, "MOST_NOTES", 1)
    assert set(stills(filmed).of) == {("n1", "ref"), ("n1", "take")}


def test_motion_files_have_none():
    assert stills(made.rehearsal()) == module.Stills()


def test_a_video_that_is_gone(filmed, tmp_path):
    gone = replace(filmed, take=replace(filmed.take, video=tmp_path / "gone.mp4"))
    found = stills(gone)
    assert {who for _, who in found.of} == {"ref"}
    assert found.missing == (
        "The take's video, take.mp4, is not where it was: the figure is drawn instead "
        "of a picture.",
    )


def test_a_video_that_is_none_any_more(filmed, tmp_path):
    path = tmp_path / "take.mp4"
    path.write_text("no film")
    (line,) = stills(replace(filmed, take=replace(filmed.take, video=path))).missing
    assert "cannot be read any more" in line


def test_another_video_of_the_same_name(filmed):
    time = filmed.take.poses["time"].to_numpy()
    other = filmed.take.poses.assign_coords(time=1.01 * time)
    (line,) = stills(replace(filmed, take=replace(filmed.take, poses=other))).missing
    assert "has other times than the poses" in line


def test_a_frame_that_cannot_be_decoded(filmed, monkeypatch):
    monkeypatch.setattr("repetiteur.report.film.frames", lambda *_: iter(()))
    found = stills(filmed)
    assert found.of == {}
    assert len(found.missing) == 2
    assert "is damaged at some of the moments" in found.missing[0]


def test_a_dancer_who_is_not_seen_has_no_picture(filmed):
    poses = filmed.take.poses
    hidden = poses.assign(position=poses["position"].where(poses["time"] < 3.0))
    found = stills(replace(filmed, take=replace(filmed.take, poses=hidden)))
    assert ("n3", "ref") in found.of
    assert ("n3", "take") not in found.of


def test_a_measure_without_a_limb_has_no_number(filmed):
    note = made.note(
        measure="step_presence", side=None, difference=Difference(1, "", (1, 1), 0)
    )
    still = stills(replace(filmed, findings=made.findings(notes=(note,)))).of[
        "n1", "take"
    ]
    assert still.value == ""
    assert still.drawn.accent == ""
