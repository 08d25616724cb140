"""When nothing is said of a face, and why."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from repetiteur.expression.face_shape import Posed, width_px
from repetiteur.expression.face_units import SMALL_PX, UNITS, gap
from repetiteur.kernels.signals import bridged, runs
from repetiteur.track.face_skin import PATCHES
from repetiteur.track.faces import Faces

__all__ = ["HOW_TO_FILM", "REASONS", "reasons", "trusted"]

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]
Codes = NDArray[np.int8]

#: What a code means; 0 is judged.
REASONS: tuple[str, ...] = (
    "",
    "no face was seen",
    "the face is less than 60 pixels wide",
    "the face is blurred",
    "the face is upside down",
    "the face is partly beyond the picture's edge",
    "the face is covered",
    "the face is turned away by more than 45 degrees",
    "the eyes are closed",
    "the face is less than 120 pixels wide, too small for this",
)
#: What to do about each.
HOW_TO_FILM: tuple[str, ...] = (
    "",
    "Let the camera see the face.",
    "Film nearer, or with more pixels: the face needs 60 of them across.",
    "Give more light or a shorter exposure, and focus on the face.",
    "Upside down a face is read wrongly half of the time.",
    "Leave room around the head.",
    "Nothing is said of what a hand, a prop or hair hides.",
    "Let a second camera see the face from the front.",
    "Where closed eyes look cannot be seen.",
    "Film nearer, or with more pixels: this needs a face of 120 pixels across.",
)
_SEEN_NOT, _SMALL, _BLURRED, _INVERTED, _EDGE = range(1, 6)
_COVERED, _TURNED, _CLOSED, _FINE = range(6, 10)

#: Least sharpness; most roll and yaw, degrees.
SHARP, ROLL_DEG, YAW_DEG = 0.08, 90.0, 45.0
#: Two looks that lie further apart than this, in eye distances, see no face.
JUMPED = 0.08
#: A piece of skin is covered from this steepness on (where laughing folds the skin from
#: the second), if it is also so many times what this share of the recording is below.
#: All were set on the one clip of ``benchmarks/face.py``, and the third on a face with
#: glasses beside it.
STEEP, FOLDED, TIMES, PLAIN = 0.047, 0.062, 2.5, 33.0
#: Uncovered for less than this is covered, and covered for less is not, seconds.
GAP_S, BRIEF_S = 0.4, 0.12
#: Lids that are open by less than this, in eye distances, show no iris.
CLOSED = 0.06
#: What of a face may lie beyond the edge, in shares of its width.
_BEYOND = 0.02

_OF_EYES = [k for k, one in enumerate(UNITS) if one.name.startswith(("gaze", "focus"))]
_OF_HEAD = [k for k, one in enumerate(UNITS) if one.name.startswith("head")]


def trusted(faces: Faces) -> Codes:
    """Why the face of a frame is not judged, before it is known how it is turned.

    Parameters
    ----------
    faces : Faces

    Returns
    -------
    (frames,) int8
        Codes of :data:`REASONS`.
    """
    wide = width_px(faces.points)
    why = np.zeros(len(wide), np.int8)
    for code, which in (
        (_EDGE, _beyond(faces.points, wide, faces.size)),
        (_COVERED, covered(faces.steep, faces.time_s)),
        (_BLURRED, ~(faces.sharp >= SHARP)),
        (_SMALL, wide < SMALL_PX),
        (_SEEN_NOT, ~(np.isfinite(wide) & (faces.jumped < JUMPED))),
    ):
        why[which] = code
    return why


def reasons(why: Codes, face: Posed, wide: Array) -> Codes:
    """Why each unit of each frame is not judged, (frames, units), 0 where it is.

    Parameters
    ----------
    why : (frames,) int8
        From :func:`trusted`.
    face : Posed
    wide : (frames,) float
        Width of the face, pixels.
    """
    out = np.repeat(why[:, np.newaxis], len(UNITS), axis=1)
    turned = np.abs(face.yaw) > YAW_DEG
    inverted = np.abs(face.roll) > ROLL_DEG
    shut = gap(face) < CLOSED
    of_face = [k for k in range(len(UNITS)) if k not in _OF_HEAD]
    for which, units, code in (
        (shut, _OF_EYES, _CLOSED),
        (turned, of_face, _TURNED),
        (inverted, list(range(len(UNITS))), _INVERTED),
    ):
        at = np.ix_(which & (why == 0), units)
        out[at] = code
    least = np.array([one.least_px for one in UNITS])
    out[(out == 0) & (wide[:, np.newaxis] < least) & (least > SMALL_PX)] = _FINE
    return out


def covered(steep: Array, time_s: Array) -> Bools:
    """Where a piece of skin shows lines that are not the face's own.

    Parameters
    ----------
    steep : (frames, pieces) float
        :func:`repetiteur.track.face_skin.edges`; NaN tells nothing.
    time_s : (frames,) float

    Returns
    -------
    (frames,) bool
        Skin has lines of its own, a beard and glasses many: a piece is covered where it
        is steeper than skin is and much steeper than in its own plainest third of the
        recording.
    """
    over = np.zeros(len(steep), np.bool_)
    for name, piece in zip(PATCHES, steep.T, strict=True):
        seen = piece[np.isfinite(piece)]
        if seen.size:
            own = np.percentile(seen, PLAIN)
            least = FOLDED if name.endswith("jowl") else STEEP
            over |= piece > max(least, TIMES * own)
    step = float(np.median(np.diff(time_s))) if time_s.size > 1 else 1.0
    whole = bridged(over, int(GAP_S / step))
    out = np.zeros(len(over), np.bool_)
    for first, last in runs(whole):
        out[first : last + 1] = (last + 1 - first) * step >= BRIEF_S
    return out


def _beyond(points: Array, wide: Array, size: tuple[int, int]) -> Bools:
    room = _BEYOND * wide[:, np.newaxis]
    x, y = points[..., 0], points[..., 1]
    out = (x < -room) | (y < -room) | (x > size[0] + room) | (y > size[1] + room)
    return np.asarray(out.any(axis=1))
