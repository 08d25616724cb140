"""Is the way through a take found, its side, and what is not danced together?

    REPETITEUR_TEST_DATA=DIR python benchmarks/planted_warps.py --trials 100

Takes planted in real recordings (``planting.py``): tempo 0.6 to 1.6, 2 cm of noise on
each coordinate, limbs ± 8 %, any size, facing, place and frame rate, half of them with
the sides swapped. Groups of trials, each with its own seeds:

``warps``       one tempo, up to two stops of 0.5 to 3 s
``rubato``      the same, the tempo wandering through 0.6 to 1.6
``structures``  one tempo, one to three bars left out, danced again or strange
``edges``       the same, which may begin later, end earlier, and have strange movement
                before and after

The error of the path is that of its points that both dance: how far the moment of the
reference that the take truly dances there is from the one that the path says, in frames
of 1/60 s of the reference (``ref_frames``), and how far the take's moment is from the
true one in milliseconds of the take. Breaks are matched by state and by sharing half of
what both cover (of ``skipped`` in the reference's time, else in the take's).
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
from planting_places import draw_breaks, draw_stops
from planting_scores import STATES, Tally, by_the_frame, in_a_stop, matched
from planting_sources import draw_source, strangers
from planting_takes import Take, plant
from planting_truth import Truth
from planting_variation import RUBATO, WIDE, draw_variation

from repetiteur.align.alignment import Alignment
from repetiteur.align.line_up import line_up
from repetiteur.errors import NothingToJudge
from repetiteur.model.body import Body

GROUPS = ("warps", "rubato", "structures", "edges")
#: Frames a second in which the path's error is told.
FRAMES_HZ = 60.0
#: The bar: median error of the path, frames.
BAR_FRAMES = 1.2


@dataclass
class Trial:
    """What came of one take."""

    name: str
    refused: bool = False
    side_right: bool = False
    frames: float = float("nan")
    p95_frames: float = float("nan")
    late_ms: float = float("nan")
    tempo_off: float = float("nan")
    heading_off: float = float("nan")
    breaks: dict[str, Tally] = field(default_factory=dict)
    seconds: dict[str, Tally] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    @property
    def badness(self) -> float:
        """For sorting: refused, wrong side, wrong breaks, then by the path."""
        said = sum(t.false + t.missed for t in self.breaks.values())
        path = min(np.nan_to_num(self.frames, nan=99.0), 99.0)
        return 1e4 * self.refused + 1e3 * (not self.side_right) + 1e2 * said + path


def draw(group: str, seed: int, folder: Path) -> tuple[Motion, Take]:
    """The take of one trial, and what it is of."""
    rng = np.random.default_rng([GROUPS.index(group), seed])
    broken = group in ("structures", "edges")
    source = draw_source(folder, rng, least_s=12.0 if broken else 8.0)
    variation = draw_variation(rng, RUBATO if group == "rubato" else WIDE)
    if not broken:
        stops = draw_stops(source, rng, count=int(rng.integers(3)))
        return source, plant(source, variation, rng=rng, stops=stops)
    breaks = draw_breaks(
        source,
        rng,
        count=int(rng.integers(1, 4)),
        strange=strangers(folder, source, rng=rng),
        edges=group == "edges",
    )
    return source, plant(source, variation, rng=rng, breaks=breaks)


def body(motion: Motion) -> Body:
    return Body(motion.time, dict(motion.points))


def run(group: str, seed: int, folder: Path) -> Trial:
    """One trial."""
    source, take = draw(group, seed, folder)
    v = take.variation
    trial = Trial(
        f"{group} {seed}: {source.name}, {source.lasting_s:.0f} s, tempo {v.tempo:.2f}"
        f" rubato {v.rubato:.2f}, {v.fps:.0f} Hz, {v.side}, facing {v.facing_deg:.0f}"
    )
    try:
        found = line_up(body(source), body(take.motion))
    except NothingToJudge as refusal:
        trial.refused = True
        trial.wrong.append(f"refused: {refusal}")
        found = None
    if found is not None:
        judge(trial, found, take.truth)
    said = found.breaks if found is not None else ()
    score_breaks(trial, said, take.truth, source.lasting_s, take.motion.time[-1])
    return trial


def judge(trial: Trial, found: Alignment, truth: Truth) -> None:
    """Side, tempo, heading and the error of the path."""
    trial.side_right = found.side == truth.side
    if not trial.side_right:
        trial.wrong.append(f"side {found.side}, truly {truth.side}")
    trial.tempo_off = found.tempo_ratio / truth.tempo - 1.0
    trial.heading_off = float(
        (found.heading_deg - truth.heading_deg + 180.0) % 360.0 - 180.0
    )
    reference, take = path_errors(found, truth)
    if reference.size:
        trial.frames = float(np.median(reference)) * FRAMES_HZ
        trial.p95_frames = float(np.percentile(reference, 95.0)) * FRAMES_HZ
        trial.late_ms = float(np.nanmedian(take)) * 1e3


def path_errors(found: Alignment, truth: Truth) -> tuple[Array, Array]:
    """Of the points that both dance: seconds of the reference, seconds of the take."""
    r, t = found.reference_s, found.take_s
    both = (found.state == "danced") & (truth.state_at(t) == "danced")
    r, t = r[both], t[both]
    apart = np.abs(truth.reference_at(t) - r)
    early, late = truth.take_at(r), truth.take_at(r, last=True)
    return apart[np.isfinite(apart)], np.maximum(np.maximum(early - t, t - late), 0.0)


def score_breaks(
    trial: Trial,
    found: Sequence,
    truth: Truth,
    reference_s: float,
    take_s: float,
) -> None:
    """Breaks, those within a stop apart."""
    said = [b for b in found if not in_a_stop(b, truth.stops)]
    for state in STATES:
        lasting = reference_s if state == "skipped" else take_s
        trial.breaks[state], wrong = matched(said, truth.breaks, state)
        trial.seconds[state] = by_the_frame(said, truth.breaks, state, lasting)
        trial.wrong += wrong


def figures(trials: Sequence[Trial]) -> dict[str, object]:
    """All trials of a group as numbers."""
    done = [t for t in trials if not t.refused]
    frames = np.array([t.frames for t in done if np.isfinite(t.frames)])

    def middle(name: str) -> float:
        values = [abs(getattr(t, name)) for t in done]
        return round(float(np.nanmedian(values)), 4) if values else float("nan")

    result: dict[str, object] = {
        "trials": len(trials),
        "refused": len(trials) - len(done),
        "side_right": sum(t.side_right for t in trials),
        "path_ref_frames": {
            "median": round(float(np.median(frames)), 3),
            "worst_tenth": round(float(np.percentile(frames, 90.0)), 3),
            f"trials_within_{BAR_FRAMES:g}": int((frames <= BAR_FRAMES).sum()),
            "median_of_p95": round(float(np.nanmedian([t.p95_frames for t in done])),
                                   2),
        },
        "path_take_ms": middle("late_ms"),
        "tempo_off": middle("tempo_off"),
        "heading_off_deg": middle("heading_off"),
    }  # fmt: skip
    for name in ("breaks", "seconds"):
        rows = {state: Tally() for state in STATES}
        total = Tally()
        for trial in trials:
            for state, tally in getattr(trial, name).items():
                rows[state] += tally
                total += tally
        result[name] = {
            "all": total.figures(),
            **{state: row.figures() for state, row in rows.items()},
        }
    return result


def warps(
    folder: Path, *, group: str = "warps", trials: int = 100, first: int = 0
) -> tuple[dict[str, object], list[Trial]]:
    """Run a group of trials; seeds ``first`` and up."""
    done = [run(group, seed, folder) for seed in range(first, first + trials)]
    return figures(done), done


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
        result[group], trials = warps(
            Path(asked.data), group=group, trials=asked.trials, first=asked.seed
        )
        print(group)
        for name, value in result[group].items():
            print(f"  {name}: {json.dumps(value)}")
        for trial in sorted(trials, key=lambda t: -t.badness)[: asked.worst]:
            print(f"  {trial.name}: {trial.frames:.2f} frames", *trial.wrong,
                  sep="\n    ")  # fmt: skip
    if asked.json:
        asked.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
