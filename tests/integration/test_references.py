"""Several references: what they have between them is interpretation, and no note."""

import json

import pytest

import commands
from projecting import Camera, seen
from repetiteur.errors import NothingToJudge
from repetiteur.io.formats import write_poses
from repetiteur.model.poses import body_of
from repetiteur.rehearsal import recording_from_poses, rehearse
from repetiteur.report.exports import notes_json, to_json
from repetiteur.report.page import render
from repetiteur.synthetic.dancer import Dancer
from repetiteur.synthetic.demo import OTHER_DANCER, demo_phrase, demo_reference
from repetiteur.synthetic.motion import Alteration, Delay
from repetiteur.synthetic.phrase import Phrase, dance
from repetiteur.synthetic.steps import demi_plie, fifth_position

NATURAL = {"noise": 0.002, "wobble_deg": 0.8, "wobble_s": 0.008}
TALL = Dancer(stature=1.80)
OWN = {
    "low": (OTHER_DANCER, 0.95, 1),
    "high": (TALL, 1.08, 2),
    "middle": (TALL, 1.0, 3),
}
#: What a whole arm lower shows in; one of them is said.
ARM = {"arm_shape.elevation", "arm_shape.elbow_elevation"}


def recording(name, *, arm=0.0, late=0.0, dancer=OTHER_DANCER, tempo=0.92, seed=9):
    """The demo's adage, its left arm higher by ``arm``, a phrase of it ``late``."""
    poses = dance(
        demo_phrase(),
        dancer,
        tempo=tempo,
        seed=seed,
        fps=50.0,
        heading=20.0 * seed,
        alterations=(Alteration("left_arm_height", arm, 2.0, 8.0, 0.9),),
        delays=(Delay(late, 11.2, 15.3, 0.8),) if late else (),
        **NATURAL,
    )
    return recording_from_poses(poses, f"{name}.nc")


def casts(**sizes):
    """Three casts in other bodies and tempi, one of them on the other side."""
    made = []
    for name, (dancer, tempo, seed) in OWN.items():
        size = {what: by[name] for what, by in sizes.items()}
        one = recording(name, dancer=dancer, tempo=tempo, seed=seed, **size)
        made.append(one.unmirrored() if name == "high" else one)
    return made


@pytest.fixture(scope="module")
def arms():
    return casts(arm={"low": -10.0, "middle": 0.0, "high": 10.0})


@pytest.fixture(scope="module")
def times():
    on_time = recording_from_poses(demo_reference(), "first.nc")
    return [on_time, *casts(late={"low": 0.0, "middle": -0.15, "high": 0.15})]


def notes(reference, take, references=()):
    return rehearse(reference, take, references=references).findings.notes


def test_an_arm_within_what_three_casts_do_is_no_fault(arms):
    first, *more = arms
    take = recording("take", arm=8.0)
    found = rehearse(first, take, references=more).findings
    assert found.notes == ()
    assert found.within_floor > 12
    assert len(found.timing) > 15, "silence would pass without this"


def test_against_one_of_them_alone_the_same_arm_is_a_note(arms):
    (note,) = notes(arms[0], recording("take", arm=8.0))
    assert (note.measure in ARM, note.side) == (True, "left")
    low, high = note.difference.interval90
    assert low <= 18.0 <= high
    assert note.spread is None


@pytest.mark.parametrize(("arm", "beyond"), [(28.0, 18.0), (-28.0, -18.0)])
def test_beyond_their_spread_it_counts_from_the_nearest(arms, arm, beyond):
    first, *more = arms
    (note,) = notes(first, recording("take", arm=arm), more)
    assert (note.measure in ARM, note.side) == (True, "left")
    low, high = note.difference.interval90
    assert low <= beyond <= high
    bottom, top = note.spread
    assert top - bottom == pytest.approx(20.0, abs=3.0)
    assert "The references have" in note.reason


def test_the_order_of_the_references_changes_no_verdict(arms):
    take = recording("take", arm=28.0)
    sizes = [
        notes(arms[k], take, arms[:k] + arms[k + 1 :])[0].difference.value
        for k in (0, 1)
    ]
    assert sizes[0] == pytest.approx(sizes[1], abs=2.0)


def test_rubato_that_casts_use_is_no_fault(times):
    first, *more = times
    for late in (0.15, -0.15):
        take = recording("take", late=late)
        assert notes(first, take, more) == ()
        (note,) = notes(first, take)
        assert (note.measure, note.kind) == (
            "timing_path", "late" if late > 0 else "early",
        )  # fmt: skip


def test_later_than_any_of_them_counts_from_the_latest(times):
    first, *more = times
    (note,) = notes(first, recording("take", late=0.35), more)
    assert (note.measure, note.kind) == ("timing_path", "late")
    low, high = note.difference.interval90
    assert low <= 0.35 - 0.15 <= high
    assert note.spread == pytest.approx((-0.15, 0.15), abs=0.03)
    assert "The references themselves" in note.reason


def test_the_first_once_more_changes_nothing(arms):
    take = recording("take", arm=8.0)
    (alone,) = notes(arms[0], take)
    (again,) = notes(arms[0], take, [arms[0]])
    assert again.difference.value == pytest.approx(alone.difference.value, abs=0.5)


def test_another_dance_among_the_references_is_refused_by_its_name(arms):
    other = Phrase.of(fifth_position("left"), *[demi_plie() for _ in range(6)])
    wrong = recording_from_poses(dance(other), "warm_up.nc")
    with pytest.raises(NothingToJudge, match=r"phrase, and warm_up\.nc"):
        rehearse(arms[0], arms[1], references=[arms[2], wrong])


def test_files_and_page_name_the_references(arms):
    first, *more = arms
    found = rehearse(first, recording("take", arm=28.0), references=more)
    document = json.loads(to_json(notes_json(found)))
    assert [r["source"] for r in document["references"]] == [r.source for r in more]
    assert {"source", "sha256", "duration_s", "space"} == set(document["references"][0])
    (note,) = document["notes"]
    assert note["spread"]["low"] < note["spread"]["high"]
    page = render(found)
    assert "high.nc" in page
    assert "Three references dance this phrase" in page
    assert "one of two moments" in page


def test_with_one_reference_nothing_is_said_of_several(arms):
    found = rehearse(arms[0], recording("take", arm=28.0))
    assert "references" not in notes_json(found)
    assert "references dance this phrase" not in render(found)


@pytest.fixture(scope="module")
def filmed():
    """The demo's adage on film, from a heading."""

    def film(heading, *, arm=0.0, seed=1, name="a video"):
        body = body_of(recording(name, arm=arm, seed=seed, tempo=1.0).poses)
        camera = Camera(
            heading=heading - 20.0 * seed,
            seed=seed,
            error=0.006,
            said=0.006,
            depth_error=0.09,
        )
        poses = seen(body.time, dict(body.points), camera)
        return recording_from_poses(poses, name)

    return film


def test_videos_from_one_side_have_a_spread_too(filmed):
    low, high = filmed(0.0, arm=-12.0, seed=1), filmed(0.0, arm=12.0, seed=2)
    take = filmed(0.0, arm=14.0, seed=3)
    assert {n.measure for n in notes(low, take)} & ARM
    assert not {n.measure for n in notes(low, take, [high])} & ARM


def test_a_video_from_another_side_is_refused_by_its_name(filmed):
    one, two = filmed(0.0, seed=1), filmed(0.0, seed=3)
    with pytest.raises(NothingToJudge, match=r"one side, and side\.mp4 was filmed"):
        rehearse(one, two, references=[filmed(50.0, seed=2, name="side.mp4")])


def test_a_video_among_motion_files_is_refused(arms, filmed):
    with pytest.raises(NothingToJudge, match=r"only film\.mp4 was seen"):
        rehearse(arms[0], arms[1], references=[filmed(0.0, name="film.mp4")])


@pytest.fixture
def run(monkeypatch, capfd):
    return commands.runner(monkeypatch, capfd)


def test_the_command_takes_several(run, arms, tmp_path):
    for one in (*arms, recording("take", arm=8.0)):
        write_poses(one.poses, tmp_path / one.source)
    first, *more = (tmp_path / one.source for one in arms)
    words = [w for one in more for w in ("--reference", one)]
    done = run(
        "rehearse",
        first,
        tmp_path / "take.nc",
        *words,
        "-o",
        tmp_path / "out",
        "--json",
    )
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert document["notes"] == []
    assert [r["source"] for r in document["references"]] == [p.name for p in more]


def test_the_command_says_which_reference_cannot_be_read(run, arms, tmp_path):
    for one in arms:
        write_poses(one.poses, tmp_path / one.source)
    first, second, _ = (tmp_path / one.source for one in arms)
    gone = tmp_path / "gone.bvh"
    done = run("rehearse", first, second, "--reference", gone, "-o", tmp_path / "out")
    assert done.returncode == 3
    assert "gone.bvh" in done.stderr
    assert not (tmp_path / "out").exists()
