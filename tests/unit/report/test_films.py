"""Small films show the right picture at the right time, cut to the dancer."""

from __future__ import annotations

import base64
import zlib
from dataclasses import replace
from html import unescape

import av
import numpy as np
import pytest

from repetiteur.io import video as reading
from repetiteur.io.audio import read_audio
from repetiteur.io.video import frames, scan
from repetiteur.model.poses import mirrored
from repetiteur.report import films as module
from repetiteur.report import shot as shots
from repetiteur.report.film import film_of
from repetiteur.report.film_data import (
    ALONE,
    MOST_JOINTS,
    PER_PIXEL,
    contents,
    film_data,
    gone,
)
from repetiteur.report.films import FILES, JOINTS, NO_FILMS, Films, make_films
from repetiteur.report.packing import Packed, unfitted
from repetiteur.report.shot import shot_of
from repetiteur.report.write import write_report
from unit.report import numbered, small_video
from unit.report import small_rehearsal as made

SECONDS = 4.0


@pytest.fixture(autouse=True)
def direct(monkeypatch):
    """Scan in this process, which is quicker."""
    monkeypatch.setattr(reading, "limited", lambda read, path, **_: read(path))


@pytest.fixture(scope="module")
def counted(tmp_path_factory):
    """Numbered pictures, the take at a varying rate."""
    return numbered.rehearsal(tmp_path_factory.mktemp("numbered"), SECONDS)


@pytest.fixture(scope="module")
def found(counted, tmp_path_factory):
    return make_films(counted, tmp_path_factory.mktemp("films"))


def numbers(path, columns):
    """The number that each picture of a film carries."""
    out = []
    for frame in frames(scan(path)):
        at = np.round(np.array(columns) * frame.rgb.shape[1]).astype(int)
        bits = frame.rgb[frame.rgb.shape[0] // 2, at].mean(axis=1) > 110
        out.append(int((bits << np.arange(len(bits))).sum()))
    return out


@pytest.mark.parametrize("who", ["ref", "take"])
def test_each_picture_keeps_its_time(counted, found, who):
    recording = counted.reference if who == "ref" else counted.take
    reel, times = found.of[who], recording.poses["time"].to_numpy()
    small = scan(reel.path)
    np.testing.assert_allclose(small.time_s + reel.start_s, times, atol=1e-4)
    np.testing.assert_allclose(reel.time_s, times, atol=1e-4)
    assert numbers(reel.path, numbered.columns(counted)[who]) == list(range(len(times)))


def test_the_take_of_this_test_varies_its_rate(found):
    assert np.ptp(np.diff(found.of["take"].time_s)) > 0.005


@pytest.mark.parametrize(("fps", "every"), [(25, 1), (50, 2), (60, 2), (120, 4)])
def test_of_many_pictures_some_are_taken(tmp_path, fps, every):
    times = np.arange(0, 1.0, 1 / fps)
    one = numbered.recording(tmp_path / "a.mp4", times, sound=False)
    assert shot_of(film_of(one)).frames.tolist() == list(range(0, len(times), every))


def test_a_part_is_cut_out(counted, tmp_path):
    part = replace(counted, reference=counted.reference.part(1.0, 2.0))
    reel = make_films(part, tmp_path).of["ref"]
    assert reel.start_s == pytest.approx(1.0)
    shown = numbers(reel.path, numbered.columns(part)["ref"])
    assert shown == list(range(30, 61))
    heard = read_audio(reel.path)
    assert heard.duration_s == pytest.approx(1.0, abs=0.05)
    loud = np.flatnonzero(np.abs(heard.samples) > 0.2) / heard.rate
    assert loud.min() < 0.005


def test_what_is_heard_keeps_its_time(found):
    heard = read_audio(found.of["take"].path)
    loud = np.flatnonzero(np.abs(heard.samples) > 0.2) / heard.rate + heard.start_s
    starts = loud[np.diff(loud, prepend=-1.0) > 0.5]
    np.testing.assert_allclose(starts, np.arange(5), atol=0.003)


def test_a_silent_recording_stays_silent(tmp_path):
    one = numbered.rehearsal(tmp_path, 1.0, sound=False)
    reels = make_films(one, tmp_path).of
    assert [reel.has_sound for reel in reels.values()] == [False, False]
    assert not scan(reels["take"].path).has_audio


def test_any_moment_is_quickly_shown(found):
    with av.open(str(found.of["ref"].path)) as content:
        packets = [p for p in content.demux(video=0) if p.size]
    keys = np.flatnonzero([packet.is_keyframe for packet in packets])
    assert np.diff([*keys, len(packets)]).max() <= 15
    assert [p.pts for p in packets] == [p.dts for p in packets], "none waits"


def test_films_are_cut_to_the_dancer(filmed, tmp_path):
    reels = make_films(filmed, tmp_path).of
    for reel in reels.values():
        wide, high = reel.size
        assert wide < small_video.WIDE
        seen = reel.joints[np.isfinite(reel.joints).all(axis=-1)]
        assert (seen >= 0).all()
        assert (seen <= [wide, high]).all()
        assert np.ptp(seen[:, 1]) > 0.5 * high
        video = scan(reel.path)
        assert (video.width, video.height) == (wide, high)
        assert wide % 2 == high % 2 == 0


def test_large_pictures_become_small(tmp_path, monkeypatch):
    monkeypatch.setattr(shots, "LONGEST", 96)
    reel = make_films(small_video.rehearsal(tmp_path), tmp_path).of["take"]
    assert 90 <= max(reel.size) <= 96


def bones_are_dark(reel):
    """Brightness at the elbows and knees, and beside them."""
    names = [
        JOINTS.index(f"{s}_{p}") for s in ("left", "right") for p in ("elbow", "knee")
    ]
    on, off = [], []
    for frame in frames(scan(reel.path)):
        for x, y in reel.joints[frame.index, names]:
            on.append(frame.rgb[round(y), round(x)].mean())
            off.append(frame.rgb[round(y) + 4, round(x) + 9].mean())
    return np.mean(on), np.mean(off)


@pytest.mark.parametrize("side", ["same", "mirrored"])
def test_joints_lie_on_the_dancer(filmed, tmp_path, side):
    found = replace(filmed, alignment=made.line_up(side=side))
    for reel in make_films(found, tmp_path).of.values():
        on, off = bones_are_dark(reel)
        assert on < 110
        assert off > on + 50


def test_a_mirrored_reference_is_mirrored(tmp_path):
    bent = small_video.rehearsal(tmp_path)
    there = make_films(bent, tmp_path).of["ref"]
    plain = next(frames(scan(there.path), 60)).rgb.astype(float)
    poses = mirrored(bent.reference.poses)
    turned = replace(bent, reference=replace(bent.reference, poses=poses))
    here = next(frames(scan(make_films(turned, tmp_path).of["ref"].path), 60)).rgb
    assert np.abs(here[:, ::-1] - plain).mean() < 4 < np.abs(here - plain).mean()


def test_faces_are_hidden(tmp_path):
    one = numbered.rehearsal(tmp_path, 1.4, sound=False)
    plain = make_films(one, tmp_path).of["take"]
    clear = next(frames(scan(plain.path), 32)).rgb.astype(float)
    veiled = make_films(one, tmp_path, blur_faces=True).of["take"]
    hidden = next(frames(scan(veiled.path), 32)).rgb.astype(float)
    apart = np.abs(hidden - clear).mean(axis=2)
    assert apart[: clear.shape[0] // 3].max() > 60, "one stripe runs through the face"
    assert apart[clear.shape[0] // 2 :].mean() < 5, "and the rest is as it was"


def test_damaged_pictures_are_left_out(counted, tmp_path, monkeypatch):
    monkeypatch.setattr(
        shots,
        "frames",
        lambda *a, **k: (f for f in frames(*a, **k) if f.index not in (3, 4)),
    )
    reel = make_films(counted, tmp_path).of["ref"]
    kept = [k for k in range(120) if k not in (3, 4)]
    np.testing.assert_allclose(reel.time_s, np.array(kept) / 30, atol=1e-4)
    assert numbers(reel.path, numbered.columns(counted)["ref"]) == kept
    assert len(reel.joints) == len(kept)


def test_a_film_without_one_whole_picture_is_missed(counted, tmp_path, monkeypatch):
    monkeypatch.setattr(shots, "frames", lambda *a, **k: iter(()))
    found = make_films(counted, tmp_path)
    assert found.missing == dict.fromkeys(FILES, "cannot be read any more")
    assert list(tmp_path.iterdir()) == []
    write_report(counted, tmp_path / "report")
    page = (tmp_path / "report" / "report.html").read_text("utf-8")
    for line in gone(counted, found):
        assert "the figure is drawn instead of a film." in line
    assert page.count("cannot be read any more") == len(gone(counted, found)) == 2


def test_what_is_missing_is_said(filmed, tmp_path):
    gone = replace(filmed, take=replace(filmed.take, video=tmp_path / "gone.mp4"))
    found = make_films(gone, tmp_path)
    assert set(found.of) == {"ref"}
    assert found.missing == {"take": "is not where it was"}
    assert film_data(found)["films"]["take"] == {"why": "is not where it was"}


def test_motion_files_have_none(tmp_path):
    found = make_films(made.rehearsal(), tmp_path)
    assert (dict(found.of), dict(found.missing)) == ({}, {})
    assert film_data(NO_FILMS) == {}
    assert list(tmp_path.iterdir()) == []


def unpacked(text, kind):
    return np.frombuffer(zlib.decompress(base64.b64decode(text)), kind)


def test_data_give_times_and_joints_back(filmed, tmp_path):
    lost = filmed.take.poses.copy(deep=True)
    lost["position"].loc[{"keypoint": "left_knee", "time": slice(3.0, 5.0)}] = np.nan
    found = make_films(replace(filmed, take=replace(filmed.take, poses=lost)), tmp_path)
    reel, data = found.of["take"], film_data(found)["films"]["take"]
    times = np.cumsum(unpacked(data["times"], "<u4")) / 1e6
    np.testing.assert_allclose(times + data["start"], reel.time_s, atol=2e-6)
    kept = Packed(
        *(data["joints"][key] for key in ("every", "frames", "grain", "packed"))
    )
    places = unfitted(kept, ALONE)[..., :2] / PER_PIXEL
    gone = np.isnan(places[..., 0])
    np.testing.assert_array_equal(gone, np.isnan(reel.joints[..., 0]))
    assert gone.any()
    np.testing.assert_allclose(places[~gone], reel.joints[~gone], atol=0.126)


def test_joints_of_a_long_film_have_room(found):
    reel = found.of["take"]
    rng = np.random.default_rng(2)
    long = rng.normal(200.0, 60.0, (9000, len(JOINTS), 2))
    many = replace(reel, joints=long, time_s=np.arange(9000) / 30)
    (data,) = (film_data(Films({"take": many}))["films"]["take"]["joints"],)
    assert len(data["packed"]) < 4 * MOST_JOINTS, "noise alone cannot be foretold"
    assert data["every"] > 1


def test_large_films_lie_beside_the_page(filmed, tmp_path, monkeypatch):
    inside = tmp_path / "inside"
    write_report(filmed, inside)
    assert not list(inside.glob("*.mp4"))
    page = (inside / "report.html").read_text("utf-8")
    assert "media-src blob:;" in page
    assert 'id="film-take"' in page
    monkeypatch.setattr(module, "MOST_INSIDE", 10_000)
    beside = tmp_path / "beside"
    write_report(filmed, beside)
    assert sorted(p.name for p in beside.glob("*.mp4")) == sorted(FILES.values())
    page = (beside / "report.html").read_text("utf-8")
    assert "media-src 'self' file:;" in unescape(page)
    assert 'id="film-take"' not in page


def test_films_of_an_earlier_report_do_not_stay(filmed, tmp_path, monkeypatch):
    monkeypatch.setattr("repetiteur.report.films.MOST_INSIDE", 1000)
    write_report(filmed, tmp_path)
    assert {*FILES.values()} <= {file.name for file in tmp_path.iterdir()}
    write_report(filmed, tmp_path, films=False)
    assert not {*FILES.values()} & {file.name for file in tmp_path.iterdir()}


def test_films_that_are_not_of_a_report_stay(filmed, tmp_path):
    (tmp_path / "report.html").write_text("my own page")
    (tmp_path / FILES["take"]).write_text("my own film")
    write_report(filmed, tmp_path, films=False)
    assert (tmp_path / FILES["take"]).read_text() == "my own film"


def test_the_limit_counts_what_stands_in_the_page(filmed, tmp_path, monkeypatch):
    found = make_films(filmed, tmp_path)
    standing = sum(map(len, contents(found).values()))
    monkeypatch.setattr(module, "MOST_INSIDE", standing)
    assert found.inside
    monkeypatch.setattr(module, "MOST_INSIDE", standing - 1)
    assert not found.inside
    assert contents(found) == {}


def test_without_films_nothing_is_allowed_to_play(filmed, tmp_path):
    write_report(filmed, tmp_path / "a", films=False)
    page = (tmp_path / "a" / "report.html").read_text("utf-8")
    assert "media-src" not in page
    assert ">Film<" not in page


def test_an_interrupt_leaves_nothing(filmed, tmp_path):
    seen = []

    def stop(done, total):
        seen.append((done, total))
        if done == 200:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_report(filmed, tmp_path / "a", progress=stop)
    assert seen[-1] == (200, 362)
    assert list(tmp_path.iterdir()) == []
