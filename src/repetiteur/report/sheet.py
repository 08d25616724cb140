"""What was measured of one dancer as a sheet for people: moment after moment.

Of a long recording the kinds with the most moments are summarised: how many values,
their median and their range.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from repetiteur.kernels.trials import around
from repetiteur.model.findings import Measured, Measurement, NotJudged, Span
from repetiteur.report.written import Written, amount, few, number, unit_of, written
from repetiteur.steps import schools
from repetiteur.technique.background import background_of
from repetiteur.technique.measure import Measure, measures
from repetiteur.technique.repeats import WORDS

#: More values than this are more than anybody reads: kinds are summarised, those with
#: the most moments first, but none with fewer moments than the second.
MOST_VALUES, FEWEST_MOMENTS = 200, 4
#: Measures whose side is that by which people call the moment.
_LEADS = {
    "turn": ("turn_count", "turn_rotation", "turn_rate.mean", "turn_rate.peak"),
    "gesture": ("leg_elevation", "thigh_elevation", "leg_azimuth", "smoothness_sparc"),
    "balance": ("balance_time", "com_sway.rms_side", "com_sway.ellipse"),
}
#: Measures whose values are in the moment's name.
_NAMES = ("turn_sense",)
_CALLED = {"gesture": "{} leg", "balance": "on the {}"}
#: Times that are said of one reason.
_MOST_TIMES = 3

COLUMNS = ("", "side", "value", "90 % interval", "unit", "measure")
FLAT = ("seconds", "moment", "measure", *COLUMNS[1:5])
SUMMED = ("", "side", "median", "lowest to highest", "unit", "each ±", "values",
          "measure")  # fmt: skip


class Part(NamedTuple):
    """A heading, and the rows below it."""

    heading: str
    rows: list[tuple[str, ...]]


@dataclass(frozen=True)
class Sheet:
    """What was measured, for people.

    Attributes
    ----------
    moments : tuple of Part
        A part for each moment, with rows of :data:`COLUMNS`.
    flat : tuple of rows
        Instead of these, with the columns :data:`FLAT`, where each has one value.
    summed : tuple of Part
        A part for each kind that is summarised, with rows of :data:`SUMMED`.
    lacking : tuple of str
        What was not judged: reason after reason.
    """

    moments: tuple[Part, ...]
    flat: tuple[tuple[str, ...], ...]
    summed: tuple[Part, ...]
    lacking: tuple[str, ...]


def sheet(found: Measured, *, most_values: float = MOST_VALUES) -> Sheet:
    """What was measured of a dancer, for people.

    Parameters
    ----------
    found : Measured
    most_values : float
        Kinds are summarised until no more values than this stand alone.

    Examples
    --------
    >>> one = Measurement("plie_depth", None, "plie", Span(4.1, 5.25), 0.1853, "ratio",
    ...                   (0.1521, 0.2179), (246, 315))
    >>> sheet(Measured((one,))).flat[0][:6]
    ('4.10–5.25', 'plié', 'Depth of the plié', '', '18.5%', '15.2 to 21.8')
    """
    known = {(one.id, str(one.on)): one for one in measures()}
    moments: dict[tuple[Span, str], list[Measurement]] = {}
    for one in found.measurements:
        moments.setdefault((one.span, one.moment), []).append(one)
    long = _long(moments, most_values)
    alone = {at: of for at, of in moments.items() if at[1] not in long}
    flat = all(len(of) == 1 for of in alone.values())
    parts = [] if flat else [_moment(*at, of, known) for at, of in alone.items()]
    rows = [_flat(of[0], known) for of in alone.values()] if flat else []
    summed = [
        _summed(kind, [of for at, of in moments.items() if at[1] == kind], known)
        for kind in long
    ]
    lacking = _lacking(found, known)
    return Sheet(tuple(parts), tuple(rows), tuple(summed), tuple(lacking))


def _long(
    moments: Mapping[tuple[Span, str], Sequence[Measurement]], most: float
) -> list[str]:
    """Kinds to be summarised."""
    values: Counter[str] = Counter()
    for (_, kind), of in moments.items():
        values[kind] += len(of)
    left, long = values.total(), []
    for kind, count in Counter(kind for _, kind in moments).most_common():
        if left > most and count >= FEWEST_MOMENTS:
            left -= values[kind]
            long.append(kind)
    return long


def _name(one: Measurement, known: Mapping[tuple[str, str], Measure]) -> str:
    measure = known.get((one.measure, one.moment))
    if measure is not None:
        return measure.name
    known_of = background_of(one.measure)
    return one.measure if known_of is None else known_of.part(one.measure).name


def _seconds(span: Span) -> str:
    return f"{span.start_s:.2f}–{span.end_s:.2f}"


def _kind(kind: str) -> str:
    return WORDS.get(kind, (kind,))[0]


def _moment(
    span: Span,
    kind: str,
    of: Sequence[Measurement],
    known: Mapping[tuple[str, str], Measure],
) -> Part:
    """A moment's heading, which says what it is called, and a row for each value."""
    names = [_written(one).value for one in of if one.measure in _NAMES]
    called = ", ".join(dict.fromkeys([*_leg(kind, of), *names]))
    danced = ", ".join(dict.fromkeys(schools.name(one.step) for one in of if one.step))
    said = [f"{_seconds(span)} s", _kind(kind), called, danced]
    heading = " · ".join(filter(None, said))
    rows = [
        (_name(one, known), one.side or "", *_written(one), one.measure)
        for one in of
        if one.measure not in _NAMES
    ]
    return Part(heading, _named_once(rows))


def _named_once(rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Rows without the name where the row above has it: the other side."""
    before = ["", *(name for name, *_ in rows)]
    return [
        ("" if row[0] == name else row[0], *row[1:])
        for row, name in zip(rows, before, strict=False)
    ]


def _written(one: Measurement) -> Written:
    return written(one.value, one.interval90, unit_of(one.measure, one.unit))


def _leg(kind: str, of: Sequence[Measurement]) -> list[str]:
    sides = {one.measure: one.side for one in of}
    side = next((sides[name] for name in _LEADS.get(kind, ()) if sides.get(name)), None)
    return [_CALLED.get(kind, "{}").format(side)] if side else []


def _flat(
    one: Measurement, known: Mapping[tuple[str, str], Measure]
) -> tuple[str, ...]:
    where = (_seconds(one.span), _kind(one.moment), _name(one, known))
    return (*where, one.side or "", *_written(one))


def _summed(
    kind: str,
    moments: Sequence[Sequence[Measurement]],
    known: Mapping[tuple[str, str], Measure],
) -> Part:
    """A kind's heading, and a row for each measure and side of it."""
    groups: dict[tuple[str, str], list[Measurement]] = {}
    for of in moments:
        for one in of:
            groups.setdefault((one.measure, one.side or ""), []).append(one)
    order = sorted(groups, key=_by_registry(known))
    spans = [of[0].span for of in moments]
    when = Span(min(s.start_s for s in spans), max(s.end_s for s in spans))
    several = WORDS.get(kind, (kind, f"{kind}s"))[1]
    return Part(
        f"{_seconds(when)} s · {len(moments)} {several}",
        _named_once([_sum(groups[at], known) for at in order]),
    )


def _by_registry(
    known: Mapping[tuple[str, str], Measure],
) -> Callable[[tuple[str, str]], tuple[int, str]]:
    """Order of measures as they are registered, left before right."""
    order = {id: number for number, (id, _) in enumerate(reversed(list(known)))}
    return lambda at: (-order.get(at[0], 0), at[1])


def _sum(
    of: Sequence[Measurement], known: Mapping[tuple[str, str], Measure]
) -> tuple[str, ...]:
    first, count = of[0], str(len(of))
    name, side = _name(first, known), first.side or ""
    if isinstance(first.value, str):
        told = Counter(str(one.value).replace("_", " ") for one in of)
        said = ", ".join(f"{times} {value}" for value, times in told.most_common())
        return (name, side, "", said, "", "", count, first.measure)
    values = np.array([float(one.value) for one in of])
    measure = known.get((first.measure, first.moment))
    if measure is not None and measure.shape == "circle":
        values = around(values)
    halves = [0.5 * (float(one.interval90[1]) - float(one.interval90[0])) for one in of]
    half = float(np.median(halves))
    median = float(np.median(values))
    like = replace(first, value=median, interval90=(median - half, median + half))
    said, _, unit = _written(like)
    said_in = unit_of(first.measure, first.unit)
    ends = (_like(said, float(end), said_in) for end in (values.min(), values.max()))
    each = amount(half, said_in).strip()
    return (name, side, said, " to ".join(ends), unit, each, count, first.measure)


def _like(said: str, value: float, unit: str) -> str:
    """A number with as many decimals as another."""
    digits = len(said.rstrip("°% ").partition(".")[2])
    return number(value * (100.0 if unit == "ratio" else 1.0), digits)


def _lacking(
    found: Measured, known: Mapping[tuple[str, str], Measure]
) -> Iterable[str]:
    """What was not judged, a line for each reason: what, when, and what helps."""
    # Of a measure that is taken on several kinds the shortest name fits them all best.
    longest = sorted(known.values(), key=lambda one: len(one.name), reverse=True)
    names = {one.id: one.name for one in longest}
    reasons: dict[tuple[str, str], list[NotJudged]] = {}
    for entry in found.not_judged:
        reasons.setdefault((entry.reason, entry.how_to_film), []).append(entry)
    moments = {one.span: one.moment for one in found.measurements}
    for (reason, film), entries in reasons.items():
        what = (names.get(e.measure, e.measure) for e in entries)
        spans = list(dict.fromkeys(span for e in entries for span in e.spans))
        yield f"{few(what)}{_when(spans, moments)}. {reason} {film}".rstrip()


def _when(spans: Sequence[Span], moments: Mapping[Span, str]) -> str:
    """When it was not judged, with the moment's name where others were; "" for never.

    Examples
    --------
    >>> first, second = Span(4.1, 5.0), Span(6.0, 7.25)
    >>> _when([first, second], {first: "plie"})
    ' at 4.10 s (plié), 6.00 s'
    """
    if not spans:
        return ""
    times = [
        f"{span.start_s:.2f} s"
        + (f" ({_kind(moments[span])})" if span in moments else "")
        for span in sorted(spans, key=lambda span: span.start_s)
    ]
    more = len(times) - _MOST_TIMES
    shown = ", ".join(times[:_MOST_TIMES])
    return f" at {shown}" + (f" and {more} more" if more > 0 else "")
