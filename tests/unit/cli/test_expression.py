"""The faces of `expression`: looked at where they can be, and else left alone."""

from dataclasses import replace
from pathlib import Path

import pytest

from commands import runner
from repetiteur.cli import expression as command
from repetiteur.errors import MissingWeights, NothingToJudge
from repetiteur.rehearsal import expressing
from repetiteur.track import weights
from unit.report import small_rehearsal as made


@pytest.fixture
def asked(monkeypatch, capfd, tmp_path):
    """A function that runs the command: whether it asked for faces, what it said."""

    def run(*words, installed=True):
        got = {}

        def express(*_, **options):
            got.update(options)
            raise NothingToJudge("That is enough.")

        def path_of(name):
            if not installed:
                raise MissingWeights(f"{name} is not installed.")
            return tmp_path / name

        seen = replace(made.rehearsal().take, video=Path("take.mp4"))
        monkeypatch.setattr(expressing, "express", express)
        monkeypatch.setattr(command, "recording", lambda *_, **__: seen)
        monkeypatch.setattr(weights, "path_of", path_of)
        run = runner(monkeypatch, capfd)
        done = run("expression", "a.mp4", "--against", "b.mp4", *words)
        assert done.returncode == 4
        return got["faces"], done.stderr

    return run


def test_faces_of_two_videos_are_looked_at(asked):
    faces, said = asked()
    assert faces is True
    assert "left alone" not in said


def test_who_has_no_networks_of_the_face_is_told_of_the_body(asked):
    faces, said = asked(installed=False)
    assert faces is False
    assert "The faces are left alone. face_mesh is not installed." in said


def test_who_asks_for_no_face_hears_nothing_of_it(asked):
    faces, said = asked("--no-face", installed=False)
    assert faces is False
    assert "face" not in said
