"""What a comparison could not judge, why, and how to film it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from repetiteur.align.alignment import Alignment
from repetiteur.coaching import moments
from repetiteur.coaching.differences import Comparison
from repetiteur.coaching.timeline import Timeline
from repetiteur.coaching.timing import parts
from repetiteur.coaching.wording import Wording
from repetiteur.kernels import signals
from repetiteur.model.body import Body
from repetiteur.model.counts import Counts
from repetiteur.model.findings import Lateness, NotJudged, Span
from repetiteur.model.skeletons import Side
from repetiteur.technique.curve import Curve
from repetiteur.technique.postures import FEET

#: Shorter stretches in which a measure is not seen are not told, s.
HIDDEN_S = 1.0
#: Shorter beginnings and ends that one recording has alone are not told, s: nobody
#: starts and stops a recording on the count.
ENDS_S = 1.0
#: A measure that is not seen for this share of the dancing is not seen at all.
NEARLY_ALL = 0.9


def lacking(found: Curve, side: Side | None, body: Body) -> set[str]:
    """Keypoints that a measure needs and a body has not."""
    needed = set(found.keypoints(body, side))
    return {name for name in needed if not body.has(name)}


def without_keypoints(found: Curve, points: set[str], wording: Wording) -> NotJudged:
    """A measure that lacks keypoints."""
    reason, film = wording.not_judged("keypoints", points=wording.points(points))
    return NotJudged(found.id, reason, film)


def whole_pose(wording: Wording) -> NotJudged:
    """The pose as a whole, of which one camera does not see enough."""
    return NotJudged("pose_distance", *wording.not_judged("depth"))


def turnout(take: Body, wording: Wording) -> Iterator[NotJudged]:
    """Turnout, where nothing tells which way a foot points.

    Where heels and toes are known in space, it is measured in each recording.
    """
    lacking = {name for name in FEET if not take.has(name)}
    if take.space == "2d":
        yield NotJudged("turnout_total", *wording.not_judged("foot_direction"))
    elif lacking:
        points = wording.points(lacking)
        yield NotJudged(
            "turnout_total", *wording.not_judged("keypoints", points=points)
        )


def out_of_view(
    compared: Sequence[Comparison], line: Timeline, wording: Wording
) -> Iterator[NotJudged]:
    """Measures that a camera did not see from where it stood, by reason.

    Both sides of a measure are one entry where both are not seen at all.
    """
    danced = np.isfinite(line.take_s)
    for reason in ("elsewhere", "front", "side", "plane", "small"):
        here = [one for one in compared if reason in one.blind]
        whole = [one for one in here if _mostly(_mask(one, reason), danced)]
        for id_ in dict.fromkeys(one.measure.id for one in whole):
            sides = [one.side for one in whole if one.measure.id == id_]
            yield NotJudged(id_, *_words(reason, sides, wording))
        for one in here:
            mask = _mask(one, reason) & danced
            spans = () if one in whole else _spans(mask, line, HIDDEN_S)
            if spans:
                why, film = _words(reason, [one.side], wording)
                yield NotJudged(one.measure.id, why, film, spans)


def _mask(one: Comparison, reason: str) -> NDArray[np.bool_]:
    """Where a reason holds; of two, that they are from different sides comes first."""
    mask = one.blind[reason]
    return mask if reason == "elsewhere" else mask & ~one.blind["elsewhere"]


def _mostly(mask: NDArray[np.bool_], among: NDArray[np.bool_]) -> bool:
    return bool(among.any() and mask[among].mean() >= NEARLY_ALL)


def _words(
    reason: str, sides: Sequence[Side | None], wording: Wording
) -> tuple[str, str]:
    named = wording.sides(sides) if reason == "plane" else ""
    return wording.not_judged(reason, sides=named)


def hidden(
    compared: Sequence[Comparison], line: Timeline, wording: Wording
) -> Iterator[NotJudged]:
    """Measures that were hidden, or without meaning, for a second or more."""
    for id_ in dict.fromkeys(one.measure.id for one in compared):
        blind = np.zeros(line.reference_s.size, dtype=bool)
        for one in compared:
            if one.measure.id == id_:
                view = np.logical_or.reduce([blind & False, *one.blind.values()])
                blind |= np.isnan(one.apart) & np.isfinite(line.take_s) & ~view
        spans = _spans(blind, line, HIDDEN_S)
        if spans:
            reason, film = wording.not_judged("hidden")
            yield NotJudged(id_, reason, film, spans)


def _spans(mask: NDArray[np.bool_], line: Timeline, least_s: float) -> tuple[Span, ...]:
    return tuple(
        Span(float(line.reference_s[a]), float(line.reference_s[b]))
        for a, b in signals.runs(mask)
        if (b - a) * line.step_s >= least_s
    )


def times(
    line: Timeline,
    alignment: Alignment,
    rows: Sequence[Lateness],
    coarse: bool,  # noqa: FBT001 - what is so, not an option
    wording: Wording,
    counts: Counts | None = None,
) -> Iterator[NotJudged]:
    """Moments that are not judged at all, and those that tell no time.

    ``coarse`` says that pictures lie too far apart to tell any.
    """
    blind = ~np.isfinite(line.take_s)
    points = alignment.reference_s
    nearest = np.clip(np.searchsorted(points, line.reference_s), 0, points.size - 1)
    alone = (alignment.state[nearest] != "danced") & blind
    danced = points[alignment.state == "danced"]
    before_or_after = (line.reference_s < danced[0] - 1e-6) | (
        line.reference_s > danced[-1] + 1e-6
    )
    judged = {row.count for row in rows}
    still = np.zeros(line.reference_s.size, dtype=np.bool_)
    for name, here in parts(line.reference_s, counts):
        still[here] = name not in judged
    short = moments.LONG_ENOUGH_S
    for measure, key, mask, least_s in (
        ("pose_distance", "alone", before_or_after & blind, ENDS_S),
        ("pose_distance", "left_out", alone & ~before_or_after, short),
        ("pose_distance", "unsure", blind & ~alone & ~before_or_after, short),
        ("timing_path", "coarse" if coarse else "still", still & ~blind, short),
    ):
        spans = _spans(mask, line, least_s)
        if spans:
            reason, film = wording.not_judged(key)
            yield NotJudged(measure, reason, film, spans)
