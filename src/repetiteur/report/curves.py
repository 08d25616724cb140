"""The curves behind the notes as CSV, for who wants to draw or measure them anew."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

import numpy as np

from repetiteur.model.findings import Course

COLUMNS = (
    "measure", "side", "unit", "reference_s", "take_s", "reference", "take", "sd",
    "low", "high",
)  # fmt: skip
#: Decimals: finer than any of them is known.
_DIGITS, _OF_TIME = {"deg": 2}, 3


def curves_csv(courses: Iterable[Course]) -> str:
    """A row for each thirtieth of a second of each measure that a note speaks of.

    Parameters
    ----------
    courses : iterable of Course

    Returns
    -------
    str
        With the columns :data:`COLUMNS`. Cells are empty where nothing was judged.
        ``low`` and ``high`` are what several references have between them, with one
        alone its own value: the difference is the take minus the nearest of what lies
        from one to the other.
    """
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(COLUMNS)
    for one in courses:
        low = one.reference if one.low is None else one.low
        high = one.reference if one.high is None else one.high
        values = (one.reference_s, one.take_s, one.reference, one.take, one.sd, low)
        for numbers in zip(*values, high, strict=True):
            seconds = (_cell(number, _OF_TIME) for number in numbers[:2])
            digits = _DIGITS.get(one.unit, 4)
            cells = (_cell(number, digits) for number in numbers[2:])
            rows.writerow([one.measure, one.side or "", one.unit, *seconds, *cells])
    return text.getvalue()


def _cell(value: float, digits: int) -> str:
    """A number with no more decimals than mean anything; "" where there is none.

    Examples
    --------
    >>> _cell(96.2501, 2), _cell(float("nan"), 2), _cell(-0.001, 2)
    ('96.25', '', '0')
    """
    if not np.isfinite(value):
        return ""
    return f"{round(float(value), digits) + 0.0:.12g}"
