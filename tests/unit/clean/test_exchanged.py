import numpy as np
import pytest

import filming
from repetiteur.clean.exchanged import undo_exchanges
from repetiteur.model.poses import make_poses
from repetiteur.synthetic import dance


@pytest.fixture(scope="module", params=[60.0, 120.0], ids=lambda f: f"{f:g} fps")
def danced(request):
    return dance(filming.pirouettes(), fps=request.param, bpm=90.0)


def swapped(poses, first, second, start, end):
    names = [str(name) for name in poses["keypoint"].to_numpy()]
    a, b = names.index(first), names.index(second)
    place, sure = poses["position"].to_numpy().copy(), poses["confidence"].to_numpy()
    place[start:end, :, [a, b]] = place[start:end][:, :, [b, a]]
    out = poses.assign(position=(poses["position"].dims, place))
    assert sure.shape[1] == len(names)
    return out


@pytest.mark.parametrize("part", ["ankle", "knee", "wrist", "shoulder"])
@pytest.mark.parametrize("lasts_s", [0.0, 0.1, 0.4])
def test_left_and_right_get_their_names_back(danced, part, lasts_s):
    start = danced.sizes["time"] // 3
    count = max(1, round(lasts_s * 60))
    wrong = swapped(danced, f"left_{part}", f"right_{part}", start, start + count)
    mended = undo_exchanges(wrong)
    assert mended["position"].equals(danced["position"])
    said = f"{2 * count} samples (left_{part} {count}, right_{part} {count})"
    assert said in mended.attrs["history"]


def test_dancing_is_left_alone(danced):
    assert undo_exchanges(danced)["position"].equals(danced["position"])


def test_two_pairs_and_two_dancers_at_once(danced):
    start = danced.sizes["time"] // 3
    wrong = swapped(danced, "left_ankle", "right_ankle", start, start + 5)
    wrong = swapped(wrong, "left_wrist", "right_wrist", start + 2, start + 9)
    both = np.concatenate([danced["position"], wrong["position"]], axis=3)
    poses = make_poses(
        both,
        time=danced["time"],
        keypoints=[str(name) for name in danced["keypoint"].to_numpy()],
        individuals=["one", "other"],
    )
    mended = undo_exchanges(poses)["position"].to_numpy()
    assert np.array_equal(mended[..., 0], mended[..., 1])


def test_confidence_goes_along(danced):
    start = danced.sizes["time"] // 3
    wrong = swapped(danced, "left_ankle", "right_ankle", start, start + 5)
    sure = wrong["confidence"].copy(deep=True)
    sure.loc[{"keypoint": "left_ankle"}] = 0.5
    mended = undo_exchanges(wrong.assign(confidence=sure))["confidence"]
    right = mended.sel(keypoint="right_ankle").to_numpy().ravel()
    assert np.flatnonzero(right == 0.5).tolist() == list(range(start, start + 5))
