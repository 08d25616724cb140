"""A picture of recall against the size of a fault, with the floors drawn in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from fault_names import ANGLES

Place = Callable[[float], float]
PANEL, GAP, LEFT, TOP, BOTTOM = 158.0, 16.0, 46.0, 26.0, 34.0
NAMED = {
    "leg_lower": "Leg lower", "knee_bent": "Supporting knee bent",
    "elbow_dropped": "Elbow dropped", "arm_lower": "Arm lower",
    "trunk_pitched": "Trunk forward", "head_dropped": "Head dropped",
    "foot_unpointed": "Foot not pointed", "hip_lifted": "Hip lifted",
}  # fmt: skip


def picture(table: dict[str, Any]) -> str:
    """The recall of each kind over the size, as SVG."""
    kinds = [kind for kind in ANGLES if kind in table]
    down = int(np.ceil(len(kinds) / 4))
    width, height = LEFT + 4 * (PANEL + GAP), down * (PANEL * 0.8 + TOP + BOTTOM) + 22
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" '
        'font-family="system-ui, sans-serif" font-size="12" role="img" '
        'aria-label="Share of planted faults that are named, by size and kind">',
        f'<rect width="{width:g}" height="{height:g}" fill="#fff"/>',
    ]
    for k, kind in enumerate(kinds):
        x = LEFT + (k % 4) * (PANEL + GAP)
        y = TOP + (k // 4) * (PANEL * 0.8 + TOP + BOTTOM)
        lines += _panel(kind, table[kind], x, y, labelled=k % 4 == 0)
    lines.append(
        f'<text x="{width / 2:g}" y="{height - 8:g}" fill="#333" '
        'text-anchor="middle">size of the fault, degrees; dashed: the declared floor, '
        "and 1.5 times it; bands: 90 % intervals</text></svg>"
    )
    return "\n".join(lines)


def _panel(
    kind: str, row: dict[str, Any], left: float, top: float, *, labelled: bool
) -> Iterator[str]:
    high = PANEL * 0.8

    def x(degrees: float) -> float:
        return left + degrees / 26.0 * PANEL

    def y(part: float) -> float:
        return top + (1.0 - part) * high

    yield (
        f'<text x="{left:.1f}" y="{top - 8:.1f}" fill="#333" font-weight="600">'
        f"{NAMED[kind]}</text>"
    )
    for part in (0.0, 0.5, 1.0):
        yield (f'<path d="M{left:.1f} {y(part):.1f}h{PANEL:g}" stroke="#e6e6e6"/>')
        if labelled:
            yield (
                f'<text x="{left - 6:.1f}" y="{y(part) + 4:.1f}" fill="#555" '
                f'text-anchor="end">{100 * part:.0f} %</text>'
            )
    for degrees in (0, 5, 10, 15, 20, 25):
        yield (
            f'<text x="{x(degrees):.1f}" y="{y(0) + 16:.1f}" fill="#555" '
            f'text-anchor="middle">{degrees}</text>'
        )
    for times, colour in ((1.0, "#c53030"), (1.5, "#b7791f")):
        yield (
            f'<path d="M{x(times * row["floor"]):.1f} {top:.1f}v{high:g}" '
            f'stroke="{colour}" stroke-dasharray="4 3"/>'
        )
    yield from _curve(row, x, y)


def _curve(row: dict[str, Any], x: Place, y: Place) -> Iterator[str]:
    seen = [(float(s), one) for s, one in row["by_size"].items() if one["of"]]
    low, high = ([(x(s), y(one["interval90"][k])) for s, one in seen] for k in (0, 1))
    line = [(x(s), y(one["share"])) for s, one in seen]

    def points(places: Sequence[tuple[float, float]]) -> str:
        return " ".join(f"{a:.1f},{b:.1f}" for a, b in places)

    band = points([*low, *high[::-1]])
    yield f'<polygon points="{band}" fill="#2b6cb0" opacity=".18"/>'
    yield (
        f'<polyline points="{points(line)}" fill="none" stroke="#2b6cb0" '
        'stroke-width="2.5"/>'
    )
    for a, b in line:
        yield f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3" fill="#2b6cb0"/>'
