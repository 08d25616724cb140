"""Jumps whose every number is known: bodies that leave the floor and come back.

The body keeps its pose but for what is asked for; a smaller one falls no slower.
"""

from __future__ import annotations

import numpy as np

import bodies
from repetiteur.kinematics.mass import centre_of_mass

GRAVITY = 9.81
LANDING_S = 1.013
FOOT = ("heel", "toe", "ankle")
LEGS = [f"{s}_{p}" for s in ("left", "right") for p in ("knee", *FOOT)]


def jumping(
    time,
    *,
    scale=1.0,
    flight_s=0.5,
    landing_s=LANDING_S,
    roll_s=0.06,
    push_s=0.1,
    late_s=0.0,
    drift_m=0.0,
):
    """Jump with both feet; ``late_s`` is that of the left foot's landing.

    The heels rise from ``push_s`` before take-off and are down ``roll_s`` after the
    toes; with a negative ``roll_s`` they are first.
    """
    off_s = landing_s - flight_s
    share = np.clip((time - off_s) / flight_s, 0.0, 1.0)
    air = 0.5 * GRAVITY * flight_s**2 * share * (1.0 - share)
    way = np.stack([drift_m * share, air, 0.0 * air], axis=1)
    down_s = [landing_s, landing_s + roll_s]
    heel = np.interp(time, [off_s - push_s, off_s, *down_s], [0, 0.1, 0.1, 0])
    toe = np.zeros_like(heel)
    if roll_s < 0.0:  # the toe is up until the heel is down, in the air too
        down_s = [landing_s, landing_s - roll_s]
        heel = np.interp(time, [off_s - push_s, off_s, landing_s], [0, 0.1, 0])
        toe = np.interp(time, [off_s, off_s + 0.1, *down_s], [0, 0.1, 0.1, 0])
    late = np.clip(2.4 * (landing_s + late_s - time), 0.0, 2.4 * late_s)
    late = np.where(time > off_s, np.minimum(late, 2.4 * late_s * share / 0.5), 0.0)
    points = {}
    for name, place in bodies.STANDING.items():
        side, _, part = name.partition("_")
        up = {"heel": heel, "toe": toe}.get(part, 0.0 * heel)
        up = up + (late if side == "left" and part in FOOT else 0.0)
        lifted = np.stack([0.0 * up, scale * up, 0.0 * up], axis=1)
        points[name] = scale * np.array(place) + way + lifted
    return points


def crossing(time, crossings, *, scale=1.0, depth_m=0.15, flight_s=0.5):
    """Jump in which the ankles are ``depth_m`` cos(n pi t / T) ahead of one another."""
    points = jumping(time, scale=scale, flight_s=flight_s)
    share = np.clip((time - LANDING_S + flight_s) / flight_s, 0.0, 1.0)
    ahead = scale * depth_m * np.cos(crossings * np.pi * share)
    for name in LEGS:
        sign = 0.5 if name.startswith("left") else -0.5
        part = 0.5 if name.endswith("knee") else 1.0
        points[name] = points[name] + np.outer(sign * part * ahead, [0.0, 0.0, 1.0])
    return points


def splitting(time, *, scale=1.0, most_deg=80.0, widest=0.5, flight_s=0.6):
    """Jump in which the left leg swings ahead and the right one back, each by so much.

    ``widest`` is the share of the flight that is over when they are widest apart.
    """
    points = jumping(time, scale=scale, flight_s=flight_s)
    off_s = LANDING_S - flight_s
    share = np.clip((time - off_s) / flight_s, 0.0, 1.0)
    rise = np.sin(0.5 * np.pi * np.minimum(share / widest, (1 - share) / (1 - widest)))
    before = centre_of_mass(bodies.body(time, points))
    for side, sign in (("left", 1.0), ("right", -1.0)):
        hip, angle = points[f"{side}_hip"], sign * np.radians(most_deg) * rise**2
        c, s = np.cos(angle), np.sin(angle)
        for part in ("knee", *FOOT):
            x, y, z = (points[f"{side}_{part}"] - hip).T
            turned = np.stack([x, y * c + z * s, z * c - y * s], axis=1)
            points[f"{side}_{part}"] = hip + turned
    shift = before - centre_of_mass(bodies.body(time, points))
    return {name: place + shift for name, place in points.items()}
