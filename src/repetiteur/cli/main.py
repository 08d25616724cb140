"""The commands. Each is thin: options in, one call, results out.

Results go to standard output, everything else to standard error. What a command
needs is imported when it runs, so that ``--help`` answers at once.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Annotated

import typer

from repetiteur import __version__
from repetiteur.cli import console, doctor, models
from repetiteur.cli.agreement import agreement
from repetiteur.cli.codes import UNREADABLE
from repetiteur.cli.convert import convert
from repetiteur.cli.counts import counts
from repetiteur.cli.expression import expression
from repetiteur.cli.folders import one_line
from repetiteur.cli.measure import measure
from repetiteur.cli.options import Fps, Map, UnitChoice, UpChoice
from repetiteur.cli.reading import Given, recording
from repetiteur.cli.rehearse import rehearse
from repetiteur.cli.steps import steps
from repetiteur.cli.told import write
from repetiteur.cli.track import Model, ModelChoice, NoCache, track
from repetiteur.errors import CannotWrite, NothingToJudge, RepetiteurError

NOTHING_JUDGED, INTERRUPTED, UNREAD, TERMINATED = 4, 130, 141, 143

app = typer.Typer(
    name="repetiteur",
    help="Rehearse a dancer's recording beside a reference, on this machine alone.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


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
def demo(
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="DIR", help="Where files go.")
    ] = Path("demo"),
) -> None:
    """Rehearse a short adage that the program dances itself: nothing is needed."""
    with console.error.status("dancing") as status:
        from repetiteur import rehearsal
        from repetiteur.clean.instruments import with_instrument_errors
        from repetiteur.synthetic.demo import demo_reference, demo_take

        reference, take = map(with_instrument_errors, (demo_reference(), demo_take()))
        first = rehearsal.recording_from_poses(reference, "Demo adage")
        second = rehearsal.recording_from_poses(take, "Demo adage, once more")
        status.update("lining up and comparing")
        found = rehearsal.rehearse(first, second)
    write(found, output, as_json=False)


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


app.command()(rehearse)
app.add_typer(models.app, name="models")
app.command()(convert)
app.command()(counts)
app.command()(expression)
app.command()(measure)
app.command()(steps)
app.command()(agreement)
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
