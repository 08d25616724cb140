"""Qualisys' TSV: with and without titles and times, and what is wrong with it."""

from __future__ import annotations

import numpy as np
import pytest

import bodies
import tables
from repetiteur.errors import DamagedFile, UnreadableRecording
from repetiteur.io.formats import read_poses

NAMES = tuple(bodies.STANDING)


def written(folder, text):
    path = folder / "take.tsv"
    path.write_bytes(text.encode("latin-1"))
    return path


def text_of(place=None, names=NAMES, **layout):
    place = tables.moving() if place is None else place
    return tables.qualisys(1000 * tables.z_up(place), names, **layout)


@pytest.mark.parametrize(
    ("timed", "titles"), [(False, False), (True, True), (True, False), (False, True)]
)
def test_each_layout(tmp_path, timed, titles):
    text = text_of(timed=timed, titles=titles)
    poses = read_poses(written(tmp_path, text))
    found = poses["position"].sel(keypoint=list(NAMES))[..., 0].transpose("time", ...)
    expected = tables.moving().transpose(0, 2, 1)
    np.testing.assert_allclose(found, expected, atol=1e-6)
    np.testing.assert_allclose(poses["time"], np.arange(tables.FRAMES) / 60)
    assert "up axis: z, as the file says" in poses.attrs["history"]


def test_zeros_empty_cells_and_words_are_gaps(tmp_path):
    place = tables.moving()
    place[1, 3] = np.nan
    place[4, 5] = 0.0
    text = (
        text_of(place)
        .replace("\t\t\t", "\tNaN\tnull\tNaN", 1)
        .replace("-0.000", "0.000")
    )
    gone = read_poses(written(tmp_path, text))["position"].isnull().all("space")
    assert np.argwhere(gone.sel(keypoint=NAMES[3]).values[:, 0]).tolist() == [[1]]
    assert np.argwhere(gone.sel(keypoint=NAMES[5]).values[:, 0]).tolist() == [[4]]


def test_two_dancers_by_the_prefixes_of_their_markers(tmp_path):
    place = np.concatenate(
        [tables.moving(), tables.moving() + np.array([1, 0, 0])], axis=1
    )
    names = [f"{who}_{name}" for who in ("A", "B") for name in NAMES]
    poses = read_poses(written(tmp_path, text_of(place, names)))
    assert poses["individual"].values.tolist() == ["A", "B"]


def test_an_outer_clock_needs_the_rate(tmp_path):
    path = written(tmp_path, text_of(frequency="EXT"))
    with pytest.raises(UnreadableRecording, match="--fps"):
        read_poses(path)
    assert read_poses(path, fps=100)["time"][1].item() == 0.01


@pytest.mark.parametrize(
    ("change", "error", "said"),
    [
        (lambda t: t[: len(t) * 9 // 10], DamagedFile, "needs .* cells"),
        (lambda t: t[: t.rindex("\r\n", 0, -2) + 2], DamagedFile, "8 frames, and 7"),
        (lambda t: t.replace("\t3D", "\t2D"), UnreadableRecording, "3D positions"),
        (lambda t: t[: t.index("MARKER_NAMES")], UnreadableRecording, "3D positions"),
    ],
    ids=["cut", "rows", "flat", "head"],
)
def test_what_is_refused(tmp_path, change, error, said):
    with pytest.raises(error, match=said):
        read_poses(written(tmp_path, change(text_of())))
