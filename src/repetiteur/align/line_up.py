"""Lining up a take with its reference.

First roughly, on both sides of the body, to learn side, tempo and facing; then
exactly, with the take played at the reference's tempo. What is left after one tempo
and one offset for the whole is lateness.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from repetiteur.align.alignment import Alignment
from repetiteur.align.features import Movement, move, square
from repetiteur.align.lateness import lateness
from repetiteur.align.path import breaks, inner_breaks
from repetiteur.align.rough import LEAVE_OUT, Rough, best_side, shifted
from repetiteur.errors import NothingToJudge
from repetiteur.kernels import geometry
from repetiteur.kernels.warping import warp
from repetiteur.model.body import Body

Array = NDArray[np.float64]

#: Frames per second of the exact line-up at the most.
EXACT_HZ = 60.0
#: Cost of going on in one recording alone, rad^2: as much as a pose 10 degrees off.
#: Less, and in a hold whose shape differs the path leaves the hold out of both; more,
#: and short lateness is not followed.
ASIDE = np.radians(10.0) ** 2
#: Poses further apart than this (root mean square over the bones) are not compared,
#: nor those of which less than this share of the bones was seen.
TOO_FAR, SEEN = np.radians(35.0), 0.5
#: Round a break in the middle, this much is not compared, s: where it lies is unsure.
ROUND_BREAKS_S = 0.3
#: Weight of the facing among the features, once its offset is known.
FACING = 0.25


def line_up(
    reference: Body, take: Body, *, side: Literal["auto", "same", "mirrored"] = "auto"
) -> Alignment:
    """Which moment of the take belongs to which moment of the reference.

    Parameters
    ----------
    reference, take : Body
        With the same keypoints (:func:`~repetiteur.model.poses.share_keypoints`).
    side : {"auto", "same", "mirrored"}
        Whether the take matches as it is, after exchanging sides, or whichever of
        the two costs less.

    Returns
    -------
    Alignment
        Independent of body size, place on the floor and facing.

    Raises
    ------
    NothingToJudge
        When a recording has fewer than two frames, or no part of the two matches.
    """
    rough = best_side(reference, take, side)
    if rough.side == "mirrored":
        reference = reference.mirrored()
    rate = min(EXACT_HZ, max(_rate(reference), _rate(take)))
    ref = move(reference, rate, rough.frame)
    played = shifted(move(take, rate / rough.tempo, rough.frame), rough.offset)
    path = warp(
        _with_facing(ref, 0.0, rough),
        _with_facing(played, rough.facing, rough),
        aside=ASIDE,
        leave_out=LEAVE_OUT,
    ).path
    return _alignment(ref, played, path, rough)


def _rate(body: Body) -> float:
    return float(1.0 / np.median(np.diff(body.time)))


def _with_facing(movement: Movement, offset: float, rough: Rough) -> Array:
    if rough.frame == "picture":  # has the facing in it
        return movement.features
    turned = np.radians(movement.heading - offset)
    circle = FACING * np.stack([np.cos(turned), np.sin(turned)], axis=1)
    return np.concatenate([movement.features, circle], axis=1)


def _alignment(
    ref: Movement, played: Movement, path: NDArray[np.int64], rough: Rough
) -> Alignment:
    i, j = path.T
    state = breaks(path, ref.rate)
    trusted = _trusted(ref, played, path, state)
    if np.unique(i[trusted]).size < 3:
        raise NothingToJudge(
            "A rehearsal needs a take of the same dancing as the reference, and no "
            "part of these two matches. Check that they are the right files."
        )
    found = lateness(ref, played, path, state, trusted)
    return Alignment(
        side=rough.side,
        tempo_ratio=found.tempo_ratio,
        start_offset_s=found.start_offset_s,
        confidence=rough.confidence,
        judged_share=float(np.unique(i[trusted]).size / np.unique(i).size),
        heading_deg=float(geometry.wrap(rough.facing)),
        reference_s=ref.body.time[i],
        take_s=played.body.time[j],
        state=state,
        on_time_s=found.on_time_s,
        late_s=found.late_s,
        late_sd_s=found.late_sd_s,
    )


def _trusted(
    ref: Movement,
    played: Movement,
    path: NDArray[np.int64],
    state: NDArray[np.str_],
) -> NDArray[np.bool_]:
    """Where both dance, are seen, are alike enough, and no break is near."""
    i, j = path.T
    between = ref.features[i] - played.features[j]
    seen = np.isfinite(between).mean(axis=1) >= SEEN
    trusted = (state == "danced") & seen & (np.sqrt(square(between)) < TOO_FAR)
    near = round(ROUND_BREAKS_S * ref.rate)
    for a, b in inner_breaks(state):
        trusted[max(a - near, 0) : b + near + 1] = False
    return np.asarray(trusted)
