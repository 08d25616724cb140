"""What the program finds: moments, notes, lateness, and what it could not judge.

All times are seconds, all sides the dancer's own in the take as recorded. Every
value has a 90 % interval, or there is a :class:`NotJudged` in its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from repetiteur.model.skeletons import Side

Kind = Literal[
    "less", "more", "late", "early", "missing", "extra", "asymmetric", "unsafe"
]
Priority = Literal["safety", "placement", "rhythm", "line", "artistry"]
#: Why a step is there or not: left out, left out for something else, danced though the
#: reference has none, danced once more, or stood still for.
Presence = Literal["skipped", "replaced", "extra", "repeated", "paused"]
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
    changed with this one and are not said again. ``spread`` is what several references
    have between them there, from whose nearest edge the difference counts; None with
    one alone. ``presence`` says why a step is there or not; None for all other notes.
    ``step`` is the id of the step that it falls on and ``phase`` its phase; None where
    steps were not told apart.
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
    spread: tuple[float, float] | None = None
    presence: Presence | None = None
    phase: str | None = None


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
class Measurement:
    """One number (or name) that was measured in one recording, with its interval.

    Attributes
    ----------
    measure : str
        Its id.
    side : {"left", "right"} or None
        The dancer's own: the leg or arm that was measured; of a turn, the way it turns.
    moment : str
        What it was measured on: ``turn``, ``flight``, ``balance``, ``plie`` ...
    span : Span
        When.
    value : float or str
        In ``unit``; a name where the unit is ``label``.
    unit : str
    interval90 : (low, high)
        In ``unit``; of a name twice itself: the instrument leaves no other open.
    evidence : (int, int)
        First and last frame.
    step : str or None
        Id of the step that it belongs to, where steps were told.
    phase : str or None
        The phase of that step, where one overlaps.
    """

    measure: str
    side: Side | None
    moment: str
    span: Span
    value: float | str
    unit: str
    interval90: tuple[float, float] | tuple[str, str]
    evidence: tuple[int, int]
    step: str | None = None
    phase: str | None = None


@dataclass(frozen=True)
class Measured:
    """All that was measured of one dancer in one recording, and what was not."""

    measurements: tuple[Measurement, ...]
    not_judged: tuple[NotJudged, ...] = ()


@dataclass(frozen=True)
class Apartness:
    """An angle, degrees, with its 90 % interval."""

    value: float
    interval90: tuple[float, float]


@dataclass(frozen=True)
class PoseDistance:
    """How far the pose as a whole is from the reference's, and each bone by name."""

    whole: Apartness
    bones: Mapping[str, Apartness]


@dataclass(frozen=True)
class Findings:
    """All that one comparison of a take with its reference found.

    ``pose_distance`` is None where one camera saw them, whose depth is a guess.
    """

    notes: tuple[Note, ...]
    timing: tuple[Lateness, ...]
    within_floor: int
    strengths: tuple[Strength, ...] = ()
    not_judged: tuple[NotJudged, ...] = field(default=())
    pose_distance: PoseDistance | None = None
