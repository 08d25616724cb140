"""What the program finds: moments, notes, lateness, and what it could not judge.

All times are seconds, all sides the dancer's own in the take as recorded. Every
value has a 90 % interval, or there is a :class:`NotJudged` in its place.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from repetiteur.model.skeletons import Side

Kind = Literal[
    "less", "more", "late", "early", "missing", "extra", "asymmetric", "unsafe"
]
Priority = Literal["safety", "placement", "rhythm", "line", "artistry"]
PRIORITIES: tuple[Priority, ...] = (
    "safety",
    "placement",
    "rhythm",
    "line",
    "artistry",
)


@dataclass(frozen=True)
class Span:
    """A stretch of time in one recording, in seconds."""

    start_s: float
    end_s: float


@dataclass(frozen=True)
class Difference:
    """Take minus reference, with its 90 % interval and the floor under notes.

    ``floor`` is the noise: what one dancer varies by from run to run. A difference is
    said when its whole interval lies beyond it.
    """

    value: float
    unit: str
    interval90: tuple[float, float]
    floor: float

    @property
    def beyond_floor(self) -> bool:
        """Whether the whole interval lies outside the floor.

        Examples
        --------
        >>> Difference(-12.0, "deg", (-15.0, -9.0), 5.0).beyond_floor
        True
        >>> Difference(-7.0, "deg", (-11.0, -3.0), 5.0).beyond_floor
        False
        """
        low, high = self.interval90
        return low > self.floor or high < -self.floor


@dataclass(frozen=True)
class Evidence:
    """The frames of both recordings that a note points at, first and last."""

    take_frames: tuple[int, int]
    reference_frames: tuple[int, int]


@dataclass(frozen=True)
class Note:
    """One thing worth saying, with its place, its size and its evidence.

    ``at_take_s`` and ``at_reference_s`` are the moment at which the difference
    shows best. ``reference_value`` and ``take_value`` are what was measured there,
    in the difference's unit (for lateness: NaN). ``symptoms`` are measures that
    changed with this one and are not said again.
    """

    measure: str
    side: Side | Literal["both"] | None
    kind: Kind
    priority: Priority
    take: Span
    reference: Span
    at_take_s: float
    at_reference_s: float
    difference: Difference
    reference_value: float
    take_value: float
    text: str
    reason: str
    place: str
    evidence: Evidence
    also: tuple[Span, ...] = ()
    symptoms: tuple[str, ...] = ()
    step: str | None = None
    count: str | None = None


@dataclass(frozen=True)
class Lateness:
    """How late the take is at one moment (positive = late), in seconds."""

    count: str
    reference_s: float
    take_s: float
    late_s: float
    interval90: tuple[float, float]


@dataclass(frozen=True)
class Strength:
    """Something that was as in the reference, where that is worth saying."""

    measure: str
    text: str


@dataclass(frozen=True)
class NotJudged:
    """A measure that could not be judged, why, and how to film it.

    ``spans`` are in the reference's seconds; none means "nowhere".
    """

    measure: str
    reason: str
    how_to_film: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Findings:
    """All that one comparison of a take with its reference found."""

    notes: tuple[Note, ...]
    timing: tuple[Lateness, ...]
    within_floor: int
    strengths: tuple[Strength, ...] = ()
    not_judged: tuple[NotJudged, ...] = field(default=())
