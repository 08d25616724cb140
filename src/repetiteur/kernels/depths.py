"""How far the end of a bone is before or behind its root, from a picture of it.

How long a bone looks tells by how much it points out of the picture, and a tracker
guesses to which side (Taylor 2000). Of all courses over time the likeliest one is
taken (Viterbi 1967).

References
----------
.. [1] C. J. Taylor, "Reconstruction of articulated objects from point correspondences
   in a single uncalibrated image", Comput. Vis. Image Underst. 80, 2000.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from repetiteur.kernels import _depth_loops as loops
from repetiteur.kernels.signals import smooth

Array = NDArray[np.float64]

#: Directions that are told apart, from away from the camera (-90) to it (90), deg.
STATES = 61
ANGLES = np.radians(np.linspace(-90.0, 90.0, STATES))
SINES, COSINES = np.sin(ANGLES), np.cos(ANGLES)
#: Errors go on for about this long, s, so that frames within it say the same.
_SAME_S = 0.25
#: In that time a bone turns by this, deg (standard deviation); it never turns faster
#: than the second, deg/s. Expert defaults: the fastest legs of a battement.
_TURNS_DEG, _FASTEST_DEG_S = 60.0, 1200.0
#: A guess may be wrong altogether this often, beside what is asked for.
_ELSEWHERE = 1e-4
#: What is left of the steps between directions is smoothed away by this, s.
_CALM_S = 0.04
#: Of all directions few point straight at the camera: the cosine, and a little.
_STRAIGHT_AT_IT = 0.02


def depth_of_end(
    picture: ArrayLike,
    length: float,
    guess: ArrayLike,
    *,
    picture_sd: ArrayLike,
    guess_sd: float,
    rate: float,
    wrong: float = 0.0,
    known: ArrayLike = 0.0,
) -> Array:
    """Depth of a bone's end from its root, the likeliest course.

    Parameters
    ----------
    picture : (time,) float
        How long the bone looks, metres; NaN where it was not seen.
    length : float
        How long it is, metres.
    guess : (time,) float
        A tracker's guess of the depth, metres.
    picture_sd : (time,) float
    guess_sd : float
        Standard deviations of the two, metres.
    rate : float
        Frames a second.
    wrong : float
        How often the guess points to the other side.
    known : (time, STATES) float
        What else is known of the directions :data:`ANGLES`, logarithms.

    Returns
    -------
    (time,) float
        Metres, positive towards the camera.

    Examples
    --------
    >>> looks, guess = np.full(9, 0.24), np.full(9, 0.2)  # of a bone of 40 cm
    >>> way = depth_of_end(looks, 0.4, guess, picture_sd=0.01, guess_sd=0.1, rate=30.0)
    >>> way.round(2).tolist()[4]
    0.32
    """
    seen = np.fmin(np.asarray(picture, dtype=np.float64), length)[:, np.newaxis]
    sd = np.broadcast_to(picture_sd, seen.shape[:1])[:, np.newaxis]
    told = np.asarray(guess, dtype=np.float64)[:, np.newaxis]
    likely = -0.5 * ((seen - length * COSINES) / sd) ** 2
    this, other = (
        np.exp(-0.5 * ((told - sign * length * SINES) / guess_sd) ** 2)
        for sign in (1.0, -1.0)
    )
    likely += np.log((1.0 - wrong) * this + wrong * other + _ELSEWHERE)
    likely = np.nan_to_num(likely) + np.log(COSINES + _STRAIGHT_AT_IT) + known
    found = likeliest(likely / (_SAME_S * rate), _steps(rate))
    return smooth(length * SINES[found], _CALM_S * rate)


def _steps(rate: float) -> Array:
    """What it costs to turn by 0, 1, 2 ... states from one frame to the next."""
    apart = 180.0 / (STATES - 1)
    reach = max(1, int(np.ceil(_FASTEST_DEG_S / rate / apart)))
    sd = _TURNS_DEG / np.sqrt(_SAME_S * rate)
    return np.asarray(0.5 * (np.arange(reach + 1) * apart / sd) ** 2)


def likeliest(likely: ArrayLike, steps: ArrayLike) -> NDArray[np.intp]:
    """The likeliest course through states.

    Parameters
    ----------
    likely : (time, states) float
        Logarithms.
    steps : (reach + 1,) float
        Cost of a step by 0, 1, ... states; longer ones are not taken.

    Returns
    -------
    (time,) int

    Examples
    --------
    >>> likeliest([[0.0, 1.0], [0.5, 0.0], [0.0, 1.0]], [0.0, 2.0]).tolist()
    [1, 1, 1]
    """
    known = np.ascontiguousarray(likely, dtype=np.float64)
    return loops.likeliest(known, np.asarray(steps, dtype=np.float64))
