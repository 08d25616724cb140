"""Long work on an untrusted file in a process with limits, its rows as they come.

Where :func:`repetiteur.io._limited.limited` gives one answer, :func:`streamed` gives
rows of numbers while the work goes on, so that progress can be shown and what is done
be kept. The same holds: nothing that the child sends is unpickled.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import IO, NoReturn

import numpy as np
from numpy.typing import NDArray

from repetiteur.errors import RepetiteurError, UnreadableRecording
from repetiteur.io import _limited
from repetiteur.io._limited import broken_off, ending, not_started, refuse, too_slow

__all__ = ["streamed"]

Rows = NDArray[np.float32]
Work = Callable[[Path, Mapping[str, object]], Iterator[Rows]]

_BOOT = (
    "import json, sys; order = json.loads(sys.stdin.readline()); "
    "sys.path[:] = order.pop(); "
    "from repetiteur.io._streamed import _serve; _serve(*order)"
)
_MAX_ERROR = 1 << 16


def streamed(
    work: Work,
    path: str | Path,
    order: Mapping[str, object],
    *,
    width: int,
    stall_s: float = 60.0,
    seconds: float = 3600.0,
    memory_mb: int = 4096,
) -> Generator[Rows, None, None]:
    """Rows that ``work(path, order)`` yields in a process of its own.

    Parameters
    ----------
    work : callable
        A function of a module that can be imported; yields (width,) float32.
    path : str or Path
        The file to work on.
    order : mapping
        What else it needs to know, as JSON can say it.
    width : int
        Numbers in a row.
    stall_s : float
        Longest time without a row.
    seconds, memory_mb : float, int
        Processor time of the process, and its address space.

    Yields
    ------
    (width,) float32
        As soon as they come. Closing the iterator ends the process.

    Raises
    ------
    DamagedFile
        When the work raises anything, crashes, stalls or takes too much.
    UnreadableRecording
        When the work raises it (or another error of a recording), or no process can
        be started.
    """
    file = Path(path)
    address = f"{work.__module__}:{work.__qualname__}"
    told = [address, str(file), dict(order), seconds, memory_mb, sys.path]
    process = _start(json.dumps(told), file)
    assert process.stdout is not None
    watch = _Watch(process, stall_s)
    try:
        yield from _rows(process.stdout, width, watch)
        code = process.wait()
    finally:
        watch.stop()
        process.kill()
        process.wait()
        process.stdout.close()
        said = _said(process)
    if watch.stalled:
        raise too_slow(file, stall_s)
    if said:
        refuse(said, file, memory_mb)
    if code != 0:
        raise broken_off(file, ending(code))


def _start(told: str, file: Path) -> subprocess.Popen[bytes]:
    try:
        process = subprocess.Popen(
            [sys.executable, "-I" if sys.flags.isolated else "-P", "-c", _BOOT],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=os.environ | _limited.ENVIRONMENT,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as error:
        raise not_started(file, error.strerror or str(error)) from error
    assert process.stdin is not None
    with suppress(BrokenPipeError), process.stdin as entry:
        entry.write(told.encode() + b"\n")
    return process


class _Watch:
    """Kills a process that sends nothing for too long."""

    def __init__(self, process: subprocess.Popen[bytes], stall_s: float) -> None:
        self.stalled = False
        self._process = process
        self._stall_s = stall_s
        self._fed = threading.Event()
        self._over = False
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def feed(self) -> None:
        self._fed.set()

    def stop(self) -> None:
        self._over = True
        self._fed.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._over:
            if not self._fed.wait(self._stall_s):
                self.stalled = True
                self._process.kill()
                return
            self._fed.clear()


def _rows(sent: IO[bytes], width: int, watch: _Watch) -> Iterator[Rows]:
    size = 4 * width
    while len(raw := sent.read(size)) == size:
        watch.feed()
        yield np.frombuffer(raw, dtype="<f4")


def _said(process: subprocess.Popen[bytes]) -> object:
    """The error that the child told, if it did; nothing of it is trusted."""
    assert process.stderr is not None
    with process.stderr as sent:
        text = sent.read(_MAX_ERROR)
    with suppress(ValueError, RecursionError):
        return json.loads(text) if text else None
    return None


# What follows runs in the child.


def _serve(
    address: str,
    path: str,
    order: Mapping[str, object],
    seconds: float,
    memory_mb: int,
) -> NoReturn:
    """Send rows on standard output, an error on standard error, and end."""
    sent, told = (os.fdopen(os.dup(stream), "wb") for stream in (1, 2))
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    _limited.limit(seconds, memory_mb)
    module, _, name = address.partition(":")
    code = 0
    try:
        for row in getattr(import_module(module), name)(Path(path), order):
            sent.write(np.ascontiguousarray(row, dtype="<f4").data)
            sent.flush()
    except BrokenPipeError:
        pass  # nobody listens any more
    except Exception as error:  # noqa: BLE001 - the border between two processes
        told.write(json.dumps(_report(error, Path(path))).encode())
        told.flush()
        code = 1
    os._exit(code)  # destructors of a broken library may hang, so they are not run


def _report(error: Exception, path: Path) -> list[str]:
    if isinstance(error, RepetiteurError):
        return [type(error).__name__, str(error)]
    if isinstance(error, ImportError):
        text = f"{path.name} needs a library to be read that cannot be loaded: {error}"
        return [UnreadableRecording.__name__, f"{text}. Install repetiteur again."]
    return [type(error).__name__, f"{type(error).__name__}: {error}"[:200]]
