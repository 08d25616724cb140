"""Do the intervals of lateness hold the truth, and is none noted where none is?

    REPETITEUR_TEST_DATA=DIR python benchmarks/planted_lateness.py --trials 100

Takes planted in real recordings (``planting.py``) with what is no fault: one tempo 0.85
to 1.15, a wobble of at most 40 ms, size, limbs ± 8 %, facing, place, frame rate, up to
5 mm of noise, half of them with the sides swapped. Groups of trials:

``late``    a phrase of 1 to 3 s that comes 0 to 300 ms late or early
``wobble``  nothing planted but the wobble
``none``    not even that
``shaped``  as ``late``, and the shape varies slowly by 1 to 3 degrees in every bone,
            as it does from run to run
``shaped_wobble``  the same without the late phrase

Judged are moments a second apart where the program tells the time (a finite
deviation). ``moment`` is the share of 90 % intervals that hold the take's true time of
the moment: what is said of it is ``on_time_s + late_s``, whatever tempo and offset it
is split by. ``late`` is the same of ``late_s`` alone against lateness after the tempo
and offset that were planted; what the program takes for tempo or offset counts against
it. A trial is noted when a moment of lateness is clear enough to be a note.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from planting_figure import Array, Motion
from planting_places import draw_lates
from planting_sources import draw_source
from planting_takes import Take, plant
from planting_truth import Truth
from planting_variation import Ranges, draw_variation

from repetiteur.align.alignment import Alignment
from repetiteur.align.line_up import line_up
from repetiteur.coaching.moments import timing_moments
from repetiteur.coaching.timeline import even, timeline
from repetiteur.errors import NothingToJudge
from repetiteur.model.body import Body

GROUPS = ("late", "wobble", "none", "shaped", "shaped_wobble")
#: How much the shape of a dancer's own repeats varies, degrees.
OWN_SHAPE_DEG = (1.0, 3.0)
Z90 = 1.645
#: Moments that are judged lie so far apart, s; a point of the path stands for one
#: within this.
EVERY_S, NEAR_S = 1.0, 0.05
#: A planted lateness is felt where it is this large, s: told apart in the figures.
FELT_S = 0.05


@dataclass
class Trial:
    """What came of one take; the arrays are of the moments that were judged."""

    name: str
    refused: bool = False
    planted_s: float = 0.0
    asked: int = 0
    reference_s: Array = field(default_factory=lambda: np.empty(0))
    moment_off: Array = field(default_factory=lambda: np.empty(0))
    late_off: Array = field(default_factory=lambda: np.empty(0))
    truly: Array = field(default_factory=lambda: np.empty(0))
    half: Array = field(default_factory=lambda: np.empty(0))
    noted: list[str] = field(default_factory=list)
    found_planted: bool | None = None

    @property
    def held(self) -> float:
        """Share of intervals that hold the moment's true time."""
        return _held(self.moment_off, self.half)

    @property
    def badness(self) -> float:
        return (
            10.0 * self.refused
            + (np.nan_to_num(1.0 - self.held) if self.half.size else 0.0)
            + 2.0 * (bool(self.noted) and not self.planted_s)
        )


def _held(off: Array, half: Array) -> float:
    return float((np.abs(off) <= half).mean()) if off.size else float("nan")


def draw(group: str, seed: int, folder: Path) -> tuple[Motion, Take]:
    """The take of one trial, and what it is of."""
    rng = np.random.default_rng([100 + GROUPS.index(group), seed])
    source = draw_source(folder, rng)
    wobble = (0.0, 0.0) if group == "none" else Ranges().wobble_s
    shape = OWN_SHAPE_DEG if group.startswith("shaped") else (0.0, 0.0)
    variation = draw_variation(rng, Ranges(wobble_s=wobble, shape_deg=shape))
    lates = []
    if group in ("late", "shaped"):
        lates = draw_lates(source, rng, tempo=variation.tempo, seconds=(0.0, 0.3))
    return source, plant(source, variation, rng=rng, lates=lates)


def body(motion: Motion) -> Body:
    return Body(motion.time, dict(motion.points))


def run(group: str, seed: int, folder: Path) -> Trial:
    """One trial."""
    source, take = draw(group, seed, folder)
    v, lates = take.variation, take.truth.lates
    planted = lates[0].seconds if lates else 0.0
    where = f" {lates[0].start_s:.1f}-{lates[0].end_s:.1f} s" if lates else ""
    trial = Trial(
        f"{group} {seed}: {source.name}, {source.lasting_s:.0f} s, "
        f"tempo {v.tempo:.2f}, {v.fps:.0f} Hz, noise {1e3 * v.noise_m:.1f} mm, "
        f"{v.side}, wobble {1e3 * v.wobble_s:.0f} ms, "
        f"late {1e3 * planted:.0f} ms{where}",
        planted_s=planted,
    )
    reference, danced = body(source), body(take.motion)
    try:
        found = line_up(reference, danced)
    except NothingToJudge as refusal:
        trial.refused = True
        trial.noted.append(f"refused: {refusal}")
        return trial
    judge(trial, found, take.truth, source.lasting_s)
    if found.side == "mirrored":
        reference = reference.mirrored()
    note(trial, reference, danced, found, take.truth)
    return trial


def judge(trial: Trial, found: Alignment, truth: Truth, lasting_s: float) -> None:
    """Moments a second apart, with what is said and what is true."""
    asked = np.arange(0.5, lasting_s, EVERY_S)
    trial.asked = asked.size
    told = np.flatnonzero(np.isfinite(found.late_sd_s) & np.isfinite(found.late_s))
    if not told.size:
        return
    r = found.reference_s[told]
    near = np.abs(r[:, None] - asked).argmin(axis=0)
    at = told[near[np.abs(r[near] - asked) <= NEAR_S]]
    r = found.reference_s[at]
    trial.reference_s = r
    trial.half = Z90 * found.late_sd_s[at]
    trial.truly = truth.late_at(r)
    trial.moment_off = found.on_time_s[at] + found.late_s[at] - truth.take_at(r)
    trial.late_off = found.late_s[at] - trial.truly


def note(
    trial: Trial, reference: Body, take: Body, found: Alignment, truth: Truth
) -> None:
    """Moments of lateness that are clear enough for a note."""
    line = timeline(even(reference), even(take), found)
    clear = [m for m in timing_moments(line) if m.sure]
    for m in clear:
        a, b = line.reference_s[[m.first, m.last]]
        trial.noted.append(
            f"noted {1e3 * m.difference.value:.0f} ms at {a:.1f}-{b:.1f} s"
        )
    if truth.lates:
        late = truth.lates[0]
        trial.found_planted = any(
            line.reference_s[m.first] < late.end_s + late.ramp_s
            and line.reference_s[m.last] > late.start_s - late.ramp_s
            and m.difference.value * late.seconds > 0.0
            for m in clear
        )


def figures(trials: Sequence[Trial]) -> dict[str, object]:
    """All trials of a group as numbers."""
    done = [t for t in trials if not t.refused]

    def all_of(name: str) -> Array:
        return np.concatenate([getattr(t, name) for t in done] or [np.empty(0)])

    half, moment, late = (all_of(n) for n in ("half", "moment_off", "late_off"))
    truly = all_of("truly")
    felt = np.abs(truly) >= FELT_S
    per_trial = np.array([t.held for t in done if t.half.size])
    result: dict[str, object] = {
        "trials": len(trials),
        "refused": len(trials) - len(done),
        "moments": int(half.size),
        "judged": round(half.size / max(sum(t.asked for t in done), 1), 3),
        "holds_moment": round(_held(moment, half), 3),
        "holds_late": round(_held(late, half), 3),
        "holds_moment_where_late": round(_held(moment[felt], half[felt]), 3)
        if felt.any() else None,
        "of_the_trials": {
            "median": round(float(np.median(per_trial)), 3),
            "below_0.7": round(float((per_trial < 0.7).mean()), 3),
        },
        "half_width_ms": {
            "median": round(1e3 * float(np.median(half)), 1),
            "p90": round(1e3 * float(np.percentile(half, 90.0)), 1),
        },
        "off_ms": {
            "median": round(1e3 * float(np.median(np.abs(moment))), 1),
            "p90": round(1e3 * float(np.percentile(np.abs(moment), 90.0)), 1),
            "bias": round(1e3 * float(np.median(moment)), 2),
            "late_median": round(1e3 * float(np.median(np.abs(late))), 1),
        },
        "noted": round(float(np.mean([bool(t.noted) for t in trials])), 3),
    }  # fmt: skip
    found = [t for t in trials if t.found_planted is not None
             and abs(t.planted_s) >= 0.15]  # fmt: skip
    if found:
        rate = np.mean([bool(t.found_planted) for t in found])
        result["noted_of_150_ms_and_more"] = [round(float(rate), 3), len(found)]
    return result


def lateness(
    folder: Path, *, group: str = "late", trials: int = 100, first: int = 0
) -> tuple[dict[str, object], list[Trial]]:
    """Run a group of trials; seeds ``first`` and up."""
    done = [run(group, seed, folder) for seed in range(first, first + trials)]
    return figures(done), done


def show(trial: Trial) -> None:
    """One trial, its notes and the moments whose intervals miss."""
    print(f"  {trial.name}: holds {trial.held:.2f} of {trial.half.size}")
    for line in trial.noted:
        print("   ", line)
    for k in np.flatnonzero(np.abs(trial.moment_off) > trial.half):
        print(
            f"    at {trial.reference_s[k]:.2f} s off by "
            f"{1e3 * trial.moment_off[k]:.0f} ± {1e3 * trial.half[k]:.0f} ms, "
            f"truly late {1e3 * trial.truly[k]:.0f} ms"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path,
                        default=os.environ.get("REPETITEUR_TEST_DATA"))  # fmt: skip
    parser.add_argument("--trials", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0, help="the first one")
    parser.add_argument("--groups", nargs="*", default=list(GROUPS), choices=GROUPS)
    parser.add_argument("--worst", type=int, default=0, help="print so many")
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    if asked.data is None:
        parser.error("needs --data or REPETITEUR_TEST_DATA: the real recordings")
    result = {}
    for group in asked.groups:
        result[group], trials = lateness(
            Path(asked.data), group=group, trials=asked.trials, first=asked.seed
        )
        print(group)
        for name, value in result[group].items():
            print(f"  {name}: {json.dumps(value)}")
        for trial in sorted(trials, key=lambda t: -t.badness)[: asked.worst]:
            show(trial)
    if asked.json:
        asked.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
