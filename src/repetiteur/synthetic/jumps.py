"""Jumps of the vocabulary as key poses; see :mod:`repetiteur.synthetic.steps`.

``flight`` is the flight time in counts: seconds at 60 counts a minute.
"""

from __future__ import annotations

from repetiteur.model.skeletons import Side
from repetiteur.synthetic.keyposes import KeyPose, Step, fifth, on_both, other


def saute(flight: float = 0.4, *, depth: float = 55.0) -> Step:
    """Jump from two feet onto two feet, in the position they are in.

    The body keeps one pose in the air.
    """
    stay = KeyPose("saute.flight", flight, aloft=True)
    return (*_plie("saute", depth), stay, *_landing("saute", depth))


def changement(front: Side, flight: float = 0.4, *, depth: float = 55.0) -> Step:
    """Jump from fifth with ``front`` in front into fifth with the other in front."""
    return _beaten("changement", front, 1, flight, depth)


def entrechat(
    front: Side, crossings: int = 2, flight: float = 0.5, *, depth: float = 60.0
) -> Step:
    """Jump from fifth in which the legs open and cross ``crossings`` times.

    2 are an entrechat quatre, which comes down with ``front`` in front, and 3 a six.
    """
    name = "entrechat_six" if crossings == 3 else "entrechat_quatre"
    return _beaten(name, front, crossings, flight, depth)


def echappe(front: Side, flight: float = 0.4, *, depth: float = 55.0) -> Step:
    """Jump from fifth that opens at the top into second, and one back into fifth."""
    name, half = "echappe_saute", 0.5 * flight
    closed = KeyPose(f"{name}.jump", half, aloft=True)
    out = KeyPose(f"{name}.open", half, feet="second", aloft=True)
    wide = KeyPose(f"{name}.jump", half, aloft=True)
    back = KeyPose(f"{name}.close", half, feet=fifth(front), aloft=True)
    return (
        *(*_plie(name, depth), closed, out, *_landing(name, depth)),
        *(*_plie(name, depth), wide, back, *_landing(name, depth)),
    )


def _beaten(
    name: str, front: Side, crossings: int, flight: float, depth: float
) -> Step:
    part = 0.5 * flight / crossings
    beats: list[KeyPose] = []
    for _ in range(crossings):
        front = other(front)
        beats += (
            KeyPose(f"{name}.open", part, feet="first", aloft=True),
            KeyPose(f"{name}.beat", part, feet=fifth(front), aloft=True),
        )
    return (*_plie(name, depth), *beats, *_landing(name, depth))


def _plie(name: str, depth: float) -> Step:
    return (
        KeyPose(f"{name}.plie", 0.6, on_both(depth)),
        KeyPose(f"{name}.takeoff", 0.25, on_both(rise=75.0)),
    )


def _landing(name: str, depth: float) -> Step:
    return (
        KeyPose(f"{name}.landing", 0.3, on_both(depth)),
        KeyPose(f"{name}.recovery", 0.6, on_both()),
    )
