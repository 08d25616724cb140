"""Places across a drawing that is as wide as the page has room, in per cent."""

from __future__ import annotations

import math
from dataclasses import dataclass

from repetiteur.model.findings import Span

__all__ = ["Stretch", "Tick", "across", "placed", "seconds"]

#: Seconds between two numbers of an axis: the least of these that leaves few of them.
_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600)
_MOST = 9
#: What is drawn is at least this wide, in per cent.
_LEAST = 0.4


@dataclass(frozen=True)
class Tick:
    """Text at a place: across in percent, or down in px."""

    text: str
    at: float


@dataclass(frozen=True)
class Stretch:
    """A place across, with its width, in percent."""

    left: float
    width: float
    text: str = ""


def across(second: float, whole: Span) -> float:
    """A moment's place in per cent of the width.

    Examples
    --------
    >>> across(3.0, Span(2.0, 6.0)), across(9.0, Span(2.0, 6.0))
    (25.0, 100.0)
    """
    share = (second - whole.start_s) / max(whole.end_s - whole.start_s, 1e-9)
    return round(100.0 * min(max(share, 0.0), 1.0), 2)


def placed(span: Span, whole: Span, least: float = _LEAST) -> Stretch:
    """Where a stretch of time lies; wide enough to be seen, in per cent.

    Examples
    --------
    >>> placed(Span(3.0, 5.0), Span(2.0, 6.0))
    Stretch(left=25.0, width=50.0, text='')
    """
    left, right = across(span.start_s, whole), across(span.end_s, whole)
    width = max(right - left, least)
    return Stretch(round(min(left, 100.0 - width), 2), round(width, 2))


def seconds(whole: Span, most: int = _MOST) -> tuple[Tick, ...]:
    """Numbers of an axis of seconds, so many at the most.

    Examples
    --------
    >>> [tick.text for tick in seconds(Span(0.0, 32.0))]
    ['0', '5', '10', '15', '20', '25', '30']
    >>> [tick.text for tick in seconds(Span(0.0, 200.0))]
    ['0:00', '0:30', '1:00', '1:30', '2:00', '2:30', '3:00']
    """
    length = whole.end_s - whole.start_s
    step = next((one for one in _STEPS if length / one < most), _STEPS[-1])
    first = math.ceil(whole.start_s / step - 1e-9)
    last = math.floor(whole.end_s / step + 1e-9)
    long = whole.end_s >= 100.0
    return tuple(
        Tick(_clock(k * step) if long else str(k * step), across(k * step, whole))
        for k in range(first, last + 1)
    )


def _clock(second: int) -> str:
    return f"{second // 60}:{second % 60:02d}"
