"""Progress of long work, on standard error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
)

from repetiteur.cli.console import error

__all__ = ["frames_of"]


@contextmanager
def frames_of(work: str) -> Iterator[Callable[[int, int], None]]:
    """Show how many frames of a recording are done, and the time that is left.

    Parameters
    ----------
    work : str
        What is done, and with which.

    Yields
    ------
    callable
        ``progress(done, total)``.
    """
    with Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("frames"),
        TimeRemainingColumn(),
        console=error,
        transient=True,
        disable=not error.is_terminal,  # a log needs no bar
    ) as shown:
        task = shown.add_task(work, total=None)

        def progress(done: int, total: int) -> None:
            shown.update(task, completed=done, total=total)

        yield progress
