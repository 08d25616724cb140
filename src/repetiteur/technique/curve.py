"""The registry of curves: what two performances are compared by.

A curve is a function from a :class:`~repetiteur.model.poses.Body` to one curve over
its frames, with everything that must be known to read it: unit, needed keypoints,
the floor under which a difference is no note, where it comes from. See the page
*Add a measure* in the documentation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from repetiteur import plugins
from repetiteur.model.body import Body
from repetiteur.model.findings import Priority
from repetiteur.model.skeletons import Side

Array = NDArray[np.float64]
OfFrames = Callable[[Body, Side | None], Array]
#: From where one camera has to look: at the front or the back, or at a side.
Facing = Literal["front", "side"]

FAMILIES = ("legs", "arms", "trunk")

#: Half-width of a 90 % interval in standard deviations of a normal error.
Z90 = 1.645


@dataclass(frozen=True)
class Curve:
    """What a curve is and how it is read.

    Attributes
    ----------
    id : str
        Name in every file.
    name : str
        Words for a person.
    unit : str
        ``deg`` or ``ratio``.
    sided : bool
        Whether there is one for each side of the body.
    limb : str
        ``leg``, ``arm``, ``trunk`` or ``head``: differences of one limb at one time
        are one note.
    needs : tuple of str
        Keypoints; ``{side}`` stands for the side, ``a|b`` asks for one of the two.
    view : {"front", "side"} or None
        From where one camera sees it; None for measures of a limb, which is seen from
        wherever its bones lie near the picture's plane.
    plane : tuple of str
        Those bones, as ``{side}_hip-{side}_knee``, likewise. With neither a view nor
        bones one camera does not show it: it is less than a tracker's error.
    error : float
        Standard deviation that a motion file's own instrument adds to one reading; in
        a picture the tracker's takes its place
        (:func:`repetiteur.technique.reading.read`).
    variation : float
        Standard deviation of a trained dancer's own repeats. This and ``error`` are
        expert defaults, declared before any benchmark was run.
    priority : str
        Where a note on it stands among the others.
    source : str
        Where the formula comes from.
    of_frames : callable
        ``of_frames(body, side) -> (time,) float``; NaN where it has no meaning.
    """

    id: str
    name: str
    unit: str
    sided: bool
    limb: str
    needs: tuple[str, ...]
    error: float
    variation: float
    priority: Priority
    source: str
    of_frames: OfFrames
    view: Facing | None = None
    plane: tuple[str, ...] = ()

    @property
    def difference_error(self) -> float:
        """Standard deviation that two instruments add to a difference, in the unit."""
        return float(np.sqrt(2.0)) * self.error

    @property
    def floor(self) -> float:
        """Largest difference that is a dancer's own variation, in the unit.

        The minimal detectable change at 90 % of one dancer's repeats: 1.645 x sqrt(2)
        x their standard deviation (J. P. Weir, "Quantifying test-retest reliability
        using the intraclass correlation coefficient and the SEM", J. Strength Cond.
        Res. 19, 2005). A difference is said when its whole interval lies beyond.
        """
        return Z90 * float(np.sqrt(2.0)) * self.variation

    @property
    def sides(self) -> tuple[Side | None, ...]:
        """The sides to ask it for."""
        return ("left", "right") if self.sided else (None,)

    def of(self, body: Body, side: Side | None) -> Array:
        """Its curve over the frames of a body, (time,) float.

        Raises
        ------
        MissingKeypoints
            When the body lacks a keypoint that it needs.
        """
        body.need(self.id, *self.keypoints(body, side))
        return self.of_frames(body, side)

    def keypoints(self, body: Body, side: Side | None) -> tuple[str, ...]:
        """The keypoints that it takes from a body: of two, the first that is there."""
        return tuple(_there(need.format(side=side), body) for need in self.needs)

    def bones(self, body: Body, side: Side | None) -> tuple[tuple[str, str], ...]:
        """The bones that have to lie near the picture's plane, by their two ends."""
        named = (bone.format(side=side).split("-") for bone in self.plane)
        return tuple((_there(root, body), _there(end, body)) for root, end in named)


def _there(need: str, body: Body) -> str:
    """A keypoint; of ``a|b`` the first that a body has."""
    names = need.split("|")
    return next((name for name in names if body.has(name)), names[0])


_REGISTRY: dict[str, Curve] = {}


def curve(  # noqa: PLR0913 - each of these belongs to every measure
    id: str,
    *,
    name: str,
    unit: str,
    limb: str,
    needs: tuple[str, ...],
    error: float,
    variation: float,
    priority: Priority,
    source: str,
    view: Facing | None = None,
    plane: tuple[str, ...] = (),
) -> Callable[[OfFrames], OfFrames]:
    """Register a function as a curve; it is sided when a need names ``{side}``.

    Raises
    ------
    ValueError
        When the id is taken.
    """

    def register(of_frames: OfFrames) -> OfFrames:
        if id in _REGISTRY:
            raise ValueError(f"A curve needs an id of its own, and {id!r} is taken.")
        sided = any("{side}" in need for need in needs)
        _REGISTRY[id] = Curve(
            id=id,
            name=name,
            unit=unit,
            sided=sided,
            limb=limb,
            needs=needs,
            error=error,
            variation=variation,
            priority=priority,
            source=source,
            of_frames=of_frames,
            view=view,
            plane=plane,
        )
        return of_frames

    return register


def curves() -> Iterator[Curve]:
    """All registered curves, our own first, then those of plugins.

    Examples
    --------
    >>> "leg_elevation" in {m.id for m in curves()}
    True
    """
    for family in FAMILIES:
        import_module(f"repetiteur.technique.{family}")
    plugins.load(plugins.MEASURES)
    yield from tuple(_REGISTRY.values())
