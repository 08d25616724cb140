"""Chains of steps drawn over the whole vocabulary, each danced a little otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np
import xarray as xr

from repetiteur.synthetic.dancer import SIDES, Dancer, Proportions
from repetiteur.synthetic.labels import Labels, Piece, labels
from repetiteur.synthetic.motion import make_clock
from repetiteur.synthetic.outside import OUTSIDE
from repetiteur.synthetic.passages import Here, Part, in_fifth
from repetiteur.synthetic.phrase import Phrase, dance
from repetiteur.synthetic.repertory import PASSAGES
from repetiteur.synthetic.steps import fifth_position
from repetiteur.synthetic.varied import varied

#: Key poses vary by as many degrees, limbs by this share, the speed of each step from
#: and to these multiples.
JITTER_DEG, LIMBS, TEMPI = 10.0, 0.08, (0.7, 1.4)
#: A dancer flies no longer, however slow the music, s.
_LONGEST_FLIGHT_S = 0.72
#: How often fifth is held between two steps, and for how long, s.
_HELD, _HELD_S = 0.35, (0.5, 1.1)


@dataclass(frozen=True)
class Chain(Labels):
    """A chain of steps: what is danced when, who dances it and how.

    Attributes
    ----------
    phrase : Phrase
    dancer : Dancer
    heading : float
        At the beginning, degrees.
    wait_s : float
        Seconds of standing before it.
    seed : int
        Of the noise.
    """

    phrase: Phrase
    dancer: Dancer
    heading: float
    wait_s: float
    seed: int

    def dance(self, *, fps: float = 60.0, noise: float = 0.01) -> xr.Dataset:
        """Dance it, with so much noise on each coordinate, metres."""
        return dance(
            self.phrase, self.dancer, fps=fps, heading=self.heading, noise=noise,
            seed=self.seed, wait_s=self.wait_s,
        )  # fmt: skip


def chain(
    rng: np.random.Generator,
    steps: int | None = None,
    outside: float = 0.2,
    *,
    only: Sequence[str] = (),
    jitter_deg: float = JITTER_DEG,
) -> Chain:
    """A chain of steps drawn from the whole vocabulary without repeating any.

    Parameters
    ----------
    rng : numpy.random.Generator
    steps : int, optional
        How many; 8 to 16 where not given.
    outside : float
        Share of the time that is movement outside the vocabulary.
    only : sequence of str
        Draw from these alone; all where empty.
    jitter_deg : float
        By how much each angle of each key pose may vary.

    Returns
    -------
    Chain

    Examples
    --------
    >>> one = chain(np.random.default_rng(1), steps=4)
    >>> len(one.truth) >= 4, one.dance(fps=30.0).sizes["space"]
    (True, 3)
    """
    names = sorted(only or PASSAGES)
    number = int(rng.integers(8, 17)) if steps is None else steps
    drawn = rng.permutation(np.resize(rng.permutation(names), max(number, 1)))
    here = Here(SIDES[int(rng.integers(2))], float(rng.uniform(-180.0, 180.0)), rng)
    start = fifth_position(here.front, counts=float(rng.uniform(0.6, 1.2)))
    pieces = [Piece((Part(start, "fifth_position", here.front),), "fifth_position")]
    pieces += _pieces([str(name) for name in drawn], here, outside)
    heading, wait_s = here.heading, float(rng.uniform(0.0, 0.5))
    poses = tuple(pose for p in pieces for part in p.parts for pose in part.poses)
    reached = np.cumsum([0.0, *(pose.counts for pose in poses)])
    times = make_clock(reached[-1], wait_s=wait_s).take_at(reached)
    times[0] = 0.0
    return Chain(
        **vars(labels(pieces, times)),
        phrase=Phrase(varied(poses, rng, jitter_deg) if jitter_deg else poses),
        dancer=_dancer(rng),
        heading=heading,
        wait_s=wait_s,
        seed=int(rng.integers(2**31)),
    )


def _pieces(names: Sequence[str], here: Here, outside: float) -> Iterator[Piece]:
    """The steps at their speeds, and what lies between them."""
    rng, free_s, all_s = here.rng, 0.0, 0.0
    for name in names:
        passage = PASSAGES[name](here)
        tempo = float(rng.uniform(*TEMPI))
        piece = Piece(tuple(_faster(p, tempo) for p in passage.parts), name)
        yield piece
        here = Here(passage.front, here.heading + passage.turn, rng)
        all_s += _lasting(piece)
        if rng.uniform() < _HELD:
            still = in_fifth(here.front, here.between(*_HELD_S))
            held = Piece((still,), "fifth_position")
            yield held
            all_s += _lasting(held)
        while free_s < outside * (all_s + free_s) and rng.uniform() < 0.7:
            kind = str(rng.choice(sorted(OUTSIDE)))
            part = _faster(Part(OUTSIDE[kind](here.front, rng)), rng.uniform(*TEMPI))
            yield Piece((part,), kind, outside=True)
            free_s += _lasting(Piece((part,), kind))


def _lasting(piece: Piece) -> float:
    return sum(pose.counts for part in piece.parts for pose in part.poses)


def _faster(part: Part, tempo: float) -> Part:
    """A part at another speed; flights stay within what a body can jump."""
    flight = sum(pose.counts for pose in part.poses if pose.aloft)
    flights = len([k for k, _ in groupby(p.aloft for p in part.poses) if k])
    most = _LONGEST_FLIGHT_S * flights
    slowest = max(tempo, flight / most) if flight else tempo
    return replace(
        part,
        poses=tuple(
            replace(p, counts=p.counts / (slowest if p.aloft else tempo))
            for p in part.poses
        ),
    )


def _dancer(rng: np.random.Generator) -> Dancer:
    """A body of its own: limbs longer or shorter, turnout and stature as they come."""
    names = Proportions.__dataclass_fields__
    shares = {
        name: getattr(Proportions(), name) * rng.uniform(1.0 - LIMBS, 1.0 + LIMBS)
        for name in names
    }
    return Dancer(
        stature=float(rng.uniform(1.40, 1.85)),
        proportions=Proportions(**shares),
        turnout_left=float(rng.uniform(50.0, 68.0)),
        turnout_right=float(rng.uniform(50.0, 68.0)),
    )
