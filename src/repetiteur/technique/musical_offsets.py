"""Arrivals against counts: how late they are, and whether that is more than chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from repetiteur.kernels import circular
from repetiteur.kinematics.estimates import Z90
from repetiteur.model.counts import Counts
from repetiteur.technique.musical_events import ALL, KINDS, Arrival

Array = NDArray[np.float64]

#: Fewest arrivals that are judged.
FEWEST = 8
#: Beats from one place of the music that may be meant to the next: each count, halves
#: ("and") with them, every second count.
PERIODS = (1.0, 0.5, 2.0)
#: Copies of the dancing at another place and tempo, up to this factor, and what share
#: of them may be as much on the music as dancing that is said to be.
COPIES, STRETCH, BY_CHANCE = 999, 1.3, 0.05
#: Late by more than this share of a beat (or half beat) is as well early on the next.
BETWEEN = 0.4
#: Of a normal distribution: the error of a median over that of a mean, and the distance
#: of its quartiles in standard deviations.
_MEDIAN, _QUARTILES = 1.2533, 1.349
#: Highest autocorrelation of offsets that is reckoned with.
_DEPENDENT = 0.8


@dataclass(frozen=True)
class Offsets:
    """How late the arrivals of one kind are.

    Attributes
    ----------
    kind : str
        Of :data:`repetiteur.technique.musical_events.KINDS`, or :data:`ALL`.
    time_s : (arrivals,) float
        When they are, seconds.
    meant : (arrivals,) float
        The count that each belongs to: its index, and halves between.
    late_s : (arrivals,) float
        Seconds after it; early is negative.
    period : float
        Beats between places that are meant: 1 counts, 0.5 halves too, 2 every second.
    together : float
        Resultant length of their phases: 1 all alike.
    chance : float
        What dancing by chance stays below, in 95 of 100.
    between : bool
        Whether they are so far from the counts that nobody can say which they mean.
    """

    kind: str
    time_s: Array
    meant: Array
    late_s: Array
    period: float
    together: float
    chance: float
    between: bool


@dataclass(frozen=True)
class Heard:
    """What of a dancing is on the music.

    Attributes
    ----------
    arrivals : tuple of Arrival
        While the counts last.
    offsets : mapping of str to Offsets
        Of each kind that is more on the music than chance would be.
    few, by_chance : tuple of str
        Kinds with too few arrivals, and those that are not.
    copies_s : (copies, arrivals) float
        The arrivals as they might fall by chance, seconds.
    """

    arrivals: tuple[Arrival, ...]
    offsets: Mapping[str, Offsets] = field(default_factory=dict)
    few: tuple[str, ...] = ()
    by_chance: tuple[str, ...] = ()
    copies_s: Array = field(default_factory=lambda: np.empty((0, 0)))


def heard(arrivals: Sequence[Arrival], counts: Counts) -> Heard:
    """What of a dancing is more on the music than chance would be.

    Parameters
    ----------
    arrivals : sequence of Arrival
        In order of time.
    counts : Counts
        In the seconds of the same recording; two or more.

    Returns
    -------
    Heard

    Notes
    -----
    The statistic is Rayleigh's, the largest over :data:`PERIODS`, of all arrivals and
    of each kind with :data:`FEWEST`. Chance is the same dancing at another place of the
    music and at another tempo (:func:`repetiteur.kernels.circular.elsewhere`), with the
    same choice of period. That several kinds are asked counts: of a hundred dances to
    other music, five have any kind that is judged (smallest p of all kinds [1]_).

    References
    ----------
    .. [1] P. H. Westfall and S. S. Young, *Resampling-based multiple testing*, 1993.

    Examples
    --------
    >>> from repetiteur.model.counts import counted
    >>> waltz = counted(np.cumsum(0.5 + 0.05 * np.sin(np.arange(48))), metre=3, one=0)
    >>> late = [Arrival("landing", when + 0.08) for when in waltz.time_s[2:40:3]]
    >>> found = heard(late, waltz).offsets["landing"]
    >>> found.late_s.mean().round(3), found.together > found.chance
    (np.float64(0.08), True)
    """
    first, last = counts.time_s[[0, -1]]
    inside = tuple(one for one in arrivals if first <= one.time_s <= last)
    kinds = np.array([one.kind for one in inside], dtype="U12")
    groups = {ALL: np.ones(kinds.size, bool)} | {kind: kinds == kind for kind in KINDS}
    asked = {kind: mine for kind, mine in groups.items() if mine.sum() >= FEWEST}
    few = tuple(k for k, mine in groups.items() if k not in asked and mine.any())
    if not asked:
        return Heard(inside, few=few)
    time = np.array([one.time_s for one in inside])
    copies = circular.elsewhere(
        time, (first, last), stretch=STRETCH, copies=COPIES, rng=_chance()
    )
    judged, chance = _beyond_chance(time, copies, asked, counts)
    offsets = {
        kind: _offsets(kind, time[asked[kind]], counts, chance[kind])
        for kind in judged
    }  # fmt: skip
    not_so = tuple(kind for kind in asked if kind not in offsets)
    return Heard(inside, offsets, few, not_so, copies)


def _chance() -> np.random.Generator:
    """The same dancing gets the same answer."""
    return np.random.default_rng(0)


def _beyond_chance(
    time: Array, copies: Array, asked: Mapping[str, NDArray[np.bool_]], counts: Counts
) -> tuple[list[str], dict[str, float]]:
    """Kinds that are more alike than chance, and what chance would be, of each."""
    own = circular.positions(time, counts.time_s)
    other = circular.positions(copies, counts.time_s)
    shares, levels, rarest = {}, {}, np.ones(len(copies))
    for kind, mine in asked.items():
        found = _most_alike(own[mine])
        alike = _most_alike(other[:, mine])
        shifted = np.sort(alike)
        shares[kind] = (1.0 + (shifted >= found).sum()) / (COPIES + 1.0)
        ranks = np.searchsorted(shifted, alike, side="left")
        rarest = np.minimum(rarest, (COPIES - ranks) / COPIES)
        levels[kind] = shifted
    allowed = min(float(np.quantile(rarest, BY_CHANCE)), BY_CHANCE)
    chance = {
        kind: float(np.sqrt(np.quantile(level, 1.0 - allowed) / asked[kind].sum()))
        for kind, level in levels.items()
    }
    return [kind for kind, share in shares.items() if share <= allowed], chance


def _most_alike(position: Array) -> Array:
    """Rayleigh's statistic with the period that makes it largest."""
    each = [circular.concentration(position, period) for period in PERIODS]
    return np.asarray(np.max(each, axis=0))


def _offsets(kind: str, time: Array, counts: Counts, chance: float) -> Offsets:
    """How late arrivals are, after the counts that they mean."""
    position = circular.positions(time, counts.time_s)
    each = [float(circular.concentration(position, period)) for period in PERIODS]
    period = PERIODS[int(np.argmax(each))]
    phase = float(circular.mean_phase(position, period))
    fold = min(period, 1.0)
    whole = fold * round(phase / fold)
    meant = period * np.round((position - phase) / period) + whole
    late = time - circular.moments(meant, counts.time_s)
    known = np.isfinite(late)
    return Offsets(
        kind,
        time[known],
        meant[known],
        late[known],
        period,
        float(np.abs(circular.resultant(position, period))),
        chance,
        abs(phase - whole) > BETWEEN * fold,
    )


def middle(late_s: Array, off_s: float) -> tuple[float, float]:
    """Median of offsets, and half of its 90 % interval, seconds.

    The scatter is told by the quartiles; offsets that follow one another are worth
    fewer. What they may be off by as a whole, ``off_s``, comes on top.

    Examples
    --------
    >>> found, half = middle(np.array([0.04, 0.05, 0.06, 0.05, 0.07, 0.03]), 0.003)
    >>> round(found, 3), round(half, 3)
    (0.05, 0.012)
    """
    low, found, high = np.quantile(late_s, [0.25, 0.5, 0.75])
    sd = (high - low) / _QUARTILES
    apart = late_s - late_s.mean()
    square = float((apart**2).sum())
    alike = float((apart[1:] * apart[:-1]).sum()) / square if square else 0.0
    alike = min(max(alike, 0.0), _DEPENDENT)
    worth = late_s.size * (1.0 - alike) / (1.0 + alike)
    half = stdtrit(late_s.size - 1.0, 0.95) * _MEDIAN * sd / np.sqrt(worth)
    return float(found), float(np.hypot(half, Z90 * off_s))
