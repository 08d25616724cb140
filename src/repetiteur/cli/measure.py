"""The command that measures recordings."""

from __future__ import annotations

import gc
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from repetiteur.cli import console
from repetiteur.cli.about import About
from repetiteur.cli.codes import UNREADABLE
from repetiteur.cli.folders import VIDEOS, each_of, one_line, recordings_in, repeated
from repetiteur.cli.options import Fps, Map, UnitChoice, UpChoice, check_part
from repetiteur.cli.reading import Given, recording
from repetiteur.cli.sheet import print_csv, print_json, show_measured
from repetiteur.cli.track import Model, ModelChoice, NoCache
from repetiteur.errors import NothingToJudge, RepetiteurError
from repetiteur.report.plain import plain

if TYPE_CHECKING:
    from repetiteur.model.counts import Counts
    from repetiteur.model.findings import Measured
    from repetiteur.rehearsal import Recording
    from repetiteur.report.measured import Taken
    from repetiteur.technique.trials import Trials

#: Reasons that are said in one line.
_MOST_REASONS = 4


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
    counts: Annotated[
        Path | None,
        typer.Option(
            metavar="CSV",
            help="Counts of its music (repetiteur counts): how it is danced on them.",
        ),
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
    from repetiteur.io.counts import read_counts
    from repetiteur.io.formats import readable_endings
    from repetiteur.report.sheet import MOST_VALUES
    from repetiteur.technique.musicality import MEASURES

    if as_json and as_csv:
        raise typer.BadParameter("--json and --csv exclude each other")
    check_part(start, end)
    music = None if counts is None else read_counts(counts)
    wanted = _wanted(only, () if music is None else MEASURES)
    given = Given(fps=fps, unit=unit, up=up, mapping=mapping)
    endings = (*readable_endings(), *VIDEOS)
    paths = recordings_in(recordings, endings)
    if music is not None and (as_trials or len(paths) > 1):
        raise typer.BadParameter(
            "--counts are those of one recording, without --trials"
        )
    if as_trials and (twice := repeated(recordings, endings)):
        raise typer.BadParameter(
            f"--trials: {twice} is named twice, and a recording is one trial; leave it "
            "out once"
        )
    names = _names(paths)
    taken: list[Taken] = []

    def work(path: Path) -> None:
        read = recording(path, given, model=model, cache=not no_cache)
        read = replace(read, source=names[path])
        taken.extend(_taken(read, (start, end), music, height=height, only=wanted))

    failed = each_of(paths, work, "measuring")
    errors = {names[path]: one_line(error) for path, error in failed.items()}
    trials, why = _trials(taken, failed, height) if as_trials else (None, None)
    if as_json:
        print_json(taken, errors, trials)
    elif as_csv:
        print_csv(taken, errors, trials)
    else:
        show_measured(
            taken, errors, trials, most_values=math.inf if every else MOST_VALUES
        )
    _end(taken, failed, errors, why)


def _taken(
    read: Recording,
    part: tuple[float | None, float | None],
    counts: Counts | None,
    *,
    height: float | None,
    only: Sequence[str],
) -> Iterator[Taken]:
    """What is measured of each dancer of a recording, or of a part of it."""
    from repetiteur import rehearsal
    from repetiteur.report.measured import Taken, in_the_file
    from repetiteur.technique.musicality import MEASURES

    gc.freeze()  # what was imported stays: it need not be searched for garbage
    found = read if part == (None, None) else read.part(*part)
    begins = float(found.poses["time"][0])
    first = int((read.poses["time"].to_numpy() < begins).sum())
    doing = escape(f"measuring {read.source}")
    with console.error.status(doing) as status:
        measured = rehearsal.measure(
            found,
            height_m=height,
            only=[name for name in only if name not in MEASURES],
            progress=lambda done, of: status.update(f"{doing}: copy {done} of {of}"),
        )
    if counts is not None:
        on_music = _on_music(found, counts, only)
        measured = {who: one.with_all(on_music[who]) for who, one in measured.items()}
    for who, one in measured.items():
        yield Taken(found, who, in_the_file(one, first))


def _on_music(
    found: Recording, counts: Counts, wanted: Sequence[str]
) -> dict[str, Measured]:
    """How each dancer is on the music, as far as it was asked for."""
    from repetiteur import rehearsal
    from repetiteur.model.findings import Measured
    from repetiteur.report.about import stands_for

    def asked(id: str) -> bool:
        return any(stands_for(name, id) for name in wanted)

    return {
        who: Measured(
            tuple(m for m in one.measurements if asked(m.measure)),
            tuple(m for m in one.not_judged if asked(m.measure)),
        )
        for who, one in rehearsal.on_music(found, counts).items()
    }


def _end(
    taken: Sequence[Taken],
    failed: Mapping[Path, RepetiteurError],
    errors: Mapping[str, str],
    why: NothingToJudge | None,
) -> None:
    """Leave with the code that says what became of it; ``why`` is the trials'."""
    if failed:
        share = f"{len(failed)} of {len(failed) + _read(taken)}"
        console.error.print(f"{share} recordings could not be measured")
    if not all(isinstance(error, NothingToJudge) for error in failed.values()):
        raise typer.Exit(UNREADABLE)
    if not any(one.measured.measurements for one in taken):
        raise NothingToJudge(_nothing(taken, errors))
    if why is not None:
        raise why


def _read(taken: Sequence[Taken]) -> int:
    """How many recordings; one may hold several dancers."""
    return len({id(one.recording) for one in taken})


def _names(paths: Sequence[Path]) -> dict[Path, str]:
    """What each recording is called: its file's name, as given where two have one."""
    names = {path: plain(path.name) for path in paths}
    alike = Counter(names.values())
    return {
        path: name if alike[name] == 1 else plain(path.as_posix())
        for path, name in names.items()
    }


def _wanted(only: Sequence[str] | None, beside: Sequence[str]) -> tuple[str, ...]:
    """Measures that were asked for; a name stands for its components too."""
    from repetiteur.report.about import near, stands_for
    from repetiteur.technique.measure import measures

    known = [*dict.fromkeys(one.id for one in measures()), *beside]
    if only is None:
        return tuple(known)
    asked = [name.strip() for word in only for name in word.split(",") if name.strip()]
    if not asked:
        raise typer.BadParameter(f"--only needs one of {', '.join(known)}")
    for name in asked:
        if not any(stands_for(name, one) for one in known):
            raise typer.BadParameter(
                f"--only: {name!r} is none of the measures; {near(name, known)}"
            )
    return tuple(one for one in known if any(stands_for(name, one) for name in asked))


def _trials(
    taken: Sequence[Taken],
    failed: Mapping[Path, RepetiteurError],
    height: float | None,
) -> tuple[Trials, NothingToJudge | None]:
    """What the trials say, and why that is nothing, where it is."""
    from repetiteur import rehearsal
    from repetiteur.technique.trials import Trials

    if failed and len(taken) < 2:  # one that is left of several is no trial by itself
        return Trials((), (), ()), NothingToJudge(
            "Trials need two recordings that can be measured, and there are fewer. "
            "Look at each alone."
        )
    measured = [(one.recording, one.measured) for one in taken]
    try:
        found = rehearsal.trials(measured, height_m=height)
    except NothingToJudge as why:
        return Trials((), (), ()), why
    if found.variations or found.agreements:
        return found, None
    reasons = dict.fromkeys(one.reason for one in found.not_judged)
    return found, NothingToJudge(
        "Trials need a moment that was judged in two of them, and there is none: "
        f"{' '.join(list(reasons)[:_MOST_REASONS])} Look at each alone."
    )


def _nothing(taken: Sequence[Taken], errors: Mapping[str, str]) -> str:
    lacking = (entry for one in taken for entry in one.measured.not_judged)
    reasons = dict.fromkeys([*(entry.reason for entry in lacking), *errors.values()])
    return (
        "A measurement needs a moment that can be judged, and these recordings have "
        f"none: {' '.join(list(reasons)[:_MOST_REASONS])} Record more, or another view."
    )
