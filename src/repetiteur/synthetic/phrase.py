"""A phrase of steps, and dancing it: from key poses to poses over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr

from repetiteur.model.poses import log, make_poses
from repetiteur.model.skeletons import KEYPOINTS
from repetiteur.synthetic.body import PARAMETERS, columns, positions
from repetiteur.synthetic.dancer import SIDES, STANDARD, Array, Dancer
from repetiteur.synthetic.falling import falling
from repetiteur.synthetic.keyposes import KeyPose, Step
from repetiteur.synthetic.motion import (
    Alteration,
    Delay,
    make_clock,
    make_waves,
    waves_at,
)
from repetiteur.synthetic.score import compose

_AT = {name: k for k, name in enumerate(PARAMETERS)}
#: Share of the natural variation that each varying parameter gets. The feet do not
#: vary: they stand on the floor, and a knee varies only as far as it is bent.
_SWAY = {
    **dict.fromkeys(("trunk_pitch", "trunk_side", "obliquity"), 0.5),
    **dict.fromkeys(("shoulder_yaw", "head_pitch", "head_tilt", "head_yaw"), 1.0),
    **{
        f"{side}_{name}": 1.0
        for side in SIDES
        for name in ("arm_height", "arm_azimuth", "elbow", "forearm", "height", "knee")
    },
}
_BENT_DEG = 30.0


@dataclass(frozen=True)
class Phrase:
    """Steps in order.

    Attributes
    ----------
    poses : tuple of KeyPose
        The key poses of all steps. The phrase begins in the first pose, which is held
        for its counts.

    Examples
    --------
    >>> from repetiteur.synthetic.steps import demi_plie, fifth_position
    >>> phrase = Phrase.of(fifth_position("left"), demi_plie(counts=4.0))
    >>> phrase.counts, len(phrase.poses)
    (5.0, 3)
    """

    poses: tuple[KeyPose, ...]

    @classmethod
    def of(cls, *steps: Step) -> Phrase:
        """Phrase from steps."""
        return cls(tuple(pose for step in steps for pose in step))

    @property
    def counts(self) -> float:
        """Length in counts."""
        return sum(pose.counts for pose in self.poses)

    def moments(self, bpm: float = 60.0) -> list[tuple[str, float]]:
        """Name of each key pose and when it is reached, seconds at tempo 1."""
        times = np.cumsum([pose.counts for pose in self.poses]) * 60.0 / bpm
        return [
            (pose.name, float(when))
            for pose, when in zip(self.poses, times, strict=True)
        ]


def dance(  # noqa: PLR0913 -- each is one property of a take, and all have a default
    phrase: Phrase,
    dancer: Dancer = STANDARD,
    *,
    tempo: float = 1.0,
    bpm: float = 60.0,
    fps: float = 60.0,
    heading: float = 0.0,
    noise: float = 0.0,
    seed: int = 0,
    wobble_deg: float = 0.0,
    wobble_s: float = 0.0,
    wait_s: float = 0.0,
    alterations: Sequence[Alteration] = (),
    delays: Sequence[Delay] = (),
) -> xr.Dataset:
    """Dance a phrase.

    Parameters
    ----------
    phrase : Phrase
        What is danced.
    dancer : Dancer
        Who dances it.
    tempo : float
        Multiplies the speed.
    bpm : float
        Counts a minute at tempo 1.
    fps : float
        Frames a second.
    heading : float
        Heading at the beginning, degrees, positive to the dancer's left.
    noise : float
        Standard deviation of white Gaussian noise on each coordinate, metres.
    seed : int
        Of noise and natural variation: the same seed gives the same poses.
    wobble_deg, wobble_s : float
        Root mean square of the natural variation of angles and of timing: slow and
        smooth, another at each seed.
    wait_s : float
        Seconds of standing in the first pose before the phrase begins.
    alterations : sequence of Alteration
    delays : sequence of Delay

    Returns
    -------
    xarray.Dataset
        3D poses with all keypoints.

    Raises
    ------
    ValueError
        When time would run backwards, or a number makes no sense.
    KeyError
        When an alteration names no parameter.

    Examples
    --------
    >>> from repetiteur.synthetic.steps import demi_plie, fifth_position
    >>> poses = dance(Phrase.of(fifth_position("left"), demi_plie()), fps=50.0)
    >>> poses.sizes["time"], poses.attrs["source_software"]
    (151, 'repetiteur synthetic')
    """
    if fps <= 0.0:
        raise ValueError(f"fps needs to be above 0, and is {fps:g}.")
    rng = np.random.default_rng(seed)
    sway = make_waves(wobble_s, 1, rng) if wobble_s else None
    angles = make_waves(wobble_deg, len(PARAMETERS), rng) if wobble_deg else None
    score = compose(phrase.poses, dancer, bpm=bpm, heading=heading)
    clock = make_clock(
        score.lasting_s, tempo=tempo, wait_s=wait_s, delays=delays, sway=sway
    )
    time = np.arange(int(np.floor(clock.end_s * fps + 1e-9)) + 1) / fps
    edges = score.flights_at(clock)
    when = np.concatenate([time, edges.ravel()])
    moments = clock.phrase_at(when)
    table = score.parameters_at(moments, clock)
    if angles is not None:
        _vary(table, waves_at(angles, when))
    for change in alterations:
        table[:, _AT[change.parameter]] += change.at(moments)
    place = falling(positions(table, dancer), when, flights=len(edges))
    place = place + rng.normal(0.0, noise, place.shape) if noise else place
    poses = make_poses(
        place,
        time=time,
        keypoints=KEYPOINTS,
        source_software="repetiteur synthetic",
    )
    poses.attrs["fps"] = fps
    return log(
        poses,
        f"danced from {len(phrase.poses)} key poses: tempo {tempo:g}, {bpm:g} counts a "
        f"minute, heading {heading:g} degrees, noise {noise:g} m, seed {seed}",
    )


def _vary(table: Array, waves: Array) -> None:
    """Add natural variation to angles, in place."""
    angles = columns(table)
    for name, share in _SWAY.items():
        amount = share * waves[:, _AT[name]]
        if name.endswith("_knee"):
            amount = amount * np.clip(angles[name] / _BENT_DEG, 0.0, 1.0)
        if name.endswith("_height") and "arm" not in name:
            amount = amount * np.clip(angles[name] / _BENT_DEG - 1.0, 0.0, 1.0)
        table[:, _AT[name]] += amount
