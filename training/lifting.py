"""Teach the network of repetiteur.kinematics.lifting the depths of dancers.

    pip install torch==2.13.0
    python training/lifting.py --minutes 60 --to src/repetiteur/kinematics/lifting.npz

Two cores do; the weights that ship had about an hour of one of them. Every minute the
errors on 30 dances that it does not learn from are printed, in hundredths of a leg's
length: of depths, of bones, and of feet, knees and hips against each other; before
cameras whose errors are new at each frame, and such that wander. The weights are the
running mean over the last two hundred batches.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from itertools import product
from pathlib import Path
from time import monotonic

import numpy as np
import torch
from dancing import AT, Dances, chains, wanderers
from torch import Tensor, nn

from filming import Batch, Chance, filmed
from repetiteur.kinematics.feet import SIDES
from repetiteur.kinematics.lifting import BONES, POINTS

#: Width of the network, and how far apart, in frames, the taps of each block are.
WIDE, APART = 192, (1, 2, 4, 8, 16, 32, 1)
INPUTS = 3 * len(POINTS) + 1 + 2 + 9
#: Dances at once, and frames of each.
BATCH, FRAMES = 24, 240
#: Steps of both optimisers at their largest.
FAST, SLOW = 0.02, 3e-3
#: How often each kind of dance is drawn, and the first seed of each.
SHARES = (0.6, 0.2, 0.2)
CHAINS, FAR_OFF, WANDERING, KEPT = 1_000_000, 2_000_000, 5, 3_000_000

_WEIGHT = torch.tensor(
    [
        3.0 if name.endswith(("ankle", "heel", "toe"))
        else 2.0 if name.endswith(("knee", "hip")) else 1.0
        for name in POINTS
    ]
)  # fmt: skip
_WEIGHT = _WEIGHT / _WEIGHT.mean()
_LINES = torch.tensor(
    [
        [AT[f"{side}_{a}"], AT[f"{side}_{b}"]]
        for side, (a, b) in product(SIDES, [*BONES, ("hip", "shoulder")])
    ]
)
_ACROSS = torch.tensor(
    [
        [AT[f"left_{a}"], AT[f"right_{b}"]]
        for a, b in (
            *((p, p) for p in ("ankle", "toe", "heel", "knee", "hip", "shoulder")),
            ("toe", "heel"), ("heel", "toe"), ("ankle", "knee"), ("knee", "ankle"),
            ("toe", "ankle"), ("ankle", "toe"),
        )
    ]
)  # fmt: skip


class Block(nn.Module):
    """Adds a convolution over time, and one of the frame alone."""

    def __init__(self, apart: int) -> None:
        super().__init__()
        self.wide = nn.Conv1d(WIDE, WIDE, 3, dilation=apart, padding=apart)
        self.narrow = nn.Conv1d(WIDE, WIDE, 1)
        nn.init.zeros_(self.narrow.weight)

    def forward(self, rows: Tensor) -> Tensor:
        """(batch, channels, frames) to the same."""
        inner = nn.functional.gelu(self.wide(_even(rows)), approximate="tanh")
        return rows + self.narrow(inner)


class Lifter(nn.Module):
    """The network; ``repetiteur.kernels.temporal`` has it without torch."""

    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Conv1d(INPUTS, WIDE, 3, padding=1)
        self.blocks = nn.ModuleList(Block(apart) for apart in APART)
        self.last = nn.Conv1d(WIDE, 4 * len(POINTS), 1)
        nn.init.zeros_(self.last.weight)

    def forward(self, told: Tensor) -> Tensor:
        """(batch, inputs, frames) to (batch, frames, points, 4)."""
        rows = self.first(told)
        for block in self.blocks:
            rows = block(rows)
        said = self.last(_even(rows)).float()
        return said.unflatten(1, (4, len(POINTS))).permute(0, 3, 2, 1)


def _even(rows: Tensor) -> Tensor:
    """Over the root mean square of each frame."""
    last = rows.transpose(1, 2)
    return nn.functional.rms_norm(last, last.shape[2:]).transpose(1, 2)


def errors(said: Tensor, batch: Batch) -> dict[str, Tensor]:
    """Mean absolute errors, in legs."""
    deep, true = said[..., 2], batch.true[..., 2]

    def between(lines: Tensor) -> Tensor:
        told, is_ = (z[..., lines[:, 1]] - z[..., lines[:, 0]] for z in (deep, true))
        return (told - is_).abs().mean()

    return {
        "depths": (deep - true).abs().mean(),
        "bones": between(_LINES),
        "across": between(_ACROSS),
        "picture": (batch.picture + said[..., :2] - batch.true[..., :2]).abs().mean(),
    }


def loss(said: Tensor, batch: Batch) -> Tensor:
    """What is to become small: all errors, and how unlikely they are as told."""
    off, log_sd = (said[..., 2] - batch.true[..., 2]), said[..., 3].clamp(-5.0, 1.5)
    unlikely = ((off.abs() * (-log_sd).exp() + log_sd) * _WEIGHT).mean()
    faster = (off[:, 2:] - off[:, :-2]).abs().mean()
    each = errors(said, batch)
    return (
        0.1 * unlikely
        + (off.abs() * _WEIGHT).mean()
        + each["bones"]
        + 1.5 * each["across"]
        + 2.0 * each["picture"]
        + 2.0 * faster
    )


class Muon:
    """Momentum whose steps are made orthogonal [1]_: here far faster than Adam.

    References
    ----------
    .. [1] K. Jordan et al., "Muon: an optimizer for hidden layers in neural networks",
       2024.
    """

    def __init__(self, weights: Iterable[nn.Parameter], momentum: float = 0.95) -> None:
        self.weights, self.momentum = list(weights), momentum
        self.moved = [torch.zeros_like(weight) for weight in self.weights]

    @torch.no_grad()
    def step(self, rate: float) -> None:
        """Take a step of that size."""
        for weight, moved in zip(self.weights, self.moved, strict=True):
            moved.mul_(self.momentum).add_(weight.grad)
            way = (weight.grad + self.momentum * moved).flatten(1)
            scale = 0.4 * max(1.0, len(way) / way.shape[1]) ** 0.5
            weight.add_(_orthogonal(way).view_as(weight), alpha=-rate * scale)


def _orthogonal(matrix: Tensor, rounds: int = 5) -> Tensor:
    """The orthogonal matrix nearby, by the rounds of Newton and Schulz in Muon."""
    tall = len(matrix) > matrix.shape[1]
    out = (matrix.T if tall else matrix) / (matrix.norm() + 1e-7)
    for _ in range(rounds):
        square = out @ out.T
        out = 3.4445 * out + (-4.7750 * square + 2.0315 * square @ square) @ out
    return out.T if tall else out


def drawn(kinds: Sequence[Dances], rng: np.random.Generator) -> Tensor:
    """Parts of dances, (batch, frames, points, 3)."""
    those = rng.choice(len(kinds), size=BATCH, p=SHARES)
    return torch.from_numpy(np.stack([kinds[k].part(rng, FRAMES) for k in those]))


def learn(minutes: float, seed: int = 0) -> Lifter:
    """The network after so many minutes."""
    torch.manual_seed(seed)
    rng, chance, net = np.random.default_rng(seed), Chance(seed), Lifter()
    kinds = [
        Dances.of(chains(900, CHAINS)),
        Dances.of(chains(300, FAR_OFF, jitter_deg=25.0, outside=0.5)),
        Dances.of(wanderers(320, WANDERING)),
    ]
    kept = Dances.of(chains(30, KEPT))
    inner = [w for n, w in net.named_parameters() if w.ndim > 1 and "last" not in n]
    outer = [w for n, w in net.named_parameters() if w.ndim == 1 or "last" in n]
    muon, adam = Muon(inner), torch.optim.Adam(outer, betas=(0.9, 0.98))
    mean = torch.optim.swa_utils.AveragedModel(
        net, avg_fn=lambda old, new, n: old + (new - old) / min(n + 2, 200)
    )
    began = last = monotonic()
    batches = 0
    while (share := (monotonic() - began) / 60.0 / minutes) < 1.0:
        rate = max(min(1.0, batches / 100.0) * (1.0 - share), 0.01)
        adam.param_groups[0]["lr"] = SLOW * rate
        batch = filmed(drawn(kinds, rng), chance)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            said = net(batch.told)
        net.zero_grad()
        loss(said, batch).backward()
        nn.utils.clip_grad_norm_(outer, 1.0)
        muon.step(FAST * rate)
        adam.step()
        mean.update_parameters(net)
        batches += 1
        if monotonic() - last > 60.0:
            last = monotonic()
            print(f"{share * minutes:.0f} min, {batches}:", judged(mean, kept))
    return mean.module


@torch.no_grad()
def judged(net: nn.Module, kept: Dances) -> str:
    """Errors on dances that are not learned from."""
    rng = np.random.default_rng(3)
    parts = torch.from_numpy(np.stack([kept.part(rng, 300) for _ in range(32)]))
    out = []
    for kind in ("white", "wandering"):
        batch = filmed(parts, Chance(5), kind)
        said = errors(net(batch.told), batch)
        out.append(" ".join(f"{k} {100.0 * float(e):.2f}" for k, e in said.items()))
    return "; ".join(out)


def saved(net: Lifter, target: Path) -> None:
    """Write the weights as ``repetiteur.kinematics.lifting`` reads them."""
    layers = {"first": net.first, "last": net.last}
    for k, block in enumerate(net.blocks):
        layers |= {f"{k}.wide": block.wide, f"{k}.narrow": block.narrow}
    arrays: dict[str, np.ndarray] = {"apart": np.array(APART, np.int16)}
    for name, layer in layers.items():
        weight = layer.weight.detach().permute(2, 1, 0).contiguous()
        arrays[f"{name}.weight"] = weight.numpy().astype(np.float16)
        arrays[f"{name}.bias"] = layer.bias.detach().numpy().astype(np.float16)
    beside = target.with_suffix(".part.npz")
    np.savez(beside, **arrays)
    beside.replace(target)


def main() -> None:
    """Learn, and write what was learned."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--to", type=Path, required=True, help="a .npz file")
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    saved(learn(asked.minutes, asked.seed), asked.to)


if __name__ == "__main__":
    main()
