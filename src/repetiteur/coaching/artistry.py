"""Notes on how a take is danced, where no other note says why it is danced so.

What a quality of movement differs by (:mod:`repetiteur.expression.compare`) is
described and not judged. A leg that stays low or a phrase that comes late changes the
energy of a dance, too: so a quality is said where it differs in windows in which
nothing else is said that would explain it. What is not said stands in the report's
section on expression.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repetiteur.coaching.explained import explained
from repetiteur.coaching.notes import frames
from repetiteur.coaching.references import from_one_side
from repetiteur.coaching.timeline import Timeline
from repetiteur.coaching.wording import Wording
from repetiteur.expression.beside import Beside, Told
from repetiteur.expression.compare import FEWEST, PARTS, Expression, Finding
from repetiteur.expression.descriptors import Descriptor
from repetiteur.model.findings import Evidence, Note, Span

Array = NDArray[np.float64]

#: A rehearsal has no more of these notes.
MOST = 2
#: Qualities that are no note by themselves. How much is moved, alone, tells manners of
#: dancing apart no better than chance does, and where a body nearly stands its own sway
#: is a large share of it. By how much one dancer's landings vary, no recording at hand
#: tells; what is not safe in them is said by notes of their own.
NO_NOTES = frozenset({"quantity_of_motion", "effort_weight.landing"})


@dataclass(frozen=True)
class Part:
    """A stretch in which a quality differs, and not by what other notes say alone.

    Attributes
    ----------
    windows : (some,) int
        Those of the stretch that are known.
    told : Told
        The difference over them.
    """

    windows: NDArray[np.intp]
    told: Told

    @classmethod
    def over(cls, course: Beside, windows: NDArray[np.intp]) -> Part:
        """That of a course over some windows."""
        return cls(windows, course.told(windows))

    @property
    def extent(self) -> float:
        """What is sure of the size, in floors, times the number of windows."""
        gap = self.told.difference
        sure = min(map(abs, gap.interval90)) / abs(gap.value)
        return sure * abs(self.told.in_floors) * self.windows.size


@dataclass(frozen=True)
class Quality:
    """A finding with its parts that stand, the largest first."""

    course: Beside
    parts: tuple[Part, ...]

    @property
    def descriptor(self) -> Descriptor:
        """What differs."""
        return self.course.descriptor


def tells(quality: Descriptor, line: Timeline) -> bool:
    """Whether two recordings tell enough of a quality for a note.

    What bodies look like in a picture, and not how they move, hangs on where the camera
    stood: notes on shape have the doubt about that in them, and qualities have not.

    Parameters
    ----------
    quality : Descriptor
    line : Timeline
        Of the two.
    """
    if quality.id in NO_NOTES:
        return False
    return line.apart is None or (quality.axis == "energy" and from_one_side(line))


def qualities(
    told: Expression,
    said: Sequence[Note],
    line: Timeline,
    wording: Wording,
    times: tuple[Array, Array],
) -> tuple[Note, ...]:
    """Notes on qualities that no other note explains, at most :data:`MOST`.

    Parameters
    ----------
    told : Expression
    said : sequence of Note
        All other notes of the take.
    line : Timeline
    wording : Wording
    times : (reference, take)
        Times of the recordings' frames in seconds, for the evidence.

    Returns
    -------
    tuple of Note
        Of priority ``artistry``, the largest first. Of several qualities of one axis at
        one place the largest speaks, and the others are its symptoms.
    """
    standing = sorted(_standing(told, said, line), key=lambda one: -one.parts[0].extent)
    spoken: list[list[Quality]] = []
    for one in standing:
        mine = (group for group in spoken if _together(group[0], one, told))
        group = next(mine, None)
        if group is None:
            spoken.append([one])
        else:
            group.append(one)
    return tuple(wording.worded(_note(group, told, times)) for group in spoken[:MOST])


def _standing(
    told: Expression, said: Sequence[Note], line: Timeline
) -> Iterator[Quality]:
    """Findings that stand where nothing explains them, with the parts that do."""
    courses = {course.descriptor.id: course for course in told.courses}
    for finding in told.findings:
        if not tells(finding.descriptor, line):
            continue
        course = courses[finding.descriptor.id]
        free = course.known & ~explained(finding, told, said)
        parts = _parts(finding, course, told.windows, free)
        if parts:
            yield Quality(course, parts)


def _parts(
    finding: Finding,
    course: Beside,
    windows: Sequence[Span],
    free: NDArray[np.bool_],
) -> tuple[Part, ...]:
    """The parts of a finding that stand by what is free of them, the largest first."""
    least = 1.0 if finding.whole else PARTS
    way = np.sign(finding.told.in_floors)
    found = []
    for span in (finding.reference, *finding.also):
        here = inside(windows, span)
        alone = np.flatnonzero(here & free)
        if alone.size < FEWEST:
            continue
        told = course.told(alone)
        if told.difference.beyond_floor and way * told.in_floors >= least:
            part = Part.over(course, np.flatnonzero(here & course.known))
            found += [part] if finding.whole or _lively(part, course) else []
    return tuple(sorted(found, key=lambda part: -part.extent))


def _lively(part: Part, course: Beside) -> bool:
    """Whether either moves there as much as the reference does over the phrase.

    In a stretch where both are nearly still, a balance, what sways a little more is far
    more energetic by its share, and in the phrase it is nothing.
    """
    if not course.descriptor.still:
        return True
    most = max(part.told.reference, part.told.take)
    return most >= course.told().reference


def inside(windows: Sequence[Span], span: Span) -> NDArray[np.bool_]:
    """Windows that lie in a stretch, (windows,); files round to milliseconds.

    Parameters
    ----------
    windows : sequence of Span
    span : Span
        In seconds of the same recording.

    Examples
    --------
    >>> inside([Span(0.0, 2.0), Span(1.0, 3.0)], Span(0.9996, 3.0)).tolist()
    [False, True]
    """
    near = 1e-3
    return np.array(
        [
            one.start_s >= span.start_s - near and one.end_s <= span.end_s + near
            for one in windows
        ],
        dtype=bool,
    )


def _together(one: Quality, other: Quality, told: Expression) -> bool:
    """Whether two are of one axis and share a third of the shorter one's time."""
    if _family(one) != _family(other):
        return False
    a, b = (_span(told.windows, quality.parts[0]) for quality in (one, other))
    shared = min(a.end_s, b.end_s) - max(a.start_s, b.start_s)
    return shared >= min(a.end_s - a.start_s, b.end_s - b.start_s) / 3


def _family(one: Quality) -> str:
    """The axis; of what has none what it is called before the point."""
    return one.descriptor.axis or one.descriptor.id.partition(".")[0]


def _span(windows: Sequence[Span], part: Part) -> Span:
    first, last = part.windows[[0, -1]]
    return Span(windows[first].start_s, windows[last].end_s)


def _note(
    group: Sequence[Quality], told: Expression, times: tuple[Array, Array]
) -> Note:
    """The first of a group as a note, without words; the others are its symptoms."""
    one, *symptoms = group
    part, *others = one.parts
    take, reference = (
        _span(windows, part) for windows in (told.take_windows, told.windows)
    )
    at_take_s, at_reference_s = (
        _middle(windows[_most(one.course, part)])
        for windows in (told.take_windows, told.windows)
    )
    values = _shown(one.course, part.told)
    return Note(
        measure=one.descriptor.id,
        side=None,
        kind="more" if part.told.difference.value > 0.0 else "less",
        priority="artistry",
        take=take,
        reference=reference,
        at_take_s=at_take_s,
        at_reference_s=at_reference_s,
        difference=part.told.difference,
        reference_value=values[0],
        take_value=values[1],
        text="",
        reason="",
        place="",
        evidence=Evidence(frames(take, times[1]), frames(reference, times[0])),
        also=tuple(_span(told.take_windows, other) for other in others),
        symptoms=tuple(sorted(other.descriptor.id for other in symptoms)),
        spread=values[2],
    )


def _most(course: Beside, part: Part) -> int:
    """The window of a part in which it shows best."""
    way = np.sign(part.told.difference.value)
    return int(part.windows[np.argmax(way * course.beyond[part.windows])])


def _middle(window: Span) -> float:
    return 0.5 * (window.start_s + window.end_s)


def _shown(
    course: Beside, told: Told
) -> tuple[float, float, tuple[float, float] | None]:
    """Reference, take and spread in the difference's unit: of shares 100 and so on."""
    scale = 100.0 / told.reference if course.descriptor.relative else 1.0
    spread = None
    if told.spread is not None:
        spread = scale * told.spread[0], scale * told.spread[1]
    return scale * told.reference, scale * told.take, spread
