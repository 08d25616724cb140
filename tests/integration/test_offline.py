"""The commands run where no name can be looked up, and look none up."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import guard

TESTS = Path(__file__).parents[1]


def _cut_off():
    """The words that start a program without any network, where that is allowed."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return []
    words = [unshare, "--map-root-user", "--net"]
    tried = subprocess.run([*words, "true"], capture_output=True, check=False)
    return words if tried.returncode == 0 else []


@pytest.fixture(scope="module")
def guarded(tmp_path_factory):
    """Run a program behind the guard, in it and in every Python that it starts."""
    folder = tmp_path_factory.mktemp("guarded")
    (folder / "sitecustomize.py").write_text("import guard; guard.stand_for_good()\n")
    environment = {**os.environ, "PYTHONPATH": f"{folder}{os.pathsep}{TESTS}"}
    before = _cut_off()

    def run(*words, cwd=None):
        return subprocess.run(
            [*before, sys.executable, *words], env=environment, cwd=cwd,
            capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip

    return run


def test_the_guard_stands(guarded):
    done = guarded("-c", "import socket; socket.getaddrinfo('example.org', 443)")
    assert done.returncode == guard.LEFT
    assert "socket.getaddrinfo" in done.stderr


@pytest.mark.parametrize(
    "words", [["--help"], ["doctor"], ["models", "list"], ["demo"]]
)
def test_commands_ask_nobody(guarded, tmp_path, words):
    done = guarded("-m", "repetiteur", *words, cwd=tmp_path)
    # The doctor may find that something is missing here; it still asks nobody.
    assert done.returncode in ((0, 1) if words == ["doctor"] else (0,)), done.stderr
    assert "the network was asked" not in done.stderr
    assert done.stdout
