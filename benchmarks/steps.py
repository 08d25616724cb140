"""Are steps called by their names?

Chains of 8 to 16 steps drawn over the whole vocabulary, by dancers of other limbs,
tempi, headings and angles each time, a fifth of it movement outside the vocabulary,
1 cm of noise on every point. A name is right where its id is and it overlaps with what
was danced by half of both (intersection over union), one to one.

    python benchmarks/steps.py --chains 60 --json benchmarks/results/steps.json
    python benchmarks/steps.py --camera --chains 12
    python benchmarks/steps.py --perturb
    python benchmarks/steps.py --recordings FOLDER
    OMP_NUM_THREADS=1 python benchmarks/steps.py --speed

``--camera`` has the same chains seen by one tracked camera from 12 directions, with
3 px of errors at a body height of 600 px and a depth that is guessed. ``--perturb``
pushes one condition of a step over its threshold: the step with which it is confused
has to win. What is not asked for stays in the file as it was.

Seeds below 10000 were used to choose the method and its numbers.
"""

from __future__ import annotations

import argparse
import json
import platform
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from time import perf_counter, process_time
from typing import TypeVar

import numpy as np
import step_perturbations
import xarray as xr
from calibration import Array
from lifting import filmed as filmed_points
from lifting import whole
from rich.console import Console
from rich.progress import track
from step_camera import DIRECTIONS, filmed, seen_truth, view
from step_scores import (
    Row,
    Tally,
    by_id,
    calibration_error,
    judged,
    ratio,
    reliability,
    summary,
)

from repetiteur.clean.instruments import with_instrument_errors
from repetiteur.clean.recorded import clean_recorded
from repetiteur.kinematics.calming import calmed
from repetiteur.kinematics.lifting import POINTS
from repetiteur.kinematics.movement import movement_of
from repetiteur.model.poses import Body, body_of
from repetiteur.rehearsal import recording_from_file, steps
from repetiteur.steps import recognise
from repetiteur.synthetic.chains import Chain, chain
from repetiteur.synthetic.repertory import PASSAGES

HERTZ, NOISE_M = 60.0, 0.01
#: Cores that pictures are judged on.
CORES = 2
#: From where the dancers of motion files are seen, degrees.
SIDES_DEG = tuple(range(0, 360, 45))
MINUTES = 10.0
_T = TypeVar("_T")


def watched(what: Iterable[_T], number: int, words: str) -> Iterable[_T]:
    """What there is to do, with a bar of it on stderr."""
    return track(what, words, total=number, console=Console(stderr=True))


def chains(number: int, first: int) -> Iterable[Chain]:
    """So many chains, one for each seed."""
    for seed in range(first, first + number):
        yield chain(np.random.default_rng(seed))


def recorded(poses: xr.Dataset) -> Body:
    """A body as the program reads it from a motion file."""
    return body_of(with_instrument_errors(clean_recorded(poses)))


def in_space(number: int, first: int) -> dict[str, object]:
    """Names in space: by id, and how sure they are."""
    tally = Tally()
    for one in watched(chains(number, first), number, "chains"):
        body = recorded(one.dance(fps=HERTZ, noise=NOISE_M))
        tally.take(recognise(movement_of(calmed(body))), one)
    return {
        "chains": number,
        "first": first,
        **summary(tally, list(PASSAGES)),
        "reliability": reliability(tally.sure),
        "ids": by_id(tally, PASSAGES),
    }


def in_pictures(seed: int) -> list[tuple[int, Row]]:
    """Names in the pictures of one chain, each with the direction it was seen from."""
    one = chain(np.random.default_rng(seed))
    poses = one.dance(fps=HERTZ, noise=0.0)
    out = []
    for k, heading in enumerate(DIRECTIONS):
        body = filmed(poses, heading, one.seed + k)
        rows = judged(recognise(movement_of(body)), seen_truth(one, heading))
        out += [(view(one, row.start_s, heading, row.side), row) for row in rows]
    return out


def before_a_camera(number: int, first: int) -> dict[str, object]:
    """Names in one camera's picture: at the best view of each id, and elsewhere.

    A view is the direction from which the dancer is seen when a step begins; steps to
    the right count as their mirror images. The best one of each id is found on every
    other chain and counted on those between.
    """
    halves = [{at: Tally() for at in DIRECTIONS} for _ in range(2)]
    with ProcessPoolExecutor(CORES) as cores:
        rows = cores.map(in_pictures, range(first, first + number))
        for n, those in enumerate(watched(rows, number, "chains before 12 cameras")):
            for at, row in those:
                halves[n % 2][at].rows.append(row)
    lines = [
        {at: by_id(tally, PASSAGES) for at, tally in half.items()} for half in halves
    ]
    best = [{name: _best_view(half, name) for name in PASSAGES} for half in lines]
    at_best, elsewhere = Tally(), Tally()
    for half, chosen in zip(halves, reversed(best), strict=True):
        for at, tally in half.items():
            for row in tally.rows:
                (at_best if chosen[row.id] == at else elsewhere).rows.append(row)
    whole = summary(at_best, list(PASSAGES))
    return {
        "chains": number,
        "first": first,
        "at_best_view": _rates(at_best) | {"macro_f1": whole["macro_f1"]},
        "elsewhere": _rates(elsewhere),
        "calibration_error": calibration_error([*at_best.sure, *elsewhere.sure]),
        "reliability": reliability([*at_best.sure, *elsewhere.sure]),
        "best_views": {name: [half[name] for half in best] for name in PASSAGES},
        "ids": by_id(at_best, PASSAGES),
        "ids_elsewhere": by_id(elsewhere, PASSAGES),
    }


def _best_view(views: dict[int, dict[str, dict[str, object]]], name: str) -> int:
    return max(views, key=lambda at: (views[at][name]["f1"] or 0.0, -at))


def _rates(tally: Tally) -> dict[str, float | None]:
    """Precision of what is named, and the share of the steps that is."""
    right, false = len(tally.of("right")), len(tally.of("false"))
    missed, open_ = tally.of("missed"), len(tally.of("undecided"))
    named = right + sum(row.other not in "-" and "?" not in row.other for row in missed)
    return {
        "precision": ratio(right, right + false),
        "recall": ratio(right, right + len(missed)),
        "named": ratio(named, right + len(missed)),
        "undecided_a_step": ratio(open_, right + len(missed)),
    }


def long_body() -> Body:
    """Ten minutes of one chain, with noise."""
    number = 60
    one = chain(np.random.default_rng(0), number)
    while one.phrase.counts < 60.0 * MINUTES:
        number += 20
        one = chain(np.random.default_rng(0), number)
    body = recorded(one.dance(fps=HERTZ, noise=NOISE_M))
    frames = round(60.0 * MINUTES * HERTZ)
    points = {name: place[:frames] for name, place in body.points.items()}
    sd = {name: of[:frames] for name, of in body.sd.items()} if body.sd else body.sd
    return replace(body, time=body.time[:frames], points=points, sd=sd)


def speed(rounds: int) -> dict[str, object]:
    """Seconds that the steps of ten minutes take on one core, the best of some."""
    recognise(movement_of(body_of(chain(np.random.default_rng(1), 4).dance())))
    body = long_body()
    best = {"movement": np.inf, "recognise": np.inf, "cpu": np.inf}
    found: Sequence[object] = ()
    for _ in range(rounds):
        began, cpu = perf_counter(), process_time()
        movement = movement_of(calmed(body))
        middle = perf_counter()
        found = recognise(movement)
        spent = {
            "movement": middle - began,
            "recognise": perf_counter() - middle,
            "cpu": process_time() - cpu,
        }
        best = {part: min(best[part], s) for part, s in spent.items()}
    seconds = {f"{part}_s": round(s, 3) for part, s in best.items()}
    return {
        "minutes": MINUTES,
        "frames_a_second": HERTZ,
        "steps": len(found),
        **seconds,
        "whole_s": round(best["movement"] + best["recognise"], 3),
        "machine": platform.machine(),
    }


def on_recordings(folder: Path) -> dict[str, object]:
    """What is named in the motion files of a folder, and how often a minute.

    And what is named where one camera sees their dancers, from eight sides: heels and
    faces are added to them for that, with which in space other names are given, too.
    """
    out: dict[str, object] = {}
    names, seen, minutes = 0, 0, 0.0
    for file in sorted(folder.glob("*.bvh")):
        recording = recording_from_file(file)
        found = [s for told in steps(recording).steps.values() for s in told]
        body = body_of(recording.poses)
        points = {name: place for name, place in whole(body).items() if name in POINTS}
        pictures = seen_names(body.time, points)
        in_the_room = recognise(movement_of(calmed(Body(body.time, points))))
        out[file.name] = {
            "seconds": round(recording.duration_s, 1),
            "named": [f"{s.id} {s.side} {s.start_s:.1f} {s.end_s:.1f}" for s in found],
            "before_a_camera": dict(Counter(pictures).most_common()),
            "with_the_same_points_in_space": [step.id for step in in_the_room],
        }
        names, seen = names + len(found), seen + len(pictures)
        minutes += recording.duration_s / 60.0
    return {
        "files": out,
        "names_a_minute": ratio(names, minutes),
        "before_a_camera_a_minute": ratio(seen, minutes * len(SIDES_DEG)),
    }


def seen_names(time: Array, points: Mapping[str, Array]) -> list[str]:
    """What is named in the pictures of a dancer from all sides."""
    pictures = (filmed_points(time, points, at)[0] for at in SIDES_DEG)
    return [step.id for body in pictures for step in recognise(movement_of(body))]


def printed(result: dict[str, object]) -> None:
    """A summary, and a line for each id."""
    tables = ("ids", "ids_elsewhere", "best_views", "reliability")
    print(json.dumps({k: v for k, v in result.items() if k not in tables}, indent=1))
    for row in result["reliability"]:
        print("  ".join(f"{k} {v}" for k, v in row.items()))
    head = ("id", "danced", "F1", "prec.", "recall", "IoU")
    for table in tables[:2]:
        if table in result:
            print("{:26} {:>6} {:>6} {:>6} {:>6} {:>5}  called · was".format(*head))
            for name, line in result[table].items():
                print(_said(name, line))


def _said(name: str, line: dict[str, object]) -> str:
    keys = ("danced", "f1", "precision", "recall", "overlap")
    cells = " ".join(f"{'-' if line[key] is None else line[key]:>6}" for key in keys)
    return f"{name:26} {cells}  {line['called']} · {line['was']}"


def main() -> None:
    """Dance the chains, name the steps, write the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--chains", type=int, default=40)
    parser.add_argument("--seed", type=int, default=10000, help="of the first chain")
    parser.add_argument("--camera", action="store_true", help="before one camera")
    parser.add_argument("--speed", action="store_true", help="time it, and no more")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--perturb", action="store_true", help="one condition each")
    parser.add_argument("--recordings", type=Path, help="a folder of motion files")
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    known = asked.json is not None and asked.json.exists()
    result = json.loads(asked.json.read_text("utf-8")) if known else {}
    if asked.speed:
        result["speed"] = speed(asked.rounds)
        print(json.dumps(result["speed"], indent=1))
    if asked.perturb:
        result["perturbed"] = step_perturbations.run()
        step_perturbations.printed(result["perturbed"])
    if asked.camera:
        result["camera"] = before_a_camera(asked.chains, asked.seed)
        printed(result["camera"])
    if asked.recordings:
        result["recordings"] = on_recordings(asked.recordings)
        print(json.dumps(result["recordings"], indent=1))
    if not (asked.speed or asked.perturb or asked.camera or asked.recordings):
        result["space"] = in_space(asked.chains, asked.seed)
        printed(result["space"])
    if asked.json:
        asked.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
