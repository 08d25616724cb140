"""What "measure" shows to people: values by moment, many recordings, several trials."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from repetiteur.cli.console import out
from repetiteur.cli.tables import show, show_lines, show_parts

if TYPE_CHECKING:
    from repetiteur.report.measured import Taken
    from repetiteur.technique.trials import Trials

__all__ = ["overview", "show_taken", "show_trials"]

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
