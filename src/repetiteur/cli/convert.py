"""The command that turns motion files of one format into another."""

from __future__ import annotations

import csv
import io
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from repetiteur.cli import console
from repetiteur.cli.folders import each_of, one_line, recordings_in, show
from repetiteur.cli.options import Fps, Map, UnitChoice, UpChoice
from repetiteur.cli.reading import Given, warn
from repetiteur.errors import RepetiteurError

if TYPE_CHECKING:
    import xarray as xr

UNREADABLE = 3
RECORD = "converted.csv"


@dataclass(frozen=True)
class _Done:
    """What became of one file of a folder; a line of the record."""

    source: str
    target: str = ""
    frames: int | str = ""
    seconds: str = ""
    dancers: int | str = ""
    keypoints: int | str = ""
    warnings: str = ""
    error: str = ""


def convert(
    source: Annotated[
        Path, typer.Argument(metavar="IN", help="Motion file, or a folder of them.")
    ],
    target: Annotated[
        Path, typer.Argument(metavar="OUT", help="File to write; its ending decides.")
    ],
    *,
    ending: Annotated[
        str,
        typer.Option("--as", metavar="ENDING", help="Of the files of a folder."),
    ] = ".nc",
    fps: Fps = None,
    unit: UnitChoice = None,
    up: UpChoice = None,
    mapping: Map = None,
) -> None:
    """Read a motion file and write it in another format; say what was found.

    From a folder, every motion file is converted into the folder OUT, and converted.csv
    there says what became of each.
    """
    from repetiteur.io.formats import is_recording_folder

    given = Given(fps=fps, unit=unit, up=up, mapping=mapping)
    if source.is_dir() and not is_recording_folder(source):
        _folder(source, target, f".{ending.removeprefix('.')}", given)
        return
    with console.error.status("converting"):
        poses = _converted(source, target, given)
    console.error.print(str(poses.attrs["history"]), markup=False)


def _converted(source: Path, target: Path, given: Given) -> xr.Dataset:
    from repetiteur.io.formats import read_poses, write_poses

    poses = read_poses(source, **asdict(given))
    write_poses(poses, target)
    return poses


def _folder(source: Path, into: Path, ending: str, given: Given) -> None:
    from repetiteur.io.files import making, replacing
    from repetiteur.io.formats import readable_endings, writable_endings
    from repetiteur.model.poses import warnings_of

    if ending not in writable_endings():
        raise typer.BadParameter(f"--as needs one of {', '.join(writable_endings())}")
    paths = [
        path
        for path in recordings_in([source], readable_endings())
        if path.name != RECORD
    ]
    making(into)
    done: dict[Path, _Done] = {}

    def work(path: Path) -> None:
        target = into / _name(path, paths, ending)
        if target.resolve() == path.resolve():
            raise RepetiteurError(
                f"{path.name} needs another place to be written to than its own. "
                "Choose another folder, or another ending with --as."
            )
        poses = _converted(path, target, given)
        warn(poses, path.name)
        time = poses["time"].to_numpy()
        done[path] = _Done(
            source=str(path.relative_to(source)),
            target=target.name,
            frames=time.size,
            seconds=f"{time[-1] - time[0]:.3f}",
            dancers=poses.sizes["individual"],
            keypoints=poses.sizes["keypoint"],
            warnings="; ".join(warnings_of(poses)),
        )

    failed = each_of(paths, work, "converting")
    for path, error in failed.items():
        done[path] = _Done(str(path.relative_to(source)), error=one_line(error))
    with replacing(into / RECORD) as part:
        part.write_text(_record([done[path] for path in paths]), encoding="utf-8")
    _report([done[path] for path in paths])
    if failed:
        console.error.print(
            f"{len(failed)} of {len(paths)} files could not be converted"
        )
        raise typer.Exit(UNREADABLE)


def _name(path: Path, paths: list[Path], ending: str) -> str:
    """Name of the new file: the old one's, whole where two would be the same."""
    alike = [other for other in paths if other.stem == path.stem]
    if len(alike) == 1:
        return path.stem + ending
    number = "" if len({p.name for p in alike}) == len(alike) else alike.index(path) + 1
    return f"{path.name}{f'.{number}' if number else ''}{ending}"


def _record(lines: list[_Done]) -> str:
    text = io.StringIO()
    table = csv.DictWriter(text, list(asdict(lines[0])), lineterminator="\n")
    table.writeheader()
    table.writerows(asdict(line) for line in lines)
    return text.getvalue()


def _report(lines: list[_Done]) -> None:
    show(
        ["file", "frames", "seconds", "dancers", "keypoints", "became"],
        [
            [
                line.source,
                str(line.frames),
                line.seconds,
                str(line.dancers),
                str(line.keypoints),
                line.target or line.error,
            ]
            for line in lines
        ],
        numbers=("frames", "seconds", "dancers", "keypoints"),
        console=console.error,
    )
