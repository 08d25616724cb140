"""Long work in a limited process: rows, errors, crashes, stalls, and leaving early."""

from __future__ import annotations

import itertools
import os
import signal
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from repetiteur.errors import DamagedFile, UnreadableRecording
from repetiteur.io._streamed import streamed


def count(path: Path, order: dict) -> Iterator[np.ndarray]:
    for number in range(order["rows"]):
        yield np.array([number, os.getpid()], np.float32)
    if how := order.get("then"):
        _THEN[how]()


def _raise() -> None:
    raise ValueError("a spoilt header")


def _refuse() -> None:
    raise UnreadableRecording("It needs a dancer.")


_THEN = {
    "raise": _raise,
    "refuse": _refuse,
    "crash": lambda: os.kill(os.getpid(), signal.SIGSEGV),
    "hang": lambda: time.sleep(600),
    "leave": lambda: os._exit(7),
    "eat": lambda: bytearray(1 << 40),
}


def forever(path: Path, order: dict) -> Iterator[np.ndarray]:
    Path(order["pid"]).write_text(str(os.getpid()))
    for number in itertools.count():
        yield np.array([number, 0.0], np.float32)
        time.sleep(0.01)


@pytest.fixture
def path_of_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    """The child finds this module by the name under which it is imported."""
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    for work in (count, forever):
        monkeypatch.setattr(work, "__module__", Path(__file__).stem)


pytestmark = pytest.mark.usefixtures("path_of_tests")


def test_rows_come_in_order() -> None:
    rows = list(streamed(count, "x", {"rows": 500}, width=2))
    assert [int(row[0]) for row in rows] == list(range(500))
    assert int(rows[0][1]) != os.getpid()


@pytest.mark.parametrize(
    ("how", "kind", "words"),
    [
        ("raise", DamagedFile, "a spoilt header"),
        ("refuse", UnreadableRecording, "It needs a dancer."),
        ("crash", DamagedFile, "SIGSEGV"),
        ("leave", DamagedFile, "exit code 7"),
        ("eat", DamagedFile, "memory"),
    ],
)
def test_what_goes_wrong_is_one_error_after_the_rows(
    how: str, kind: type[Exception], words: str
) -> None:
    work = streamed(count, "x.mp4", {"rows": 3, "then": how}, width=2)
    assert [int(next(work)[0]) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(kind, match=words):
        next(work)


def test_a_child_that_says_nothing_is_ended() -> None:
    work = streamed(count, "x", {"rows": 1, "then": "hang"}, width=2, stall_s=3.0)
    next(work)
    with pytest.raises(DamagedFile, match="within 3 seconds"):
        next(work)


def test_leaving_early_leaves_no_process(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    with closing(streamed(forever, "x", {"pid": str(pid)}, width=2)) as work:
        next(work)
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)


def test_a_child_whose_listener_is_gone_ends_by_itself(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    work = streamed(forever, "x", {"pid": str(pid)}, width=2)
    next(work)
    work.gi_frame.f_locals["process"].stdout.close()
    child = work.gi_frame.f_locals["process"]
    assert child.wait(timeout=20) == 0
    work.close()
