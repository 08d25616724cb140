"""What a danced body shows at the key poses of its phrase."""

from functools import cached_property

import numpy as np

from repetiteur.kernels import geometry
from repetiteur.kinematics.movement import movement_of
from repetiteur.model.poses import body_of
from repetiteur.synthetic import Phrase, dance

FPS = 60.0
OTHER = {"left": "right", "right": "left"}
SIGN = {"left": 1.0, "right": -1.0}


class Danced:
    """A phrase, danced without noise, and measured."""

    def __init__(self, *steps, heading=0.0, fps=FPS):
        self.phrase, self.fps = Phrase.of(*steps), fps
        self.body = body_of(dance(self.phrase, heading=heading, fps=fps))

    @cached_property
    def movement(self):
        return movement_of(self.body)

    def frame(self, name, number=0):
        """Frame at which a key pose is reached."""
        found = [when for pose, when in self.phrase.moments() if pose == name]
        return min(round(found[number] * self.fps), self.body.time.size - 1)

    def during(self, first, last=None, *, numbers=(0, 0)):
        """Frames from one key pose to another."""
        a, b = self.frame(first, numbers[0]), self.frame(last or first, numbers[1])
        return slice(a, b + 1)

    def way(self, side, start, end):
        return self.body[f"{side}_{end}"] - self.body[f"{side}_{start}"]

    def elevation(self, side, joint="ankle"):
        """Of the leg, or with "knee" of the thigh, (time,) degrees."""
        return geometry.elevation(self.way(side, "hip", joint))

    @cached_property
    def heading(self):
        line = self.body["left_hip"] - self.body["right_hip"]
        return np.degrees(np.unwrap(np.arctan2(-line[:, 2], line[:, 0])))

    def azimuth(self, side, joint="ankle"):
        """0 devant, 90 to the own side, 180 derrière; of the thigh with "knee"."""
        x, _, z = self.way(side, "hip", joint).T
        way = np.degrees(np.arctan2(x, z)) - self.heading
        return (SIGN[side] * way + 90.0) % 360.0 - 90.0

    def knee(self, side):
        parts = ("hip", "knee", "ankle")
        return geometry.flexion(*(self.body[f"{side}_{part}"] for part in parts))

    def toe(self, side):
        """Height of the toe, metres."""
        return self.body[f"{side}_toe"][:, 1]

    def rise(self, side):
        """Height of the heel over the toe, foot lengths."""
        return -self.way(side, "heel", "toe")[:, 1] / self.movement.contacts.foot_length

    def pointed(self, side):
        """Plantar flexion, degrees: 0 square to the shank."""
        shank, foot = self.way(side, "knee", "ankle"), self.way(side, "heel", "toe")
        return 90.0 - geometry.angle_between(shank, foot)

    def up_the_leg(self, side):
        """Toe over the other ankle as share of that shank's height."""
        ankle, knee = (
            self.body[f"{OTHER[side]}_{part}"][:, 1] for part in ("ankle", "knee")
        )
        return (self.toe(side) - ankle) / (knee - ankle)

    def speed(self, side, joint):
        """Of the thigh ("knee") or the whole leg ("ankle"), (time,) deg/s."""
        line = geometry.unit(self.way(side, "hip", joint))
        return np.degrees(np.linalg.norm(np.gradient(line, axis=0), axis=1)) * self.fps

    def shank_speed(self, side):
        line = geometry.unit(self.way(side, "knee", "ankle"))
        return np.degrees(np.linalg.norm(np.gradient(line, axis=0), axis=1)) * self.fps

    def over_foot(self, side):
        """Centre of mass along the foot from its toe back, and aside, foot lengths."""
        away = self.movement.mass - self.body[f"{side}_toe"]
        line = self.way(side, "heel", "toe") * [1.0, 0.0, 1.0]
        along = geometry.unit(line)
        aside = np.stack([along[:, 2], along[:, 1], -along[:, 0]], axis=1)
        foot = self.movement.contacts.foot_length
        return (away * along).sum(axis=1) / foot, (away * aside).sum(axis=1) / foot

    def stays(self, side, frames):
        """How far the toe of a standing foot goes, metres."""
        toe = self.body[f"{side}_toe"][frames]
        return float(np.linalg.norm(toe - toe[0], axis=1).max())

    @property
    def lowest(self):
        return min(float(place[:, 1].min()) for place in self.body.points.values())

    @property
    def fastest(self):
        ways = (np.diff(place, axis=0) for place in self.body.points.values())
        return max(float(np.linalg.norm(way, axis=1).max()) for way in ways) * self.fps
