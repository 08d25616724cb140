"""The face against the oracle of the domain: O23."""

from __future__ import annotations

import dataclasses
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

import repetiteur.expression.face as where
from faced import RATE, moved, seen
from repetiteur.expression.face import Face, told
from repetiteur.expression.face_compared import FaceDifference, FacesCompared
from repetiteur.expression.face_parts import Action, Part, action_of
from repetiteur.expression.face_units import UNITS

TIME_S = np.arange(75) / RATE
#: From 1.0 to 1.5 s, from nothing to all.
RAMP = np.clip((TIME_S - 1.0) / 0.5, 0.0, 1.0)


def test_a_ramp_of_an_action():
    action = action_of(TIME_S, 0.8 * RAMP)
    assert action.onset_s == pytest.approx(1.25)
    assert action.peak == pytest.approx(0.8)
    assert action.peak_s == pytest.approx(1.52, abs=1 / RATE)


@pytest.mark.parametrize("yaw", [0.0, 30.0])
def test_a_ramp_of_the_corners_of_the_mouth(yaw):
    """0.8 of a quarter of the eyes' distance, seen by a camera."""
    points = moved(75, {"lip_corners": (0.25 * 0.8 * RAMP, (0, 1, 0))})
    face = told(seen(points, yaw=yaw), rest_s=(0.0, 1.0))
    action = action_of(face.time_s, face.unit("lip_corners_up")[0] / 0.25)
    assert action.onset_s == pytest.approx(1.25, abs=1e-3)
    assert action.peak == pytest.approx(0.8, abs=1e-3)


def test_no_field_is_called_emotion():
    words = ("emotion", "mood", "feeling", "happy", "sad", "joy", "angry", "fear")
    said = [one.name for one in UNITS] + [one.says for one in UNITS]
    for kind in (Face, Action, Part, FaceDifference, FacesCompared):
        said += [field.name for field in dataclasses.fields(kind)]
    for module in Path(where.__file__).parent.glob("face*.py"):
        said += dir(import_module(f"repetiteur.expression.{module.stem}"))
    assert not [name for name in said if any(word in name.lower() for word in words)]
