"""Tables on screens of any width, in files and in pipes.

A number is never broken. Names fold where the screen is narrow; where not even that
makes room, each row becomes a few lines of text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from repetiteur.cli.console import out

if TYPE_CHECKING:
    from repetiteur.report.sheet import Part

__all__ = ["show", "show_lines", "show_parts"]

#: Letters of a line that nobody looks at, and of a folded name at least.
_WIDE, _NARROWEST = 5000, 16
_INSET = _GAP = 2
_LEFT = ("", "side", "unit", "measure")


def show(
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    numbers: Sequence[str] = (),
    console: Console,
) -> None:
    """Print a table.

    Parameters
    ----------
    columns : sequence of str
        Their heads.
    rows : iterable of sequence of str
        Shown as they are, without markup; an empty one is an empty line.
    numbers : sequence of str
        Columns that are set to the right.
    console : Console
        Where to.
    """
    lines = list(rows)
    console = _edged(console)
    least = [
        wide if name in numbers else min(wide, _NARROWEST // 2)
        for name, wide in zip(columns, _widths(columns, lines), strict=True)
    ]
    if sum(least) + _GAP * (len(columns) - 1) > console.width:
        for first, *cells in lines:
            if not any([first, *cells]):
                console.print()
                continue
            head = [columns[0]] if columns[0] in numbers else []
            console.print(Text(" ".join([*head, first]), style="bold"), soft_wrap=False)
            _in_words(columns[1:], cells, console, inset=_INSET)
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in columns:
        table.add_column(
            name,
            justify="right" if name in numbers else "left",
            no_wrap=name in numbers,
            overflow="fold",
        )
    for row in lines:
        table.add_row(*(Text(cell) for cell in row))
    console.print(table, soft_wrap=False)


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
    widths = _widths(columns, rows)
    used = [k for k in range(len(columns)) if any(row[k] for row in rows)]
    console = _edged(out)
    if _room(widths, used) > console.width:
        used = [k for k in used if k != len(columns) - 1]
        over = max(_room(widths, used) - console.width, 0)
        widths[0] = max(widths[0] - over, min(widths[0], _NARROWEST))
    chosen = [(columns[k], widths[k]) for k in used]
    narrow = _room(widths, used) > console.width
    if chosen and not narrow:
        head = [Text(name, style="bold") for name, _ in chosen]
        console.print(_table(chosen, [head]), soft_wrap=False)
    for part in parts:
        console.print(Text(part.heading, style="bold"), soft_wrap=False)
        lines = [[row[k] for k in used] for row in part.rows]
        if narrow:
            for name, *cells in lines:
                _in_words([""], [name], console, inset=_INSET)
                _in_words([columns[k] for k in used[1:]], cells, console, inset=4)
        elif lines:
            texts = [[Text(cell) for cell in row] for row in lines]
            console.print(_table(chosen, texts), soft_wrap=False)


def show_lines(lines: Iterable[str], *, mark: str = "", style: str = "") -> None:
    """Paragraphs that fold at the edge of the screen, each with a mark before it."""
    for line in lines:
        text = Text(f"{mark}{line}", style=style)
        inset = _INSET if mark else 0
        _edged(out).print(
            Padding(text, (0, 0, 0, inset), expand=False), soft_wrap=False
        )


def _edged(console: Console) -> Console:
    """Where text folds at the edge; a file or a pipe has none."""
    if console.is_terminal:
        return console
    return Console(file=console.file, width=_WIDE, highlight=False)


def _widths(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> list[int]:
    return [max(map(cell_len, cells)) for cells in zip(columns, *rows, strict=True)]


def _room(widths: Sequence[int], used: Sequence[int]) -> int:
    return _INSET + sum(widths[k] + _GAP for k in used)


def _in_words(
    heads: Sequence[str], cells: Sequence[str], console: Console, *, inset: int
) -> None:
    """A row as a line of text, which folds between words; nothing where it is empty."""
    pairs = zip(heads, cells, strict=True)
    said = " · ".join(f"{head} {cell}".strip() for head, cell in pairs if cell)
    if said:
        text = Padding(Text(said), (0, 0, 0, inset), expand=False)
        console.print(text, soft_wrap=False)


def _table(
    columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Text]]
) -> Padding:
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, _GAP, 0, 0))
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
