"""A body on its feet: what stands goes on standing when the body changes."""

from __future__ import annotations

import numpy as np
from planting_figure import SIDES, Array, Figure


def with_bones_of(figure: Figure, body: Figure) -> Figure:
    """A movement danced by another body of the same nodes, on its own feet."""
    long = np.median(np.linalg.norm(body.vectors, axis=2), axis=0)
    own = np.maximum(np.linalg.norm(figure.vectors, axis=2), 1e-12)
    ratio = np.where(own > 0.01, long / own, 1.0)
    ratio[:, 0] = 1.0
    return grounded(figure.with_vectors(figure.vectors * ratio[:, :, None]), figure)


def feet(figure: Figure) -> dict[str, Array]:
    """How high each foot's lowest point is, (frames,) metres over the floor.

    The floor is where the feet are at their lowest; the ankle (of a body without
    heels) is as high over it as in the lowest twentieth of the frames.
    """
    found = {}
    for side in SIDES:
        heights = []
        for part in ("toe", "heel", "ankle"):
            if f"{side}_{part}" in figure.nodes:
                height = figure.places[f"{side}_{part}"][:, 1]
                heights.append(height - np.percentile(height, 5.0))
        found[side] = np.min(heights, axis=0)
    return found


def weight_on(figure: Figure, *, soft_m: float = 0.015) -> dict[str, Array]:
    """Share of the weight on each foot by how low it is, (frames,); they sum to 1."""
    height = feet(figure)
    left = 1.0 / (1.0 + np.exp(np.clip((height["left"] - height["right"]) / soft_m,
                                       -50.0, 50.0)))  # fmt: skip
    return {"left": left, "right": 1.0 - left}


def grounded(figure: Figure, like: Figure, scale: float | None = None) -> Figure:
    """The body moved so that its feet stand and step as those of ``like`` do.

    The foot that carries the weight moves by as much, ``scale`` times (by default the
    ratio of the legs), and is as high over the floor; so what stood stands.
    """
    if scale is None:
        scale = leg_length(figure) / leg_length(like)
    weight = weight_on(like)
    root = figure.vectors[:, 0].copy()
    wanted = np.zeros_like(root)
    step = np.zeros((figure.time.size - 1, 3))
    for side in SIDES:
        old, new = (f.places[f"{side}_toe"] for f in (like, figure))
        w = weight[side]
        half = 0.5 * (w[1:] + w[:-1])[:, None]
        step += half * (scale * np.diff(old, axis=0) - np.diff(new, axis=0))
        wanted += w[:, None] * (scale * old - new)
    wanted[1:, [0, 2]] = wanted[0, [0, 2]] + np.cumsum(step[:, [0, 2]], axis=0)
    return figure.moved(wanted)


def leg_length(figure: Figure) -> float:
    """Mean length of thigh and shank together, metres."""
    parts = [figure.index(f"{s}_{p}") for s in SIDES for p in ("knee", "ankle")]
    lengths = np.linalg.norm(figure.vectors[:, parts], axis=2)
    return float(np.median(lengths, axis=0).sum() / 2.0)
