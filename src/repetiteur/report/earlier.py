"""The correction ledger as data, as a table of the page, and as lines of text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from repetiteur.expression.descriptors import descriptors
from repetiteur.model.findings import Change, Correction, Difference, State
from repetiteur.report import words

#: Words of the states, each with its sign.
STATES: dict[State, tuple[str, str]] = {
    "kept": ("=", "kept"),
    "improved": ("↓", "improved"),
    "lost": ("↑", "lost"),
    "not_seen": ("/", "not seen"),
}
#: Of a quality of movement nearer is not better: its note left the choice.
OF_QUALITY: dict[State, tuple[str, str]] = {
    "kept": ("=", "as then"),
    "improved": ("·", "nearer to the reference"),
    "lost": ("·", "further from the reference"),
    "not_seen": ("/", "not seen"),
}
#: Said of what no longer differs beyond the floor, whole interval.
GONE = ", now within the noise"
_DIGITS = {"deg": 1}


class Said(NamedTuple):
    """An amount, and its 90 % interval beside it; both empty where there is none."""

    main: str = ""
    interval: str = ""

    def __str__(self) -> str:
        """Both on one line.

        Examples
        --------
        >>> str(Said("12° lower", "8° to 16°"))
        '12° lower (90 %: 8° to 16°)'
        """
        return f"{self.main} (90 %: {self.interval})" if self.main else ""


@dataclass(frozen=True)
class Row:
    """What became of one earlier note, in words; ``reason`` is of what is not seen."""

    name: str
    place: str
    then: Said
    now: Said
    change: Said
    sign: str
    state: str
    reason: str


@dataclass(frozen=True)
class Ledger:
    """What became of the notes of one earlier rehearsal."""

    title: str
    rows: list[Row]


def earlier_json(found: Sequence[Correction]) -> list[dict[str, Any]]:
    """The entries of ``earlier`` in notes.json.

    Values and intervals are rounded on one grid, fine enough that rounding does not
    change whether an interval holds 0, or lies within the floor.
    """
    return [_entry(one) for one in found]


def _entry(one: Correction) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "source": words.file_name(one.source),
        "note": one.note,
        "state": one.state,
        "measure": one.measure,
        "side": one.side,
        "reference": {
            "start_s": round(one.reference.start_s, 3) + 0.0,
            "end_s": round(one.reference.end_s, 3) + 0.0,
        },
    }
    if one.change is not None:
        entry["change"] = _numbers(one.change, 0.0)
    entry["then"] = {**_numbers(one.then, one.then.floor), "floor": one.then.floor}
    if one.now is not None:
        floor = one.now.floor
        entry["now"] = {**_numbers(one.now, floor), "floor": round(floor, 6)}
    if one.reason:
        entry["reason"] = one.reason
    return entry


def _numbers(gap: Difference | Change, edge: float) -> dict[str, Any]:
    """Value and interval with as few digits as keep its ends on their sides of edges.

    The edges are ``edge`` above and below 0.
    """
    exact = np.array([gap.value, *gap.interval90], dtype=np.float64)
    edges = np.array([[-edge], [edge]])
    rounded = exact
    for digits in range(_DIGITS.get(gap.unit, 3), 10):
        rounded = np.round(exact, digits) + 0.0
        if (np.sign(rounded[1:] - edges) == np.sign(exact[1:] - edges)).all():
            break
    value, low, high = map(float, rounded)
    return {"value": value, "unit": gap.unit, "interval90": [low, high]}


def ledgers(found: Sequence[Correction]) -> list[Ledger]:
    """The ledger of each earlier rehearsal, in their order.

    Two of one name are told by their notes, whose names begin anew.
    """
    groups: list[dict[str, Correction]] = []
    for one in found:
        here = groups[-1] if groups else {}
        if one.note in here or one.source not in {of.source for of in here.values()}:
            groups.append({})
        groups[-1][one.note] = one
    titles = [words.title_of(next(iter(of.values())).source) for of in groups]
    return [
        Ledger(_numbered(titles, k), [_row(one) for one in of.values()])
        for k, of in enumerate(groups)
    ]


def _numbered(titles: Sequence[str], at: int) -> str:
    """A title, with its number where there are several of it.

    Examples
    --------
    >>> [_numbered(["monday", "tuesday", "monday"], k) for k in (1, 2)]
    ['tuesday', 'monday (2)']
    """
    title = titles[at]
    number = titles[: at + 1].count(title)
    return f"{title} ({number})" if titles.count(title) > 1 else title


def _row(one: Correction) -> Row:
    quality = any(one.measure == known.id for known in descriptors())
    sign, state = (OF_QUALITY if quality else STATES)[one.state]
    side = "both sides" if one.side == "both" else one.side
    return Row(
        name=", ".join(filter(None, [words.measure_name(one.measure), side])),
        place=f"{words.moment(one.reference.start_s)} of the reference",
        then=size_words(one.measure, one.then),
        now=Said() if one.now is None else size_words(one.measure, one.now),
        change=Said()
        if one.change is None or one.now is None
        else change_words(one.then, one.now, one.change),
        sign=sign,
        state=state + (GONE if _gone(one.now) and not quality else ""),
        reason=one.reason,
    )


def _gone(now: Difference | None) -> bool:
    """Whether a difference surely lies within its floor."""
    return now is not None and max(map(abs, now.interval90)) < now.floor


def size_words(measure: str, gap: Difference) -> Said:
    """A difference with its interval.

    Examples
    --------
    >>> size_words("leg_elevation", Difference(-12.1, "deg", (-15.8, -8.4), 5.2))
    Said(main='12° lower', interval='8° to 16°')
    >>> size_words("leg_elevation", Difference(0.1, "deg", (-2.8, 3.0), 5.2)).main
    'as in the reference'
    """
    less, more = words.ends(measure)
    size = words.size(gap.value, gap.unit)
    main = (
        f"{size} {less if gap.value < 0 else more}"
        if _any(size)
        else "as in the reference"
    )
    return Said(main, words.interval_words(*gap.interval90, gap.unit))


def change_words(then: Difference, now: Difference, change: Change) -> Said:
    """A change, as seen from what was to be corrected.

    Examples
    --------
    >>> then = Difference(-12.1, "deg", (-15.8, -8.4), 5.2)
    >>> low = Difference(-7.1, "deg", (-10.0, -4.0), 5.2)
    >>> str(change_words(then, low, Change(5.0, "deg", (1.0, 9.1))))
    '5° nearer (90 %: 1° to 9°)'
    >>> str(change_words(then, low, Change(-1.0, "deg", (-4.0, 2.0))))
    '1° further (90 %: −2° to +4°)'
    >>> change_words(then, low, Change(0.0, "deg", (-4.0, 2.0))).main
    'no change'
    """
    low, high = change.interval90
    towards = change.value if then.value < 0 else -change.value
    ends = (low, high) if (then.value < 0) == (towards > 0) else (-high, -low)
    size = words.size(change.value, change.unit)
    over = now.beyond_floor and now.value * then.value < 0.0
    way = "across it" if over else "nearer" if towards > 0 else "further"
    main = f"{size} {way}"
    return Said(
        main if _any(size) else "no change", words.interval_words(*ends, change.unit)
    )


def _any(size: str) -> bool:
    """Whether a size, as it is written, is any."""
    return any(digit in size for digit in "123456789")


def lines(found: Sequence[Correction]) -> list[str]:
    """The ledger for a terminal: a line for each take, and one for each correction."""
    said = []
    for ledger in ledgers(found):
        said.append(f"Since {ledger.title}:")
        for row in ledger.rows:
            what = (
                f"{row.then} then, {row.now} now; {row.change}." if row.now.main else ""
            )
            text = " ".join(
                filter(None, [f"{row.name}, at {row.place}:", what, row.reason])
            )
            said.append(f"{row.sign}  {row.state.capitalize()}. {text}")
    return said
