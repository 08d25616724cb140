"""Taking all measures of one body, each with its interval, or why it was not judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from repetiteur.kinematics.found_again import Progress
from repetiteur.kinematics.movement import movement_of
from repetiteur.model.body import Body
from repetiteur.model.findings import Measured, NotJudged, Span
from repetiteur.technique.in_picture import in_the_picture
from repetiteur.technique.in_space import in_space
from repetiteur.technique.measure import Measure, measures
from repetiteur.technique.moments import moments_of
from repetiteur.technique.unmoved import nothing_to_take


def take(
    body: Body,
    *,
    only: Iterable[str] | None = None,
    progress: Progress | None = None,
) -> Measured:
    """Take the measures of a body.

    Parameters
    ----------
    body : Body
        In space, or seen by one camera; with the errors of its points.
    only : iterable of str, optional
        Ids of the measures to take; by default all.
    progress : callable, optional
        ``progress(done, total)``, called after each noisy copy.

    Returns
    -------
    Measured
        Measurements in order of time, and what was not judged.

    Notes
    -----
    Intervals: what is read off a curve has the errors of the points carried through it
    (:mod:`repetiteur.technique.carried`). The search for moments, and all other values,
    are repeated on copies of the body that err as its instrument may have erred
    (:mod:`repetiteur.kinematics.found_again`). Angles in a picture have the tracker's
    own error, which lasts, instead.

    Examples
    --------
    >>> from repetiteur.model.poses import body_of
    >>> from repetiteur.synthetic import Phrase, dance
    >>> from repetiteur.synthetic.jumps import saute
    >>> from repetiteur.synthetic.steps import first_position
    >>> body = body_of(dance(Phrase.of(first_position(), saute(0.5))))
    >>> jump, = take(body, only=["jump_height_flight"]).measurements
    >>> round(jump.value, 3), jump.unit
    (0.307, 'm')
    """
    wanted = None if only is None else set(only)
    asked = [m for m in measures() if wanted is None or m.id in wanted]
    able, lacking = _able(asked, body)
    movement = movement_of(body)
    found = list(moments_of(movement))
    lacking += nothing_to_take(able, movement, found)
    if body.space == "2d":
        taken, doubtful = in_the_picture(able, movement, found, progress)
    else:
        taken, doubtful = in_space(able, movement, progress)
    taken.sort(key=lambda one: (one.span.start_s, one.span.end_s))
    entries = list(_once([*lacking, *doubtful]))
    said = {one.measure for one in taken} | {one.measure for one in entries}
    silent = dict.fromkeys(one.id for one in able if one.id not in said)
    without = (NotJudged(name, *_NO_MEANING) for name in silent)
    return Measured(tuple(taken), (*entries, *without))


#: Reason, and what helps.
_NO_MEANING = (
    "It has no meaning on any of the moments in it.",
    "On which it has one: repetiteur measure --about MEASURE.",
)


def _once(entries: Sequence[NotJudged]) -> Iterator[NotJudged]:
    """Each measure's reasons, one entry each; a reason keeps all of its spans."""
    spans: dict[tuple[str, str, str], list[Span]] = {}
    for entry in entries:
        key = (entry.measure, entry.reason, entry.how_to_film)
        spans.setdefault(key, []).extend(entry.spans)
    for (measure, reason, film), where in spans.items():
        yield NotJudged(measure, reason, film, tuple(dict.fromkeys(where)))


def _able(
    asked: Sequence[Measure], body: Body
) -> tuple[list[Measure], list[NotJudged]]:
    """The measures that this body allows, and why not the others."""
    able: list[Measure] = []
    lacking: list[NotJudged] = []
    rate = 1.0 / float(np.median(np.diff(body.time))) if body.time.size > 1 else 0.0
    for one in asked:
        why = why_not(one, body, rate)
        if why is None:
            able.append(one)
        else:
            lacking.append(NotJudged(one.id, *why))
    return able, lacking


def why_not(one: Measure, body: Body, rate: float) -> tuple[str, str] | None:
    """Why a body does not allow a measure, and what helps; None where it does.

    Parameters
    ----------
    one : Measure
    body : Body
    rate : float
        Frames a second.
    """
    missing = dict.fromkeys(
        need for need in one.needs if not any(map(body.has, need.split("|")))
    )
    if missing:
        words = ", ".join(need.replace("|", " or ") for need in missing)
        return (
            f"It needs {words}, which this recording does not have.",
            "Use a marker set or a tracker with these points, or map names with --map.",
        )
    if rate < one.least_hz * 0.99:
        return (
            f"It needs {one.least_hz:g} frames a second, and this has {rate:.3g}.",
            f"Record with {one.least_hz:g} frames a second or more.",
        )
    if body.space == "2d" and not one.seen:
        return (
            "One camera does not show it: the depth of a picture is a guess.",
            "Record it with motion capture, or with several calibrated cameras.",
        )
    return None
