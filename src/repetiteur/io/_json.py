"""JSON from elsewhere: bounded before it is read, and numbers taken out of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray

from repetiteur.errors import DamagedFile
from repetiteur.io.files import reason

__all__ = ["numbers", "one_line", "opening", "parsed", "read_json"]

Array = NDArray[np.float64]

MAX_BYTES = 256 << 20
# In memory a number takes some 32 bytes, and a list or an object up to some hundred.
_MAX_NUMBERS = 40_000_000
_MAX_NESTS = 5_000_000
_MAX_NAME = 200
_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


def opening(head: bytes) -> str:
    r"""The text that a file begins with, without its byte order mark; never raises.

    Examples
    --------
    >>> opening('{"people"'.encode("utf-16")), opening(b"\xff\xfe\xd8")
    ('{"people"', '')
    """
    mark, encoding = _encoding(head)
    return head[len(mark) :].decode(encoding, errors="ignore").lstrip()


def read_json(path: Path, *, most: int = MAX_BYTES) -> Any:
    """What stands in a JSON file.

    Parameters
    ----------
    path : Path
    most : int
        The largest file that is read, bytes.

    Raises
    ------
    DamagedFile
        When it is larger, or is not JSON, or holds more than fits into memory.
    """
    if path.stat().st_size > most:
        raise DamagedFile(
            f"A JSON file of poses needs to be below {most / 2**20:g} MiB, and "
            f"{path.name} is larger. Export it in parts."
        )
    return parsed(path.read_bytes(), path.name)


def parsed(data: bytes, name: str) -> Any:
    """The value that JSON stands for.

    Parameters
    ----------
    data : bytes
        UTF-8, or UTF-16 with a byte order mark. ``NaN`` is read, as many write it.
    name : str
        Of the file, for messages.

    Raises
    ------
    DamagedFile
        When it is not JSON, or nested too deep, or too much.

    Examples
    --------
    >>> parsed(b'{"fps": 25, "x": [null, NaN]}', "a.json")
    {'fps': 25, 'x': [None, nan]}
    """
    mark, encoding = _encoding(data)
    # UTF-16 has a zero byte beside each of these, and they are counted all the same.
    nests, values = data.count(b"[") + data.count(b"{"), data.count(b",")
    if nests > _MAX_NESTS or values > _MAX_NUMBERS:
        raise DamagedFile(
            f"A JSON file of poses needs to be of at most {_MAX_NESTS:,} lists and "
            f"{_MAX_NUMBERS:,} values, and {name} has {nests:,} and {values:,}. "
            "Export it in parts."
        )
    try:
        return json.loads(data[len(mark) :].decode(encoding))
    except RecursionError:
        _not_json(name, "is nested too deep")
    except (ValueError, MemoryError) as error:
        _not_json(name, f"is broken or cut short: {reason(error)[:120]}")


def _encoding(data: bytes) -> tuple[bytes, str]:
    return next(
        ((mark, name) for mark, name in _MARKS.items() if data.startswith(mark)),
        (b"", "utf-8"),
    )


def _not_json(name: str, came: str) -> NoReturn:
    text = f"A file that begins as JSON needs to be JSON to its end, and {name} {came}"
    raise DamagedFile(f"{text}. Export or copy it again.")


def numbers(value: Any) -> Array:
    """Nested lists of numbers as an array; null is NaN.

    Parameters
    ----------
    value : object
        As JSON gave it.

    Returns
    -------
    (...) float

    Raises
    ------
    ValueError
        When the lists are ragged, or hold something else than numbers and null.

    Examples
    --------
    >>> numbers([[1, None], [0.5, -2]]).tolist()
    [[1.0, nan], [0.5, -2.0]]
    """
    found = np.array(value)  # ValueError where it is ragged
    if found.dtype.kind == "O":
        flat = found.ravel()
        if not all(x is None or type(x) in (int, float) for x in flat):
            raise ValueError("something else than numbers")
    elif found.dtype.kind not in "iuf":
        raise ValueError("something else than numbers")
    try:
        return found.astype(np.float64)
    except OverflowError as error:
        raise ValueError("a number that is too large") from error


def one_line(value: object) -> str:
    r"""A name as it can be shown and stored: one line, no half characters, not long.

    Examples
    --------
    >>> one_line("left\n knee\ud800"), one_line(7)
    ('left knee?', '7')
    """
    text = str(value)[: 2 * _MAX_NAME].encode("utf-8", "replace").decode("utf-8")
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[
        :_MAX_NAME
    ]
