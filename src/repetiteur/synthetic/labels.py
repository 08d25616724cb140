"""What is danced when in a chain of steps, and what is none of the vocabulary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

import numpy as np

from repetiteur.model.skeletons import Side
from repetiteur.synthetic.dancer import SIDES, Array
from repetiteur.synthetic.keyposes import KeyPose
from repetiteur.synthetic.passages import Part

#: Slow steps on the floor; a phrase of at least two, as long as this, is an adagio.
ADAGIO = frozenset((
    "adagio", "developpe", "arabesque_1", "arabesque_2", "arabesque_3", "arabesque_4",
    "attitude", "penche", "promenade",
))  # fmt: skip
ADAGIO_S = 8.0
#: Slow too: with these it may be called one.
CALM = frozenset((
    "retire", "equilibre", "cou_de_pied", "fondu", "grand_plie", "demi_plie", "releve",
    "rond_de_jambe_en_lair", "rond_de_jambe_a_terre",
))  # fmt: skip
#: Before the last 0.15 of the time of a minimum-jerk reach, 97 % of the way are done.
_ALL_BUT = 0.15
#: As far from there, a position may be told.
_NEARLY = 0.5
#: Knees and heels of one who stands in a position of the feet, degrees.
_STRAIGHT_DEG = 12.0


@dataclass(frozen=True)
class Danced:
    """A step that was danced, or what may be called so without error.

    Attributes
    ----------
    id : str
    side : {"left", "right"} or None
        As in :class:`repetiteur.synthetic.passages.Part`.
    start_s, end_s : float
        Seconds of the take: from the key pose before it to its last; of positions, as
        long as the feet are all but there.
    phases : mapping of str to (float, float)
        Start of the way to each phase, and its end; the last where it comes again.
    """

    id: str
    side: Side | None
    start_s: float
    end_s: float
    phases: Mapping[str, tuple[float, float]] = field(default_factory=dict)


@dataclass(frozen=True)
class Piece:
    """Parts that are danced at one speed: a passage, or something outside.

    Attributes
    ----------
    parts : tuple of Part
    step : str
        The id of the passage, or the kind of what is outside.
    outside : bool
        Whether it is none of the vocabulary.
    """

    parts: tuple[Part, ...]
    step: str
    outside: bool = False


@dataclass(frozen=True)
class Labels:
    """What is danced when.

    Attributes
    ----------
    truth : tuple of Danced
        In order of their beginning; ``port_de_bras`` and ``adagio`` lie beside others.
    maybe : tuple of Danced
        Names that are neither asked for nor wrong there: the demi-plié of a temps lié,
        a moment in fifth between two steps.
    outside : tuple of (float, float)
        Start and end of each movement outside the vocabulary, seconds of the take.
    kinds : tuple of str
        What each of them is.
    """

    truth: tuple[Danced, ...]
    maybe: tuple[Danced, ...]
    outside: tuple[tuple[float, float], ...]
    kinds: tuple[str, ...]


def labels(pieces: Sequence[Piece], times: Array) -> Labels:
    """What is danced when in some pieces.

    Parameters
    ----------
    pieces : sequence of Piece
    times : (poses + 1,) float
        Seconds of the take: the beginning, and when each of their key poses is reached.
    """
    parts = [part for piece in pieces for part in piece.parts]
    edges = np.cumsum([0, *(len(part.poses) for part in parts)])
    truth: list[Danced] = []
    maybe: list[Danced] = []
    for part, (first, last) in zip(parts, pairwise(edges), strict=True):
        truth += _told(part, times[first : last + 1])
        maybe += (
            Danced(name, part.side, float(times[first]), float(times[last]))
            for name in sorted(part.maybe)
        )
    still = list(_positions(parts, times, _ALL_BUT))
    nearly = _positions(parts, times, _NEARLY)
    ends = np.cumsum([0, *(len(piece.parts) for piece in pieces)])
    spans = [(float(a), float(b)) for a, b in pairwise(times[edges[ends]])]
    free = [k for k, piece in enumerate(pieces) if piece.outside]
    needed, perhaps = _adagios(pieces, spans)
    known = [*_held(truth, still), *needed]
    return Labels(
        truth=tuple(sorted(known, key=lambda one: (one.start_s, one.end_s))),
        maybe=(*maybe, *perhaps, *nearly),
        outside=tuple(spans[k] for k in free),
        kinds=tuple(pieces[k].step for k in free),
    )


def _told(part: Part, times: Array) -> Iterator[Danced]:
    """What is danced in a part; ``times`` are those of its beginning and its poses."""
    start, end = float(times[0]), float(times[-1])
    phases: dict[str, tuple[float, float]] = {}
    at = 0
    for name, group in groupby(pose.name for pose in part.poses):
        number = len(list(group))
        phase = name.partition(".")[2]
        phases[phase] = (float(times[at]), float(times[at + number]))
        at += number
    if part.id:
        yield Danced(part.id, part.side, start, end, phases)
    if part.beside:
        yield Danced(part.beside, None, start, end, phases)


def _held(truth: Sequence[Danced], still: Sequence[Danced]) -> Iterator[Danced]:
    """Positions as long as the feet are in them, each once; all else as it is."""
    known: set[tuple[str, float]] = set()
    for one in truth:
        if not one.id.endswith("_position"):
            yield one
            continue
        middle = 0.5 * (one.start_s + one.end_s)
        whole = next(k for k in still if k.start_s <= middle <= k.end_s)
        if (one.id, whole.start_s) not in known:
            known.add((one.id, whole.start_s))
            phases = {"hold": (whole.start_s, whole.end_s)}
            yield replace(whole, side=one.side, phases=phases)


def _positions(parts: Sequence[Part], times: Array, share: float) -> Iterator[Danced]:
    """All stretches on two flat feet and straight knees in one position of the feet.

    With that share of the ways there and away.
    """
    poses = [pose for part in parts for pose in part.poses]
    names = list(_standing(poses))
    numbers = range(len(poses))
    for name, group in groupby(numbers, key=lambda k: names[k]):
        if not name:
            continue
        first, *_ = at = list(group)
        start, end = times[first + 1], times[at[-1] + 1]
        after = times[min(at[-1] + 2, times.size - 1)]
        start -= share * (start - times[first]) if first else start
        yield Danced(name, None, float(start), float(end + share * (after - end)))


def _standing(poses: Sequence[KeyPose]) -> Iterator[str]:
    """The position in which each pose stands, empty where in none."""
    feet, angles = "first", dict[str, float]()
    for pose in poses:
        feet = pose.feet or feet
        angles |= pose.changes
        bent = max(
            angles.get(f"{side}_{part}", 0.0)
            for side in SIDES
            for part in ("knee", "rise")
        )
        turned = min(angles.get(f"{side}_rotation", 0.0) for side in SIDES)
        kind = feet.partition("_")[0]
        stands = kind not in (*SIDES, "none") and not pose.aloft
        flat = bent < _STRAIGHT_DEG and turned > -_STRAIGHT_DEG
        yield f"{kind}_position" if stands and flat else ""


def _adagios(
    pieces: Sequence[Piece], spans: Sequence[tuple[float, float]]
) -> tuple[list[Danced], list[Danced]]:
    """Slow steps one after another: what is an adagio, and what may be called one."""
    needed, perhaps = [], []
    for steps in _runs(pieces, ADAGIO):
        start, end = spans[steps[0]][0], spans[steps[-1]][1]
        poses = sum(2 if pieces[k].step == "adagio" else 1 for k in steps)
        if poses > 1 and end - start >= ADAGIO_S:
            needed.append(Danced("adagio", None, start, end))
    for steps in _runs(pieces, ADAGIO | CALM):
        start, end = spans[steps[0]][0], spans[steps[-1]][1]
        perhaps.append(Danced("adagio", None, start, end))
    return needed, perhaps


def _runs(pieces: Sequence[Piece], wanted: frozenset[str]) -> Iterator[list[int]]:
    """Pieces of some steps one after the other, but for rests in fifth."""
    resting = wanted | {"fifth_position", "port_de_bras"}
    numbers = range(len(pieces))
    for inside, group in groupby(numbers, key=lambda k: pieces[k].step in resting):
        steps = [k for k in group if pieces[k].step in wanted]
        if inside and steps:
            yield steps
