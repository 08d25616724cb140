"""The command that compares a take with a reference and writes the report."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from repetiteur.cli import console
from repetiteur.cli.options import Fps, Map, More, UnitChoice, UpChoice, check_part
from repetiteur.cli.reading import Given, recording
from repetiteur.cli.track import Model, ModelChoice, NoCache, spare
from repetiteur.report.plain import plain

if TYPE_CHECKING:
    from repetiteur.music.heard import Music
    from repetiteur.rehearsal import Recording, Rehearsal

__all__ = ["rehearse", "write"]

#: What it writes that it can also read.
WRITTEN = (
    "reference.nc", "take.nc", "notes.json", "reference_film.mp4", "take_film.mp4",
)  # fmt: skip


class Side(StrEnum):
    """Which side the take dances."""

    auto = "auto"
    same = "same"
    mirrored = "mirrored"


class Which(StrEnum):
    """One of the two recordings."""

    reference = "reference"
    take = "take"


class Focus(StrEnum):
    """Where notes lead the attention: to the effect, or to the body."""

    external = "external"
    internal = "internal"


def rehearse(  # noqa: PLR0913 - a command's options
    reference: Annotated[Path, typer.Argument(help="The dancing to compare with.")],
    take: Annotated[Path, typer.Argument(help="The dancing to rehearse.")],
    *,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="DIR", help="Where files go.")
    ] = Path("rehearsal"),
    as_json: Annotated[
        bool, typer.Option("--json", help="Print notes.json on standard output.")
    ] = False,
    side: Annotated[Side, typer.Option(help="Side that the take dances.")] = Side.auto,
    also: Annotated[
        list[Path] | None,
        typer.Option(
            "--also",
            metavar="TAKE",
            help="A further take of the same dancer; as often as there are some. What "
            "they vary by is the noise under the notes.",
        ),
    ] = None,
    more: More = None,
    since: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="NOTES",
            help="notes.json of an earlier rehearsal beside the same reference: say "
            "what became of its notes. As often as there are some.",
        ),
    ] = None,
    music: Annotated[
        Path | None,
        typer.Option(
            metavar="SOUND",
            help="The music by itself: what both were danced to is found in them, and "
            "lateness counts from it.",
        ),
    ] = None,
    counts: Annotated[
        Path | None,
        typer.Option(
            metavar="CSV",
            help="Counts of the music (repetiteur counts), or without --music of the "
            "reference: notes speak in them.",
        ),
    ] = None,
    take_counts: Annotated[
        Path | None,
        typer.Option(
            metavar="CSV",
            help="Counts in the take's own seconds: of one without sound.",
        ),
    ] = None,
    focus: Annotated[
        Focus,
        typer.Option(help="Notes on the effect of a movement, or on the body."),
    ] = Focus.external,
    start: Annotated[
        float | None, typer.Option("--from", help="Part of the reference: from, s.")
    ] = None,
    end: Annotated[
        float | None, typer.Option("--to", help="Part of the reference: to, s.")
    ] = None,
    mirrored_recording: Annotated[
        Which | None, typer.Option(help="This one was recorded in a mirror: undo it.")
    ] = None,
    fps: Fps = None,
    unit: UnitChoice = None,
    up: UpChoice = None,
    mapping: Map = None,
    overlay: Annotated[
        Path | None,
        typer.Option(
            metavar="MP4", help="Also write a video of both side by side, in step."
        ),
    ] = None,
    no_films: Annotated[
        bool, typer.Option("--no-films", help="Leave the videos out of the report.")
    ] = False,
    blur_faces: Annotated[
        bool,
        typer.Option(
            "--blur-faces",
            help="Make the faces of both dancers unclear, and tell nothing of them.",
        ),
    ] = False,
    no_face: Annotated[
        bool,
        typer.Option(
            "--no-face",
            help="Leave the faces alone; else the report tells how they move, of two "
            "videos.",
        ),
    ] = False,
    model: ModelChoice = Model.heavy,
    no_cache: NoCache = False,
) -> None:
    """Compare a take with its reference and write the report.

    DIR receives report.html, notes.json, notes.vtt, curves.csv, alignment.csv,
    reference.nc and take.nc, and films too large for the page. Videos are tracked
    first. Corrections of headers (--fps, --unit,
    --up, --map) hold for all motion files; correct one alone with "repetiteur
    convert".
    """
    heard = [path for path in (music, counts, take_counts) if path is not None]
    given = [reference, take, *(also or []), *(more or []), *(since or []), *heard]
    written = [output / name for name in WRITTEN]
    spare(given, [*written, *([overlay] if overlay else [])])
    check_part(start, end)
    if take_counts is not None and counts is None:
        raise typer.BadParameter("--take-counts needs --counts beside it")
    if overlay is not None and overlay.suffix.lower() != ".mp4":
        raise typer.BadParameter("--overlay needs a name that ends in .mp4")
    headers = Given(fps=fps, unit=unit, up=up, mapping=mapping)
    with console.error.status("reading"):
        from repetiteur import rehearsal
        from repetiteur.io.notes import read_notes

        earlier = [read_notes(path) for path in since or []]
    first, second, *others = (
        recording(path, headers, model=model, cache=not no_cache)
        for path in (reference, take, *(also or []), *(more or []))
    )
    takes, references = others[: len(also or [])], others[len(also or []) :]
    if mirrored_recording is Which.reference:
        first = first.unmirrored()
    elif mirrored_recording is Which.take:
        second = second.unmirrored()
    if start is not None or end is not None:
        first = first.part(start, end)
    danced_to = None
    if heard:
        danced_to = _hear(first, second, music, counts, take_counts)
    with console.error.status("lining up and comparing") as status:
        found = rehearsal.rehearse(
            first,
            second,
            references=references,
            also=takes,
            side=side.value,
            since=earlier,
            focus=focus.value,
            music=danced_to,
            faces=not (no_face or blur_faces) and _can_see(first, second),
            progress=lambda doing, done, of: status.update(f"{doing}: {done} of {of}"),
        )
    write(found, output, as_json=as_json, films=not no_films, blur_faces=blur_faces)
    if overlay is not None:
        _draw(found, overlay, blur_faces=blur_faces)


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


def _can_see(*recordings: Recording) -> bool:
    """Whether there are faces to look at, and what looks at them."""
    from repetiteur.errors import MissingWeights
    from repetiteur.track.weights import path_of

    if any(one.video is None for one in recordings):
        return False
    try:
        path_of("face_mesh")
    except MissingWeights as error:
        console.error.print(f"The faces are left alone. {error}", markup=False)
        return False
    return True


def _hear(
    reference: Recording,
    take: Recording,
    music: Path | None,
    counts: Path | None,
    take_counts: Path | None,
) -> Music:
    """What both were danced to."""
    with console.error.status("listening"):
        from repetiteur import rehearsal
        from repetiteur.io.counts import read_counts

        return rehearsal.hear(
            reference,
            take,
            music=music,
            counts=None if counts is None else read_counts(counts),
            take_counts=None if take_counts is None else read_counts(take_counts),
        )


def _draw(found: Rehearsal, overlay: Path, *, blur_faces: bool) -> None:
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
