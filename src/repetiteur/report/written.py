"""Values as people write them: 13.2°, 18 %, 0.31 m.

A number has as many decimals as its interval supports, up to what anybody reads; the
interval is rounded outwards. Shares of something are said in %, and how many times one
thing is another as a plain number.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

from repetiteur.report.measured import outwards, places

#: What stands right after the number, and what it is multiplied with before.
_SIGNS = {"deg": ("°", 1.0), "ratio": ("%", 100.0), "percent": ("%", 1.0)}
#: Words of units, where they differ from those in files.
_WORDS = {
    "cm2": "cm²", "m/s2": "m/s²", "deg/s": "°/s", "rev": "turns",
    "dimensionless": "", "label": "", "count": "",
}  # fmt: skip
#: Ratios that are no share of anything, but how many times one thing is another.
_TIMES = ("spotting.snap",)
#: What is counted: where it is known for certain, nobody needs an interval.
_COUNTED = ("count", "rev")
#: Names that are said of one reason.
_MOST_NAMED = 4
#: Most decimals that anybody reads, by unit as it is written; others have three.
_DECIMALS = {"deg": 1, "ratio": 1, "percent": 1, "mm": 1, "cm2": 2, "dimensionless": 2,
             "times": 2}  # fmt: skip


class Written(NamedTuple):
    """A value, its interval and its unit as text; "" where there is none.

    An interval without any width has two equal ends, but that of a count.
    """

    value: str
    interval: str
    unit: str


def written(
    value: float | str, interval: tuple[float, float] | tuple[str, str], unit: str
) -> Written:
    """A value with its interval, for people.

    Parameters
    ----------
    value : float or str
        A name where the unit is ``label``.
    interval : (low, high)
    unit : str
        As in files, or of :func:`unit_of`.

    Examples
    --------
    >>> written(13.23, (10.51, 15.93), "deg")
    Written(value='13.2°', interval='10.5 to 16.0', unit='')
    >>> written(-0.0612, (-0.0911, -0.0313), "ratio")
    Written(value='−6.1%', interval='−9.2 to −3.1', unit='')
    >>> written(1.13e-9, (0.0, 3e-9), "deg")
    Written(value='0.0°', interval='0.0 to 0.1', unit='')
    >>> [written(n, (n, n), "rev").value for n in (2.0, 0.5)]
    ['2 ', '0.5 ']
    """
    low, high = interval
    if isinstance(value, str) or isinstance(low, str) or isinstance(high, str):
        return Written(str(value).replace("_", " "), "", word(unit))
    sign, times = _SIGNS.get(unit, (" ", 1.0))
    low, high = times * low, times * high
    digits = min(places(low, high), _DECIMALS.get(unit, 3))
    said = (number(edge, digits) for edge in outwards(low, high, digits))
    if not high > low and unit in _COUNTED:
        bare = f"{round(times * value, digits) + 0.0:g}".replace("-", "−")
        return Written(f"{bare}{sign}", "", word(unit))
    return Written(
        f"{number(times * value, digits)}{sign}", " to ".join(said), word(unit)
    )


def unit_of(measure: str, unit: str) -> str:
    """The unit that a measure is said in: that of files, or ``times``.

    Examples
    --------
    >>> unit_of("spotting.snap", "ratio"), unit_of("spotting.hold", "ratio")
    ('times', 'ratio')
    """
    return "times" if measure in _TIMES else unit


def few(names: Iterable[str]) -> str:
    """Names, each once, and how many more there are than anybody reads.

    Examples
    --------
    >>> few("abcb"), few("abcdefa")
    ('a; b; c', 'a; b; c; d; and 2 more')
    """
    once = list(dict.fromkeys(names))
    more = len(once) - _MOST_NAMED
    shown = "; ".join(once[:_MOST_NAMED])
    return f"{shown}; and {more} more" if more > 1 else "; ".join(once)


def amount(value: float, unit: str) -> str:
    """A number that has no interval of its own, with two digits, and its unit.

    Examples
    --------
    >>> amount(1.234, "deg"), amount(0.0345, "ratio"), amount(12.3, "mm")
    ('1.2°', '3.5%', '12 ')
    """
    sign, times = _SIGNS.get(unit, (" ", 1.0))
    size = abs(times * value)
    digits = 0 if size == 0.0 else max(1 - math.floor(math.log10(size)), 0)
    digits = min(digits, _DECIMALS.get(unit, 3))
    return f"{number(times * value, digits)}{sign}"


def number(value: float, digits: int) -> str:
    """A number with so many decimals, and a minus that is one.

    Examples
    --------
    >>> number(-3.0, 1), number(-0.04, 1)
    ('−3.0', '0.0')
    """
    return f"{round(value, digits) + 0.0:.{digits}f}".replace("-", "−")


def word(unit: str) -> str:
    """A unit as a word beside the number; "" where it is a sign, or there is none."""
    return "" if unit in _SIGNS else _WORDS.get(unit, unit)
