"""The command that numbers music as dancers count it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from repetiteur.cli import console
from repetiteur.cli.tables import show, show_lines
from repetiteur.errors import CannotWrite, NothingToJudge
from repetiteur.report.plain import plain

if TYPE_CHECKING:
    from repetiteur.io.audio import Sound
    from repetiteur.model.counts import Counts
    from repetiteur.music.beats import Beats

__all__ = ["counts"]

#: Beats in a bar where nobody says how many: dancers count such music in eights.
METRE = 4


def counts(  # noqa: PLR0913 - a command's options
    path: Annotated[
        Path, typer.Argument(metavar="AUDIO_OR_VIDEO", help="A recording with music.")
    ],
    *,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="CSV", help="File to write."),
    ] = None,
    metre: Annotated[
        int | None,
        typer.Option(min=1, max=16, help="Beats in a bar; a waltz has 3."),
    ] = None,
    bpm: Annotated[
        float | None,
        typer.Option(min=20, max=400, help="Beats a minute, as you tap them."),
    ] = None,
    one: Annotated[
        list[float] | None,
        typer.Option(
            metavar="S",
            help="When the first 1 is heard, s. Again: where counting begins anew.",
        ),
    ] = None,
    click: Annotated[
        Path | None,
        typer.Option(metavar="WAV", help="Write the music with clicks, to check."),
    ] = None,
    given: Annotated[
        Path | None,
        typer.Option("--from", metavar="COUNTS_CSV", help="Counts to carry over."),
    ] = None,
    of: Annotated[
        Path | None,
        typer.Option(metavar="AUDIO", help="The recording that --from belongs to."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print everything as one JSON document.")
    ] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print the table.")] = False,
) -> None:
    """Find the beats of music and number them as dancers count.

    The metre and the first 1 are yours to say. Correct the table by hand or in a
    spreadsheet, and carry it over to every other recording of the same music.
    """
    _check(as_json=as_json, as_csv=as_csv, given=given, of=of, found=(metre, bpm, one))
    sources = [source for source in (path, given, of) if source is not None]
    _check_targets([target for target in (output, click) if target], sources)
    if given is not None and of is not None:
        sound, made = _carried(path, given, of)
    else:
        sound, made = _found(path, metre, bpm, one or [])
    if output is not None:
        from repetiteur.io.counts import write_counts

        write_counts(made, output)
    if click is not None:
        _write_clicks(path, made, sound.start_s, click)
    _print(made, as_json=as_json, as_csv=as_csv, quiet=output is not None)


def _check(
    *,
    as_json: bool,
    as_csv: bool,
    given: Path | None,
    of: Path | None,
    found: tuple[object, ...],
) -> None:
    """Options that exclude or need one another."""
    if as_json and as_csv:
        raise typer.BadParameter("--json and --csv exclude each other")
    if (given is None) != (of is None):
        raise typer.BadParameter(
            "--from needs --of, and --of needs --from: counts, and the recording that "
            "they belong to"
        )
    if given is not None and any(found):
        raise typer.BadParameter(
            "--from brings its own counts: leave out --metre, --bpm and --one"
        )


def _check_targets(targets: list[Path], sources: list[Path]) -> None:
    """Nothing that is read is written over, and no file is written twice."""
    places = [target.resolve() for target in targets]
    if len(set(places)) < len(places):
        raise typer.BadParameter("-o and --click need two different files")
    for target in targets:
        for source in sources:
            if target.exists() and source.exists() and target.samefile(source):
                raise CannotWrite(
                    f"What is written needs a name of its own, and {target.name} is "
                    "read by this command. Choose another name."
                )


def _sound(path: Path) -> Sound:
    from repetiteur.io.audio import read_audio
    from repetiteur.music.onsets import RATE

    with console.error.status(escape(plain(f"listening to {path.name}"))):
        return read_audio(path, RATE)


def _found(
    path: Path, metre: int | None, bpm: float | None, ones: list[float]
) -> tuple[Sound, Counts]:
    """Counts of the music itself."""
    sound = _sound(path)
    with console.error.status("looking for beats"):
        from repetiteur.music.beats import beats_of
        from repetiteur.music.numbering import numbered

        beats = beats_of(sound, bpm=bpm)
    made = numbered(beats, metre=metre or METRE, ones_s=ones)
    _say_assumed(beats, metre, bpm, ones)
    return sound, made


def _say_assumed(
    beats: Beats, metre: int | None, bpm: float | None, ones: list[float]
) -> None:
    """What nobody said, and was chosen."""
    assumed = []
    if metre is None:
        assumed.append(f"{METRE} beats in a bar (--metre)")
    if not ones:
        assumed.append(f"the first 1 at {beats.time_s[0]:.2f} s (--one)")
    if bpm is None:
        gaps = beats.time_s[1:] - beats.time_s[:-1]
        pace = 60.0 / sorted(gaps)[len(gaps) // 2]
        assumed.append(f"about {pace:.0f} beats a minute (--bpm)")
    if assumed:
        said = f"Assumed: {', '.join(assumed)}. Check by ear: --click."
        console.error.print(said, markup=False)


def _carried(path: Path, given: Path, of: Path) -> tuple[Sound, Counts]:
    """Counts of another recording of the same music, here."""
    from repetiteur.io.counts import read_counts

    counts = read_counts(given)
    first, second = _sound(of), _sound(path)
    with console.error.status("lining up the music"):
        from repetiteur.music.carrying import carried
        from repetiteur.music.sync import sync

        line_up = sync(first, second)
        made = _apart(carried(counts, line_up))
    if line_up.kind == "neither":
        raise NothingToJudge(line_up.reason)
    if not len(made):
        raise NothingToJudge(
            f"Counts need to lie where both recordings have the same music, and none "
            f"of {given.name} does. Give the counts of {of.name}."
        )
    how = {
        "same_playback": "the same playback",
        "other_playing": "another playing of the same music",
    }[line_up.kind]
    said = f"{path.name} is {how}: {len(made)} of {len(counts)} counts carried over."
    console.error.print(plain(said), markup=False)
    return second, made


def _apart(made: Counts) -> Counts:
    """Counts without those that fell upon the one before."""
    import numpy as np

    from repetiteur.io.counts import NEAREST_S

    near = np.diff(made.time_s, prepend=-np.inf) <= NEAREST_S
    return made.moved(np.where(near, np.nan, made.time_s), made.confidence)


def _write_clicks(path: Path, made: Counts, start_s: float, target: Path) -> None:
    """The music at its own rate, with clicks."""
    from repetiteur.io.audio import Sound, read_audio
    from repetiteur.io.wav import write_wav
    from repetiteur.music.click import clicked

    with console.error.status("clicking"):
        own = read_audio(path)
        write_wav(clicked(Sound(own.samples, own.rate, start_s), made), target)


def _print(made: Counts, *, as_json: bool, as_csv: bool, quiet: bool) -> None:
    """To standard output: a document, the table, or a row for each phrase."""
    from repetiteur.report import counts as written

    if as_json:
        from repetiteur.report.exports import to_json

        typer.echo(to_json(written.counts_json(made)), nl=False)
    elif as_csv:
        from repetiteur.io.counts import counts_csv

        typer.echo(counts_csv(made), nl=False)
    elif not quiet:
        show(
            written.COLUMNS,
            written.phrase_rows(made),
            numbers=written.COLUMNS,
            console=console.out,
        )
        show_lines([written.summary(made)])
