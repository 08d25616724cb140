"""The command that says how far the notes and their raters agree."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from repetiteur.cli import console
from repetiteur.cli.tables import show_lines
from repetiteur.report.plain import plain

__all__ = ["agreement"]


def _blank(notes: Path | None) -> None:
    """Print a table of marks to fill in, and be done."""
    if notes is None:
        return
    from repetiteur.report.marking import blank_marks

    typer.echo(blank_marks(notes), nl=False)
    raise typer.Exit


def agreement(
    marks: Annotated[
        list[Path], typer.Argument(metavar="MARKS ...", help="Tables of marks (CSV).")
    ],
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print everything as one JSON document.")
    ] = False,
    blank: Annotated[
        Path | None,
        typer.Option(
            metavar="NOTES",
            callback=_blank,
            is_eager=True,
            help="Print a table of marks for this notes.json, to fill in.",
        ),
    ] = None,
) -> None:
    """Say how far the notes and those who mark them agree, and raters among themselves.

    Each line of a table says what one rater thinks of one note: accept, reject or
    not_now, or that a fault was missed.
    """
    from repetiteur.coaching.agreement import agreement as agreement_of
    from repetiteur.io.marks import read_marks
    from repetiteur.report.exports import to_json
    from repetiteur.report.marking import agreement_json, agreement_parts

    found = agreement_of([mark for path in marks for mark in read_marks(path)])
    if as_json:
        typer.echo(to_json(agreement_json(found)), nl=False)
        return
    for heading, lines in agreement_parts(found):
        console.out.print(heading, style="bold", markup=False)
        show_lines(map(plain, lines), mark="- ")
