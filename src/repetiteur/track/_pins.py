"""Which weights the models have: one table, ``pins.toml``, read when needed."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

__all__ = ["Brought", "Package", "Weight", "brought", "face", "pinned"]

_TABLE = Path(__file__).with_name("pins.toml")


@dataclass(frozen=True)
class Weight:
    """One network: its name here, and what it must be to the last bit.

    ``start`` is the byte at which it begins in a member that holds several; None where
    it is the whole member.
    """

    name: str
    member: str
    size: int
    sha256: str
    ending: str = ".tflite"
    start: int | None = None

    @property
    def file(self) -> str:
        """Name of the file that holds it."""
        return f"{self.name}{self.ending}"


@dataclass(frozen=True)
class Brought:
    """Weights of an optional tracker: nothing fetches them, a user brings them.

    ``archive`` is what their makers call the file that holds them.
    """

    weight: Weight
    tracker: str
    archive: str


@dataclass(frozen=True)
class Package:
    """The npm package that the weights come from."""

    name: str
    version: str
    integrity: str
    weights: tuple[Weight, ...]

    @property
    def spec(self) -> str:
        """What npm is asked for: exactly this version.

        Examples
        --------
        >>> pinned().spec
        '@mediapipe/pose@0.5.1675469404'
        """
        return f"{self.name}@{self.version}"


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(_TABLE.read_text("utf-8"))


@cache
def pinned() -> Package:
    """The body's package.

    Examples
    --------
    >>> [weight.file for weight in pinned().weights][:2]
    ['pose_detection.tflite', 'pose_landmark_lite.tflite']
    """
    return _package(_table())


@cache
def face() -> Package:
    """The face's package.

    Examples
    --------
    >>> [weight.file for weight in face().weights]
    ['face_mesh.tflite', 'face_detection.tflite']
    """
    return _package(_table()["face"])


def _package(table: dict[str, Any]) -> Package:
    return Package(
        name=table["package"],
        version=table["version"],
        integrity=table["integrity"],
        weights=tuple(
            Weight(name=name, **facts) for name, facts in table["weights"].items()
        ),
    )


@cache
def brought() -> tuple[Brought, ...]:
    """The optional trackers' weights.

    Examples
    --------
    >>> [(one.tracker, one.weight.file) for one in brought()]
    [('rtm', 'rtmpose_m_halpe26.onnx')]
    """
    out = []
    for name, facts in _table()["brought"].items():
        weight = Weight(
            name=name,
            member=facts["member"],
            size=facts["size"],
            sha256=facts["sha256"],
            ending=PurePosixPath(facts["member"]).suffix,
        )
        out.append(Brought(weight, facts["tracker"], facts["archive"]))
    return tuple(out)
