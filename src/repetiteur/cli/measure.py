"""The command that measures recordings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from repetiteur.cli import console
from repetiteur.cli.folders import VIDEOS, each_of, one_line, recordings_in, show
from repetiteur.cli.options import Fps, Map, UnitChoice, UpChoice
from repetiteur.cli.reading import Given, recording
from repetiteur.cli.track import Model, ModelChoice, NoCache
from repetiteur.errors import NothingToJudge, RepetiteurError

if TYPE_CHECKING:
    from repetiteur.model.findings import Measurement
    from repetiteur.report.measured import Taken

UNREADABLE = 3
#: Measures that are named with a reason; --json names them all.
_MOST_NAMED = 6
#: What can be measured on, in the order of the table of many recordings.
MOMENTS = ("turn", "flight", "balance", "gesture", "plie", "stance")


@dataclass
class _Session:
    """The recordings of one run as they come in."""

    taken: list[Taken] = field(default_factory=list)
    named: dict[Path, str] = field(default_factory=dict)


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
    only: Annotated[
        list[str] | None,
        typer.Option(metavar="MEASURE", help="These alone; again for more."),
    ] = None,
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

    if as_json and as_csv:
        raise typer.BadParameter("--json and --csv exclude each other")
    if start is not None and end is not None and not start < end:
        raise typer.BadParameter("--from needs to lie before --to")
    wanted = _wanted(only)
    given = Given(fps=fps, unit=unit, up=up, mapping=mapping)
    paths = recordings_in(recordings, (*readable_endings(), *VIDEOS))
    session = _Session()

    def work(path: Path) -> None:
        from repetiteur import rehearsal
        from repetiteur.report.measured import Taken

        found = recording(path, given, model=model, cache=not no_cache)
        if start is not None or end is not None:
            found = found.part(start, end)
        with console.error.status(f"measuring {path.name}"):
            measured = rehearsal.measure(found, height_m=height, only=wanted)
        session.named[path] = found.source
        session.taken += [Taken(found, who, one) for who, one in measured.items()]

    failed = each_of(paths, work, "measuring")
    _print(session, failed, as_json=as_json, as_csv=as_csv)
    if failed:
        share = f"{len(failed)} of {len(paths)}"
        console.error.print(f"{share} recordings could not be measured")
        raise typer.Exit(UNREADABLE)
    if not any(one.measured.measurements for one in session.taken):
        raise NothingToJudge(_nothing(session.taken))


def _wanted(only: Sequence[str] | None) -> tuple[str, ...]:
    """Measures that were asked for; a name stands for its components too."""
    from repetiteur.technique.taking import taken_measures

    known = [one.id for one in taken_measures()]
    asked = [name.strip() for word in only or () for name in word.split(",")]
    for name in asked:
        if not any(one == name or one.startswith(f"{name}.") for one in known):
            raise typer.BadParameter(
                f"--only: {name!r} is none of the measures {', '.join(known)}"
            )
    if not asked:
        return tuple(known)
    return tuple(one for one in known if one in asked or one.partition(".")[0] in asked)


def _print(
    session: _Session,
    failed: dict[Path, RepetiteurError],
    *,
    as_json: bool,
    as_csv: bool,
) -> None:
    from repetiteur.report.exports import to_json
    from repetiteur.report.measured import measurements_csv, measurements_json

    errors = {str(path): one_line(error) for path, error in failed.items()}
    if as_json:
        typer.echo(to_json(measurements_json(session.taken, errors)), nl=False)
    elif as_csv:
        typer.echo(measurements_csv(session.taken), nl=False)
    elif len(session.named) + len(failed) == 1:
        for one in session.taken:
            _table(one)
    else:
        _overview(session.taken, errors)
    if as_csv:
        for name, why in errors.items():
            console.error.print(f"{name}: {why}", markup=False)


def _table(one: Taken) -> None:
    """Everything that was measured of one dancer, and what was not."""
    rows = [
        [
            f"{found.span.start_s:.2f}–{found.span.end_s:.2f}",
            found.moment,
            found.measure,
            found.side or "",
            *_value(found),
            "" if found.unit == "label" else found.unit,
        ]
        for found in map(_rounded, one.measured.measurements)
    ]
    if len(one.recording.poses["individual"]) > 1:
        console.out.print(one.dancer, markup=False, style="bold")
    if rows:
        show(
            ["seconds", "moment", "measure", "side", "value", "90 % interval", "unit"],
            rows,
            numbers=("seconds", "value", "90 % interval"),
            console=console.out,
        )
    for line in _lacking(one):
        console.out.print(line, markup=False)


def _rounded(found: Measurement) -> Measurement:
    from repetiteur.report.measured import rounded

    return rounded(found)


def _value(found: Measurement) -> tuple[str, str]:
    low, high = found.interval90
    if isinstance(found.value, str):
        return found.value.replace("_", " "), ""
    return f"{found.value:g}", f"{low:g} to {high:g}"


def _lacking(one: Taken) -> list[str]:
    """What was not judged: a line for each reason."""
    reasons: dict[tuple[str, str], list[str]] = {}
    for entry in one.measured.not_judged:
        names = reasons.setdefault((entry.reason, entry.how_to_film), [])
        if entry.measure not in names:
            names.append(entry.measure)
    return [
        f"- Not judged: {_few(names)}. {reason} {film}".rstrip()
        for (reason, film), names in reasons.items()
    ]


def _few(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMED
    shown = ", ".join(names[:_MOST_NAMED])
    return f"{shown} and {more} more" if more > 1 else ", ".join(names)


def _overview(taken: Sequence[Taken], errors: dict[str, str]) -> None:
    """A row for each recording: how many of each moment were found in it."""
    several = any(len(one.recording.poses["individual"]) > 1 for one in taken)
    rows = []
    for one in taken:
        spans = {(found.moment, found.span) for found in one.measured.measurements}
        count = Counter(moment for moment, _ in spans)
        who = [one.dancer] if several else []
        rows.append(
            [
                one.recording.source,
                *who,
                f"{one.recording.duration_s:.1f}",
                *(str(count[moment] or "") for moment in MOMENTS),
                str(len(one.measured.measurements)),
                "",
            ]
        )
    blank = [""] * (len(MOMENTS) + 2 + several)
    rows += [[Path(name).name, *blank, why] for name, why in errors.items()]
    columns = ["recording", *(["dancer"] if several else []), "seconds"]
    moments = [f"{moment}s" for moment in MOMENTS]
    show(
        [*columns, *moments, "values", "failed" if errors else ""],
        rows,
        numbers=("seconds", *moments, "values"),
        console=console.out,
    )
    if not errors:
        console.out.print("The values themselves: --csv or --json.")


def _nothing(taken: Sequence[Taken]) -> str:
    reasons = dict.fromkeys(
        entry.reason for one in taken for entry in one.measured.not_judged
    )
    return (
        "A measurement needs a moment that can be judged, and these recordings have "
        f"none: {' '.join(list(reasons)[:4])} Record more, or another view."
    )
