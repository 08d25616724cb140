"""Moments in which a point was hidden that a measure needs."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels import signals
from repetiteur.model.body import Body
from repetiteur.model.skeletons import other_side
from repetiteur.technique.measure import Kind
from repetiteur.technique.moments import Moment
from repetiteur.technique.postures import LEGS, top_of
from repetiteur.technique.values import Key

Array = NDArray[np.float64]

#: A point is hidden where it is not seen for longer than this, s: the largest bend of a
#: landing, or the moment of a contact, may lie in it. Expert default.
HIDDEN_S = 0.1
#: And where frames lie further apart than this many usual steps.
_STEPS = 3.0
#: What belongs to a moment besides itself, s before and after: the landing is taken up,
#: a turn is pushed off for.
_AROUND_S: dict[Kind, tuple[float, float]] = {"flight": (0.1, 0.35), "turn": (0.6, 0.0)}
#: Moments that each side of the body has for itself.
_EACH_SIDE: tuple[Kind, ...] = ("flight", "plie", "stance")


class Hidden:
    """Where the points of a body were hidden.

    Parameters
    ----------
    body : Body

    Examples
    --------
    >>> nose = np.zeros((60, 3))
    >>> nose[20:40] = np.nan
    >>> body = Body(np.arange(60) / 60.0, {"nose": nose})
    >>> Hidden(body).gaps("nose").round(3).tolist()
    [[0.317, 0.667]]
    """

    def __init__(self, body: Body) -> None:
        self._body = body
        self._gaps: dict[str, Array] = {}

    def on(self, key: Key, moment: Moment) -> bool:
        """Whether a point that a value needs was hidden on a moment, or round it."""
        if not self._somewhere:
            return False
        before, after = _AROUND_S.get(moment.kind, (0.0, 0.0))
        span = moment.start_s - before, moment.end_s + after
        return self._between(*span, self._needed(key, moment))

    def cuts(self, moment: Moment) -> bool:
        """Whether legs that were hidden cut a gesture or plié, or hid its top.

        What is left of a leg's way up, or down, ends at the gap's edge, and that is
        neither its top nor its bottom.
        """
        when = top_of(moment.event) if self._somewhere else None
        if when is None:
            return False
        legs = [name for name in LEGS if moment.side in ("both", name.split("_")[0])]
        return any(
            self._between(at - HIDDEN_S, at + HIDDEN_S, legs)
            for at in (moment.start_s, when, moment.end_s)
        )

    def _between(self, start_s: float, end_s: float, names: Iterable[str]) -> bool:
        return any(
            bool(np.any((gaps[:, 0] < end_s) & (gaps[:, 1] > start_s)))
            for gaps in map(self.gaps, names)
            if gaps.size
        )

    @cached_property
    def _somewhere(self) -> bool:
        """Whether anything was hidden at all: most recordings are without gaps."""
        points = self._body.points.values()
        return bool(self._holes.size) or not all(np.isfinite(p).all() for p in points)

    def gaps(self, name: str) -> Array:
        """From when to when a point was hidden, (n, 2) s; without a frame too."""
        if name not in self._gaps:
            unseen = ~np.isfinite(self._body[name]).all(axis=1)
            runs = np.array(signals.runs(unseen), dtype=np.intp).reshape(-1, 2)
            time = np.concatenate([[-np.inf], self._body.time, [np.inf]])
            found = np.stack([time[runs[:, 0]], time[runs[:, 1] + 2]], axis=1)
            long = found[:, 1] - found[:, 0] > HIDDEN_S
            self._gaps[name] = np.concatenate([found[long], self._holes])
        return self._gaps[name]

    @cached_property
    def _holes(self) -> Array:
        """Where there is no frame, (n, 2) s."""
        time = self._body.time
        steps = np.diff(time)
        least = max(HIDDEN_S, _STEPS * float(np.median(steps))) if steps.size else 0.0
        wide = np.flatnonzero(steps > least)
        return np.stack([time[wide], time[wide + 1]], axis=1)

    def _needed(self, key: Key, moment: Moment) -> list[str]:
        """Points that a value needs; of two that will do, the one that there is."""
        other = other_side(f"{key.side}_") if key.side else "no side"
        names = [
            next((name for name in need.split("|") if self._body.has(name)), need)
            for need in key.measure.needs
        ]
        if moment.kind in _EACH_SIDE:
            names = [name for name in names if not name.startswith(other)]
        return names
