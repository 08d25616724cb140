"""The numbers in the cells of a table, many at a time."""

from __future__ import annotations

import re
import warnings

import numpy as np
from numpy.typing import NDArray

from repetiteur.errors import DamagedFile
from repetiteur.io._text import AGAIN

__all__ = ["cell_values", "decimal_points"]

Array = NDArray[np.float64]

_WORDS = re.compile(
    rb"(?<=[\x1f\t,;\n])(?:n/?a|#n/a|null|none|missing|-+|-?1\.#\w+|-?nan\(\w*\))"
    rb"(?=[\x1f\t,;\n])",
    re.IGNORECASE,
)


def decimal_points(block: bytes) -> bytes:
    if b"," not in block:
        return block
    if re.search(rb"[0-9]\.[0-9]", block) or re.search(rb",[0-9]*,", block):
        raise DamagedFile(
            "The rows of a table need one sign between the cells, and these have "
            "commas whose meaning is not clear. Export it with decimal points."
        )
    return block.replace(b",", b".")


def cell_values(
    text: bytes, delimiter: bytes, shape: tuple[int, ...], before: int, *, gaps: bool
) -> Array:
    text = text.replace(b" ", b"")
    plain = _spread(text, delimiter) if gaps else text
    try:
        return _parse(plain, delimiter).reshape(shape)
    except (ValueError, DeprecationWarning):
        plain = _spread(_WORDS.sub(b"nan", b"\n" + text)[1:], delimiter)
    try:
        return _parse(plain, delimiter).reshape(shape)
    except (ValueError, DeprecationWarning) as error:
        tokens = plain.replace(delimiter, b"\n").split(b"\n")
        where, token = next(
            ((k, t) for k, t in enumerate(tokens) if not _is_number(t)), (0, b"")
        )
        raise DamagedFile(
            "The rows of a table need numbers or empty cells, and row "
            f"{before + where // shape[1] + 1}, column {where % shape[1] + 1} has "
            f"{token.decode('latin-1')[:40]!r}. {AGAIN}"
        ) from error


def _spread(text: bytes, delimiter: bytes) -> bytes:
    """The text with "nan" in each empty cell."""
    twice = delimiter + delimiter
    # once more: of three delimiters in a row, the middle one stands beside two cells
    for beside in (twice, twice, b"\n" + delimiter, delimiter + b"\n"):
        if beside in text:
            text = text.replace(beside, beside[:1] + b"nan" + beside[1:])
    return b"nan" + text if text.startswith(delimiter) else text


def _parse(text: bytes, delimiter: bytes) -> Array:
    if b"\0" in text:
        raise ValueError("zero byte")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return np.fromstring(text.replace(delimiter, b" "), sep=" ", dtype=np.float64)


def _is_number(token: bytes) -> bool:
    try:
        return b"_" not in token and (float(token) == 0 or True)
    except ValueError:
        return False
