"""Files that are either whole or not there.

A result appears under its name only when it is complete: it is written beside its
place and then renamed, which the operating system does in one step.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from repetiteur.errors import CannotWrite, RepetiteurError, UnreadableRecording

__all__ = ["head_of", "replacing", "sha256_of", "staged_folder", "unreadable"]

_HEAD = 4096


def reason(error: BaseException) -> str:
    """What the operating system says, without numbers and paths.

    Examples
    --------
    >>> reason(FileNotFoundError(2, "No such file or directory", "a.bvh"))
    'no such file or directory'
    """
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return f"{text[0].lower()}{text[1:]}"


def _cannot(path: Path, error: BaseException) -> CannotWrite:
    return CannotWrite(
        f"{path.name} needs a place that can be written, and {path} cannot: "
        f"{reason(error)}. Choose another place, or make room."
    )


def _beside(folder: Path, name: str) -> Path:
    return folder / f".{name[:80]}.{secrets.token_hex(6)}.part"


@contextmanager
def replacing(path: str | Path) -> Iterator[Path]:
    """Write a file under a passing name, and give it its own when it is whole.

    Parameters
    ----------
    path : str or Path
        The file to write; its folder must exist. A file that is already there stays
        as it is until the new one is whole. A link is followed.

    Yields
    ------
    Path
        An empty file in the same folder, to be written.

    Raises
    ------
    CannotWrite
        When the folder is missing, or writing fails (no permission, disk full).
        Nothing of the new file is left then, nor after any other exception.

    Examples
    --------
    >>> folder = getfixture("tmp_path")
    >>> with replacing(folder / "counts.csv") as part:
    ...     _ = part.write_text("time_s,count")
    >>> [file.name for file in folder.iterdir()]
    ['counts.csv']
    """
    asked = Path(path)
    try:
        target = asked.resolve()
        if target.is_dir():
            raise IsADirectoryError(None, "that is a folder")
        if not target.parent.is_dir():
            raise FileNotFoundError(None, f"the folder {asked.parent} does not exist")
        part = _beside(target.parent, target.name)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
    except (OSError, ValueError, RuntimeError) as error:
        raise _cannot(asked, error) from error
    try:
        yield part
        _to_disk(part)
        part.replace(target)
    except RepetiteurError:
        raise
    except OSError as error:
        raise _cannot(asked, error) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _to_disk(part: Path) -> None:
    with part.open("rb+") as file:
        os.fsync(file.fileno())


@contextmanager
def staged_folder(directory: str | Path) -> Iterator[Path]:
    """Fill a folder all at once, or not at all.

    Parameters
    ----------
    directory : str or Path
        Where the files shall stand in the end; made, with its parents, if missing.
        Files of the same name are replaced, others stay.

    Yields
    ------
    Path
        An empty folder to write into; its subfolders are kept.

    Raises
    ------
    CannotWrite
        When the folder cannot be made or filled. What was there before is as it was.

    Examples
    --------
    >>> target = getfixture("tmp_path") / "rehearsal"
    >>> with staged_folder(target) as stage:
    ...     _ = (stage / "notes.json").write_text("{}")
    >>> [file.name for file in target.iterdir()]
    ['notes.json']
    """
    asked = Path(directory)
    try:
        target = asked.resolve()
        host = next(place for place in (target, *target.parents) if place.exists())
        if not host.is_dir():
            raise NotADirectoryError(None, f"{host.name} is a file, not a folder")
        work = _beside(host, target.name)
        stage = work / "new"
        stage.mkdir(parents=True)
    except (OSError, ValueError, RuntimeError) as error:
        raise _cannot(asked, error) from error
    try:
        yield stage
        _move_in(stage, target, work / "old")
    except RepetiteurError:
        raise
    except OSError as error:
        raise _cannot(asked, error) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)


def making(folder: str | Path) -> None:
    """Make a folder, with its parents, unless it is there.

    Raises
    ------
    CannotWrite
        When it cannot be made.
    """
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _cannot(Path(folder), error) from error


def _move_in(stage: Path, target: Path, old: Path) -> None:
    """Move all files; when one cannot be moved, move back those that were."""
    files = sorted(path for path in stage.rglob("*") if path.is_file())
    missing = [place for place in (target, *target.parents) if not place.exists()]
    moved: list[Path] = []
    try:
        for file in files:
            _to_disk(file)
        target.mkdir(parents=True, exist_ok=True)
        for file in files:
            name = file.relative_to(stage)
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            if (target / name).is_file():
                (old / name).parent.mkdir(parents=True, exist_ok=True)
                os.replace(target / name, old / name)  # noqa: PTH105
            moved.append(name)
            os.replace(file, target / name)  # noqa: PTH105
    except BaseException:
        for name in moved:
            with suppress(OSError):
                (target / name).unlink(missing_ok=True)
            with suppress(OSError):
                (old / name).replace(target / name)
        for place in missing:
            with suppress(OSError):
                place.rmdir()
        raise


def unreadable(path: Path, error: BaseException) -> UnreadableRecording:
    """The error for a recording that the operating system does not let us read."""
    return UnreadableRecording(
        f"A recording needs to be a readable file, and {path} is not: {reason(error)}. "
        "Check its name and permissions."
    )


def head_of(path: Path) -> bytes:
    """The first 4096 bytes of a recording, or all of a shorter one.

    Raises
    ------
    UnreadableRecording
        When it is not a file, is empty, or cannot be read.

    Examples
    --------
    >>> file = getfixture("tmp_path") / "take.bvh"
    >>> _ = file.write_bytes(b"HIERARCHY")
    >>> head_of(file)
    b'HIERARCHY'
    """
    try:
        if path.is_dir():
            raise IsADirectoryError(None, "that is a folder")
        if path.exists() and not path.is_file():
            raise OSError(None, "that is a device or a pipe")
        with path.open("rb") as file:
            head = file.read(_HEAD)
        if not head:
            raise EOFError("it is empty")
    except (OSError, ValueError, EOFError) as error:
        raise unreadable(path, error) from error
    return head


def sha256_of(path: str | Path) -> str:
    """SHA-256 of a file's content, in hexadecimal; of a folder, of the files in it.

    Parameters
    ----------
    path : str or Path
        For a folder, a list of its files (not those of its folders) stands for it: a
        line ``<SHA-256>  <name>`` for each, as ``sha256sum`` prints it, by name.

    Raises
    ------
    UnreadableRecording
        When it cannot be read.

    Examples
    --------
    >>> empty = getfixture("tmp_path") / "empty"
    >>> empty.touch()
    >>> sha256_of(empty)[:16]
    'e3b0c44298fc1c14'
    """
    try:
        if Path(path).is_dir():
            inside = sorted(file for file in Path(path).iterdir() if file.is_file())
            lines = (f"{sha256_of(file)}  {file.name}\n" for file in inside)
            text = "".join(lines).encode(errors="surrogateescape")
            return hashlib.sha256(text).hexdigest()
        with Path(path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError) as error:
        raise unreadable(Path(path), error) from error
