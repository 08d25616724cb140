"""Dancing to music: counts on a tempo curve, and a dancer who is late on them.

A phrase is a row of steps, each with the key pose that is to be on a count. The music
has a tempo that goes up and down; every key pose is danced when the music gets there,
later by what is planted, and by another small amount at each step.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from repetiteur.model.body import Body
from repetiteur.model.counts import Counts, counted
from repetiteur.model.poses import body_of
from repetiteur.synthetic import Dancer, Phrase, Proportions, dance
from repetiteur.synthetic.barre import degage, grand_battement
from repetiteur.synthetic.jumps import changement, saute
from repetiteur.synthetic.keyposes import KeyPose, Step, other
from repetiteur.synthetic.steps import (
    battement_tendu,
    demi_plie,
    fifth_position,
    hold,
)

Array = NDArray[np.float64]
Piece = Literal["allegro", "battements", "tendus", "plies", "class"]
PIECES: tuple[Piece, ...] = ("allegro", "battements", "tendus", "plies", "class")
#: Arrivals by the key pose that shows them.
SHOWS = {
    "saute.flight": "landing",
    "changement.beat": "landing",
    "degage.peak": "extension",
    "degage.brush_in": "closing",
    "grand_battement.peak": "extension",
    "grand_battement.brush_in": "closing",
    "battement_tendu.brush_in": "closing",
    "demi_plie.bottom": "plie",
}
#: Which of them each step puts on the count.
ON_THE_COUNT = {
    "saute": "saute.flight",
    "changement": "changement.beat",
    "degage": "degage.peak",
    "grand_battement": "grand_battement.peak",
    "battement_tendu": "battement_tendu.brush_in",
    "demi_plie": "demi_plie.bottom",
}
FPS = (60.0, 100.0, 120.0)


@dataclass(frozen=True)
class Danced:
    """A dancer to music, and the truth of it.

    Attributes
    ----------
    poses : xarray.Dataset
        In space.
    counts : Counts
    late_s : float
        What was planted.
    steady_s : float
        Standard deviation of each step about it.
    arrivals : tuple of (str, float, bool)
        Kind, seconds, and whether it was to be on a count.
    """

    poses: xr.Dataset
    counts: Counts
    late_s: float
    steady_s: float
    arrivals: tuple[tuple[str, float, bool], ...]

    @property
    def body(self) -> Body:
        """As motion capture has it."""
        return body_of(self.poses)


def music(
    rng: np.random.Generator, beats: int, *, bpm: float, wander: float = 0.15
) -> Counts:
    """Counts whose tempo goes up and down by up to ``wander``."""
    along = np.arange(beats)
    waves = sum(
        rng.normal() * np.sin(2.0 * np.pi * (k * along / beats + rng.uniform()))
        for k in (1, 2, 3)
    )
    shape = waves / max(float(np.abs(waves).max()), 1e-9)
    gaps = 60.0 / bpm * np.exp(wander * shape)
    return counted(1.0 + np.cumsum(gaps), metre=4, one=0)


def steps_of(piece: Piece, rng: np.random.Generator) -> list[tuple[str, Step]]:
    """Steps of a piece, with the name of each: as many as fill a minute."""
    front = "left"

    def jump() -> tuple[str, Step]:
        return "saute", saute(float(rng.uniform(0.35, 0.45)))

    def beaten() -> tuple[str, Step]:
        nonlocal front
        made = changement(front, float(rng.uniform(0.35, 0.45)))
        front = other(front)
        return "changement", made

    def brushed() -> tuple[str, Step]:
        return "degage", degage(front, "devant", rng.uniform(35.0, 50.0), counts=1.4)

    def thrown() -> tuple[str, Step]:
        made = grand_battement(front, "devant", rng.uniform(80.0, 105.0), counts=2.6)
        return "grand_battement", made

    def tendu() -> tuple[str, Step]:
        return "battement_tendu", battement_tendu(front, "devant", counts=1.8)

    def bend() -> tuple[str, Step]:
        return "demi_plie", demi_plie(counts=float(rng.uniform(1.8, 2.4)))

    kinds: dict[Piece, Sequence[Callable[[], tuple[str, Step]]]] = {
        "allegro": (jump, beaten),
        "battements": (brushed, thrown),
        "tendus": (tendu,),
        "plies": (bend,),
        "class": (jump, beaten, brushed, thrown, tendu, bend),
    }
    chosen = kinds[piece]
    return [chosen[int(rng.integers(len(chosen)))]() for _ in range(18)]


def perform(
    piece: Piece,
    rng: np.random.Generator,
    *,
    late_s: float = 0.0,
    steady_s: float = 0.025,
    wander: float = 0.15,
    follows: float = 0.0,
    noise_m: float = 0.003,
) -> Danced:
    """Dance a piece to its music, whose tempo goes up and down by up to ``wander``.

    The dancer's own tempo does so ``follows`` counts later.
    """
    bpm = float(rng.uniform(80.0, 130.0))
    poses, beats, on = laid(steps_of(piece, rng), 60.0 / bpm)
    counts = music(rng, int(np.ceil(beats[-1])) + 4, bpm=bpm, wander=wander)
    at = np.interp(beats, np.arange(len(counts)), own_clock(counts, follows))
    marks = np.flatnonzero(on)
    own = late_s + steady_s * rng.standard_normal(marks.size)
    who, heading = dancer(rng), float(rng.uniform(-180.0, 180.0))
    early = early_feet(poses, at, who)
    own_at = np.interp(np.arange(beats.size), marks, own + early[marks])
    times = at + own_at
    shown = dance(
        timed(poses, times), who, fps=float(rng.choice(FPS)), noise=noise_m,
        heading=heading, seed=int(rng.integers(2**31)),
    )  # fmt: skip
    return Danced(shown, counts, late_s, steady_s, shown_by(poses, times - early, on))


def own_clock(counts: Counts, follows: float) -> Array:
    """When a dancer whose tempo follows the music's would count, seconds."""
    gaps = np.diff(counts.time_s)
    number = np.arange(gaps.size)
    own = np.interp(number - follows, number, gaps)
    clock = counts.time_s[0] + np.concatenate([[0.0], np.cumsum(own)])
    return np.asarray(clock + np.median(counts.time_s - clock))


def timed(poses: Sequence[KeyPose], times: Array) -> Phrase:
    """The phrase whose key poses are reached at these times, seconds."""
    took = np.diff(times, prepend=0.0)
    return Phrase(
        tuple(
            replace(pose, counts=float(one))
            for pose, one in zip(poses, took, strict=True)
        )
    )


def early_feet(poses: Sequence[KeyPose], times: Array, who: Dancer) -> Array:
    """How long before its key pose each closing foot is there, seconds; else 0.

    The last of a reach is so slow that nobody sees it: the foot is there when a
    fiftieth of its way is left. A dancer who closes on the count is there then.
    """
    body = body_of(dance(timed(poses, times), who, fps=200.0))
    toes = np.stack([body["left_toe"], body["right_toe"]])
    out = np.zeros(times.size)
    for k, (pose, when) in enumerate(zip(poses, times, strict=True)):
        if SHOWS.get(pose.name) != "closing" or "fifth" not in str(pose.feet):
            continue
        a, b = np.searchsorted(body.time, [when - 0.5, when])
        away = np.linalg.norm(toes[:, a : b + 1] - toes[:, b : b + 1], axis=2)
        away = away[away.max(axis=1).argmax()]
        there = np.flatnonzero(away > 0.02 * away.max())[-1] + 1
        out[k] = when - body.time[a + there]
    return out


def shown_by(
    poses: Sequence[KeyPose], times: Array, on: NDArray[np.bool_]
) -> tuple[tuple[str, float, bool], ...]:
    """The arrivals of a phrase."""
    return tuple(
        (SHOWS[pose.name], float(when), bool(count))
        for k, (pose, when, count) in enumerate(zip(poses, times, on, strict=True))
        if pose.name in SHOWS and not (pose.aloft and poses[k + 1].aloft)
        and not (pose.name.endswith("brush_in") and "fifth" not in str(pose.feet))
    )  # fmt: skip


def laid(
    steps: Sequence[tuple[str, Step]], beat_s: float
) -> tuple[list[KeyPose], Array, NDArray[np.bool_]]:
    """Key poses in order, when each is reached in beats, and which are on a count."""
    poses: list[KeyPose] = [*fifth_position("left", counts=1.0)]
    beats, on = [1.0], [False]
    for name, step in steps:
        took = np.cumsum([pose.counts for pose in step]) / beat_s
        names = [pose.name for pose in step]
        main = len(names) - 1 - names[::-1].index(ON_THE_COUNT[name])
        begins = np.ceil(beats[-1] + 0.2 + took[main]) - took[main]
        poses += [hold(f"{name}.wait", 1.0), *step]
        beats += [float(begins), *(begins + took).tolist()]
        on += [False, *(k == main for k in range(len(step)))]
    return poses, np.array(beats), np.array(on)


def dancer(rng: np.random.Generator) -> Dancer:
    """A body of its own."""
    return Dancer(
        stature=float(rng.uniform(1.45, 1.85)),
        proportions=Proportions(thigh=float(rng.uniform(0.235, 0.255))),
        turnout_left=float(rng.uniform(50.0, 68.0)),
        turnout_right=float(rng.uniform(50.0, 68.0)),
    )
