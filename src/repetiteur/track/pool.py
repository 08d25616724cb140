"""Workers that follow the dancer, side by side, each over its share of the pieces."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

import numpy as np
from numpy.typing import NDArray

from repetiteur.errors import RepetiteurError
from repetiteur.io._limited import broken_off
from repetiteur.io._streamed import streamed
from repetiteur.track.pieces import Piece, shares
from repetiteur.track.rows import width
from repetiteur.track.worker import follow_pieces

Array = NDArray[np.float32]

#: A worker that is silent for this long hangs, s; and what a frame may cost, s.
STALL_S, FRAME_S = 120.0, 3.0
MEMORY_MB = 6144


def followed(
    path: Path,
    todo: Sequence[Piece],
    order: Mapping[str, Any],
    *,
    points: int,
    workers: int,
    seen: Callable[[int], None],
) -> Iterator[tuple[Piece, Array]]:
    """Pieces of a recording with the dancer in them, as they are finished.

    Parameters
    ----------
    path : Path
    todo : sequence of Piece
    order : mapping
        For :func:`~repetiteur.track.worker.follow_pieces`, but for its pieces.
    points : int
        Landmarks of a look.
    workers : int
        Processes at the most.
    seen : callable
        ``seen(frames)`` is told how many more frames are done.

    Yields
    ------
    piece : Piece
    rows : (last - first, width) float32
        NaN where no picture could be decoded.

    Raises
    ------
    DamagedFile
        When a worker breaks off; the others end with it.
    """
    queue: SimpleQueue[_Message] = SimpleQueue()
    leave = threading.Event()
    crew = [
        threading.Thread(
            target=_serve,
            args=(path, share, order, width(points), queue, leave),
            daemon=True,
        )
        for share in _runs(todo, workers)
    ]
    for thread in crew:
        thread.start()
    try:
        rows = {
            p.number: np.full((p.last - p.first, width(points)), np.nan, np.float32)
            for p in todo
        }
        known = {p.number: p for p in todo}
        try:
            yield from _gathered(queue, len(crew), known, rows, seen)
        except (LookupError, ValueError, OverflowError) as error:
            if isinstance(error, RepetiteurError):
                raise
            raise broken_off(path, "its answer is garbled") from error
    finally:
        leave.set()
        for thread in crew:
            thread.join()


_Message = Array | BaseException | None


def _runs(todo: Sequence[Piece], workers: int) -> Iterator[list[Piece]]:
    """Shares of neighbouring pieces; what was done before may leave holes."""
    for share in shares(todo, workers):
        run = [share[0]]
        for piece in share[1:]:
            if piece.first != run[-1].last:
                yield run
                run = []
            run.append(piece)
        yield run


def _serve(
    path: Path,
    share: list[Piece],
    order: Mapping[str, Any],
    size: int,
    queue: SimpleQueue[_Message],
    leave: threading.Event,
) -> None:
    told = {
        **order,
        "pieces": [[p.number, p.warm, p.first, p.last] for p in share],
    }
    frames = share[-1].last - share[0].warm
    work = streamed(
        follow_pieces,
        path,
        told,
        width=size,
        stall_s=STALL_S,
        seconds=STALL_S + FRAME_S * frames,
        memory_mb=MEMORY_MB,
    )
    try:
        with closing(work):
            for row in work:
                queue.put(row)
                if leave.is_set():
                    return
        queue.put(None)
    except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
        queue.put(error)


def _gathered(
    queue: SimpleQueue[_Message],
    crew: int,
    known: Mapping[int, Piece],
    rows: dict[int, Array],
    seen: Callable[[int], None],
) -> Iterator[tuple[Piece, Array]]:
    while crew:
        message = _next(queue)
        if isinstance(message, BaseException):
            raise message
        if message is None:
            crew -= 1
            continue
        piece = known[int(message[0])]
        frame = int(message[1])
        if frame >= 0:
            if not piece.first <= frame < piece.last:
                raise ValueError("a frame of another piece")  # nothing sent is trusted
            rows[piece.number][frame - piece.first] = message
            seen(1)
        elif piece.number in rows:
            yield piece, rows.pop(piece.number)


def _next(queue: SimpleQueue[_Message]) -> _Message:
    """The next message; waits in short turns, so that Ctrl-C is heard on any system."""
    while True:
        try:
            return queue.get(timeout=0.5)
        except Empty:
            continue
