"""The command that names what was danced."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from repetiteur.cli import console
from repetiteur.cli.options import Fps, Map, UnitChoice, UpChoice, check_part
from repetiteur.cli.reading import Given, recording
from repetiteur.cli.tables import show
from repetiteur.cli.track import Model, ModelChoice, NoCache
from repetiteur.errors import NothingToJudge
from repetiteur.report.plain import plain

if TYPE_CHECKING:
    from repetiteur.rehearsal import Danced
    from repetiteur.steps import schools


class School(StrEnum):
    """Whose numbers arms, arabesques and places of the room get."""

    vaganova = "vaganova"
    cecchetti = "cecchetti"
    rad = "rad"
    french = "french"


def steps(  # noqa: PLR0913 - a command's options
    path: Annotated[
        Path, typer.Argument(metavar="RECORDING", help="A motion file or a video.")
    ],
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print everything as one JSON document.")
    ] = False,
    as_vtt: Annotated[
        bool, typer.Option("--vtt", help="Print subtitles (WebVTT).")
    ] = False,
    as_eaf: Annotated[
        bool, typer.Option("--eaf", help="Print a document for ELAN.")
    ] = False,
    as_csv: Annotated[
        bool, typer.Option("--csv", help="Print a table for programs.")
    ] = False,
    school: Annotated[
        School | None,
        typer.Option(help="Names of arms, arabesques and places of the room."),
    ] = None,
    start: Annotated[float | None, typer.Option("--from", help="From, s.")] = None,
    end: Annotated[float | None, typer.Option("--to", help="To, s.")] = None,
    fps: Fps = None,
    unit: UnitChoice = None,
    up: UpChoice = None,
    mapping: Map = None,
    model: ModelChoice = Model.heavy,
    no_cache: NoCache = False,
) -> None:
    """Name the steps and positions that were danced, and say why it is these.

    Each has its time, its side, how sure the name is, and what told it; where two
    cannot be told apart both are named.
    """
    forms = {"json": as_json, "vtt": as_vtt, "eaf": as_eaf, "csv": as_csv}
    asked = [form for form, wanted in forms.items() if wanted]
    if len(asked) > 1:
        raise typer.BadParameter(f"--{asked[0]} and --{asked[1]} exclude each other")
    check_part(start, end)
    given = Given(fps=fps, unit=unit, up=up, mapping=mapping)
    read = recording(path, given, model=model, cache=not no_cache)
    with console.error.status(escape(plain(f"looking for steps in {read.source}"))):
        from repetiteur import rehearsal

        whole = start is None and end is None
        found = rehearsal.steps(read if whole else read.part(start, end))
    if asked:
        typer.echo(_written(found, asked[0], _names(school)), nl=False)
    else:
        _show(found, _names(school))
    if not any(found.steps.values()):
        raise NothingToJudge(
            "A step to be named needs one of the vocabulary, danced whole and seen "
            f"with both feet, and none was found in {read.source}. Record more, or "
            'look at what can be measured without names: "repetiteur measure".'
        )


def _names(school: School | None) -> schools.School | None:
    from repetiteur.steps.schools import SCHOOLS

    return next((one for one in SCHOOLS if school and one == school.value), None)


def _written(found: Danced, form: str, school: schools.School | None) -> str:
    """The text of a file of this form."""
    from repetiteur.report.elan import steps_eaf
    from repetiteur.report.exports import to_json
    from repetiteur.report.steps import steps_csv, steps_json, steps_vtt

    if form == "eaf":
        return steps_eaf(found, datetime.now(UTC), school)
    if form == "json":
        return to_json(steps_json(found, school))
    return (steps_vtt if form == "vtt" else steps_csv)(found, school)


def _show(found: Danced, school: schools.School | None) -> None:
    """For people: a table for each dancer."""
    from repetiteur.report.step_rows import COLUMNS, step_rows

    for who, danced in found.steps.items():
        if len(found.steps) > 1:
            console.out.print(plain(who), markup=False, style="bold underline")
        if not danced:
            continue
        rows = step_rows(danced, school)
        used = [k for k in range(len(COLUMNS)) if any(row[k] for row in rows)]
        show(
            [COLUMNS[k] for k in used],
            [[row[k] for k in used] for row in rows],
            numbers=("time",),
            console=console.out,
        )
