"""Draw the picture of a path for docs/lining-up.md: python docs/path_picture.py."""

import sys
from itertools import pairwise
from pathlib import Path

import numpy as np

from repetiteur.align.line_up import line_up
from repetiteur.model.body import Body

HERE = Path(__file__).parent
WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 680.0, 420.0, 56.0, 14.0, 48.0
COLOURS = {
    "danced": "#2b6cb0",
    "extra": "#b7791f",
    "skipped": "#c53030",
    "repeated": "#6b46c1",
}
SAID = {"extra": "something else", "skipped": "left out", "repeated": "danced again"}


def planted():
    """An adage, and a take of it that leaves out, repeats and adds."""
    sys.path.insert(0, str(HERE.parent / "benchmarks"))
    from planting_sources import synthetic
    from planting_takes import Breaks, plant
    from planting_variation import Variation

    dances = synthetic()
    source = dances["adage"]
    breaks = Breaks(
        skips=((7.0, 9.5),),
        repeats=((15.0, 18.0),),
        extras=((24.0, 0, 1.0, 4.0),),
        strange=(dances["allegro"],),
    )
    variation = Variation(tempo=1.1, start_s=0.0, fps=50.0, noise_m=0.003)
    return source, plant(source, variation, rng=np.random.default_rng(2), breaks=breaks)


def main():
    """Draw the line-up of both, and beside it the truth."""
    source, take = planted()
    both = [Body(m.time, dict(m.points)) for m in (source, take.motion)]
    found = line_up(*both)
    ends = [body.time[-1] for body in both]
    text = "\n".join(drawn(found, take.truth, *ends))
    (HERE / "_static" / "path.svg").write_text(text, encoding="utf-8")


def drawn(found, truth, reference_s, take_s):
    """Lines of the picture."""

    def x(seconds):
        return LEFT + seconds / reference_s * (WIDTH - LEFT - 12.0)

    def y(seconds):
        return HEIGHT - BOTTOM - seconds / take_s * (HEIGHT - BOTTOM - TOP)

    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" '
        'font-family="system-ui, sans-serif" font-size="13" role="img" '
        'aria-label="Path of a take through its reference">'
    )
    yield f'<rect width="{WIDTH:g}" height="{HEIGHT:g}" fill="#fff"/>'
    for second in range(0, int(reference_s) + 1, 5):
        yield f'<path d="M{x(second):.1f} {y(0):.1f}V{TOP}" stroke="#e6e6e6"/>'
        yield (
            f'<text x="{x(second):.1f}" y="{y(0) + 18:.1f}" fill="#555" '
            f'text-anchor="middle">{second}</text>'
        )
    for second in range(0, int(take_s) + 1, 5):
        yield f'<path d="M{LEFT} {y(second):.1f}H{WIDTH - 12}" stroke="#e6e6e6"/>'
        yield (
            f'<text x="{LEFT - 8}" y="{y(second) + 4:.1f}" fill="#555" '
            f'text-anchor="end">{second}</text>'
        )
    yield (
        f'<text x="{WIDTH / 2}" y="{HEIGHT - 8}" fill="#333" text-anchor="middle">'
        "reference, seconds</text>"
    )
    yield (
        f'<text transform="translate(14 {HEIGHT / 2 - 16})rotate(-90)" fill="#333" '
        'text-anchor="middle">take, seconds</text>'
    )
    moments = np.arange(0.0, reference_s, 0.1)
    for moment, when in zip(moments, truth.take_at(moments), strict=True):
        if np.isfinite(when):
            yield f'<circle cx="{x(moment):.1f}" cy="{y(when):.1f}" r="4" fill="#ddd"/>'
    edges = [0, *(np.flatnonzero(found.state[1:] != found.state[:-1]) + 1)]
    for a, b in pairwise([*edges, found.state.size]):
        line = " ".join(
            f"{x(r):.1f},{y(t):.1f}"
            for r, t in zip(
                found.reference_s[a : b + 1], found.take_s[a : b + 1], strict=True
            )
        )
        colour = COLOURS[found.state[a]]
        yield (
            f'<polyline points="{line}" fill="none" stroke="{colour}" '
            'stroke-width="2.5"/>'
        )
    for one in found.breaks:
        at = one.reference_s if one.state == "skipped" else one.reference_s[1:]
        label = SAID[one.state]
        if one.state == "repeated":
            label += " ({:.0f} to {:.0f} s)".format(*one.reference_s)
        yield (
            f'<text x="{x(max(at)) + 9:.1f}" y="{y(np.mean(one.take_s)) + 14:.1f}" '
            f'fill="{COLOURS[one.state]}">{label}</text>'
        )
    yield "</svg>"


if __name__ == "__main__":
    main()
