"""Is the tempo found of takes that are danced suddenly, and slower or faster?

    python benchmarks/sudden_takes.py --pairs 80 --seed 500000

A synthetic dancer dances the demo's adage, a dance of lines, or a phrase of port de
bras and développés; another one dances it again in 0.6 to 2.0 times the time, each
movement in a share of its own (1, 0.7, 0.5 or 0.35) and held for the rest, before it or
after. Both vary by themselves and have noise. Movements are reached, or begun, at the
tempo of the whole: that is the true one. ``--swapped`` takes the sudden one for the
reference. Seeds from 0 were looked at, those from 500000 once, at the end.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from unittest.mock import patch

import expression_planted
import numpy as np
from expression_planted import EASE, Manner

from repetiteur.align.line_up import line_up
from repetiteur.clean.instruments import with_instrument_errors
from repetiteur.model.body import Body
from repetiteur.model.poses import body_of
from repetiteur.synthetic import Dancer, Phrase, dance
from repetiteur.synthetic import steps as step
from repetiteur.synthetic.demo import demo_phrase
from repetiteur.synthetic.keyposes import KeyPose

#: Share of its time in which each movement of a take is made, and how often so.
SHARES, OFTEN = (1.0, 0.7, 0.5, 0.35), (0.15, 0.25, 0.3, 0.3)
#: Take seconds per reference second.
TEMPI = (0.6, 2.0)
#: Groups of the figures: by the share, and by the tempo.
GROUPS = {
    "not sudden": (1.0, 1.1, 0.0, 9.0),
    "sudden, to 1.1": (0.0, 0.9, 0.0, 1.1),
    "sudden, to 1.5": (0.0, 0.9, 1.1, 1.5),
    "sudden, beyond": (0.0, 0.9, 1.5, 9.0),
}


@dataclass(frozen=True)
class Trial:
    """Take seconds per reference second, and what was found."""

    seed: int
    dance: str
    share: float
    truly: float
    told: float
    breaks: int

    @property
    def off(self) -> float:
        """Error, %."""
        return 100.0 * abs(self.told / self.truly - 1.0)


def lines() -> Phrase:
    """A dance of long lines."""
    return Phrase.of(
        step.fifth_position("left", counts=1.2),
        step.battement_tendu("left", "devant", arm="side"),
        step.developpe("right", "seconde", 95.0, counts=4.0, balance=1.5),
        step.close_fifth("right", "left"),
        step.step_to("left", counts=2.6),
        step.attitude("right", 80.0, counts=1.6, balance=1.6),
        step.close_fifth("right", "left", counts=1.3),
        step.equilibre("right", counts=1.8, balance=2.0),
        step.close_fifth("right", "right", counts=1.3),
    )


def sudden(poses: Sequence[KeyPose], share: float, *, after: bool) -> Phrase:
    """Each movement in a share of its time, held after it or before."""
    out = []
    for pose in poses:
        still = not pose.changes and not pose.turn and pose.feet is None
        held = still or pose.name.endswith((".hold", ".wait"))
        if share == 1.0 or held or pose.through:
            out.append(pose)
            continue
        wait = KeyPose(f"{pose.name}.wait", (1.0 - share) * pose.counts)
        quick = replace(pose, counts=share * pose.counts)
        out += [quick, wait] if after else [wait, quick]
    return Phrase(tuple(out))


def planted(manner: Manner, seed: int) -> Phrase:
    """A phrase of ``expression_planted`` without its jumps: they keep their tempo."""
    with patch.object(expression_planted, "landed", lambda *_: []):
        return expression_planted.phrase(manner, seed)


def phrases(name: str, seed: int, share: float, *, after: bool) -> tuple[Phrase, ...]:
    """What the two dance."""
    if name != "planted":
        whole = demo_phrase() if name == "demo" else lines()
        return whole, sudden(whole.poses, share, after=after)
    if after:
        even = planted(Manner(1.0, 1.0), seed)
        return planted(Manner(), seed), sudden(even.poses, EASE * share, after=True)
    return planted(Manner(), seed), planted(Manner(EASE * share, EASE * share), seed)


def draw(seed: int) -> tuple[Trial, Body, Body]:
    """A pair, and what is true of it."""
    rng = np.random.default_rng([77, seed])
    name = str(rng.choice(["demo", "lines", "planted"]))
    share = float(rng.choice(SHARES, p=OFTEN))
    after = bool(rng.integers(2))
    truly = float(np.exp(rng.uniform(*np.log(TEMPI))))
    bodies = []
    both = phrases(name, seed, share, after=after)
    for take, phrase in enumerate(both):
        dancer = Dancer(
            stature=float(rng.uniform(1.5, 1.8)),
            turnout_left=float(rng.uniform(50.0, 65.0)),
            turnout_right=float(rng.uniform(50.0, 65.0)),
        )
        poses = dance(
            phrase,
            dancer,
            tempo=1.0 / truly if take else 1.0,
            fps=float(rng.choice([50.0, 60.0, 100.0])),
            noise=float(rng.uniform(0.001, 0.005)),
            seed=int(rng.integers(1 << 31)),
            wobble_deg=1.5,
            wobble_s=0.03,
            wait_s=float(rng.uniform(0.0, 1.0)) if take else 0.0,
        )
        bodies.append(body_of(with_instrument_errors(poses)))
    return Trial(seed, name, share, truly, np.nan, 0), bodies[0], bodies[1]


def trial(seed: int, *, swapped: bool = False) -> Trial:
    """One pair."""
    one, reference, take = draw(seed)
    if swapped:
        one = replace(one, truly=1.0 / one.truly)
        reference, take = take, reference
    found = line_up(reference, take)
    return replace(one, told=found.tempo_ratio, breaks=len(found.breaks))


def summed(trials: Sequence[Trial]) -> dict[str, float]:
    """Errors of the tempo, %, and breaks a pair: none is planted."""
    off = np.array([one.off for one in trials])
    return {
        "pairs": len(trials),
        "off_median": round(float(np.median(off)), 2),
        "off_p90": round(float(np.percentile(off, 90.0)), 2),
        "off_worst": round(float(off.max()), 2),
        "breaks": round(float(np.mean([one.breaks for one in trials])), 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--pairs", type=int, default=80)
    parser.add_argument("--seed", type=int, default=0, help="the first one")
    parser.add_argument("--swapped", action="store_true")
    parser.add_argument("--worst", type=int, default=0, help="print so many")
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    seeds = range(asked.seed, asked.seed + asked.pairs)
    trials = [trial(seed, swapped=asked.swapped) for seed in seeds]
    result = {"all": summed(trials)}
    for name, (least, most, slow, slowest) in GROUPS.items():
        some = [
            one
            for one in trials
            if least <= one.share < most and slow <= one.truly < slowest
        ]
        if some:
            result[name] = summed(some)
    for name, row in result.items():
        print(f"{name:15s} {json.dumps(row)}")
    for one in sorted(trials, key=lambda t: -t.off)[: asked.worst]:
        print(one)
    if asked.json:
        asked.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
