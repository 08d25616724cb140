"""Turns, series and balances."""

import numpy as np

from figures import figure
from figures.drawing import UP, Drawing, Plot, Pose
from figures.standing import FLAT
from repetiteur.kinematics.movement import movement_of
from repetiteur.model.poses import body_of
from repetiteur.synthetic import Phrase, dance
from repetiteur.synthetic.steps import (
    equilibre,
    fifth_position,
    first_position,
    releve,
)
from repetiteur.synthetic.turns import fouettes, pirouette_en_dehors

TURN = (fifth_position("right"), pirouette_en_dehors("left", 1))


def turning(number=1):
    """A pirouette, measured."""
    steps = (fifth_position("right"), pirouette_en_dehors("left", number))
    return movement_of(body_of(dance(Phrase.of(*steps), fps=60.0)))


def in_retire(**alter):
    """In the air of a pirouette, facing front."""
    return Pose(
        fifth_position("right"), equilibre("left"), at="equilibre.hold", **alter
    )


@figure(
    "turn_count",
    "turn_rotation",
    "turn_sense",
    "pre_rotation",
    alt="A pirouette: she turns about her standing leg, here towards the working one",
)
def turn_count():
    pose = in_retire()
    drawing = Drawing("askew")
    drawing.dancer(pose, strong=("left_leg", "left_foot"))
    toe = pose["right_toe"] * FLAT
    angles = np.radians(np.linspace(-60.0, 250.0, 50))
    ring = [
        toe + 0.42 * np.array([np.sin(a), 0.0, np.cos(a)]) + [0.0, 0.02, 0.0]
        for a in angles
    ]
    drawing.line(toe, toe + 1.95 * UP)
    drawing.arrow(ring)
    return drawing


@figure(
    "turn_rate", alt="The speed of a pirouette over time, with its mean and its peak"
)
def turn_rate():
    found = turning()
    turn, time = found.turns[0], found.body.time
    rate = np.gradient(found.turning, time) / 360.0
    shown = slice(max(turn.start - 12, 0), turn.end + 12)
    plot = Plot((time[shown][0], time[shown][-1]), 0.0, 1.15 * float(turn.peak_rate))
    plot.curve(time[shown], np.maximum(rate[shown], 0.0))
    for height, text in ((turn.peak_rate, "peak"), (turn.mean_rate, "mean")):
        plot.line((turn.start_s, height), (turn.end_s, height))
        plot.note((turn.start_s, height), f"{text} {height:.1f}", shift=(-38, 4))
    plot.note((plot.first, 0.0), "seconds", shift=(0, 16), anchor="start")
    plot.note((plot.first, plot.high), "turns a second", anchor="start")
    return plot


@figure(
    "axis_tilt",
    alt="A pirouette off balance: the line from toe to centre of mass, and upright",
)
def axis_tilt():
    pose = in_retire(right_height=7.0)
    drawing = Drawing("front")
    drawing.dancer(pose)
    toe, mass = pose["right_toe"], pose.mass
    drawing.ray(toe, UP, 2.05)
    drawing.ray(toe, mass - toe, 2.05, style="mark")
    drawing.dot(mass)
    drawing.arc(toe, UP, mass - toe, radius=1.95, digits=1, shift=(0, -14))
    return drawing


@figure(
    "support_travel",
    alt="A pirouette that travels: the way of the supporting toe over the floor",
)
def support_travel():
    pose = in_retire()
    foot = float(np.linalg.norm(pose["right_toe"] - pose["right_heel"]))
    later = pose.moved(x=1.6 * foot)
    drawing = Drawing("front")
    drawing.dancer(pose, style="ghost")
    drawing.dancer(later, strong=("right_foot",))
    ends = [one["right_toe"] * FLAT for one in (pose, later)]
    drawing.span(*ends, "1.6 feet", off=(0.0, 12.0), shift=(0.0, 20.0))
    return drawing


@figure(
    "spotting",
    alt="Directions of trunk and head in a turn: the head stays, then overtakes",
)
def spotting():
    found = turning(2)
    time, turn = found.body.time, found.turns[0]
    shown = slice(max(turn.start - 10, 0), turn.end + 14)
    head, trunk = (
        np.degrees(np.unwrap(np.radians(one[shown])))
        for one in (found.headings.head, found.headings.trunk)
    )
    head = head + 360.0 * np.round((trunk[0] - head[0]) / 360.0)
    plot = Plot((time[shown][0], time[shown][-1]), min(head.min(), trunk.min()), 760.0)
    plot.curve(time[shown], trunk, "other-line")
    plot.curve(time[shown], head)
    k = int(np.argmax(trunk[: trunk.size // 2] - head[: trunk.size // 2]))
    plot.span(
        (time[shown][k], head[k]), (time[shown][k], trunk[k]), "lag", shift=(6.0, 14.0)
    )
    plot.note((time[shown][-1], head[-1]), "head", shift=(0, -6), anchor="end")
    plot.note((time[shown][k], trunk[k]), "trunk", shift=(-30, -4))
    plot.note((plot.first, plot.low), "seconds", shift=(0, 16), anchor="start")
    return plot


@figure(
    "time_in_position",
    alt="The height of the working toe in a pirouette, and the time it is drawn up",
)
def time_in_position():
    found = turning()
    time = found.body.time
    height = np.nan_to_num(found.retire_heights["left"])
    turn = found.turns[0]
    shown = slice(max(turn.start - 24, 0), turn.end + 24)
    plot = Plot((time[shown][0], time[shown][-1]), 0.0, 1.25)
    plot.curve(time[shown], np.clip(height[shown], 0.0, 1.2))
    up = time[shown][height[shown] >= 0.9]
    plot.span((up[0], 1.1), (up[-1], 1.1), f"{up[-1] - up[0]:.1f} s", shift=(0, -6))
    plot.line((plot.first, 0.9), (time[shown][-1], 0.9))
    plot.note((plot.first, 0.9), "at the knee", shift=(0, -5), anchor="start")
    plot.note((plot.first, 0.0), "seconds", shift=(0, 16), anchor="start")
    return plot


@figure(
    "fouette_rate",
    alt="Supporting knee and working leg in fouettés: one bend and one opening a turn",
)
def fouette_rate():
    steps = (fifth_position("right"), fouettes("left", 4))
    found = movement_of(body_of(dance(Phrase.of(*steps), fps=60.0)))
    time, angles = found.body.time, found.joint_angles
    first, last = found.turns[0].start_s - 0.2, found.turns[-1].end_s + 0.4
    shown = (time >= first) & (time <= last)
    plot = Plot((first, last), 0.0, 130.0, wide=380.0)
    plot.curve(time[shown], angles["left_leg_elevation"][shown])
    plot.curve(time[shown], angles["right_knee_flexion"][shown], "other-line")
    plot.note((first, 120.0), "working leg", anchor="start")
    plot.note((last, 120.0), "supporting knee, dashed", anchor="end")
    plot.note((first, 0.0), "seconds", shift=(0, 16), anchor="start")
    return plot


@figure(
    "path_deviation",
    alt="The way of a series from above, and the straight line from start to end",
)
def path_deviation():
    t = np.linspace(0.0, 1.0, 100)
    way = np.column_stack([2.2 * t, 0.0 * t, 0.16 * np.sin(1.5 * np.pi * t)])
    drawing = Drawing("above", scale=1.1)
    drawing.arrow(way, style="strong-line")
    drawing.line(way[0], way[-1])
    drawing.note(way[0], "start", shift=(24, 16))
    drawing.note(way[-1], "end", shift=(-16, 14))
    return drawing


@figure(
    "feet_opening",
    alt="Both feet on demi-pointe from above: how far apart the heels are",
)
def feet_opening():
    pose = Pose(first_position(), releve(), at="releve.top")
    drawing = Drawing("above", scale=2.6)
    drawing.dancer(
        pose, strong=("left_foot", "right_foot"), only=("left_foot", "right_foot")
    )
    heels = [pose[f"{side}_heel"] * FLAT for side in ("left", "right")]
    foot = np.linalg.norm(pose["left_toe"] - pose["left_heel"])
    text = f"{np.linalg.norm(heels[0] - heels[1]) / foot:.1f} feet"
    drawing.span(*heels, text, off=(0.0, 16.0), shift=(0.0, 20.0))
    return drawing


@figure("balance_time", alt="A balance in retiré on demi-pointe: one toe on the floor")
def balance_time():
    pose = in_retire()
    drawing = Drawing("front")
    drawing.floor(pose)
    drawing.dancer(pose, strong=("right_leg", "right_foot"))
    lasting = max(one.lasting_s for one in pose.movement.balances)
    text = f"{lasting:.1f} s on one foot"
    drawing.note(pose["right_toe"] * FLAT, text, shift=(0, 26), style="value")
    return drawing


@figure(
    "com_sway",
    alt="A balance from above: the path of the centre of mass over the foot",
)
def com_sway():
    pose = Pose(fifth_position("right"))
    drawing = Drawing("above", scale=6.0)
    drawing.dancer(pose, strong=(), only=("right_foot",))
    middle = 0.5 * (pose["right_heel"] + pose["right_toe"]) * FLAT
    t = np.linspace(0.0, 1.0, 300)
    rng = np.random.default_rng(4)
    way = sum(
        rng.normal(0.0, 0.009, (2, 1))
        * np.sin(2 * np.pi * (k * t + rng.random((2, 1))))
        for k in range(1, 7)
    )
    places = middle + np.column_stack([way[0], 0.0 * t, way[1]])
    drawing.path(places, "strong-line")
    values, axes = np.linalg.eigh(np.cov(way))
    ring = np.linspace(0.0, 2 * np.pi, 60)
    radii = np.sqrt(5.991 * values)[:, np.newaxis]
    round_it = axes @ (radii * np.stack([np.cos(ring), np.sin(ring)]))
    round_it += way.mean(axis=1, keepdims=True)
    edge = middle + np.column_stack([round_it[0], 0.0 * ring, round_it[1]])
    drawing.path(edge, "mark")
    drawing.note(edge[int(edge[:, 2].argmax())], "95 %", shift=(0, -8), style="value")
    return drawing
