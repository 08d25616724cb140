import numpy as np
import pytest

from repetiteur.model.skeletons import KEYPOINTS
from repetiteur.synthetic.body import parameters
from repetiteur.synthetic.dancer import Dancer, stance
from repetiteur.synthetic.keyposes import KeyPose
from repetiteur.synthetic.motion import Alteration, Delay
from repetiteur.synthetic.phrase import Phrase, dance
from repetiteur.synthetic.steps import (
    attitude,
    battement_tendu,
    close_fifth,
    demi_plie,
    developpe,
    equilibre,
    fifth_position,
    first_position,
    port_de_bras,
    releve,
    retire,
    step_to,
)

SHORT = Phrase.of(
    fifth_position("left"),
    port_de_bras("front", "up", "side"),
    battement_tendu("left", "devant"),
    battement_tendu("left", "seconde", close="right"),
    battement_tendu("left", "derriere", close="right"),
    demi_plie(),
    releve(),
)


def place(poses, name):
    return poses.position.sel(keypoint=name).to_numpy()[..., 0]


def when(phrase, name, number=0):
    return [time for pose, time in phrase.moments() if pose == name][number]


def test_poses_are_poses():
    poses = dance(SHORT, fps=50.0)
    assert list(poses.keypoint.to_numpy()) == list(KEYPOINTS)
    assert np.isfinite(poses.position).all()
    assert poses.attrs["source_software"] == "repetiteur synthetic"
    assert poses.attrs["fps"] == 50.0
    assert "tempo 1" in poses.attrs["history"]
    assert poses.time[-1] == pytest.approx(SHORT.counts, abs=0.02)


def test_same_seed_same_poses_other_seed_other_poses():
    takes = [dance(SHORT, noise=0.003, wobble_deg=1.0, seed=s) for s in (4, 4, 5)]
    first, same, other = (take.position.to_numpy() for take in takes)
    assert (first == same).all()
    assert not (first == other).all()


def test_noise_has_the_asked_size():
    clean, noisy = dance(SHORT), dance(SHORT, noise=0.003, seed=1)
    off = (noisy.position - clean.position).to_numpy()
    assert off.std() == pytest.approx(0.003, rel=0.02)
    assert off.mean() == pytest.approx(0.0, abs=1e-4)


def test_tempo_and_bpm_scale_time():
    plain = dance(SHORT, fps=60.0).position.to_numpy()
    for how in ({"tempo": 2.0}, {"bpm": 120.0}):
        fast = dance(SHORT, fps=120.0, **how)
        assert fast.time[-1] == pytest.approx(SHORT.counts / 2.0, abs=0.02)
        np.testing.assert_allclose(fast.position, plain[: len(fast.time)], atol=1e-9)


def test_waiting_is_standing_still():
    poses = dance(SHORT, wait_s=0.8)
    still = poses.position.sel(time=slice(0.0, 0.8)).to_numpy()
    np.testing.assert_allclose(still, still[:1] + np.zeros_like(still), atol=1e-12)


@pytest.mark.parametrize(
    ("number", "azimuth"), [(0, 0.0), (1, 76.0), (2, 176.0)], ids=str
)
def test_tendu_touches_with_a_straight_leg_in_its_direction(number, azimuth):
    poses = dance(SHORT, fps=100.0)
    now = poses.sel(
        time=when(SHORT, "battement_tendu.point", number), method="nearest"
    ).position.to_numpy()[..., 0]
    hip, knee, ankle, toe = (
        now[:, KEYPOINTS.index(f"left_{name}")]
        for name in ("hip", "knee", "ankle", "toe")
    )
    assert toe[1] == pytest.approx(0.0, abs=3e-3)
    whole = np.linalg.norm(hip - ankle)
    parts = np.linalg.norm(hip - knee) + np.linalg.norm(knee - ankle)
    assert whole == pytest.approx(parts, abs=1e-5)
    way = ankle - hip
    assert np.degrees(np.arctan2(way[0], way[2])) == pytest.approx(azimuth, abs=0.5)


def test_fifth_position_is_crossed():
    for front, back, sign in (("left", "right", 1.0), ("right", "left", -1.0)):
        poses = dance(Phrase.of(fifth_position(front)))
        heel = {s: place(poses, f"{s}_heel")[0] for s in ("left", "right")}
        length = Dancer().metres("foot")
        turn = np.radians(Dancer().turnout_left)
        apart = heel[front] - heel[back]
        crossed = -sign * apart[0] / (length * np.sin(turn))
        assert crossed == pytest.approx(0.85)
        gap = apart[2] / length - crossed * np.cos(turn)
        assert gap == pytest.approx(0.25)


@pytest.mark.parametrize("name", ["first", "second", "fourth_left", "fourth_right"])
def test_stances_are_centred(name):
    toes = stance(name)
    dancer = Dancer()
    length = dancer.metres("foot")
    middles = []
    for side, sign in (("left", 1.0), ("right", -1.0)):
        turn = np.radians(dancer.turnout(side))
        along = np.array([sign * np.sin(turn), np.cos(turn)])
        middles.append(toes[side] - 0.5 * length * along)
    np.testing.assert_allclose(sum(middles), 0.0, atol=1e-12)


def test_retire_is_at_the_knee():
    phrase = Phrase.of(fifth_position("left"), retire("left", balance=1.0))
    poses = dance(phrase)
    toe, knee = place(poses, "left_toe")[-1], place(poses, "right_knee")[-1]
    ankle = place(poses, "right_ankle")[-1]
    height = (toe[1] - ankle[1]) / (knee[1] - ankle[1])
    assert 0.9 < height < 1.15
    assert np.linalg.norm(toe - knee) < 0.12


def test_developpe_rises_without_turning_back():
    phrase = Phrase.of(fifth_position("left"), developpe("left", height=105.0))
    poses = dance(phrase, fps=100.0)
    way = place(poses, "left_ankle") - place(poses, "left_hip")
    height = np.degrees(np.arctan2(np.hypot(way[:, 0], way[:, 2]), -way[:, 1]))
    time = poses.time.to_numpy()
    rising = (time > when(phrase, "developpe.retire")) & (
        time < when(phrase, "developpe.extension")
    )
    assert (np.diff(height[rising]) > -1e-9).all()
    assert height.max() == pytest.approx(105.0, abs=1e-6)


def test_balance_is_on_demi_pointe():
    phrase = Phrase.of(fifth_position("right"), equilibre("left", balance=2.0))
    poses = dance(phrase)
    foot = place(poses, "right_heel")[-1] - place(poses, "right_toe")[-1]
    assert 0.5 < foot[1] / np.linalg.norm(foot) < 0.85


def test_attitude_lifts_the_knee_as_high_as_the_hip_allows():
    phrase = Phrase.of(
        fifth_position("right"), step_to("right"), attitude("left", 88.0)
    )
    poses = dance(phrase)
    held = poses.sel(time=when(phrase, "attitude.hold"), method="nearest")
    knee, toe = place(held, "left_knee")[1], place(held, "left_toe")[1]
    assert knee > toe - 0.1


def test_altering_one_parameter_alters_one_limb():
    change = Alteration("left_elbow", 20.0, 2.0, 4.0, 0.5)
    plain, altered = dance(SHORT), dance(SHORT, alterations=[change])
    moved = np.abs((altered.position - plain.position).to_numpy()).max(axis=(0, 1, 3))
    named = {name for name, far in zip(KEYPOINTS, moved, strict=True) if far > 1e-9}
    assert named == {"left_wrist", "left_hand"}


def test_a_bent_standing_knee_lowers_the_pelvis_and_leaves_the_foot():
    phrase = Phrase.of(
        fifth_position("left"), retire("left", balance=3.0), close_fifth("left", "left")
    )
    plain = dance(phrase)
    bent = dance(phrase, alterations=[Alteration("right_knee", 20.0, 3.2, 5.8, 0.5)])
    now = {"time": 4.5, "method": "nearest"}
    drop = place(plain.sel(**now), "pelvis")[1] - place(bent.sel(**now), "pelvis")[1]
    assert 0.005 < drop < 0.02
    np.testing.assert_allclose(
        place(bent.sel(**now), "right_toe"),
        place(plain.sel(**now), "right_toe"),
        atol=1e-9,
    )


def test_a_parameter_that_is_none_is_named():
    with pytest.raises(KeyError, match="left_tail"):
        parameters(left_tail=1.0)
    with pytest.raises(KeyError, match="left_tail"):
        dance(SHORT, alterations=[Alteration("left_tail", 1.0, 0.0, 2.0)])


def test_a_phrase_needs_time():
    with pytest.raises(ValueError, match="counts"):
        dance(Phrase(()))
    with pytest.raises(ValueError, match="counts"):
        dance(Phrase((KeyPose("pause", 0.0),)))
    with pytest.raises(ValueError, match="fps"):
        dance(SHORT, fps=0.0)


def test_a_delay_keeps_the_end_in_time():
    plain = dance(SHORT)
    late = dance(SHORT, delays=[Delay(0.2, 2.0, 6.0)])
    assert late.sizes == plain.sizes
    assert np.abs((late.position - plain.position).to_numpy()).max() > 0.01


def test_first_position_has_both_legs_straight_and_the_crown_at_stature():
    poses = dance(Phrase.of(first_position()), Dancer(1.68))
    assert place(poses, "head_top")[0, 1] == pytest.approx(1.68, abs=0.002)
