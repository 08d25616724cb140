"""Draw the picture for docs/lifting.md: python docs/depth_picture.py."""

import sys
from pathlib import Path

import numpy as np

from repetiteur.kinematics.lifting import POINTS, lifted
from repetiteur.model.poses import body_of
from repetiteur.synthetic.chains import chain

HERE = Path(__file__).parent
WIDTH, HEIGHT, SCALE, FLOOR = 680.0, 330.0, 172.0, 302.0
SEED, ONLY, HEADING, SHARE = 45_003, ("arabesque_1",), 60, 0.55
COLOURS = {"danced": "#888888", "guessed": "#c05621", "found": "#2b6cb0"}
LIMBS = (
    ("hip", "knee"), ("knee", "ankle"), ("ankle", "heel"), ("heel", "toe"),
    ("ankle", "toe"), ("shoulder", "elbow"), ("elbow", "wrist"), ("hip", "shoulder"),
)  # fmt: skip
BONES = [
    *((f"{s}_{a}", f"{s}_{b}") for s in ("left", "right") for a, b in LIMBS),
    ("left_hip", "right_hip"), ("left_shoulder", "right_shoulder"),
    ("left_ear", "nose"), ("nose", "right_ear"),
]  # fmt: skip


def bodies():
    """Points of one moment: as they are, as guessed and as found, camera's axes."""
    sys.path[:0] = [str(HERE.parent / "benchmarks"), str(HERE.parent / "tests")]
    from lifting import _at, filmed

    one = chain(np.random.default_rng(SEED), steps=1, outside=0.0, only=ONLY)
    body = body_of(one.dance(fps=60.0, noise=0.0))
    seen, true = filmed(body.time, {n: body[n] for n in POINTS}, HEADING)
    danced = next(each for each in one.truth if each.id in ONLY)
    when = danced.start_s + SHARE * (danced.end_s - danced.start_s)
    frame = int(np.searchsorted(body.time, when))
    found = _at(body.time, lifted(seen))
    all_ = {"danced": true, "guessed": seen.points, "found": found}
    return {name: _about_the_hips(points, frame) for name, points in all_.items()}


def _about_the_hips(points, frame):
    now = {name: place[frame] for name, place in points.items()}
    middle = 0.5 * (now["left_hip"] + now["right_hip"])
    return {name: place - middle for name, place in now.items()}


def main():
    """Draw them from the camera and from the side."""
    each = bodies()
    text = "\n".join(drawn(each))
    (HERE / "_static" / "depth.svg").write_text(text + "\n", encoding="utf-8")


def drawn(each):
    """Lines of the picture."""
    low = min(place[1] for place in each["danced"].values())
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" '
        'font-family="system-ui, sans-serif" font-size="13" role="img" '
        'aria-label="A dancer before a camera, and the same from the side">'
    )
    yield f'<rect width="{WIDTH:g}" height="{HEIGHT:g}" fill="#fff"/>'
    panels = (
        (130.0, 0, ("danced",), "before the camera"),
        (322.0, 2, ("danced", "guessed"), "from the side: as guessed"),
        (535.0, 2, ("danced", "found"), "from the side: as found"),
    )
    for middle, axis, names, said in panels:
        for name in names:
            yield from _figure(each[name], middle, axis, low, COLOURS[name])
        yield (
            f'<text x="{middle:g}" y="{HEIGHT - 6:g}" fill="#333" '
            f'text-anchor="middle">{said}</text>'
        )
    yield "</svg>"


def _figure(points, middle, axis, low, colour):
    def at(name):
        place = points[name]
        return middle + SCALE * place[axis], FLOOR - SCALE * (place[1] - low)

    for a, b in BONES:
        (x, y), (u, v) = at(a), at(b)
        yield (
            f'<path d="M{x:.1f} {y:.1f}L{u:.1f} {v:.1f}" stroke="{colour}" '
            'stroke-width="3" stroke-linecap="round" opacity="0.85"/>'
        )


if __name__ == "__main__":
    main()
