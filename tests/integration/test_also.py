"""Several takes of one dancer: what they vary by is her own, and no note."""

import json

import pytest

from repetiteur.errors import NothingToJudge
from repetiteur.rehearsal import recording_from_poses, rehearse
from repetiteur.report.exports import notes_json, to_json
from repetiteur.report.page import render
from repetiteur.synthetic.demo import OTHER_DANCER, demo_phrase, demo_reference
from repetiteur.synthetic.motion import Alteration
from repetiteur.synthetic.phrase import Phrase, dance

ARM = "arm_shape.elevation", "left"
LOWER = Alteration("left_arm_height", -14.0, 4.0, 8.0, 0.5)


def take(seed, *, wobble=1.0, noise=0.002, phrase=None, alterations=()):
    """The demo's adage, danced once more by somebody who varies by so much."""
    poses = dance(
        phrase or demo_phrase(),
        OTHER_DANCER,
        tempo=0.9 + 0.02 * seed,
        seed=seed,
        fps=50.0,
        heading=20.0 * seed,
        noise=noise,
        wobble_deg=wobble,
        wobble_s=0.02,
        alterations=alterations,
    )
    return recording_from_poses(poses, f"take{seed}.nc")


def floors(found):
    return {(one.measure, one.side): one for one in found.findings.floors}


@pytest.fixture(scope="module")
def reference():
    return recording_from_poses(demo_reference(), "reference.nc")


@pytest.fixture(scope="module")
def steady(reference):
    first, *more = (take(seed) for seed in (1, 2, 3))
    return rehearse(reference, first, also=more)


@pytest.fixture(scope="module")
def unsteady(reference):
    first, *more = (take(seed, wobble=5.0) for seed in (1, 2, 3))
    return rehearse(reference, first, also=more)


def test_with_one_take_the_floors_are_the_declared_ones(reference):
    found = rehearse(reference, take(1))
    assert (found.findings.floors, found.also) == ((), ())
    assert not {"floors", "also"} & set(notes_json(found))
    assert "the variation of a trained dancer stands for yours" in render(found)


@pytest.mark.slow  # each of three takes, with the other two and without
def test_who_varies_more_is_told_less(reference, unsteady):
    takes = [unsteady.take, *unsteady.also]
    alone, known = 0, 0
    for k, one in enumerate(takes):
        alone += len(rehearse(reference, one).findings.notes)
        also = takes[:k] + takes[k + 1 :]
        known += len(rehearse(reference, one, also=also).findings.notes)
    assert alone >= 15, "who varies by 5 degrees is beyond the declared floor"
    assert known <= 0.75 * alone


def test_the_typical_error_is_what_was_put_in(unsteady):
    for side in ("left", "right"):
        one = floors(unsteady)["arm_shape.elevation", side]
        assert one.typical_error == pytest.approx(5.0, rel=0.25)
        low, high = one.interval90
        assert low < 5.0 < high
    leaning = floors(unsteady)["aplomb.side", None]  # varies by half as much
    assert leaning.typical_error == pytest.approx(2.5, rel=0.25)


def test_who_is_steady_has_lower_floors_and_no_notes(steady, unsteady):
    for key, one in floors(steady).items():
        assert one.basis == "repeats"
        assert one.takes == 3
        assert one.value <= floors(unsteady)[key].value
    assert steady.findings.notes == ()
    assert steady.findings.within_floor > 12, "silence would pass without this"


def test_a_fault_in_the_take_alone_is_named_and_raises_no_floor(reference, steady):
    faulty = take(1, alterations=(LOWER,))
    found = rehearse(reference, faulty, also=steady.also)
    (note,) = found.findings.notes
    assert (note.measure, note.side) == ARM
    low, high = note.difference.interval90
    assert low <= LOWER.amount <= high
    assert note.difference.value == pytest.approx(LOWER.amount, abs=3.0)
    assert note.difference.floor == floors(found)[ARM].value
    assert floors(found)[ARM].value == pytest.approx(
        floors(steady)[ARM].value, rel=0.08
    )


def test_noise_of_a_centimetre_is_not_the_dancer(reference):
    by_noise = [
        floors(rehearse(reference, first, also=more))
        for noise in (0.002, 0.01)
        for first, *more in [[take(s, wobble=0.0, noise=noise) for s in (1, 2, 3)]]
    ]
    for key in (ARM, ("leg_elevation", "left"), ("aplomb.pitch", None)):
        quiet, noisy = (found[key] for found in by_noise)
        assert noisy.typical_error > 2.0 * quiet.typical_error
        assert noisy.value == pytest.approx(quiet.value, rel=0.03)


def test_a_mirror_changes_sides_and_nothing_else(reference, steady):
    first, *more = (one.unmirrored() for one in (steady.take, *steady.also))
    mirrored = rehearse(reference, first, also=more)
    assert mirrored.alignment.side == "mirrored"
    other = {"left": "right", "right": "left", None: None}
    for (measure, side), one in floors(mirrored).items():
        same = floors(steady)[measure, other[side]]
        assert one.value == pytest.approx(same.value, rel=1e-6)


def test_a_phrase_danced_twice_in_one_take_tells_it_too(reference):
    twice = take(4, wobble=3.0, phrase=Phrase(demo_phrase().poses * 2))
    found = rehearse(reference, twice)
    one = floors(found)[ARM]
    assert (one.basis, one.takes) == ("repeats", 2)
    low, high = one.interval90
    assert low < 3.0 < high < 12.0
    assert "taken from the two times that you danced it" in render(found)


def test_a_part_of_the_phrase_is_a_take_of_it(reference, steady):
    part = steady.also[0].part(5.0, 18.0)
    found = floors(rehearse(reference, steady.take, also=[part]))
    whole = floors(rehearse(reference, steady.take, also=steady.also[:1]))
    low, high = found[ARM].interval90
    assert high / low > whole[ARM].interval90[1] / whole[ARM].interval90[0]


def test_the_floors_stand_in_the_files(steady):
    document = json.loads(to_json(notes_json(steady)))
    assert [one["source"] for one in document["also"]] == ["take2.nc", "take3.nc"]
    rows = {(one["measure"], one["side"]): one for one in document["floors"]}
    row = rows[ARM]
    assert set(row) == {
        "measure", "side", "floor", "unit", "basis", "takes", "typical_error",
        "interval90",
    }  # fmt: skip
    low, high = row["interval90"]
    assert low < row["typical_error"] < high
    assert rows["timing_path", None]["unit"] == "s"
    assert "taken from the three times that you danced it" in render(steady)


@pytest.mark.parametrize("which", ["the take", "a further one"])
def test_a_recording_is_a_take_once(reference, steady, which):
    more = steady.also[0]
    also = [steady.take] if which == "the take" else [more, more]
    with pytest.raises(NothingToJudge, match="there twice"):
        rehearse(reference, steady.take, also=also)


def test_a_take_on_the_other_side_says_nothing_of_this_one(reference, steady):
    with pytest.raises(
        NothingToJudge, match=r"take2\.nc is not danced as take1\.nc is"
    ):
        rehearse(reference, steady.take, also=[steady.also[0].unmirrored()])
