"""How a take differs in quality from its references, from files to words."""

import json
from dataclasses import replace

import numpy as np
import pytest

from commands import runner
from repetiteur.coaching.blocked import blocked
from repetiteur.errors import NothingToJudge
from repetiteur.io.netcdf import write_netcdf
from repetiteur.rehearsal import recording_from_poses
from repetiteur.rehearsal.expressing import express
from repetiteur.report.exports import to_json
from repetiteur.report.expression import (
    axis_words,
    expression_json,
    finding_words,
    rows,
)
from repetiteur.synthetic.dancer import Dancer
from repetiteur.synthetic.demo import demo_phrase, demo_reference, demo_take
from repetiteur.synthetic.motion import Alteration
from repetiteur.synthetic.phrase import Phrase, dance
from repetiteur.synthetic.steps import demi_plie, fifth_position


def danced(*alterations, dancer=None, **how):
    return dance(demo_phrase(), dancer or Dancer(), alterations=alterations, **how)


def wider():
    """Arms higher by 25 degrees throughout."""
    return danced(
        *(
            Alteration(f"{s}_arm_height", 25.0, 1.0, 30.0, 0.5)
            for s in ("left", "right")
        )
    )


def recording(poses, name="take.nc"):
    return recording_from_poses(poses, name)


@pytest.fixture(scope="module")
def reference():
    return recording(demo_reference(), "reference.nc")


@pytest.fixture(scope="module")
def found(reference):
    return express(recording(wider()), [reference])


@pytest.fixture
def run(monkeypatch, capfd):
    return runner(monkeypatch, capfd)


def test_arms_that_are_carried_higher_are_told_and_nothing_of_the_legs(found):
    ids = {one.descriptor.id for one in found.body.findings}
    assert "arm_height" in ids
    assert not ids & {"knee_bend", "foot_spread", "verticality", "head_height"}
    higher = next(f for f in found.body.findings if f.descriptor.id == "arm_height")
    low, high = higher.told.difference.interval90
    assert higher.told.difference.floor < low <= high < 30.0


def test_itself_slower_smaller_and_turned_is_no_other(reference):
    other = danced(tempo=0.8, heading=70.0, fps=50.0)
    assert express(recording(other), [reference]).body.findings == ()


def test_what_several_casts_have_between_them_is_no_difference(found, reference):
    casts = [reference, recording(wider(), "cast.nc")]
    assert express(found.take, casts).body.findings == ()


def test_without_a_reference_it_needs_one(reference):
    found = express(reference, [])
    assert found.body.findings == found.body.courses == ()
    assert all("reference" in one.reason for one in found.body.not_judged)


def test_a_further_reference_that_is_another_dance_is_named(reference):
    time = demo_reference().sizes["time"]
    other = demo_reference().isel(time=slice(0, time // 6))
    still = replace(recording(other.isel(time=[0] * 200), "other.nc"))
    poses = still.poses.assign_coords(time=np.arange(200) / 60.0)
    with pytest.raises(NothingToJudge):
        express(reference, [reference, replace(still, poses=poses)])


def test_a_take_that_is_another_dance_is_named_with_what_is_needed(reference):
    other = Phrase.of(fifth_position("left"), *[demi_plie() for _ in range(6)])
    with pytest.raises(NothingToJudge) as refused:
        express(recording(dance(other), "warm_up.nc"), [reference])
    assert str(refused.value).startswith(
        "A comparison of expression needs one phrase, and warm_up.nc cannot be lined "
        "up with reference.nc. "
    )


@pytest.mark.parametrize("end_s", [6.5, 7.2])
def test_a_part_that_is_too_short_is_said_to_be_so(reference, end_s):
    """Both are seen, and nowhere long enough beside one another."""
    take = recording(demo_take())
    found = express(take.part(5.0, end_s), [reference.part(5.0, end_s)]).body
    assert found.courses == ()
    for one in found.not_judged:
        assert one.reason.startswith("It is told over 2 s in a row")
        assert one.how_to_film.startswith("Take a longer part of the phrase")
    assert express(take.part(5.0, 9.0), [reference.part(5.0, 9.0)]).body.courses


def test_words_say_what_how_much_and_when_and_no_feeling(found):
    said = [finding_words(one) for one in found.body.findings]
    said += [axis_words(one) for one in found.body.axes]
    assert any("Arms carried higher" in one or "arms" in one.lower() for one in said)
    for one in said:
        assert not blocked(one.replace("90 %", ""), "en"), one
        assert "emotion" not in one.lower()
    assert all("90 %" in one for one in said)


def test_the_document_has_all_of_it_and_no_field_of_feelings(found):
    document = json.loads(to_json(expression_json(found)))
    assert document["schema"] == "repetiteur.expression/1"
    assert {one["axis"] for one in document["axes"]} == {"energy", "opening"}
    assert len(document["qualities"]) == len(rows(found)) >= 12
    assert "face" not in document
    assert "emotion" not in json.dumps(document).lower()
    (first, *_) = document["findings"]
    assert first["difference"]["interval90"][0] <= first["difference"]["value"]
    assert set(first["take"]) == {"start_s", "end_s"}


def test_the_command(run, tmp_path):
    write_netcdf(wider(), tmp_path / "take.nc")
    write_netcdf(demo_reference(), tmp_path / "reference.nc")
    paths = [str(tmp_path / name) for name in ("take.nc", "reference.nc")]
    done = run("expression", paths[0], "--against", paths[1])
    assert done.returncode == 0, done.stderr
    assert "Height of the arms" in done.stdout
    assert "Energy:" in done.stdout
    several = run("expression", paths[0], "--against", paths[1], paths[0], "--json")
    assert several.returncode == 0, several.stderr
    assert len(json.loads(several.stdout)["references"]) == 2


def test_the_command_without_a_reference(run, tmp_path):
    write_netcdf(demo_reference(), tmp_path / "take.nc")
    done = run("expression", str(tmp_path / "take.nc"))
    assert done.returncode == 4
    assert "--against" in done.stderr
    loose = run("expression", str(tmp_path / "take.nc"), str(tmp_path / "take.nc"))
    assert loose.returncode == 2
