"""How far off is the firmness of a landing, and does its interval hold the truth?

    python benchmarks/expression_landings.py --seed 100 \\
        --json benchmarks/results/expression_landings.json

Three jumps each of synthetic dancers, whose knees give by 8 to 80 degrees, at several
frame rates and with 1 and 5 mm of noise, beside the same dance at 480 frames a second
without any. In shares of the ratio, as differences of natural logarithms:

``mean``, ``sd``  of the errors
``held``          share of landings whose 90 % interval holds the truth
``half``          half the width of the intervals, in the mean

Seeds from 0 were looked at while the quality was made, those from 100 at the end.
"""

from __future__ import annotations

import argparse
import json
from itertools import product
from pathlib import Path

import numpy as np
import xarray as xr
from expression_planted import Manner, landed

from repetiteur.clean.instruments import with_instrument_errors
from repetiteur.expression.body import describe
from repetiteur.expression.dancing import dancing, with_points_of
from repetiteur.expression.landings import fall_over_give
from repetiteur.kernels.few_copies import half_and_reach
from repetiteur.kinematics.movement import movement_of
from repetiteur.model.body import Body
from repetiteur.model.findings import Span
from repetiteur.model.poses import body_of
from repetiteur.synthetic import Dancer, Phrase, dance
from repetiteur.synthetic import steps as step
from repetiteur.synthetic.jumps import saute

Array = np.ndarray
RATES_HZ, NOISES_M = (30.0, 50.0, 60.0, 100.0), (0.001, 0.005)
TRUE_HZ = 480.0
#: A landing is the same when it comes within this, s.
SAME_S = 0.15


def jumping(seed: int, rate: float, noise: float = 0.0) -> xr.Dataset:
    """Three jumps that land as softly or firmly as it comes."""
    rng = np.random.default_rng([43, seed])
    stature = float(rng.uniform(1.5, 1.8))
    poses = [*step.fifth_position("left")]
    for _ in range(3):
        manner = Manner(give_deg=float(rng.uniform(8.0, 80.0)))
        high = saute(float(rng.uniform(0.38, 0.52)) * np.sqrt(stature / 1.65))
        poses += landed(high, manner)
    return dance(
        Phrase(tuple(poses)),
        Dancer(stature=stature),
        fps=rate,
        noise=noise,
        seed=seed,
        wobble_deg=1.5,
        wobble_s=0.03,
    )


def landing_ratios(body: Body, danced_too: Body) -> tuple[Array, Array]:
    """When jumps land, and how firmly; steps and jumps of another body."""
    own = with_points_of(dancing(movement_of(danced_too)), body)
    return own.jumps_s[:, 1], fall_over_give(own)


def at_moments(when: Array, at: Array, values: Array) -> Array:
    """The values at the same moments; NaN where there is none."""
    near = [np.flatnonzero(np.abs(at - moment) <= SAME_S) for moment in when]
    return np.array([values[one[0]] if one.size else np.nan for one in near])


def errors(seed: int, rate: float, noise: float) -> Array:
    """Of each landing: its error, half its interval, and whether this holds the truth.

    (landings, 3).
    """
    true = body_of(jumping(seed, TRUE_HZ))
    when, truth = landing_ratios(true, true)
    body = body_of(with_instrument_errors(jumping(seed, rate, noise)))
    windows = [Span(at - 2 * SAME_S, at + 2 * SAME_S) for at in when.tolist()]
    found = describe(movement_of(body), windows)
    value, calm, drawn = (
        np.log(part["effort_weight.landing"])
        for part in (found.values, found.calm, found.drawn)
    )
    off = value - np.log(truth)
    half, reach = half_and_reach(calm, drawn)
    low, high = np.minimum(reach, 0.0) - half, np.maximum(reach, 0.0) + half
    return np.stack([off, half, (low <= -off) & (-off <= high)], axis=1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--dances", type=int, default=24)
    parser.add_argument("--seed", type=int, default=0, help="the first one")
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    result = {}
    for rate, noise in product(RATES_HZ, NOISES_M):
        seeds = range(asked.seed, asked.seed + asked.dances)
        rows = np.concatenate([errors(seed, rate, noise) for seed in seeds])
        seen = rows[np.isfinite(rows).all(axis=1)]
        off, half, held = seen.T
        row = {
            "landings": len(rows),
            "seen": len(seen),
            "mean": round(float(off.mean()), 3),
            "sd": round(float(off.std()), 3),
            "held": round(float(held.mean()), 3),
            "half": round(float(half.mean()), 3),
        }
        result[f"{rate:g} Hz, {1000 * noise:g} mm"] = row
        print(f"{rate:g} Hz, {1000 * noise:g} mm", row)
    if asked.json:
        asked.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
