"""A small dancer as a BVH file, and as poses."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

from repetiteur.model.poses import make_poses

HIERARCHY = """HIERARCHY
ROOT Hips
{
  OFFSET 0 0 0
  CHANNELS 6 Xposition Yposition Zposition Zrotation Xrotation Yrotation
  JOINT LeftUpLeg
  {
    OFFSET 10 -2 0
    CHANNELS 3 Zrotation Xrotation Yrotation
    JOINT LeftLeg
    {
      OFFSET 0 -42 0
      CHANNELS 3 Zrotation Xrotation Yrotation
      JOINT LeftFoot
      {
        OFFSET 0 -44 0
        CHANNELS 3 Zrotation Xrotation Yrotation
        End Site
        {
          OFFSET 0 -4 14
        }
      }
    }
  }
  JOINT RightUpLeg
  {
    OFFSET -10 -2 0
    CHANNELS 3 Zrotation Xrotation Yrotation
    JOINT RightLeg
    {
      OFFSET 0 -42 0
      CHANNELS 3 Zrotation Xrotation Yrotation
      JOINT RightFoot
      {
        OFFSET 0 -44 0
        CHANNELS 3 Zrotation Xrotation Yrotation
        End Site
        {
          OFFSET 0 -4 14
        }
      }
    }
  }
  JOINT Head
  {
    OFFSET 0 60.5 0
    CHANNELS 3 Zrotation Xrotation Yrotation
    End Site
    {
      OFFSET 0 20 0
    }
  }
}
"""
WIDTH = 27


def bvh(frames: list[list[float]] | None = None, **header: object) -> str:
    """The dancer, standing still for 4 frames or moving as told."""
    rows = [[0.0, 92.0, 0.0] + [0.0] * (WIDTH - 3)] * 4 if frames is None else frames
    lines = [
        "MOTION",
        f"Frames: {header.get('frames', len(rows))}",
        f"Frame Time: {header.get('frame_time', 0.04)}",
        *(" ".join(f"{value:.6f}" for value in row) for row in rows),
    ]
    return str(header.get("hierarchy", HIERARCHY)) + "\n".join(lines) + "\n"


@pytest.fixture
def standing() -> str:
    """The text of a BVH file: four frames of standing, in centimetres."""
    return bvh()


@pytest.fixture
def make_bvh():
    """Maker of such texts with other frames or another header."""
    return bvh


@pytest.fixture
def gappy(rng: np.random.Generator) -> xr.Dataset:
    """Poses with everything that a file should keep: gaps, odd times, confidence."""
    place = rng.normal(size=(5, 3, 2, 2))
    place[1, :, 0, 1] = np.nan
    poses = make_poses(
        place,
        time=[0.5, 0.54, 0.6, 0.61, 2.0],
        keypoints=["pelvis", "left_toe"],
        individuals=["Anna", "Benoît"],
        confidence=rng.uniform(size=(5, 2, 2)),
        source_software="test",
        source_file="take.mp4",
    )
    return poses.assign_attrs(
        fps=25.0, image_width=640, colours=[1, 2, 3], history="one line\nand ×2"
    )
