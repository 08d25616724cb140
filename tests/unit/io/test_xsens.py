"""Xsens MVN's segment positions."""

from __future__ import annotations

import numpy as np
import pytest

import tables
from repetiteur.errors import DamagedFile, UnreadableRecording
from repetiteur.io.formats import read_poses

OURS = (
    "pelvis", "chest", "neck", "head",
    *(f"{s}_{p}" for s in ("left", "right")
      for p in ("shoulder", "elbow", "wrist", "hip", "knee", "ankle", "toe")),
)  # fmt: skip
SEGMENTS = [tables.segment(name) for name in OURS]


def written(folder, text):
    path = folder / "positions.csv"
    path.write_text(text)
    return path


def text_of(**layout):
    return tables.xsens(tables.z_up(tables.moving(OURS)), SEGMENTS, **layout)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("prefix", ["", "Segment Position_", "Position "])
def test_segments_are_where_they_begin(tmp_path, delimiter, prefix):
    text = text_of(delimiter=delimiter, prefix=prefix, head=["Frame Rate: 60.0", ""])
    poses = read_poses(written(tmp_path, text))
    found = poses["position"].sel(keypoint=list(OURS))[..., 0].transpose("time", ...)
    expected = tables.moving(OURS).transpose(0, 2, 1)
    np.testing.assert_allclose(found, expected, atol=1e-8)
    np.testing.assert_allclose(poses["time"], np.arange(tables.FRAMES) / 60)
    assert "ball of the foot" in poses.attrs["history"]


def test_a_file_without_a_rate_needs_one(tmp_path):
    path = written(tmp_path, text_of())
    with pytest.raises(UnreadableRecording, match="--fps"):
        read_poses(path)
    assert read_poses(path, fps=60).sizes["time"] == tables.FRAMES


def test_velocities_are_refused_though_their_columns_bear_the_same_names(tmp_path, rng):
    swing = rng.normal(size=(tables.FRAMES, len(OURS), 3))
    path = written(tmp_path, tables.xsens(swing, SEGMENTS))
    with pytest.raises(UnreadableRecording, match="velocities or angles"):
        read_poses(path, fps=60)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda t: t[: len(t) // 2], "needs .* cells"),
        (lambda t: t.replace("T8 x", "Pelvis x"), "twice"),
    ],
    ids=["cut", "twice"],
)
def test_broken_files_are_refused(tmp_path, change, said):
    with pytest.raises(DamagedFile, match=said):
        read_poses(written(tmp_path, change(text_of())), fps=60)
