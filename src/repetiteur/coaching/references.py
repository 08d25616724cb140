"""Further references: what they and the first have between them is no difference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repetiteur.align.envelope import Cast, cast
from repetiteur.coaching.timeline import Timeline, even
from repetiteur.errors import NothingToJudge
from repetiteur.kinematics.apart import Apart, views_apart
from repetiteur.model.body import Body

#: Recordings made from further apart than this about the dancer, deg, are from
#: different sides: their angles are not compared.
ELSEWHERE = 30.0
#: A further reference is of use when this share of it is seen from the same side.
MOSTLY = 0.5
#: Least share of the first reference in which a further one has a say: the rest it
#: leaves out, is not seen in, or cannot be lined up in.
LEAST_SAY = 0.1


@dataclass(frozen=True)
class Model:
    """One reference as a take is compared with it.

    Attributes
    ----------
    body : Body
        At the moments of the timeline.
    apart : Apart or None
        From how far apart it and the take were filmed; None in space.
    """

    body: Body
    apart: Apart | None

    def near(self) -> NDArray[np.bool_]:
        """Where the two were filmed from the same side."""
        if self.apart is None:
            return np.ones(self.body.time.shape, dtype=bool)
        return self.apart.near(ELSEWHERE)


def models(casts: Sequence[Cast], take: Body, line: Timeline) -> tuple[Model, ...]:
    """Further references beside a take."""
    seen = line.apart is not None
    return tuple(
        Model(c.body, views_apart(c.body, take, line.take_s) if seen else None)
        for c in casts
    )


def laid_on(first: Body, other: Body, named: tuple[str, str]) -> Cast:
    """A further reference on the time of the first.

    Parameters
    ----------
    first, other : Body
        With the same keypoints.
    named : (str, str)
        Their names, for errors.

    Returns
    -------
    Cast

    Raises
    ------
    NothingToJudge
        When it is not the same phrase, or seen from another side; with its name.
    """
    one, more = named
    grid = even(first)
    try:
        found = cast(grid, other)
    except NothingToJudge as error:
        raise NothingToJudge(
            f"Several references need to be one phrase, and {more} cannot be lined up "
            f"with {one}. {error}"
        ) from error
    if np.isfinite(found.late_s).mean() < LEAST_SAY:
        raise NothingToJudge(
            f"Several references need to be one phrase, and {more} has less than "
            f"{LEAST_SAY:.0%} of {one} in it. Leave it out."
        )
    if not _seen_alike(grid, found):
        raise NothingToJudge(
            f"Several videos as references need to be filmed from one side, and {more} "
            f"was filmed from another side than {one}: what their pictures have "
            "between them says nothing. Leave it out, or film it from there."
        )
    return found


def from_one_side(line: Timeline) -> bool:
    """Whether a take and its reference were filmed from one side, most of the time.

    Those that are measured in space are.

    Parameters
    ----------
    line : Timeline
    """
    apart, danced = line.apart, np.isfinite(line.take_s)
    if apart is None or not danced.any():
        return True
    return bool(apart.near(ELSEWHERE)[danced].mean() >= MOSTLY)


def _seen_alike(first: Body, other: Cast) -> bool:
    """Whether both were filmed from the same side, for most of the dancing."""
    if first.space == "3d":
        return True
    near = Model(other.body, views_apart(first, other.body, first.time)).near()
    danced = np.isfinite(other.late_s)
    return bool(danced.any() and near[danced].mean() >= MOSTLY)
