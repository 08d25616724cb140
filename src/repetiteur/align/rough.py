"""The rough line-up: side, tempo and facing, at ten frames a second."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from repetiteur.align.alignment import SideMatch
from repetiteur.align.anchor import NOWHERE, Anchor
from repetiteur.align.features import SEEN, Array, Frame, Movement, move, square
from repetiteur.align.path import breaks, without_breaks
from repetiteur.align.structure import chain, costs, stretches
from repetiteur.errors import NothingToJudge
from repetiteur.kernels import signals
from repetiteur.kernels.jumping import way_through
from repetiteur.kernels.warping import square_distances
from repetiteur.model.body import Body

#: Frames per second of the rough line-up.
ROUGH_HZ = 10.0
#: Going on in one recording alone for a frame, as long as the tempo is not known,
#: rad^2: as much as a pose 1 degree off.
ASIDE_ROUGHLY = np.radians(1.0) ** 2
#: Least confidence in a line-up of the same dancing. Pairs of different dances in
#: motion capture reached 0.20; planted takes with a third of the reference left out,
#: repeated or danced otherwise had 0.56 and more, whole ones over 0.8.
UNSURE = 0.4
#: The same for videos from different sides: pairs of different dances reached 0.38, the
#: same two seconds seen by cameras 52 to 173 degrees apart 0.56 and more.
UNSURE_ACROSS = 0.45
#: Slowest and fastest take, take seconds per reference second; beyond, a header lies.
SLOWEST, FASTEST = 2.5, 0.4
#: Shortest recording that can be lined up, s.
SHORTEST_S = 0.7
#: Longest, s.
LONGEST_S = 7200.0


@dataclass(frozen=True)
class Rough:
    """What the rough line-up learned.

    Attributes
    ----------
    side : "same" or "mirrored"
    tempo : float
        Take seconds per reference second, of the movements.
    whole : float
        The same of all that both dance, holds and stops with it.
    facing : float
        Heading of the take minus that of the reference, degrees.
    cost, chance : float
        Mean squared distance of the poses laid together, as far as they move, and of
        any two; rad^2.
    covered : float
        Share of what moves that is danced together, of the recording with more such;
        from different sides of that with fewer, for there any two seconds fit into
        some place of a long dance.
    frame : {"space", "picture", "depth"}
        In which the two were compared.
    offset : (columns,) float
        What the reference's features have more than the take's throughout, where the
        tracker's depth was taken for true from different sides; elsewhere 0.
    """

    side: SideMatch
    tempo: float
    whole: float
    facing: float
    cost: float
    chance: float
    covered: float
    frame: Frame
    offset: Array

    @property
    def confidence(self) -> float:
        """1 for a perfect match of one whole recording, 0 for no better than chance."""
        better = 1.0 - self.cost / max(self.chance, 1e-9)
        return float(np.clip(better, 0.0, 1.0) * self.covered)

    @property
    def needed(self) -> float:
        """Least confidence with which these are the same dancing."""
        return UNSURE_ACROSS if self.frame == "depth" else UNSURE


def best_side(
    reference: Body, take: Body, side: str, anchor: Anchor = NOWHERE
) -> Rough:
    """The rough line-up on the side that is asked for, or on the better one.

    Parameters
    ----------
    reference, take : Body
    side : {"auto", "same", "mirrored"}
    anchor : Anchor
        Where the times of the two have a say.

    Returns
    -------
    Rough

    Raises
    ------
    NothingToJudge
        When a recording is too short, when the two are different dances, or when one
        is so much slower than the other that its frame rate must be wrong.
    """
    if side not in ("auto", *get_args(SideMatch)):
        raise ValueError(f"side is auto, same or mirrored, and not {side!r}")
    for name, body in (("reference", reference), ("take", take)):
        lasts = float(body.time[-1] - body.time[0])
        if lasts > LONGEST_S:
            raise NothingToJudge(
                f"Lining up needs a recording of {LONGEST_S / 3600:.0f} hours at the "
                f"most, and the {name} lasts {lasts:.0f} s. If that is not so, its "
                "times have a jump: choose a part with --from and --to."
            )
        if lasts < SHORTEST_S:
            raise NothingToJudge(
                f"Lining up needs at least {SHORTEST_S} s of movement, and the {name} "
                f"has {body.time.size} frames over {lasts:.2f} s. Use a longer part."
            )
    asked: tuple[SideMatch, ...] = ("same", "mirrored")
    if side != "auto":
        asked = ("mirrored",) if side == "mirrored" else ("same",)
    best = _best(reference, take, asked, anchor)
    check_same_dancing(best.confidence, best.needed)
    if not FASTEST <= best.tempo <= SLOWEST:
        raise NothingToJudge(
            f"A take needs {FASTEST} to {SLOWEST} s for each second of the reference, "
            f"and this one has {best.tempo:.2f}. Either these are different dances, or "
            "a frame rate in a header is wrong: write that file anew with 'repetiteur "
            "convert --fps'."
        )
    return best


def check_same_dancing(confidence: float, needed: float) -> None:
    """Refuse two that are not the same dancing.

    Raises
    ------
    NothingToJudge
    """
    if confidence < needed:
        raise NothingToJudge(
            "Lining up needs a take of the same dancing as the reference, and these "
            f"two match no better than two different dances (confidence "
            f"{confidence:.2f}, needed {needed}). Check that they are the right files, "
            "or rehearse a part of the reference, with --from and --to."
        )


def _best(
    reference: Body, take: Body, asked: tuple[SideMatch, ...], anchor: Anchor
) -> Rough:
    """The best side; of two videos as the cameras have them, or by the depth."""
    seen = reference.space == "2d"
    frames: tuple[Frame, ...] = ("picture", "depth") if seen else ("space",)
    tried = [
        _rough(reference, take, name, frame, anchor)
        for frame in frames
        for name in asked
    ]
    return max(tried, key=lambda rough: rough.confidence)


def _rough(
    reference: Body, take: Body, side: SideMatch, frame: Frame, anchor: Anchor
) -> Rough:
    whole = reference.mirrored() if side == "mirrored" else reference
    ref = move(whole, ROUGH_HZ, frame)
    other = move(take, ROUGH_HZ, frame)
    if frame != "depth":
        return _laid(ref, other, side, frame, anchor)
    # What a tracker gets wrong from one side it gets wrong throughout.
    offset = _mean(ref.features) - _mean(other.features)
    found = _laid(ref, shifted(other, offset), side, frame, anchor)
    return replace(found, offset=offset)


def shifted(movement: Movement, offset: Array) -> Movement:
    """A movement with something added to its features throughout."""
    return replace(movement, features=movement.features + offset)


def _mean(rows: Array) -> Array:
    """Mean of each column over what was seen; 0 where nothing was."""
    seen = np.isfinite(rows)
    total = np.where(seen, rows, 0.0).sum(axis=0)
    return np.asarray(total / np.maximum(seen.sum(axis=0), 1))


def _laid(
    ref: Movement, other: Movement, side: SideMatch, frame: Frame, anchor: Anchor
) -> Rough:
    chance = _chance(ref.features, other.features)
    way = way_through(
        anchor(ref.features, ref.body.time),
        anchor(other.features, other.body.time),
        costs(chance, ROUGH_HZ, ASIDE_ROUGHLY, frame),
    )
    pieces = stretches(way.frames, ROUGH_HZ)
    if not pieces:
        pieces = [np.zeros((1, 2), dtype=np.int64)]
    i, j = np.concatenate(pieces).T
    between = ref.features[i] - other.features[j]
    seen = np.isfinite(between).mean(axis=1) >= SEEN
    apart = np.where(seen, square(between), chance)
    say = np.maximum(ref.moving[i], other.moving[j])
    fresh = _fresh(pieces)
    turn = np.radians(other.heading[j] - ref.heading[i])
    facing = np.exp(1j * turn[np.isfinite(turn)]).sum()
    return Rough(
        side=side,
        tempo=common_tempo(ref, other, pieces),
        whole=_whole(pieces),
        facing=float(np.degrees(np.angle(facing))),
        cost=float((say * apart).sum() / max(float(say.sum()), 1e-9)),
        chance=chance,
        covered=(min if frame == "depth" else max)(
            ref.share(fresh[:, 0]), other.share(fresh[:, 1])
        ),
        frame=frame,
        offset=np.zeros(between.shape[1]),
    )


def _fresh(pieces: list[NDArray[np.int64]]) -> NDArray[np.int64]:
    """The points at which both dance what is new, repeats apart."""
    front, fresh = -1, [np.zeros((0, 2), dtype=np.int64)]
    for piece in (pieces[k] for k in chain(pieces)):
        fresh.append(piece[piece[:, 0] > front])
        front = int(piece[-1, 0])
    return np.concatenate(fresh)


def _chance(x: Array, y: Array) -> float:
    """Mean squared distance of any two poses."""
    some = [rows[:: max(1, len(rows) // 500)] for rows in (x, y)]
    some = [rows[np.isfinite(rows).any(axis=1)] for rows in some]
    return float(square_distances(*some).mean()) if all(map(len, some)) else 0.0


def common_tempo(
    ref: Movement, other: Movement, pieces: list[NDArray[np.int64]]
) -> float:
    """Take frames per reference frame where both move, breaks taken out.

    Parameters
    ----------
    ref, other : Movement
        At ``ROUGH_HZ``.
    pieces : list of (points, 2) int
        Frames of both, as in :func:`~repetiteur.align.structure.stretches`; one or
        more.

    Returns
    -------
    float
        1.0 where too little moves to tell.
    """
    i, j = np.concatenate(pieces).T
    moving = np.minimum(ref.speed[i], other.speed[j])
    use = moving >= np.quantile(moving, 0.5)
    if np.unique(i[use]).size < 3:
        return 1.0
    going = _going(pieces) / ROUGH_HZ
    slope, _ = signals.robust_line(going[use, 0], going[use, 1], near=2.0 / ROUGH_HZ)
    return float(np.clip(slope, 0.01, 100.0))


def _whole(pieces: list[NDArray[np.int64]]) -> float:
    """Take frames per reference frame of all that both dance."""
    ref, take = np.sum([np.ptp(piece, axis=0) for piece in pieces], axis=0)
    return float(np.clip(take / max(ref, 1), 0.01, 100.0))


def _going(pieces: list[NDArray[np.int64]]) -> Array:
    """Frames of both as if what is not danced together had not been, (points, 2)."""
    went, parts = np.zeros(2), []
    for piece in pieces:
        steps = without_breaks(piece, breaks(piece, ROUGH_HZ))
        parts.append(steps - steps[0] + went)
        went = parts[-1][-1]
    return np.concatenate(parts)
