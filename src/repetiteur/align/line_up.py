"""Lining up a take with its reference.

First roughly, on both sides of the body, to learn side, tempo and facing; then, with
the take played at the reference's tempo, which stretches both dance, and those exactly.
What is left after one tempo for the whole, and one offset between breaks, is lateness.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from repetiteur.align.alignment import Alignment
from repetiteur.align.anchor import NOWHERE, Anchor
from repetiteur.align.bridges import ASIDE, bridged, exactly, without_facing
from repetiteur.align.features import SEEN, Movement, move, square
from repetiteur.align.lateness import Lateness, lateness
from repetiteur.align.path import inner, inner_breaks, standing
from repetiteur.align.plan import Plan, laid_out, plan_of
from repetiteur.align.rough import ROUGH_HZ, best_side, check_same_dancing, shifted
from repetiteur.align.seams import Piece, exact_ends
from repetiteur.align.structure import costs, together
from repetiteur.errors import NothingToJudge
from repetiteur.kernels import geometry
from repetiteur.model.body import Body

Array = NDArray[np.float64]
Frames = NDArray[np.int64]

#: Frames per second of the exact line-up at the most.
EXACT_HZ = 60.0
#: Poses further apart than this (root mean square over the bones) are not compared.
TOO_FAR = np.radians(35.0)
#: Round a break in the middle, this much is not compared, s: where it lies is unsure.
ROUND_BREAKS_S = 0.3
#: How far round a seam is looked at, s.
LOOK_S = 1.0
#: Less than this that can be compared, s, is nothing.
LEAST_S = 0.2
#: Where it is less sure than this which way a take goes, nothing is judged: 1 % of the
#: moments of planted takes, and one in ten of them at a wrong place.
SURE = 0.3


def line_up(
    reference: Body,
    take: Body,
    *,
    side: Literal["auto", "same", "mirrored"] = "auto",
    anchor: Anchor = NOWHERE,
) -> Alignment:
    """Which moment of the take belongs to which moment of the reference.

    Parameters
    ----------
    reference, take : Body
        With the same keypoints (:func:`~repetiteur.model.poses.share_keypoints`).
    side : {"auto", "same", "mirrored"}
        Whether the take matches as it is, after exchanging sides, or whichever of
        the two costs less.
    anchor : Anchor
        Where the times of the two are those of one music, and so have a say.

    Returns
    -------
    Alignment
        Independent of body size, place on the floor and facing.

    Raises
    ------
    NothingToJudge
        When a recording has fewer than two frames, or no part of the two matches.
    """
    rough = best_side(reference, take, side, anchor)
    if rough.side == "mirrored":
        reference = reference.mirrored()
    plan = plan_of(reference, take, rough, anchor)
    rough = plan.rough
    rate = min(EXACT_HZ, max(_rate(reference), _rate(take)))
    ref = move(reference, rate, rough.frame)
    played = shifted(move(take, rate / rough.tempo, rough.frame), rough.offset)
    x, y = laid_out(ref, played, rough, anchor)
    planned = [_piece(piece, ref.rate, len(x), len(y)) for piece in plan.pieces]
    pieces, between = bridged(planned, ref, played)
    if rough.frame == "space":
        x, y = without_facing(x, y, between)
    exact = exact_ends(
        pieces,
        x,
        y,
        costs(rough.chance, ref.rate, ASIDE, rough.frame),
        round(LOOK_S * ref.rate),
    )
    paths = [exactly(piece, x, y) for piece in exact]
    return _alignment(ref, played, paths, plan)


def _piece(rough: Frames, rate: float, *counts: int) -> Piece:
    """Ends of a stretch on the exact grids."""
    ends = np.round(rough[[0, -1]] * rate / ROUGH_HZ).astype(int)
    first, last = np.minimum(ends, np.subtract(counts, 1)).tolist()
    return Piece(tuple(first), tuple(last))


def _rate(body: Body) -> float:
    return float(1.0 / np.median(np.diff(body.time)))


def _alignment(
    ref: Movement, played: Movement, pieces: list[Frames], plan: Plan
) -> Alignment:
    rough, sizes = plan.rough, (ref.body.time.size, played.body.time.size)
    in_sight = np.isfinite(played.features).mean(axis=1) >= SEEN
    laid = together(pieces, sizes, ref.rate, in_sight)
    path, state = laid.path, laid.state
    i, j = path.T
    sure = np.ones(len(path))
    if plan.take_s.size:
        sure = np.interp(played.body.time[j], plan.take_s, plan.sure)
    alike = _trusted(ref, played, path, state)
    trusted = alike & (sure >= SURE)
    _check_enough(
        *(np.unique(i[points]).size / ref.rate for points in (alike, trusted))
    )
    both = path[state == "danced"]
    confidence = min(
        rough.confidence, max(ref.share(both[:, 0]), played.share(both[:, 1]))
    )
    check_same_dancing(confidence, rough.needed)
    found = lateness(ref, played, path, state, trusted)
    between = inner(state)
    return Alignment(
        side=rough.side,
        tempo_ratio=found.tempo_ratio,
        start_offset_s=found.start_offset_s,
        confidence=confidence,
        judged_share=float(np.unique(i[trusted]).size / np.unique(i[between]).size),
        heading_deg=float(geometry.wrap(rough.facing)),
        reference_s=standing(ref.body.time[i], state, "extra", "repeated"),
        take_s=standing(_moments(played.body.time[j], found), state, "skipped"),
        state=state,
        sure=sure,
        on_time_s=found.on_time_s,
        late_s=found.late_s,
        late_sd_s=found.late_sd_s,
        breaks=laid.breaks(ref.body.time, played.body.time),
    )


def _check_enough(alike_s: float, trusted_s: float) -> None:
    """Refuse where hardly a moment can be compared."""
    if alike_s < LEAST_S:
        raise NothingToJudge(
            "Lining up needs a take of the same dancing as the reference, and no "
            "part of these two matches. Check that they are the right files."
        )
    if trusted_s < LEAST_S:
        raise NothingToJudge(
            "Lining up needs to know which part of the reference is danced, and this "
            "reference has the same phrase several times, of which the take leaves out "
            "one or adds one: any of them may be meant. Rehearse a part of it that "
            "goes once through the phrase, with --from and --to."
        )


def _moments(path_s: Array, found: Lateness) -> Array:
    """The take's time of each point: by the frame of the path, or finer where told."""
    told = np.isfinite(found.late_s)
    fine = np.where(told, found.on_time_s + found.late_s, path_s)
    return np.maximum.accumulate(np.clip(fine, path_s[0], path_s[-1]))


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
