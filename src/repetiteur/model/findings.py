"""What the program finds: moments, notes, lateness, and what it could not judge.

All times are seconds, all sides the dancer's own in the take as recorded. Every
value has a 90 % interval, or there is a :class:`NotJudged` in its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from repetiteur.model.skeletons import Side

Kind = Literal[
    "less", "more", "late", "early", "missing", "extra", "asymmetric", "unsafe"
]
Priority = Literal["safety", "placement", "rhythm", "line", "artistry"]
#: What a noise floor rests on: a declared default, or a dancer's own takes.
Basis = Literal["declared", "repeats"]
#: Why a step is there or not: left out, left out for something else, danced though the
#: reference has none, danced once more, or stood still for.
Presence = Literal["skipped", "replaced", "extra", "repeated", "paused"]
#: What lateness counts from: one tempo of the reference, or the music that both heard.
Against = Literal["reference", "music"]
#: What became of an earlier note: see :class:`Correction`.
State = Literal["kept", "improved", "lost", "not_seen"]
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
    steps were not told apart. ``count`` is that of the music, "2·5", None where it is
    not known; ``against`` what lateness counts from.
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
    against: Against = "reference"


@dataclass(frozen=True)
class Lateness:
    """How late the take is at one moment (positive = late), in seconds.

    ``count`` is the count of the music, "2·5", or without music the second.
    """

    count: str
    reference_s: float
    take_s: float
    late_s: float
    interval90: tuple[float, float]
    against: Against = "reference"


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

    def with_all(self, other: Measured) -> Measured:
        """What was measured here and there."""
        return Measured(
            (*self.measurements, *other.measurements),
            (*self.not_judged, *other.not_judged),
        )


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
class Floor:
    """The floor of one measure on one side, and what it rests on.

    Attributes
    ----------
    measure : str
    side : {"left", "right"} or None
    unit : str
    value : float
        Smaller differences are not said.
    takes : int
        How many takes of the dancer it rests on; 1 where it is the declared one.
    typical_error : float or None
        What single takes vary by about the dancer's own level, the instrument in it;
        None where it is the declared one.
    interval90 : (low, high) or None
        Of the typical error.
    own : float
        Standard deviation of the dancer's own repeats that the floor is made of.
    """

    measure: str
    side: Side | None
    unit: str
    value: float
    own: float
    takes: int = 1
    typical_error: float | None = None
    interval90: tuple[float, float] | None = None

    @property
    def basis(self) -> Basis:
        """What it rests on."""
        return "declared" if self.typical_error is None else "repeats"


@dataclass(frozen=True)
class Change:
    """How much a difference changed from one take to another: now minus then."""

    value: float
    unit: str
    interval90: tuple[float, float]


@dataclass(frozen=True)
class Correction:
    """What became of an earlier note: the ledger's line for it.

    Attributes
    ----------
    source : str
        The take that it was given on.
    note : str
        Its id among the notes of that take.
    measure : str
    side : {"left", "right", "both"} or None
    reference : Span
        Where it was, in the reference.
    state : {"kept", "improved", "lost", "not_seen"}
        ``improved``: the difference is smaller, beyond the doubt about both. ``lost``:
        it is larger, likewise, or overdone. ``kept``: neither is sure. ``not_seen``:
        the place was not danced or not seen.
    then, now : Difference
        Take minus reference in that take and in this one; now is None where nothing was
        measured, and ``reason`` says why.
    change : Change or None
        Now minus then: towards 0 is nearer to the reference, the way that ``then``
        points is further from it.
    reason : str
        Why it is not seen; empty of the others.
    """

    source: str
    note: str
    measure: str
    side: Side | Literal["both"] | None
    reference: Span
    state: State
    then: Difference
    now: Difference | None = None
    change: Change | None = None
    reason: str = ""


@dataclass(frozen=True)
class Course:
    """One measure of both over the phrase, timing taken out: what a chart draws.

    Attributes
    ----------
    measure : str
        Id of the curve.
    side : {"left", "right"} or None
    unit : str
    floor : float
        Smaller differences are not said.
    reference_s, take_s : (time,) float
        Moments of the reference, and those of the take beside them, seconds; the take's
        are NaN where it does not dance them, or not surely.
    reference, take : (time,) float
        NaN in both where either was not judged.
    sd : (time,) float
        Standard deviation that the instruments add to take minus reference.
    low, high : (time,) float or None
        What several references have between them; None with one alone.
    """

    measure: str
    side: Side | None
    unit: str
    floor: float
    reference_s: NDArray[np.float64]
    take_s: NDArray[np.float64]
    reference: NDArray[np.float64]
    take: NDArray[np.float64]
    sd: NDArray[np.float64]
    low: NDArray[np.float64] | None = None
    high: NDArray[np.float64] | None = None


@dataclass(frozen=True)
class Findings:
    """All that one comparison of a take with its reference found.

    ``pose_distance`` is None where one camera saw them, whose depth is a guess.
    ``floors`` are those under the notes where the dancer has several takes; empty where
    they are the declared ones. ``earlier`` says what became of the notes of earlier
    rehearsals; None where none was named. ``courses`` are the curves of the measures
    that notes speak of.
    """

    notes: tuple[Note, ...]
    timing: tuple[Lateness, ...]
    within_floor: int
    strengths: tuple[Strength, ...] = ()
    not_judged: tuple[NotJudged, ...] = field(default=())
    pose_distance: PoseDistance | None = None
    floors: tuple[Floor, ...] = ()
    earlier: tuple[Correction, ...] | None = None
    courses: tuple[Course, ...] = field(default=(), compare=False)
