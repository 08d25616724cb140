"""Jumps of the vocabulary as key poses; see :mod:`repetiteur.synthetic.steps`."""

from __future__ import annotations

from repetiteur.synthetic.keyposes import KeyPose, Step, on_both


def saute(flight: float = 0.4, *, depth: float = 55.0) -> Step:
    """Jump from two feet onto two feet, in the position they are in.

    ``flight`` is the flight time in counts: seconds at 60 counts a minute. The body
    keeps one pose in the air, so that it flies as a point of mass would.
    """
    stretched = on_both(rise=75.0)
    return (
        KeyPose("saute.plie", 0.6, on_both(depth)),
        KeyPose("saute.takeoff", 0.25, stretched),
        KeyPose("saute.flight", flight, {}, "flight"),
        KeyPose("saute.landing", 0.3, on_both(depth)),
        KeyPose("saute.recovery", 0.6, on_both()),
    )
