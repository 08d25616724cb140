"""Drawing a step as a row of figures, phase after phase, and the floor from above."""

import numpy as np

from figures.drawing import Drawing, by

GAP, SCALE = 16.0, 0.82
#: A body turns visibly from this on, deg/s.
TURNS_DEG_S = 20.0
RING = 30.0  # pixels
FEET_ABOVE, PATH_ABOVE = 120.0, 170.0  # pixels, the widest


class Strip(Drawing):
    """A row of figures on one floor, each with its caption."""

    def __init__(self, view):
        self.offset = np.zeros(2)
        self.edge = 0.0
        super().__init__(view, SCALE)

    def at(self, place):
        return super().at(place) + self.offset

    def figure(self, pose, caption, *, strong=(), turning=0.0):
        """One more figure; ``turning`` is positive to her left, deg/s."""
        middle = pose["mid_hip"]
        placed = pose.moved(x=-middle[0], z=-middle[2])
        self.offset = np.zeros(2)
        across = [self.at(place)[0] for place in placed.points.values()]
        ring = RING if abs(turning) > TURNS_DEG_S else 0.0
        half = max(3.4 * len(caption), ring) + 4.0
        left, right = min(*across, -half) - GAP, max(*across, half)
        self.offset = np.array([self.edge - left, 0.0])
        self.edge += right - left
        if ring:
            self._ring(np.sign(turning))
        self.dancer(placed, strong=strong)
        x, y = self.at(by())
        self._text((x, y + 30.0), caption, style="said")

    def _ring(self, way):
        """An arrow round her feet: to her left it passes in front to the right."""
        angles = np.radians(np.linspace(215.0, -35.0, 40))[:: int(way)]
        centre = self.at(by()) + np.array([0.0, 3.0])
        ring = centre + np.column_stack([RING * np.cos(angles), 9.0 * np.sin(angles)])
        self._arrow(ring, "mark")

    def floor_line(self):
        """Under all figures so far."""
        self.offset = np.zeros(2)
        y = self.at(by())[1] + 4.0
        self._line([(GAP * 0.5, y), (self.edge, y)], "floor")

    def above(self, poses, *, strong=(), path=None, only=("left", "right")):
        """The floor from above, the audience below: feet that stand, and a path."""
        feet = [foot for pose in poses for foot in _standing(pose) if foot[0] in only]
        places = [heel for _, heel, _ in feet] + [toe for _, _, toe in feet]
        places += [] if path is None else list(path)
        corners = np.array(places)[:, [0, 2]]
        most = FEET_ABOVE if path is None else PATH_ABOVE
        zoom = min(most / max(np.ptp(corners, axis=0).max(), 0.3), 240.0)
        low, high = corners.min(axis=0), corners.max(axis=0)
        wide = max(zoom * (high - low)[0], 80.0)
        left = self.edge + 2.0 * GAP + 0.5 * (wide - zoom * (high - low)[0])

        def pixels(spots):
            return (np.array(spots)[:, [0, 2]] - [low[0], high[1]]) * zoom + [
                left,
                -8.0,
            ]

        for name, heel, toe in feet:
            style = "body strong" if f"{name}_foot" in strong else "body"
            self._line(pixels([heel, toe]), style, 5.0)
        if path is not None:
            self._arrow(pixels(path), "mark")
        middle = self.edge + 2.0 * GAP + 0.5 * wide
        self._text((middle, self.offset[1] + 30.0), "from above", style="said")
        self.edge += 2.0 * GAP + wide

    def _line(self, pixels, style, width=None):
        self._grow(*pixels)
        d = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in pixels)
        stroke = "" if width is None else f' stroke-width="{width:g}"'
        self.items.append(f'<path class="{style}" d="{d}"{stroke}/>')

    def _arrow(self, pixels, style):
        pixels = np.asarray(pixels)
        self._line(pixels, style)
        tip = pixels[-1]
        far = np.linalg.norm(pixels - tip, axis=1) > 5.0
        before = pixels[far][-1] if far.any() else pixels[0]
        back = 8.0 * (before - tip) / max(np.linalg.norm(before - tip), 1e-9)
        aside = 0.5 * np.array([-back[1], back[0]])
        self._line([tip + back + aside, tip, tip + back - aside], style)


def _standing(pose):
    """Side, heel and toe of each foot whose toe is on the floor."""
    for side in ("left", "right"):
        heel, toe = pose[f"{side}_heel"], pose[f"{side}_toe"]
        if toe[1] < 0.04:
            yield side, heel, toe
