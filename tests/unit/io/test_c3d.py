"""C3D: what laboratories put into it, what is refused, and what comes back."""

from __future__ import annotations

import struct

import numpy as np
import pytest
import xarray as xr

from bodies import STANDING
from c3ds import Take, text, whole
from repetiteur.errors import DamagedFile, InvalidPoses, UnreadableRecording
from repetiteur.io import _c3d_header
from repetiteur.io._c3d_header import is_c3d, layout_of
from repetiteur.io.formats import read_poses, write_poses
from repetiteur.model.poses import make_poses

NAMES = list(STANDING)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "take.c3d"


@pytest.fixture
def lab(rng):
    """Five frames of a dancer in a laboratory: millimetres, z up."""
    still = np.array([STANDING[name] for name in NAMES])
    place = still + rng.normal(scale=0.01, size=(5, len(NAMES), 3))
    return np.stack([place[..., 0], -place[..., 2], place[..., 1]], axis=-1) * 1000.0


def of_points(lab, labels):
    """The laboratory's dancer, and as many points more as there are further labels."""
    more = np.full((len(lab), len(labels) - len(NAMES), 3), 5.0)
    return Take(np.concatenate([lab, more], axis=1), labels)


def read(path, take, **options):
    path.write_bytes(take.content())
    return read_poses(path, **options)


def test_everything_but_confidence_comes_back(path, rng):
    time = 1.5 + np.arange(40) / 29.97
    place = rng.uniform(-8, 8, size=(40, 3, 300, 2))
    place[3:9, :, 7, 0] = np.nan
    place[0, 0, 1, 1] = np.nan  # one axis alone: the point was not seen
    place[5, :, 2, 0] = 0.0
    names = ["pelvis", *(f"märker {k}" for k in range(299))]
    poses = make_poses(place, time=time, keypoints=names, individuals=["Anna", "Bea"])
    write_poses(poses, path)
    again = read_poses(path)
    expected = poses["position"].where(poses["position"].notnull().all("space"))
    xr.testing.assert_allclose(again["position"], expected, rtol=0, atol=1e-6)
    np.testing.assert_allclose(again["time"], time, rtol=0, atol=1e-12)
    np.testing.assert_array_equal(again["individual"], ["Anna", "Bea"])
    assert "written by repetiteur" in again.attrs["history"]


def test_a_unit_that_is_given_counts_in_our_files_too(path):
    place = np.array([[[0.0], [0.9], [0.0]]])
    write_poses(make_poses(place, time=[0.0], keypoints=["pelvis"]), path)
    np.testing.assert_allclose(
        read_poses(path, unit="cm")["position"].to_numpy()[0, 1], 9.0, rtol=1e-6
    )


def test_more_frames_than_16_bits_count_come_back(path):
    place = np.linspace(0.0, 1.0, 3 * 70_000).reshape(70_000, 3, 1)
    time = np.arange(70_000) / 60
    write_poses(make_poses(place, time=time, keypoints=["pelvis"]), path)
    again = read_poses(path)
    np.testing.assert_allclose(again["position"][..., 0], place, rtol=0, atol=1e-6)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda poses: poses.isel(space=[0, 1]), "2D, in pixels"),
        (lambda poses: poses.assign_coords(keypoint=["x" * 128]), "127 bytes at most"),
        (lambda poses: poses.assign_coords(keypoint=["é" * 64]), "has 128"),
        (lambda poses: poses.assign_coords(keypoint=["tab\there"]), "letters"),
        (lambda poses: poses.assign_coords(time=[0.0, 0.1, 0.3]), "even time steps"),
    ],
)
def test_what_c3d_cannot_hold(path, change, said):
    poses = make_poses(np.zeros((3, 3, 1)), time=[0, 0.1, 0.2], keypoints=["pelvis"])
    with pytest.raises(InvalidPoses, match=said) as caught:
        write_poses(change(poses), path)
    assert ".nc" in str(caught.value)
    assert not path.exists()


def test_more_names_than_a_file_has_room_for(path):
    names = [f"{k:0127d}" for k in range(961)]
    poses = make_poses(np.zeros((1, 3, 961)), time=[0.0], keypoints=names)
    with pytest.raises(InvalidPoses, match="names in a C3D file"):
        write_poses(poses, path)
    write_poses(poses.isel(keypoint=slice(1, None)), path)
    np.testing.assert_array_equal(read_poses(path)["keypoint"], names[1:])


def test_times_that_no_one_moves_at(path):
    times = [0.0, 1e-300]
    poses = make_poses(np.zeros((2, 3, 1)), time=times, keypoints=["pelvis"])
    write_poses(poses, path)
    assert read_poses(path).sizes["time"] == 2


def test_points_without_a_name_are_left_out_and_said(path, lab):
    strays = ["*12", "U_3", "Anna:*4", "uname*7", "Unlabeled 5", "C_9", ""]
    poses = read(path, of_points(lab, [*NAMES, *strays]))
    assert set(poses["keypoint"].to_numpy()) == set(NAMES)
    assert "left out: 7 points without a name" in poses.attrs["history"]


def test_fewer_labels_than_points(path, lab):
    take = of_points(lab, [*NAMES, "a", "b"])
    take.parameters = {"POINT": {"LABELS": text(*NAMES)}}
    assert "left out: 2 points without" in read(path, take).attrs["history"]


def test_labels_in_two_parts(path, lab):
    take = of_points(lab, [*NAMES, "a", "b"])
    parts = {"LABELS": text(*NAMES[:20]), "LABELS2": text(*NAMES[20:], "a", "b")}
    take.parameters = {"POINT": parts}
    poses = read(path, take)
    assert set(poses["keypoint"].to_numpy()) == {*NAMES, "a", "b"}


def test_angles_and_forces_are_no_places(path, lab):
    take = of_points(lab, [*NAMES, "LHipAngles", "LHipForce", "T10"])
    take.parameters = {
        "POINT": {"ANGLES": text("LHipAngles"), "FORCES": text("LHipForce", "X")}
    }
    poses = read(path, take)
    assert set(poses["keypoint"].to_numpy()) == {*NAMES, "T10"}
    assert "left out: 2 angles, forces" in poses.attrs["history"]


def test_a_point_at_the_origin_was_not_seen(path, lab):
    lab[2, 4] = 0.0
    poses = read(path, Take(lab, NAMES))
    place = poses["position"].sel(keypoint=NAMES[4]).to_numpy()[..., 0]
    np.testing.assert_array_equal(np.isnan(place).all(axis=1), np.arange(5) == 2)
    assert "1 samples at 0, 0, 0 taken as not seen" in poses.attrs["history"]


def test_a_point_that_is_never_seen_is_none(path, lab):
    """A marker of the standing trial alone would make its joint's middle unseen."""
    take = of_points(lab, [*NAMES, "LKNM"])
    take.place[:, -1] = np.nan
    poses = read(path, take)
    assert "LKNM" not in poses["keypoint"]
    assert "left out: 1 points that were never seen" in poses.attrs["history"]


def test_two_dancers_by_their_prefix(path, lab):
    both = np.concatenate([lab, lab + np.array([500.0, 0.0, 0.0])], axis=1)
    labels = [f"{who}:{name}" for who in ("Anna", "Bea") for name in NAMES]
    poses = read(path, Take(both, labels))
    assert list(poses["individual"].to_numpy()) == ["Anna", "Bea"]
    apart = poses["position"].diff("individual")
    np.testing.assert_allclose(apart.sel(space="x"), 0.5, atol=1e-6)


def test_the_system_is_named(path, lab):
    maker = {"COMPANY": text("Vicon"), "SOFTWARE": text("Vicon Nexus")}
    trial = {"ACTUAL_START_FIELD": whole(1, 0), "ACTUAL_END_FIELD": whole(5, 0)}
    take = Take(lab, NAMES, parameters={"MANUFACTURER": maker, "TRIAL": trial})
    assert read(path, take).attrs["source_software"] == "C3D of Vicon Nexus"


@pytest.mark.parametrize("said", ["+Y", "+X", "-Z", ""])
def test_another_up_axis_than_the_dancer_s(path, lab, said):
    take = Take(lab, NAMES, parameters={"POINT": {"Y_SCREEN": text(said or " ")}})
    history = read(path, take).attrs["history"]
    assert ("warning: up axis: the file says y" in history) == (said == "+Y")


def test_no_frame_rate(path, lab):
    with pytest.raises(UnreadableRecording, match="--fps"):
        read(path, Take(lab, NAMES, rate=0.0))
    np.testing.assert_allclose(read_poses(path, fps=50)["time"], np.arange(5) / 50)


def h(number):
    return struct.pack("<H", number)


@pytest.mark.parametrize(
    ("header", "parameters", "said"),
    [
        ({2: h(7)}, {}, "has points 7 in its header and 28 elsewhere"),
        ({4: h(3)}, {}, "has analogue samples 3"),
        ({6: h(9)}, {}, "has the frames 9 to 5"),
        ({8: h(4)}, {}, "has frames 4 in its header and 5 elsewhere"),
        ({8: h(500)}, {"FRAMES": whole(500)}, "has 5 of the 500 frames"),
        ({12: struct.pack("<f", 0.1)}, {}, "both that its points are floats"),
        ({}, {"SCALE": b"\x04\0" + struct.pack("<f", np.nan)}, "both that its points"),
        ({16: h(9)}, {}, "has the data's block 9"),
        ({16: h(900)}, {"DATA_START": whole(900)}, "from its block 900 on"),
        ({16: h(1)}, {"DATA_START": whole(1)}, "from its block 1 on"),
        ({}, {"USED": whole(29)}, "has points 28 in its header and 29 elsewhere"),
        ({}, {"FRAMES": b""}, "has frames 5 in its header and 0 elsewhere"),
        ({2: h(0)}, {"USED": whole(0)}, "has 0 points"),
        ({}, {"X": b"\x03\0ab"}, "parameter X is of no known kind"),
        ({}, {"X": b"\x04\x08" + bytes(8)}, "parameter X is of no known kind"),
        ({}, {"X": b"\x04\x01\xff" + bytes(8)}, "parameter X leads out of its record"),
        ({}, {"LONG_FRAMES": b"\x04\0" + struct.pack("<f", 1e9)}, "of the 1000000000"),
    ],
)
def test_what_does_not_fit_together_is_refused(path, lab, header, parameters, said):
    take = Take(lab, NAMES, header=header, parameters={"POINT": parameters})
    with pytest.raises(DamagedFile, match=said) as caught:
        read(path, take)
    assert "\n" not in str(caught.value)


def test_samples_of_other_instruments_that_do_not_fit(path, lab):
    take = Take(lab, NAMES, analog=np.ones((5, 4, 2)))
    take.parameters = {"ANALOG": {"RATE": b"\x04\0" + struct.pack("<f", 1000.0)}}
    with pytest.raises(DamagedFile, match="analogue samples in a frame 4 in its"):
        read(path, take)


def test_a_record_that_leads_out_of_its_section(path, lab):
    content = bytearray(Take(lab, NAMES).content())
    at = content.index(b"POINT") + 5
    content[at : at + 2] = h(60_000)
    path.write_bytes(content)
    with pytest.raises(DamagedFile, match="a parameter at byte 0 of its section"):
        read_poses(path)
    content[at : at + 2] = h(2)
    path.write_bytes(content)
    with pytest.raises(DamagedFile, match="leads out of it"):
        read_poses(path)


def test_more_parameters_than_any_file_has(path, lab, monkeypatch):
    monkeypatch.setattr(_c3d_header, "_MAX_RECORDS", 4)
    with pytest.raises(DamagedFile, match="more than 4 parameters"):
        read(path, Take(lab, NAMES))


def test_a_header_cut_short(path, lab):
    content = Take(lab, NAMES).content()
    path.write_bytes(content[:530])
    with pytest.raises(DamagedFile, match="ends within its header"):
        read_poses(path)


def test_sniffing_wants_both_keys(lab):
    content = Take(lab, NAMES).content()[:4096]
    assert is_c3d(content)
    for at, byte in ((0, 0), (0, 200), (1, 0), (513, 7), (515, 83), (515, 87)):
        spoilt = bytearray(content)
        spoilt[at] = byte
        assert not is_c3d(bytes(spoilt)), at


def test_what_the_parameters_say(path, lab):
    latin = {"POINT": {"DESCRIPTIONS": b"\xff\x01\x03\xe9a\0", "MORE": whole(1, 65535)}}
    path.write_bytes(Take(lab, NAMES, parameters=latin).content())
    layout = layout_of(path)
    assert layout.texts("POINT", "DESCRIPTIONS") == ["éa"]
    assert layout.parameters["POINT"]["MORE"] == (1.0, -1.0)
    assert layout.texts("NONE", "NONE") == []
    assert (layout.points, layout.frames, layout.rate) == (28, 5, 100.0)
