"""Pieces: fixed by time alone, whole, and fairly shared."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from repetiteur.track.pieces import PIECE_S, WARM_FRAMES, WARM_S, pieces, shares

STEPS = hnp.arrays(float, st.integers(0, 400), elements=st.floats(0.001, 3.0))


@given(STEPS)
def test_each_frame_is_in_exactly_one_piece(steps: np.ndarray) -> None:
    time_s = np.concatenate([[0.0], np.cumsum(steps)])
    cut = pieces(time_s)
    frames = [frame for piece in cut for frame in range(piece.first, piece.last)]
    assert frames == list(range(time_s.size))
    for piece in cut:
        assert time_s[piece.last - 1] - time_s[piece.first] <= PIECE_S
        assert 0 <= piece.first - piece.warm <= WARM_FRAMES
        assert time_s[piece.first] - time_s[piece.warm] <= WARM_S + 1e-9


@given(STEPS, st.integers(1, 9))
def test_shares_are_all_pieces_in_order(steps: np.ndarray, workers: int) -> None:
    cut = pieces(np.concatenate([[0.0], np.cumsum(steps)]))
    shared = shares(cut, workers)
    assert [piece for share in shared for piece in share] == cut
    assert all(shared)
    assert len(shared) <= workers


def test_even_pieces_are_shared_evenly() -> None:
    cut = pieces(np.arange(12 * 300) / 30.0)
    assert [len(share) for share in shares(cut, 3)] == [4, 4, 4]
