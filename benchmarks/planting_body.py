"""Another body for a movement, and a dancer's own variation of its shape."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from planting_figure import Array, Figure, swung
from planting_floor import grounded
from planting_time import wobbling

#: Bones that are longer or shorter together; both sides nearly alike.
GROUPS = {
    "trunk": ("pelvis", "chest", "shoulders", "neck", "head", "head_top", "nose",
              "eye", "ear"),
    "hips": ("hip",), "shoulders": ("shoulder",), "thigh": ("knee",),
    "shank": ("ankle",), "foot": ("toe", "heel"), "upper_arm": ("elbow",),
    "forearm": ("wrist",), "hand": ("hand",),
}  # fmt: skip
_GROUP_OF = {part: group for group, parts in GROUPS.items() for part in parts}
#: Left and right differ by this much at the most.
UNEVEN = 0.01
#: Nodes that vary by themselves, and by how much of the whole.
_VARY = {"shoulders": 0.5, "head": 0.5, "knee": 1.0, "ankle": 1.0, "toe": 1.0,
         "elbow": 1.0, "wrist": 1.0}  # fmt: skip


def draw_bones(rng: np.random.Generator, most: float) -> dict[str, float]:
    """Lengths of bones over the reference's: ``left_thigh`` and so on."""
    bones = {}
    for group in GROUPS:
        ratio = rng.uniform(1.0 - most, 1.0 + most)
        for side, way in zip(("left", "right"), rng.uniform(-1, 1, 2), strict=True):
            uneven = ratio + min(UNEVEN, most) * way
            bones[f"{side}_{group}"] = float(np.clip(uneven, 1.0 - most, 1.0 + most))
    return bones


def with_proportions(
    figure: Figure, bones: Mapping[str, float], scale: float = 1.0
) -> Figure:
    """Another body that points every bone where the first does, on its own feet."""
    ratio = np.ones(len(figure.nodes))
    for k, node in enumerate(figure.nodes[1:], start=1):
        side, _, part = node.partition("_")
        sided = side in ("left", "right")
        group = _GROUP_OF[part if sided else node]
        if group in ("trunk", "hips", "shoulders"):  # the middles stay middles
            names = (f"left_{group}", group)
        else:
            names = (f"{side}_{group}", group)
        ratio[k] = next((bones[n] for n in names if n in bones), 1.0)
    ratio *= scale
    ratio[0] = 1.0
    longer = figure.with_vectors(figure.vectors * ratio[:, None])
    return grounded(longer, figure)


def varied(figure: Figure, degrees: float, rng: np.random.Generator) -> Figure:
    """The movement with slow variation of every limb, bones and feet kept.

    Each joint turns what hangs on it about a slowly changing axis; the angle has a root
    mean square of ``degrees``.
    """
    if degrees == 0.0:
        return figure
    found = figure
    for node in figure.nodes:
        share = _VARY.get(node, _VARY.get(node.partition("_")[2], 0.0))
        if share:
            size = share * np.radians(degrees) / np.sqrt(3.0)
            found = swung(found, node, size * _waves(figure.time, rng))
    return grounded(found, figure)


def _waves(time: Array, rng: np.random.Generator) -> Array:
    """Three slow waves of root mean square 1, (frames, 3)."""
    waves = np.stack([wobbling(time, 1.0, rng) for _ in range(3)], axis=1)
    return np.asarray(waves / np.sqrt((waves**2).mean(axis=0)))
