"""Which notes name which planted faults: the table that decides what is true.

Decided before the first run, from what the planter does to a body
(``planting_shapes``, ``planting_timely``) and from nothing that was measured. ``names``
are measures by which a note names the fault, with the sign of take minus reference;
``follows`` are measures that the planted fault truly changes besides, at the same time
and on the same side: such a note is neither true nor false, and is counted apart.

=================  =======================================  ==========================
planted            a note names it by (sign)                truly follows (sign)
=================  =======================================  ==========================
leg_lower          leg_elevation -
knee_bent          knee_extension_support +,                leg_elevation ±,
                   knee_extension_working +,                ankle_plantarflexion ±
                   knee_flexion +
elbow_dropped      arm_shape.elbow_elevation -              arm_shape.elevation -,
                                                            arm_shape.elbow_flexion ±
arm_lower          arm_shape.elevation -,
                   arm_shape.elbow_elevation - (no size)
trunk_pitched      aplomb.pitch +                           aplomb.side ±,
                                                            shoulder_lift ±
head_dropped       head_pitch +                             shoulder_lift ±
foot_unpointed     ankle_plantarflexion -
hip_lifted         pelvis_obliquity, + left and - right     aplomb.pitch ±,
                                                            aplomb.side ±
shoulders_lifted   shoulder_lift +
late, early        timing_path + and -
balance_cut        balance_time -                           timing_path - as it ends
                                                            and after
jump_lower         jump_height_com -, jump_height_flight -  timing_path ± at both ends
turn_short         turn_count -                             turn_count ± while the half
                                                            is made up for
bar_left_out       step_presence - (in the reference)
bar_repeated       step_presence +
=================  =======================================  ==========================

A note that says the arm is lower where the elbow was dropped names the consequence and
not the fault: the fault counts as missed if nothing else is said. Where the whole arm
is lower the upper arm is, too, by nearly as much: then it is another name of the same
fault, and a second note by that name is one too many.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

#: +1 or -1; 0 = either.
Sign = float


@dataclass(frozen=True)
class Names:
    """By what one kind of fault may be named.

    Attributes
    ----------
    names : mapping of str to float
        Measure to sign.
    follows : mapping of str to float
    unsized : frozenset of str
        Names whose size is not the planted one.
    by_sign : bool
        Whether the sign of the measure says the side: + left.
    """

    names: Mapping[str, Sign]
    follows: Mapping[str, Sign] = field(default_factory=dict)
    unsized: frozenset[str] = frozenset()
    by_sign: bool = False


TABLE: dict[str, Names] = {
    "leg_lower": Names({"leg_elevation": -1.0}),
    "knee_bent": Names(
        {
            "knee_extension_support": 1.0,
            "knee_extension_working": 1.0,
            "knee_flexion": 1.0,
        },
        {"leg_elevation": 0.0, "ankle_plantarflexion": 0.0},
    ),
    "elbow_dropped": Names(
        {"arm_shape.elbow_elevation": -1.0},
        {"arm_shape.elevation": -1.0, "arm_shape.elbow_flexion": 0.0},
    ),
    "arm_lower": Names(
        {"arm_shape.elevation": -1.0, "arm_shape.elbow_elevation": -1.0},
        unsized=frozenset({"arm_shape.elbow_elevation"}),
    ),
    "trunk_pitched": Names(
        {"aplomb.pitch": 1.0}, {"aplomb.side": 0.0, "shoulder_lift": 0.0}
    ),
    "head_dropped": Names({"head_pitch": 1.0}, {"shoulder_lift": 0.0}),
    "foot_unpointed": Names({"ankle_plantarflexion": -1.0}),
    "hip_lifted": Names(
        {"pelvis_obliquity": 1.0},
        {"aplomb.pitch": 0.0, "aplomb.side": 0.0},
        by_sign=True,
    ),
    "shoulders_lifted": Names({"shoulder_lift": 1.0}),
    "late": Names({"timing_path": 1.0}),
    "early": Names({"timing_path": -1.0}),
    "balance_cut": Names({"balance_time": -1.0}, {"timing_path": -1.0}),
    "jump_lower": Names(
        {"jump_height_com": -1.0, "jump_height_flight": -1.0}, {"timing_path": 0.0}
    ),
    "turn_short": Names({"turn_count": -1.0}, {"turn_count": 0.0}),
    "bar_left_out": Names({"step_presence": -1.0}),
    "bar_repeated": Names({"step_presence": 1.0}),
}
#: Faults whose size is an angle, and those whose size is a lateness.
ANGLES = (
    "leg_lower", "knee_bent", "elbow_dropped", "arm_lower", "trunk_pitched",
    "head_dropped", "foot_unpointed", "hip_lifted",
)  # fmt: skip
LATENESS = ("late", "early")
#: The measure of the registry that a name of a note is read from.
READ_FROM = {
    "knee_extension_support": "knee_flexion",
    "knee_extension_working": "knee_flexion",
}


def declared_floors() -> dict[str, float]:
    """Floors of all measures as the package declares them, by name, in their units."""
    from repetiteur.coaching import event_kinds, presence
    from repetiteur.coaching.floor import TIMING_FLOOR_S
    from repetiteur.technique.curve import curves

    floors = {one.id: one.floor for one in curves()}
    floors |= {name: floors[read] for name, read in READ_FROM.items()}
    floors["timing_path"] = TIMING_FLOOR_S
    for kind in (event_kinds.TURNS, event_kinds.JUMPS, event_kinds.JUMPS_BY_TIME,
                 event_kinds.BALANCES):  # fmt: skip
        floors[kind.measure] = kind.floor
    floors["step_presence"] = presence.STEP_FLOOR_S
    return floors
