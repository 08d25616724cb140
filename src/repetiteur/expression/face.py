"""The dancer's face in a recording: how its parts move about where they rest.

Lengths and angles against the dancer's own resting face, never a feeling, and never
whose face it is. What cannot be seen is not judged, and says why.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from repetiteur.expression.face_errors import sd_of
from repetiteur.expression.face_reasons import REASONS, reasons, trusted
from repetiteur.expression.face_rest import resting
from repetiteur.expression.face_shape import posed, width_px
from repetiteur.expression.face_units import UNITS, measured
from repetiteur.track.faces import Faces, is_mirrored, track_face

__all__ = ["LOOK_S", "Face", "face_of", "told"]

Array = NDArray[np.float64]
Codes = NDArray[np.int8]

#: For how a face goes over a phrase twelve looks a second are enough; the parts of the
#: clip of ``benchmarks/face.py``, and what of it is judged, are the same with all.
LOOK_S = 0.085
#: Half of a 90 % interval, in standard deviations.
HALF_90 = 1.645


@dataclass(frozen=True, eq=False)
class Face:
    """What is told of the face in each frame of a recording that was looked at.

    Attributes
    ----------
    time_s : (frames,) float
        The recording's own seconds.
    values : (frames, units) float
        Each of :data:`~repetiteur.expression.face_units.UNITS` less its value at rest,
        in eye distances or degrees; NaN where it is not judged.
    sd : (frames, units) float
        Standard deviation of the values, but for that of the resting face.
    why : (frames, units) int8
        Codes of :data:`~repetiteur.expression.face_reasons.REASONS`; 0 is judged.
    rest, rest_sd : (units,) float
        The dancer's own resting face, and its standard deviation, which all frames
        share; NaN where there is none.
    width_px : (frames,) float
        Width of the face, pixels; NaN without one.
    """

    time_s: Array
    values: Array
    sd: Array
    why: Codes
    rest: Array
    rest_sd: Array
    width_px: Array

    @property
    def units(self) -> tuple[str, ...]:
        """Names of the columns."""
        return tuple(one.name for one in UNITS)

    def unit(self, name: str) -> tuple[Array, Array]:
        """One unit's values and standard deviations, (frames,) each.

        Raises
        ------
        ValueError
            When there is no unit of this name.
        """
        column = self._column(name)
        return self.values[:, column], self.sd[:, column]

    def interval90(self, name: str) -> Array:
        """Lower and upper end of one unit's 90 % interval, (frames, 2)."""
        value, sd = self.unit(name)
        sd = np.hypot(sd, self.rest_sd[self._column(name)])
        return np.column_stack([value - HALF_90 * sd, value + HALF_90 * sd])

    def reason(self, name: str) -> list[str]:
        """Why one unit is not judged in each frame; empty where it is."""
        return [REASONS[code] for code in self.why[:, self._column(name)]]

    def mirrored(self) -> Face:
        """The face as in a mirror: what goes to the left goes to the right."""
        way = np.where([one.sided for one in UNITS], -1.0, 1.0)
        return replace(self, values=way * self.values, rest=way * self.rest)

    def _column(self, name: str) -> int:
        if name not in self.units:
            raise ValueError(
                f"A unit of the face is one of {', '.join(self.units)}, not {name!r}."
            )
        return self.units.index(name)


def face_of(
    path: str | Path,
    poses: xr.Dataset | None = None,
    *,
    rest_s: tuple[float, float] | None = None,
    every_s: float = LOOK_S,
    progress: Callable[[int, int], None] | None = None,
) -> Face:
    """The dancer's face in a video.

    Parameters
    ----------
    path : str or Path
    poses : xarray.Dataset, optional
        The dancer's tracked poses in this video, or in a part of it, frame by frame:
        they say where the face is, and whether it was recorded in a mirror. Without
        them the largest face of the picture is taken.
    rest_s : (float, float), optional
        From when to when the face rests, seconds; by default the face that the dancer
        holds most.
    every_s : float
        Frames that are looked at lie no further apart than this, seconds; 0 for all.
    progress : callable, optional
        ``progress(done, total)``, in frames that are looked at.

    Returns
    -------
    Face

    Raises
    ------
    UnknownFormat, DamagedFile
        When the file is no video, or a broken one.
    InvalidPoses
        When the poses are of another recording.
    MissingWeights
        When the face's networks are not installed.
    """
    seen = track_face(path, poses, every_s=every_s, progress=progress)
    found = told(seen, rest_s=rest_s)
    return found.mirrored() if poses is not None and is_mirrored(poses) else found


def told(faces: Faces, *, rest_s: tuple[float, float] | None = None) -> Face:
    """What is told of a face from the points that were seen of it.

    Parameters
    ----------
    faces : Faces
    rest_s : (float, float), optional
        As for :func:`face_of`.

    Returns
    -------
    Face
    """
    first = trusted(faces)
    face = posed(faces.points, first == 0)
    raw = measured(face)
    wide = width_px(faces.points)
    why = reasons(first, face, wide)
    judged = why == 0
    rest, rest_sd = resting(faces.time_s, np.where(judged, raw, np.nan), rest_s)
    # Without a resting face there is nothing to compare with.
    judged &= np.isfinite(rest)
    sd = sd_of(wide, face.yaw, face.pitch)
    return Face(
        time_s=faces.time_s,
        values=np.where(judged, raw - rest, np.nan),
        sd=np.where(judged, sd, np.nan),
        why=why,
        rest=rest,
        rest_sd=rest_sd,
        width_px=wide,
    )
