"""Slow, obvious twins of the fast kernels: what they mean."""

from __future__ import annotations

from itertools import pairwise

import numpy as np


def square_distance(a, b):
    """Sum of squares over the columns seen in both, scaled up to all columns."""
    seen = np.isfinite(a) & np.isfinite(b)
    if not seen.any():
        return 0.0
    return float(((a[seen] - b[seen]) ** 2).sum() * a.size / seen.sum())


def warp_cost(x, y, *, aside=0.0, leave_out=np.inf):
    """Least cost over all line-ups, by the recurrence over the whole matrix."""
    n, m = len(x), len(y)
    cost = np.full((n, m), np.inf)
    for i in range(n):
        for j in range(m):
            options = []
            if i == 0 and j == 0:
                options.append(0.0)
            if i == 0 and j > 0:
                options.append(leave_out * j)
            if j == 0 and i > 0:
                options.append(leave_out * i)
            if i > 0 and j > 0:
                options.append(cost[i - 1, j - 1])
            if i > 0:
                options.append(cost[i - 1, j] + aside)
            if j > 0:
                options.append(cost[i, j - 1] + aside)
            cost[i, j] = min(options) + square_distance(x[i], y[j])
    ends = [cost[-1, -1]]
    if np.isfinite(leave_out):
        ends += [cost[-1, j] + leave_out * (m - 1 - j) for j in range(m)]
        ends += [cost[i, -1] + leave_out * (n - 1 - i) for i in range(n)]
    return min(ends)


def path_cost(path, x, y, *, aside=0.0, leave_out=np.inf):
    """Cost of one given line-up, counted step by step."""
    total = sum(square_distance(x[i], y[j]) for i, j in path)
    for (i, j), (k, q) in pairwise(path):
        step = (k - i, q - j)
        assert step in {(1, 1), (1, 0), (0, 1)}, step
        total += aside * (step != (1, 1))
    left_out = path[0][0] + path[0][1]
    left_out += len(x) - 1 - path[-1][0] + len(y) - 1 - path[-1][1]
    return total + (leave_out * left_out if left_out else 0.0)


def envelope(values, reach):
    """Least and greatest value within reach, sample by sample."""
    low, high = [], []
    for k, far in enumerate(reach):
        near = values[max(k - far, 0) : k + far + 1]
        near = near[np.isfinite(near)]
        low.append(near.min() if near.size else np.nan)
        high.append(near.max() if near.size else np.nan)
    return np.array(low), np.array(high)
