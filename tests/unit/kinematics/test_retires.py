"""The height of a foot that is drawn up the other leg."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import bodies
from repetiteur.kinematics.retires import retire_height

LEG = 0.83


def drawn(toe_up, *, beside=0.05, folded=True):
    """The left toe at a height, beside the right knee; the leg folded, or straight."""
    points = {n: np.array([p], dtype=float) for n, p in bodies.STANDING.items()}
    toe = points["right_knee"] * [1, 0, 1] + [beside, toe_up, 0.0]
    points["left_toe"] = toe
    points["left_ankle"] = toe + np.array([0.05, 0.1, 0.0])
    middle = 0.5 * (points["left_hip"] + points["left_ankle"])
    points["left_knee"] = middle + ([0.4, 0.0, 0.1] if folded else 0.0)
    return bodies.body(np.zeros(1), points)


@pytest.mark.parametrize(("up", "share"), [(0.48, 1.0), (0.275, 0.5), (0.521, 1.1)])
def test_it_is_a_share_of_the_other_shank(up, share):
    assert retire_height(drawn(up), "left", LEG) == pytest.approx([share])
    assert retire_height(drawn(up).mirrored(), "right", LEG) == pytest.approx([share])


def test_a_foot_that_is_not_drawn_up_has_none():
    assert np.isnan(retire_height(drawn(0.48, folded=False), "left", LEG)).all()
    assert np.isnan(retire_height(drawn(0.48, beside=0.4), "left", LEG)).all()


def test_without_a_shank_to_measure_on_it_has_none():
    body = drawn(0.48)
    lying = {**body.points, "right_knee": body["right_ankle"].copy()}
    assert np.isnan(retire_height(bodies.body(body.time, lying), "left", LEG)).all()
    lost = {n: p for n, p in body.points.items() if n != "left_toe"}
    assert np.isnan(retire_height(bodies.body(body.time, lost), "left", LEG)).all()


def test_along_a_shank_that_lies_there_is_no_height():
    body = drawn(0.4)
    assert np.isfinite(retire_height(body, "left", LEG)).all()
    down = body["right_ankle"] + [[0.0, 0.05, -0.4]]  # the shank nearly level
    lying = replace(body, points={**body.points, "right_knee": down})
    toe = down * [1, 0, 1] + [[0.05, 0.4, 0.0]]
    lying = replace(lying, points={**lying.points, "left_toe": toe})
    assert np.isnan(retire_height(lying, "left", LEG)).all()
