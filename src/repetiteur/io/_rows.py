"""Numbers as the rows of a table: all digits, an empty cell for what is missing."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

__all__ = ["quoted", "rows"]

Array = NDArray[np.float64]

_ROWS = 4096  # at a time


def rows(values: Array, delimiter: str) -> Iterator[str]:
    """One line for each row, without its line end.

    Parameters
    ----------
    values : (rows, columns) float
        NaN becomes an empty cell.
    delimiter : str

    Yields
    ------
    str
        The shortest digits that give each number back, bit for bit.

    Examples
    --------
    >>> list(rows(np.array([[0.1, np.nan], [1e-20, 3.0]]), ","))
    ['0.1,', '1e-20,3.0']
    """
    for start in range(0, len(values), _ROWS):
        text = repr(values[start : start + _ROWS].tolist())[2:-2]
        plain = text.replace("nan", "").replace("], [", "\n").replace(", ", delimiter)
        yield from plain.split("\n")


def quoted(name: str) -> str:
    """A name as a cell of CSV.

    Examples
    --------
    >>> quoted("left_knee, old"), quoted("left_knee")
    ('"left_knee, old"', 'left_knee')
    """
    if any(sign in name for sign in ',;"'):
        return '"' + name.replace('"', '""') + '"'
    return name
