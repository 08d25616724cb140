"""Loops over many directions at once, compiled at their first use.

Everything here takes directions as one contiguous row of numbers, x, y, z, x, y, z, ...
(n times 3), and gives one number each, (n,), or a row again. With that, and without a
branch in the loop, the compiler works on several directions at a time.
:mod:`repetiteur.kernels.geometry` says what they mean; ``tests/naive.py`` has their
plain twins.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

_DEGREES = 180.0 / math.pi
#: A direction shorter than this is none.
_LENGTH = 1e-12

_PLAIN = njit(cache=True, error_model="numpy")
_INLINE = njit(inline="always", error_model="numpy")


def numbers(loop: Callable[..., Array], *given: ArrayLike) -> Array:
    """A number for each direction, whatever the arrays' shapes."""
    shape, rows = _rows(given)
    return loop(*rows).reshape(shape[:-1])


def vectors(loop: Callable[..., Array], *given: ArrayLike) -> Array:
    """A vector for each direction, whatever the arrays' shapes."""
    shape, rows = _rows(given)
    return loop(*rows).reshape(shape)


def _rows(given: tuple[ArrayLike, ...]) -> tuple[tuple[int, ...], list[Array]]:
    """The shape that vectors have together, and all numbers of each in one row."""
    arrays = [np.asarray(v, dtype=np.float64) for v in given]
    shape = arrays[0].shape
    if shape[-1:] != (3,) or any(a.shape != shape for a in arrays):
        shape = np.broadcast_shapes((3,), *(a.shape for a in arrays))
    return shape, [row(a, shape) for a in arrays]


def row(values: Array, shape: tuple[int, ...]) -> Array:
    """All numbers in one row; a copy only where the shape or the order asks for it."""
    full = values if values.shape == shape else np.broadcast_to(values, shape)
    return full.ravel()


@_INLINE
def _atan2(y: float, x: float) -> float:
    """Arctangent of y / x in (-pi, pi]; NaN where both are 0.

    The compiler cannot run the library's arctangent for several numbers at a time. So:
    fold the circle to an eighth and that to its half, |t| <= tan(pi/8), and sum a
    polynomial there. Its coefficients are those of a Chebyshev fit, in 40 digits, to
    (1 - atan(t)/t) / t^2; it is within 1e-17 of the truth, and the whole relatively
    within 4e-16.
    """
    a, b = abs(y), abs(x)
    low, high = (a, b) if a < b else (b, a)  # min and max would drop a NaN
    wide = 1.0 if low > 0.41421356237309503 * high else 0.0
    t = (low - wide * high) / (high + wide * low)
    z = t * t
    series = 0.019176887119052962
    series = series * z - 0.0392316582955788
    series = series * z + 0.05085449737939935
    series = series * z - 0.0585814891280214
    series = series * z + 0.06664511447381939
    series = series * z - 0.07692183190826085
    series = series * z + 0.09090904578123901
    series = series * z - 0.11111111015256361
    series = series * z + 0.14285714284666542
    series = series * z - 0.1999999999999552
    series = series * z + 0.3333333333333333
    angle = 0.25 * math.pi * wide + (t - t * z * series)
    angle = 0.5 * math.pi - angle if a > b else angle
    angle = math.pi - angle if x < 0.0 else angle
    return math.copysign(angle, y + 0.0)  # -0.0 is 0.0: straight behind is 180


@_INLINE
def _between(ux: float, uy: float, uz: float, vx: float, vy: float, vz: float) -> float:
    """Angle between two directions, degrees (Kahan's form)."""
    u = math.sqrt(ux * ux + uy * uy + uz * uz)
    v = math.sqrt(vx * vx + vy * vy + vz * vz)
    ax, ay, az = ux * v, uy * v, uz * v
    bx, by, bz = vx * u, vy * u, vz * u
    apart = math.sqrt((ax - bx) ** 2 + (ay - by) ** 2 + (az - bz) ** 2)
    along = math.sqrt((ax + bx) ** 2 + (ay + by) ** 2 + (az + bz) ** 2)
    degrees = 2.0 * _DEGREES * _atan2(apart, along)
    return degrees if (u > _LENGTH) & (v > _LENGTH) else math.nan


@_PLAIN
def between(u: Array, v: Array) -> Array:
    out = np.empty(len(u) // 3)
    for i in range(len(out)):
        k = 3 * i
        out[i] = _between(u[k], u[k + 1], u[k + 2], v[k], v[k + 1], v[k + 2])
    return out


@_PLAIN
def flexion(p: Array, j: Array, d: Array) -> Array:
    out = np.empty(len(p) // 3)
    for i in range(len(out)):
        k = 3 * i
        x, y, z = j[k], j[k + 1], j[k + 2]
        out[i] = _between(
            x - p[k], y - p[k + 1], z - p[k + 2], d[k] - x, d[k + 1] - y, d[k + 2] - z
        )
    return out


@_PLAIN
def elevation(v: Array) -> Array:
    out = np.empty(len(v) // 3)
    for i in range(len(out)):
        k = 3 * i
        x, y, z = v[k], v[k + 1], v[k + 2]
        flat = math.sqrt(x * x + z * z)
        degrees = _DEGREES * _atan2(flat, -y)
        out[i] = degrees if flat + abs(y) > _LENGTH else math.nan
    return out


@_PLAIN
def rise(v: Array) -> Array:
    out = np.empty(len(v) // 3)
    for i in range(len(out)):
        k = 3 * i
        x, z = v[k], v[k + 2]
        out[i] = _DEGREES * _atan2(v[k + 1], math.sqrt(x * x + z * z))
    return out


@_PLAIN
def yaw(v: Array) -> Array:
    out = np.empty(len(v) // 3)
    for i in range(len(out)):
        k = 3 * i
        out[i] = _DEGREES * _atan2(v[k], v[k + 2])
    return out


@_PLAIN
def azimuth(v: Array, front: Array) -> Array:
    out = np.empty(len(v) // 3)
    for i in range(len(out)):
        k = 3 * i
        x, z, fx, fz = v[k], v[k + 2], front[k], front[k + 2]
        out[i] = _DEGREES * _atan2(x * fz - z * fx, x * fx + z * fz)
    return out


@_PLAIN
def facing(left: Array) -> Array:
    out = np.empty(len(left) // 3)
    for i in range(len(out)):
        k = 3 * i
        out[i] = _DEGREES * _atan2(-left[k + 2], left[k])
    return out


@_PLAIN
def bearing(v: Array, left: Array) -> Array:
    out = np.empty(len(v) // 3)
    for i in range(len(out)):
        k = 3 * i
        x, z, lx, lz = v[k], v[k + 2], left[k], left[k + 2]
        out[i] = _DEGREES * _atan2(x * lx + z * lz, z * lx - x * lz)
    return out


@_PLAIN
def lean(along: Array, up: Array) -> Array:
    out = np.empty(len(up))
    for i in range(len(up)):
        a, u = along[i], up[i]
        degrees = _DEGREES * _atan2(a, u)
        clear = (a * a + u * u > 0.25) & (abs(degrees) < 150.0)
        out[i] = degrees if clear else math.nan
    return out


@_PLAIN
def unit(v: Array) -> Array:
    out = np.empty_like(v)
    for k in range(0, len(v), 3):
        x, y, z = v[k], v[k + 1], v[k + 2]
        length = math.sqrt(x * x + y * y + z * z)
        length = length if length > _LENGTH else math.nan
        out[k], out[k + 1], out[k + 2] = x / length, y / length, z / length
    return out


@_PLAIN
def length(v: Array) -> Array:
    out = np.empty(len(v) // 3)
    for i in range(len(out)):
        k = 3 * i
        out[i] = math.sqrt(v[k] * v[k] + v[k + 1] * v[k + 1] + v[k + 2] * v[k + 2])
    return out


@_PLAIN
def ahead(left: Array) -> Array:
    out = np.empty_like(left)
    for k in range(0, len(left), 3):
        x, y, z = left[k], left[k + 1], left[k + 2]
        length = math.sqrt(x * x + y * y + z * z)
        length = length if length > _LENGTH else math.nan
        out[k], out[k + 1], out[k + 2] = -z / length, 0.0 * y, x / length
    return out


@_PLAIN
def dot(u: Array, v: Array) -> Array:
    out = np.empty(len(u) // 3)
    for i in range(len(out)):
        k = 3 * i
        out[i] = u[k] * v[k] + u[k + 1] * v[k + 1] + u[k + 2] * v[k + 2]
    return out


@_PLAIN
def across(v: Array, axis: Array) -> Array:
    out = np.empty_like(v)
    for k in range(0, len(v), 3):
        x, y, z = axis[k], axis[k + 1], axis[k + 2]
        share = (v[k] * x + v[k + 1] * y + v[k + 2] * z) / (x * x + y * y + z * z)
        out[k] = v[k] - share * x
        out[k + 1] = v[k + 1] - share * y
        out[k + 2] = v[k + 2] - share * z
    return out


@_PLAIN
def seen_sum(u: Array, v: Array) -> Array:
    out = np.empty_like(u)
    for i in range(len(u)):
        one, other = u[i], v[i]
        out[i] = (one if one == one else 0.0) + (other if other == other else 0.0)
    return out


@_PLAIN
def mean_line(u: Array, v: Array) -> Array:
    out = np.empty_like(u)
    for k in range(0, len(u), 3):
        along = u[k] * v[k] + u[k + 1] * v[k + 1] + u[k + 2] * v[k + 2]
        way = -1.0 if along < 0.0 else 1.0
        for c in range(k, k + 3):
            both = u[c] + way * v[c]
            one = v[c] if math.isnan(u[c]) else u[c]
            out[c] = one if math.isnan(both) else both
    return out


@_PLAIN
def turn(v: Array, sine: Array, cosine: Array) -> Array:
    out = np.empty_like(v)
    for i in range(len(sine)):
        k = 3 * i
        x, z, s, c = v[k], v[k + 2], sine[i], cosine[i]
        out[k], out[k + 1], out[k + 2] = c * x + s * z, v[k + 1], c * z - s * x
    return out


@_PLAIN
def unwrap(degrees: Array, period: float) -> Array:
    out = degrees.copy()
    half, added = 0.5 * period, 0.0
    for i in range(1, len(degrees)):
        step = degrees[i] - degrees[i - 1]
        if not abs(step) < half:
            short = (step + half) % period - half
            short = half if short == -half and step > 0.0 else short
            added += short - step
        out[i] = degrees[i] + added
    return out
