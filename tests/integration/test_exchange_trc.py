"""Our TRC files in OpenSim's reader."""

from __future__ import annotations

import numpy as np
import pytest

import bodies
from repetiteur.io.formats import write_poses


def test_opensim_reads_the_same_markers(tmp_path):
    opensim = pytest.importorskip("opensim", reason="opensim is not installed")
    poses = bodies.poses(*bodies.moving_points(seconds=0.5))
    gaps = poses["position"].to_numpy().copy()
    gaps[3:7, :, 2] = np.nan
    poses = poses.assign(position=(poses["position"].dims, gaps))
    path = tmp_path / "take.trc"
    write_poses(poses, path)
    table = opensim.TimeSeriesTableVec3(str(path))
    assert table.getNumRows() == 30
    times = np.array(table.getIndependentColumn())
    np.testing.assert_allclose(times, poses["time"], atol=1e-9)
    assert str(table.getTableMetaDataString("Units")) == "m"
    names = list(table.getColumnLabels())
    assert names == [str(name) for name in poses["keypoint"].to_numpy()]
    for k, name in enumerate(names):
        column = table.getDependentColumn(name)
        found = np.array([column[i].to_numpy() for i in range(30)])
        np.testing.assert_allclose(found, gaps[:, :, k, 0], atol=1e-9)
