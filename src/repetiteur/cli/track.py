"""The command that makes poses of videos."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from repetiteur.cli import console
from repetiteur.cli.codes import UNREADABLE
from repetiteur.errors import RepetiteurError

if TYPE_CHECKING:
    from repetiteur.rehearsal import Recording


class Model(StrEnum):
    """Networks that find joints: the truest first."""

    heavy = "heavy"
    full = "full"
    lite = "lite"
    rtm = "rtm"


ModelChoice = Annotated[
    Model,
    typer.Option(help="Network for video: heavy is the truest, lite the fastest."),
]
NoCache = Annotated[
    bool, typer.Option("--no-cache", help="Track again, and keep nothing for later.")
]


def dancer_number(text: str) -> int | None:
    """``auto``, or which of several people, from the left from 1."""
    if text == "auto":
        return None
    if text.isdecimal() and int(text) >= 1:
        return int(text)
    raise typer.BadParameter("needs 'auto', or a number from 1, counted from the left")


def track(
    videos: Annotated[list[Path], typer.Argument(metavar="VIDEO ...", help="Videos.")],
    *,
    output: Annotated[
        Path,
        typer.Option(
            "-o",
            "--output",
            metavar="POSES_OR_DIR",
            help="File for one video (.nc), folder for several.",
        ),
    ],
    model: ModelChoice = Model.heavy,
    dancer: Annotated[
        str,
        typer.Option(metavar="auto|N", help="Which of several people, from the left."),
    ] = "auto",
    workers: Annotated[
        int | None,
        typer.Option(min=1, max=256, help="Processes side by side; all cores."),
    ] = None,
    overlay: Annotated[
        Path | None,
        typer.Option(metavar="MP4", help="Also write the video with the skeleton."),
    ] = None,
    blur_faces: Annotated[
        bool, typer.Option("--blur-faces", help="Make faces in the overlay unclear.")
    ] = False,
    no_cache: NoCache = False,
) -> None:
    """Find the dancer in videos, and write poses with their errors.

    What was tracked is kept, so that a second run does not track again, and an
    interrupted one goes on.
    """
    number = dancer_number(dancer)
    into = output.is_dir() or len(videos) > 1
    if overlay is not None and len(videos) > 1:
        raise typer.BadParameter("--overlay needs a single video")
    if len(videos) > len({video.stem for video in videos}):
        raise typer.BadParameter("videos need names of their own: poses are named so")
    targets = [output / f"{video.stem}.nc" if into else output for video in videos]
    spare(videos, [*targets, *([overlay] if overlay else [])])
    failed = 0
    for video, target in zip(videos, targets, strict=True):
        try:
            found = tracked(
                video, model=model, dancer=number, workers=workers, cache=not no_cache
            )
            _write(found, target)
            if overlay is not None:
                _overlay(found, overlay, blur_faces=blur_faces)
        except RepetiteurError as error:
            if len(videos) == 1:
                raise
            failed += 1
            console.error.print(f"{video.name}: {error}", markup=False)
    if failed:
        console.error.print(f"{failed} of {len(videos)} videos could not be tracked")
        raise typer.Exit(UNREADABLE)


def spare(given: list[Path], written: list[Path]) -> None:
    """Refuse to write over a file that was given: it may be the only one."""
    originals = {path.resolve() for path in given}
    for target in written:
        if target.resolve() in originals:
            raise typer.BadParameter(
                f"{target} was given to be read: name another file"
            )


def tracked(
    video: Path,
    *,
    model: Model,
    dancer: int | None = None,
    workers: int | None = None,
    cache: bool = True,
) -> Recording:
    """A video as a recording, with progress on standard error."""
    from repetiteur.cli.progress import frames_of
    from repetiteur.rehearsal import recording_from_video

    with frames_of(f"tracking {video.name}") as progress:
        return recording_from_video(
            video,
            model=model.value,
            dancer=dancer,
            workers=workers,
            cache=cache,
            progress=progress,
        )


def _write(found: Recording, target: Path) -> None:
    from repetiteur.io.formats import write_poses

    target.parent.mkdir(parents=True, exist_ok=True)
    write_poses(found.poses, target)
    for line in str(found.poses.attrs["history"]).splitlines():
        if "dancer" in line or line.startswith("left and right"):
            console.error.print(line, markup=False)
    console.error.print(f"{target}", markup=False)


def _overlay(found: Recording, target: Path, *, blur_faces: bool) -> None:
    from repetiteur.io.video import scan
    from repetiteur.report.overlay import write_overlay

    assert found.video is not None
    with console.error.status("drawing"):
        write_overlay(scan(found.video), found.poses, target, blur_faces=blur_faces)
    console.error.print(f"{target}", markup=False)
