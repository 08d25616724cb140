"""Many recordings in one run: folders, a table at the end, and what failed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from repetiteur.cli.console import error
from repetiteur.cli.tables import show
from repetiteur.errors import RepetiteurError, UnreadableRecording
from repetiteur.report.plain import plain

__all__ = ["each_of", "one_line", "recordings_in", "repeated", "show"]

#: Endings of files that may hold anything: of these only what a format knows is meant.
_GENERAL = (".csv", ".tsv", ".txt", ".json", ".npz")
#: Endings of the videos that people have; what is inside decides when it is read.
VIDEOS = (".mp4", ".mov", ".mkv", ".webm", ".avi", ".m4v", ".mpg", ".mpeg", ".mts")


def recordings_in(
    given: Iterable[Path], endings: Sequence[str], *, but: Path | None = None
) -> list[Path]:
    """The files that are meant: those named, and those in the folders named.

    Parameters
    ----------
    given : iterable of Path
        Files are taken whatever their names; of a folder (and those in it) the files
        with one of these endings, in order of name. Tables and texts among them that
        no format knows are passed over. A folder that is a recording itself, as of
        keypoints with a file a frame, is taken as one.
    endings : sequence of str
        Lower case, with the dot.
    but : Path, optional
        A folder whose files are not meant, without links in its path.

    Returns
    -------
    list of Path
        Each once, however often and in whatever spelling of its folder it is named.

    Raises
    ------
    UnreadableRecording
        When a folder holds none.
    """
    found = _named(given, endings, but)
    once: dict[Path, Path] = {}
    for path in found:
        once.setdefault(path.parent.resolve() / path.name, path)
    return list(once.values())


def repeated(given: Iterable[Path], endings: Sequence[str]) -> Path | None:
    """A file that is named more than once, by another name for it or a link too.

    Parameters
    ----------
    given, endings
        As of :func:`recordings_in`.
    """
    found: set[Path] = set()
    for path in _named(given, endings, None):
        if path.resolve() in found:
            return path
        found.add(path.resolve())
    return None


def _named(
    given: Iterable[Path], endings: Sequence[str], but: Path | None
) -> list[Path]:
    from repetiteur.io.formats import is_recording_folder

    found: list[Path] = []
    for path in given:
        if not path.is_dir() or is_recording_folder(path):
            found.append(path)
            continue
        within = _within(path, endings, but)
        if not within:
            raise UnreadableRecording(
                f"A folder needs recordings in it, and no file in {path} is known as "
                "one. Name another folder, or one of the files to hear what it lacks."
            )
        found += within
    return found


def _within(folder: Path, endings: Sequence[str], but: Path | None) -> list[Path]:
    """Recordings in a folder and in the folders in it; one of these may be one."""
    from repetiteur.io.formats import is_recording, is_recording_folder

    found: list[Path] = []
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or (but and path.resolve().is_relative_to(but)):
            continue
        ending = path.suffix.lower()
        if path.is_dir() and not path.is_symlink():
            within = is_recording_folder(path)
            found += [path] if within else _within(path, endings, but)
        elif ending in endings and (ending not in _GENERAL or is_recording(path)):
            found.append(path)
    return found


def each_of(
    paths: Sequence[Path], work: Callable[[Path], None], doing: str
) -> dict[Path, RepetiteurError]:
    """Do something with each file, with progress; one that fails does not stop others.

    Parameters
    ----------
    paths : sequence of Path
    work : callable
        ``work(path)``.
    doing : str
        What is done, for the progress: ``measuring``.

    Returns
    -------
    dict of Path to RepetiteurError
        The files that failed, and why. A single file's error is raised instead.
    """
    failed: dict[Path, RepetiteurError] = {}
    with _progress(doing, len(paths)) as done:
        for path in paths:
            try:
                work(path)
            except RepetiteurError as why:
                if len(paths) == 1:
                    raise
                failed[path] = why
            done()
    return failed


@contextmanager
def _progress(doing: str, total: int) -> Iterator[Callable[[], None]]:
    with Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("files"),
        console=error,
        transient=True,
        disable=total < 2 or not error.is_terminal,
    ) as shown:
        task = shown.add_task(doing, total=total)
        yield lambda: shown.advance(task)


def one_line(why: RepetiteurError) -> str:
    """An error with its notes, on one line and without controls."""
    said = [str(why), *getattr(why, "__notes__", ())]
    return " ".join(plain(" ".join(said)).split())
