"""A parser that hangs, crashes or takes all memory harms only its own process."""

from __future__ import annotations

import _thread
import importlib
import io
import json
import os
import signal
import sys
import threading
import time

import numpy as np
import pytest

from repetiteur.errors import DamagedFile, InvalidPoses, UnreadableRecording
from repetiteur.io import _limited
from repetiteur.io._limited import limited

PARSERS = """
import os, signal, sys, time
import numpy as np
from repetiteur.errors import DamagedFile, InvalidPoses, UnreadableRecording

def sleeps(path):
    path.write_text(str(os.getpid()))
    time.sleep(60)

def spins(path):
    while True:
        pass

def aborts(path):
    os.abort()

def is_killed(path):
    os.kill(os.getpid(), signal.SIGKILL)

def leaves(path):
    sys.exit(3)

def ends(path):
    os._exit(0)

def hogs(path):
    kept = []
    while True:
        kept.append(np.ones(1 << 26))

def raises(path):
    raise KeyError("odd\\n\\x1b[31mheader" + "!" * 1000)

def refuses(path):
    raise DamagedFile("one clear line")

def refuses_otherwise(path):
    raise UnreadableRecording("say --fps")

def refuses_data(path):
    raise InvalidPoses("no frame")

def chatters(path):
    print("out")
    print("err", file=sys.stderr)
    os.write(1, b"C prints too")
    os.write(2, b"and complains")
    return "quiet"

def sends_an_object(path):
    return object()

def sends_objects(path):
    return np.array([object()])

def sends_long_text(path):
    return "x" * (17 << 20)

def sends_too_much(path):
    return np.zeros(1 << 28, np.uint8)

def knows_itself(path):
    import repetiteur.io._hdf5
    heavy = {"xarray", "pandas", "numba", "scipy", "h5netcdf", "typer"}
    return [os.getpid(), sorted(heavy & set(sys.modules)), os.getcwd() in sys.path]

def all_kinds(path):
    odd = np.array([0x7FF8000000000123, 0xFFF0000000000000], np.uint64)
    return {
        "arrays": [
            odd.view(np.float64),
            np.array([[1, -2], [3, 4]], ">i2"),
            np.asfortranarray(np.arange(6, dtype=np.float32).reshape(2, 3)),
            np.zeros((0, 3)),
            np.array(7, np.uint8),
            np.array([True, False]),
            np.array([b"ab", b"c"]),
            np.arange(10)[::3],
        ],
        "rest": (None, True, 3, 0.1, float("inf"), "Benoît\\n", "\\udcff", [], {}, ()),
        "path": str(path),
    }
"""


@pytest.fixture
def parsers(tmp_path, monkeypatch):
    (tmp_path / "some_parsers.py").write_text(PARSERS, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield importlib.import_module("some_parsers")
    del sys.modules["some_parsers"]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "täke \udcff.dat" if os.name == "posix" else tmp_path / "take"


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_what_is_returned_comes_back_bit_by_bit(parsers, path):
    there, here = limited(parsers.all_kinds, path), parsers.all_kinds(path)
    for got, expected in zip(there.pop("arrays"), here.pop("arrays"), strict=True):
        assert got.dtype == expected.dtype
        assert got.shape == expected.shape
        assert got.tobytes() == expected.tobytes()
        assert got.flags.writeable
    assert there == here


def test_the_child_is_another_process_and_loads_little(parsers, path):
    pid, heavy, cwd = limited(parsers.knows_itself, path)
    assert pid != os.getpid()
    assert heavy == []
    assert cwd == (os.getcwd() in sys.path)  # noqa: PTH109
    assert gone(pid)


@pytest.mark.parametrize("name", ["sleeps", "spins"])
def test_a_hang_ends_in_time(parsers, path, name):
    start = time.monotonic()
    with pytest.raises(DamagedFile, match=r"within 1\.5 seconds") as caught:
        limited(getattr(parsers, name), path, seconds=1.5)
    assert 1.4 < time.monotonic() - start < 10
    assert "\n" not in str(caught.value)
    if name == "sleeps":
        assert gone(int(path.read_text()))


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("aborts", "SIGABRT"), ("is_killed", "SIGKILL"), ("leaves", "exit code 3"),
        ("ends", "its answer is garbled"), ("sends_long_text", "its answer is garbled"),
        ("sends_an_object", "a object cannot be sent"),
        ("sends_objects", "a ndarray cannot be sent"),
    ],
)  # fmt: skip
@pytest.mark.skipif(os.name != "posix", reason="Windows has other names for a crash")
def test_a_crash_is_a_damaged_file(parsers, path, name, why):
    with pytest.raises(DamagedFile, match=f"broke off: .*{why}"):
        limited(getattr(parsers, name), path)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps this limit")
def test_memory_is_limited(parsers, path):
    with pytest.raises(DamagedFile, match="1024 MB of memory"):
        limited(parsers.hogs, path, memory_mb=1024)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps this limit")
def test_a_result_that_cannot_be_stored(parsers, path, monkeypatch):
    limit = _limited._BOOT.replace(
        "_serve(*order)",
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20,) * 2); "
        "_serve(*order)",
    )
    monkeypatch.setattr(_limited, "_BOOT", limit)
    with pytest.raises(OSError, match="no room"):
        limited(parsers.sends_too_much, path)


def test_errors_of_the_parser(parsers, path):
    with pytest.raises(DamagedFile, match=r"^one clear line$"):
        limited(parsers.refuses, path)
    with pytest.raises(UnreadableRecording, match=r"^say --fps$") as caught:
        limited(parsers.refuses_otherwise, path)
    assert not isinstance(caught.value, DamagedFile)
    with pytest.raises(InvalidPoses, match=r"^no frame$"):
        limited(parsers.refuses_data, path)
    with pytest.raises(DamagedFile, match="broke off: KeyError") as damaged:
        limited(parsers.raises, path)
    assert "\n" not in str(damaged.value)
    assert "\x1b" not in str(damaged.value)
    assert len(str(damaged.value)) < 400


def test_nothing_is_printed(parsers, path, capfd):
    assert limited(parsers.chatters, path) == "quiet"
    with pytest.raises(DamagedFile):
        limited(parsers.aborts, path)
    assert capfd.readouterr() == ("", "")


@pytest.fixture
def interruptible():
    """Tests that a shell runs in the background are begun with interrupts ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_an_interrupt_leaves_no_process(parsers, path):
    def interrupt() -> None:
        while not (path.exists() and path.read_text()):
            time.sleep(0.01)
        _thread.interrupt_main()

    waiting = threading.Thread(target=interrupt)
    waiting.start()
    with pytest.raises(KeyboardInterrupt):
        limited(parsers.sleeps, path)
    waiting.join()
    assert gone(int(path.read_text()))


def test_many_at_once(parsers, path):
    found: list[int] = []
    threads = [
        threading.Thread(
            target=lambda: found.append(limited(parsers.knows_itself, path)[0])
        )
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 4


def test_a_function_that_no_other_process_can_find(path):
    with pytest.raises(TypeError, match="top of a module"):
        limited(lambda _: None, path)


def test_a_module_that_cannot_be_loaded(parsers, path):
    parsers.leaves.__module__ = "no_such_module"
    with pytest.raises(UnreadableRecording, match=r"no_such_module.*Install"):
        limited(parsers.leaves, path)


def test_no_process_to_be_had(parsers, path, monkeypatch):
    monkeypatch.setattr(sys, "executable", str(path / "python"))
    with pytest.raises(UnreadableRecording, match="could be started: No such file"):
        limited(parsers.chatters, path)
    monkeypatch.undo()
    monkeypatch.setattr(_limited, "_BOOT", "raise SystemExit(5)")
    with pytest.raises(UnreadableRecording, match="exit code 5"):
        limited(_limited._serve, path)


def answer(value: object, headers: object, raw: bytes = b"") -> bytes:
    text = json.dumps([value, headers]).encode()
    return len(text).to_bytes(8, "little") + text + raw


GOOD = {"dict": {"value": {"array": 0}}}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff" * 8,
        answer(GOOD, []),
        answer(GOOD, [["<f8", [2]]], bytes(15)),
        answer(GOOD, [["<f8", [1 << 62, 1 << 62]]], bytes(16)),
        answer(GOOD, [["<f8", [-1]]], bytes(16)),
        answer(GOOD, [["<f8", [1.0]]], bytes(16)),
        answer(GOOD, [["<f8", [True]]], bytes(16)),
        answer(GOOD, [["|O8", [1]]], bytes(16)),
        answer(GOOD, [["<f7", [1]]], bytes(16)),
        answer(GOOD, [[["<f8"], [1]]], bytes(16)),
        answer(GOOD, [["<f8"]], bytes(16)),
        answer({"dict": {}}, []),
        answer({"dict": {"value": 1, "error": 1}}, []),
        answer({"dict": 1}, []),
        answer({}, []),
        answer([1], []),
        b"\x00\x00\x01" + bytes(5) + b"[" * 65536,
    ],
    ids=range(18),
)
def test_an_answer_that_is_not_ours(tmp_path, content):
    sent = io.BytesIO(b"started\n" + content)
    with pytest.raises(DamagedFile, match="garbled"):
        _limited._received(sent, 0, tmp_path)


def test_an_answer_that_is_ours(tmp_path):
    raw = np.array([1.0, np.nan]).tobytes()
    sent = io.BytesIO(b"started\n" + answer(GOOD, [["<f8", [2]]], raw))
    assert _limited._received(sent, 0, tmp_path)["value"].tobytes() == raw


@pytest.mark.parametrize("error", [None, [], [[], "x"], ["Other", 3], {"a": 1}])
def test_an_error_that_is_not_ours(tmp_path, error):
    with pytest.raises(DamagedFile, match="broke off"):
        _limited.refuse(error, tmp_path, 1)
