"""The trackers that there are: a registry of what finds people and their joints.

A tracker finds people in a picture, and the joints of one of them in a region. All
else (who dances, pieces, workers, left and right, the cache) is the same for each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Protocol

from repetiteur.track.regions import Picture, Region
from repetiteur.track.sights import Look, Person

__all__ = ["Eyes", "Tracker", "register", "tracker_of", "trackers"]


class PersonFinder(Protocol):
    """Finds people in a picture."""

    def find(self, picture: Picture) -> list[Person]:
        """People, the surest first."""

    def find_small(self, picture: Picture) -> list[Person]:
        """People who are too small for :meth:`find`."""


class JointFinder(Protocol):
    """Finds the joints of one person."""

    def look(self, picture: Picture, where: Region) -> Look:
        """Joints of the person in a region."""


@dataclass(frozen=True)
class Eyes:
    """What a follower looks with."""

    people: PersonFinder
    joints: JointFinder


@dataclass(frozen=True)
class Tracker:
    """One tracker.

    Attributes
    ----------
    name : str
        As asked for on the command line.
    software : str
        What ``source_software`` says of its poses.
    keypoints : tuple of str
        In the order of its looks.
    weights : callable
        Names and files of what it needs; raises MissingWeights.
    eyes : callable
        Makes its eyes of those files, in the process that looks.
    """

    name: str
    software: str
    keypoints: tuple[str, ...]
    weights: Callable[[], dict[str, Path]]
    eyes: Callable[[Mapping[str, Path]], Eyes]


_BUILT_IN = ("repetiteur.track.blazepose", "repetiteur.track.rtm")
_registry: dict[str, Tracker] = {}


def register(tracker: Tracker) -> None:
    """Add a tracker.

    Raises
    ------
    ValueError
        When its name is taken.
    """
    if tracker.name in _registry:
        raise ValueError(
            f"A tracker needs a name of its own, and {tracker.name!r} is taken."
        )
    _registry[tracker.name] = tracker


def trackers() -> Iterator[Tracker]:
    """All trackers.

    Examples
    --------
    >>> {"heavy", "full", "lite", "rtm"} <= {tracker.name for tracker in trackers()}
    True
    """
    for module in _BUILT_IN:
        import_module(module)
    yield from tuple(_registry.values())


def tracker_of(name: str) -> Tracker:
    """The tracker of a name.

    Raises
    ------
    ValueError
        When there is none.
    """
    known = {tracker.name: tracker for tracker in trackers()}
    if name not in known:
        raise ValueError(f"A tracker is one of {', '.join(known)}, and not {name!r}.")
    return known[name]
