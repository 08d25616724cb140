"""Recordings that a command was given: motion files are read, videos are tracked."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.markup import escape

from repetiteur.cli import console
from repetiteur.cli.track import Model, tracked
from repetiteur.report.plain import plain

if TYPE_CHECKING:
    import xarray as xr

    from repetiteur.rehearsal import Recording

__all__ = ["Given", "recording", "warn"]


@dataclass(frozen=True)
class Given:
    """Corrections of a motion file's header, None where it is right."""

    fps: float | None = None
    unit: str | None = None
    up: str | None = None
    mapping: str | None = None


def recording(path: Path, given: Given, *, model: Model, cache: bool) -> Recording:
    """A recording from a file, with what it takes shown on standard error."""
    with console.error.status(escape(plain(f"reading {path.name}"))):
        from repetiteur.rehearsal import is_video_file, recording_from_file

        if given != Given() or not is_video_file(path):
            found = recording_from_file(path, **asdict(given))
            warn(found.poses, path.name)
            return found
    return tracked(path, model=model, cache=cache)


def warn(poses: xr.Dataset, name: str) -> None:
    """Say on standard error what should be looked at before these poses are used."""
    from repetiteur.model.poses import warnings_of

    for line in warnings_of(poses):
        console.error.print(plain(f"{name}: warning: {line}"), markup=False)
