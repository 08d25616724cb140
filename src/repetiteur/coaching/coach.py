"""All that one comparison finds: notes, timing, strengths, and what is not judged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from repetiteur.align.alignment import Alignment
from repetiteur.coaching import moments, notes
from repetiteur.coaching.differences import (
    Comparison,
    Timeline,
    compare,
    even,
    timeline,
)
from repetiteur.coaching.wording import Wording
from repetiteur.errors import MissingKeypoints
from repetiteur.kernels import signals
from repetiteur.model.findings import (
    Findings,
    Lateness,
    NotJudged,
    Priority,
    Span,
    Strength,
)
from repetiteur.model.poses import Body
from repetiteur.model.skeletons import Side
from repetiteur.technique.measure import Z90, Measure, measures

#: A measure that moves through less than this in the reference, deg, earns no praise.
WORTH_PRAISE = 40.0
MOST_STRENGTHS = 2
#: Priorities of the names in notes that are no measures of the registry.
NAMED: dict[str, Priority] = {
    "knee_extension_support": "placement",
    "knee_extension_working": "line",
    "timing_path": "rhythm",
}


def find(
    reference: Body,
    take: Body,
    alignment: Alignment,
    *,
    wording: Wording,
) -> Findings:
    """Compare a take with its reference.

    Parameters
    ----------
    reference, take : Body
        With the same keypoints; the reference mirrored where the alignment says so.
    alignment : Alignment
    wording : Wording

    Returns
    -------
    Findings
        Sides are the dancer's own in the take as recorded.
    """
    first, second = even(reference), even(take)
    line = timeline(first, alignment)
    compared, unseen = _compare_all(first, second, line, wording)
    found = [m for one in compared for m in moments.shape_moments(one, line)]
    found += [m for one in compared for m in moments.peak_moments(one, line)]
    found += moments.timing_moments(line)
    clear = [m for m in found if m.difference.beyond_floor]
    said = notes.causes(clear)
    priorities = {m.id: m.priority for m in measures()} | NAMED
    differing = {(m.measure, m.side) for m in clear}
    rows = tuple(_timing(line))
    times = (reference.time, take.time)
    return Findings(
        notes=notes.notes(said, line, priorities, wording, times),
        timing=rows,
        within_floor=len(compared) + 1 - len(differing),
        strengths=tuple(_strengths(compared, rows, wording)),
        not_judged=(
            *unseen,
            *_hidden(compared, line, wording),
            *_not_judged_times(line, alignment, rows, wording),
        ),
    )


def _compare_all(
    reference: Body, take: Body, line: Timeline, wording: Wording
) -> tuple[list[Comparison], list[NotJudged]]:
    compared: list[Comparison] = []
    unseen: list[NotJudged] = []
    for found in measures():
        lacking: set[str] = set()
        for side in found.sides:
            try:
                compared.append(compare(found, side, reference, take, line))
            except MissingKeypoints:
                lacking |= _lacking(found, side, take)
        if lacking:
            points = ", ".join(sorted(lacking)) or "face or crown"
            reason, film = wording.not_judged("keypoints", points=points)
            unseen.append(NotJudged(found.id, reason, film))
    return compared, unseen


def _lacking(found: Measure, side: Side | None, body: Body) -> set[str]:
    needed = {need.format(side=side) for need in found.needs}
    return {name.replace("_", " ") for name in needed if not body.has(name)}


def _hidden(
    compared: Sequence[Comparison], line: Timeline, wording: Wording
) -> Iterator[NotJudged]:
    """Measures that were hidden, or without meaning, for a second or more."""
    for id_ in dict.fromkeys(one.measure.id for one in compared):
        blind = np.zeros(line.reference_s.size, dtype=bool)
        for one in compared:
            if one.measure.id == id_:
                blind |= np.isnan(one.apart) & np.isfinite(line.take_s)
        spans = _spans(blind, line, 1.0)
        if spans:
            reason, film = wording.not_judged("hidden")
            yield NotJudged(id_, reason, film, spans)


def _spans(mask: NDArray[np.bool_], line: Timeline, least_s: float) -> tuple[Span, ...]:
    return tuple(
        Span(float(line.reference_s[a]), float(line.reference_s[b]))
        for a, b in signals.runs(mask)
        if (b - a) * line.step_s >= least_s
    )


def _timing(line: Timeline) -> Iterator[Lateness]:
    """One row a second, at the moment of it that tells the time best."""
    seconds = np.floor(line.reference_s + 0.5).astype(int)
    for second in np.unique(seconds):
        here = np.flatnonzero(seconds == second)
        doubt = np.nan_to_num(line.late_sd_s[here], nan=np.inf)
        best = here[int(np.argmin(doubt))]
        if doubt.min() >= moments.TIMING_DOUBT_S:
            continue
        late = float(line.late_s[best])
        half = Z90 * float(line.late_sd_s[best])
        yield Lateness(
            count=str(second),
            reference_s=float(line.reference_s[best]),
            take_s=float(line.take_s[best]),
            late_s=late,
            interval90=(late - half, late + half),
        )


def _strengths(
    compared: Sequence[Comparison],
    rows: Sequence[Lateness],
    wording: Wording,
) -> Iterator[Strength]:
    floor = moments.TIMING_FLOOR_S
    if len(rows) >= 5 and all(abs(row.late_s) < floor for row in rows):
        said = wording.strength("timing_path", None)
        yield Strength("timing_path", said)
    kept = [one for one in compared if _is_kept(one) and _praised(one, wording)]
    kept.sort(key=lambda one: -float(np.ptp(one.reference[np.isfinite(one.reference)])))
    first_of = {one.measure.id: one for one in reversed(kept)}
    for one in [k for k in kept if first_of[k.measure.id] is k][:MOST_STRENGTHS]:
        yield Strength(one.measure.id, wording.strength(one.measure.id, one.side))


def _praised(one: Comparison, wording: Wording) -> bool:
    seen = one.reference[np.isfinite(one.reference)]
    moves = seen.size > 0 and float(np.ptp(seen)) >= WORTH_PRAISE
    return moves and wording.has_strength(one.measure.id)


def _is_kept(one: Comparison) -> bool:
    apart = one.apart[np.isfinite(one.apart)]
    enough = apart.size >= 0.8 * one.apart.size
    return enough and bool((np.abs(apart) < one.measure.floor).all())


def _not_judged_times(
    line: Timeline, alignment: Alignment, rows: Sequence[Lateness], wording: Wording
) -> Iterator[NotJudged]:
    blind = ~np.isfinite(line.take_s)
    points = alignment.reference_s
    nearest = np.clip(np.searchsorted(points, line.reference_s), 0, points.size - 1)
    alone = (alignment.state[nearest] != "danced") & blind
    outside = (line.reference_s < alignment.reference_s[0] - 1e-6) | (
        line.reference_s > alignment.reference_s[-1] + 1e-6
    )
    judged = {row.count for row in rows}
    second = np.floor(line.reference_s + 0.5).astype(int)
    still = np.array([str(s) not in judged for s in second])
    for measure, key, mask in (
        ("pose_distance", "alone", alone | outside),
        ("pose_distance", "unsure", blind & ~alone & ~outside),
        ("timing_path", "still", still & ~blind),
    ):
        spans = _spans(mask, line, moments.LONG_ENOUGH_S)
        if spans:
            reason, film = wording.not_judged(key)
            yield NotJudged(measure, reason, film, spans)
