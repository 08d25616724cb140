"""Moments that are one and the same, danced again: in other recordings, or in one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from repetiteur.model.findings import Measured, Measurement, Span
from repetiteur.model.skeletons import Side
from repetiteur.technique.moments import Moment

#: What moments of each kind are called, one and several.
WORDS = {
    "turn": ("turn", "turns"),
    "series": ("series", "series"),
    "flight": ("jump", "jumps"),
    "balance": ("balance", "balances"),
    "gesture": ("gesture", "gestures"),
    "plie": ("plié", "pliés"),
    "stance": ("stance", "stances"),
}
_FEWEST = 2
_CUT = "Cut them to the same dancing: files each alone, all of them by --from and --to."


@dataclass(frozen=True)
class Trial:
    """One recording of the dancing: its moments, and what was measured on them."""

    moments: tuple[Moment, ...]
    measured: Measured


@dataclass(frozen=True)
class Unmatched:
    """Moments whose trials were not compared, and why; ``measures`` () means all."""

    moment: str
    leg: str
    measures: tuple[str, ...]
    reason: str
    how_to_film: str


class Key(NamedTuple):
    """Which value of a moment."""

    measure: str
    side: Side | None


#: What was measured on one moment.
Cell = dict[Key, Measurement]


class Grid(NamedTuple):
    """Moments of one kind and leg: a row for each trial, in it one of each moment."""

    kind: str
    leg: str
    rows: list[list[Cell]]


def grids(trials: Sequence[Trial]) -> Iterator[Grid]:
    """Moments that belong together; of one trial alone, each is a trial of its own."""
    found = [_moments(trial) for trial in trials]
    for kind, leg in dict.fromkeys(key for one in found for key in one):
        rows = [one.get((kind, leg), []) for one in found]
        if len(trials) == 1:
            rows = [[cell] for cell in rows[0]]
        if any(cell for row in rows for cell in row):
            yield Grid(kind, leg, rows)


def _moments(trial: Trial) -> dict[tuple[str, str], list[Cell]]:
    """What was measured on each moment, by kind and leg, in order of time.

    A moment on which nothing was measured has its place too: left out, it would give
    it to the next one, and of two trials different moments would be compared.
    """
    cells: dict[tuple[str, Span], Cell] = {}
    for one in trial.measured.measurements:
        cell = cells.setdefault((one.moment, one.span), {})
        cell[Key(one.measure, one.side)] = one
    found: dict[tuple[str, str], list[Cell]] = {}
    for moment in sorted(trial.moments, key=lambda one: one.start_s):
        at = (moment.kind, Span(moment.start_s, moment.end_s))
        found.setdefault((moment.kind, moment.side), []).append(cells.get(at, {}))
    return found


def why_not(grid: Grid) -> Unmatched | None:
    """Why the rows of a grid are not compared, if they are not."""
    one, several = words_of(grid.kind, grid.leg)
    counts = [len(row) for row in grid.rows]
    if len(set(counts)) > 1:
        reason = f"The trials have {_listed(counts)} {several}."
        return Unmatched(grid.kind, grid.leg, (), reason, _CUT)
    if len(counts) < _FEWEST:
        reason = f"There is one {one} in it: trials are two or more."
        return Unmatched(grid.kind, grid.leg, (), reason, "Record it danced again.")
    return None


def words_of(kind: str, leg: str) -> tuple[str, str]:
    """What moments of a kind are called, one and several, with their leg.

    Examples
    --------
    >>> words_of("plie", "both"), words_of("flight", "")
    (('plié (both)', 'pliés (both)'), ('jump', 'jumps'))
    """
    one, several = WORDS.get(kind, (kind, f"{kind}s"))
    return (f"{one} ({leg})", f"{several} ({leg})") if leg else (one, several)


def _listed(counts: Sequence[int]) -> str:
    """Numbers as people list them: 3, 4 and 4."""
    said = [str(count) for count in counts]
    return f"{', '.join(said[:-1])} and {said[-1]}"


def keys_of(grid: Grid) -> Iterable[Key]:
    """Values that some moment of it has, in the order of the registry."""
    return dict.fromkeys(key for row in grid.rows for cell in row for key in cell)


def complete(grid: Grid, key: Key) -> list[list[Measurement]]:
    """Values by trial and moment: of moments judged in all, or else of such trials.

    Empty where fewer than two trials are left.
    """
    there = [[key in cell for cell in row] for row in grid.rows]
    moments = [
        number for number, seen in enumerate(zip(*there, strict=True)) if all(seen)
    ]
    rows = grid.rows
    if not moments:
        rows = [row for row, seen in zip(rows, there, strict=True) if all(seen)]
        moments = list(range(len(there[0])))
    if len(rows) < _FEWEST:
        return []
    return [[row[number][key] for number in moments] for row in rows]


def judged_in_few(grid: Grid, judged: int, names: Sequence[str]) -> Unmatched:
    """What :func:`complete` left nothing of, and in how many trials it was judged."""
    reason = (
        f"Judged in {judged} of the {len(grid.rows)} trials, not always at one moment."
    )
    if judged < _FEWEST:
        reason = f"Judged in {judged} of the {len(grid.rows)} trials alone."
    return Unmatched(grid.kind, grid.leg, tuple(dict.fromkeys(names)), reason, "")
