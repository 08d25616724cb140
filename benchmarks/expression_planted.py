"""Are planted qualities named, in the right direction, and nothing else?

    python benchmarks/expression_planted.py --seed 6000 \\
        --json benchmarks/results/expression_planted.json

A synthetic dancer dances a phrase of port de bras, tendus, développés and sautés, and
another one, of another size, dances it again with a quality planted
(:data:`PLANTS`). Both have their own slow variation of angles and timing, 1 to 5 mm of
noise and any frame rate; the line-up knows the tempo alone, so that what timing varies
by stays in. Each time is said how often

``right``      the quality is noted, in its direction (``named``: as a finding of one of
               the descriptors that mean it)
``wrong``      one of those is noted the other way
``unrelated``  another axis, or landings, are noted: by a finding or by the axis itself
``any``        anything at all is noted: of ``none``, two dances that mean the same

Seeds from 0 were looked at while floors were set, those from 6000 once, at the end.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

import numpy as np
import xarray as xr

from repetiteur.clean.instruments import with_instrument_errors
from repetiteur.expression.body import Described, describe
from repetiteur.expression.compare import Aligned, Expression, Finding, compared
from repetiteur.expression.windows import windows
from repetiteur.kinematics.movement import movement_of
from repetiteur.model.findings import Span
from repetiteur.model.poses import body_of
from repetiteur.synthetic import Dancer, Phrase, dance
from repetiteur.synthetic import steps as step
from repetiteur.synthetic.jumps import saute
from repetiteur.synthetic.keyposes import KeyPose

#: Share of the way from pose to pose in which a movement is made, of the reference.
EASE = 0.75
#: Bend of the knees that takes up a landing, of the reference, degrees.
GIVE_DEG = 50.0
#: And how long that takes, and how long until the knees are straight again, s.
LANDING_S, UP_AGAIN_S = 0.3, 1.2


@dataclass(frozen=True)
class Manner:
    """How a phrase is danced.

    ``ease`` and ``arms_ease``: share of the time between two poses in which the body,
    and the arms of port de bras, move. ``reach``: how wide, 1 = as the reference.
    ``give_deg``: how far landings bend the knees.
    """

    ease: float = EASE
    arms_ease: float = EASE
    reach: float = 1.0
    give_deg: float = GIVE_DEG


@dataclass(frozen=True)
class Plant:
    """A planted quality, what means it and which way, and what may not be noted."""

    manner: Manner
    means: tuple[str, ...]
    way: float
    unrelated: tuple[str, ...]


_TIME = ("effort_time", "effort_time.hands")
_SIZE = ("contraction_index", "arm_opening")
_LANDING = ("effort_weight.landing",)
PLANTS: dict[str, Plant] = {
    "sharper": Plant(Manner(0.5, 0.5), _TIME, 1.0, ("opening", "landing")),
    "smoother": Plant(Manner(1.0, 1.0), _TIME, -1.0, ("opening", "landing")),
    "larger": Plant(Manner(reach=1.12), _SIZE, 1.0, ("energy", "landing")),
    "smaller": Plant(Manner(reach=0.88), _SIZE, -1.0, ("energy", "landing")),
    "heavier": Plant(Manner(give_deg=8.0), _LANDING, 1.0, ("energy", "opening")),
    "lighter": Plant(Manner(give_deg=75.0), _LANDING, -1.0, ("energy", "opening")),
    "arms_sudden": Plant(
        Manner(arms_ease=0.5), ("effort_time.hands",), 1.0, ("opening", "landing")
    ),
    "arms_sustained": Plant(
        Manner(arms_ease=1.0), ("effort_time.hands",), -1.0, ("opening", "landing")
    ),
    "none": Plant(Manner(), (), 1.0, ("energy", "opening", "landing")),
}


def phrase(manner: Manner, seed: int, jumps: float = 1.0) -> Phrase:
    """One of several phrases in a manner; jumps as high at any tempo and size."""
    rng = np.random.default_rng([51, seed])
    side, base = rng.permutation(["left", "right"])
    way = str(rng.choice(["devant", "seconde"]))
    arms = [("front", "side", "up", "side"), ("side", "front", "up", "low")]
    ways, back = arms[seed % 2], arms[seed % 2][::-1]
    danced = [
        *eased(step.fifth_position(side), manner.ease),
        *eased(stopping(step.port_de_bras(*ways, counts=1.2)), manner.arms_ease),
        *eased(step.battement_tendu(side, "devant"), manner.ease),
        *eased(step.demi_plie(depth=50.0), manner.ease),
        *eased(step.developpe(side, way, 85.0, balance=0.5), manner.ease),
        *eased(step.close_fifth(side, base), manner.ease),
        *eased(stopping(step.port_de_bras(*back, counts=1.2)), manner.arms_ease),
        *landed(saute(0.45 * jumps), manner),
        *landed(saute(0.45 * jumps), manner),
        *landed(saute(0.45 * jumps), manner),
        *eased(stopping(step.port_de_bras(*ways, counts=1.2)), manner.arms_ease),
        *eased(step.demi_plie(depth=55.0), manner.ease),
    ]
    return Phrase(tuple(reached(pose, manner.reach) for pose in danced))


def stopping(poses: Sequence[KeyPose]) -> list[KeyPose]:
    """The same poses, with a stop in each."""
    return [replace(pose, through=False) for pose in poses]


def eased(poses: Sequence[KeyPose], share: float) -> list[KeyPose]:
    """The same way and the same arrivals, each in a share of its time."""
    out = []
    for pose in poses:
        if share < 1.0 and not pose.through:
            out.append(KeyPose(f"{pose.name}.wait", (1.0 - share) * pose.counts))
            out.append(replace(pose, counts=share * pose.counts))
        else:
            out.append(pose)
    return out


def landed(poses: Sequence[KeyPose], manner: Manner) -> list[KeyPose]:
    """Landings that give so much, in as much more or less time."""
    knees = {f"{side}_knee": manner.give_deg for side in ("left", "right")}
    lasting = LANDING_S * (0.5 + 0.5 * manner.give_deg / GIVE_DEG)
    out = []
    for pose in poses:
        if pose.name.endswith(".landing"):
            pose = replace(pose, changes={**pose.changes, **knees}, counts=lasting)
        elif pose.name.endswith(".recovery"):
            pose = replace(pose, counts=UP_AGAIN_S - lasting)
        out.append(pose)
    return out


def reached(pose: KeyPose, reach: float) -> KeyPose:
    """Arms further up and longer, gestures higher; feet where they were."""
    changes = dict(pose.changes)
    for side in ("left", "right"):
        name = f"{side}_elbow"
        if name in changes:
            changes[name] = float(
                np.clip(changes[name] - 130.0 * (reach - 1.0), 0, 150)
            )
        name = f"{side}_arm_height"
        if name in changes:
            changes[name] = reach * changes[name]
        name = f"{side}_height"
        if changes.get(name, 0.0) > 30.0:
            changes[name] = reach * changes[name]
    return replace(pose, changes=changes)


def aligned(manner: Manner, seed: int, *, take: bool) -> Aligned:
    """A dance in a manner, lined up by its tempo alone."""
    poses, tempo = danced(manner, seed, take=take)
    body = body_of(poses)
    clock = np.array([0.0, body.time[-1]])
    return Aligned(movement_of(body), tempo * clock, clock, 1.0 / tempo)


def danced(manner: Manner, seed: int, *, take: bool) -> tuple[xr.Dataset, float]:
    """A dance in a manner as it is recorded, and its tempo."""
    rng = np.random.default_rng([52, seed, take])
    dancer = Dancer(
        stature=float(rng.uniform(1.5, 1.8)),
        turnout_left=float(rng.uniform(50.0, 65.0)),
        turnout_right=float(rng.uniform(50.0, 65.0)),
    )
    tempo = float(rng.uniform(0.95, 1.05)) if take else 1.0
    jumps = tempo * float(np.sqrt(dancer.stature / 1.65))
    poses = dance(
        phrase(manner, seed, jumps),
        dancer,
        tempo=tempo,
        fps=float(rng.choice([50.0, 60.0, 100.0])),
        noise=float(rng.uniform(0.001, 0.005)),
        seed=int(rng.integers(1 << 31)),
        wobble_deg=1.5,
        wobble_s=0.03,
    )
    return with_instrument_errors(poses), tempo


def described(one: Aligned, spans: Sequence[Span]) -> Described:
    """Its qualities in windows of the reference."""
    return describe(one.movement, one.at(spans), pace=one.pace)


def trial(seed: int, names: Sequence[str]) -> dict[str, Expression]:
    """A reference, and takes with plants."""
    reference = aligned(Manner(), seed, take=False)
    spans = windows(0.0, float(reference.movement.body.time[-1]))
    cast = described(reference, spans)
    takes = {name: aligned(PLANTS[name].manner, seed, take=True) for name in names}
    return {
        name: compared(spans, described(take, spans), [cast])
        for name, take in takes.items()
    }


def told(plant: Plant, said: Expression) -> dict[str, bool]:
    """What a comparison says of the plant."""
    means = [one for one in said.findings if one.descriptor.id in plant.means]
    ways = [float(np.sign(one.told.difference.value)) for one in means]
    axes = {one.descriptor.axis for one in said.findings}
    axes |= {one.axis for one in said.axes if one.beyond}
    if any(one.descriptor.id in _LANDING for one in said.findings):
        axes.add("landing")
    return {
        "right": plant.way in ways,
        "wrong": -plant.way in ways,
        "unrelated": bool(axes & set(plant.unrelated)),
        "any": bool(said.findings),
    }


def each_once(said: Expression) -> list[Finding]:
    """Findings, one of each quality."""
    return list({one.descriptor.id: one for one in said.findings}.values())


def summed(plant: Plant, said: Sequence[Expression]) -> dict[str, object]:
    """Shares over all trials, and how large each quality was found, in floors."""
    rows = [told(plant, one) for one in said]
    noted = Counter(
        name for one in said for name in {f.descriptor.id for f in one.findings}
    )
    sizes: dict[str, list[float]] = defaultdict(list)
    for each in said:
        for course, one in zip(each.courses, each.overall, strict=True):
            sizes[course.descriptor.id].append(one.in_floors)
    return {
        "trials": len(said),
        **{
            key: round(float(np.mean([row[key] for row in rows])), 3) for key in rows[0]
        },
        "noted": {key: round(n / len(said), 3) for key, n in sorted(noted.items())},
        "floors": {
            key: [round(float(np.mean(v)), 2), round(float(np.std(v)), 2)]
            for key, v in sizes.items()
        },
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--trials", type=int, default=200, help="of each plant")
    parser.add_argument("--seed", type=int, default=0, help="the first one")
    parser.add_argument("--only", nargs="*", choices=PLANTS)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    begun, names = perf_counter(), asked.only or list(PLANTS)
    said: dict[str, list[Expression]] = defaultdict(list)
    for seed in range(asked.seed, asked.seed + asked.trials):
        for name, one in trial(seed, names).items():
            said[name].append(one)
    result = {name: summed(PLANTS[name], said[name]) for name in names}
    for name, row in result.items():
        print(name, json.dumps(row))
    print(f"{perf_counter() - begun:.0f} s")
    if asked.json:
        asked.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
