"""What is said of a value of a moment in space: it, or why it is not judged."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from repetiteur.kinematics.found_again import Doubt
from repetiteur.kinematics.movement import Movement
from repetiteur.model.findings import Measurement, NotJudged
from repetiteur.technique.hidden import Hidden
from repetiteur.technique.moments import Moment
from repetiteur.technique.values import Key, interval_of, rounded

#: An event, or a name, that fewer of the copies show may be the instrument's making.
SURE = 0.9
#: In these the pose changes throughout: of a part of them nothing is said.
_THROUGHOUT = ("turn", "series")
#: Frames to either side in which a moment must be seen to begin and to end.
EDGE = 2


class Taken(NamedTuple):
    """A value of a moment that has a meaning on it, half of its interval, its reach."""

    key: Key
    moment: Moment
    doubt: Doubt
    value: float | str
    half: float
    reach: float = 0.0


def known(value: float | str) -> bool:
    """Whether a value has a meaning."""
    return value != "" if isinstance(value, str) else value == value


def judged(
    one: Taken, movement: Movement, step_s: float, hidden: Hidden
) -> Measurement | NotJudged | None:
    """One value of a moment, or why it is not judged.

    Parameters
    ----------
    one : Taken
    movement : Movement
    step_s : float
        Usual time between two frames, seconds.
    hidden : Hidden

    Returns
    -------
    Measurement, NotJudged or None
        None where the value has no meaning on this moment.
    """
    (measure, side), moment, doubt, value, half, reach = one
    span = moment.span
    if not known(value):
        unseen = hidden.on(one.key, moment)
        return NotJudged(measure.id, *_HIDDEN, (span,)) if unseen else None
    if measure.whole and cut_off(moment, movement):
        return NotJudged(measure.id, *_CUT, (span,))
    through = measure.whole or moment.kind in _THROUGHOUT
    if hidden.cuts(moment) or (through and hidden.on(one.key, moment)):
        return NotJudged(measure.id, *_HIDDEN, (span,))
    if doubt.found < SURE:
        return NotJudged(measure.id, *_DOUBTFUL, (span,))
    interval: tuple[float, float] | tuple[str, str]
    if isinstance(value, str):
        if half > 0.0 or doubt.labels.get(one.key.name, 1.0) < SURE:
            return NotJudged(measure.id, *_OPEN, (span,))
        interval = (value, value)
    else:
        half = max(half, measure.by_frames(moment.event, step_s))
        if not half + abs(reach) < (_WIDEST if measure.unit == "deg" else np.inf):
            return NotJudged(measure.id, *_OPEN, (span,))
        interval = interval_of(value, half, measure.shape, reach)
        value = rounded(value, measure.shape)
    return Measurement(
        measure.id,
        side,
        moment.kind,
        span,
        value,
        measure.unit,
        interval,
        moment.frames,
    )


#: Reason, and what helps.
_CUT = (
    "The moment begins or ends in a gap, or with the recording.",
    "Record from before it until after it, with all points seen.",
)
_HIDDEN = (
    "A point that it needs was not seen meanwhile.",
    "Record it with all points seen from the beginning of the moment to its end.",
)
_DOUBTFUL = (
    "With points as uncertain as these, the moment itself is.",
    "Record it with a more certain system, or say of which kind it is.",
)
_OPEN = (
    "The points are too uncertain to tell.",
    "Record it with a more certain system.",
)
#: An angle that is known no better says nothing, deg.
_WIDEST = 45.0


def cut_off(moment: Moment, movement: Movement) -> bool:
    """Whether a moment begins or ends in a gap, or with the recording."""
    first, last = moment.frames
    frames = movement.body.time.size
    if first <= EDGE or last >= frames - 1 - EDGE:
        return True
    around = slice(first - EDGE, last + 1 + EDGE)
    if moment.kind == "turn":
        return not np.isfinite(movement.turning[around]).all()
    feet = (movement.contacts.left, movement.contacts.right)
    return any((foot.down[around] < 0).any() for foot in feet)
