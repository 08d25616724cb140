"""Slow, obvious twins of the fast kernels: what they mean."""

from __future__ import annotations

from itertools import combinations, pairwise

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


def spread_by_draws(function, points, sd, rng, *, draws):
    """Root mean square deviation of a curve when every point is drawn anew."""
    value = function(points)
    square = np.zeros_like(value)
    for _ in range(draws // 1000):
        many = {
            name: np.repeat(place, 1000, axis=0)
            + rng.normal(size=(1000 * len(place), 3))
            * np.repeat(sd[name], 1000, axis=0)
            for name, place in points.items()
        }
        off = function(many).reshape(len(value), 1000) - value[:, None]
        square += (off**2).mean(axis=1)
    return np.sqrt(square / (draws // 1000))


def refined_by_heatmap(places, heatmap):
    """Each place moved to the weighted middle of the 7 x 7 cells round it."""
    cells = heatmap.shape[0]
    out = np.array(places, dtype=float)
    for k, (x, y) in enumerate(places):
        column, row = int(x * cells), int(y * cells)
        total = best = along = down = 0.0
        for r in range(row - 3, row + 4):
            for c in range(column - 3, column + 4):
                if 0 <= r < cells and 0 <= c < cells:
                    weight = 1.0 / (1.0 + np.exp(-float(heatmap[r, c, k])))
                    total, best = total + weight, max(best, weight)
                    along, down = along + weight * c, down + weight * r
        if best >= 0.5:
            out[k] = along / total / cells, down / total / cells
    return out


def course_cost(kept, values, time, patience, prices):
    """Cost of keeping some samples of a course and leaving out the others."""
    first, following, broken = prices
    total = 0.0
    ends = [-1, *kept, len(values)]
    for a, b in pairwise(ends):
        if b - a > 1:
            total += first + following * (b - a - 2)
            inside = a > -1 and b < len(values)
            if b - a - 1 > patience.most or (
                inside and time[b - 1] - time[a + 1] > patience.longest_s
            ):
                return np.inf
    for k, j, i in zip(kept, kept[1:], kept[2:], strict=False):
        h1, h2 = time[j] - time[k], time[i] - time[j]
        r = h2 / h1
        off = values[i] - values[j] - r * (values[j] - values[k])
        usual = patience.noise**2 * (1 + (1 + r) ** 2 + r**2)
        usual += (patience.pull * h2 * (h1 + h2) / 2) ** 2
        total += min((off**2).sum() / usual, broken)
    return total


def cheapest_course(values, time, patience, prices):
    """Least cost over all ways of leaving samples out."""
    every = range(len(values))
    ways = (w for n in range(1, len(values) + 1) for w in combinations(every, n))
    return min(course_cost(way, values, time, patience, prices) for way in ways)


def smoothed(values, time, period_s, weight):
    """Smoothing spline by dense matrices, for one whole course."""
    t = np.asarray(time) * 2 * np.pi / period_s
    third = np.zeros((len(t) - 3, len(t)))
    volume = np.zeros(len(t) - 3)
    for row in range(len(t) - 3):
        four = range(row, row + 4)
        for k in four:
            others = [t[k] - t[j] for j in four if j != k]
            third[row, k] = 6.0 / np.prod(others)
        volume[row] = (t[row + 3] - t[row]) / 3.0
    hold = np.diag(np.gradient(t) * weight)
    return np.linalg.solve(hold + third.T @ np.diag(volume) @ third, hold @ values)


def half_width(value, drawn):
    """Distance within which nine of ten draws lie, and one more of the same kind.

    What all of them are shifted by counts 1.7 times.
    """
    seen = [d - value for d in drawn if np.isfinite(d)]
    shift = 0.7 * float(np.median(seen))
    far = sorted(abs(d + shift) for d in seen)
    for far_enough in far:
        held = sum(f <= far_enough for f in far)
        if held >= 0.9 * (len(far) + 1) - 1e-9:
            return far_enough
    return np.inf


def angle(u, v):
    """Angle between two directions by the formula of the measures, degrees."""
    sine = np.linalg.norm(np.cross(u, v))
    if np.linalg.norm(u) == 0.0 or np.linalg.norm(v) == 0.0:
        return np.nan
    return np.degrees(np.arctan2(sine, np.dot(u, v)))


def azimuth(direction, front):
    """Signed angle from the front to a direction, to the left, seen from above."""
    a, b = np.array([direction[0], direction[2]]), np.array([front[0], front[2]])
    if not (a.any() and b.any()):
        return np.nan
    off = np.degrees(np.arctan2(*a) - np.arctan2(*b))
    return 180.0 - np.mod(180.0 - off, 360.0)


def sliding_polynomial(values, window, degree):
    """Middle of a polynomial fitted to each window; at the ends of the end windows."""
    out = np.empty_like(values)
    for k in range(len(values)):
        first = min(max(k - window // 2, 0), len(values) - window)
        for column in range(values.shape[1]):
            fit = np.polyfit(
                np.arange(window), values[first : first + window, column], degree
            )
            out[k, column] = np.polyval(fit, k - first)
    return out


def derivative(values, time):
    """Slope at each sample of the parabola, or the line, through its neighbours."""
    seen = np.isfinite(values)
    out = np.full(len(values), np.nan)
    for k in range(len(values)):
        for near in ((-1, 0, 1), (0, 1, 2), (-2, -1, 0), (0, 1), (-1, 0)):
            at = k + np.array(near)
            if at[0] >= 0 and at[-1] < len(values) and seen[at].all():
                fit = np.polyfit(time[at] - time[k], values[at], len(at) - 1)
                out[k] = fit[-2]
                break
    return out


def hysteresis(values, enter, leave):
    """Low below ``enter``, high above ``leave``, as before between; frame by frame."""
    out, now = [], -1
    for value in values:
        if np.isnan(value):
            now = -1
        elif value < enter:
            now = 1
        elif value > leave:
            now = 0
        elif now == -1:
            now = int(value < 0.5 * (enter + leave))
        out.append(now)
    return np.array(out)


def exchanged(one, other, time, patience, prices):
    """Samples between changes of two whole courses that an exchange makes cheaper."""
    broken, least, loud = prices
    every = list(range(len(time)))
    free = (0.0, 0.0, broken)

    def cost(a, b, upto):
        kept, when = every[:upto], time[:upto]
        return sum(course_cost(kept, p[:upto], when, patience, free) for p in (a, b))

    changes = []
    for i in every[1:]:
        straight = np.linalg.norm(one[i] - one[i - 1]) + np.linalg.norm(
            other[i] - other[i - 1]
        )
        crossed = np.linalg.norm(one[i] - other[i - 1]) + np.linalg.norm(
            other[i] - one[i - 1]
        )
        link = cost(one, other, i + 1) - cost(one, other, i)
        if crossed < straight and link >= loud:
            changes.append(i)
    out, done = np.zeros(len(time), dtype=bool), 0
    for first, last in pairwise(changes):
        if first < done or time[last - 1] - time[first] > patience.longest_s:
            continue
        a, b = one.copy(), other.copy()
        a[first:last], b[first:last] = other[first:last], one[first:last]
        if cost(one, other, len(time)) - cost(a, b, len(time)) >= least:
            out[first:last], done = True, last + 1
    return out
