"""The command that describes how a take differs in quality from its references."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from repetiteur.cli import console
from repetiteur.cli.faces import can_see
from repetiteur.cli.options import Fps, Map, UnitChoice, UpChoice
from repetiteur.cli.reading import Given, recording
from repetiteur.cli.tables import show
from repetiteur.cli.track import Model, ModelChoice, NoCache
from repetiteur.errors import NothingToJudge
from repetiteur.report.plain import plain

if TYPE_CHECKING:
    from repetiteur.rehearsal.expressing import Expressed

__all__ = ["expression"]


def expression(  # noqa: PLR0913 - a command's options
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="RECORDING", help="The take, a motion file or a video."),
    ],
    *,
    against: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="REFERENCE ...",
            help="The same phrase, danced by another or in another way; several give "
            "an envelope.",
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print everything as one JSON document.")
    ] = False,
    no_face: Annotated[
        bool, typer.Option("--no-face", help="Leave the faces alone.")
    ] = False,
    fps: Fps = None,
    unit: UnitChoice = None,
    up: UpChoice = None,
    mapping: Map = None,
    model: ModelChoice = Model.heavy,
    no_cache: NoCache = False,
) -> None:
    """Describe how a take differs in quality of movement, and in face, from references.

    Descriptions and differences, with an interval each; nothing on what anybody feels.
    Without a reference nothing can be said of expression.
    """
    take, *more = paths
    if more and not against:
        raise typer.BadParameter("references are named after --against")
    headers = Given(fps=fps, unit=unit, up=up, mapping=mapping)
    mine, *references = (
        recording(path, headers, model=model, cache=not no_cache)
        for path in (take, *(against or []), *more)
    )
    with console.error.status("lining up and comparing") as status:
        from repetiteur.rehearsal.expressing import express

        found = express(
            mine,
            references,
            faces=not no_face and can_see(mine, *references[:1]),
            progress=lambda doing, done, of: status.update(f"{doing}: {done} of {of}"),
        )
    if as_json:
        from repetiteur.report.exports import to_json
        from repetiteur.report.expression import expression_json

        typer.echo(to_json(expression_json(found)), nl=False)
    else:
        _show(found)
    if not found.body.courses and not _any_face(found):
        raise NothingToJudge(_nothing(found))


def _any_face(found: Expressed) -> bool:
    from repetiteur.report.expression import face_rows

    return found.face is not None and bool(face_rows(found.face))


def _show(found: Expressed) -> None:
    from repetiteur.report.expression import (
        COLUMNS,
        axis_words,
        face_rows,
        face_unjudged,
        finding_words,
        rows,
    )

    body = found.body
    for one in body.findings:
        typer.echo(finding_words(one))
    if body.courses:
        if not body.findings:
            typer.echo("No quality differs beyond what repeats of one dancer vary by.")
        for axis in body.axes:
            typer.echo(axis_words(axis))
        numbers = COLUMNS[1:]
        show(COLUMNS, rows(found), numbers=numbers, console=console.out)
    if not (body.courses or _any_face(found)):
        return
    if found.face is not None:
        columns, judged = ("face", "difference", "90 % interval"), face_rows(found.face)
        if judged:
            show(columns, judged, numbers=("difference",), console=console.out)
        for line in face_unjudged(found.face):
            typer.echo(plain(f"-  Not judged, {line}"))
    for entry in body.not_judged:
        typer.echo(plain(f"-  Not judged, {entry.measure}: {entry.reason}"))


def _nothing(found: Expressed) -> str:
    reasons = Counter(
        f"{entry.reason} {entry.how_to_film}" for entry in found.body.not_judged
    )
    return reasons.most_common(1)[0][0]
