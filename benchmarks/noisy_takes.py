"""Takes of a synthetic dancer as an instrument shows them, the truth known.

Errors are drawn here by other means than in the package: white noise through a Gaussian
filter, in place of splines, and offsets turned by the line of the hips. Three kinds:

``declared``  what ``instruments.yaml`` says of markers (most of it an offset that turns
              with the pelvis, the rest for a second), and 1.5 mm of jitter
``cameras``   the same for cameras without markers, and 4 mm of jitter
``other``     not what is assumed: an offset of each point that does not turn, as large
              as its bias, half as large a bias that lasts a third of the time, jitter
              of 1.5 mm that goes on from frame to frame (correlation 0.6), one frame in
              twenty dropped
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import xarray as xr
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d
from scipy.signal import lfilter

from repetiteur.clean.instruments import (
    BIAS_S,
    BIAS_STAYS,
    instruments,
    with_instrument_errors,
)
from repetiteur.model.poses import Body, body_of
from repetiteur.synthetic import Dancer, Phrase, Proportions, dance
from repetiteur.synthetic.jumps import saute
from repetiteur.synthetic.steps import (
    close_fifth,
    developpe,
    equilibre,
    fifth_position,
    port_de_bras,
)
from repetiteur.synthetic.turns import pirouette_en_dehors

Array = NDArray[np.float64]

PHRASE = Phrase.of(
    fifth_position("left", counts=1.2),
    port_de_bras("front", "side", counts=1.25),
    developpe("left", "seconde", 100.0, counts=3.0, balance=1.2),
    close_fifth("left", "right"),
    saute(0.5),
    saute(0.4),
    pirouette_en_dehors("right", 2),
    equilibre("left", counts=1.8, balance=1.5),
    close_fifth("left", "left", counts=1.3),
)


@dataclass(frozen=True)
class Take:
    """A take as it was danced, and as the instrument shows it."""

    danced: Body
    shown: Body
    when: Mapping[str, float]


def enduring(time: Array, columns: int, lasting_s: float, rng) -> Array:
    """Gaussian noise whose correlation falls to 1/e after so long, sd 1."""
    step = float(np.median(np.diff(time)))
    fine = max(step, 0.1 * lasting_s)
    sigma = 0.5 * lasting_s / fine
    margin = int(5 * sigma) + 2
    grid = time[0] + fine * np.arange(-margin, (time[-1] - time[0]) / fine + margin)
    white = gaussian_filter1d(rng.standard_normal((grid.size, columns)), sigma, axis=0)
    scale = np.sqrt(2.0 * np.sqrt(np.pi) * sigma)
    return scale * np.stack([np.interp(time, grid, w) for w in white.T], axis=1)


def to_the_front(poses: xr.Dataset) -> Array:
    """Rotations from the pelvis's axes to the stage's, (time, 3, 3)."""
    hips = [poses["position"].sel(keypoint=f"{s}_hip") for s in ("left", "right")]
    left = (hips[0] - hips[1]).to_numpy()[..., 0] * [1.0, 0.0, 1.0]
    left /= np.linalg.norm(left, axis=1, keepdims=True)
    up = np.broadcast_to([0.0, 1.0, 0.0], left.shape)
    return np.stack([left, up, np.cross(left, up)], axis=2)


def declared(poses: xr.Dataset, source: str, jitter_m: float, rng) -> xr.Dataset:
    """Poses with the errors that are declared of a source."""
    time = poses["time"].to_numpy()
    place, own = poses["position"].to_numpy().copy(), to_the_front(poses)
    for k, name in enumerate(poses["keypoint"].to_numpy()):
        bias = instruments()[source].bias_of(str(name))
        stays = own @ rng.standard_normal(3)
        changes = enduring(time, 3, BIAS_S, rng)
        place[:, :, k, 0] += bias * np.sqrt(BIAS_STAYS) * stays
        place[:, :, k, 0] += bias * np.sqrt(1.0 - BIAS_STAYS) * changes
    place += rng.normal(0.0, jitter_m, place.shape)
    return poses.assign(position=(poses["position"].dims, place))


def other(poses: xr.Dataset, source: str, jitter_m: float, rng) -> xr.Dataset:
    """Poses with errors of another make."""
    time = poses["time"].to_numpy()
    place = poses["position"].to_numpy().copy()
    for k, name in enumerate(poses["keypoint"].to_numpy()):
        bias = instruments()[source].bias_of(str(name))
        place[:, :, k, 0] += bias * rng.standard_normal(3)
        place[:, :, k, 0] += 0.5 * bias * enduring(time, 3, BIAS_S / 3.0, rng)
    new = rng.normal(0.0, jitter_m, place.shape) * np.sqrt(1.0 - 0.6**2)
    place += lfilter([1.0], [1.0, -0.6], new, axis=0)
    kept = rng.uniform(size=time.size) > 0.05
    kept[[0, -1]] = True
    return poses.assign(position=(poses["position"].dims, place)).isel(time=kept)


KINDS: dict[str, tuple[Callable[..., xr.Dataset], str, float]] = {
    "declared": (declared, "markers", 0.0015),
    "cameras": (declared, "cameras", 0.004),
    "other": (other, "markers", 0.0015),
}


def take(seed: int, kind: str) -> Take:
    """One take: another body, heading, frame rate and phase at each seed."""
    rng = np.random.default_rng([seed, sorted(KINDS).index(kind)])
    wait = float(rng.uniform(0.0, 0.2))
    dancer = Dancer(
        stature=float(rng.uniform(1.5, 1.85)),
        proportions=Proportions(thigh=float(rng.uniform(0.235, 0.255))),
    )
    clean = dance(
        PHRASE,
        dancer,
        fps=(30.0, 60.0, 120.0)[seed % 3],
        heading=float(rng.uniform(-180.0, 180.0)),
        wait_s=wait,
        seed=seed,
    )
    draw, source, jitter_m = KINDS[kind]
    shown = with_instrument_errors(draw(clean, source, jitter_m, rng), source=source)
    whole = clean.sel(time=shown["time"])
    # Backwards, so that the first of each name is kept.
    moments = dict(reversed(PHRASE.moments()))
    when = {name: wait + moment for name, moment in moments.items()}
    return Take(body_of(whole), body_of(shown), when)
