"""The timeline of a comparison: the reference's time on an even grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from repetiteur.align.alignment import Alignment
from repetiteur.align.envelope import Cast, Envelope, rubato
from repetiteur.align.features import move
from repetiteur.align.laid import lay
from repetiteur.kinematics.apart import Apart, views_apart
from repetiteur.kinematics.support import support
from repetiteur.model.body import Body

Array = NDArray[np.float64]

#: Frames per second at which curves are compared.
GRID_HZ = 60.0


@dataclass(frozen=True)
class Timeline:
    """The reference's time on an even grid, and what the alignment says of it.

    Attributes
    ----------
    reference_s : (time,) float
        Even grid over the reference, seconds.
    take_s : (time,) float
        The take's time for the same moment; NaN where not danced or not sure.
    late_s, late_sd_s : (time,) float
        Lateness and its standard deviation, seconds of the take; NaN likewise,
        the deviation infinite where the body is too still to tell. With several
        references, lateness beyond what they have between them.
    support : (time,) int8
        Supporting leg of the reference: 1 left, -1 right, 0 both.
    apart : Apart or None
        From how far apart the two were filmed; None where both are measured in space.
    rubato : Envelope or None
        The timing that several references have between them; None with one alone.
    to_music : (time,) bool or None
        Where lateness counts from the music; None: nowhere.
    """

    reference_s: Array
    take_s: Array
    late_s: Array
    late_sd_s: Array
    support: NDArray[np.int8]
    apart: Apart | None = None
    rubato: Envelope | None = None
    to_music: NDArray[np.bool_] | None = None

    @property
    def step_s(self) -> float:
        """Seconds from one point of the grid to the next."""
        return float(self.reference_s[1] - self.reference_s[0])


def even(body: Body) -> Body:
    """A body smoothed and on the even grid on which curves are compared."""
    return move(body, GRID_HZ).body


def timeline(reference: Body, take: Body, alignment: Alignment) -> Timeline:
    """Lay the alignment on an even grid of the reference's time.

    Parameters
    ----------
    reference, take : Body
        On an even grid (:func:`even`), as lined up (the reference mirrored, where the
        alignment says so).
    alignment : Alignment

    Returns
    -------
    Timeline
    """
    laid = lay(alignment, reference.time)
    seen = reference.space == take.space == "2d"
    apart = views_apart(reference, take, laid.take_s) if seen else None
    return Timeline(
        reference_s=reference.time,
        take_s=laid.take_s,
        late_s=laid.late_s,
        late_sd_s=laid.late_sd_s,
        support=support(reference),
        apart=apart,
        to_music=laid.to_music,
    )


def beyond_rubato(
    line: Timeline, casts: Sequence[Cast], tempo_ratio: float
) -> Timeline:
    """A timeline on which lateness counts from the nearest of several references.

    Parameters
    ----------
    line : Timeline
    casts : sequence of Cast
        The further references, at the moments of the timeline.
    tempo_ratio : float
        Take seconds per reference second.

    Returns
    -------
    Timeline
    """
    spread = rubato(casts, line.late_sd_s, tempo_ratio)
    return replace(
        line,
        late_s=spread.apart(line.late_s),
        late_sd_s=np.where(
            np.isfinite(line.late_s), spread.sd_at(line.late_s), line.late_sd_s
        ),
        rubato=spread,
    )
