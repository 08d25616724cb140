"""Does a rehearsal say how a take is danced, in a note, and what else does it say?

    python benchmarks/planted_qualities.py --seed 12000 \\
        --json benchmarks/results/planted_qualities.json

The dances and the qualities of ``expression_planted.py``: a phrase, danced again by a
dancer of another size, with one quality planted. Here they are rehearsed as the command
does it, lined up by their movement and not by what is known of it. Of each quality:

``right``      a note of priority artistry names it (by one of the descriptors that mean
               it), in its direction
``wrong``      one of those names it the other way
``unrelated``  a note of priority artistry is on another axis
``as shape``   notes on arms and legs say it in its direction (:data:`SHAPE`): then
               nothing says it a second time
``others``     how many other notes there are, a take

Firmer and softer landings are said as what the knees do, and are left out. Seeds from 0
were looked at while the rules were made, those from 12000 once, at the end.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import perf_counter

import numpy as np
from expression_planted import PLANTS, Manner, Plant, danced

from repetiteur.expression.descriptors import descriptors
from repetiteur.model.findings import Note
from repetiteur.rehearsal import Recording, recording_from_poses, rehearse

AXES = {one.id: one.axis for one in descriptors()}
#: What is planted.
ASKED = (
    "sharper", "smoother", "arms_sudden", "arms_sustained", "larger", "smaller", "none",
)  # fmt: skip
#: By which measures notes on shape say a quality, and which way they then go.
_REACH = {
    "arm_shape.elevation": 1.0,
    "arm_shape.elbow_flexion": -1.0,
    "leg_elevation": 1.0,
}
SHAPE: Mapping[str, Mapping[str, float]] = {
    "larger": _REACH,
    "smaller": {measure: -way for measure, way in _REACH.items()},
}


def recorded(manner: Manner, seed: int, *, take: bool) -> Recording:
    """A dance in a manner, as a recording."""
    poses, _ = danced(manner, seed, take=take)
    return recording_from_poses(poses, "take" if take else "reference")


def trial(name: str, seed: int) -> tuple[Note, ...]:
    """The notes on a take with a quality."""
    reference = recorded(Manner(), seed, take=False)
    take = recorded(PLANTS[name].manner, seed, take=True)
    return rehearse(reference, take).findings.notes


def told(name: str, notes: Sequence[Note]) -> dict[str, float]:
    """What the notes on one take say of the quality."""
    plant, shape = PLANTS[name], SHAPE.get(name, {})
    artistry = [note for note in notes if note.priority == "artistry"]
    means = [_way(note) for note in artistry if _means(note, plant)]
    others = [note for note in notes if note.priority != "artistry"]
    return {
        "right": plant.way in means,
        "wrong": -plant.way in means,
        "unrelated": any(AXES[note.measure] in plant.unrelated for note in artistry),
        "as shape": any(_way(note) == shape.get(note.measure) for note in others),
        "others": len(others),
    }


def _means(note: Note, plant: Plant) -> bool:
    return note.measure in plant.means


def _way(note: Note) -> float:
    return float(np.sign(note.difference.value))


def summed(name: str, trials: Sequence[Sequence[Note]]) -> dict[str, float]:
    """Shares of all takes with a quality, and the mean number of other notes."""
    rows = [told(name, notes) for notes in trials]
    means = {key: float(np.mean([row[key] for row in rows])) for key in rows[0]}
    return {"takes": len(rows), **{key: round(x, 3) for key, x in means.items()}}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--trials", type=int, default=40, help="of each quality")
    parser.add_argument("--seed", type=int, default=0, help="the first one")
    parser.add_argument("--only", nargs="*", choices=ASKED)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    begun, result = perf_counter(), {}
    for name in asked.only or ASKED:
        seeds = range(asked.seed, asked.seed + asked.trials)
        result[name] = summed(name, [trial(name, seed) for seed in seeds])
        print(name, json.dumps(result[name]), flush=True)
    print(f"{perf_counter() - begun:.0f} s")
    if asked.json:
        asked.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
