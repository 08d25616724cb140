"""The command that turns motion files of one format into another."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from repetiteur.cli import console
from repetiteur.cli.codes import UNREADABLE
from repetiteur.cli.folders import each_of, one_line, recordings_in, show
from repetiteur.cli.options import Fps, Map, UnitChoice, UpChoice
from repetiteur.cli.reading import Given, warn
from repetiteur.errors import CannotWrite

if TYPE_CHECKING:
    import xarray as xr

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
        str | None,
        typer.Option(
            "--as", metavar="ENDING", help="Of a folder's files; .nc if none."
        ),
    ] = None,
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
        _folder(source, target, f".{(ending or 'nc').removeprefix('.')}", given)
        return
    if ending is not None:
        raise typer.BadParameter("--as is for folders: the ending of OUT decides")
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
    place, made = source.resolve(), into.resolve()
    if place == made or (into.exists() and into.samefile(source)):
        raise CannotWrite(
            f"The files of a folder need another to be written to, and {into} is the "
            "folder itself. Name another; it may lie in it."
        )
    own = made if made.is_relative_to(place) else None  # not to be read again
    paths = recordings_in([source], readable_endings(), but=own)
    targets = _targets(paths, into, ending)
    making(into)
    done: dict[Path, _Done] = {}

    def work(path: Path) -> None:
        poses = _converted(path, targets[path], given)
        warn(poses, path.name)
        time = poses["time"].to_numpy()
        done[path] = _Done(
            source=path.relative_to(source).as_posix(),
            target=targets[path].name,
            frames=time.size,
            seconds=f"{time[-1] - time[0]:.3f}",
            dancers=poses.sizes["individual"],
            keypoints=poses.sizes["keypoint"],
            warnings="; ".join(warnings_of(poses)),
        )

    failed = each_of(paths, work, "converting")
    for path, error in failed.items():
        done[path] = _Done(path.relative_to(source).as_posix(), error=one_line(error))
    with replacing(into / RECORD) as part:
        part.write_text(_record([done[path] for path in paths]), encoding="utf-8")
    _report([done[path] for path in paths])
    if failed:
        console.error.print(
            f"{len(failed)} of {len(paths)} files could not be converted"
        )
        raise typer.Exit(UNREADABLE)


def _targets(paths: Sequence[Path], into: Path, ending: str) -> dict[Path, Path]:
    """The new files, by the old: named as these, longer where that name is taken.

    No two have one name, not even where large and small letters are the same, and none
    is the record or a file to be read, which may stand there by a link.
    """
    alike = Counter(_letters(path.stem) for path in paths)
    originals = {path.resolve() for path in paths}
    taken = {RECORD}
    targets: dict[Path, Path] = {}
    for path in paths:
        short = [path.stem + ending] if alike[_letters(path.stem)] == 1 else []
        numbered = (f"{path.name}.{number}{ending}" for number in count(2))
        targets[path] = next(
            into / name
            for name in chain(short, [path.name + ending], numbered)
            if _letters(name) not in taken and (into / name).resolve() not in originals
        )
        taken.add(_letters(targets[path].name))
    return targets


def _letters(name: str) -> str:
    """A name as a disk may see it for which large and small letters are the same."""
    return unicodedata.normalize("NFC", name).casefold()


def _record(lines: list[_Done]) -> str:
    text = io.StringIO()
    names = [field.name for field in fields(_Done)]
    table = csv.DictWriter(text, names, lineterminator="\n")
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
