"""Whether the faces are looked at: of two videos, unless somebody said otherwise."""

from dataclasses import replace
from pathlib import Path

import pytest

from commands import runner
from repetiteur import rehearsal
from repetiteur.cli import rehearse as command
from repetiteur.errors import MissingWeights, NothingToJudge
from repetiteur.track import weights
from unit.report import small_rehearsal as made


@pytest.fixture
def asked(monkeypatch, capfd, tmp_path):
    """A function that runs the command, and says what it asked for and what it said."""

    both = {"face_mesh", "face_detection"}

    def run(*words, videos=True, installed=both):
        got = {}

        def rehearse(*_, **options):
            got.update(options)
            raise NothingToJudge("That is enough.")

        def path_of(name):
            if name not in installed:
                raise MissingWeights(f"{name} is not installed.")
            return tmp_path / name

        one = made.rehearsal().take
        seen = replace(one, video=Path("take.mp4") if videos else None)
        monkeypatch.setattr(rehearsal, "rehearse", rehearse)
        monkeypatch.setattr(command, "recording", lambda *_, **__: seen)
        monkeypatch.setattr(weights, "path_of", path_of)
        done = runner(monkeypatch, capfd)("rehearse", "a.mp4", "b.mp4", *words)
        assert done.returncode == 4
        return got, done.stderr

    return run


def test_faces_of_two_videos_are_looked_at(asked):
    got, _ = asked()
    assert got["faces"] is True
    assert callable(got["progress"])


@pytest.mark.parametrize("words", [["--no-face"], ["--blur-faces"]])
def test_who_says_so_leaves_them_alone(asked, words):
    got, said = asked(*words)
    assert got["faces"] is False
    assert "faces" not in said


def test_motion_files_have_none(asked):
    got, said = asked(videos=False, installed=())
    assert got["faces"] is False
    assert "faces" not in said


def test_what_is_not_installed_is_said_and_no_obstacle(asked):
    got, said = asked(installed=())
    assert got["faces"] is False
    assert "The faces are left alone. face_mesh is not installed." in said


@pytest.mark.parametrize("lacking", ["face_mesh", "face_detection"])
def test_a_face_needs_both_of_its_networks(asked, lacking):
    got, said = asked(installed={"face_mesh", "face_detection"} - {lacking})
    assert got["faces"] is False
    assert f"{lacking} is not installed." in said


def test_a_take_that_is_named_twice_is_wrong_usage(monkeypatch, capfd, tmp_path):
    run = runner(monkeypatch, capfd)
    twice = tmp_path / "other" / ".." / "take.mp4"
    (tmp_path / "other").mkdir()
    for more in (["--also", twice], ["--also", "c.mp4", "--also", "c.mp4"]):
        done = run("rehearse", "a.mp4", tmp_path / "take.mp4", *more)
        assert done.returncode == 2
        assert "is named twice" in done.stderr


def test_help_names_it(monkeypatch, capfd):
    done = runner(monkeypatch, capfd)("rehearse", "--help")
    assert "--no-face" in done.stdout
