"""Real video: copies that are no fault get no note, planted faults get one."""

from __future__ import annotations

import numpy as np
import pytest

import altered
from repetiteur.io.video import frames, scan
from repetiteur.io.video_writer import write_video
from repetiteur.model.poses import mirrored
from repetiteur.rehearsal import recording_from_file, recording_from_poses, rehearse


@pytest.fixture(scope="module")
def filmed(test_data, tmp_path_factory):
    """Two cameras on one man; tracked, cleaned, with errors."""
    folder = test_data / "video" / "pose2sim_single"
    store = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("repetiteur.track.cache.cache_folder", lambda: store)
        yield {n: recording_from_file(folder / f"{n}.mp4") for n in ("cam01", "cam02")}


def shape_notes(found):
    return [n for n in found.findings.notes if n.measure != "timing_path"]


def off_s(found, ratio=1.0):
    danced = found.alignment.state == "danced"
    off = np.abs(found.alignment.take_s - ratio * found.alignment.reference_s)
    return float(np.median(off[danced]))


def turned(vectors, degrees):
    a = np.radians(degrees)
    x, y = vectors.T
    return np.stack([np.cos(a) * x - np.sin(a) * y, np.sin(a) * x + np.cos(a) * y], 1)


def planted(poses, side, root, parts, degrees, middle):
    """Poses with a limb turned about a joint in the picture, for 0.6 s."""
    place = poses["position"].to_numpy().copy()
    at = [str(name) for name in poses["keypoint"].to_numpy()]
    by = degrees * altered.blend(poses["time"].to_numpy(), middle, lasts=0.6, ramp=0.1)
    centre = place[:, :, at.index(f"{side}_{root}"), 0]
    for part in parts:
        k = at.index(f"{side}_{part}")
        place[:, :, k, 0] = centre + turned(place[:, :, k, 0] - centre, by)
    return poses.assign(position=(poses["position"].dims, place))


LEG = ("ankle", "heel", "toe")
ARM = ("elbow", "wrist", "pinky", "hand", "thumb")


@pytest.mark.parametrize("name", ["cam01", "cam02"])
@pytest.mark.parametrize("kind", ["itself", "flipped", "slower"])
def test_with_a_copy_of_what_was_tracked(filmed, name, kind):
    one = filmed[name]
    copy, ratio = one.poses, 4 / 3 if kind == "slower" else 1.0
    if kind == "flipped":
        copy = mirrored(copy)
    copy = copy.assign_coords(time=copy["time"] * ratio)
    found = rehearse(one, recording_from_poses(copy, "copy"))
    assert shape_notes(found) == []
    assert found.alignment.side == ("mirrored" if kind == "flipped" else "same")
    assert found.alignment.tempo_ratio == pytest.approx(ratio, rel=0.02)
    assert off_s(found, ratio) < 1 / 60
    assert found.findings.timing


@pytest.mark.parametrize(
    ("side", "root", "parts", "degrees", "middle", "measures"),
    [
        ("right", "knee", LEG, 15.0, 0.8, {"knee_extension_support"}),
        ("right", "knee", LEG, 15.0, 1.0, {"knee_extension_support"}),
        (
            "right", "shoulder", ARM, -20.0, 0.5,
            {"arm_shape.elevation", "arm_shape.elbow_elevation"},
        ),
        (
            "left", "shoulder", ARM, -20.0, 1.1,
            {"arm_shape.elevation", "arm_shape.elbow_elevation"},
        ),
    ],
)  # fmt: skip
def test_a_planted_fault_is_named_once(
    filmed, side, root, parts, degrees, middle, measures
):
    one = filmed["cam01"]
    other = planted(one.poses, side, root, parts, degrees, middle)
    (note,) = shape_notes(rehearse(one, recording_from_poses(other, "planted")))
    assert note.measure in measures
    assert note.side == side
    assert note.take.start_s < middle + 0.3
    assert note.take.end_s > middle - 0.3
    low, high = note.difference.interval90
    assert low <= abs(degrees) * np.sign(note.difference.value) <= high


def test_from_another_side_the_timing_alone_is_judged(filmed):
    found = rehearse(filmed["cam01"], filmed["cam02"])
    assert shape_notes(found) == []
    assert found.alignment.tempo_ratio == pytest.approx(1.0, rel=0.02)
    # The second camera's clock is a frame off the first one's.
    assert off_s(found) < 2.5 / 60
    assert found.alignment.heading_deg == pytest.approx(-52.0, abs=15.0)
    assert found.findings.timing
    elsewhere = [e for e in found.findings.not_judged if "different sides" in e.reason]
    assert {"knee_flexion", "leg_elevation"} <= {e.measure for e in elsewhere}


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["flipped", "slower"])
def test_with_a_copy_of_the_video(filmed, tmp_path, kind):
    one = filmed["cam01"]
    facts = scan(one.video)
    ratio = 4 / 3 if kind == "slower" else 1.0
    way = -1 if kind == "flipped" else 1
    pictures = (
        (ratio * float(facts.time_s[f.index]), np.ascontiguousarray(f.rgb[:, ::way]))
        for f in frames(facts)
    )
    write_video(tmp_path / "copy.mp4", pictures, size=(facts.width, facts.height))
    found = rehearse(one, recording_from_file(tmp_path / "copy.mp4"))
    assert shape_notes(found) == []
    assert found.alignment.side == ("mirrored" if kind == "flipped" else "same")
    assert found.alignment.tempo_ratio == pytest.approx(ratio, rel=0.02)
    assert off_s(found, ratio) < 1 / 60
