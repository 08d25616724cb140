"""The command that measures recordings."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from repetiteur.cli import console
from repetiteur.cli.about import About
from repetiteur.cli.codes import UNREADABLE
from repetiteur.cli.folders import VIDEOS, each_of, one_line, recordings_in
from repetiteur.cli.options import Fps, Map, UnitChoice, UpChoice
from repetiteur.cli.reading import Given, recording
from repetiteur.cli.sheet import overview, show_taken, show_trials
from repetiteur.cli.track import Model, ModelChoice, NoCache
from repetiteur.errors import NothingToJudge, RepetiteurError

if TYPE_CHECKING:
    from repetiteur.report.measured import Taken
    from repetiteur.technique.trials import Trials


def measure(  # noqa: PLR0913 - a command's options
    recordings: Annotated[
        list[Path],
        typer.Argument(
            metavar="RECORDING ...", help="Motion files, videos, folders of them."
        ),
    ],
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print everything as one JSON document.")
    ] = False,
    as_csv: Annotated[
        bool, typer.Option("--csv", help="Print the values as a table for programs.")
    ] = False,
    every: Annotated[
        bool, typer.Option("--all", help="Show every value of a long recording.")
    ] = False,
    as_trials: Annotated[
        bool,
        typer.Option(
            "--trials",
            help="The recordings, or the moments of one, are trials of one dancer.",
        ),
    ] = False,
    only: Annotated[
        list[str] | None,
        typer.Option(metavar="MEASURE", help="These alone; again for more."),
    ] = None,
    about: About = None,
    height: Annotated[
        float | None,
        typer.Option(min=0.5, max=2.6, metavar="M", help="The dancer's height, m."),
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
    """Measure what needs no name of a step: turns, jumps, balances, pliés, lines.

    Every value has a 90 % interval; what cannot be judged is said with its reason.
    Several recordings, or a folder of them, give a table of what was found in each.
    """
    from repetiteur.io.formats import readable_endings
    from repetiteur.report.sheet import MOST_VALUES

    if as_json and as_csv:
        raise typer.BadParameter("--json and --csv exclude each other")
    if start is not None and end is not None and not start < end:
        raise typer.BadParameter("--from needs to lie before --to")
    wanted = _wanted(only)
    given = Given(fps=fps, unit=unit, up=up, mapping=mapping)
    paths = recordings_in(recordings, (*readable_endings(), *VIDEOS))
    names = _names(paths)
    taken: list[Taken] = []

    def work(path: Path) -> None:
        from repetiteur import rehearsal
        from repetiteur.report.measured import Taken

        read = recording(path, given, model=model, cache=not no_cache)
        found = replace(read, source=names[path])
        if start is not None or end is not None:
            found = found.part(start, end)
        doing = escape(f"measuring {path.name}")
        with console.error.status(doing) as status:
            measured = rehearsal.measure(
                found,
                height_m=height,
                only=wanted,
                progress=lambda done, of: status.update(
                    f"{doing}: copy {done} of {of}"
                ),
            )
        taken.extend(Taken(found, who, one) for who, one in measured.items())

    failed = each_of(paths, work, "measuring")
    errors = {names[path]: one_line(error) for path, error in failed.items()}
    trials = _trials(taken, failed, height) if as_trials else None
    if as_json:
        _print_json(taken, errors, trials)
    elif as_csv:
        _print_csv(taken, errors, trials)
    else:
        _show(taken, errors, trials, most_values=math.inf if every else MOST_VALUES)
    if failed:
        share = f"{len(failed)} of {len(paths)}"
        console.error.print(f"{share} recordings could not be measured")
    if not all(isinstance(error, NothingToJudge) for error in failed.values()):
        raise typer.Exit(UNREADABLE)
    if not any(one.measured.measurements for one in taken):
        raise NothingToJudge(_nothing(taken, errors))


def _names(paths: Sequence[Path]) -> dict[Path, str]:
    """What each recording is called: its file's name, as given where two have one."""
    alike = Counter(path.name for path in paths)
    return {
        path: path.name if alike[path.name] == 1 else path.as_posix() for path in paths
    }


def _wanted(only: Sequence[str] | None) -> tuple[str, ...]:
    """Measures that were asked for; a name stands for its components too."""
    from repetiteur.technique.measure import measures

    known = list(dict.fromkeys(one.id for one in measures()))
    if only is None:
        return tuple(known)
    asked = [name.strip() for word in only for name in word.split(",") if name.strip()]
    if not asked:
        raise typer.BadParameter(f"--only needs one of {', '.join(known)}")
    for name in asked:
        if not any(one == name or one.startswith(f"{name}.") for one in known):
            raise typer.BadParameter(
                f"--only: {name!r} is none of the measures {', '.join(known)}"
            )
    return tuple(one for one in known if one in asked or one.partition(".")[0] in asked)


def _trials(
    taken: Sequence[Taken],
    failed: Mapping[Path, RepetiteurError],
    height: float | None,
) -> Trials:
    """What the trials say; one that is left of several is no trial by itself."""
    from repetiteur import rehearsal

    if failed and len(taken) < 2:
        for path, error in failed.items():
            console.error.print(f"{path.name}: {one_line(error)}", markup=False)
        if not all(isinstance(error, NothingToJudge) for error in failed.values()):
            raise typer.Exit(UNREADABLE)
        raise NothingToJudge(
            "Trials need two recordings that can be measured, and there are fewer. "
            "Look at each alone."
        )
    measured = [(one.recording, one.measured) for one in taken]
    return rehearsal.trials(measured, height_m=height)


def _print_json(
    taken: Sequence[Taken], errors: Mapping[str, str], trials: Trials | None
) -> None:
    from repetiteur.report.exports import to_json
    from repetiteur.report.measured import measurements_json
    from repetiteur.report.trials import trials_json

    document = measurements_json(taken, errors)
    if trials is not None:
        sources = [one.recording.source for one in taken]
        document["trials"] = trials_json(trials, sources)
    typer.echo(to_json(document), nl=False)


def _print_csv(
    taken: Sequence[Taken], errors: Mapping[str, str], trials: Trials | None
) -> None:
    """A table has no room for what failed, which is said beside it."""
    from repetiteur.report.measured import measurements_csv
    from repetiteur.report.trials import trials_csv

    table = measurements_csv(taken) if trials is None else trials_csv(trials)
    typer.echo(table, nl=False)
    for name, why in errors.items():
        console.error.print(f"{name}: {why}", markup=False)


def _show(
    taken: Sequence[Taken],
    errors: Mapping[str, str],
    trials: Trials | None,
    *,
    most_values: float,
) -> None:
    """For people: one recording, what was found in each of several, or the trials."""
    if trials is not None:
        show_trials(trials)
    elif len({one.recording.source for one in taken} | set(errors)) > 1:
        overview(taken, errors)
    else:
        for one in taken:
            show_taken(one, most_values=most_values)


def _nothing(taken: Sequence[Taken], errors: Mapping[str, str]) -> str:
    lacking = (entry for one in taken for entry in one.measured.not_judged)
    reasons = dict.fromkeys([*(entry.reason for entry in lacking), *errors.values()])
    return (
        "A measurement needs a moment that can be judged, and these recordings have "
        f"none: {' '.join(list(reasons)[:4])} Record more, or another view."
    )
