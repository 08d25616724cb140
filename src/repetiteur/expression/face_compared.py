"""The dancer's face beside a reference's, at the same places of the dance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from repetiteur.expression.face import HALF_90, Face
from repetiteur.expression.face_reasons import REASONS
from repetiteur.expression.face_units import UNITS

__all__ = ["FaceDifference", "FacesCompared", "compared"]

Array = NDArray[np.float64]
Codes = NDArray[np.int8]

#: A frame is at a time when it is no further from it than this, seconds.
NEAR_S = 0.05
#: Share of a stretch that has to be judged for anything to be said of it.
JUDGED = 0.5


@dataclass(frozen=True)
class FaceDifference:
    """One unit over a stretch, take less reference.

    Attributes
    ----------
    name, unit : str
    start_s, end_s : float
        In the take.
    value : float or None
        Median difference of the changes from either's own rest; None where it is not
        judged.
    interval90 : (float, float) or None
    reason : str
        Why it is not judged; empty where it is.
    """

    name: str
    unit: str
    start_s: float
    end_s: float
    value: float | None
    interval90: tuple[float, float] | None
    reason: str = ""


@dataclass(frozen=True, eq=False)
class FacesCompared:
    """Two faces at the same places of the dance.

    Attributes
    ----------
    take_s, reference_s : (places,) float
    difference, sd : (places, units) float
        Take less reference, each from its own rest; NaN where either is not judged.
    why : (places, units) int8
        Why not, of the take if it is not judged there, else of the reference.
    """

    take_s: Array
    reference_s: Array
    difference: Array
    sd: Array
    why: Codes

    def over(self, start_s: float, end_s: float) -> list[FaceDifference]:
        """Each unit over a stretch of the take.

        Parameters
        ----------
        start_s, end_s : float

        Returns
        -------
        list of FaceDifference
            In the order of the units. Errors of neighbouring frames are alike, so a
            longer stretch is no surer than a frame.
        """
        where = (self.take_s >= start_s) & (self.take_s <= end_s)
        return [
            _difference(
                (one.name, one.unit, start_s, end_s),
                self.difference[where, k],
                self.sd[where, k],
                self.why[where, k],
            )
            for k, one in enumerate(UNITS)
        ]


def compared(
    take: Face, reference: Face, take_s: ArrayLike, reference_s: ArrayLike
) -> FacesCompared:
    """The dancer's face beside a reference's.

    Parameters
    ----------
    take, reference : Face
    take_s, reference_s : (places,) float
        Aligned times: the same places of the dance in either recording, seconds. NaN
        where there is none.

    Returns
    -------
    FacesCompared

    Raises
    ------
    ValueError
        When there are not as many times of the one as of the other.
    """
    at, beside = np.asarray(take_s, np.float64), np.asarray(reference_s, np.float64)
    if at.shape != beside.shape or at.ndim != 1:
        raise ValueError(
            "Aligned times need as many of the take as of the reference, and "
            f"{at.shape} and {beside.shape} came."
        )
    own, own_sd, own_why = _at(take, at)
    other, other_sd, other_why = _at(reference, beside)
    return FacesCompared(
        take_s=at,
        reference_s=beside,
        difference=own - other,
        sd=np.hypot(own_sd, other_sd),
        why=np.where(own_why != 0, own_why, other_why).astype(np.int8),
    )


def _at(face: Face, time_s: Array) -> tuple[Array, Array, Codes]:
    """Values, errors (that of rest too) and reasons of the frames nearest to times."""
    right = np.searchsorted(face.time_s, np.nan_to_num(time_s))
    right = np.clip(right, 1, max(face.time_s.size - 1, 1))
    left = right - 1
    last = face.time_s.size - 1
    right = np.minimum(right, last)
    nearer = np.abs(face.time_s[left] - time_s) <= np.abs(face.time_s[right] - time_s)
    frame = np.where(nearer, left, right)
    near = np.abs(face.time_s[frame] - time_s) <= NEAR_S
    out = near[:, np.newaxis]
    return (
        np.where(out, face.values[frame], np.nan),
        np.where(out, np.hypot(face.sd[frame], face.rest_sd), np.nan),
        np.where(out, face.why[frame], 1).astype(np.int8),
    )


def _difference(
    what: tuple[str, str, float, float], difference: Array, sd: Array, why: Codes
) -> FaceDifference:
    judged = np.isfinite(difference)
    if judged.size and judged.mean() >= JUDGED:
        value = float(np.median(difference[judged]))
        half = HALF_90 * float(np.median(sd[judged]))
        return FaceDifference(*what, value, (value - half, value + half))
    codes = why[why > 0]
    code = int(np.bincount(codes).argmax()) if codes.size else 1
    return FaceDifference(*what, None, None, REASONS[code])
