"""The commands. Each is thin: options in, one call, results out.

Results go to standard output, everything else to standard error. What a command
needs is imported when it runs, so that ``--help`` answers at once.
"""

from __future__ import annotations

import os
import signal
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from repetiteur import __version__
from repetiteur.cli import console, doctor, models
from repetiteur.cli.codes import UNREADABLE
from repetiteur.cli.convert import convert
from repetiteur.cli.folders import one_line
from repetiteur.cli.measure import measure
from repetiteur.cli.options import Fps, Map, More, UnitChoice, UpChoice
from repetiteur.cli.reading import Given, recording
from repetiteur.cli.steps import steps
from repetiteur.cli.track import Model, ModelChoice, NoCache, spare, track
from repetiteur.errors import CannotWrite, NothingToJudge, RepetiteurError

if TYPE_CHECKING:
    from repetiteur.rehearsal import Rehearsal

NOTHING_JUDGED, INTERRUPTED, UNREAD, TERMINATED = 4, 130, 141, 143
#: What "rehearse" writes that it can also read.
WRITTEN = ("reference.nc", "take.nc")

app = typer.Typer(
    name="repetiteur",
    help="Rehearse a dancer's recording beside a reference, on this machine alone.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


class Side(StrEnum):
    """Which side the take dances."""

    auto = "auto"
    same = "same"
    mirrored = "mirrored"


class Which(StrEnum):
    """One of the two recordings."""

    reference = "reference"
    take = "take"


def _version(asked: bool) -> None:  # noqa: FBT001 - typer's form of a callback
    if asked:
        typer.echo(f"repetiteur {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[  # noqa: FBT002 - typer's form of a switch
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show it."),
    ] = False,
) -> None:
    pass


@app.command()
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
    start: Annotated[
        float | None, typer.Option("--from", help="Part of the reference: from, s.")
    ] = None,
    end: Annotated[
        float | None, typer.Option("--to", help="Part of the reference: to, s.")
    ] = None,
    mirrored_recording: Annotated[
        Which | None, typer.Option(help="This one was recorded in a mirror: undo it.")
    ] = None,
    more: More = None,
    fps: Fps = None,
    unit: UnitChoice = None,
    up: UpChoice = None,
    mapping: Map = None,
    model: ModelChoice = Model.heavy,
    no_cache: NoCache = False,
) -> None:
    """Compare a take with its reference and write the report.

    DIR receives report.html, notes.json, notes.vtt, reference.nc, take.nc and
    alignment.csv. Videos are tracked first. Corrections of headers (--fps, --unit,
    --up, --map) hold for all motion files; correct one alone with "repetiteur
    convert".
    """
    spare([reference, take, *(more or [])], [output / name for name in WRITTEN])
    if start is not None and end is not None and not start < end:
        raise typer.BadParameter("--from needs to lie before --to")
    given = Given(fps=fps, unit=unit, up=up, mapping=mapping)
    read = {
        which: recording(path, given, model=model, cache=not no_cache)
        for which, path in ((Which.reference, reference), (Which.take, take))
    }
    others = [
        recording(path, given, model=model, cache=not no_cache) for path in more or []
    ]
    with console.error.status("reading") as status:
        from repetiteur import rehearsal

        if mirrored_recording is not None:
            read[mirrored_recording] = read[mirrored_recording].unmirrored()
        first = read[Which.reference]
        if start is not None or end is not None:
            first = first.part(start, end)
        status.update("lining up and comparing")
        found = rehearsal.rehearse(
            first, read[Which.take], references=others, side=side.value
        )
        status.update("writing the report")
        _write(found, output, as_json=as_json)


def _write(found: Rehearsal, output: Path, *, as_json: bool) -> None:
    from repetiteur.report.exports import notes_json, to_json
    from repetiteur.report.write import write_report

    write_report(found, output)
    if as_json:
        typer.echo(to_json(notes_json(found)), nl=False)
    else:
        _say(found)
    console.error.print(f"{output / 'report.html'}", markup=False)


def _say(found: Rehearsal) -> None:
    notes = found.findings.notes
    nowhere = [entry for entry in found.findings.not_judged if not entry.spans]
    if not notes and nowhere:
        typer.echo("In what could be judged nothing differs beyond the noise.")
    elif not notes:
        typer.echo("Nothing differs beyond the noise. That is a result.")
    for rank, note in enumerate(notes, start=1):
        typer.echo(f"{rank}  {note.text}")
        typer.echo(f"   {note.place} · {note.reason}")
    for strength in found.findings.strengths:
        typer.echo(f"+  {strength.text}")
    for reason, film in dict.fromkeys((e.reason, e.how_to_film) for e in nowhere):
        many = sum(entry.reason == reason for entry in nowhere)
        typer.echo(f"-  Not judged, {many} of the measures: {reason} {film}")


@app.command()
def demo(
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="DIR", help="Where files go.")
    ] = Path("demo"),
) -> None:
    """Rehearse a short adage that the program dances itself: nothing is needed."""
    with console.error.status("dancing") as status:
        from repetiteur import rehearsal
        from repetiteur.synthetic.demo import demo_reference, demo_take

        first = rehearsal.recording_from_poses(demo_reference(), "Demo adage")
        second = rehearsal.recording_from_poses(demo_take(), "Demo adage, once more")
        status.update("lining up and comparing")
        found = rehearsal.rehearse(first, second)
        status.update("writing the report")
        _write(found, output, as_json=False)


@app.command()
def align(  # noqa: PLR0913 - a command's options
    reference: Annotated[Path, typer.Argument(help="The dancing to compare with.")],
    take: Annotated[Path, typer.Argument(help="The dancing to line up.")],
    *,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="CSV", help="File to write.")
    ],
    fps: Fps = None,
    unit: UnitChoice = None,
    up: UpChoice = None,
    mapping: Map = None,
    model: ModelChoice = Model.heavy,
    no_cache: NoCache = False,
) -> None:
    """Write which moment of the take belongs to which moment of the reference."""
    given = Given(fps=fps, unit=unit, up=up, mapping=mapping)
    first, second = (
        recording(path, given, model=model, cache=not no_cache)
        for path in (reference, take)
    )
    with console.error.status("lining up"):
        from repetiteur import rehearsal
        from repetiteur.io.files import replacing
        from repetiteur.report.exports import alignment_csv

        text = alignment_csv(rehearsal.rehearse(first, second))
        with replacing(output) as beside:
            beside.write_text(text, encoding="utf-8", newline="")


app.add_typer(models.app, name="models")
app.command()(convert)
app.command()(measure)
app.command()(steps)
app.command()(doctor.doctor)
app.command()(track)


def main() -> None:
    """Run the command line; errors of the package become one line and a code."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))  # tidies up, too
    try:
        app()
    except NothingToJudge as error:
        _leave(error, NOTHING_JUDGED)
    except RepetiteurError as error:
        _leave(error, UNREADABLE)
    except OSError as error:
        if error.errno is None or error.filename is not None:
            raise  # a fault of ours: files have errors of their own
        _say_no_more()
        why = error.strerror or str(error)
        said = f"What is printed needs a place, and standard output has none: {why}. "
        _leave(CannotWrite(f"{said}Print elsewhere, or make room."), UNREADABLE)
    except SystemExit as left:
        if not isinstance(left.__context__, BrokenPipeError):
            raise
        _say_no_more()  # nobody reads on: end as other tools do
        sys.exit(UNREAD)
    except KeyboardInterrupt:
        console.error.print("interrupted; nothing half-written is left")
        sys.exit(INTERRUPTED)


def _say_no_more() -> None:
    """Lead standard output to nowhere: what it still holds cannot be printed."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _leave(error: RepetiteurError, code: int) -> None:
    sys.stderr.write(f"repetiteur: {one_line(error)}\n")
    sys.exit(code)
