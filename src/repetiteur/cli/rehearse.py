"""The command that compares a take with a reference and writes the report."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from repetiteur.cli import console
from repetiteur.cli.faces import can_see
from repetiteur.cli.folders import repeated
from repetiteur.cli.options import Fps, Map, More, UnitChoice, UpChoice, check_part
from repetiteur.cli.reading import Given, recording
from repetiteur.cli.told import WRITTEN, draw, write
from repetiteur.cli.track import Model, ModelChoice, NoCache, spare

if TYPE_CHECKING:
    from repetiteur.io.notes import Earlier
    from repetiteur.music.heard import Music
    from repetiteur.rehearsal import Recording

__all__ = ["rehearse"]


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


@dataclass(frozen=True)
class DancedTo:
    """What is given of the music that both were danced to.

    Attributes
    ----------
    music : Path or None
        The music by itself.
    counts : Path or None
        Counts of the music, or where there is none of the reference.
    take_counts : Path or None
        Counts in the take's own seconds.
    """

    music: Path | None
    counts: Path | None
    take_counts: Path | None

    @property
    def files(self) -> list[Path]:
        """Those that are given."""
        every = (self.music, self.counts, self.take_counts)
        return [path for path in every if path is not None]


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
    also, more, since = also or [], more or [], since or []
    danced_to = DancedTo(music, counts, take_counts)
    spare(
        [reference, take, *also, *more, *since, *danced_to.files],
        [*(output / name for name in WRITTEN), *([overlay] if overlay else [])],
    )
    check_part(start, end)
    _check_each_once([take, *also])
    if take_counts is not None and counts is None:
        raise typer.BadParameter("--take-counts needs --counts beside it")
    if overlay is not None and overlay.suffix.lower() != ".mp4":
        raise typer.BadParameter("--overlay needs a name that ends in .mp4")
    earlier = _read_notes(since)
    headers = Given(fps=fps, unit=unit, up=up, mapping=mapping)
    first, second, *others = (
        recording(path, headers, model=model, cache=not no_cache)
        for path in (reference, take, *also, *more)
    )
    if mirrored_recording is Which.reference:
        first = first.unmirrored()
    elif mirrored_recording is Which.take:
        second = second.unmirrored()
    if start is not None or end is not None:
        first = first.part(start, end)
    music_heard = _hear(first, second, danced_to) if danced_to.files else None
    with console.error.status("lining up and comparing") as status:
        from repetiteur import rehearsal

        found = rehearsal.rehearse(
            first,
            second,
            references=others[len(also) :],
            also=others[: len(also)],
            side=side.value,
            since=earlier,
            focus=focus.value,
            music=music_heard,
            faces=not (no_face or blur_faces) and can_see(first, second),
            progress=lambda doing, done, of: status.update(f"{doing}: {done} of {of}"),
        )
    write(found, output, as_json=as_json, films=not no_films, blur_faces=blur_faces)
    if overlay is not None:
        draw(found, overlay, blur_faces=blur_faces)


def _check_each_once(takes: list[Path]) -> None:
    """Refuse a take that is named twice: it would seem to vary by nothing."""
    if twice := repeated(takes, ()):
        raise typer.BadParameter(
            f"--also: {twice} is named twice, and each is to be a take of its own; "
            "leave it out once"
        )


def _read_notes(since: list[Path]) -> list[Earlier]:
    with console.error.status("reading"):
        from repetiteur.io.notes import read_notes

        return [read_notes(path) for path in since]


def _hear(reference: Recording, take: Recording, danced_to: DancedTo) -> Music:
    """What both were danced to."""
    with console.error.status("listening"):
        from repetiteur import rehearsal
        from repetiteur.io.counts import read_counts

        counts, own = danced_to.counts, danced_to.take_counts
        return rehearsal.hear(
            reference,
            take,
            music=danced_to.music,
            counts=None if counts is None else read_counts(counts),
            take_counts=None if own is None else read_counts(own),
        )
