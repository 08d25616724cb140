"""Notes on what is danced or not: left out, danced once more, in between, stood still.

They come from the breaks of the alignment. What lies before the first movement that the
two share, or after the last, is walking on and standing by, and is no note; where the
reference begins earlier or ends later than the take, that is among what is not judged,
for the recording may be what is short.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repetiteur.align.alignment import Alignment, Break
from repetiteur.align.features import Frame, move, square
from repetiteur.coaching.notes import frames
from repetiteur.coaching.timeline import GRID_HZ
from repetiteur.coaching.wording import Wording
from repetiteur.model.body import Body, Space
from repetiteur.model.findings import Difference, Evidence, Note, Presence, Span

Array = NDArray[np.float64]

#: Where a break begins and ends is known to about this, s: the poses on both sides of
#: it are often alike. An expert default, as is what follows.
END_S = 0.3
#: Half-width of the 90 % interval of its length: the difference of two ends, each
#: anywhere within ``END_S``, is triangular, and 90 % of it lie within this, s.
LENGTH_S = 2.0 * END_S * (1.0 - float(np.sqrt(0.1)))
#: Shorter breaks are not said, s. Half a second is a count of an allegro, and less is a
#: breath; standing a second longer in a pose is taste, or a good balance.
STEP_FLOOR_S, PAUSE_FLOOR_S = 0.5, 1.0
#: Breaks with less dancing than this between them are one, s.
ONE_BREAK_S = 0.5
#: Who is never further than this from one pose stands still (root mean square over the
#: bones, for nine tenths of the time; in a picture the tracker's errors are in it).
STILL: dict[Space, float] = {"3d": np.radians(6.0), "2d": np.radians(10.0)}


@dataclass(frozen=True)
class Gap:
    """A stretch that the two do not dance together, as it is said.

    ``length_s`` is take minus reference: seconds of the take more, or, below 0, seconds
    of the reference left out.
    """

    presence: Presence
    reference: Span
    take: Span
    length_s: float

    @property
    def difference(self) -> Difference:
        """The length with its interval."""
        length = self.length_s
        floor = PAUSE_FLOOR_S if self.presence == "paused" else STEP_FLOOR_S
        return Difference(length, "s", (length - LENGTH_S, length + LENGTH_S), floor)


def presence(
    alignment: Alignment, reference: Body, take: Body, wording: Wording
) -> tuple[Note, ...]:
    """A note for each step or bar that is left out, added or danced once more.

    Parameters
    ----------
    alignment : Alignment
    reference, take : Body
        As recorded.
    wording : Wording

    Returns
    -------
    tuple of Note
        Measure ``step_presence``, in the order of the take; ``missing`` with a
        difference below 0, ``extra`` above, in seconds.
    """
    return tuple(
        wording.worded(_note(gap, reference, take))
        for gap in gaps(alignment, take)
        if gap.difference.beyond_floor
    )


def gaps(alignment: Alignment, take: Body) -> list[Gap]:
    """What the two do not dance together between beginning and end."""
    gaps = [_gap(one, alignment.tempo_ratio, take) for one in _inner(alignment)]
    return [gap for gap in gaps if not _stands_by(gap, take)]


def whole(alignment: Alignment, take: Body, least_s: float) -> bool:
    """Whether both dance together from beginning to end.

    Parameters
    ----------
    alignment : Alignment
    take : Body
        As recorded.
    least_s : float
        What is left out at the ends does not count if it is shorter, s; any break in
        the middle does, be it said or not.
    """
    missing = (
        np.ptp(one.reference_s) for one in alignment.breaks if one.state == "skipped"
    )
    return not gaps(alignment, take) and max(missing, default=0.0) < least_s


def _inner(alignment: Alignment) -> list[list[Break]]:
    """Breaks with dancing before and after, those close to one another together.

    What is danced once more after the end is that, too; who goes over a bar before the
    beginning is practising.
    """
    danced = alignment.state == "danced"
    if not danced.any():
        return []
    both = alignment.reference_s[danced], alignment.take_s[danced]
    return [
        group
        for group in _groups(alignment.breaks)
        if _inside(group, both)
        or (group[0].state == "repeated" and group[0].take_s[0] > both[1][0])
    ]


def _groups(breaks: Sequence[Break]) -> list[list[Break]]:
    groups: list[list[Break]] = []
    for one in breaks:
        last = groups[-1][-1] if groups else one
        alone = "repeated" in (one.state, last.state)
        if not groups or alone or _between(last, one) > ONE_BREAK_S:
            groups.append([])
        groups[-1].append(one)
    return groups


def _between(one: Break, other: Break) -> float:
    """Seconds of dancing between two breaks."""
    return max(
        other.reference_s[0] - one.reference_s[1], other.take_s[0] - one.take_s[1]
    )


def _inside(group: Sequence[Break], danced: tuple[Array, Array]) -> bool:
    """Whether a group lies between the first and the last moment danced together."""
    slack = 1e-3
    spans = _hull(group)
    return all(
        bool(times[0] - slack <= span.start_s and span.end_s <= times[-1] + slack)
        for span, times in zip(spans, danced, strict=True)
    )


def _hull(group: Sequence[Break]) -> tuple[Span, Span]:
    """From the first to the last moment, in the reference and in the take."""
    first, last = group[0], group[-1]
    return (
        Span(first.reference_s[0], last.reference_s[1]),
        Span(first.take_s[0], last.take_s[1]),
    )


def _gap(group: Sequence[Break], tempo_ratio: float, take: Body) -> Gap:
    reference, during = _hull(group)
    if group[0].state == "repeated":
        return Gap("repeated", reference, during, during.end_s - during.start_s)
    left_out = float(sum(np.ptp(one.reference_s) for one in group))
    added = float(sum(np.ptp(one.take_s) for one in group))
    if min(left_out, added) > STEP_FLOOR_S + LENGTH_S:
        return Gap("replaced", reference, during, -left_out)
    more = added - left_out * tempo_ratio
    if more < 0.0:
        return Gap("skipped", reference, during, more / tempo_ratio)
    still = _still(take, during)
    return Gap("paused" if still else "extra", reference, during, more)


def _stands_by(gap: Gap, take: Body) -> bool:
    """Whether a pause goes back to the take's beginning, or on to its end.

    Where the reference, too, begins or ends standing, the two stand together there.
    """
    before = Span(float(take.time[0]), gap.take.end_s)
    after = Span(gap.take.start_s, float(take.time[-1]))
    return gap.presence == "paused" and (_still(take, before) or _still(take, after))


def _still(take: Body, span: Span) -> bool:
    """Whether the body stays in one pose, but at the ends of a stretch."""
    frame: Frame = "space" if take.space == "3d" else "picture"
    moved = move(take, GRID_HZ, frame)
    time = moved.body.time
    inside = (time >= span.start_s + END_S) & (time <= span.end_s - END_S)
    rows = moved.features[inside]
    if not np.isfinite(rows).any():
        return False
    seen = rows[:, np.isfinite(rows).any(axis=0)]
    off = np.sqrt(square(seen - np.nanmedian(seen, axis=0)))
    return bool(np.quantile(off, 0.9) < STILL[take.space])


def _note(gap: Gap, reference: Body, take: Body) -> Note:
    missing = gap.length_s < 0.0
    return Note(
        measure="step_presence",
        side=None,
        kind="missing" if missing else "extra",
        priority="rhythm",
        take=gap.take,
        reference=gap.reference,
        at_take_s=gap.take.start_s if gap.presence == "skipped" else _middle(gap.take),
        at_reference_s=_middle(gap.reference),
        difference=gap.difference,
        reference_value=float("nan"),
        take_value=float("nan"),
        text="",
        reason="",
        place="",
        evidence=Evidence(
            frames(gap.take, take.time), frames(gap.reference, reference.time)
        ),
        presence=gap.presence,
    )


def _middle(span: Span) -> float:
    return 0.5 * (span.start_s + span.end_s)
