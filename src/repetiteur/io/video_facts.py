"""The facts of a video as JSON, for a process that is to read its pictures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np

from repetiteur.io._video_decode import Table
from repetiteur.io.video import Video

__all__ = ["from_json", "to_json"]


def to_json(video: Video) -> dict[str, Any]:
    """All that is known of a video, but for its path, as JSON can say it.

    Parameters
    ----------
    video : Video

    Returns
    -------
    dict
        For :func:`from_json`.
    """
    facts = {f.name: _told(getattr(video, f.name)) for f in fields(video)}
    table = {f.name: _told(getattr(video.table, f.name)) for f in fields(Table)}
    del facts["path"]
    return facts | {"table": table}


def _told(value: object) -> object:
    return value.tolist() if isinstance(value, np.ndarray) else value


def from_json(path: Path, facts: Mapping[str, Any]) -> Video:
    """The video again.

    Parameters
    ----------
    path : Path
    facts : mapping
        From :func:`to_json`.

    Returns
    -------
    Video
    """
    table = {name: _heard(value) for name, value in facts["table"].items()}
    given = {name: _heard(value) for name, value in facts.items()}
    given |= {"repairs": tuple(facts["repairs"]), "table": Table(**table)}
    return Video(path=path, **given)


def _heard(value: Any) -> Any:
    return np.array(value) if isinstance(value, list) else value
