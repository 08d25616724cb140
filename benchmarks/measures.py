"""Do the intervals of the measures hold the truth, and how long do they take?

A dancer made of parameters dances phrases with all kinds of moments, each time with
another body, tempo, heading and frame rate. The errors of an instrument are drawn over
her, all measures are taken, and each value is compared with that of the dancer herself
on the same moment: nine in ten intervals should hold it without being wider than they
need be.

    python benchmarks/measures.py --takes 30 --json benchmarks/results/measures.json
    OMP_NUM_THREADS=1 python benchmarks/measures.py --speed

Two kinds of errors, of ``noisy_takes.py``: ``declared``, of the make that the intervals
assume, and ``other``, which is not: offsets that stay when she turns, a bias of another
size and length, jitter that goes on from frame to frame, one frame in twenty dropped.

``--speed`` takes all measures of ten minutes at 60 Hz, the best of a few rounds: one
core, where the processor's seconds are no more than those of the clock. What is not
asked for stays in the file as it was.
"""

from __future__ import annotations

import argparse
import gc
import json
import platform
import resource
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter, process_time

import numpy as np
from noisy_takes import KINDS

from repetiteur.clean.instruments import with_instrument_errors
from repetiteur.kinematics.found_again import Happening, same_events
from repetiteur.kinematics.movement import Movement, movement_of
from repetiteur.model.findings import Measurement
from repetiteur.model.poses import Body, body_of
from repetiteur.synthetic import Dancer, Phrase, Proportions, dance
from repetiteur.synthetic.jumps import changement, echappe, entrechat, saute
from repetiteur.synthetic.steps import (
    arabesque_1,
    attitude,
    battement_tendu,
    close_fifth,
    demi_plie,
    developpe,
    equilibre,
    fifth_position,
    first_position,
    port_de_bras,
    releve,
    retire,
)
from repetiteur.synthetic.turns import chaines, fouettes, pirouette_en_dehors
from repetiteur.technique.measure import Measure, measures
from repetiteur.technique.moments import moments_of
from repetiteur.technique.take import take

PHRASES = {
    "placement": Phrase.of(
        first_position(counts=1.5),
        demi_plie(),
        releve(balance=1.0),
        fifth_position("right", counts=1.5),
        battement_tendu("right", "devant"),
        port_de_bras("front", "side", counts=1.25),
        demi_plie(),
    ),
    "adage": Phrase.of(
        fifth_position("left", counts=1.2),
        developpe("left", "seconde", 95.0, counts=3.0, balance=1.0),
        close_fifth("left", "right"),
        retire("right"),
        arabesque_1("left", balance=1.2),
        close_fifth("left", "left"),
        attitude("right"),
    ),
    "turns": Phrase.of(
        fifth_position("right", counts=1.2),
        pirouette_en_dehors("right", 2),
        equilibre("left", counts=1.8, balance=1.3),
        close_fifth("left", "left", counts=1.3),
        pirouette_en_dehors("left", 1),
    ),
    "series": Phrase.of(fifth_position("right", counts=1.2), fouettes("right", 6)),
    "chaines": Phrase.of(first_position(counts=1.2), chaines("left", 4)),
    "jumps": Phrase.of(
        fifth_position("left", counts=1.2),
        saute(0.5),
        saute(0.4),
        changement("left", 0.45),
        entrechat("left", flight=0.5),
        echappe("left", 0.45),
    ),
}
RATES = (60.0, 100.0, 120.0)
#: Minutes and frames a second of the recording that is timed.
MINUTES, HERTZ = 10.0, 60.0
#: (value, half-width up, half-width down, truth) of numbers; of names whether right.
Row = tuple[float, float, float, float]


def danced(seed: int, kind: str) -> Iterator[tuple[Body, Body]]:
    """Each phrase as it was danced, and as the instrument shows it."""
    for number, phrase in enumerate(PHRASES.values()):
        rng = np.random.default_rng([seed, number, sorted(KINDS).index(kind)])
        dancer = Dancer(
            stature=float(rng.uniform(1.35, 1.85)),
            proportions=Proportions(thigh=float(rng.uniform(0.235, 0.255))),
            turnout_left=float(rng.uniform(50.0, 68.0)),
            turnout_right=float(rng.uniform(50.0, 68.0)),
        )
        clean = dance(
            phrase,
            dancer,
            tempo=float(rng.uniform(0.8, 1.2)),
            fps=RATES[(seed + number) % len(RATES)],
            heading=float(rng.uniform(-180.0, 180.0)),
            wait_s=float(rng.uniform(0.3, 0.5)),
            wobble_deg=1.0,
            seed=seed,
        )
        draw, source, jitter_m = KINDS[kind]
        shown = with_instrument_errors(
            draw(clean, source, jitter_m, rng), source=source
        )
        yield body_of(clean), body_of(shown)


def judged(
    true: Body, shown: Body, known: Mapping[tuple[str, str], Measure]
) -> Iterator[tuple[str, Measurement, float | str]]:
    """Values of a take, each beside that of the dancer herself on the same moment."""
    movement = movement_of(true)
    moments = list(moments_of(movement))
    found = take(shown).measurements
    own = [Happening(m.kind, m.start_s, m.end_s) for m in moments]
    for one, at in zip(found, _same(found, own), strict=True):
        measure = known[one.measure, one.moment]
        if at >= 0 and one.side in measure.sides(moments[at].event):
            truth = _said(measure, movement, moments[at].event, one)
            yield f"{one.measure} ({one.moment})", one, truth


def _same(found: Sequence[Measurement], own: Sequence[Happening]) -> tuple[int, ...]:
    asked = [Happening(m.moment, m.span.start_s, m.span.end_s) for m in found]
    return same_events(asked, own)


def _said(
    measure: Measure, movement: Movement, event: object, one: Measurement
) -> float | str:
    """The truth, rounded where the value is."""
    truth = measure.value(movement, event, one.side)
    if measure.shape == "count" and isinstance(truth, float):
        return round(2.0 * truth) / 2.0
    return truth


def row_of(one: Measurement, truth: float | str, period: float) -> Row | None:
    """One comparison; None where the truth has no meaning."""
    if isinstance(one.value, str) or isinstance(truth, str):
        right = float(one.value == truth)
        return (right, 0.5, 0.5, 1.0) if truth else None
    if not np.isfinite(truth):
        return None
    low, high = one.interval90
    if np.isfinite(period):
        truth -= period * np.round((truth - one.value) / period)
    return one.value, one.value - low, high - one.value, truth


def coverage(first: int, takes: int, kind: str) -> dict[str, dict[str, float]]:
    """Share of the truths inside, and how wide the intervals are, by measure."""
    known = {(one.id, one.on): one for one in measures()}
    rows: dict[str, list[Row]] = defaultdict(list)
    for seed in range(first, first + takes):
        for true, shown in danced(seed, kind):
            for name, one, truth in judged(true, shown, known):
                circle = known[one.measure, one.moment].shape == "circle"
                row = row_of(one, truth, 360.0 if circle else np.inf)
                if row is not None:
                    rows[name].append(row)
    return {name: summary(rows[name]) for name in sorted(rows)}


def summary(rows: Sequence[Row]) -> dict[str, float]:
    """One line of the table."""
    value, down, up, truth = np.array(rows).T
    error, half = np.abs(value - truth), 0.5 * (down + up)
    inside = (truth >= value - down - 1e-9) & (truth <= value + up + 1e-9)
    typical, wide = float(np.median(error)), float(np.median(half))
    return {
        "count": len(rows),
        "held": round(float(inside.mean()), 3),
        "half_width": float(f"{wide:.3g}"),
        "median_error": float(f"{typical:.3g}"),
        "over_median_error": round(wide / typical, 2) if typical > 0.0 else np.inf,
    }


#: Fewer comparisons say nothing of nine in ten.
ENOUGH = 20


def pooled(table: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """All measures with enough values, each alike."""
    rows = [row for row in table.values() if row["count"] >= ENOUGH]
    return {
        "measures": len(rows),
        "held": round(float(np.mean([row["held"] for row in rows])), 3),
        "least": round(float(np.min([row["held"] for row in rows])), 3),
        "below_80": sum(row["held"] < 0.8 for row in rows),
        "over_median_error": round(
            float(np.median([row["over_median_error"] for row in rows])), 2
        ),
    }


def long_body() -> Body:
    """Ten minutes of the phrases over and over, shown by markers."""
    frames, parts = round(60.0 * MINUTES * HERTZ), []
    seed = 0
    while sum(part.time.size for part in parts) < frames:
        for true, _ in _at(seed):
            parts.append(true)
        seed += 1
    names = set.intersection(*(set(part.points) for part in parts))
    rng = np.random.default_rng(0)
    points = {}
    for name in sorted(names):
        place = np.concatenate([part.points[name] for part in parts])[:frames]
        points[name] = place + rng.normal(0.0, 0.0015, place.shape)
    sd = {name: np.full(place.shape, 0.008) for name, place in points.items()}
    return replace(parts[0], time=np.arange(frames) / HERTZ, points=points, sd=sd)


def _at(seed: int) -> Iterator[tuple[Body, None]]:
    for number, phrase in enumerate(PHRASES.values()):
        clean = dance(phrase, fps=HERTZ, wobble_deg=1.0, seed=100 * seed + number)
        yield body_of(clean), None


def speed(rounds: int) -> dict[str, float | str]:
    """Seconds that all measures of ten minutes take on one core."""
    take(next(danced(0, "declared"))[1])  # compiled, and read in
    gc.freeze()  # as the command does
    body = long_body()
    best, best_cpu, values = np.inf, np.inf, 0
    for _ in range(rounds):
        began, cpu = perf_counter(), process_time()
        found = take(body)
        best, best_cpu = (
            min(best, perf_counter() - began),
            min(best_cpu, process_time() - cpu),
        )
        values = len(found.measurements)
    return {
        "minutes": MINUTES,
        "frames_a_second": HERTZ,
        "measures": len({m.measure for m in found.measurements}),
        "moments": len({(m.moment, m.span) for m in found.measurements}),
        "values": values,
        "seconds": round(best, 2),
        "cpu_seconds": round(best_cpu, 2),
        "most_memory_mb": round(
            resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0
        ),
        "machine": platform.machine(),
    }


def main() -> None:
    """Draw the takes, measure them, write the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--takes", type=int, default=20, help="of all phrases")
    parser.add_argument(
        "--seed", type=int, default=1000, help="the first; 0 to 99 chose the method"
    )
    parser.add_argument("--kinds", nargs="*", default=["declared", "other"])
    parser.add_argument("--speed", action="store_true", help="time it, and no more")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    known = asked.json is not None and asked.json.exists()
    result = json.loads(asked.json.read_text("utf-8")) if known else {}
    if asked.speed:
        result["speed"] = speed(asked.rounds)
        print(result["speed"])
    for kind in () if asked.speed else asked.kinds:
        began = perf_counter()
        table = coverage(asked.seed, asked.takes, kind)
        whole = pooled(table)
        result[kind] = {"takes": asked.takes, "first": asked.seed, "pooled": whole}
        result[kind] |= {"measures": table}
        print(f"\n{kind}: {asked.takes} takes, {perf_counter() - began:.0f} s")
        print(f"  pooled {whole}")
        for name, row in table.items():
            print(f"  {name:44}", "  ".join(f"{k} {v}" for k, v in row.items()))
    if asked.json:
        asked.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
