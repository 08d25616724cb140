"""Video: true times, upright pictures, the same ones wherever reading begins."""

from __future__ import annotations

from fractions import Fraction

import av
import numpy as np
import pytest

from media import flipped, number_of, write_clip, write_sound
from repetiteur.errors import DamagedFile, UnknownFormat, UnreadableRecording
from repetiteur.io import _video_decode, _video_packets, video
from repetiteur.io._limited import limited
from repetiteur.io.video import frames, is_video, scan

B_FRAMES = {"bf": "3", "g": "15", "preset": "slow"}
X265 = "log-level=none:keyint=15:bframes=3:open-gop=1:pools=none"


@pytest.fixture(autouse=True)
def direct(monkeypatch):
    """Scan in this process, which is quicker."""
    monkeypatch.setattr(video, "limited", lambda read, path, **_: read(path))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "take.mp4"


def bare(path):
    """All pictures as PyAV gives them."""
    with av.open(str(path)) as container:
        return [f.to_ndarray(format="rgb24") for f in container.decode(video=0)]


def numbers(video, *part):
    return [number_of(frame.rgb) for frame in frames(video, *part)]


def corner(rgb):
    """In which corner the white patch is."""
    light = rgb[..., 1] > 200
    low, left = np.mean(np.nonzero(light), axis=1) > np.array(light.shape) / 2
    return {(0, 0): "top left", (0, 1): "top right", (1, 1): "bottom right"}.get(
        (int(low), int(left)), "bottom left"
    )


def test_what_a_scan_tells(path):
    found = scan(write_clip(path, sound_s=0.3))
    assert (found.width, found.height, found.codec, found.bits) == (64, 48, "h264", 8)
    assert found.has_audio
    assert (found.interlaced, found.hdr) == (False, False)
    assert (found.rotation, found.mirrored) == (0, False)
    assert found.repairs == ()
    np.testing.assert_allclose(found.time_s, np.arange(12) / 30, atol=6e-4)
    assert found.fps == pytest.approx(30, rel=2e-3)
    assert found.duration_s == found.time_s[-1]


def test_a_scan_runs_in_a_process_of_its_own(path, monkeypatch):
    monkeypatch.setattr(video, "limited", limited)
    found = scan(write_clip(path, count=3))
    assert numbers(found) == [0, 1, 2]
    path.write_bytes(path.read_bytes()[:900])
    with pytest.raises(DamagedFile, match="it is cut short"):
        scan(path)


def test_times_of_a_varying_frame_rate_are_kept(path):
    ms = [0, 33, 70, 71, 150, 400, 433, 466, 500, 533, 600, 900]
    found = scan(write_clip(path, ms=ms, options=B_FRAMES))
    np.testing.assert_allclose(found.time_s, np.array(ms) / 1000, atol=1e-9)
    assert found.repairs == ()
    assert numbers(found) == list(range(12))


@pytest.mark.parametrize(
    ("ms", "fps"), [([0, 1000, 2000], 1), ([i * 1000 / 240 for i in range(48)], 240)]
)
def test_slow_and_fast_rates(path, ms, fps):
    found = scan(write_clip(path, ms=ms, tick=Fraction(1, 24_000)))
    assert found.fps == pytest.approx(fps)
    assert len(numbers(found)) == len(ms)


def test_a_start_that_is_not_at_zero(tmp_path):
    found = scan(write_clip(tmp_path / "late.mkv", ms=[5000, 5040, 5080]))
    np.testing.assert_allclose(found.time_s, [0, 0.04, 0.08])


def test_one_picture(path):
    found = scan(write_clip(path, count=1))
    assert found.time_s.tolist() == [0.0]
    assert found.duration_s == 0
    assert np.isnan(found.fps)
    assert numbers(found) == [0]


KINDS = {
    "b.mp4": {"options": B_FRAMES},
    "open.mp4": {"options": B_FRAMES | {"x264-params": "open-gop=1"}},
    "refresh.mp4": {"options": {"x264-params": "intra-refresh=1:keyint=30"}},
    "fragments.mp4": {"options": B_FRAMES, "movflags": "frag_keyframe+empty_moov"},
    "b.mkv": {"options": B_FRAMES},
    "b.ts": {"options": B_FRAMES},
    "b.flv": {"options": B_FRAMES},
    "b.avi": {"options": B_FRAMES, "tick": Fraction(1, 30)},
    "intra.mov": {"codec": "prores_ks", "pix_fmt": "yuva444p10le"},
    "mjpeg.avi": {"codec": "mjpeg", "pix_fmt": "yuvj420p", "tick": Fraction(1, 30)},
    "grey.mkv": {"codec": "ffv1", "pix_fmt": "gray"},
    "open.hevc.mp4": {"codec": "libx265", "options": {"x265-params": X265}},
    "hidden.webm": {
        "codec": "libvpx",
        "options": {"g": "15", "auto-alt-ref": "1", "lag-in-frames": "16"},
    },
    "superframes.webm": {"codec": "libvpx-vp9", "options": {"g": "15"}},
    "fields.mpg": {
        "codec": "mpeg2video",
        "tick": Fraction(1, 30),
        "options": {"bf": "2", "g": "15", "b": "2000000"},
    },
}


@pytest.mark.parametrize("name", KINDS)
def test_pictures_do_not_depend_on_where_reading_begins(tmp_path, name):
    try:
        path = write_clip(tmp_path / name, count=60, **KINDS[name])
    except av.codec.codec.UnknownCodecError:
        pytest.skip(f"PyAV was built without {KINDS[name]['codec']}")
    found = scan(path)
    every = list(frames(found))
    assert [frame.index for frame in every] == list(range(60))
    for frame, plain in zip(every, bare(path), strict=True):
        np.testing.assert_array_equal(frame.rgb, plain)
    for first in (1, 14, 31, 47, 58):
        part = list(frames(found, first, first + 4))
        assert [frame.index for frame in part] == list(range(first, min(first + 4, 60)))
        for frame in part:
            np.testing.assert_array_equal(frame.rgb, every[frame.index].rgb)


def test_a_part_that_lies_outside(path):
    found = scan(write_clip(path))
    assert numbers(found, 10, 99) == [10, 11]
    assert numbers(found, 12) == []
    assert numbers(found, 5, 5) == []


def test_files_that_cannot_be_sought_are_read_from_the_start(path, monkeypatch):
    found = scan(write_clip(path, count=60, options=B_FRAMES))
    monkeypatch.setattr(_video_decode._Source, "_after_seek", lambda *_: None)
    assert numbers(found, 50, 52) == [50 % 18, 51 % 18]


def test_a_file_that_changes_after_the_scan(path):
    found = scan(write_clip(path, options=B_FRAMES))
    write_clip(path, count=30, size=(96, 64), draw=noise)
    with pytest.raises(DamagedFile, match="has changed"):
        list(frames(found))


def noise(number, width, height):
    rng = np.random.default_rng(number)
    return rng.integers(256, size=(height, width, 3), dtype=np.uint8)


@pytest.mark.parametrize(
    ("turn", "rotation", "where"),
    [
        ((-90,), 90, "top right"),
        ((180,), 180, "bottom right"),
        ((90,), 270, "bottom left"),
    ],
)
def test_phones_pictures_are_turned_upright(path, turn, rotation, where):
    found = scan(write_clip(path, turn=turn, count=2))
    assert found.rotation == rotation
    rgb = next(frames(found)).rgb
    assert corner(rgb) == where
    assert rgb.shape == (found.height, found.width, 3)
    assert (found.height > found.width) == (rotation != 180)


@pytest.mark.parametrize(
    ("turn", "where"),
    [
        ((0, True, False), "top right"),
        ((0, False, True), "bottom left"),
        ((-90, True, False), "top left"),
    ],
)
def test_mirrored_pictures(path, turn, where):
    found = scan(write_clip(path, turn=turn, count=2))
    assert found.mirrored
    assert corner(next(frames(found)).rgb) == where


def test_pixels_that_are_not_square(path):
    found = scan(write_clip(path, aspect=Fraction(3, 2), count=2))
    assert (found.width, found.height) == (96, 48)
    assert next(frames(found)).rgb.shape == (48, 96, 3)


def test_an_absurd_pixel_aspect_is_not_believed(path):
    found = scan(write_clip(path, aspect=Fraction(8, 1), count=2))
    assert (found.width, found.height) == (64, 48)
    assert "taken as square" in found.repairs[0]


@pytest.mark.parametrize(("size", "fmt"), [((65, 49), "yuv444p"), ((1, 1), "gray")])
def test_odd_sizes(tmp_path, size, fmt):
    path = write_clip(tmp_path / "odd.mkv", codec="ffv1", pix_fmt=fmt, size=size)
    found = scan(path)
    assert (found.width, found.height) == size
    assert [frame.rgb.shape for frame in frames(found)] == [(*size[::-1], 3)] * 12


def test_large_pictures_are_scaled_down(path):
    found = scan(write_clip(path, size=(640, 320), count=2))
    assert next(frames(found, longest=100)).rgb.shape == (50, 100, 3)
    assert next(frames(found, longest=640)).rgb.shape == (320, 640, 3)
    turned = scan(write_clip(path, size=(640, 320), count=2, turn=(-90,)))
    assert next(frames(turned, longest=100)).rgb.shape == (100, 50, 3)
    with pytest.raises(UnreadableRecording, match="longer side"):
        next(frames(found, longest=0))


def test_eight_thousand_pixels_are_read(tmp_path):
    path = write_clip(
        tmp_path / "8k.avi", size=(7680, 4320), codec="mjpeg", pix_fmt="yuvj420p",
        count=1, draw=lambda _, w, h: np.zeros((h, w, 3), np.uint8),
    )  # fmt: skip
    found = scan(path)
    assert (found.width, found.height) == (7680, 4320)
    assert next(frames(found)).rgb.shape == (1080, 1920, 3)


def combed(number, width, height):
    """Two fields of a moving bar, a sixtieth of a second apart."""
    rgb = np.zeros((height, width, 3), np.uint8)
    for row in range(height):
        left = 4 * number + 2 * (row % 2)
        rgb[row, left : left + 16] = 255
    return rgb


def test_interlaced_pictures_lose_their_combs(path):
    options = {"flags": "+ildct+ilme", "crf": "10", "g": "10"}
    write_clip(path, count=60, size=(320, 96), draw=combed, options=options)
    found = scan(path)
    assert found.interlaced
    every = {frame.index: frame.rgb for frame in frames(found)}
    assert list(every) == list(range(60))
    assert np.mean([combs(rgb) for rgb in every.values()]) < 1
    assert np.mean([combs(rgb) for rgb in bare(path)]) > 3
    for frame in frames(found, 27, 33):
        np.testing.assert_array_equal(frame.rgb, every[frame.index])


def combs(rgb):
    rows = rgb[..., 0].astype(float)
    return np.abs(rows[1:-1] - (rows[:-2] + rows[2:]) / 2).mean()


def test_ten_bits(tmp_path):
    path = write_clip(tmp_path / "ten.mkv", codec="ffv1", pix_fmt="yuv444p10le")
    found = scan(path)
    assert found.bits == 10
    assert not found.hdr
    assert numbers(found) == list(range(12))


@pytest.mark.parametrize(("transfer", "white"), [(16, 0.58), (18, 0.75)])
def test_high_dynamic_range_is_brought_down(tmp_path, transfer, white):
    """Diffuse white of PQ is at 58 %, of HLG at 75 % of the signal, ITU-R BT.2408."""

    def steps(_, width, height):
        rgb = np.zeros((height, width, 3), np.uint8)
        rgb[:, width // 4 : width // 2] = round(255 * white)
        rgb[:, width // 2 :] = 255
        return rgb

    tags = {"color_trc": transfer, "color_primaries": 9, "colorspace": 9}
    path = tmp_path / "hdr.mkv"
    write_clip(path, codec="ffv1", pix_fmt="yuv444p10le", tags=tags, draw=steps)
    found = scan(path)
    assert found.hdr
    black, usual, brightest = next(frames(found)).rgb[20, [4, 24, 50], 1]
    assert black < 5
    assert 170 < usual < 220
    assert brightest > 250


@pytest.mark.parametrize(
    ("kind", "green"), [({"color_range": 1}, 255), ({"color_range": 2}, 235)]
)
def test_limited_and_full_range(tmp_path, kind, green):
    path = write_clip(tmp_path / "a.mkv", codec="ffv1", pix_fmt="yuv420p", tags=kind)
    assert next(frames(scan(path))).rgb[4, 4, 1] == pytest.approx(green, abs=2)


def test_large_pictures_without_a_mark_are_in_the_colours_of_hd(tmp_path):
    path = tmp_path / "green.mkv"
    green = np.zeros((720, 64, 3), np.uint8)
    green[:] = (20, 200, 60)

    def draw(*_):
        return green

    def rgb(**tags):
        clip = {"codec": "ffv1", "pix_fmt": "yuv444p", "size": (64, 720), "count": 1}
        write_clip(path, draw=draw, tags=tags, **clip)
        return next(frames(scan(path))).rgb[9, 9].astype(int)

    assert np.abs(rgb() - rgb(colorspace=1)).max() == 0
    assert np.abs(rgb() - rgb(colorspace=6)).max() > 5


def test_colours_that_are_not_known_stop_nothing(tmp_path):
    path = write_clip(tmp_path / "a.mkv", codec="ffv1", tags={"colorspace": 3})
    assert len(numbers(scan(path))) == 12


def test_joined_transport_streams(tmp_path):
    """The clock starts anew, and the pictures have another size."""
    parts = [
        write_clip(tmp_path / name, count=30, size=size, options={"bf": "0"})
        for name, size in (("a.ts", (64, 48)), ("b.ts", (96, 64)))
    ]
    path = tmp_path / "both.ts"
    path.write_bytes(b"".join(part.read_bytes() for part in parts))
    found = scan(path)
    assert found.repairs == ("times: the file's clock starts anew 1 times; continued",)
    np.testing.assert_allclose(found.time_s, np.arange(60) / 30, atol=0.03)
    every = list(frames(found))
    assert [frame.index for frame in every] == list(range(60))
    assert {frame.rgb.shape for frame in every} == {(48, 64, 3)}


def test_avi_has_no_presentation_stamps(tmp_path):
    path = tmp_path / "b.avi"
    found = scan(write_clip(path, count=60, options=B_FRAMES, tick=Fraction(1, 30)))
    assert "decoding stamps" in found.repairs[0]
    np.testing.assert_allclose(found.time_s, np.arange(60) / 30)


def test_a_cover_is_not_the_video(path):
    found = scan(write_clip(path, cover=True))
    assert (found.width, found.height) == (64, 48)
    assert len(found.time_s) == 12


def test_a_damaged_middle_is_skipped(path):
    write_clip(path, count=90, options={"g": "30", "bf": "0"}, draw=noise)
    content = bytearray(path.read_bytes())
    with av.open(str(path)) as container:
        spoilt = [p.pos for p in container.demux(video=0) if p.pos][40:44]
    for place in spoilt:
        content[place : place + 400] = b"\xff" * 400
    path.write_bytes(content)
    found = scan(path)
    every = {frame.index: frame.rgb for frame in frames(found)}
    assert len(found.time_s) == 90
    assert set(range(90)) - set(every) <= set(range(38, 62))
    assert 90 - len(every) > 0
    for first in (35, 45, 61):
        part = {frame.index: frame.rgb for frame in frames(found, first, first + 6)}
        assert part.keys() == every.keys() & set(range(first, first + 6))
        for index, rgb in part.items():
            np.testing.assert_array_equal(rgb, every[index])


def test_a_file_that_was_cut_off(tmp_path):
    path = write_clip(tmp_path / "a.mkv", count=60, options=B_FRAMES)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    found = scan(path)
    assert 5 < len(numbers(found)) <= len(found.time_s) < 60


def test_a_start_without_a_keyframe(tmp_path):
    options = {"g": "20", "bf": "0", "sc_threshold": "0"}
    path = write_clip(tmp_path / "a.ts", count=60, options=options)
    with av.open(str(path)) as container:
        second = [p.pos for p in container.demux(video=0) if p.pos is not None][1]
    head, rest = path.read_bytes()[: 188 * 3], path.read_bytes()[second:]
    path.write_bytes(head + rest)
    found = scan(path)
    assert found.time_s[0] == 0
    assert numbers(found)[0] == 20 % 18


SPOILT = ("mp4", "mkv", "ts", "avi")


@pytest.mark.parametrize("kind", SPOILT)
def test_flipped_bytes_are_never_more_than_an_error(tmp_path, kind):
    whole = write_clip(
        tmp_path / f"whole.{kind}", count=40, options=B_FRAMES, tick=Fraction(1, 30)
    ).read_bytes()
    path = tmp_path / "spoilt"
    read = 0
    for seed in range(40):
        path.write_bytes(flipped(whole, seed, 1 + seed % 5))
        try:
            found = scan(path)
            every = {frame.index: frame.rgb for frame in frames(found)}
        except UnreadableRecording:
            continue
        read += 1
        assert (np.diff(found.time_s) > 0).all()
        for frame in frames(found, seed % 30, seed % 30 + 5):
            np.testing.assert_array_equal(frame.rgb, every[frame.index])
    assert read > 20


@pytest.mark.parametrize(
    "content",
    [
        b"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nhttp://example.org/a.ts\n",
        b"ffconcat version 1.0\nfile '/etc/hostname'\n",
        b'<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"/>',
        b"v=0\no=- 0 0 IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n",
        b"a pas de deux " * 40,
        b"\x89PNG\r\n\x1a\n" + bytes(100),
    ],
)
def test_lists_of_other_files_and_texts_are_no_video(path, content):
    path.write_bytes(content)
    assert not is_video(path)
    with pytest.raises(UnknownFormat, match="none of these, whatever its name says"):
        scan(path)


def test_a_playlist_behind_a_good_start_opens_nothing(tmp_path):
    """The demuxer is chosen here, not by FFmpeg, which would look further."""
    path = tmp_path / "a.mp4"
    path.write_bytes(b"\0\0\0\x08free" + b"#EXTM3U\nfile:///etc/hostname\n" * 99)
    with pytest.raises(DamagedFile):
        scan(path)


def test_what_is_not_there_or_empty(tmp_path):
    for name, reason in (("missing.mp4", "no such file"), (".", "a folder")):
        with pytest.raises(UnreadableRecording, match=reason):
            scan(tmp_path / name)
    (tmp_path / "empty.mp4").touch()
    with pytest.raises(UnreadableRecording, match="it is empty"):
        is_video(tmp_path / "empty.mp4")


def test_sound_alone_is_no_video(tmp_path):
    path = write_sound(tmp_path / "song.m4a", format="mp4")
    with pytest.raises(UnreadableRecording, match="has only sound"):
        scan(path)
    path = write_sound(tmp_path / "song.wav", format="wav", codec="pcm_s16le")
    assert not is_video(path)
    with pytest.raises(UnknownFormat):
        scan(path)


def test_absurd_claims_are_refused(tmp_path, monkeypatch):
    path = tmp_path / "huge.avi"
    write_clip(path, codec="mjpeg", pix_fmt="yuvj420p", tick=Fraction(1, 30))
    content = path.read_bytes()
    start = b"\xff\xc0\x00\x11\x08"
    claim = (20_000).to_bytes(2, "big") * 2
    parts = content.split(start)
    path.write_bytes(parts[0] + b"".join(start + claim + p[4:] for p in parts[1:]))
    with pytest.raises(DamagedFile):
        scan(path)
    path.write_bytes(content)
    monkeypatch.setattr(_video_packets, "_MAX_PACKETS", 11)
    with pytest.raises(DamagedFile, match="may have 11 pictures"):
        scan(path)


@pytest.mark.parametrize("name", ["a.mp4", "a.mkv"])
def test_a_video_of_days_is_refused(tmp_path, name):
    """A picture every nine minutes; longer gaps are not believed."""
    path = tmp_path / name
    ms = [540_000 * i for i in range(50)]
    with pytest.raises(DamagedFile, match="6 hours"):
        scan(write_clip(path, ms=ms))
    found = scan(write_clip(path, ms=[0, 40, 80, 900_000, 900_040, 900_080]))
    np.testing.assert_allclose(found.time_s, 0.04 * np.arange(6), atol=1e-9)
    assert found.repairs == ("times: gaps of over ten minutes closed: 1",)


def test_real_videos(test_data, monkeypatch):
    for path in sorted((test_data / "video").rglob("*.mp4")):
        found = scan(path)
        assert found.repairs == ()
        indices = [frame.index for frame in frames(found, longest=64)]
        assert indices == list(range(len(found.time_s)))
