"""Values of moments in one camera's picture: times, and what its plane shows.

The measure's own function is asked of the body laid flat into the picture, and of all
that the picture leaves open: bodies in space that look alike
(:func:`repetiteur.kinematics.left_open.left_open`). Their answers make the interval.
The value is what the flat body says or, of a limb, which may point out of the picture,
the middle of what they say.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels import resampling
from repetiteur.kernels.propagation import folded_half
from repetiteur.kinematics.feet import median_seen
from repetiteur.kinematics.found_again import Progress
from repetiteur.kinematics.movement import Movement
from repetiteur.kinematics.view import View, roll_sd, seen_at, towards_camera, view_of
from repetiteur.model.body import Body
from repetiteur.model.findings import Measurement, NotJudged, Span
from repetiteur.technique.answers import Answers, answers
from repetiteur.technique.curve import curves
from repetiteur.technique.in_space import in_space
from repetiteur.technique.measure import Measure, Shape
from repetiteur.technique.moments import NEAR_S, SEEN, Moment
from repetiteur.technique.postures import top_of
from repetiteur.technique.reading import OUT_OF_PLANE
from repetiteur.technique.values import Key, keys_of

Array = NDArray[np.float64]

#: Half of an interval that says nothing any more, by the unit. (A knee that looks
#: straight may be bent towards the camera: it is said to be bent by 0 to 45 degrees.)
_WIDEST = {"deg": 30.0, "ratio": 0.4}
#: A value has a meaning when it has one in this share of all that is left open.
#: (Of a foot drawn up, that it is beside the other leg hangs on depth alone.)
_MEANT = {"limb": 0.75, "front": 0.75, "side": 0.75, "level": 0.4}
#: A camera that is tilted by about twice what standing bodies lean by shows nothing:
#: error of its upright, sd in deg.
_UPRIGHT = 6.0
#: A camera that looks down or up by more does not show heights, deg.
_LEVEL = 20.0
#: Measures of limbs that are said as they look: they were nearer to the truth so than
#: as the middle of what is left open, where arms and thighs were a third further off
#: (benchmarks/one_camera.py, seeds 3000 to 3003).
_AS_IT_LOOKS = ("aplomb.plumb", "leg_elevation")
#: A knee that looks straighter than this is said to be as it looks, deg: a straight one
#: can only be bent by what points out of the picture. One that looks bent by more is
#: nearer to the middle.
_STRAIGHT = 15.0
#: Half of the widest interval of a knee that is surely bent by more, deg. A bent knee
#: is said by how much; of one that may be straight, that it looks so says something.
_WIDEST_BENT = 10.0
#: Share of the copies beyond either end of an interval that holds 90 %.
_TAIL = 0.05

_WHERE = {0: "in front", 1: "at the side", 2: "behind", None: "at an angle"}
#: A moment happened when it does in more than this share of all that is left open: one
#: that hangs on which way a leg points fails in the tenth in which it is mirrored.
_SURE = 0.9
_DOUBTFUL = (
    "From here it cannot be told whether this happened or only looks so.",
    "Film with a level camera at the height of the hips.",
)
_HIDDEN = (
    "A point that it needs is hidden from the camera.",
    "Film it from where the whole limb is seen.",
)
_TURNS = (
    "The body turns meanwhile, and the camera sees it from all sides.",
    "Record it with motion capture, or with several calibrated cameras.",
)
_NOT_LEVEL = (
    "It needs a level camera, and this one looks down or up.",
    "Film with a level camera at the height of the hips.",
)
_TILTED = (
    "The camera is tilted: it cannot be told who leans, the dancer or the picture.",
    "Hold the camera upright.",
)
_UNSURE = (
    "The points are too uncertain to tell.",
    "Film the dancer larger in the picture, with more light.",
)
#: What does not show, by how a camera would have to see it, and how to film it.
_OPEN = {
    "limb": (
        "How far the limb points at the camera leaves it open.",
        "Film it from where the limb lies across the picture.",
    ),
    "front": (
        "How the dancer is turned, and the camera tilted, leaves it open.",
        "Film the dancer from the front, the camera level and upright.",
    ),
    "side": (
        "How the dancer is turned, and the camera tilted, leaves it open.",
        "Film the dancer from the side, the camera level and upright.",
    ),
    "level": (
        "How far the camera looks down leaves it open.",
        "Film with a level camera at the height of the hips.",
    ),
}


def in_the_picture(
    able: Sequence[Measure],
    movement: Movement,
    found: Sequence[Moment],
    progress: Progress | None = None,
) -> tuple[list[Measurement], list[NotJudged]]:
    """What one camera shows of moments.

    Parameters
    ----------
    able : sequence of Measure
        Those of which a camera shows anything: their ``seen`` says how.
    movement : Movement
        Of a body that one camera saw.
    found : sequence of Moment
    progress : callable, optional
        ``progress(done, total)``.

    Returns
    -------
    taken : list of Measurement
    lacking : list of NotJudged
    """
    timed = [one for one in able if one.seen == "time"]
    shown = [one for one in able if one.seen != "time"]
    taken, lacking = in_space(timed, movement, progress)
    asked = [(m, key) for m in found for key in keys_of(shown, m)]
    if not asked:
        return taken, lacking
    camera = _Camera(movement.body, view_of(movement.body), roll_sd(movement.body))
    said = answers(asked, movement, progress)
    for (moment, key), one in zip(asked, said, strict=True):
        entry = _judged(key, moment, one, camera)
        if isinstance(entry, Measurement):
            taken.append(entry)
        elif entry is not None:
            lacking.append(entry)
    return taken, lacking


class _Camera(NamedTuple):
    """What a camera saw, from where, and how far it may be tilted, sd in degrees."""

    body: Body
    view: View
    roll_sd: float


def _judged(
    key: Key, moment: Moment, said: Answers, camera: _Camera
) -> Measurement | NotJudged | None:
    """A value with its interval, or why there is none; None where it has no meaning."""
    one, span = key.measure, Span(moment.start_s, moment.end_s)
    meant = float(np.isfinite(said.space).mean()) >= _MEANT[one.seen]
    if not (np.isfinite(said.value) or meant):
        return None
    why = _not_from_here(key, moment, camera)
    if why is None and said.happens <= _SURE:
        why = _DOUBTFUL
    if why is None and not (np.isfinite(said.value) and meant):
        why = _OPEN[one.seen]
    value = _value(key, said)
    low, high = _interval(value, said, one.shape)
    if why is None and not 0.5 * (high - low) <= _widest(one, low):
        why = _too_wide(said, one)
    if why is not None:
        return NotJudged(one.id, *why, (span,))
    return Measurement(
        *(one.id, key.side, moment.kind, span, value, one.unit),
        interval90=(low, high),
        evidence=moment.frames,
    )


def _value(key: Key, said: Answers) -> float:
    """What the picture shows or, of a limb, the middle of what it leaves open.

    In the picture a limb that points out of it looks nearer to the upright, and a joint
    straighter, than they are. Feet are the exception: how far they do is not known.
    """
    shape = key.measure.shape
    limb = key.measure.seen == "limb" and key.measure.id not in _AS_IT_LOOKS
    if not limb or shape == "line" or (shape == "bend" and said.value < _STRAIGHT):
        return said.value
    return median_seen(said.space)


def _widest(one: Measure, low: float) -> float:
    """Half of the widest interval that still says something."""
    if one.shape == "bend" and low > _STRAIGHT:
        return _WIDEST_BENT
    return _WIDEST.get(one.unit, np.inf)


def _too_wide(said: Answers, one: Measure) -> tuple[str, str]:
    """What makes an interval too wide: depths, or points that are seen badly."""
    in_plane = 0.5 * float(np.ptp(_within(said.flat)))
    return _OPEN[one.seen] if in_plane < _WIDEST.get(one.unit, np.inf) else _UNSURE


def _frames(moment: Moment, time: Array) -> slice:
    """Frames that a moment is read at."""
    when = top_of(moment.event)
    if when is None:
        return slice(moment.frames[0], moment.frames[1] + 1)
    first, last = np.searchsorted(time, [when - NEAR_S, when + NEAR_S])
    return slice(int(first), max(int(last), int(first) + 1))


def _not_from_here(key: Key, moment: Moment, camera: _Camera) -> tuple[str, str] | None:
    """Why the camera, where it stood, does not show it; None if it may."""
    frames, seen = _frames(moment, camera.body.time), key.measure.seen
    if _hidden(key, frames, camera.body):
        return _HIDDEN
    if moment.kind in ("turn", "series"):
        return _TURNS
    if camera.roll_sd > _UPRIGHT:
        return _TILTED
    if seen in ("front", "side"):
        quarter = seen_at(camera.view, frames)
        asked = (0, 2) if seen == "front" else (1,)
        if quarter not in asked:
            where = "the front or the back" if seen == "front" else "the side"
            return (
                f"It is seen from {where}, and the camera stood {_WHERE[quarter]}.",
                f"Film the dancer from the {seen}.",
            )
    if _points_at_it(key, frames, camera.body):
        return _OPEN["limb"]
    if seen == "level" and not abs(median_seen(camera.view.pitch[frames])) <= _LEVEL:
        return _NOT_LEVEL
    return None


def _points_at_it(key: Key, frames: slice, body: Body) -> bool:
    """Whether a limb, or what stands for it, points at the camera."""
    same = (one for one in curves() if one.id == key.measure.id)
    bones = next((one.bones(body, key.side) for one in same), ())
    shares = [towards_camera(body, *ends)[frames] for ends in bones]
    return any(median_seen(share) > OUT_OF_PLANE for share in shares)


def _hidden(key: Key, frames: slice, body: Body) -> bool:
    """Whether a point of its side, or of none, is not seen most of the time."""
    other = {"left": "right_", "right": "left_", None: " "}[key.side]
    for need in key.measure.needs:
        if need.startswith(other):
            continue
        seen = [np.isfinite(body[one][frames]).all(axis=1) for one in need.split("|")]
        if max(float(each.mean()) for each in seen) < SEEN:
            return True
    return False


def _within(drawn: Array) -> Array:
    """Lowest and highest of what was drawn, without its tails; (2,), NaN of nothing."""
    ordered = np.sort(drawn[np.isfinite(drawn)])
    rank = int(_TAIL * (ordered.size + 1))
    return ordered[[rank - 1, -rank]] if rank else np.full(2, np.nan)


def _interval(value: float, said: Answers, shape: Shape) -> tuple[float, float]:
    """From the lowest to the highest that the tracker and the depths leave open."""
    half = float(resampling.half_width(value, said.flat))
    folds = shape == "half circle" or not (said.space < 0.0).any()
    if folds:
        half = float(folded_half(value, half))
    low, high = _within(said.space)
    low, high = np.fmin(low, value - half), np.fmax(high, value + half)
    lowest = 0.0 if folds or shape == "ray" else -np.inf
    highest = 180.0 if shape == "half circle" else np.inf
    return max(float(low), lowest), min(float(high), highest)
