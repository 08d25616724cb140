"""The files that are written beside the page, and what each is for."""

from __future__ import annotations

from collections.abc import Collection

#: In the order in which the page names them.
WHAT = {
    "notes.json": "everything on this page, as data",
    "notes.vtt": "the notes as subtitles",
    "curves.csv": "the curves of How, to draw anew",
    "alignment.csv": "which moment is which",
    "take.nc": "your movement",
    "reference.nc": "the reference's",
}


def links(written: Collection[str]) -> list[tuple[str, str]]:
    """Name and use of each file that is written beside the page.

    Examples
    --------
    >>> links(["take.nc", "report.html"])
    [('take.nc', 'your movement')]
    """
    return [(name, use) for name, use in WHAT.items() if name in written]
