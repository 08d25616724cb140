"""A dancer whose left arm is the hand of a clock: what is drawn tells its moment."""

from __future__ import annotations

import numpy as np

from repetiteur.align.alignment import Alignment
from repetiteur.rehearsal import Rehearsal
from unit.report import small_rehearsal as made

ROUND_S = 4.0  # seconds that the hand takes to go round
SWAY_S = 0.4  # how far the take runs before and behind

#: The moment of each drawn arm within its round, seconds, as a function in the page.
TOLD = """() => Object.fromEntries(['ref', 'take'].map(who => {
    const arm = document.querySelectorAll(`#stage .fig.${who} path`)[1];
    const at = arm.getAttribute('d').match(/-?[\\d.]+/g).map(Number);
    const [shoulder, hand] = [at.slice(6, 8), at.slice(-2)];
    const turn = Math.atan2(hand[0] - shoulder[0], shoulder[1] - hand[1]);
    return [who, (turn / (2 * Math.PI) + 1) % 1 * ROUND];
}))""".replace("ROUND", str(ROUND_S))


def take_of(reference_s):
    """The moment of the take that belongs to one of the reference."""
    return reference_s + SWAY_S * np.sin(reference_s / 3.0) ** 2


def apart(told, start_s):
    """How far the drawn take is from where it belongs, and where both are.

    The hand tells the moment within its round; which round it is, moments that follow
    one another do.

    Parameters
    ----------
    told : list of dict
        What :data:`TOLD` gave, in the order of time, within half a round of another.
    start_s : float
        A moment of the reference within half a round of the first.

    Returns
    -------
    apart, reference_s : (moments,) float
        Seconds.
    """
    hands = {who: np.array([one[who] for one in told]) for who in ("ref", "take")}
    whole = {
        who: np.unwrap(np.concatenate([[start], hand]), period=ROUND_S)[1:]
        for (who, hand), start in zip(
            hands.items(), (start_s, take_of(start_s)), strict=True
        )
    }
    return whole["take"] - take_of(whole["ref"]), whole["ref"]


def clock(duration_s, fps=30.0):
    """Poses of the dancer, the arm straight and going round before the picture."""
    poses = made.dancer(duration_s=duration_s, fps=fps)
    turn = 2 * np.pi * poses["time"].to_numpy() / ROUND_S
    way = np.stack([np.sin(turn), np.cos(turn), 0 * turn], axis=-1)
    dancer = {"individual": "dancer"}
    shoulder = poses.position.sel(keypoint="left_shoulder", **dancer).to_numpy()
    for name, far in (("elbow", 0.28), ("wrist", 0.53), ("hand", 0.62)):
        poses.position.loc[{"keypoint": f"left_{name}", **dancer}] = (
            shoulder + far * way
        )
    return poses


def line_up(duration_s) -> Alignment:
    """The true alignment."""
    reference = np.arange(0, duration_s + 1e-9, 0.05)
    take = take_of(reference)
    return made.line_up(
        duration_s,
        reference_s=reference,
        take_s=take,
        on_time_s=reference,
        late_s=take - reference,
    )


def rehearsal(duration_s=64.0) -> Rehearsal:
    """A rehearsal of both, without notes."""
    found = made.findings(notes=(), timing=())
    return made.rehearsal(
        reference=clock(duration_s),
        take=clock(duration_s + 1.0),
        alignment=line_up(duration_s),
        found=found,
    )
