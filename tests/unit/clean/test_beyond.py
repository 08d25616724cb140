"""What lies outside of the picture was seen by nobody."""

from __future__ import annotations

import numpy as np

from repetiteur.clean.beyond import drop_beyond
from repetiteur.model.poses import make_poses


def test_only_what_is_outside_is_missing():
    x = np.array([-1.0, 0.0, 10.0, 20.0, 20.5])
    place = np.stack([np.stack([x, np.full(5, 5.0)])] * 2)
    place[1, 1, 1] = 11.0  # below the picture
    names = [f"left_{part}" for part in ("hip", "knee", "ankle", "heel", "toe")]
    poses = make_poses(place, time=[0.0, 0.1], keypoints=names)
    sized = poses.assign_attrs(image_width=20, image_height=10)
    found = drop_beyond(sized)
    seen = found["position"].notnull().all("space").to_numpy()[..., 0]
    assert seen[0].tolist() == [False, True, True, True, False]
    assert seen[1].tolist() == [False, False, True, True, False]
    assert (found["confidence"].to_numpy()[..., 0][~seen] == 0.0).all()
    kept = found["position"].where(found["position"].notnull(), sized["position"])
    assert kept.equals(sized["position"])
    assert "outside of the picture: 5 samples" in found.attrs["history"]
    assert drop_beyond(poses) is poses
