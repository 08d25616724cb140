"""What "measure" prints: to people, of one recording, of many, of trials; and files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import typer

from repetiteur.cli.console import error, out
from repetiteur.cli.tables import show, show_lines, show_parts

if TYPE_CHECKING:
    from repetiteur.report.measured import Taken
    from repetiteur.technique.trials import Trials

__all__ = [
    "overview",
    "print_csv",
    "print_json",
    "show_measured",
    "show_taken",
    "show_trials",
]

_MORE = "Each of these: --all, or fewer by --only, --from and --to."


def show_taken(one: Taken, *, most_values: float) -> None:
    """Everything that was measured of one dancer, and what was not."""
    from repetiteur.report.sheet import COLUMNS, FLAT, SUMMED, sheet

    made = sheet(one.measured, most_values=most_values)
    if len(one.recording.poses["individual"]) > 1:
        out.print(one.who, markup=False, style="bold underline")
    if made.flat:
        numbers = ("seconds", "value", "90 % interval")
        show(FLAT, made.flat, numbers=numbers, console=out)
    show_parts(COLUMNS, made.moments)
    if made.summed:
        show_parts(SUMMED, made.summed)
        show_lines([_MORE], style="italic")
    _listed("Not judged", made.lacking)


def show_trials(found: Trials) -> None:
    """What several trials say of their dancer."""
    from repetiteur.report import trials

    parts = trials.trials_parts(found)
    show_parts(trials.COLUMNS, parts)
    if parts:
        show_lines([trials.LEGEND], style="italic")
    _listed("Still changing", list(trials.trials_lines(found)))
    _listed("Not judged", list(trials.trials_lacking(found)))


def _listed(heading: str, lines: Sequence[str]) -> None:
    """A list under a heading; nothing where there is none."""
    if lines:
        out.print(heading, style="bold")
        show_lines(lines, mark="- ")


def overview(taken: Sequence[Taken], errors: Mapping[str, str]) -> None:
    """A row for each recording: how many of each moment were found in it."""
    from repetiteur.technique.measure import KINDS
    from repetiteur.technique.repeats import WORDS

    several = any(len(one.recording.poses["individual"]) > 1 for one in taken)
    rows = []
    for one in taken:
        spans = {(found.moment, found.span) for found in one.measured.measurements}
        count = Counter(moment for moment, _ in spans)
        who = [one.who] if several else []
        rows.append(
            [
                one.source,
                *who,
                f"{one.recording.duration_s:.1f}",
                *(str(count[moment] or "") for moment in KINDS),
                str(len(one.measured.measurements)),
                "",
            ]
        )
    blank = [""] * (len(KINDS) + 2 + several)
    rows += [[name, *blank, why] for name, why in errors.items()]
    columns = ["recording", *(["dancer"] if several else []), "seconds"]
    moments = [WORDS.get(moment, ("", f"{moment}s"))[1] for moment in KINDS]
    show(
        [*columns, *moments, "values", "failed" if errors else ""],
        rows,
        numbers=("seconds", *moments, "values"),
        console=out,
    )
    if not errors:
        out.print("The values themselves: --csv or --json.")


def print_json(
    taken: Sequence[Taken], errors: Mapping[str, str], trials: Trials | None
) -> None:
    """Everything as one document."""
    from repetiteur.report.exports import to_json
    from repetiteur.report.measured import measurements_json
    from repetiteur.report.trials import trials_json

    document = measurements_json(taken, errors)
    if trials is not None:
        sources = [one.recording.source for one in taken]
        document["trials"] = trials_json(trials, sources)
    typer.echo(to_json(document), nl=False)


def print_csv(
    taken: Sequence[Taken], errors: Mapping[str, str], trials: Trials | None
) -> None:
    """The values as a table, which has no room for what failed: that is said beside."""
    from repetiteur.report.measured import measurements_csv
    from repetiteur.report.trials import trials_csv

    table = measurements_csv(taken) if trials is None else trials_csv(trials)
    typer.echo(table, nl=False)
    _say(errors)


def _say(errors: Mapping[str, str]) -> None:
    for name, why in errors.items():
        error.print(f"{name}: {why}", markup=False)


def show_measured(
    taken: Sequence[Taken],
    errors: Mapping[str, str],
    trials: Trials | None,
    *,
    most_values: float,
) -> None:
    """For people: one recording, what was found in each of several, or the trials."""
    if trials is not None:
        show_trials(trials)
        _say(errors)
    elif len({one.recording.source for one in taken} | set(errors)) > 1:
        overview(taken, errors)
    else:
        for one in taken:
            show_taken(one, most_values=most_values)
