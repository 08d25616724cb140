"""Two videos of one dancer, with a face of some 75 pixels: told in the page alone."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from repetiteur.errors import MissingWeights
from repetiteur.rehearsal import recording_from_file, rehearse
from repetiteur.report.face_charts import face_section
from repetiteur.report.write import write_report
from repetiteur.track.weights import path_of

FACE = re.compile("brow|lips|lids|jaw|head_turn|gaze|mouth_width")


@pytest.fixture(scope="module")
def squats(test_data, tmp_path_factory):
    """A woman with glasses who squats, at 5 pictures a second, from the front."""
    try:
        path_of("face_mesh")
    except MissingWeights as error:
        pytest.skip(str(error))
    store = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("repetiteur.track.cache.cache_folder", lambda: store)
        yield recording_from_file(test_data / "video" / "pose_squats.mp4")


@pytest.fixture(scope="module")
def found(squats):
    """The whole of it beside a part of it."""
    return rehearse(squats.part(1.0, 11.0), squats, faces=True)


def test_of_a_part_its_own_frames_are_looked_at(found):
    face = found.expressed.face
    assert face.reference.time_s[0] == pytest.approx(1.0, abs=0.21)
    assert face.reference.time_s[-1] == pytest.approx(11.0, abs=0.21)
    assert face.take.time_s.size > face.reference.time_s.size
    assert np.isfinite(face.take.unit("lids_open")[0]).mean() > 0.8


def test_a_face_differs_in_nothing_from_itself(found):
    told = found.expressed.face.difference.over(0.0, 20.0)
    judged = [one for one in told if one.value is not None]
    assert len(judged) >= 8
    for one in judged:
        assert one.interval90[0] <= 0.0 <= one.interval90[1], one.name


def test_in_a_mirror_it_turns_the_other_way(found, squats):
    mirrored = rehearse(squats.unmirrored(), squats.unmirrored(), faces=True)
    own, other = found.expressed.face.take, mirrored.expressed.face.take
    for name, way in (("head_turn", -1.0), ("head_up", 1.0)):
        np.testing.assert_allclose(other.unit(name)[0], way * own.unit(name)[0])


def test_the_page_tells_of_it_and_no_file_beside_it(found, tmp_path):
    assert len(face_section(found.expressed.face).charts) == 6
    write_report(found, tmp_path, films=False)
    texts = {
        path.name: path.read_bytes().decode("utf-8", "replace")
        for path in tmp_path.iterdir()
    }
    assert "Inner brows" in texts.pop("report.html")
    assert [name for name, text in texts.items() if FACE.search(text)] == []


def test_nobody_looks_unless_asked(squats, monkeypatch, tmp_path):
    def look(*_, **__):
        raise AssertionError("nobody asked for the faces")

    monkeypatch.setattr("repetiteur.rehearsal.expressing.face_of", look)
    found = rehearse(squats, squats)
    assert found.expressed.face is None
    write_report(found, tmp_path, films=False)
    assert "Inner brows" not in (tmp_path / "report.html").read_text("utf-8")
    drawn = replace(squats, video=None)
    assert rehearse(drawn, drawn, faces=True).expressed.face is None
