"""The pool: what workers send is put in its place, and never trusted."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from repetiteur.errors import DamagedFile, UnreadableRecording
from repetiteur.track import pool
from repetiteur.track.pieces import Piece
from repetiteur.track.rows import width

TODO = [Piece(0, 0, 0, 2), Piece(1, 1, 2, 4)]


def _row(piece: float, frame: float) -> np.ndarray:
    row = np.full(width(33), 7.0, np.float32)
    row[:2] = piece, frame
    return row


def _run(monkeypatch: pytest.MonkeyPatch, messages: list) -> list:
    def serve(path, share, order, size, queue, leave):
        for message in messages:
            queue.put(message)
        queue.put(None)

    monkeypatch.setattr(pool, "_serve", serve)
    seen: list[int] = []
    found = pool.followed(
        Path("a.mp4"), TODO, {}, points=33, workers=1, seen=seen.append
    )
    return list(found)


def test_rows_come_to_their_pieces(monkeypatch):
    sent = [_row(0, 1), _row(0, -1), _row(1, 2), _row(1, 3), _row(1, -1)]
    (first, one), (second, other) = _run(monkeypatch, sent)
    assert (first.number, second.number) == (0, 1)
    assert np.isnan(one[0]).all()  # it could not be decoded
    assert (one[1, 2:] == 7.0).all()
    assert other[:, 1].tolist() == [2.0, 3.0]


@pytest.mark.parametrize(
    ("piece", "frame"),
    [(9, 0), (0, 2), (1, 0), (np.nan, 0), (0, np.inf), (0, np.nan)],
)
def test_a_row_without_sense_is_one_clear_error(monkeypatch, piece, frame):
    with pytest.raises(DamagedFile, match=r"a\.mp4 .* garbled"):
        _run(monkeypatch, [_row(piece, frame)])


def test_an_error_of_a_worker_is_raised_as_it_is(monkeypatch):
    with pytest.raises(UnreadableRecording, match="no dancer"):
        _run(monkeypatch, [UnreadableRecording("no dancer")])
