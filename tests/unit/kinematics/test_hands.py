"""Where the hands are in the frame of the trunk."""

from __future__ import annotations

import numpy as np

from repetiteur.kinematics import hands


def test_positions_are_apart_enough_to_be_told_apart():
    places = {name: np.array(place) for name, place in hands.PLACES.items()}
    names = list(places)
    for k, one in enumerate(names):
        assert 0.90 < np.linalg.norm(places[one]) < 0.94
        for other in names[k + 1 :]:
            apart = np.linalg.norm(places[one] - places[other])
            assert apart > 0.5 + 2 * hands.NEARER
