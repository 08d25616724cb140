"""Steps of the vocabulary as key poses.

A step is a function that returns its key poses in order, each named ``step.phase``
after the phases of the vocabulary. To add a step, write such a function.
"""

from __future__ import annotations

from repetiteur.model.skeletons import Side
from repetiteur.synthetic.dancer import SIGN
from repetiteur.synthetic.keyposes import (
    AZIMUTH,
    DEMI_POINTE,
    LEAN,
    LEAN_ON_TOE,
    Arms,
    Direction,
    KeyPose,
    Step,
    arms,
    cou_de_pied_leg,
    fifth,
    fourth,
    leg,
    on_both,
    other,
    retire_leg,
    standing,
    upright,
    with_toe,
)
from repetiteur.synthetic.placing import tendu_leg

#: Degrees by which the working hip is carried higher while the straight leg closes;
#: else its heel would go through the floor as it passes under the hip.
HITCH = 3.5


def hold(name: str, counts: float) -> KeyPose:
    """The pose before, held."""
    return KeyPose(name, counts)


def fifth_position(
    front: Side = "left", *, counts: float = 1.0, step: str = "fifth_position"
) -> Step:
    """Fifth position, arms low.

    Examples
    --------
    >>> [pose.name for pose in fifth_position("left")]
    ['fifth_position.hold']
    """
    changes = {**upright(), **on_both(), **arms("low")}
    return (KeyPose(f"{step}.hold", counts, changes, fifth(front)),)


def first_position(*, counts: float = 1.0) -> Step:
    """First position, arms low."""
    changes = {**upright(), **on_both(), **arms("low")}
    return (KeyPose("first_position.hold", counts, changes, "first"),)


def demi_plie(*, depth: float = 58.0, counts: float = 2.0) -> Step:
    """Both knees bend by ``depth`` degrees and stretch, heels down."""
    half = 0.5 * counts
    return (
        KeyPose("demi_plie.bottom", half, on_both(depth)),
        KeyPose("demi_plie.end", half, on_both()),
    )


def releve(*, counts: float = 1.0, balance: float = 1.0) -> Step:
    """Rise on both feet to demi-pointe, balance, and lower."""
    return (
        KeyPose("releve.top", counts, on_both(rise=DEMI_POINTE)),
        hold("releve.balance", balance),
        KeyPose("releve.lower", counts, on_both()),
    )


def port_de_bras(*positions: Arms, counts: float = 1.5) -> Step:
    """Arms through positions, ``counts`` for each, the head following.

    By default low, front, up, side.
    """
    way = positions or ("low", "front", "up", "side")
    heads = {"low": 8.0, "front": 6.0, "up": -8.0, "side": 0.0, "hanging": 0.0}
    last = len(way) - 1
    return tuple(
        KeyPose(
            "port_de_bras." + ("finish" if k == last else "gateway"),
            counts,
            {**arms(place), "head_pitch": heads[place]},
            through=k < last,
        )
        for k, place in enumerate(way)
    )


def battement_tendu(
    side: Side,
    direction: Direction = "devant",
    *,
    counts: float = 2.0,
    close: Side | None = None,
    arm: Arms | None = None,
) -> Step:
    """The straight leg brushes out until only its toe touches, and closes in fifth.

    ``close`` is the side in front afterwards; the working side by default, and the
    standing side after a tendu derrière. ``arm`` is where the arms go on the way out.
    """
    front = close or (other(side) if direction == "derriere" else side)
    base = other(side)
    return (
        KeyPose("battement_tendu.closed", 0.25 * counts, standing(base), weight=base),
        KeyPose(
            "battement_tendu.point",
            0.35 * counts,
            {**tendu_leg(side, direction), **(arms(arm) if arm else {})},
            with_toe(base),
        ),
        *close_fifth(side, front, counts=0.4 * counts),
    )


def retire(
    side: Side,
    *,
    counts: float = 2.0,
    balance: float = 0.0,
    rise: float = 0.0,
    step: str = "retire",
) -> Step:
    """The foot is drawn up to the standing knee, and held.

    ``rise`` is that of the standing heel in degrees; closing is left to what follows.
    """
    base = other(side)
    lean = LEAN_ON_TOE if rise else LEAN + 1.0
    drawn = {**retire_leg(side), **standing(base, lean, rise=rise)}
    poses = (
        KeyPose(f"{step}.fifth", 0.3 * counts, standing(base), weight=base),
        KeyPose(
            f"{step}.cou_de_pied",
            0.3 * counts,
            cou_de_pied_leg(side),
            base,
            through=True,
        ),
        KeyPose(f"{step}.draw_up", 0.4 * counts, drawn, base),
    )
    return (*poses, hold(f"{step}.hold", balance)) if balance else poses


def equilibre(side: Side, *, counts: float = 2.0, balance: float = 2.0) -> Step:
    """Balance in retiré on demi-pointe, arms above; ``side`` is the working leg."""
    poses = retire(side, counts=counts, rise=DEMI_POINTE, step="equilibre")
    last = poses[-1]
    up = KeyPose(
        "equilibre.arrive", last.counts, {**last.changes, **arms("up")}, last.feet
    )
    return (*poses[:-1], up, hold("equilibre.hold", balance))


def developpe(
    side: Side,
    direction: Direction = "seconde",
    height: float = 95.0,
    *,
    counts: float = 6.0,
    balance: float = 2.0,
) -> Step:
    """The leg is drawn to retiré, unfolds to ``height`` degrees, holds and is lowered.

    ``counts`` are those of the way up; it ends with the toe on the floor.
    """
    base, az, part, up = other(side), AZIMUTH[direction], counts / 6.0, SIGN[side]
    tilt = 6.0 if direction == "seconde" else 2.0
    sideways = -5.0 if direction == "seconde" else 0.0
    pitch = {"devant": -3.0, "seconde": 0.0, "derriere": 16.0}[direction]
    lean = {"devant": -80.0, "seconde": -90.0, "derriere": -96.0}[direction]
    body = upright(
        obliquity=up * tilt, trunk_side=up * sideways, trunk_pitch=pitch,
        head_yaw=up * (14.0 if direction != "derriere" else -8.0),
    )  # fmt: skip
    extended = leg(side, height, az, rotation=12.0)
    bent = leg(side, 0.62 * height, az, 78.0, rotation=18.0)
    poses = retire(side, counts=3.0 * part, step="developpe")
    return (
        *poses[:-1],
        KeyPose(
            "developpe.retire", poses[-1].counts,
            {**poses[-1].changes, **arms("front")}, base, through=True,
        ),
        KeyPose(
            "developpe.attitude", 1.4 * part, {**bent, **arms("side")}, through=True
        ),
        KeyPose(
            "developpe.extension", 1.6 * part,
            {**extended, **standing(base, LEAN + 1.5, lean), **body},
        ),
        hold("developpe.hold", balance),
        KeyPose(
            "developpe.lower", 0.3 * counts,
            {
                **tendu_leg(side, direction), **standing(base),
                **upright(obliquity=HITCH * SIGN[side]),
            },
            with_toe(base),
        ),
    )  # fmt: skip


def close_fifth(
    side: Side,
    front: Side,
    *,
    counts: float = 1.0,
    turn: float = 0.0,
    step: str = "battement_tendu",
) -> Step:
    """The free leg, ``side``, closes into fifth with ``front`` in front.

    ``turn`` is in degrees, on the standing foot.
    """
    base = other(side)
    lifted = upright(obliquity=HITCH * SIGN[side])
    closed = {**on_both(), **lifted, **standing(base)}
    return (
        KeyPose(
            f"{step}.brush_in",
            0.6 * counts,
            closed,
            fifth(front),
            weight=base,
            turn=turn,
        ),
        KeyPose(
            f"{step}.closed", 0.4 * counts, {**on_both(), **upright()}, fifth(front)
        ),
    )


def step_to(side: Side, *, turn: float = 0.0, counts: float = 3.0) -> Step:
    """Temps lié forward onto ``side``: tendu, plié in fourth, and up onto that leg.

    It ends with the other leg in tendu derrière. ``turn`` is in degrees.
    """
    base = other(side)
    part = counts / 4.0
    return (
        KeyPose("temps_lie.closed", 0.6 * part, standing(base), weight=base),
        KeyPose(
            "temps_lie.brush", 1.2 * part,
            {**leg(side, 0.0, 0.0), **arms("front")}, with_toe(base), turn=turn,
        ),
        KeyPose("temps_lie.plie", 1.0 * part, on_both(46.0), fourth(side)),
        KeyPose(
            "temps_lie.transfer", 1.2 * part,
            {**standing(side), **tendu_leg(base, "derriere")}, with_toe(side),
        ),
    )  # fmt: skip


def arabesque_1(
    side: Side, height: float = 88.0, *, counts: float = 2.0, balance: float = 2.0
) -> Step:
    """First arabesque from tendu derrière; ``side`` is the working leg.

    The arm of the standing side goes forward; it ends in tendu derrière.
    """
    base = other(side)
    up = SIGN[side]
    line: dict[str, float] = {
        f"{base}_arm_height": 98.0, f"{base}_arm_azimuth": 12.0,
        f"{base}_elbow": 9.0, f"{base}_forearm": -20.0,
        f"{side}_arm_height": 80.0, f"{side}_arm_azimuth": 100.0,
        f"{side}_elbow": 10.0, f"{side}_forearm": -30.0,
    }  # fmt: skip
    body = upright(
        trunk_pitch=0.24 * height, trunk_side=-2.0 * up, obliquity=5.0 * up,
        shoulder_yaw=0.0, head_pitch=-4.0,
    )  # fmt: skip
    return (
        KeyPose(
            "arabesque_1.enter", counts,
            {
                **leg(side, height, AZIMUTH["derriere"], rotation=6.0),
                **standing(base, LEAN + 0.5, -90.0), **body, **line,
            },
            base,
        ),
        hold("arabesque_1.hold", balance),
        KeyPose(
            "arabesque_1.leave", 0.75 * counts,
            {
                **tendu_leg(side, "derriere"), **standing(base),
                **upright(), **arms("side"),
            },
            with_toe(base),
        ),
    )  # fmt: skip


def attitude(
    side: Side, height: float = 80.0, *, counts: float = 2.0, balance: float = 2.0
) -> Step:
    """Attitude derrière from tendu derrière; the working arm above."""
    base = other(side)
    up = SIGN[side]
    raised = leg(side, height, 158.0, 70.0, rotation=24.0)
    both = arms("up", "side") if side == "left" else arms("side", "up")
    body = upright(trunk_pitch=12.0, obliquity=5.0 * up, head_yaw=10.0 * up)
    return (
        KeyPose(
            "attitude.enter", counts,
            {**raised, **standing(base, LEAN + 1.5, -94.0), **body, **both}, base,
        ),
        hold("attitude.hold", balance),
        KeyPose(
            "attitude.leave", 0.75 * counts,
            {
                **tendu_leg(side, "derriere"), **standing(base),
                **upright(), **arms("side"),
            },
            with_toe(base),
        ),
    )  # fmt: skip
