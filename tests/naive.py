"""Slow, obvious twins of the fast kernels: what they mean."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
from scipy.optimize import least_squares
from scipy.stats import norm, t


def square_distance(a, b):
    """Sum of squares over the columns seen in both, scaled up to all columns."""
    seen = np.isfinite(a) & np.isfinite(b)
    if not seen.any():
        return 0.0
    return float(((a[seen] - b[seen]) ** 2).sum() * a.size / seen.sum())


def _steps(distance, i, j, aside, weights):
    """Cell before, and cost of the step from it; none from beyond the borders."""
    steps = [(i - 1, j - 1, 0.0), (i - 1, j, aside), (i, j - 1, aside)]
    for (k, q, alone), weight in zip(steps, weights, strict=True):
        if k >= 0 and q >= 0:
            yield (k, q), weight * distance + alone


def warp_cost(x, y, *, aside=0.0, leave_out=np.inf, weights=(1.0, 1.0, 1.0)):
    """Least cost over all line-ups, by the recurrence over the whole matrix."""
    n, m = len(x), len(y)
    cost = np.full((n, m), np.inf)
    for i in range(n):
        for j in range(m):
            distance = square_distance(x[i], y[j])
            steps = _steps(distance, i, j, aside, weights)
            options = [cost[before] + pays for before, pays in steps]
            if i == 0 or j == 0:
                out = leave_out * (i + j) if i + j else 0.0
                options.append(out + weights[0] * distance)
            cost[i, j] = min(options)
    ends = [cost[-1, -1]]
    if np.isfinite(leave_out):
        ends += [cost[-1, j] + leave_out * (m - 1 - j) for j in range(m)]
        ends += [cost[i, -1] + leave_out * (n - 1 - i) for i in range(n)]
    return min(ends)


def path_cost(path, x, y, *, aside=0.0, leave_out=np.inf, weights=(1.0, 1.0, 1.0)):
    """Cost of one given line-up, counted step by step."""
    total = weights[0] * square_distance(x[path[0][0]], y[path[0][1]])
    for (i, j), (k, q) in pairwise(path):
        kind = [(1, 1), (1, 0), (0, 1)].index((k - i, q - j))
        total += weights[kind] * square_distance(x[k], y[q]) + aside * (kind > 0)
    left_out = path[0][0] + path[0][1]
    left_out += len(x) - 1 - path[-1][0] + len(y) - 1 - path[-1][1]
    return total + (leave_out * left_out if left_out else 0.0)


def phrase_matches(phrase, within, most, *, aside=0.0, weights=(1.0, 1.0, 1.0)):
    """Start, end, cost of the cheapest place of a phrase, again without it, and so on.

    Two frames with nothing seen in both are as far apart as any two on average.
    """
    pairs = [[square_distance(a, b) for b in within] for a in phrase]
    both = [[(np.isfinite(a) & np.isfinite(b)).any() for b in within] for a in phrase]
    distance = np.where(both, pairs, np.mean(pairs))
    free, found = np.ones(len(within), dtype=bool), []
    while len(found) < most and free.any():
        cost = np.full(distance.shape, np.inf)
        start = np.zeros(distance.shape, dtype=int)
        for j in np.flatnonzero(free):
            cost[0, j], start[0, j] = weights[0] * distance[0, j], j
            for i in range(len(phrase)):
                for before, pays in _steps(distance[i, j], i, j, aside, weights):
                    if cost[before] + pays < cost[i, j]:
                        cost[i, j] = cost[before] + pays
                        start[i, j] = start[before]
        end = int(np.argmin(cost[-1]))
        found.append((int(start[-1, end]), end, float(cost[-1, end])))
        free[start[-1, end] : end + 1] = False
    return found


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


def way_cost(apart, costs, through=None):
    """Cost of the cheapest way through distances (n, m), or of that through a place.

    A place is (a frame of the reference, or ("gap", k) before its k-th frame; a frame
    of the take).
    """
    bonus = 1e6
    n, m = apart.shape

    def left(k):
        return min(costs.alone * k, costs.jump) + costs.far * k

    last = {("gap", k): left(k) for k in range(n + 1)}
    for j in range(m):
        now = {}
        for k in range(n + 1):
            best = last.get(("gap", k), np.inf)
            if k > 0:
                best = min(best, last.get(k - 1, np.inf) + costs.leaving)
            now["gap", k] = costs.alone + best - bonus * (through == (("gap", k), j))
        for i in range(n):
            ways = [
                last.get(i, np.inf) + costs.aside,
                last.get(i - 1, np.inf),
                last.get(("gap", i), np.inf) + costs.leaving,
                now.get(i - 1, np.inf) + costs.aside,
                *(
                    last.get(k, np.inf) + costs.jump + costs.far * abs(i - k - 1)
                    for k in range(n)
                ),
            ]
            now[i] = apart[i, j] + min(ways)
            now[i] -= bonus * (through == (i, j))
        last = now
    cost = min(
        min(last[i] + costs.leaving + left(n - 1 - i) for i in range(n)),
        min(last["gap", k] + left(n - k) for k in range(n + 1)),
    )
    return cost if through is None else cost + bonus


def square_distance_of_poses(one, other, *, turned):
    """Squared distance of two poses over the bones of both; NaN where these say little.

    Rows are directions whose squares say how much each bone counts. If turned, the
    least over all turns about the vertical, tried one by one.
    """
    both = np.isfinite(one).all(axis=1) & np.isfinite(other).all(axis=1)
    say = 0.5 * ((one[both] ** 2).sum() + (other[both] ** 2).sum())
    if say < 0.3:
        return np.nan
    found = []
    for angle in np.linspace(0.0, 2 * np.pi, 7200, endpoint=False) * turned:
        c, s = np.cos(angle), np.sin(angle)
        spin = np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]])
        found.append(((one[both] - other[both] @ spin.T) ** 2).sum() / say)
        if not turned:
            break
    return min(found)


def gone_on(belief, lost, shifts, tempi, landing, going):
    """A belief after some time, state by state."""
    out = going.find * lost * np.outer(tempi, landing)
    still_lost = (1.0 - going.find) * lost
    last = belief.shape[1] - 1
    for (k, i), mass in np.ndenumerate(belief):
        still_lost += going.lose * mass
        for j in range(len(tempi)):
            goes = mass * (1.0 - going.jump - going.lose)
            goes *= going.keep * (j == k) + (1.0 - going.keep) * tempi[j]
            to = i + shifts[j]
            out[j, min(int(to), last)] += goes * (1.0 - to % 1.0)
            out[j, min(int(to) + 1, last)] += goes * (to % 1.0)
            out[j] += mass * going.jump * tempi[j] * landing
    return out, still_lost


def likeliest_place(belief, reach):
    """The place with the most mass in reach: mean frame, mass, share of the first."""
    at = belief.sum(axis=0)
    inside = [at[max(i - reach, 0) : i + reach + 1].sum() for i in range(at.size)]
    i = int(np.argmax(inside))
    near = np.arange(max(i - reach, 0), min(i + reach + 1, at.size))
    mass = at[near].sum()
    return (near * at[near]).sum() / mass, mass, belief[0, near].sum() / mass


def later(place, share):
    """Samples a share of the way to the next: Catmull and Rom's spline, or a line."""
    out = []
    for i in range(len(place) - 1):
        a, b = place[i], place[i + 1]
        line = (1.0 - share) * a + share * b
        if 0 < i < len(place) - 2:
            before, after = 0.5 * (b - place[i - 1]), 0.5 * (place[i + 2] - a)
            s = share
            curve = (
                (2.0 * s**3 - 3.0 * s**2 + 1.0) * a
                + (s**3 - 2.0 * s**2 + s) * before
                + (3.0 * s**2 - 2.0 * s**3) * b
                + (s**3 - s**2) * after
            )
            line = np.where(np.isfinite(curve), curve, line)
        out.append(line)
    return np.array(out)


def with_new(place, sd, block, start):
    """Points and noise that is new at each frame: numbers of a block, in a ring."""
    noise = [block[(start + n) % len(block)] for n in range(place.size)]
    return place + sd * np.reshape(noise, place.shape)


def with_lasting(place, sd, knots, first, weight):
    """Points and a spline: in each frame the mean of four knots by their weights."""
    noise = [weight[:, i] @ knots[first[i] : first[i] + 4] for i in range(len(place))]
    return place + sd * np.array(noise)


def with_staying(place, sd, vector, heading):
    """Points and one vector, turned about the vertical in each frame."""
    out = place.copy()
    for i, turned in enumerate(np.radians(heading)):
        s, c = np.sin(turned), np.cos(turned)
        out[i] += sd[i] * (np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]]) @ vector)
    return out


def mean_velocity(place, time, half):
    """What was covered over what it took, of whole windows."""
    last = len(place) - 1 - max(2 * half, 1)
    starts = [min(max(i - half, 0), last) for i in range(len(place))]
    ends = [start + max(2 * half, 1) for start in starts]
    return np.array(
        [
            (place[b] - place[a]) / (time[b] - time[a])
            for a, b in zip(starts, ends, strict=True)
        ]
    )


def arc_length(amplitude, count, least):
    """Length of a spectrum over its loud frequencies, range and peak taken for 1."""
    share = np.array(amplitude) / max(amplitude)
    loud = [k for k in range(count) if share[k] >= least]
    part = share[loud[0] : loud[-1] + 1]
    return sum(np.hypot(1.0 / (len(part) - 1), b - a) for a, b in pairwise(part))


def squared_jerk(speed, step):
    """Integral of the squared second derivative."""
    jerk = np.gradient(np.gradient(speed, step), step)
    return float(np.trapezoid(jerk**2, dx=step))


def half_and_reach(value, drawn):
    """Of a normal law with the draws' spread, and 2.4 times their shift, back."""
    far = np.array([d - value for d in drawn if np.isfinite(d)])
    shift = np.median(far)
    near = sorted((f - shift) ** 2 for f in far)[: int(np.ceil(0.9 * far.size - 1e-9))]
    mean = sum(near) / (len(near) - 1)
    edge = norm.ppf(0.5 + 0.5 * min(len(near) / far.size, 1.0 - 1e-9))
    left = 1.0 - 2.0 * edge * norm.pdf(edge) / (2.0 * norm.cdf(edge) - 1.0)
    half = np.sqrt(mean / left) * t.ppf(0.95, len(near) - 1)
    sure = np.sqrt(max(shift**2 - 0.5 * np.pi * mean / far.size, 0.0))
    return half, -np.sign(shift) * sure / (np.sqrt(2.0) - 1.0)


def same_event(one, others, near_s):
    """Number of the event of the same kind that overlaps most; -1 of none near."""
    shared = [
        min(one.end_s, other.end_s) - max(one.start_s, other.start_s)
        if other.kind == one.kind
        else -np.inf
        for other in others
    ]
    best = int(np.argmax(shared)) if shared else -1
    return best if shared and shared[best] > -near_s else -1


def filtered(sections, values):
    """Second-order sections along one column, begun as if its first value had lasted.

    Of a value x that lasts, a section gives x times the sum of its b over that of its
    a, and so on to the next.
    """
    out = list(values)
    for b0, b1, b2, _, a1, a2 in sections:
        steady = out[0] * (b0 + b1 + b2) / (1.0 + a1 + a2)
        x, y = [out[0]] * 2 + out, [steady] * 2
        for k in range(2, len(x)):
            y.append(
                b0 * x[k] + b1 * x[k - 1] + b2 * x[k - 2] - a1 * y[-1] - a2 * y[-2]
            )
        out = y[2:]
    return np.array(out)


def first_standing(lift, down, ground):
    """Of each touch the first sample on the ground while it lasts, else its first."""
    out = []
    for touch in [k for k in range(1, len(lift)) if (down[k - 1], down[k]) == (0, 1)]:
        ends = next((k for k in range(touch, len(lift)) if down[k] != 1), len(lift))
        out.append(next((k for k in range(touch, ends) if lift[k] <= ground), touch))
    return out


def stays(one, other, most):
    """Samples until one of two points is away from where it was first seen."""
    for i in range(len(one)):
        for place in (one[:, [0, 2]], other[:, [0, 2]]):
            seen = [p for p in place[: i + 1] if np.isfinite(p).all()]
            if seen and np.hypot(*(place[i] - seen[0])) > most:
                return i
    return len(one)


def gliding(rear, front, v, w):
    """Slowest of many points of a bone from above, and turning of its direction."""
    share = np.linspace(0.0, 1.0, 2001)[:, None]
    each = v[[0, 2]] + share * (w - v)[[0, 2]]
    x, z = (front - rear)[[0, 2]]
    dx, dz = (w - v)[[0, 2]]
    return np.hypot(*each.T).min(), (z * dx - x * dz) / (x**2 + z**2)


def peeled(lift, time, low, enter, leave, fewest, most_s):
    """Last time off the floor, back along the straight line from low to leave."""
    down = hysteresis(lift, enter, leave)
    offs = [k for k in range(1, len(lift)) if (down[k - 1], down[k]) == (1, 0)]
    lows = [k for k in range(offs[-1]) if lift[k] <= low] if offs else []
    if not lows or offs[-1] - lows[-1] < fewest:
        return np.nan
    off, last = offs[-1], lows[-1]
    way = [k for k in range(min(last + 1, off - 1), off + 1) if np.isfinite(lift[k])]
    slope, height = np.polyfit(time[way] - time[off], lift[way], 1)
    return time[off] - np.clip(height / slope, 0.0, most_s) if slope > 0 else time[off]


def sets_out(speed, until, rest):
    """From rest, the last sample that is slower than the one before; -1 of none."""
    slow = [value < rest * max(speed) for value in speed]
    resting = [k for k in range(min(until + 1, len(speed))) if slow[k]]
    if not resting or not slow[-1]:
        return -1
    slower = [k for k in range(1, resting[-1] + 1) if speed[k] <= speed[k - 1]]
    return slower[-1] if slower else 0


def arrives(way, end, coming, close, time):
    """Along the straight line through two places before the end, to the end."""
    places = [end - coming, end - close]
    first, then = (np.interp(place, way, time) for place in places)
    return np.interp(0.0, [-coming, -close], [first, then]) + (then - first) * close / (
        coming - close
    )


def mean_shifts(headings, start, width, times):
    """Mean of the headings about a place, weighted by a normal law; and so on."""
    at = start
    for _ in range(times):
        off = (np.asarray(headings) - at + 180.0) % 360.0 - 180.0
        at += np.average(off, weights=norm.pdf(off, scale=width))
    return at


def agreeing_depths(depth, sd, picture, bones, lengths, lengths_sd):
    """The least sum of squares of one frame, by scipy's own solver."""

    def errors(z):
        flat = [np.linalg.norm(picture[b] - picture[a]) for a, b in bones]
        far = [z[b] - z[a] for a, b in bones]
        return np.concatenate(
            [(z - depth) / sd, (np.hypot(flat, far) - lengths) / lengths_sd]
        )

    return least_squares(errors, depth, method="lm").x


def convolved(rows, weight, bias, apart):
    """A convolution over time, one product after another."""
    frames, taps = len(rows), len(weight)
    out = np.tile(np.asarray(bias, dtype=float), (frames, 1))
    for frame in range(frames):
        for tap in range(taps):
            at = frame + (tap - taps // 2) * apart
            if 0 <= at < frames:
                for channel in range(rows.shape[1]):
                    out[frame] += rows[at, channel] * weight[tap, channel]
    return out


def delay_of(window, whole, rate, band_hz):
    """Delay with the largest generalized cross-correlation, phases alone, sign aside.

    A sum of cosines over all frequencies for each delay in whole samples.
    """
    n = len(window)
    best, largest = 0, -1.0
    for start in range(-n, len(whole), n):
        at = range(start, start + 2 * n)
        piece = [whole[k] if 0 <= k < len(whole) else 0.0 for k in at]
        one = np.fft.rfft(window, 2 * n)
        two = np.fft.rfft(piece)
        hz = np.fft.rfftfreq(2 * n, 1.0 / rate)
        inside = (hz >= band_hz[0]) & (hz <= band_hz[1]) & (np.abs(two) > 1e-9)
        turn = np.angle(two[inside]) - np.angle(one[inside])
        for lag in range(n):
            size = abs(np.cos(turn + 2.0 * np.pi * hz[inside] * lag / rate).sum())
            if size > largest:
                best, largest = start + lag, size
    return best


def minimum_phase_of(loudness):
    """Phase of the minimum-phase response with these magnitudes, 0 Hz to the highest.

    Coefficient by coefficient of the cepstrum: a cosine in the logarithm of the
    magnitude is the same sine, with the other sign, in the phase.
    """
    count = len(loudness)
    omega = np.pi * np.arange(count) / (count - 1)
    weight = np.ones(count)
    weight[[0, -1]] = 0.5  # both ends of a cosine series count half
    phase = np.zeros(count)
    for k in range(1, count - 1):
        cosine = 2.0 * np.sum(weight * np.log(loudness) * np.cos(k * omega))
        phase -= cosine / (count - 1) * np.sin(k * omega)
    return phase


def parts_cost(values, cuts, penalty):
    """What parts cost: squares about each part's mean, and a penalty for each cut."""
    ends = [*cuts, len(values)]
    begins = [0, *cuts]
    within = sum(
        ((values[a:b] - values[a:b].mean(axis=0)) ** 2).sum()
        for a, b in zip(begins, ends, strict=True)
    )
    return within + penalty * len(cuts)


def cheapest_cuts(values, least, penalty):
    """All ways to cut, each tried."""
    count = len(values)

    def ways(begin):
        yield []
        for cut in range(begin + least, count - least + 1):
            for more in ways(cut):
                yield [cut, *more]

    return min(ways(0), key=lambda cuts: parts_cost(values, cuts, penalty))


def between(layer, at):
    """A layer at one place (column, row) between its cells, as at its edge beyond."""
    rows, columns = layer.shape[:2]
    x = min(max(at[0], 0.0), columns - 1.0)
    y = min(max(at[1], 0.0), rows - 1.0)
    left, top = min(int(x), columns - 2), min(int(y), rows - 2)
    out = 0.0
    for down in (0, 1):
        for right in (0, 1):
            share = abs(1 - right - (x - left)) * abs(1 - down - (y - top))
            out = out + share * layer[top + down, left + right]
    return out


def correlated(values, weights):
    """Weighted sum of the rows about each; NaN where they reach outside."""
    reach = len(weights) // 2
    out = np.full(values.shape, np.nan)
    for i in range(reach, len(values) - reach):
        out[i] = sum(
            w * row
            for w, row in zip(weights, values[i - reach : i + reach + 1], strict=True)
        )
    return out


def weighted_lengths(amounts, weights, power, noise):
    """Weighted mean of lengths, or of their squares, the square of noise taken off."""
    total = 0.0
    for vector, weight, off in zip(amounts, weights, noise, strict=True):
        square = max(sum(x * x for x in vector) - off, 0.0)
        total += weight * (square if power == 2 else square**0.5)
    return total / sum(weights)
