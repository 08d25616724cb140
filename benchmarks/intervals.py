"""Do the intervals hold what they say? Takes of a synthetic dancer, the truth known.

A dancer made of parameters dances one phrase; the instrument's errors are drawn over
it; angles, speeds, events are measured with their 90 % intervals, which should hold the
truth nine times in ten without being wider than they need be.

    python benchmarks/intervals.py --takes 200 --out benchmarks/results/intervals.json

What errors are drawn, says ``noisy_takes.py``. A kind that is not asked for with
``--kinds`` stays in the file as it was.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import numpy as np
from noisy_takes import KINDS, Take, take
from numpy.typing import NDArray

from repetiteur.kernels import filters, geometry
from repetiteur.kernels.gains import filter_gain, median_gain
from repetiteur.kernels.propagation import folded_half, propagate
from repetiteur.kernels.smoothness import sparc
from repetiteur.kinematics.doubts import parts_of_error, repeated, repeated_curve
from repetiteur.kinematics.estimates import jump_height, lasting
from repetiteur.kinematics.found_again import Happening, repeated_events
from repetiteur.kinematics.headings import turning
from repetiteur.kinematics.mass import centre_of_mass
from repetiteur.kinematics.movement import movement_of
from repetiteur.model.poses import Body

Array = NDArray[np.float64]
#: What one take gives: (value, half-width, truth) by quantity.
Rows = list[tuple[str, float, float, float]]

CUT_OFF_HZ = 6.0
#: Frames of a take at which curves are judged.
FRAMES = 12


def knee(body: Body) -> Array:
    return geometry.flexion(*(body[f"right_{p}"] for p in ("hip", "knee", "ankle")))


def leg(body: Body) -> Array:
    return geometry.elevation(body["left_ankle"] - body["left_hip"])


def hertz(body: Body) -> float:
    return float(1.0 / np.median(np.diff(body.time)))


def low_passed(values: Array, rate: float) -> Array:
    return filters.butterworth(values, rate, CUT_OFF_HZ)


def speed_of_angle(values: Array, rate: float) -> Array:
    """Degrees a second of a low-passed angle."""
    return np.gradient(low_passed(values, rate), 1.0 / rate)


def angles(took: Take, at: NDArray[np.intp]) -> Rows:
    """Of one frame at a time, and low-passed and derived: by propagation."""
    rows: Rows = []
    named = {
        "angle: knee": (knee, ("right_hip", "right_knee", "right_ankle")),
        "angle: leg": (leg, ("left_ankle", "left_hip")),
    }
    body, rate = took.shown, hertz(took.shown)
    for name, (curve, needs) in named.items():
        few = body.only(*needs)

        def of(points, curve=curve, few=few):
            return curve(replace(few, points=points))

        sds = [
            (part, propagate(of, few.points, part.sd)) for part in parts_of_error(few)
        ]
        whole = np.sqrt(sum(sd**2 for _, sd in sds))
        value, true = curve(body), curve(took.danced)
        half = folded_half(value, 1.645 * whole)
        rows += [(name, value[k], half[k], true[k]) for k in at]
        through = np.sqrt(
            sum(
                (sd * filter_gain(lambda v: speed_of_angle(v, rate), rate,
                                  lasting_s=part.lasting_s)) ** 2
                for part, sd in sds
            )
        )  # fmt: skip
        # The filter also takes away some of the movement; the error does not know.
        value, true = (speed_of_angle(v, rate) for v in (value, true))
        rows += [
            (f"speed of {name}", value[k], 1.645 * through[k], true[k]) for k in at
        ]
        held = slice(*np.searchsorted(body.time, hold_of(took, "developpe")))
        middle = np.sqrt(
            sum(
                (np.sqrt(np.mean(sd[held] ** 2))
                 * median_gain(body.time[held], part.lasting_s)) ** 2
                for part, sd in sds
            )
        )  # fmt: skip
        value, true = (float(np.median(curve(b)[held])) for b in (body, took.danced))
        half = folded_half(value, 1.645 * middle)
        rows.append((f"median of {name}", value, float(half), true))
    return rows


def hold_of(took: Take, step: str) -> tuple[float, float]:
    """Seconds between which a balance is held."""
    start = {"developpe": "developpe.extension", "equilibre": "equilibre.arrive"}[step]
    return took.when[start], took.when[f"{step}.hold"]


def curves(took: Take, at: NDArray[np.intp]) -> Rows:
    """Centre of mass and heading: by copies."""

    def of(body: Body) -> Array:
        return np.column_stack([centre_of_mass(body), turning(body)])

    sd, value, true = repeated_curve(of, took.shown), of(took.shown), of(took.danced)
    whole_turns = 360.0 * np.round((value[:, 3] - true[:, 3]) / 360.0)
    true[:, 3] += whole_turns
    names = ("centre of mass: x", "centre of mass: y", "centre of mass: z", "heading")
    return [
        (name, value[k, c], 1.645 * sd[k, c], true[k, c])
        for c, name in enumerate(names)
        for k in at
    ]


def numbers(took: Take) -> Rows:
    """Of a span: a peak, a smoothness."""

    def of(body: Body) -> Array:
        rate = hertz(body)
        a, b = np.searchsorted(
            body.time,
            [took.when["fifth_position.hold"], took.when["developpe.extension"]],
        )
        wrist = low_passed(body["right_wrist"], rate)[a:b]
        speed = np.linalg.norm(np.gradient(wrist, 1.0 / rate, axis=0), axis=1)
        c, d = np.searchsorted(
            body.time, [took.when["developpe.extension"], took.when["saute.takeoff"]]
        )
        peak = np.max(knee(body)[c:d])
        return np.array([np.max(leg(body)), peak, sparc(speed, rate)])

    value, half = repeated(of, took.shown)
    names = ("peak of angle: leg", "peak of angle: knee", "sparc")
    return list(zip(names, value, half, of(took.danced), strict=True))


def events(body: Body) -> list[Happening]:
    """Flights, turns and balances."""
    found = movement_of(body)
    out = [
        Happening("flight", f.take_off_s, f.landing_s,
                  {"flight: time": f.time_s, "flight: height": f.height_by_time,
                   "flight: height of the mass": f.height_by_mass})
        for f in found.flights
    ]  # fmt: skip
    out += [
        Happening("turn", t.start_s, t.end_s,
                  {"turn: rotation": t.rotation, "turn: rate": t.mean_rate},
                  {"sense": str(t.sense)})
        for t in found.turns
    ]  # fmt: skip
    out += [
        Happening("balance", b.start_s, b.end_s, {"balance: time": b.end_s - b.start_s})
        for b in found.balances
    ]
    return out


def happenings(took: Take) -> Rows:
    """Each event of the take, matched with the same of the dancer."""
    rows: Rows = []
    own, true = events(took.shown), events(took.danced)
    for one, doubt in zip(own, repeated_events(events, took.shown), strict=True):
        same = [
            t
            for t in true
            if t.kind == one.kind
            and min(t.end_s, one.end_s) > max(t.start_s, one.start_s)
        ]
        if not same:
            continue
        rows += [
            (name, e.value, e.half, same[0].values[name])
            for name, e in doubt.values.items()
        ]
        if one.kind == "flight":
            seconds, height = (doubt.values[f"flight: {n}"] for n in ("time", "height"))
            step = float(np.median(np.diff(took.shown.time)))
            frames = jump_height(lasting(seconds.value, step))
            half = float(np.hypot(height.half, frames.half))
            true_height = same[0].values["flight: height"]
            name = f"flight: height, with frames, {1.0 / step:.0f} Hz"
            rows.append((name, height.value, half, true_height))
    return rows


def rows_of(took: Take, seed: int) -> Rows:
    """All quantities of one take."""
    inside = np.flatnonzero((took.shown.time > 0.6) & (took.shown.time < 15.0))
    at = np.sort(np.random.default_rng(seed).choice(inside, FRAMES, replace=False))
    return [*angles(took, at), *curves(took, at), *numbers(took), *happenings(took)]


def judged(rows: Rows) -> dict[str, float]:
    """Share of the truths inside, and how wide the intervals are."""
    value, half, true = np.array([row[1:] for row in rows], dtype=float).T
    told = np.isfinite(half) & np.isfinite(true)
    error = np.abs(value - true)[told]
    wide, typical = (float(np.median(x)) for x in (half[told], error))
    return {
        "count": int(value.size),
        "told": round(float(told.mean()), 3),
        "held": round(float((error <= half[told]).mean()), 3),
        "half_width": float(f"{wide:.3g}"),
        "over_median_error": round(wide / typical, 2) if typical else float("nan"),
    }


def main() -> None:
    """Draw the takes, measure them, write the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--takes", type=int, default=200, help="half of it for the other kinds"
    )
    parser.add_argument(
        "--first", type=int, default=1000, help="seed; 0 to 99 chose the method"
    )
    parser.add_argument("--kinds", nargs="*", default=list(KINDS))
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    known = asked.out is not None and asked.out.exists()
    result = json.loads(asked.out.read_text("utf-8")) if known else {}
    for kind in asked.kinds:
        takes = asked.takes if kind == "declared" else asked.takes // 2
        began, by_name = perf_counter(), defaultdict(list)
        for seed in range(asked.first, asked.first + takes):
            for row in rows_of(take(seed, kind), seed):
                by_name[row[0]].append(row)
        table = {name: judged(rows) for name, rows in by_name.items()}
        table["pooled"] = pooled(table)
        result[kind] = {"takes": takes, "first": asked.first, **table}
        print(f"\n{kind}: {takes} takes, {perf_counter() - began:.0f} s")
        for name, row in table.items():
            print(f"  {name:28}", "  ".join(f"{k} {v}" for k, v in row.items()))
    if asked.out:
        asked.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


def pooled(table: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """All quantities alike, whatever their number of values.

    Without those to which frames are added once more: they are said to be wider.
    """
    rows = [row for name, row in table.items() if "with frames" not in name]
    return {
        name: round(float(np.nanmean([row[name] for row in rows])), 3)
        for name in ("told", "held", "over_median_error")
    }


if __name__ == "__main__":
    main()
