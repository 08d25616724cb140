"""What "measure" shows to people: values by moment, many recordings, several trials."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from repetiteur.cli.console import out
from repetiteur.cli.folders import show

if TYPE_CHECKING:
    from repetiteur.report.measured import Taken
    from repetiteur.report.sheet import Part
    from repetiteur.technique.trials import Trials

__all__ = ["overview", "show_taken", "show_trials"]

#: Letters of a line that nobody looks at, and of the name of a measure at least.
_WIDE, _NARROWEST = 5000, 24
_INSET = 2
_MORE = "Each of these: --all, or fewer by --only, --from and --to."
_LEFT = ("", "side", "unit", "measure")


def show_taken(one: Taken, *, most_values: float) -> None:
    """Everything that was measured of one dancer, and what was not."""
    from repetiteur.report.sheet import COLUMNS, FLAT, SUMMED, sheet

    made = sheet(one.measured, most_values=most_values)
    if len(one.recording.poses["individual"]) > 1:
        out.print(one.dancer, markup=False, style="bold underline")
    if made.flat:
        numbers = ("seconds", "value", "90 % interval")
        show(FLAT, made.flat, numbers=numbers, console=out)
    show_parts(COLUMNS, made.moments)
    if made.summed:
        show_parts(SUMMED, made.summed)
        _console().print(Text(_MORE, style="italic"), soft_wrap=False)
    _show_lines("Not judged", made.lacking)


def show_trials(found: Trials) -> None:
    """What several trials say of their dancer."""
    from repetiteur.report import trials

    parts = trials.trials_parts(found)
    show_parts(trials.COLUMNS, parts)
    if parts:
        _console().print(Text(trials.LEGEND, style="italic"), soft_wrap=False)
    _show_lines("Still changing", list(trials.trials_lines(found)))
    _show_lines("Not judged", list(trials.trials_lacking(found)))


def _show_lines(heading: str, lines: Sequence[str]) -> None:
    """A list under a heading; nothing where there is none."""
    if lines:
        out.print(heading, style="bold")
    for line in lines:
        _console().print(
            Padding(Text(f"- {line}"), (0, 0, 0, 2), expand=False), soft_wrap=False
        )


def _console() -> Console:
    """Where text folds at the edge; a file or a pipe has none."""
    if out.is_terminal:
        return out
    return Console(file=out.file, width=_WIDE, highlight=False)


def show_parts(columns: Sequence[str], parts: Sequence[Part]) -> None:
    """Rows under their headings, all parts with the same columns.

    Parameters
    ----------
    columns : sequence of str
        Their heads. The first is folded where the screen is narrow, and the last left
        out.
    parts : sequence of Part
    """
    if not parts:
        return
    rows = [row for part in parts for row in part.rows]
    widths = [
        max(map(cell_len, cells), default=0)
        for cells in zip(columns, *rows, strict=True)
    ]
    used = [k for k in range(len(columns)) if any(row[k] for row in rows)]
    console = _console()
    if _room(widths, used) > console.width:
        used = [k for k in used if k != len(columns) - 1]
        over = _room(widths, used) - console.width
        widths[0] = max(widths[0] - max(over, 0), _NARROWEST)
    chosen = [(columns[k], widths[k]) for k in used]
    if chosen:
        head = [Text(name, style="bold") for name, _ in chosen]
        console.print(_table(chosen, [head]), soft_wrap=False)
    for part in parts:
        console.print(Text(part.heading, style="bold"))
        lines = [[Text(row[k]) for k in used] for row in part.rows]
        if lines:
            console.print(_table(chosen, lines), soft_wrap=False)


def _room(widths: Sequence[int], used: Sequence[int]) -> int:
    return _INSET + sum(widths[k] + 2 for k in used)


def _table(
    columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Text]]
) -> Padding:
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
    for name, width in columns:
        table.add_column(
            justify="left" if name in _LEFT else "right",
            style="dim" if name == "measure" else None,
            width=width,
            overflow="fold",
        )
    for row in rows:
        table.add_row(*row)
    return Padding(table, (0, 0, 0, _INSET), expand=False)


def overview(taken: Sequence[Taken], errors: Mapping[str, str]) -> None:
    """A row for each recording: how many of each moment were found in it."""
    from repetiteur.technique.measure import KINDS
    from repetiteur.technique.repeats import WORDS

    several = any(len(one.recording.poses["individual"]) > 1 for one in taken)
    rows = []
    for one in taken:
        spans = {(found.moment, found.span) for found in one.measured.measurements}
        count = Counter(moment for moment, _ in spans)
        who = [one.dancer] if several else []
        rows.append(
            [
                one.recording.source,
                *who,
                f"{one.recording.duration_s:.1f}",
                *(str(count[moment] or "") for moment in KINDS),
                str(len(one.measured.measurements)),
                "",
            ]
        )
    blank = [""] * (len(KINDS) + 2 + several)
    rows += [[name, *blank, why] for name, why in errors.items()]
    columns = ["recording", *(["dancer"] if several else []), "seconds"]
    moments = [WORDS.get(moment, ("", f"{moment}s"))[1] for moment in KINDS]
    show(
        [*columns, *moments, "values", "failed" if errors else ""],
        rows,
        numbers=("seconds", *moments, "values"),
        console=out,
    )
    if not errors:
        out.print("The values themselves: --csv or --json.")
