"""The rough line-up: side, tempo and facing, at ten frames a second."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repetiteur.align.alignment import SideMatch
from repetiteur.align.features import Movement, move, square
from repetiteur.align.path import breaks, without_breaks
from repetiteur.errors import NothingToJudge
from repetiteur.kernels import signals
from repetiteur.kernels.warping import warp
from repetiteur.model.poses import Body

#: Frames per second of the rough line-up.
ROUGH_HZ = 10.0
#: Cost of going on in one recording alone, rad^2, as long as the tempo is not known: as
#: much as a pose 1 degree off.
ASIDE_ROUGHLY = np.radians(1.0) ** 2
#: Cost of leaving out a frame at either end, rad^2: as much as a pose 15 degrees off.
#: More, and a take that was cut short has its ends squeezed onto foreign frames.
LEAVE_OUT = np.radians(15.0) ** 2
#: Least confidence in a line-up of the same dancing. Pairs of different dances in
#: motion capture reached 0.47, copies with noise, other bodies and tempi over 0.9.
UNSURE = 0.55
#: Slowest and fastest take, take seconds per reference second; beyond, a header lies.
SLOWEST, FASTEST = 5.0, 0.2
#: Shortest recording that can be lined up, s.
SHORTEST_S = 0.5


@dataclass(frozen=True)
class Rough:
    """What the rough line-up learned.

    Attributes
    ----------
    side : "same" or "mirrored"
    tempo : float
        Take seconds per reference second.
    facing : float
        Heading of the take minus that of the reference, degrees.
    cost, chance : float
        Mean squared distance of the poses laid together, and of any two; rad^2.
    covered : float
        Share of the frames that are laid together, of the recording with more of them.
    """

    side: SideMatch
    tempo: float
    facing: float
    cost: float
    chance: float
    covered: float

    @property
    def confidence(self) -> float:
        """1 for a perfect match of one whole recording, 0 for no better than chance."""
        better = 1.0 - self.cost / max(self.chance, 1e-9)
        return float(np.clip(better, 0.0, 1.0) * self.covered)


def best_side(reference: Body, take: Body, side: str) -> Rough:
    """The rough line-up on the side that is asked for, or on the better one.

    Parameters
    ----------
    reference, take : Body
    side : {"auto", "same", "mirrored"}

    Returns
    -------
    Rough

    Raises
    ------
    NothingToJudge
        When a recording is too short, when the two are different dances, or when one
        is so much slower than the other that its frame rate must be wrong.
    """
    for name, body in (("reference", reference), ("take", take)):
        lasts = float(body.time[-1] - body.time[0])
        if lasts < SHORTEST_S:
            raise NothingToJudge(
                f"Lining up needs at least {SHORTEST_S} s of movement, and the {name} "
                f"has {body.time.size} frames over {lasts:.2f} s. Use a longer part."
            )
    asked: tuple[SideMatch, ...] = ("same", "mirrored")
    if side != "auto":
        asked = ("mirrored",) if side == "mirrored" else ("same",)
    tried = [_rough(reference, take, name) for name in asked]
    best = max(tried, key=lambda rough: rough.confidence)
    if best.confidence < UNSURE:
        raise NothingToJudge(
            "A rehearsal needs a take of the same dancing as the reference, and these "
            f"two match no better than two different dances (confidence "
            f"{best.confidence:.2f}, needed {UNSURE}). Check that they are the right "
            "files, or name the part with --from and --to."
        )
    if not FASTEST <= best.tempo <= SLOWEST:
        raise NothingToJudge(
            f"A take needs {FASTEST} to {SLOWEST} s for each second of the reference, "
            f"and this one has {best.tempo:.2f}. A frame rate in a header is likely "
            "wrong: write that file anew with 'repetiteur convert --fps'."
        )
    return best


def _rough(reference: Body, take: Body, side: SideMatch) -> Rough:
    ref = move(reference.mirrored() if side == "mirrored" else reference, ROUGH_HZ)
    other = move(take, ROUGH_HZ)
    found = warp(ref.features, other.features, aside=ASIDE_ROUGHLY, leave_out=LEAVE_OUT)
    i, j = found.path.T
    between = ref.features[i] - other.features[j]
    seen = np.isfinite(between).mean(axis=1) >= 0.5
    apart = np.where(seen, square(between), found.chance)
    turn = np.radians(other.heading[j] - ref.heading[i])
    facing = np.exp(1j * turn[np.isfinite(turn)]).sum()
    return Rough(
        side=side,
        tempo=_tempo(ref, other, found.path),
        facing=float(np.degrees(np.angle(facing))),
        cost=float(apart.mean()),
        chance=found.chance,
        covered=max(
            np.unique(i).size / ref.body.time.size,
            np.unique(j).size / other.body.time.size,
        ),
    )


def _tempo(ref: Movement, other: Movement, path: NDArray[np.int64]) -> float:
    """Take seconds per reference second where both move, breaks taken out."""
    i, j = path.T
    moving = np.minimum(ref.speed[i], other.speed[j])
    use = moving >= np.quantile(moving, 0.5)
    if np.unique(i[use]).size < 3:
        return 1.0
    going = without_breaks(path, breaks(path, ROUGH_HZ)) / ROUGH_HZ
    slope, _ = signals.robust_line(going[use, 0], going[use, 1], near=2.0 / ROUGH_HZ)
    return float(np.clip(slope, 0.01, 100.0))
