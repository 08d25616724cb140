"""Jumps and landings."""

import numpy as np

from figures import figure
from figures.drawing import Drawing, Plot, Pose, by
from figures.line import LEFT
from figures.standing import FLAT, bend
from repetiteur.kinematics.movement import movement_of
from repetiteur.model.poses import body_of
from repetiteur.synthetic import Phrase, dance
from repetiteur.synthetic.jumps import entrechat, saute
from repetiteur.synthetic.steps import fifth_position, first_position

JUMP = (first_position(), saute(0.5))


def jumped():
    """A sauté of half a second, measured."""
    return movement_of(body_of(dance(Phrase.of(*JUMP), fps=120.0)))


@figure(
    "flight_time", alt="The height of a toe in a jump over time: its time in the air"
)
def flight_time():
    found = jumped()
    flight, time = found.flights[0], found.body.time
    shown = (time > flight.take_off_s - 0.25) & (time < flight.landing_s + 0.25)
    height = found.body["left_toe"][shown, 1]
    plot = Plot((time[shown][0], time[shown][-1]), 0.0, 0.36)
    plot.curve(time[shown], height)
    ends = [(when, 0.03) for when in (flight.take_off_s, flight.landing_s)]
    plot.span(*ends, f"{flight.landing_s - flight.take_off_s:.2f} s", shift=(0, -7))
    plot.note((plot.first, 0.33), "height of the toe", anchor="start")
    plot.note((plot.first, 0.0), "seconds", shift=(0, 16), anchor="start")
    return plot


@figure(
    "jump_height_flight",
    "jump_height_com",
    alt="A sauté at take-off and at its height: the rise of the centre of mass",
)
def jump_height():
    found = jumped()
    flight = found.flights[0]
    low = Pose(*JUMP, at=flight.take_off_s, fps=120.0)
    high = Pose(*JUMP, at=0.5 * (flight.take_off_s + flight.landing_s), fps=120.0)
    drawing = Drawing("front")
    drawing.floor(low, low=-0.02 - low["left_toe"][1])
    drawing.dancer(low, style="ghost")
    drawing.dancer(high)
    for pose in (low, high):
        drawing.dot(pose.mass)
        drawing.line(pose.mass, pose.mass + 0.45 * LEFT)
    rise = high.mass[1] - low.mass[1]
    aside = 0.45 * LEFT
    drawing.span(low.mass + aside, high.mass + aside, f"{rise:.2f} m")
    return drawing


@figure(
    "landing_knee_flexion",
    alt="The plié of a landing: the bend of the knee at its deepest",
)
def landing_knee_flexion():
    pose = Pose(*JUMP, at="saute.landing", fps=120.0)
    drawing = Drawing("askew")
    drawing.floor(pose)
    drawing.dancer(pose, strong=("left_leg",))
    bend(drawing, pose, "left")
    return drawing


@figure(
    "landing_knee_line",
    alt="A landing in parallel from the front: the knee inside of hip and ankle",
)
def landing_knee_line():
    pose = Pose(*JUMP, at="saute.landing", fps=120.0)
    for side, out in (("left", 1.0), ("right", -1.0)):
        hip = pose[f"{side}_hip"]
        ankle = hip * FLAT + by(0.02 * out, pose[f"{side}_ankle"][1])
        inward = 0.055 if side == "left" else 0.0
        knee = 0.5 * (hip + ankle) - by(inward * out, z=-0.2)
        pose.points |= {
            f"{side}_knee": knee,
            f"{side}_ankle": ankle,
            f"{side}_heel": ankle + by(y=-0.06, z=-0.06),
            f"{side}_toe": ankle + by(0.02 * out, -0.06, 0.18),
        }
    drawing = Drawing("front", scale=1.3)
    drawing.dancer(pose, strong=("left_leg",))
    hip, knee, ankle = (pose[f"left_{p}"] for p in ("hip", "knee", "ankle"))
    front = by(1.0, 1.0)
    drawing.ray(knee, (knee - hip) * front, 0.38)
    drawing.arc(
        *(knee, (knee - hip) * front, (ankle - knee) * front), radius=0.3, shift=(30, 2)
    )
    return drawing


@figure(
    "foot_roll",
    "landing_first",
    "landing_heel",
    alt="Heights of toe and heel when landing: the heel comes down after the toe",
)
def foot_roll():
    found = jumped()
    flight, time = found.flights[0], found.body.time
    shown = (time > flight.landing_s - 0.1) & (time < flight.heel_down_s + 0.15)
    toe, heel = (found.body[f"left_{part}"][shown, 1] for part in ("toe", "heel"))
    high = 1.1 * float(heel.max())
    plot = Plot((time[shown][0], time[shown][-1]), 0.0, high)
    plot.curve(time[shown], toe, "other-line")
    plot.curve(time[shown], heel)
    ends = [(when, 0.0) for when in (flight.landing_s, flight.heel_down_s)]
    plot.span(*ends, f"{flight.foot_roll_s:.2f} s", off=(0, 12), shift=(0, 20))
    plot.note((plot.first, toe[0]), "toe", shift=(24, -8))
    plot.note((plot.first, heel[0]), "heel", shift=(52, 0))
    return plot


@figure(
    "beats_count",
    alt="The ankles before and behind one another in a flight: each crossing is a beat",
)
def beats_count():
    steps = (fifth_position("right"), entrechat("right", 3, 0.6))
    found = movement_of(body_of(dance(Phrase.of(*steps), fps=200.0)))
    flight, time = found.flights[0], found.body.time
    shown = (time > flight.take_off_s) & (time < flight.landing_s)
    apart = (found.body["left_ankle"] - found.body["right_ankle"])[shown, 2]
    when, most = time[shown], float(np.abs(apart).max())
    plot = Plot((when[0], when[-1]), -1.2 * most, 1.2 * most)
    plot.line((when[0], 0.0), (when[-1], 0.0))
    plot.curve(when, apart)
    turns = np.flatnonzero(np.diff(np.sign(apart)))
    for number, k in enumerate(turns, start=1):
        plot.dot((when[k], 0.0), "mark")
        plot.note((when[k], 0.0), str(number), shift=(10, -6), style="value")
    plot.note((when[0], 1.2 * most), "left foot ahead", anchor="start")
    plot.note((when[0], -1.2 * most), "seconds", shift=(0, 16), anchor="start")
    return plot


@figure(
    "landing_together",
    "take_off_together",
    alt="Heights of both toes over time: one meets the floor a little later",
)
def landing_together():
    t = np.linspace(-0.15, 0.2, 200)
    later = 0.04
    plot = Plot((t[0], t[-1]), 0.0, 0.3)
    plot.curve(t, np.clip(-2.0 * t, 0.0, 0.3))
    plot.curve(t, np.clip(-2.0 * (t - later), 0.0, 0.3), "other-line")
    ends = [(0.0, 0.0), (later, 0.0)]
    plot.span(*ends, f"{later:.2f} s", off=(0, 12), shift=(0, 20))
    plot.note((-0.1, 0.14), "one toe", anchor="end")
    plot.note((0.0, 0.14), "the other", anchor="start")
    return plot


@figure(
    "jump_push",
    alt="The bend of the knee before a jump: from its deepest to the take-off",
)
def jump_push():
    found = jumped()
    flight, time = found.flights[0], found.body.time
    shown = (time > flight.take_off_s - 0.8) & (time < flight.landing_s)
    bend_of = found.joint_angles["left_knee_flexion"]
    plie_s = found.jump_phases[0].plie_s
    plot = Plot((time[shown][0], time[shown][-1]), 0.0, 80.0)
    plot.curve(time[shown], bend_of[shown])
    ends = [(when, 66.0) for when in (plie_s, flight.take_off_s)]
    plot.span(*ends, f"{flight.take_off_s - plie_s:.2f} s", shift=(0, -7))
    plot.note((plot.first, 76.0), "bend of the knee", anchor="start")
    plot.note((plot.first, 0.0), "seconds", shift=(0, 16), anchor="start")
    return plot


@figure("jump_drift", alt="A jump that travels: the way of the feet over the floor")
def jump_drift():
    low = Pose(first_position())
    foot = float(np.linalg.norm(low["left_toe"] - low["left_heel"]))
    later = low.moved(x=1.3 * foot)
    drawing = Drawing("front")
    drawing.dancer(low, style="ghost")
    drawing.dancer(later, strong=("left_foot", "right_foot"))
    ends = [one["mid_ankle"] * FLAT for one in (low, later)]
    drawing.span(*ends, "1.3 feet", off=(0.0, 14.0), shift=(0.0, 20.0))
    return drawing
