"""Differences of a take from its reference, moment by moment, timing taken out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from repetiteur.align.envelope import Envelope, envelope
from repetiteur.coaching.floor import DECLARED, Floors
from repetiteur.coaching.references import Model
from repetiteur.coaching.timeline import Timeline
from repetiteur.errors import MissingKeypoints
from repetiteur.kernels import signals
from repetiteur.model.body import Body
from repetiteur.model.skeletons import Side
from repetiteur.technique.curve import Z90, Curve
from repetiteur.technique.reading import Reading, doubt_of_view, read

Array = NDArray[np.float64]

#: Furthest that doubt about timing may excuse a difference in shape, s.
EXCUSE_S = 0.15
#: Share of a tracker's error (its variance) that two videos of one movement from one
#: side have in common, and that their difference is free of. Videos tracked anew in a
#: mirror have 0.80 to 0.86 of it in common, by measure (benchmarks/view.py); another
#: dancer in other clothes is given less.
SHARED = 0.7


@dataclass(frozen=True)
class Comparison:
    """One measure on one side, reference beside take.

    Attributes
    ----------
    reference, take : (time,) float
        The measure's curves on the timeline; NaN where not judged.
    apart : (time,) float
        Take minus the nearest value that the reference has within the doubt about
        timing: a difference that no small shift in time explains away. With several
        references, minus the nearest edge of what they have between them.
    timing_sd : (time,) float
        Standard deviation that the doubt about timing adds to take minus reference.
    sd : (time,) float
        Standard deviation that the instruments add to it: of motion files that of the
        measure; of videos what the tracker's errors, and the doubt about from where
        each was filmed, come to at that moment.
    blind : mapping of str to (time,) bool
        Where a view does not show it, by reason: ``plane``, ``front``, ``side``,
        ``small``, ``elsewhere``.
    others : (further references, time) float
        Their curves; NaN where they have no say.
    spread : Envelope or None
        What all references have between them; None with one alone.
    floors : Floors
        What the dancer varies by.
    """

    measure: Curve
    side: Side | None
    reference: Array
    take: Array
    apart: Array
    timing_sd: Array
    sd: Array
    blind: Mapping[str, NDArray[np.bool_]]
    others: Array = field(default_factory=lambda: np.empty((0, 0)))
    spread: Envelope | None = None
    floors: Floors = DECLARED

    @property
    def floor(self) -> float:
        """Smallest difference that is said."""
        return self.floors.of(self.measure, self.side).value

    @property
    def difference(self) -> Array:
        """Take minus reference, or minus the edge of several, at each moment."""
        if self.spread is None:
            return self.take - self.reference
        return self.spread.apart(self.take)


def compare(
    found: Curve,
    side: Side | None,
    reference: Body,
    take: Body,
    line: Timeline,
    others: Sequence[Model] = (),
    floors: Floors = DECLARED,
) -> Comparison:
    """One measure of both performances on the timeline.

    Parameters
    ----------
    found : Curve
    side : {"left", "right"} or None
    reference, take : Body
        On an even grid (:func:`even`), the reference's being the timeline's.
    line : Timeline
    others : sequence of Model
        Further references: a take is compared with what all have between them.
    floors : Floors

    Returns
    -------
    Comparison

    Raises
    ------
    MissingKeypoints
        When the reference or the take lacks a keypoint that the measure needs.
    """
    first = Model(reference, line.apart)
    one = read(found, reference, side)
    two = _on_line(read(found, take, side), take, line)
    near = first.near()
    blind = {reason: one.blind[reason] | two.blind[reason] for reason in one.blind}
    if line.apart is not None:
        blind = {"elsewhere": ~near & np.isfinite(line.take_s), **blind}
    read_all = [(first, one), *_read(found, side, others)]
    seen = np.stack([m.near() for m, _ in read_all])
    values = np.stack([r.values for _, r in read_all])
    rows = np.where(seen, values, np.nan)
    sd = np.stack([_instruments(found, side, m, (r, two)) for m, r in read_all])
    a, b = rows[0], np.where(near, two.values, np.nan)
    spread = envelope(rows, sd)
    low, high = _within_doubt(values, seen, line)
    return Comparison(
        measure=found,
        side=side,
        reference=a,
        take=b,
        apart=np.where(np.isfinite(a), b - np.clip(b, low, high), np.nan),
        timing_sd=np.abs(np.gradient(one.values, line.step_s))
        * np.minimum(line.late_sd_s, EXCUSE_S),
        sd=spread.sd_at(b) if others else sd[0],
        blind=blind,
        others=rows[1:],
        spread=spread if others else None,
        floors=floors,
    )


def _read(
    found: Curve, side: Side | None, others: Sequence[Model]
) -> Iterator[tuple[Model, Reading]]:
    for other in others:
        with suppress(MissingKeypoints):  # never seen while it dances: it has no say
            yield other, read(found, other.body, side)


def _within_doubt(
    values: Array, seen: NDArray[np.bool_], line: Timeline
) -> tuple[Array, Array]:
    """Edges of what references have, each within the doubt about timing."""
    doubt = np.minimum(Z90 * line.late_sd_s, EXCUSE_S)
    reach = np.ceil(np.nan_to_num(doubt, nan=0.0) / line.step_s).astype(np.int64)
    edges = [signals.envelope(row, reach) for row in values]
    low, high = (np.where(seen, side, np.nan) for side in zip(*edges, strict=True))
    return envelope(low).low, envelope(high).high


def _on_line(reading: Reading, take: Body, line: Timeline) -> Reading:
    """A reading of the take at the moments of the timeline."""

    def at(values: Array) -> Array:
        return signals.resample(values, take.time, line.take_s)

    return Reading(
        values=at(reading.values),
        sd=at(reading.sd),
        square=at(reading.square),
        blind={
            reason: at(mask.astype(np.float64)) > 0.5
            for reason, mask in reading.blind.items()
        },
    )


def _instruments(
    found: Curve, side: Side | None, model: Model, readings: tuple[Reading, Reading]
) -> Array:
    """Standard deviation that both instruments add to take minus reference.

    A lean out of the picture's plane shows in it where the dancer is askew; how much
    less of a difference is left when both are turned square is part of the doubt.
    """
    one, two = readings
    if model.apart is None:
        return np.full(one.values.shape, found.difference_error)
    view = doubt_of_view(found, model.body, side, model.apart)
    askew = (two.values - one.values) - (two.square - one.square)
    tracker = one.sd**2 + two.sd**2 - 2.0 * SHARED * one.sd * two.sd
    return np.sqrt(tracker + view**2 + np.nan_to_num(askew) ** 2)
