"""What is no fault: another tempo, body, place, side, instrument."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from planting_body import draw_bones


@dataclass(frozen=True)
class Variation:
    """What is no fault.

    Attributes
    ----------
    tempo : float
        Take seconds per reference second.
    rubato : float
        How far the tempo wanders about itself, as the logarithm of the largest ratio.
    wobble_s : float
        Largest lateness that comes and goes by itself.
    start_s : float
        The take's first moment on its own clock.
    scale : float
        Of the body.
    shape_deg : float
        Root mean square of the slow variation of each bone's direction (trunk and head
        half of it): nobody dances a phrase the same twice.
    bones : mapping of str to float
        Length of a bone over the reference's, by the names of ``GROUPS``, with a side
        where the sides differ (``left_thigh``); 1 where none is given.
    facing_deg : float
        Positive to the dancer's left.
    place_m : (float, float)
        x and z on the floor.
    fps : float
    noise_m : float
        Standard deviation on each coordinate of each keypoint, white.
    side : "same" or "mirrored"
    """

    tempo: float = 1.0
    rubato: float = 0.0
    wobble_s: float = 0.0
    start_s: float = 0.0
    scale: float = 1.0
    shape_deg: float = 0.0
    bones: Mapping[str, float] = field(default_factory=dict)
    facing_deg: float = 0.0
    place_m: tuple[float, float] = (0.0, 0.0)
    fps: float = 60.0
    noise_m: float = 0.0
    side: str = "same"


@dataclass(frozen=True)
class Ranges:
    """Between what a variation is drawn; a pair is lowest and highest.

    With ``rubato`` the tempo may wander through as much of its range as is left.
    """

    tempo: tuple[float, float] = (0.85, 1.15)
    rubato: bool = False
    wobble_s: tuple[float, float] = (0.0, 0.04)
    start_s: tuple[float, float] = (0.0, 3.0)
    scale: tuple[float, float] = (0.85, 1.15)
    shape_deg: tuple[float, float] = (0.0, 0.0)
    bones: float = 0.08
    facing_deg: float = 180.0
    place_m: float = 2.0
    fps: tuple[float, float] = (30.0, 120.0)
    noise_m: tuple[float, float] = (0.0, 0.005)
    mirrored: float = 0.5


#: The widest that lining up has to bear.
WIDE = Ranges(tempo=(0.6, 1.6), noise_m=(0.02, 0.02))
RUBATO = replace(WIDE, rubato=True)


def draw_variation(rng: np.random.Generator, within: Ranges | None = None) -> Variation:
    """A variation; tempo and frame rate even on a scale of ratios."""
    r = within or Ranges()
    bones = draw_bones(rng, r.bones)
    low, high = np.log(r.tempo)
    tempo = float(rng.uniform(low, high))
    room = min(tempo - low, high - tempo)
    return Variation(
        tempo=float(np.exp(tempo)),
        rubato=float(rng.uniform(0.5, 1.0) * room) if r.rubato else 0.0,
        wobble_s=float(rng.uniform(*r.wobble_s)),
        start_s=float(rng.uniform(*r.start_s)),
        scale=float(rng.uniform(*r.scale)),
        shape_deg=float(rng.uniform(*r.shape_deg)),
        bones=bones,
        facing_deg=float(rng.uniform(-r.facing_deg, r.facing_deg)),
        place_m=tuple(rng.uniform(-r.place_m, r.place_m, 2).tolist()),
        fps=float(np.exp(rng.uniform(*np.log(r.fps)))),
        noise_m=float(rng.uniform(*r.noise_m)),
        side="mirrored" if rng.uniform() < r.mirrored else "same",
    )
