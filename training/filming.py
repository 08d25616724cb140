"""What a camera shows of dancers, and what a tracker makes of it, in batches.

Each batch has its own cameras, proportions, noise and guesses of depth, so that no
picture is ever seen twice. Tensors are (batch, frames, points, axes).
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Literal, NamedTuple

import torch
from dancing import AT
from torch import Generator, Tensor, nn

from repetiteur.kinematics.feet import SIDES
from repetiteur.kinematics.lifting import HERTZ, POINTS
from repetiteur.model.skeletons import other_side

LIMBS = {
    "leg": ("hip", "knee", "ankle", "heel", "toe"),
    "arm": ("shoulder", "elbow", "wrist", "hand"),
}
_BONES = (
    ("hip", "knee"), ("knee", "ankle"), ("ankle", "heel"), ("ankle", "toe"),
    ("shoulder", "elbow"), ("elbow", "wrist"), ("wrist", "hand"),
)  # fmt: skip
#: What moves when a joint is turned.
_BELOW = {
    "hip": ("knee", "ankle", "heel", "toe"),
    "knee": ("ankle", "heel", "toe"),
    "ankle": ("heel", "toe"),
    "shoulder": ("elbow", "wrist", "hand"),
    "elbow": ("wrist", "hand"),
}
#: Bones whose lengths the network is told, as in :mod:`repetiteur.kinematics.lifting`.
_TOLD = (
    ("hip", "knee"), ("ankle", "heel"), ("ankle", "toe"),
    ("shoulder", "elbow"), ("elbow", "wrist"), ("wrist", "hand"),
)  # fmt: skip
#: Points that a tracker may lack, and how often it does.
_LACKING = (("hand", 0.12), ("eye", 0.12), ("ear", 0.06))
_MIRRORED = [AT[other_side(name)] for name in POINTS]
#: Tracker's depth: share of a bone by which its end stays wrong, share of seconds in
#: which a limb points the other way, and share of the depth that wanders.
_STAYS, _WRONG, _WANDERS = 0.15, 0.1, 0.07

Kind = Literal["any", "white", "wandering"]


class Batch(NamedTuple):
    """What the network is told, and what it should say.

    Attributes
    ----------
    told : (batch, inputs, frames) Tensor
    picture : (batch, frames, points, 2) Tensor
        From the middle of the hips, in legs.
    true : (batch, frames, points, 3) Tensor
        The same in space.
    """

    told: Tensor
    picture: Tensor
    true: Tensor


class Chance:
    """Random numbers of one generator."""

    def __init__(self, seed: int) -> None:
        self.generator = Generator().manual_seed(seed)

    def uniform(self, *shape: int) -> Tensor:
        """Between 0 and 1."""
        return torch.rand(*shape, generator=self.generator)

    def normal(self, *shape: int) -> Tensor:
        """Of mean 0 and standard deviation 1."""
        return torch.randn(*shape, generator=self.generator)

    def wandering(self, batch: int, frames: int, many: int, every: int) -> Tensor:
        """(batch, frames, many): smooth, a new one about every so many frames."""
        knots = self.normal(batch, many, max(4, frames // every + 3))
        course = nn.functional.interpolate(
            knots, size=frames, mode="linear", align_corners=True
        )
        return 1.15 * course.transpose(1, 2)


def filmed(dances: Tensor, chance: Chance, kind: Kind = "any") -> Batch:
    """Dances (batch, frames, points, 3), metres, before cameras of all sorts.

    ``white`` and ``wandering`` are of one sort, for tests: 14 m away and level, with
    errors of 3 px at 600 px of body height of that kind.
    """
    bodies = dances
    if kind == "any":
        bodies = _mirrored(_other_bodies(dances, chance), chance)
    flat, space = _projected(bodies, chance, kind)
    flat = flat + _noise(flat.shape, chance, kind)
    middle = 0.5 * (flat[:, :, AT["left_hip"]] + flat[:, :, AT["right_hip"]])
    picture = flat - middle[:, :, None]
    legs, lengths = _lengths(space, chance)
    guess, known = _guess(space, chance, kind)
    there = _there(len(flat), chance, kind)
    moved = torch.zeros_like(middle)
    moved[:, 1:] = HERTZ * (middle[:, 1:] - middle[:, :-1])
    size, frames = legs[:, None, None], flat.shape[1]
    rows = [
        (picture * there[..., None] / size[..., None]).flatten(2),
        guess * there / size * known,
        known.expand(-1, frames, 1),
        moved / size,
        lengths[:, None].expand(-1, frames, -1),
    ]
    told = torch.cat(rows, dim=2).transpose(1, 2).contiguous()
    return Batch(told, picture / size[..., None], space / size[..., None])


def _mirrored(dances: Tensor, chance: Chance) -> Tensor:
    """Half of them in a mirror."""
    turned = dances[:, :, _MIRRORED] * torch.tensor([-1.0, 1.0, 1.0])
    some = chance.uniform(len(dances)) < 0.5
    return torch.where(some[:, None, None, None], turned, dances)


def _other_bodies(dances: Tensor, chance: Chance) -> Tensor:
    """Other proportions, and in two of five limbs that are turned otherwise."""
    batch, out = len(dances), dances.clone()
    scale = {bone: 0.87 + 0.26 * chance.uniform(batch, 1, 1) for bone in _BONES}
    for side in SIDES:
        for (root, end), share in scale.items():
            a, b = AT[f"{side}_{root}"], AT[f"{side}_{end}"]
            out[:, :, b] = out[:, :, a] + share * (dances[:, :, b] - dances[:, :, a])
    some = chance.uniform(batch) < 0.4
    if some.any():
        out[some] = _turned_otherwise(out[some], chance)
    return out


def _turned_otherwise(dances: Tensor, chance: Chance) -> Tensor:
    """Limbs turned about their joints by angles that wander, radians."""
    batch, frames = dances.shape[:2]
    for side in SIDES:
        for joint, below in _BELOW.items():
            at = [AT[f"{side}_{part}"] for part in below]
            root = dances[:, :, AT[f"{side}_{joint}"]][:, :, None]
            sd = 0.05 + 0.35 * chance.uniform(batch, 1, 1)
            sd = sd * (chance.uniform(batch, 1, 1) < 0.7)
            stays = 0.5 * chance.normal(batch, 1, 3)
            axis = sd * (stays + chance.wandering(batch, frames, 3, 22))
            dances[:, :, at] = root + _about(axis[:, :, None], dances[:, :, at] - root)
    return dances


def _about(axis: Tensor, place: Tensor) -> Tensor:
    """Turned about axes by their lengths, radians (Rodrigues)."""
    angle = axis.norm(dim=-1, keepdim=True) + 1e-9
    unit = (axis / angle).expand_as(place)
    along = (unit * place).sum(-1, keepdim=True) * unit
    aside = torch.linalg.cross(unit, place)
    return angle.cos() * (place - along) + along + angle.sin() * aside


def _projected(dances: Tensor, chance: Chance, kind: Kind) -> tuple[Tensor, Tensor]:
    """Where points are in the picture, and in space from the middle of the hips.

    Metres at the hips; cameras 4 to 19 m away, half of them level, at 0.6 to 1.6 m.
    """
    batch = len(dances)
    yaw = 2.0 * math.pi * chance.uniform(batch)
    near, far = 4.0 + 5.0 * chance.uniform(batch), 9.0 + 10.0 * chance.uniform(batch)
    away = torch.where(chance.uniform(batch) < 0.5, near, far)
    tilted = 6.0 * chance.normal(batch) * (chance.uniform(batch) < 0.5)
    pitch = torch.deg2rad(tilted)
    if kind != "any":
        away, pitch = torch.full((batch,), 14.0), torch.zeros(batch)
    high = 0.6 + chance.uniform(batch)
    c, s = _both(yaw)
    x = c * dances[..., 0] + s * dances[..., 2]
    z = -s * dances[..., 0] + c * dances[..., 2]
    y = dances[..., 1] - high[:, None, None]
    hips = [AT[f"{side}_hip"] for side in SIDES]
    x, z = (v - v[:, :, hips].mean(dim=(1, 2))[:, None, None] for v in (x, z))
    c, s = _both(pitch)
    place = torch.stack([x, c * y - s * z, s * y + c * z], dim=-1)
    middle = place[:, :, hips].mean(dim=2)
    space = place - middle[:, :, None]
    distance = (away[:, None] - middle[..., 2]).clamp(min=1.5)[:, :, None]
    larger = distance / (distance - space[..., 2]).clamp(min=0.7)
    return place[..., :2] * larger[..., None], space


def _both(angle: Tensor) -> tuple[Tensor, Tensor]:
    return angle.cos()[:, None, None], angle.sin()[:, None, None]


def _noise(shape: torch.Size, chance: Chance, kind: Kind) -> Tensor:
    """Errors in the picture: some new at each frame, some wander, some stay; metres."""
    batch, frames, points = shape[:3]
    white, slow, stays = (0.010 * chance.uniform(batch, 1, 1, 1) for _ in range(3))
    if kind == "white":
        white, slow, stays = 0.006, 0.0, 0.0
    if kind == "wandering":
        white, slow, stays = 0.0, 0.006, 0.006
    course = chance.wandering(batch, frames, 2 * points, 20)
    return (
        white * chance.normal(batch, frames, points, 2)
        + slow * course.reshape(batch, frames, points, 2)
        + stays * chance.normal(batch, 1, points, 2)
    )


def _lengths(space: Tensor, chance: Chance) -> tuple[Tensor, Tensor]:
    """Length of a leg, and of bones in it, as they are found in a picture."""

    def apart(one: str, other: str) -> Tensor:
        return (space[:, :, AT[other]] - space[:, :, AT[one]]).norm(dim=-1).mean(dim=1)

    def bone(root: str, end: str) -> Tensor:
        left, right = (apart(f"{side}_{root}", f"{side}_{end}") for side in SIDES)
        return 0.5 * (left + right)

    batch = len(space)
    leg = bone("hip", "knee") + bone("knee", "ankle")
    leg = leg * (1.0 + 0.03 * chance.normal(batch) - 0.02 * chance.uniform(batch))
    middle = 0.5 * sum(space[:, :, AT[f"{side}_shoulder"]] for side in SIDES)
    trunk = middle.norm(dim=-1).mean(dim=1)
    lines = [apart(f"left_{part}", f"right_{part}") for part in ("hip", "shoulder")]
    found = torch.stack([*(bone(*each) for each in _TOLD), *lines, trunk], dim=1)
    off = 1.0 + 0.03 * chance.normal(*found.shape) - 0.04 * chance.uniform(*found.shape)
    return leg, found * off / leg[:, None]


def _guess(space: Tensor, chance: Chance, kind: Kind) -> tuple[Tensor, Tensor]:
    """A tracker's depths (batch, frames, points), and whether it tells any."""
    batch, frames, points = space.shape[:3]
    strength = 0.3 + 1.3 * chance.uniform(batch, 1)
    known = (chance.uniform(batch) > 0.12).float()[:, None, None]
    if kind != "any":
        strength, known = torch.ones(batch, 1), torch.ones(batch, 1, 1)
    true, out = space[..., 2], space[..., 2].clone()
    trunk = 0.5 * _STAYS * chance.normal(batch, 1) * strength
    for side in SIDES:
        for limb, parts in LIMBS.items():
            at = [AT[f"{side}_{part}"] for part in parts]
            off = torch.zeros(batch, 1) if limb == "leg" else trunk
            wrong = chance.uniform(batch, frames // 30 + 2) < _WRONG * strength
            way = 1.0 - 2.0 * wrong.float().repeat_interleave(30, 1)[:, :frames]
            out[:, :, at[0]] = true[:, :, at[0]] + off
            for a, b in pairwise(at):
                long = (space[:, :, b] - space[:, :, a]).norm(dim=-1)
                long = long.mean(dim=1, keepdim=True)
                off = off + _STAYS * strength * chance.normal(batch, 1) * long
                bent = way * (true[:, :, b] - true[:, :, at[0]])
                out[:, :, b] = off + true[:, :, at[0]] + bent
    for name in POINTS:
        if name == "nose" or name.endswith(("eye", "ear")):
            out[:, :, AT[name]] = true[:, :, AT[name]] + trunk
    course = chance.wandering(batch, frames, points, 15)
    far = 0.3 + space.norm(dim=-1)
    out = out + _WANDERS * strength[:, :, None] * course * far
    hips = [AT[f"{side}_hip"] for side in SIDES]
    return out - out[:, :, hips].mean(dim=2, keepdim=True), known


def _there(batch: int, chance: Chance, kind: Kind) -> Tensor:
    """1 of points that the tracker has, (batch, 1, points)."""
    out = torch.ones(batch, 1, len(POINTS))
    for part, share in _LACKING if kind == "any" else ():
        gone = chance.uniform(batch) < share
        for side in SIDES:
            out[gone, :, AT[f"{side}_{part}"]] = 0.0
    return out
