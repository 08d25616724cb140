"""Drawing the synthetic dancer, and the angles and lengths on her, as SVG."""

import html
from functools import cached_property

import numpy as np

from repetiteur.kernels.geometry import angle_between, unit
from repetiteur.kinematics.joints import joint_angles
from repetiteur.kinematics.movement import movement_of
from repetiteur.model.poses import body_of
from repetiteur.synthetic import Phrase, dance
from repetiteur.synthetic.motion import Alteration

METRE = 122.0  # pixels
MARGIN = 10.0
#: Where the camera stands: round the dancer (0 is her front, 90 her left), and up.
VIEWS = {
    "front": (0.0, 3.0),
    "askew": (-35.0, 10.0),
    "three quarters": (-30.0, 4.0),
    "side": (-90.0, 3.0),
    "left side": (90.0, 3.0),
    "above": (180.0, 90.0),
}
_ARM, _LEG = ("shoulder", "elbow", "wrist", "hand"), ("hip", "knee", "ankle")
_FOOT = ("ankle", "heel", "toe", "ankle")
_WIDTH = {"arm": 5.0, "leg": 7.5, "foot": 5.0}
UP, DOWN = np.array([0.0, 1.0, 0.0]), np.array([0.0, -1.0, 0.0])


def by(x=0.0, y=0.0, z=0.0):
    """A way in space, metres."""
    return np.array([x, y, z])


class Pose:
    """The dancer at one moment of a phrase.

    Parameters
    ----------
    *steps : Step
    at : str or float
        Name of a key pose, or seconds.
    fps : float
    **alter : float
        Amounts added to parameters of the pose.
    """

    def __init__(self, *steps, at=0.0, fps=40.0, **alter):
        phrase = Phrase.of(*steps)
        end = phrase.counts + 1.0
        changes = [Alteration(k, v, -1.0, end, 0.01) for k, v in alter.items()]
        self.body = body = body_of(dance(phrase, fps=fps, alterations=changes))
        when = dict(phrase.moments())[at] if isinstance(at, str) else at
        self.frame = min(round(when * fps), body.time.size - 1)
        self.points = {name: body[name][self.frame] for name in body.points}
        for part in ("hip", "shoulder", "ankle", "ear"):
            self.points[f"mid_{part}"] = self.middle(part)

    @cached_property
    def movement(self):
        """What the program finds in the phrase."""
        return movement_of(self.body)

    @property
    def mass(self):
        """The centre of mass."""
        return self.movement.mass[self.frame]

    def __getitem__(self, name):
        return self.points[name]

    def middle(self, part):
        return 0.5 * (self[f"left_{part}"] + self[f"right_{part}"])

    def moved(self, x=0.0, y=0.0, z=0.0):
        """The same pose elsewhere."""
        other = object.__new__(Pose)
        other.body, other.frame = self.body, self.frame
        other.points = {n: p + by(x, y, z) for n, p in self.points.items()}
        return other

    def turned_in(self, side, degrees):
        """The same pose with a knee turned inward about the line of hip and ankle."""
        other = self.moved()
        hip, knee, ankle = (self[f"{side}_{p}"] for p in ("hip", "knee", "ankle"))
        turn = np.radians(degrees if side == "right" else -degrees)
        axis, arm = unit(hip - ankle), knee - ankle
        other.points[f"{side}_knee"] = ankle + (
            arm * np.cos(turn)
            + np.cross(axis, arm) * np.sin(turn)
            + axis * (axis @ arm) * (1.0 - np.cos(turn))
        )
        return other

    def forward(self, part="hip"):
        """Horizontal direction to which hips or shoulders face."""
        across = self[f"left_{part}"] - self[f"right_{part}"]
        return unit(np.cross(across, UP))

    def angle(self, name):
        """A joint angle as the program measures it, degrees."""
        return float(joint_angles(self.body)[name][self.frame])


class Drawing:
    """A picture that grows by what is drawn; places are in metres."""

    def __init__(self, view="front", scale=1.0):
        around, above = np.radians(VIEWS[view])
        s, c, t, u = np.sin(around), np.cos(around), np.sin(above), np.cos(above)
        self.right = np.array([c, 0.0, -s])
        self.up = np.array([-s * t, u, -c * t])
        self.near = np.array([s * u, t, c * u])
        self.scale = METRE * scale
        self.items, self.corners = [], []

    def at(self, place):
        """Pixels of a place, y down."""
        place = np.asarray(place, dtype=float)
        return self.scale * np.array([place @ self.right, -(place @ self.up)])

    def _grow(self, *pixels, by=6.0):
        for x, y in pixels:
            self.corners += [(x - by, y - by), (x + by, y + by)]

    def path(self, places, style, width=None, *, closed=False):
        """A line through places."""
        pixels = [self.at(place) for place in places]
        self._grow(*pixels)
        d = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in pixels)
        stroke = "" if width is None else f' stroke-width="{width:g}"'
        end = "Z" if closed else ""
        self.items.append(f'<path class="{style}" d="{d}{end}"{stroke}/>')

    def dancer(self, pose, *, strong=(), style="body", only=None):
        """Her figure; ``strong`` names bones (``left_leg``) that are concerned.

        ``only`` draws these alone.
        """
        for name, _, draw in sorted(self._limbs(pose), key=lambda one: one[1]):
            if only is None or any(name.startswith(one) for one in only):
                draw(f"{style} strong" if name in strong else style)

    def _limbs(self, pose):
        zoom = (self.scale / METRE) ** 0.4
        trunk = ("left_shoulder", "right_shoulder", "right_hip", "left_hip")
        yield (
            "trunk",
            float(np.mean([pose[p] for p in trunk], axis=0) @ self.near),
            lambda style: self.path(
                [pose[p] for p in trunk], f"{style} trunk", 7.0 * zoom, closed=True
            ),
        )
        yield "head", float(pose["head"] @ self.near), lambda s: self._head(pose, s)
        for side in ("left", "right"):
            for limb, chain in (("arm", _ARM), ("leg", _LEG), ("foot", _FOOT)):
                places = [pose[f"{side}_{part}"] for part in chain]
                yield (
                    f"{side}_{limb}",
                    float(np.mean(places, axis=0) @ self.near),
                    lambda style, places=places, limb=limb: self.path(
                        places, style, _WIDTH[limb] * zoom
                    ),
                )

    def _head(self, pose, style):
        ears, nose = pose["mid_ear"], pose["nose"]
        self.path([pose["mid_shoulder"], ears], style, 5.0 * self.scale / METRE)
        x, y = self.at(ears)
        radius = 0.085 * self.scale
        self._grow((x, y), by=radius)
        self.items.append(
            f'<circle class="{style} head" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>'
        )
        self.path([ears, ears + 1.05 * (nose - ears)], style, 6)

    def floor(self, pose, *, half=0.45, low=-0.02):
        """A line on the floor under her."""
        feet = np.array([pose["left_toe"], pose["right_toe"]])
        down = feet[feet[:, 1] < feet[:, 1].min() + 0.05]
        middle = down.mean(axis=0) * [1.0, 0.0, 1.0]
        ends = (middle - half * self.right, middle + half * self.right)
        self.path([end + by(y=low) for end in ends], "floor")

    def dot(self, place, style="strong"):
        """A point."""
        x, y = self.at(place)
        self._grow((x, y))
        self.items.append(
            f'<circle class="dot {style}" cx="{x:.1f}" cy="{y:.1f}" r="4.5"/>'
        )

    def line(self, start, end, style="thin"):
        self.path([start, end], style)

    def ray(self, start, way, length=0.4, style="thin"):
        """A line from a place in a direction; its end."""
        end = np.asarray(start) + length * unit(np.asarray(way, dtype=float))
        self.path([start, end], style)
        return end

    def arc(self, at, first, last, *, radius=0.22, label=None, digits=0, shift=(0, 0)):
        """The angle between two directions, drawn where it lies, with its value."""
        first, last = unit(np.asarray(first, float)), unit(np.asarray(last, float))
        whole = float(np.radians(angle_between(first, last)))
        shares = np.linspace(0.0, 1.0, 25)[:, np.newaxis]
        sides = np.sin((1 - shares) * whole) * first + np.sin(shares * whole) * last
        way = sides / max(np.sin(whole), 1e-9)
        self.path(at + radius * way, "mark")
        text = f"{np.degrees(whole):.{digits}f}°" if label is None else label
        # A label beside the arc's middle, clear of it in the picture.
        out = self.at(way[12]) / max(np.linalg.norm(self.at(way[12])), 1e-9)
        where = self.at(at + radius * way[12]) + 15.0 * out + [0.0, 4.0]
        self._text(where + shift, text)

    def span(self, start, end, label, *, off=(0.0, 0.0), shift=None):
        """A measured length between two places, drawn ``off`` pixels beside them."""
        a, b = self.at(start) + off, self.at(end) + off
        self._grow(a, b)
        along = (b - a) / max(np.linalg.norm(b - a), 1e-9)
        tick = 5.0 * np.array([-along[1], along[0]])
        d = " ".join(
            f"M{p[0]:.1f} {p[1]:.1f}L{q[0]:.1f} {q[1]:.1f}"
            for p, q in ((a, b), (a - tick, a + tick), (b - tick, b + tick))
        )
        self.items.append(f'<path class="mark" d="{d}"/>')
        level = abs(along[0]) > 0.7
        beside = (0.0, -8.0) if level else (8.0, 4.0)
        where = 0.5 * (a + b) + (beside if shift is None else shift)
        self._text(where, label, anchor="middle" if level else "start")

    def arrow(self, places, style="mark"):
        """A line through places with a head at its end."""
        self.path(places, style)
        tip, before = self.at(places[-1]), self.at(places[-2])
        back = 8.0 * (before - tip) / max(np.linalg.norm(before - tip), 1e-9)
        aside = 0.5 * np.array([-back[1], back[0]])
        d = "M" + "L".join(
            f"{x:.1f} {y:.1f}" for x, y in (tip + back + aside, tip, tip + back - aside)
        )
        self.items.append(f'<path class="{style}" d="{d}"/>')

    def note(self, place, text, *, shift=(0.0, 0.0), anchor="middle", style="said"):
        """Words at a place."""
        self._text(self.at(place) + shift, text, anchor=anchor, style=style)

    def _text(self, where, text, *, anchor="middle", style="value"):
        wide = 7.2 * len(text)
        left = {"middle": 0.5, "start": 0.0, "end": 1.0}[anchor] * wide
        x, y = where
        self._grow((x - left, y - 9.0), (x - left + wide, y + 2.0), by=2.0)
        self.items.append(
            f'<text class="{style}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">'
            f"{html.escape(text)}</text>"
        )

    def svg(self, alt):
        """The picture."""
        corners = np.array(self.corners)
        x, y = corners.min(axis=0) - MARGIN
        wide, high = np.ptp(corners, axis=0) + 2 * MARGIN
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="dancer" role="img" '
            f'aria-label="{html.escape(alt)}" width="{wide:.0f}" height="{high:.0f}" '
            f'viewBox="{x:.1f} {y:.1f} {wide:.1f} {high:.1f}">'
            + "".join(self.items)
            + "</svg>"
        )


class Plot(Drawing):
    """Curves over time, in the same style; places are (seconds, value)."""

    def __init__(self, seconds, low, high, *, wide=300.0, tall=120.0):
        super().__init__()
        self.first, last = seconds
        self.low, self.high = low, high
        self.by = np.array([wide / (last - self.first), -tall / (high - low)])
        self.wide, self.tall = wide, tall
        self.path([(self.first, low), (last, low)], "floor")

    def at(self, place):
        return self.by * (np.asarray(place, float)[:2] - [self.first, self.low])

    def curve(self, time, values, style="strong-line"):
        """A curve."""
        self.path(np.column_stack([time, values]), style)
