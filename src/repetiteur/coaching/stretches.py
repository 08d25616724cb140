"""Stretches of time in which something is danced, and when two of them are the same."""

from __future__ import annotations

from dataclasses import dataclass

from repetiteur.model.findings import Span
from repetiteur.model.skeletons import Side

#: Events are the same when they share so much of the shorter one's time.
SHARED = 1.0 / 3.0


@dataclass(frozen=True)
class Event:
    """Something danced: when, and with which leg or to which side."""

    start_s: float
    end_s: float
    side: Side | None


def shared_s(one: Event | Span, other: Event | Span) -> float:
    """Seconds that two stretches share; below 0 where they lie apart."""
    return min(one.end_s, other.end_s) - max(one.start_s, other.start_s)


def overlap(one: Event | Span, other: Event | Span) -> bool:
    """Whether two stretches share a third of the shorter one's time."""
    shorter = min(one.end_s - one.start_s, other.end_s - other.start_s)
    return shared_s(one, other) > SHARED * shorter
