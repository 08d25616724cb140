"""Commands, run as their script does, in this process: starting one takes seconds."""

from __future__ import annotations

import sys
from typing import NamedTuple

import pytest

from repetiteur.cli import main as cli


class Done(NamedTuple):
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str


def runner(monkeypatch, capfd):
    """A function that runs a command: ``run("measure", path)``."""

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["repetiteur", *map(str, words)])
        with pytest.raises(SystemExit) as left:
            cli.main()
        said = capfd.readouterr()
        return Done(int(left.value.code or 0), said.out, said.err)

    return run
