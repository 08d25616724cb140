"""Parsers of untrusted files, each run in a process of its own with limits.

A C library that is given a spoilt header may never return, take all memory or crash.
:func:`limited` lets that happen to a child process, and turns it into one clear error.

The child is a fresh interpreter, started without a fork (safe beside threads, the same
on every system). It may be in the hands of whoever made the file, so nothing that it
sends is unpickled: numbers come as raw bytes, and all else as JSON.
"""

from __future__ import annotations

import json
import math
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import IO, Any, NoReturn, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from repetiteur.errors import (
    DamagedFile,
    InvalidPoses,
    RepetiteurError,
    UnknownFormat,
    UnreadableRecording,
)

__all__ = ["DAMAGE", "limited"]

T = TypeVar("T")

# What libraries raise on content that is not what it should be.
DAMAGE = (
    OSError, ValueError, LookupError, RuntimeError, TypeError, AttributeError,
    ArithmeticError, AssertionError, MemoryError,
)  # fmt: skip

_STARTED = b"started\n"
_MAX_TEXT = 16 << 20
_NO_ROOM = 74  # the exit code of a child that cannot store its result
_DTYPE = re.compile(r"[<>|]?[biufS][1-9][0-9]{0,5}")
_BOOT = (
    "import json, sys; order = json.loads(sys.argv[1]); sys.path[:] = order.pop(); "
    "from repetiteur.io._limited import _serve; _serve(*order)"
)
# One thread, since the threads of a BLAS reserve memory; no HDF5 plugins from a folder.
ENVIRONMENT = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "HDF5_PLUGIN_PRELOAD": "::",
}
_ERRORS = {
    kind.__name__: kind
    for kind in (DamagedFile, UnknownFormat, UnreadableRecording, InvalidPoses)
}


def limited(
    function: Callable[[Path], T],
    path: str | Path,
    *,
    seconds: float = 30.0,
    memory_mb: int = 4096,
) -> T:
    """Call ``function(path)`` in a process with limits on time and memory.

    Parameters
    ----------
    function : callable
        A function of a module that can be imported; its import should be cheap, since
        it is paid at each call. It returns None, truth values, numbers, text, arrays
        of numbers or of bytes, and lists, tuples and dicts with text as keys of these.
    path : str or Path
        The file to parse.
    seconds : float
        Time from the start of the process to its end.
    memory_mb : int
        Address space of the process, in MB, and the largest result. Windows knows no
        such limit, and macOS does not keep it.

    Returns
    -------
    object
        What the function returned; arrays are the same bit by bit.

    Raises
    ------
    DamagedFile
        When the function raises anything, crashes, takes too long or too much memory.
    UnreadableRecording
        When the function raises it (or another error of a recording), or no process
        can be started.

    Examples
    --------
    >>> from repetiteur.io.files import sha256_of
    >>> empty = getfixture("tmp_path") / "empty"
    >>> empty.touch()
    >>> limited(sha256_of, empty)[:16]
    'e3b0c44298fc1c14'
    """
    file = Path(path)
    order = [_address(function), str(file), seconds, memory_mb, sys.path]
    with tempfile.TemporaryFile() as sent:
        process = _start(json.dumps(order), sent, file)
        try:
            code = process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            raise too_slow(file, seconds) from None
        finally:
            process.kill()
            process.wait()
        if -code in _signals("SIGXCPU", "SIGALRM"):
            raise too_slow(file, seconds)
        answer = _received(sent, code, file)
    if "error" in answer:
        refuse(answer["error"], file, memory_mb)
    return cast(T, answer["value"])


def _address(function: Callable[[Path], object]) -> str:
    name = f"{function.__module__}:{function.__qualname__}"
    if function.__module__ == "__main__" or "<" in name:
        raise TypeError(
            f"limited() needs a function of a module that can be imported, and {name} "
            "is not. Move it to the top of a module."
        )
    return name


def _start(order: str, sent: IO[bytes], file: Path) -> subprocess.Popen[bytes]:
    isolated = "-I" if sys.flags.isolated else "-P"  # the current folder is not trusted
    try:
        return subprocess.Popen(
            [sys.executable, isolated, "-c", _BOOT, order],
            stdin=subprocess.DEVNULL,
            stdout=sent,
            stderr=subprocess.DEVNULL,
            env=os.environ | ENVIRONMENT,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as error:
        raise not_started(file, error.strerror or str(error)) from error


def not_started(file: Path, why: str) -> UnreadableRecording:
    return UnreadableRecording(
        f"{file.name} needs to be read in a Python process of its own, and none could "
        f"be started: {why}. Close other programs, or install repetiteur again."
    )


def too_slow(file: Path, seconds: float) -> DamagedFile:
    return DamagedFile(
        f"{file.name} needs to be readable within {seconds:g} seconds, and was not: it "
        "is damaged, or far too large. Copy or write it again."
    )


def broken_off(file: Path, why: str) -> DamagedFile:
    return DamagedFile(
        f"{file.name} needs to be whole, and the library that reads it broke off: "
        f"{why}. Copy or write it again."
    )


def refuse(error: object, file: Path, memory_mb: int) -> NoReturn:
    """Raise what the child reported."""
    kind, text = error if isinstance(error, list) and len(error) == 2 else ("", "")
    if kind == MemoryError.__name__:
        raise DamagedFile(
            f"{file.name} needs to be readable with {memory_mb} MB of memory, and asks "
            "for more: it is damaged, or far too large. Copy it again, or in parts."
        )
    words = "".join(c if c.isprintable() else " " for c in str(text)[:2000])
    if isinstance(kind, str) and kind in _ERRORS:
        raise _ERRORS[kind](words)
    raise broken_off(file, words)


def _received(sent: IO[bytes], code: int, file: Path) -> dict[str, Any]:
    """The answer of a child that has ended, every length in it checked."""
    size = sent.seek(0, os.SEEK_END)
    sent.seek(0)
    if code == _NO_ROOM:
        raise OSError(None, "the temporary folder has no room for what it holds")
    if sent.read(len(_STARTED)) != _STARTED:
        raise not_started(file, f"it ended with {ending(code)}")
    if code != 0:
        raise broken_off(file, ending(code))
    try:
        length = int.from_bytes(sent.read(8), "little")
        if length > min(size, _MAX_TEXT):
            raise ValueError("more text than there may be")
        text, headers = json.loads(sent.read(length))
        arrays = [_array(sent, size, *header) for header in headers]
        answer = _unpacked(text, arrays)
        if not isinstance(answer, dict) or len(answer.keys() & {"value", "error"}) != 1:
            raise ValueError("neither a value nor an error")
    except DAMAGE as error:
        raise broken_off(file, "its answer is garbled") from error
    return answer


def ending(code: int) -> str:
    with suppress(ValueError):
        if code < 0:
            return signal.Signals(-code).name
    return f"exit code {code}"


def _signals(*names: str) -> set[int]:
    """Those of these signals that this system has."""
    return {int(getattr(signal, name)) for name in names if hasattr(signal, name)}


def _array(
    sent: IO[bytes], size: int, dtype: str, shape: list[int]
) -> NDArray[np.generic]:
    """The next array; it takes no memory before it is known to be there."""
    if not _DTYPE.fullmatch(dtype) or not all(type(n) is int and n >= 0 for n in shape):
        raise ValueError("no dtype, or no shape")
    kind = np.dtype(dtype)
    length = math.prod(shape) * kind.itemsize
    if length > size - sent.tell():
        raise ValueError("less than was announced")
    raw = np.empty(length, np.uint8)
    sent.readinto(raw)  # type: ignore[attr-defined]
    return raw.view(kind).reshape(shape)


def _unpacked(packed: object, arrays: list[NDArray[np.generic]]) -> object:
    """The inverse of :func:`_packed`."""
    if isinstance(packed, list):
        return [_unpacked(item, arrays) for item in packed]
    if not isinstance(packed, dict):
        return packed
    ((kind, content),) = packed.items()
    if kind == "array":
        return arrays[content]
    if kind == "tuple":
        return tuple(_unpacked(item, arrays) for item in content)
    return {str(name): _unpacked(item, arrays) for name, item in content.items()}


# What follows runs in the child.


def _serve(address: str, path: str, seconds: float, memory_mb: int) -> NoReturn:
    """Answer one call on standard output, which then leads nowhere, and end."""
    sent = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    limit(seconds, memory_mb)
    module, _, name = address.partition(":")
    arrays: list[NDArray[np.generic]] = []
    try:
        sent.write(_STARTED)
        sent.flush()
        answer = _called(module, name, Path(path), arrays)
        code = _send(sent, answer, arrays)
    except OSError:
        code = _NO_ROOM
    os._exit(code)  # destructors of a broken library may hang, so they are not run


def _called(
    module: str, name: str, path: Path, arrays: list[NDArray[np.generic]]
) -> object:
    """What the function gives, packed, or what it raises, whatever that is."""
    try:
        function = getattr(import_module(module), name)
    except ImportError as error:
        why = f"{path.name} needs {module} to be read, and it cannot be loaded: {error}"
        text = f"{why}. Install repetiteur again."
        return _packed({"error": [UnreadableRecording.__name__, text]}, [])
    try:
        return _packed({"value": function(path)}, arrays)
    except RepetiteurError as error:
        kind, text = type(error).__name__, str(error)
    except Exception as error:  # noqa: BLE001 - the border between two processes
        kind = type(error).__name__
        text = f"{kind}: {error}"[:200]
    arrays.clear()
    return _packed({"error": [kind, text]}, [])


def limit(seconds: float, memory_mb: int) -> None:
    """Bind this process, as far as the system can."""
    if hasattr(signal, "alarm"):  # should the parent be gone
        signal.alarm(math.ceil(seconds) + 1)
    if sys.platform == "win32":
        return
    import resource

    limits = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_CPU: math.ceil(seconds) + 1,
        resource.RLIMIT_AS: memory_mb << 20,
        resource.RLIMIT_FSIZE: memory_mb << 20,
    }
    for kind, most in limits.items():
        with suppress(ValueError, OSError):
            _, hard = resource.getrlimit(kind)
            bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(kind, (bound, bound))


def _packed(value: object, arrays: list[NDArray[np.generic]]) -> object:
    """A value as JSON can hold it; its arrays are put into a list."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, list):
        return [_packed(item, arrays) for item in value]
    if isinstance(value, tuple):
        return {"tuple": [_packed(item, arrays) for item in value]}
    if isinstance(value, dict) and all(isinstance(name, str) for name in value):
        return {"dict": {name: _packed(item, arrays) for name, item in value.items()}}
    if isinstance(value, np.ndarray) and value.dtype.kind in "biufS":
        arrays.append(value)
        return {"array": len(arrays) - 1}
    raise TypeError(f"a {type(value).__name__} cannot be sent")


def _send(sent: IO[bytes], answer: object, arrays: list[NDArray[np.generic]]) -> int:
    headers = [[array.dtype.str, list(array.shape)] for array in arrays]
    text = json.dumps([answer, headers]).encode()
    sent.write(len(text).to_bytes(8, "little") + text)
    for array in arrays:
        sent.write(np.ascontiguousarray(array).reshape(-1).view(np.uint8).data)
    sent.close()
    return 0
