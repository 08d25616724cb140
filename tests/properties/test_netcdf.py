"""A netCDF file with any bytes changed is read or refused, and never breaks."""

from __future__ import annotations

import numpy as np
import pytest

from repetiteur.errors import RepetiteurError
from repetiteur.io import netcdf
from repetiteur.io.formats import read_poses, write_poses
from repetiteur.model.poses import check_poses, make_poses


@pytest.fixture
def whole(tmp_path, rng) -> bytes:
    """A small file, most of whose bytes are headers."""
    place = rng.normal(size=(4, 3, 2, 2))
    place[1, :, 0, 1] = np.nan
    poses = make_poses(
        place,
        time=[0.5, 0.54, 0.6, 2.0],
        keypoints=["pelvis", "left_toe"],
        individuals=["Anna", "Benoît"],
    )
    write_poses(poses.assign_attrs(fps=25.0, colours=[1, 2]), tmp_path / "whole.nc")
    return (tmp_path / "whole.nc").read_bytes()


def spoilt(whole: bytes, rng: np.random.Generator) -> bytes:
    """The file with one to four bytes changed, most often such as mean something."""
    content = np.frombuffer(whole, np.uint8).copy()
    used = np.flatnonzero(content)
    for _ in range(rng.integers(1, 5)):
        place = rng.choice(used) if rng.random() < 0.8 else rng.integers(content.size)
        content[place] = rng.integers(256)
    return content.tobytes()


@pytest.mark.parametrize("count", [60, pytest.param(600, marks=pytest.mark.slow)])
def test_changed_bytes(tmp_path, whole, monkeypatch, capfd, count):
    monkeypatch.setattr(netcdf, "_SECONDS", 4.0)  # a hang is cut short earlier
    rng = np.random.default_rng(count)
    path = tmp_path / "take.nc"
    refused = []
    for _ in range(count):
        path.write_bytes(spoilt(whole, rng))
        try:
            poses = read_poses(path)
        except RepetiteurError as error:
            refused.append(str(error))
        else:
            check_poses(poses)
    assert 0 < len(refused) < count
    assert not any("\n" in message for message in refused)
    assert capfd.readouterr() == ("", "")
