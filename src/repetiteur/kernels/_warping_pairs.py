"""Squared distances between the rows of two sequences, by blocks."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

Array = NDArray[np.float64]

#: Of more kinds of rows than this (which columns are unseen), some stand for all when
#: the mean over all pairs is taken.
_KINDS = 2000
#: Largest number whose squares single precision can add up.
_FAR = 1e15
#: Rows laid out at once.
_CHUNK = 512


@dataclass(frozen=True)
class Pairs:
    """Two sequences laid out so that one matrix product gives squared distances.

    With s the mask of what is seen (1 or 0) and unseen values set to 0, the sum of
    (a - b)^2 over what both see is [a^2, s_a, -2 a] . [s_b, b^2, b]. Where all is
    seen, one column each holds the sums of the squares. What stands on the right is
    kept as the product reads it fastest, a row for each column.

    Two rows of which nothing is seen in both are ``unseen`` apart.
    """

    left: NDArray[np.floating]
    right: NDArray[np.floating]
    seen_left: NDArray[np.floating] | None
    seen_right: NDArray[np.floating] | None
    unseen: float = 0.0

    @classmethod
    def of(
        cls,
        x: Array,
        y: Array,
        dtype: DTypeLike = np.float32,
        floors: tuple[ArrayLike, ArrayLike] = (0.0, 0.0),
    ) -> Pairs:
        """Lay out two sequences, (n, d) and (m, d); what is not finite is unseen.

        Every distance of a row has that row's floor in it, (n,) and (m,).
        """
        over, under = (np.asarray(floor, dtype=dtype) for floor in floors)
        # Digits are lost with distance from the origin, so it moves to the middle.
        centre, d = _centre(x, y), x.shape[1]
        a, b = np.empty((len(x), d + 2), dtype), np.empty((d + 2, len(y)), dtype)
        a[:, 1] = b[0] = 1.0
        np.subtract(x, centre, out=a[:, 2:], casting="same_kind")
        for k in range(0, len(y), _CHUNK):  # a turned array is quicker in pieces
            b[2:, k : k + _CHUNK] = (y[k : k + _CHUNK] - centre).T
        a[:, 0] = np.einsum("ij,ij->i", a[:, 2:], a[:, 2:]) + over
        b[1] = np.einsum("ij,ij->j", b[2:], b[2:]) + under
        if np.isfinite(a[:, 0]).all() and np.isfinite(b[1]).all():
            a[:, 2:] *= -2.0
            return cls(a, b, None, None)
        in_a, in_b = np.isfinite(a[:, 2:]), np.isfinite(b[2:])
        seen_a, seen_b = in_a.astype(dtype), in_b.astype(dtype)
        a, b = np.where(in_a, a[:, 2:], 0), np.where(in_b, b[2:], 0)
        a2, b2 = a * a + over.reshape(-1, 1) / d, b * b + under.reshape(1, -1) / d
        left, right = [a2, seen_a, -2 * a], [seen_b, b2, b]
        return cls(np.hstack(left), np.vstack(right), seen_a, seen_b)

    @property
    def shape(self) -> tuple[int, int]:
        """Rows of either."""
        return len(self.left), self.right.shape[1]

    def block(self, rows: slice, columns: slice) -> NDArray[np.floating]:
        """Squared distances of some rows to some columns; rounding may leave -0."""
        square = self.left[rows] @ self.right[:, columns]
        if self.seen_left is not None and self.seen_right is not None:
            common = self.seen_left[rows] @ self.seen_right[:, columns]
            square *= len(self.seen_right) / np.maximum(common, common.dtype.type(1))
            square[common == 0] = self.unseen
        return np.asarray(square)

    def mean(self) -> float:
        """Mean over all pairs, without computing them one by one.

        Rows with the same columns unseen are added up first, for the distance is
        bilinear in what is laid out. Where nearly every row is of its own kind, evenly
        spaced rows stand for all.
        """
        if self.seen_left is None or self.seen_right is None:
            left = self.left.mean(axis=0, dtype=np.float64)
            right = self.right.mean(axis=1, dtype=np.float64)
            return float(max(left @ right, 0.0))
        a, in_a, n = _by_kind(self.left, self.seen_left)
        b, in_b, m = _by_kind(self.right.T, self.seen_right.T)
        share = in_a.shape[1] / np.maximum(in_a @ in_b.T, 1.0)
        return max(float(((a @ b.T) * share).sum()), 0.0) / (n * m)


def _centre(x: Array, y: Array) -> Array:
    total, count = np.zeros(x.shape[1]), np.zeros(x.shape[1])
    for rows in (x, y):
        plain = rows.sum(axis=0)
        if np.isfinite(plain).all():
            total, count = total + plain, count + len(rows)
        else:
            seen = np.isfinite(rows)
            total = total + np.where(seen, rows, 0.0).sum(axis=0)
            count = count + seen.sum(axis=0)
    return np.asarray(total / np.maximum(count, 1.0))


def _by_kind(
    rows: NDArray[np.floating], seen: NDArray[np.floating]
) -> tuple[Array, Array, int]:
    """Sum of the rows of each kind, the columns that the kind sees, rows in all."""
    kinds, of = np.unique(np.packbits(seen > 0, axis=1), axis=0, return_inverse=True)
    if len(kinds) > _KINDS:
        some = np.linspace(0, len(rows) - 1, _KINDS).round().astype(int)
        return rows[some].astype(float), seen[some].astype(float), _KINDS
    order = np.argsort(of.ravel(), kind="stable")
    starts = np.searchsorted(of.ravel()[order], np.arange(len(kinds)))
    sums = np.add.reduceat(rows[order], starts, axis=0, dtype=np.float64)
    return sums, seen[order[starts]].astype(float), len(rows)


def sequences(x: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
    """Two sequences as they are lined up; raises ValueError where they cannot be."""
    a, b = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if a.ndim != 2 or b.ndim != 2 or a.shape[1] != b.shape[1] or not a.size * b.size:
        raise ValueError(
            "warp needs two sequences of rows with the same number of columns, and "
            f"has {a.shape} and {b.shape}."
        )
    reach = max(_reach(a), _reach(b))
    if reach > _FAR:
        raise ValueError(
            f"warp needs numbers of a size up to {_FAR:g}, and has {reach:g}. Use a "
            "larger unit, and NaN for what was not seen."
        )
    return a, b


def _reach(rows: Array) -> float:
    """Largest size of a number, what is NaN apart."""
    reach = max(rows.max(), -rows.min())
    if np.isnan(reach):
        reach = np.abs(np.where(np.isnan(rows), 0.0, rows)).max()
    return float(reach)


def square_distances(
    x: ArrayLike, y: ArrayLike, *, unseen: float = 0.0
) -> NDArray[np.float32]:
    """Squared distances between all pairs of rows; what is NaN in either is left out.

    Parameters
    ----------
    x : (n, d) float
    y : (m, d) float
    unseen : float
        Distance of two rows of which nothing was seen in both; 0: nothing speaks
        against that pair.

    Returns
    -------
    (n, m) float32
        Sum over the d columns; where columns are missing, the mean over those seen in
        both times d.

    Examples
    --------
    >>> square_distances([[0.0, 0.0]], [[3.0, 4.0], [1.0, np.nan]]).round(4).tolist()
    [[25.0, 2.0]]
    """
    a, b = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    pairs = replace(Pairs.of(a, b), unseen=unseen)
    square = pairs.block(slice(None), slice(None))
    return np.asarray(np.maximum(square, 0.0), dtype=np.float32)
