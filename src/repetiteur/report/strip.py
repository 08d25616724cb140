"""The steps of both performances as a strip: four seconds to a bar, one over the other.

Both lie on the page's clock, so that what was danced at one moment stands at one place;
when it came is the ribbon's business. Places are percentages in rules of style, since
the page allows no style beside them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from repetiteur.rehearsal import Rehearsal
from repetiteur.report.clock import Path, path_of
from repetiteur.report.step_rows import when
from repetiteur.report.step_table import Row, is_brief, said_first, table_of
from repetiteur.report.steps import how_sure, is_unsure, lanes, title
from repetiteur.steps.step import Step

#: Seconds of a bar: on a phone's width a step of one second has room for a name.
BAR_S = 4.0
#: Bars that are laid open; as many seconds as the ribbon.
OPEN_BARS = 16
#: What a bar holds less of, s, is drawn in the next one alone.
SLIVER_S = 0.1
#: A bar is so many parts wide: a hundredth of a second, less than a pixel.
_PARTS = 400
#: Seconds that a name has room in, on most screens.
ROOM_S = 2.0
#: Steps melt into one another: that far into the next, s, they are cut in the middle.
MELTS_S = 0.6


@dataclass(frozen=True)
class Block:
    """A step, or what lies of it in a bar.

    ``place`` names the rules of style with its place; ``kind`` says how it is drawn:
    ``unsure``, ``from`` or ``on`` where it goes on in the bar before or after, and
    ``part`` where more of it lies in another bar, which then has the name.
    """

    text: str
    title: str
    place: str
    kind: str


@dataclass(frozen=True)
class Lane:
    """Steps of one performance that do not lie over one another.

    ``who`` is ref or take; ``more`` says that it is a further line of it, which is
    drawn where something lies on it.
    """

    who: str
    blocks: tuple[Block, ...]
    more: bool


@dataclass(frozen=True)
class Tick:
    """A second of the reference."""

    text: str
    place: str


@dataclass(frozen=True)
class Bar:
    """Four seconds of the clock, and where in them the reference waits."""

    ticks: tuple[Tick, ...]
    waits: tuple[str, ...]
    lanes: tuple[Lane, ...]


@dataclass(frozen=True)
class Strip:
    """All that the page says of steps.

    Attributes
    ----------
    open, folded : tuple of Bar
    rows : tuple of (str, tuple of Row)
        A table for each performance, with its heading.
    brief : bool
        Whether there are so many that only unsure names have their reasons.
    said : str
        What is to be known first: that nothing was recognised, or little surely; "".
    style : str
        Rules of style with the places of blocks.
    """

    open: tuple[Bar, ...] = ()
    folded: tuple[Bar, ...] = ()
    rows: tuple[tuple[str, tuple[Row, ...]], ...] = ()
    brief: bool = False
    said: str = ""
    style: str = ""


@dataclass
class _Places:
    """Rules of style, each edge and each width once, in whole parts of a bar."""

    lefts: set[int] = field(default_factory=set)
    widths: set[int] = field(default_factory=set)

    def of(self, start: float, width: float) -> str:
        """The classes of a place, given in shares of a bar."""
        left = round(_PARTS * start)
        wide = round(_PARTS * (start + width)) - left
        self.lefts.add(left)
        self.widths.add(wide)
        return f"x{left} w{wide}"

    @property
    def style(self) -> str:
        per_cent = 100.0 / _PARTS
        lefts = (f".x{n}{{left:{per_cent * n:g}%}}" for n in sorted(self.lefts))
        widths = (f".w{n}{{width:{per_cent * n:g}%}}" for n in sorted(self.widths))
        return "".join([*lefts, *widths])


@dataclass(frozen=True)
class _Placed:
    """A step with its place on the clock, seconds."""

    step: Step
    start: float
    end: float

    @property
    def named(self) -> float:
        """Where the bar begins that its name stands in: the first with room for it."""
        bars = range(int(self.start // BAR_S), int(self.end // BAR_S) + 1)
        return max(
            (BAR_S * bar for bar in bars),
            key=lambda begins: min(
                min(self.end, begins + BAR_S) - max(self.start, begins), ROOM_S
            ),
        )


def strip(rehearsal: Rehearsal) -> Strip | None:
    """The steps of a rehearsal as the page shows them.

    Parameters
    ----------
    rehearsal : Rehearsal

    Returns
    -------
    Strip or None
        None where steps were not looked for.
    """
    reference, take = rehearsal.reference_steps, rehearsal.take_steps
    if reference is None or take is None:
        return None
    if not reference and not take:
        return Strip(said=said_first(reference, take))
    path, places = path_of(rehearsal), _Places()
    both = [
        *_lanes("ref", reference, path.of_reference),
        *_lanes("take", take, path.of_take),
    ]
    seconds = np.arange(np.ceil(path.reference_s[0]), path.reference_s[-1] + 1e-9)
    ticks = [(f"{second:.0f}", path.of_reference(second)) for second in seconds]
    count = max(int(np.ceil(path.place[-1] / BAR_S - 1e-9)), 1)
    bars = [
        Bar(
            tuple(_ticks(ticks, BAR_S * k, places)),
            tuple(_waits(path, BAR_S * k, places)),
            tuple(
                Lane(who, tuple(_blocks(lane, BAR_S * k, places)), more)
                for who, lane, more in both
            ),
        )
        for k in range(count)
    ]
    brief = is_brief(reference, take)
    rows = [
        (who, table_of(steps, brief=brief))
        for who, steps in (("Reference", reference), ("You", take))
    ]
    return Strip(
        open=tuple(bars[:OPEN_BARS]),
        folded=tuple(bars[OPEN_BARS:]),
        rows=tuple((who, table) for who, table in rows if table),
        brief=brief,
        said=said_first(reference, take),
        style=f".bar-s{{grid-row:span {1 + len(both)}}}{places.style}",
    )


def _lanes(
    who: str, steps: Sequence[Step], place: Callable[[float], float]
) -> Iterator[tuple[str, list[_Placed], bool]]:
    """Steps on the clock, by line; a performance without steps has an empty line."""
    for number, lane in enumerate(lanes(steps, MELTS_S) or [[]]):
        yield who, _cut(lane, place), number > 0


def _cut(lane: Sequence[Step], place: Callable[[float], float]) -> list[_Placed]:
    """The steps of a line, cut where they lie over each other."""
    starts, ends = [step.start_s for step in lane], [step.end_s for step in lane]
    for after, (one, two) in enumerate(pairwise(lane), start=1):
        if one.end_s > two.start_s:
            ends[after - 1] = starts[after] = 0.5 * (one.end_s + two.start_s)
    return [
        _Placed(step, place(start), place(end))
        for step, start, end in zip(lane, starts, ends, strict=True)
    ]


def _blocks(
    placed: Sequence[_Placed], begins: float, places: _Places
) -> Iterator[Block]:
    """What lies in the bar that begins at a moment of the clock."""
    for one in placed:
        start, end = max(one.start, begins), min(one.end, begins + BAR_S)
        sliver = min(SLIVER_S, 0.5 * (one.end - one.start))
        if end - start <= sliver:  # of nothing too: the other stands still meanwhile
            continue
        step = one.step
        kinds = {
            "unsure": is_unsure(step),
            "from": one.start < begins - sliver,
            "on": one.end > begins + BAR_S + sliver,
            "part": begins != one.named,
        }
        yield Block(
            text=title(step),
            title=_told(step),
            place=places.of((start - begins) / BAR_S, (end - start) / BAR_S),
            kind=" ".join(kind for kind, is_so in kinds.items() if is_so),
        )


def _ticks(
    ticks: Sequence[tuple[str, float]], begins: float, places: _Places
) -> Iterator[Tick]:
    for text, place in ticks:
        if begins - 1e-6 <= place < begins + BAR_S - 1e-6:
            yield Tick(text, places.of(max(place - begins, 0.0) / BAR_S, 0.0))


def _waits(path: Path, begins: float, places: _Places) -> Iterator[str]:
    for start, end in path.waits(begins, begins + BAR_S):
        if end - start > SLIVER_S:
            yield places.of((start - begins) / BAR_S, (end - start) / BAR_S)


def _told(step: Step) -> str:
    """A step in one line, for who points at it; the rest stands below, once."""
    return f"{title(step)}, {when(step)}, how sure: {how_sure(step.confidence)}"
