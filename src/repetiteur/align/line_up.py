"""Lining up a take with its reference.

First roughly, on both sides of the body, to learn side, tempo and facing; then
exactly, with the take played at the reference's tempo. What is left after one tempo
and one offset for the whole is lateness, smoothed where the body moves (a still body
has no time to tell) and with a standard deviation of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from repetiteur.align.alignment import Alignment, SideMatch
from repetiteur.align.features import Movement, move, square
from repetiteur.errors import NothingToJudge
from repetiteur.kernels import geometry, signals
from repetiteur.kernels.warping import warp
from repetiteur.model.poses import Body

Array = NDArray[np.float64]

#: Frames per second of the first, rough line-up and of the exact one at the most.
ROUGH_HZ, EXACT_HZ = 10.0, 60.0
#: Cost of going on in one recording alone, rad^2: roughly, with tempo not known yet,
#: as much as a pose 1 degree off; exactly, 5 degrees. Less, and in a long hold the path
#: waits at the frame that by chance is nearest; more, and small lateness is not seen.
ASIDE_ROUGHLY, ASIDE = np.radians(1.0) ** 2, np.radians(5.0) ** 2
#: Cost of leaving out a frame at either end, rad^2: as much as a pose 25 degrees off.
LEAVE_OUT = np.radians(25.0) ** 2
#: Poses further apart than this (root mean square over the bones) are not compared.
TOO_FAR = np.radians(35.0)
#: Least confidence in a line-up of the same dancing. Pairs of different dances in
#: motion capture reached 0.47, copies with noise, other bodies and tempi over 0.9.
UNSURE = 0.55
#: A recording that goes on alone for longer than this, s, is not dancing the phrase.
ALONE_S = 0.35
#: Window over which lateness is read, standard deviation in s of the reference.
LATENESS_S = 0.12
#: A pose that changes by less than this, rad/s (root mean square over the bones),
#: tells no time.
STILL = 0.14
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
    for name, body in (("reference", reference), ("take", take)):
        if body.time.size < 2:
            raise NothingToJudge(
                f"Lining up needs two frames or more, and the {name} has one. "
                "Use a recording of a movement."
            )
    rough = _best_side(reference, take, side)
    if rough.side == "mirrored":
        reference = reference.mirrored()
    rate = min(EXACT_HZ, max(_rate(reference), _rate(take)))
    ref = move(reference, rate)
    played = move(take, rate / rough.tempo)
    path = _exact_path(ref, played, rough.facing)
    return _alignment(ref, played, path, rough)


def _rate(body: Body) -> float:
    return float(1.0 / np.median(np.diff(body.time)))


@dataclass(frozen=True)
class _Rough:
    side: SideMatch
    tempo: float
    facing: float
    cost: float
    chance: float
    covered: float

    @property
    def confidence(self) -> float:
        """1 for a perfect match of one whole recording, 0 for no better than chance."""
        better = 1.0 - self.cost / max(self.chance, 1e-9)
        return float(np.clip(better, 0.0, 1.0) * self.covered)


def _best_side(reference: Body, take: Body, side: str) -> _Rough:
    asked: tuple[SideMatch, ...] = ("same", "mirrored")
    if side != "auto":
        asked = ("mirrored",) if side == "mirrored" else ("same",)
    tried = [_rough(reference, take, name) for name in asked]
    best = max(tried, key=lambda rough: rough.confidence)
    if best.confidence < UNSURE:
        raise NothingToJudge(
            "A rehearsal needs a take of the same dancing as the reference, and these "
            f"two match no better than two different dances (confidence "
            f"{best.confidence:.2f}, needed {UNSURE}). Check that they are the right "
            "files, or name the part with --from and --to."
        )
    return best


def _rough(reference: Body, take: Body, side: SideMatch) -> _Rough:
    ref = move(reference.mirrored() if side == "mirrored" else reference, ROUGH_HZ)
    other = move(take, ROUGH_HZ)
    found = warp(ref.features, other.features, aside=ASIDE_ROUGHLY, leave_out=LEAVE_OUT)
    i, j = found.path.T
    apart = square(ref.features[i] - other.features[j])
    moving = np.minimum(ref.speed[i], other.speed[j])
    use = moving >= np.quantile(moving, 0.5)
    tempo = 1.0
    if np.unique(i[use]).size > 2:
        tempo, _ = signals.robust_line(ref.body.time[i[use]], other.body.time[j[use]])
    turn = np.radians(other.heading[j] - ref.heading[i])
    mean = np.nanmean(np.exp(1j * turn))
    return _Rough(
        side=side,
        tempo=float(np.clip(tempo, 0.05, 20.0)),
        facing=float(np.degrees(np.angle(mean))),
        cost=float(apart.mean()),
        chance=found.chance,
        covered=max(
            np.unique(i).size / ref.body.time.size,
            np.unique(j).size / other.body.time.size,
        ),
    )


def _with_facing(movement: Movement, offset: float) -> Array:
    turned = np.radians(movement.heading - offset)
    circle = FACING * np.stack([np.cos(turned), np.sin(turned)], axis=1)
    return np.concatenate([movement.features, circle], axis=1)


def _exact_path(ref: Movement, played: Movement, facing: float) -> NDArray[np.int64]:
    first = _with_facing(ref, 0.0)
    second = _with_facing(played, facing)
    return warp(first, second, aside=ASIDE, leave_out=LEAVE_OUT).path


def _alignment(
    ref: Movement, played: Movement, path: NDArray[np.int64], rough: _Rough
) -> Alignment:
    i, j = path.T
    reference_s, take_s = ref.body.time[i], played.body.time[j]
    state = _states(i, j, ref.rate)
    danced = state == "danced"
    apart = np.sqrt(square(ref.features[i] - played.features[j]))
    trusted = danced & (apart < TOO_FAR)
    if np.unique(i[trusted]).size < 3:
        raise NothingToJudge(
            "A rehearsal needs a take of the same dancing as the reference, and no "
            "part of these two matches. Check that they are the right files."
        )
    tempo, start, late, sd = _lateness(ref, played, path, trusted)
    return Alignment(
        side=rough.side,
        tempo_ratio=tempo,
        start_offset_s=start + tempo * float(ref.body.time[0]),
        confidence=rough.confidence,
        judged_share=float(np.unique(i[trusted]).size / np.unique(i).size),
        heading_deg=float(geometry.wrap(rough.facing)),
        reference_s=reference_s,
        take_s=take_s,
        state=state,
        late_s=late,
        late_sd_s=sd,
    )


def _states(
    i: NDArray[np.int64], j: NDArray[np.int64], rate: float
) -> NDArray[np.str_]:
    """``extra`` where the reference stands still for long, ``skipped`` the reverse."""
    state = np.full(i.size, "danced", dtype="<U8")
    for still, name in ((i, "extra"), (j, "skipped")):
        alone = np.concatenate([[False], np.diff(still) == 0])
        for a, b in signals.runs(alone):
            if b - a + 1 > ALONE_S * rate:
                # Before the beginning, the last of the still points is danced.
                state[slice(a - 1, b) if a == 1 else slice(a, b + 1)] = name
    return state


def _lateness(
    ref: Movement, played: Movement, path: NDArray[np.int64], trusted: NDArray[np.bool_]
) -> tuple[float, float, Array, Array]:
    """Tempo, offset, what is left of the path, and the standard deviation of that.

    Each frame tells the time as surely as the body moves: a change of shape s shifts
    the best line-up by (s . v) / |v|^2, v being the speed of the pose. Lateness is
    the mean of what the frames in a window say, weighted by |v|^2, and its deviation
    that of the shifts in the same window, taken as one (shapes differ slowly).
    """
    i, j = path.T
    reference_s, take_s = ref.body.time[i], played.body.time[j]
    step = np.nan_to_num(np.gradient(ref.features, 1.0 / ref.rate, axis=0))[i]
    told = np.where(trusted, (step**2).sum(axis=1), 0.0)
    speed = np.sqrt(told)
    use = trusted & (speed >= 0.3 * np.median(speed[trusted]))
    tempo, start = signals.robust_line(reference_s[use], take_s[use])
    left = np.where(trusted, take_s - (start + tempo * reference_s), 0.0)
    window = LATENESS_S * ref.rate
    telling = signals.smooth(told, window)
    among = signals.smooth(trusted.astype(np.float64), window)
    tells = trusted & (telling >= STILL**2 * among)
    late = signals.smooth(told * left, window) / np.maximum(telling, 1e-12)
    apart = np.nan_to_num(played.features[j] - ref.features[i])
    pull = np.where(trusted, (apart * step).sum(axis=1), 0.0)  # shift times |v|^2
    shift2 = np.divide(pull**2, told, out=np.zeros_like(told), where=told > 1e-12)
    sd = tempo * np.sqrt(signals.smooth(shift2, window) / np.maximum(telling, 1e-12))
    sd = np.where(tells, np.hypot(sd, 0.5 / played.rate), np.inf)
    if tells.any():  # through stillness, from where time was last told to where next
        late = np.interp(reference_s, reference_s[tells], late[tells])
    return tempo, start, np.where(trusted, late, np.nan), np.where(trusted, sd, np.nan)
