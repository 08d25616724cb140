"""The size of a dancer, and bodies scaled to one that is known."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import numpy as np

from repetiteur.clean.samples import stature_of
from repetiteur.errors import NothingToJudge
from repetiteur.model.body import Body


def stature(body: Body) -> float:
    """How tall a body is, by the lengths of its long bones, metres.

    NaN where none was seen. See :mod:`repetiteur.kernels.stature` for the shares of
    stature that bones have on average: a person's own differ by some centimetres.
    """
    names = list(body.points)
    if not names:
        return float("nan")
    place = np.stack([body.points[name] for name in names], axis=1)
    tall = stature_of(place, names, body.time)
    seen = tall[np.isfinite(tall)]
    return float(np.median(seen)) if seen.size else float("nan")


def sized(body: Body, height_m: float) -> Body:
    """The body, scaled so that it is as tall as its dancer.

    Parameters
    ----------
    body : Body
    height_m : float
        Metres.

    Returns
    -------
    Body
        Points and their errors scaled about the origin, which lies on the floor.

    Raises
    ------
    NothingToJudge
        When no long bone was seen.
    """
    found = stature(body)
    if not np.isfinite(found):
        raise NothingToJudge(
            "A recording is scaled to the dancer's height by a long bone (trunk, "
            "thigh, shank, upper arm or forearm), and this one has none. Leave "
            "--height out."
        )
    factor = height_m / found
    return replace(
        body,
        points=MappingProxyType({n: factor * p for n, p in body.points.items()}),
        sd=MappingProxyType({n: factor * sd for n, sd in body.sd.items()}),
    )
