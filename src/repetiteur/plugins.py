"""Formats and measures that other packages bring, loaded when first needed.

A package announces a module under one of the entry-point groups, and importing
that module registers what it holds::

    [project.entry-points."repetiteur.formats"]
    studio_x = "studio_x.reader"
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points

FORMATS = "repetiteur.formats"
MEASURES = "repetiteur.measures"


@cache
def load(group: str) -> tuple[str, ...]:
    """Import every module announced under an entry-point group, once.

    Parameters
    ----------
    group : str
        ``repetiteur.formats`` or ``repetiteur.measures``.

    Returns
    -------
    tuple of str
        The names of the entry points that were loaded.

    Examples
    --------
    >>> load("repetiteur.nothing_announces_this")
    ()
    """
    found = entry_points(group=group)
    for entry in found:
        entry.load()
    return tuple(entry.name for entry in found)
