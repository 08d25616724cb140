"""COCO, AlphaPose and MMPose: people in pictures that are numbered."""

from __future__ import annotations

import json

import numpy as np
import pytest

from repetiteur.errors import DamagedFile, UnknownFormat, UnreadableRecording
from repetiteur.io._layouts import COCO, COCO_LAYOUTS
from repetiteur.io.formats import read_poses

KNEE = COCO.index("left_knee")


def flat(x=0.0, points=17, score=0.5):
    return [v for k in range(points) for v in (100.0 + x + k, 200.0 + 3 * k, score)]


def result(image, x=0.0, **more):
    return {
        "image_id": image,
        "category_id": 1,
        "keypoints": flat(x),
        "score": 0.9,
    } | more


def instance(x=0.0, points=17, **more):
    pairs = np.reshape(flat(x, points), (-1, 3))[:, :2].tolist()
    return {"keypoints": pairs, "keypoint_scores": [0.5] * points} | more


def read(tmp_path, content, fps=25, **options):
    path = tmp_path / "take.json"
    path.write_text(json.dumps(content))
    return read_poses(path, fps=fps, **options)


def x_of(poses, name, dancer=0):
    return poses["position"].sel(keypoint=name, space="x").to_numpy()[:, dancer]


def test_results_of_coco(tmp_path):
    poses = read(tmp_path, [result(k, x=2.0 * k) for k in (3, 1, 2)])
    np.testing.assert_array_equal(x_of(poses, "left_knee"), 100 + KNEE + 2 * np.r_[1:4])
    assert set(poses["keypoint"].to_numpy()) == set(COCO)
    assert poses.attrs["source_software"] == "COCO results"
    assert "taken as COCO" in poses.attrs["history"]
    assert (poses["confidence"] == 0.5).all()


def test_results_of_alphapose_are_frames_by_the_names_of_images(tmp_path):
    content = [result(f"take2/{k}.jpg", x=k) for k in (0, 2, 10)]
    poses = read(tmp_path, content)
    assert poses.sizes["time"] == 11
    assert np.flatnonzero(np.isfinite(x_of(poses, "nose"))).tolist() == [0, 2, 10]
    assert poses.attrs["source_software"] == "AlphaPose"


def test_who_is_who_by_the_file_or_by_place(tmp_path):
    told = [
        result(k, x=500.0 * who, idx=(who + k) % 2) for k in range(4) for who in (0, 1)
    ]
    assert np.ptp(x_of(read(tmp_path, told), "nose")) == 500.0
    untold = [{k: v for k, v in r.items() if k != "idx"} for r in told]
    assert np.ptp(x_of(read(tmp_path, untold[::-1]), "nose")) == 0.0
    same = [r | {"idx": 0.0} for r in told]
    assert np.ptp(x_of(read(tmp_path, same), "nose")) == 0.0


@pytest.mark.parametrize("count", COCO_LAYOUTS)
def test_all_its_layouts(tmp_path, count):
    content = [{"image_id": "0.jpg", "category_id": 1, "keypoints": flat(points=count)}]
    poses = read(tmp_path, content)
    assert x_of(poses, "left_knee")[0] == 100.0 + KNEE
    assert ("left_toe" in poses["keypoint"]) == (count > 17)
    if count == 26:
        assert x_of(poses, "pelvis")[0] == 119.0
        assert x_of(poses, "right_heel")[0] == 125.0
    if count == 133:
        assert x_of(poses, "left_heel")[0] == 119.0
        assert x_of(poses, "right_hand")[0] == 100.0 + 112 + 9


def annotations(**more):
    names = ["A_hip", "B_hip", "A_knee", "B_knee"]
    person = [10.0, 20.0, 2, 30.0, 20.0, 1, 0.0, 0.0, 0, 30.0, 60.0, 2]
    return {
        "images": [
            {
                "id": 70 + k,
                "file_name": f"cam_1/f{k:04d}.png",
                "width": 640,
                "height": 480,
            }
            for k in range(3)
        ],
        "annotations": [
            {"id": 1, "image_id": 72, "category_id": 5, "keypoints": person},
            {"id": 2, "image_id": 70, "category_id": 5, "keypoints": person},
            {"id": 3, "image_id": 70, "category_id": 6, "bbox": [1, 2, 3, 4]},
        ],
        "categories": [
            {"id": 6, "name": "ball"},
            {"id": 5, "name": "person", "keypoints": names},
        ],
    } | more


def test_annotations_have_names_of_their_own(tmp_path):
    mapping = tmp_path / "map.yaml"
    mapping.write_text("A_hip: left_hip\nB_hip: right_hip\nA_knee: left_knee\n"
                       "B_knee: right_knee\n")  # fmt: skip
    poses = read(tmp_path, annotations(), mapping=mapping)
    assert poses.sizes["time"] == 3
    assert np.isnan(x_of(poses, "left_hip")).tolist() == [False, True, False]
    assert np.isnan(x_of(poses, "left_knee")).all()
    sure = poses["confidence"].isel(time=0, individual=0)
    assert sure.sel(keypoint="left_hip") == 1.0
    assert sure.sel(keypoint="right_hip") == 0.5
    assert (poses.attrs["image_width"], poses.attrs["image_height"]) == (640, 480)
    assert "hidden" in poses.attrs["history"]
    with pytest.raises(UnreadableRecording, match="A_hip"):
        read(tmp_path, annotations())


def test_mmpose_in_both_its_forms(tmp_path):
    frames = [
        {
            "frame_id": k,
            "instances": [instance(x=k, bbox=[[1, 2, 3, 4]])] if k != 2 else [],
        }
        for k in range(4)
    ]
    plain = read(tmp_path, frames)
    assert plain.sizes["time"] == 4
    assert np.isnan(x_of(plain, "nose")).tolist() == [False, False, True, False]
    assert plain.attrs["source_software"] == "MMPose"
    names = {str(k): name for k, name in enumerate(COCO)}
    meta = {"dataset_name": "coco", "keypoint_id2name": names}
    with_meta = read(tmp_path, {"meta_info": meta, "instance_info": frames})
    np.testing.assert_array_equal(with_meta["position"], plain["position"])
    assert "points: 17, of the file" in with_meta.attrs["history"]


def test_mmpose_of_one_picture(tmp_path):
    poses = read(tmp_path, [instance(), instance(x=400.0)])
    assert dict(poses.sizes) == {"time": 1, "space": 2, "keypoint": 17, "individual": 2}


def test_points_without_a_score_are_seen_and_those_of_none_are_not(tmp_path):
    content = [{"frame_id": 0, "instances": [{"keypoints": instance()["keypoints"]}]}]
    assert (read(tmp_path, content)["confidence"] == 1.0).all()
    lost = result(0)
    lost["keypoints"][:3] = [0.0, 0.0, 0.0]
    assert np.isnan(x_of(read(tmp_path, [lost]), "nose")).all()


def test_no_times_ask_for_a_rate(tmp_path):
    with pytest.raises(UnreadableRecording, match="--fps"):
        read(tmp_path, [result(0), result(1)], fps=None)


def test_pictures_that_are_no_frames(tmp_path):
    with pytest.raises(DamagedFile, match="Number the pictures by time"):
        read(tmp_path, [result(397133), result(37777), result(252219)])


@pytest.mark.parametrize(
    "content",
    [
        [result("no number.jpg")],
        [result(1.5)],
        [result(1 << 70)],
        [result(None)],
        [result(0), {"image_id": 1}],
        [result(0), {"image_id": 1, "keypoints": []}],
        [result(0), {"image_id": 1, "keypoints": flat(points=26)}],
        [result(0, keypoints=[1, 2, 3, 4])],
        [result(0, keypoints=["1", "2", "3"])],
        [result(0, keypoints={"nose": 1})],
        [result(0), 7],
        [{"frame_id": 0, "instances": [{"keypoints": [[1, 2, 3, 4]]}]}],
        [{"frame_id": 0, "instances": [instance(keypoint_scores=[1])]}],
        [{"frame_id": 0, "instances": 7}, {"keypoints": 1}],
        [{"frame_id": 0, "instances": []}],
        {"meta_info": 7, "instance_info": {"keypoints": 1}},
        annotations(annotations=[]),
        annotations(annotations=[{"image_id": 70, "keypoints": [1]}]),
        annotations(annotations=[{"keypoints": [1, 2, 3]}]),
        annotations(images=[{"file_name": "1.png"}]),
        annotations(images=7),
        annotations(categories=[7]),
    ],
)
def test_what_is_broken(tmp_path, content):
    with pytest.raises(DamagedFile, match="Detect again") as caught:
        read(tmp_path, content)
    assert "\n" not in str(caught.value)


def test_points_of_no_known_order(tmp_path):
    with pytest.raises(UnreadableRecording, match="known where they are 17, 26"):
        read(tmp_path, [result(0, keypoints=flat(points=21))])


@pytest.mark.parametrize(
    "content",
    [[1, 2], [{"keypoints": [1, 2, 3]}], {"images": 7}, {"info": 1}, [{"image_id": 3}]],
)
def test_other_json_is_none_of_its(tmp_path, content):
    with pytest.raises(UnknownFormat):
        read(tmp_path, content)
