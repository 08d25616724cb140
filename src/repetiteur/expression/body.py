"""The qualities of one body over windows, and how sure each of them is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from repetiteur.expression.dancing import Dancing, dancing, shown, with_points_of
from repetiteur.expression.descriptors import Descriptor, descriptors
from repetiteur.expression.quality import QUALITIES
from repetiteur.expression.windows import frames_in
from repetiteur.kinematics.calming import calmed
from repetiteur.kinematics.doubts import copies_of, parts_of_error
from repetiteur.kinematics.found_again import COPIES, Progress
from repetiteur.kinematics.movement import Movement
from repetiteur.model.body import Body
from repetiteur.model.findings import NotJudged, Span

Array = NDArray[np.float64]
#: ``robust`` is what tracking noise leaves as it is, ``all`` is for motion capture.
Level = Literal["robust", "all"]

#: Without these a body has no quality of movement.
NEEDED = tuple(
    f"{side}_{joint}"
    for side in ("left", "right")
    for joint in ("shoulder", "wrist", "hip", "knee", "ankle")
)
#: Frames a second below which acceleration and jerk are not told.
LEAST_HZ = 24.0
_ONE_CAMERA = (
    "One camera does not show it: the depth of a picture is a guess.",
    "Record it with motion capture, or with several calibrated cameras.",
)


@dataclass(frozen=True)
class Described:
    """The qualities of one body.

    Attributes
    ----------
    windows : tuple of Span
        In the recording's own seconds.
    values : mapping of str to (windows,) float
        By the id of the descriptor, in its unit; NaN where it is not known.
    calm : mapping of str to (windows,) float
        Of the calmed body (:func:`repetiteur.kinematics.calming.calmed`).
    drawn : mapping of str to (copies, windows) float
        Of bodies that err as the instrument may have erred; no copies of a body without
        errors.
    not_judged : tuple of NotJudged
    """

    windows: tuple[Span, ...]
    values: Mapping[str, Array]
    calm: Mapping[str, Array]
    drawn: Mapping[str, Array]
    not_judged: tuple[NotJudged, ...] = ()


def describe(
    movement: Movement,
    windows: Sequence[Span],
    *,
    pace: float = 1.0,
    level: Level = "robust",
    progress: Progress | None = None,
) -> Described:
    """The qualities of a body over windows.

    Parameters
    ----------
    movement : Movement
    windows : sequence of Span
        In the recording's own seconds; one with a NaN in it is not danced.
    pace : float
        Its seconds per second of the pace that its speeds are told at: the tempo ratio
        of a take that is compared with a reference.
    level : {"robust", "all"}
    progress : callable, optional
        ``progress(done, total)``, called after each noisy copy.

    Returns
    -------
    Described

    Examples
    --------
    >>> from repetiteur.expression.windows import windows
    >>> from repetiteur.kinematics.movement import movement_of
    >>> from repetiteur.model.poses import body_of
    >>> from repetiteur.synthetic.demo import demo_reference
    >>> own = movement_of(body_of(demo_reference()))
    >>> found = describe(own, windows(2.0, 6.0))
    >>> found.values["arm_height"].round().tolist()
    [73.0, 77.0, 77.0]
    """
    able, lacking = _able(movement.body, level)
    own = dancing(movement, pace=pace)
    names = [one.id for one in able]
    body = shown(movement.body)
    calm = calmed(body, own.jitter)
    steady = _told(with_points_of(own, calm), windows, names)
    rows = []
    if body.sd and names:
        parts = parts_of_error(body, own.jitter)
        copies = copies_of(body, count=COPIES, calm=calm, parts=parts)
        for done, other in enumerate(copies, start=1):
            rows.append(_told(with_points_of(own, other, errs=2.0), windows, names))
            if progress is not None:
                progress(done, COPIES)
    none = np.empty((0, len(windows)))
    return Described(
        windows=tuple(windows),
        values=_told(own, windows, names),
        calm=steady,
        drawn={n: np.array([row[n] for row in rows]) if rows else none for n in names},
        not_judged=tuple(lacking),
    )


def _told(
    own: Dancing, windows: Sequence[Span], names: Collection[str]
) -> dict[str, Array]:
    frames = frames_in(own.time, windows)
    return {name: QUALITIES[name](own, frames) for name in names}


def asked_for(level: Level) -> Iterable[Descriptor]:
    """The descriptors of a level."""
    return (one for one in descriptors() if level == "all" or one.robust)


def _able(body: Body, level: Level) -> tuple[list[Descriptor], list[NotJudged]]:
    """The descriptors that a body allows, and why not the others."""
    asked = list(asked_for(level))
    why = _why_none(body)
    if why is not None:
        return [], [NotJudged(one.id, *why) for one in asked]
    if body.space == "3d":
        return asked, []
    return [one for one in asked if one.camera], [
        NotJudged(one.id, *_ONE_CAMERA) for one in asked if not one.camera
    ]


def _why_none(body: Body) -> tuple[str, str] | None:
    """Why a body has no qualities at all, and what helps; None where it has."""
    missing = [name for name in NEEDED if not body.has(name)]
    if missing:
        return (
            f"It needs {', '.join(missing)}, which this recording does not have.",
            "Use a marker set or a tracker with these points, or map names with --map.",
        )
    if not any(map(body.has, ("nose", "head", "head_top", "left_ear"))):
        return (
            "It needs a point of the head, which this recording does not have.",
            "Use a marker set or a tracker with one, or map names with --map.",
        )
    steps = np.diff(body.time)
    rate = 1.0 / float(np.median(steps)) if steps.size else 0.0
    if rate < LEAST_HZ * 0.99:
        return (
            f"It needs {LEAST_HZ:g} frames a second, and this has {rate:.3g}.",
            f"Record with {LEAST_HZ:g} frames a second or more.",
        )
    return None
