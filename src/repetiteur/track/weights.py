"""The pose model's weights: where they lie, whether they are right, how they come.

A wheel holds them. A source checkout has them in the user's data folder, where the
build or ``repetiteur models install`` put them. Each file is checked against its
SHA-256 before anything reads it; ``pins.toml`` holds the table.

The weights are those of MediaPipe's BlazePose and, for the face, of its Attention Mesh
and BlazeFace, Apache-2.0; see ``models/NOTICE``. Those of an optional tracker are never
fetched: a user brings them, and the same table says what they must be.
"""

from __future__ import annotations

import hashlib
import tempfile
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

import platformdirs

from repetiteur.errors import MissingWeights
from repetiteur.io.files import staged_folder
from repetiteur.track import _brought, _pins, _unpack

__all__ = ["Known", "brought", "data_folder", "gather", "install", "known", "path_of"]

State = Literal["right", "wrong", "missing"]
_PACKAGE = Path(__file__).with_name("models")


class Known(NamedTuple):
    """What is known of one file of weights.

    ``size`` is what it must have, in bytes. ``where`` is the file that was found,
    right or wrong; None when it is missing.
    """

    name: str
    size: int
    where: Path | None
    state: State


def data_folder() -> Path:
    """Where weights lie that did not come with the package: the user's data folder."""
    return platformdirs.user_data_path("repetiteur", appauthor=False) / "models"


def path_of(name: str) -> Path:
    """File of a network, checked.

    Looked for in the package, then in the user's data folder. A file is read through
    and compared with its SHA-256 once in a process, and again when it changes.

    Parameters
    ----------
    name : str
        ``pose_detection``, ``pose_landmark_lite``, ``pose_landmark_full``,
        ``pose_landmark_heavy``, ``face_mesh`` or ``face_detection``; or one of an
        optional tracker.

    Raises
    ------
    MissingWeights
        When no right file is there. The message says what to run.
    ValueError
        When there are no weights of this name.
    """
    weights = {weight.name: weight for weight in _all()}
    optional = {one.weight.name: one for one in _pins.brought()}
    face = {weight.name for weight in _pins.face().weights}
    weights |= {name: one.weight for name, one in optional.items()}
    if name not in weights:
        raise ValueError(f"Weights are one of {', '.join(weights)}, not {name!r}.")
    found = _look_for(weights[name])
    if found.where is not None and found.state == "right":
        return found.where
    came = (
        "they are not there"
        if found.where is None
        else f"{found.where} is not the file that it should be"
    )
    if name in optional:
        raise MissingWeights(
            f"The tracker {optional[name].tracker} needs its weights ({name}), and "
            f"{came}. Nothing here fetches them: get OpenMMLab's archive "
            f'{optional[name].archive}, and run "repetiteur models install --from '
            'ARCHIVE".'
        )
    needs = (
        "A face needs the mesh's" if name in face else "Video needs the pose model's"
    )
    raise MissingWeights(
        f'{needs} weights ({name}), and {came}. Run "repetiteur models install".'
    )


def known() -> list[Known]:
    """All weights of the body and the face, with what was found of each.

    Examples
    --------
    >>> [weight.name for weight in known()]
    ['pose_detection', 'pose_landmark_lite', 'pose_landmark_full',
    'pose_landmark_heavy', 'face_mesh', 'face_detection']
    """
    return [_look_for(weight) for weight in _all()]


def _all() -> list[_pins.Weight]:
    return [*_pins.pinned().weights, *_pins.face().weights]


def brought() -> list[Known]:
    """Weights of optional trackers, as :func:`known` says it; only those that came.

    Examples
    --------
    >>> all(weight.state in ("right", "wrong") for weight in brought())
    True
    """
    there = [_look_for(one.weight) for one in _pins.brought()]
    return [weight for weight in there if weight.state != "missing"]


def install(source: Path | None = None) -> list[Known]:
    """Put the weights into the user's data folder: all of them, or none.

    A source that holds nothing but the face's weights, or an optional tracker's, gives
    these.

    Parameters
    ----------
    source : Path, optional
        A tarball of the npm package, a wheel of this program, or a folder with the
        files; or the archive of an optional tracker. Without it, npm is asked for the
        pinned packages, the one thing in this program that reaches for the network; not
        even that when all are right.

    Returns
    -------
    list of Known
        What is there now, as :func:`known` and :func:`brought` say it.

    Raises
    ------
    MissingWeights
        When they cannot be had, or are not the right ones. What was there stays.
    CannotWrite
        When the folder cannot be written.
    """
    if source is None and all(weight.state == "right" for weight in known()):
        return known()
    with staged_folder(data_folder()) as stage:
        if source is None or not _brought.alone(stage, source):
            gather(stage, source)
    return [*known(), *brought()]


def gather(folder: Path, source: Path | None = None) -> None:
    """Write all weights into a folder, from a source as for :func:`install`.

    A source may hold the body's weights alone, or the face's.
    """
    if source is None:
        for package in (_pins.pinned(), _pins.face()):
            if package.weights:
                with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as passing:
                    _write(folder, _unpack.fetch(package, Path(passing)), package)
        return
    body = _lacking(folder, source, _pins.pinned())
    face = _lacking(folder, source, _pins.face())
    if body is not None and (face is not None or any(folder.glob("pose_*"))):
        raise body


def _lacking(
    folder: Path, source: Path, package: _pins.Package
) -> _unpack.Lacking | None:
    """What a source lacks of a package, after what it has was written."""
    try:
        _write(folder, source, package)
    except _unpack.Lacking as lacking:
        return lacking
    return None


def _write(folder: Path, source: Path, package: _pins.Package) -> None:
    for weight, content in _unpack.unpack(source, package):
        (folder / weight.file).write_bytes(content)


def _look_for(weight: _pins.Weight) -> Known:
    wrong: Path | None = None
    for folder in (_PACKAGE, data_folder()):
        file = folder / weight.file
        try:
            facts = file.stat()
            if facts.st_size == weight.size and weight.sha256 == _sha256(
                file, facts.st_size, facts.st_mtime_ns
            ):
                return Known(weight.name, weight.size, file, "right")
        except FileNotFoundError:
            continue
        except OSError:
            pass
        wrong = wrong or file
    state: State = "missing" if wrong is None else "wrong"
    return Known(weight.name, weight.size, wrong, state)


@cache
def _sha256(file: Path, size: int, changed_ns: int) -> str:
    # Size and time are here for the cache alone: a file that changes is read anew.
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
