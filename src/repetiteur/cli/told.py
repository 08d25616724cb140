"""What a command writes of a rehearsal, and what it says of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from repetiteur.cli import console
from repetiteur.report.plain import plain

if TYPE_CHECKING:
    from repetiteur.rehearsal import Rehearsal

__all__ = ["WRITTEN", "draw", "write"]

#: What is written that can also be read.
WRITTEN = (
    "reference.nc", "take.nc", "notes.json", "reference_film.mp4", "take_film.mp4",
)  # fmt: skip


def write(
    found: Rehearsal,
    output: Path,
    *,
    as_json: bool,
    films: bool = True,
    blur_faces: bool = False,
) -> None:
    """Write the report's files, and say the notes on standard output."""
    from repetiteur.cli.progress import frames_of
    from repetiteur.report.exports import notes_json, to_json
    from repetiteur.report.write import write_report

    with frames_of("writing the report") as progress:
        write_report(
            found, output, films=films, blur_faces=blur_faces, progress=progress
        )
    if as_json:
        typer.echo(to_json(notes_json(found)), nl=False)
    else:
        _say(found)
    console.error.print(f"{output / 'report.html'}", markup=False)


def draw(found: Rehearsal, overlay: Path, *, blur_faces: bool) -> None:
    """Write the video of both side by side."""
    from repetiteur.cli.progress import frames_of
    from repetiteur.report.in_step import write_in_step

    with frames_of("drawing both") as progress:
        write_in_step(found, overlay, blur_faces=blur_faces, progress=progress)
    console.error.print(f"{overlay}", markup=False)


def _say(found: Rehearsal) -> None:
    from repetiteur.report.earlier import lines
    from repetiteur.report.music import music_words
    from repetiteur.report.view import SPOKEN
    from repetiteur.report.words import moment

    if found.music is not None:
        console.error.print(plain(music_words(found.music)), markup=False)
    notes = found.findings.notes
    nowhere = [entry for entry in found.findings.not_judged if not entry.spans]
    if not notes:
        typer.echo(_nothing_noted(found, everything=not nowhere))
    for rank, note in enumerate(notes[:SPOKEN], start=1):
        typer.echo(f"{rank}  {note.text}")
        when = f", {moment(note.at_take_s)} in the take" if note.count else ""
        typer.echo(f"   {note.place}{when} · {note.reason}")
    if len(notes) > SPOKEN:
        typer.echo(f"   {len(notes) - SPOKEN} more in the report.")
    for strength in found.findings.strengths:
        typer.echo(f"+  {strength.text}")
    for line in lines(found.findings.earlier or ()):
        typer.echo(plain(line))
    for reason, film in dict.fromkeys((e.reason, e.how_to_film) for e in nowhere):
        many = sum(entry.reason == reason for entry in nowhere)
        typer.echo(f"-  Not judged, {many} of the measures: {reason} {film}")


def _nothing_noted(found: Rehearsal, *, everything: bool) -> str:
    """What is said in place of notes."""
    said = "Nothing" if everything else "In what could be judged nothing"
    told = found.expressed
    if told is not None and told.body.findings:
        return f"{said} differs beyond the noise but how it is danced: see the report."
    return f"{said} differs beyond the noise." + (
        " That is a result." if everything else ""
    )
