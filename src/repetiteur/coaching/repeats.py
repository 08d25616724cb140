"""What a dancer varies by, from several takes of the same dancing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from repetiteur.align.alignment import Alignment
from repetiteur.align.line_up import line_up
from repetiteur.coaching.differences import compare
from repetiteur.coaching.floor import DECLARED_TIMING, Floors, declared, floor_of
from repetiteur.coaching.moments import TIMING_DOUBT_S
from repetiteur.coaching.timeline import Timeline, even, timeline
from repetiteur.errors import MissingKeypoints, NothingToJudge
from repetiteur.kernels.repeats import Again, again
from repetiteur.model.body import Body
from repetiteur.model.findings import Floor
from repetiteur.technique.curve import curves

Array = NDArray[np.float64]

#: Takes that vary.
FEWEST = 2
#: The declared variation counts as if found with so many degrees of freedom: its 90 %
#: interval would be 0.74 to 1.6 times itself, which is how dancers are held to differ.
WORTH = 10.0
#: A dancer's variation is held to be another one every so many seconds.
ANOTHER_S = 2.0
#: A curve is away from where it mostly is beyond this share of its range.
AWAY = 0.25
#: A take that dances this share of its dancing once more has repeated the phrase; one
#: that repeats less has gone back to a bar.
MOSTLY = 0.5


def danced_again(reference: Body, other: Body, named: tuple[str, str]) -> Alignment:
    """A further take of the dancer, lined up with the reference.

    Parameters
    ----------
    reference, other : Body
        With the same keypoints; the reference mirrored, where it is for the take.
    named : (str, str)
        Names of the take and of the further one, for errors.

    Returns
    -------
    Alignment

    Raises
    ------
    NothingToJudge
        When it is not the same dancing on the same side; with its name.
    """
    take, more = named
    try:
        return line_up(reference, other, side="same")
    except NothingToJudge as error:
        raise NothingToJudge(
            "A dancer's own variation needs takes of one phrase on one side, and "
            f"{more} is not danced as {take} is. Leave it out. {error}"
        ) from error


def repetitions(alignment: Alignment) -> tuple[tuple[float, float], ...]:
    """Where a take dances the phrase once more, first and last second of the take.

    A bar that is danced once more is none: it was gone back to for a reason.
    """
    danced = alignment.reference_s[alignment.state == "danced"]
    least = MOSTLY * float(np.ptp(danced))
    again = [one for one in alignment.breaks if one.state == "repeated"]
    return tuple(
        one.take_s for one in again if one.reference_s[1] - one.reference_s[0] >= least
    )


def learnt(reference: Body, takes: Sequence[tuple[Body, Alignment]]) -> Floors:
    """The floors under notes for one dancer, from several takes of the same dancing.

    Parameters
    ----------
    reference : Body
        Mirrored, where the takes dance the other side.
    takes : sequence of (Body, Alignment)
        Two or more, of one dancer, in any order, with the keypoints of the reference
        and how each lines up with it. Lateness is told in seconds of the first.

    Returns
    -------
    Floors
        Declared ones where two takes are nowhere seen together.

    Notes
    -----
    What takes vary by at one moment of the reference is the dancer's own variation,
    the instrument's error, and what the doubt about timing makes of a curve that rises
    or falls. The two latter are taken out, half of the whole at the most; moments at
    which something went wrong in one take are left out
    (:func:`repetiteur.kernels.repeats.again`). The variance that is left, v, is known
    with some degrees of freedom, f; the declared one, s^2, counts as if it had
    ``WORTH`` of them, n: the dancer's is (n s^2 + f v) / (n + f), as after a
    scaled inverse chi square as prior [1]_. A leg that stands varies by less than one
    that is up: this is found where a curve mostly is, and where it is not, and the
    larger holds; the typical error is that of the whole. The reference was danced once,
    by somebody of whom nothing else is known, and keeps the declared variation: a floor
    comes down to 0.71 of the declared one at the most.

    References
    ----------
    .. [1] A. Gelman et al., "Bayesian Data Analysis", 3rd ed., CRC Press, 2013,
       section 2.6.
    """
    first = even(reference)
    bodies = [even(body) for body, _ in takes]
    lines = [
        timeline(first, body, found)
        for body, (_, found) in zip(bodies, takes, strict=True)
    ]
    tempos = [found.tempo_ratio for _, found in takes]
    floors = [*_of_shape(first, bodies, lines), _of_timing(lines, tempos)]
    return Floors(tuple(one for one in floors if one.basis == "repeats"))


def _of_shape(
    first: Body, bodies: Sequence[Body], lines: Sequence[Timeline]
) -> Iterator[Floor]:
    for found in curves():
        for side in found.sides:
            read = []
            for body, line in zip(bodies, lines, strict=True):
                with suppress(MissingKeypoints):
                    read.append(compare(found, side, first, body, line))
            if len(read) < FEWEST:
                continue
            values = np.stack([one.take for one in read])
            noise2 = np.stack([0.5 * one.sd**2 + one.timing_sd**2 for one in read])
            yield _floor(declared(found, side), values, noise2, lines[0].step_s)


def _of_timing(lines: Sequence[Timeline], tempos: Sequence[float]) -> Floor:
    scale = tempos[0] / np.array(tempos)[:, None]
    late = scale * np.stack([line.late_s for line in lines])
    sd = scale * np.stack([line.late_sd_s for line in lines])
    told = sd < TIMING_DOUBT_S
    late, noise2 = np.where(told, late, np.nan), np.where(told, sd, np.nan) ** 2
    return _floor(DECLARED_TIMING, late, noise2, lines[0].step_s)


def _floor(default: Floor, values: Array, noise2: Array, step_s: float) -> Floor:
    """The floor of one measure, the declared one where nothing is learnt."""
    values = np.where(np.isfinite(noise2), values, np.nan)
    share = step_s / ANOTHER_S
    whole = again(values, noise2, share)
    if whole is None:
        return default
    parts = [
        again(values[:, here], noise2[:, here], share)
        for here in _at_rest_and_away(values)
    ]
    own = max(_joint(default.own, one) for one in parts if one is not None)
    return replace(
        default,
        value=floor_of(own, default.own),
        own=own,
        takes=int(np.isfinite(values).any(axis=1).sum()),
        typical_error=whole.sd,
        interval90=(whole.low, whole.high),
    )


def _at_rest_and_away(values: Array) -> Iterator[NDArray[np.bool_]]:
    """Where a curve is where it mostly is, and where it is not."""
    together = np.isfinite(values).sum(axis=0) >= FEWEST
    level = np.full(together.shape, np.nan)
    level[together] = np.nanmedian(values[:, together], axis=0)
    low, middle, high = np.nanquantile(level, (0.05, 0.5, 0.95))
    away = np.abs(level - middle) > AWAY * (high - low)
    yield together & ~away
    yield away


def _joint(declared: float, found: Again) -> float:
    """A dancer's standard deviation by what is declared and what was found."""
    joint = WORTH * declared**2 + found.freedom * found.own**2
    return float(np.sqrt(joint / (WORTH + found.freedom)))
