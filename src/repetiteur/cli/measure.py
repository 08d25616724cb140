"""The command that measures recordings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from repetiteur.cli import console
from repetiteur.cli.codes import UNREADABLE
from repetiteur.cli.folders import VIDEOS, each_of, one_line, recordings_in, show
from repetiteur.cli.options import Fps, Map, UnitChoice, UpChoice
from repetiteur.cli.reading import Given, recording
from repetiteur.cli.track import Model, ModelChoice, NoCache
from repetiteur.errors import NothingToJudge

if TYPE_CHECKING:
    from repetiteur.model.findings import Measurement, Span
    from repetiteur.report.measured import Taken

#: Measures that are named with a reason; --json names them all.
_MOST_NAMED = 6
#: Times that are named at which a measure was not judged.
_MOST_TIMES = 3
#: What can be measured on, in the order of the table of many recordings.
MOMENTS = ("turn", "flight", "balance", "gesture", "plie", "stance")


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
    if as_json or as_csv:
        _print(taken, errors, as_json=as_json)
    else:
        _show(taken, errors)
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


def _print(taken: Sequence[Taken], errors: Mapping[str, str], *, as_json: bool) -> None:
    """For programs; CSV has no room for what failed, which is said beside it."""
    from repetiteur.report.exports import to_json
    from repetiteur.report.measured import measurements_csv, measurements_json

    if as_json:
        typer.echo(to_json(measurements_json(taken, errors)), nl=False)
        return
    typer.echo(measurements_csv(taken), nl=False)
    for name, why in errors.items():
        console.error.print(f"{name}: {why}", markup=False)


def _show(taken: Sequence[Taken], errors: Mapping[str, str]) -> None:
    """For people: all of a single recording, or what was found in each of several."""
    if len({one.recording.source for one in taken} | set(errors)) > 1:
        _overview(taken, errors)
        return
    for one in taken:
        _table(one)


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
    """What was not judged: a line for each reason, and the moments that it is for."""
    reasons: dict[tuple[str, str, tuple[Span, ...]], list[str]] = {}
    for entry in one.measured.not_judged:
        key = (entry.reason, entry.how_to_film, entry.spans)
        names = reasons.setdefault(key, [])
        if entry.measure not in names:
            names.append(entry.measure)
    moments = {found.span: found.moment for found in one.measured.measurements}
    return [
        f"- Not judged{_when(spans, moments)}: {_few(names)}. {reason} {film}".rstrip()
        for (reason, film, spans), names in reasons.items()
    ]


def _when(spans: Sequence[Span], moments: Mapping[Span, str]) -> str:
    """When it was not judged, with the moment's name where others were; "" for never.

    Examples
    --------
    >>> from repetiteur.model.findings import Span
    >>> first, second = Span(4.1, 5.0), Span(6.0, 7.25)
    >>> _when([first, second], {first: "plie"})
    ' at 4.10 s (plie), 6.00 s'
    """
    if not spans:
        return ""
    times = [
        f"{span.start_s:.2f} s" + (f" ({moments[span]})" if span in moments else "")
        for span in spans
    ]
    more = len(times) - _MOST_TIMES
    shown = ", ".join(times[:_MOST_TIMES])
    return f" at {shown}" + (f" and {more} more" if more > 0 else "")


def _few(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMED
    shown = ", ".join(names[:_MOST_NAMED])
    return f"{shown} and {more} more" if more > 1 else ", ".join(names)


def _overview(taken: Sequence[Taken], errors: Mapping[str, str]) -> None:
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
    rows += [[name, *blank, why] for name, why in errors.items()]
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


def _nothing(taken: Sequence[Taken], errors: Mapping[str, str]) -> str:
    lacking = (entry for one in taken for entry in one.measured.not_judged)
    reasons = dict.fromkeys([*(entry.reason for entry in lacking), *errors.values()])
    return (
        "A measurement needs a moment that can be judged, and these recordings have "
        f"none: {' '.join(list(reasons)[:4])} Record more, or another view."
    )
