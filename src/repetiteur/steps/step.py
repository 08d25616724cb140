"""One step that was danced, with its name and the reason for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from repetiteur.model.skeletons import Side


@dataclass(frozen=True)
class Step:
    """A step or position that was recognised.

    Attributes
    ----------
    id : str
        As in the vocabulary: ``developpe``.
    side : {"left", "right"} or None
        The working leg; of a turn or jump on two feet, the way it goes, or the foot
        that is in front at its end; None where both do the same.
    start_s, end_s : float
        Seconds.
    confidence : float
        0 to 1: of steps named with 0.8, eight in ten are what they are called.
    runner_up : str or None
        The next best name; None where no other comes near.
    undecided : bool
        Whether the two could not be told apart: "third or fifth".
    phases : mapping of str to (float, float)
        Start and end of each phase of the vocabulary, seconds; an instant has both
        alike.
    because : tuple of str
        Why it is that, and what told it from the next best.
    attributes : mapping of str to str or float
        Facing, direction, height, arms ... as far as they were seen.
    """

    id: str
    side: Side | None
    start_s: float
    end_s: float
    confidence: float
    runner_up: str | None = None
    undecided: bool = False
    phases: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    because: tuple[str, ...] = ()
    attributes: Mapping[str, str | float] = field(default_factory=dict)
