"""A folder of takes of the synthetic dancer for ``expression.py``.

    python benchmarks/expression_takes.py DIR

Four phrases in five manners (``expression_planted.py``), each danced by three dancers
of other sizes with a variation of their own: ``content_style_n.csv``.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from expression_planted import PLANTS, Manner, eased, landed, reached, stopping

from repetiteur.io.formats import write_poses
from repetiteur.synthetic import Dancer, Phrase, dance
from repetiteur.synthetic import steps as step
from repetiteur.synthetic.jumps import saute
from repetiteur.synthetic.keyposes import KeyPose

STYLES = ("none", "sharper", "smoother", "larger", "smaller")
DANCERS = 3


def contents(how: Manner) -> dict[str, Sequence[KeyPose]]:
    """The phrases in a manner, by name."""
    stand = eased(step.fifth_position("left"), how.ease)
    arms = stopping(step.port_de_bras("front", "side", "up", "low", counts=1.2))
    opening = stopping(step.port_de_bras("front", "side", counts=1.2))
    tendus = (
        *step.battement_tendu("left", "devant"),
        *step.battement_tendu("left", "seconde", arm="side"),
        *step.demi_plie(),
    )
    adage = (
        *step.developpe("left", "seconde", 85.0, balance=0.5),
        *step.close_fifth("left", "right"),
    )
    jumps = (*landed(saute(0.45), how), *landed(saute(0.45), how))
    return {
        "bras": [*stand, *eased(arms, how.arms_ease)],
        "tendu": [*stand, *eased(tendus, how.ease)],
        "adage": [*stand, *eased(adage, how.ease)],
        "jump": [*stand, *jumps, *eased(opening, how.arms_ease)],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    for style in STYLES:
        how = PLANTS[style].manner
        for number, (content, poses) in enumerate(contents(how).items()):
            phrase = Phrase(tuple(reached(pose, how.reach) for pose in poses))
            for take in range(DANCERS):
                rng = np.random.default_rng([44, number, take, STYLES.index(style)])
                danced = dance(
                    phrase,
                    Dancer(stature=float(rng.uniform(1.5, 1.8))),
                    noise=0.001,
                    seed=int(rng.integers(1 << 31)),
                    wobble_deg=1.5,
                    wobble_s=0.03,
                )
                write_poses(danced, folder / f"{content}_{style}_{take}.csv")


if __name__ == "__main__":
    main()
