"""Video: when each picture was shown, and the pictures themselves.

Times are those of the file: of a phone that varies its frame rate, and of any other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from repetiteur.errors import DamagedFile, UnreadableRecording
from repetiteur.io._containers import container_of
from repetiteur.io._limited import limited
from repetiteur.io._media import BROKEN, MAX_PIXELS, unknown
from repetiteur.io._video_decode import Table, decoded
from repetiteur.io._video_packets import read_packets, read_shown
from repetiteur.io._video_picture import Darkroom
from repetiteur.io._video_times import is_plain, presentation, unbroken
from repetiteur.io.files import head_of

__all__ = ["Frame", "Video", "frames", "is_video", "scan"]

_SOUND_ONLY = ("wav", "aiff", "flac", "mp3", "aac", "caf")
_SECONDS = 30.0
_BYTES_PER_SECOND = 10e6  # of a slow disk
_SECONDS_PER_PICTURE = 0.5  # of 8K on a slow machine
_MAX_SECONDS = 3600.0
_LONGEST_S = 6 * 3600.0
_MAX_ASPECT = 4.0
# Of these a packet is a picture. Others have packets without one (VP8), two pictures
# in a packet (MPEG-4 in AVI) or half a one (fields), so they are decoded to be counted.
_ONE_TO_ONE = frozenset(("h264", "hevc", "vp9", "av1", "libdav1d", "mjpeg", "prores"))


@dataclass(frozen=True)
class Frame:
    """One picture.

    Attributes
    ----------
    index : int
        Its number: it is shown at ``video.time_s[index]``.
    rgb : (height, width, 3) uint8
    """

    index: int
    rgb: NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Video:
    """What is known of a video without looking at its pictures.

    Attributes
    ----------
    path : Path
    width, height : int
        Pixels, as shown: turned upright, with square pixels.
    rotation : int
        Degrees clockwise that the stored pictures are turned by to be shown: 0, 90,
        180 or 270.
    mirrored : bool
        Whether left and right are swapped first.
    time_s : (frames,) float
        When each picture is shown, in seconds; strictly increasing from 0.
    repairs : tuple of str
        A line for the history for each thing that the file has wrong.
    has_audio : bool
    codec : str
    bits : int
        Per channel.
    interlaced, hdr : bool
        Whether pictures are stored as fields; whether in PQ or HLG.
    """

    path: Path
    width: int
    height: int
    rotation: int
    mirrored: bool
    time_s: NDArray[np.float64]
    repairs: tuple[str, ...]
    has_audio: bool
    codec: str
    bits: int
    interlaced: bool
    hdr: bool
    table: Table = field(repr=False)

    @property
    def duration_s(self) -> float:
        """Seconds from the first picture to the last."""
        return float(self.time_s[-1])

    @property
    def fps(self) -> float:
        """Mean pictures per second; NaN of a single picture."""
        if len(self.time_s) < 2:
            return float("nan")
        return (len(self.time_s) - 1) / self.duration_s


def is_video(path: str | Path) -> bool:
    """Whether a file's content begins as a container of video.

    The container may still turn out to hold sound alone. The name does not matter.

    Raises
    ------
    UnreadableRecording
        When it cannot be read, or is empty.

    Examples
    --------
    >>> text = getfixture("tmp_path") / "text.mp4"
    >>> _ = text.write_text("arabesque")
    >>> is_video(text)
    False
    """
    container = container_of(head_of(Path(path)))
    return container is not None and container not in _SOUND_ONLY


def scan(path: str | Path) -> Video:
    """Find out when each picture of a video is shown, and how.

    Parameters
    ----------
    path : str or Path
        A file; its content decides, not its name.

    Returns
    -------
    Video

    Raises
    ------
    UnknownFormat
        When the content is not that of a video.
    DamagedFile
        When it is broken, or absurdly large or long.
    UnreadableRecording
        When it cannot be opened, or holds no video stream.
    """
    file = Path(path)
    if not is_video(file):
        raise unknown(file)
    seconds = min(_SECONDS + file.stat().st_size / _BYTES_PER_SECOND, _MAX_SECONDS)
    facts = limited(read_packets, file, seconds=seconds)
    packets, order, repairs = _in_order(file, facts)
    time_s, more = presentation(
        packets["pts"][order],
        packets["dts"][np.sort(order)],
        facts["tick_s"],
        facts["claimed_fps"],
    )
    if time_s[-1] > _LONGEST_S:
        raise DamagedFile(
            f"{file.name} may last {_LONGEST_S / 3600:g} hours, and claims "
            f"{time_s[-1] / 3600:.3g}. Cut out the part with the dancer."
        )
    index = np.full(len(packets["pts"]), -1)
    index[order] = np.arange(len(order))
    width, height, narrow = _as_shown(facts)
    return Video(
        path=file,
        width=width,
        height=height,
        time_s=time_s,
        repairs=(*repairs, *more, *narrow),
        table=Table(
            pos=packets["pos"],
            size=packets["size"],
            dts=packets["dts"],
            key=facts["key"],
            index=index,
            stream=facts["stream"],
            interlaced=facts["interlaced"],
        ),
        **{name: facts[name] for name in _PASSED_ON},
    )


_PASSED_ON = (
    "rotation", "mirrored", "has_audio", "codec", "bits", "interlaced", "hdr",
)  # fmt: skip


def _in_order(
    path: Path, facts: dict[str, Any]
) -> tuple[dict[str, NDArray[np.int64]], NDArray[np.int64], list[str]]:
    """The packets, the numbers of those that are shown, in order, and repairs."""
    packets = {name: facts[name] for name in ("pts", "dts", "pos", "size")}
    packets["pts"], repairs = unbroken(packets["pts"], packets["dts"], facts["tick_s"])
    first = int(np.argmax(facts["key"])) if len(facts["key"]) else 0
    usable = ~facts["drop"]
    usable[:first] = False
    shown = np.flatnonzero(usable)
    pts = packets["pts"][shown]
    if _one_to_one(facts) and is_plain(pts):
        order = shown[np.argsort(pts)]
        order = order[np.searchsorted(pts[np.argsort(pts)], packets["pts"][first]) :]
    else:
        order = limited(read_shown, path, seconds=_decoding_time(len(pts)))
        _, where = np.unique(order, return_index=True)
        order = order[np.sort(where)]
    if not len(order):
        raise DamagedFile(
            f"{path.name} needs pictures, and has none that can be decoded. Copy or "
            "record it again."
        )
    if first:
        repairs.append(f"{first} packets before the first keyframe left out")
    return packets, order, repairs


def _one_to_one(facts: dict[str, Any]) -> bool:
    """Whether each packet is a picture that is shown at the packet's stamp.

    AVI has no presentation stamps, and those that FFmpeg makes up are in the order of
    the file.
    """
    if facts["container"] == "avi" and facts["codec"] != "mjpeg":
        return False
    return facts["codec"] in _ONE_TO_ONE and not facts["interlaced"]


def _decoding_time(packets: int) -> float:
    return min(_SECONDS + packets * _SECONDS_PER_PICTURE, _MAX_SECONDS)


def _as_shown(facts: dict[str, Any]) -> tuple[int, int, list[str]]:
    """Size with square pixels, turned upright."""
    width, height = facts["coded_width"], facts["coded_height"]
    aspect, repairs = facts["pixel_aspect"], []
    if not 1 / _MAX_ASPECT <= aspect <= _MAX_ASPECT:
        repairs.append(f"pixels of {aspect:.3g} to 1 in the header taken as square")
        aspect = 1.0
    wide = max(1, round(width * aspect))
    if wide * height > MAX_PIXELS:
        wide = width
    if facts["rotation"] % 180 == 90:
        return height, wide, repairs
    return wide, height, repairs


def frames(
    video: Video, first: int = 0, last: int | None = None, *, longest: int = 1920
) -> Iterator[Frame]:
    """Pictures of a video, one at a time, as they are shown.

    Parameters
    ----------
    video : Video
        From :func:`scan`.
    first, last : int
        From this number on, up to but without that one (None: to the end).
    longest : int
        Larger pictures are scaled down so that their longer side has this many pixels.

    Yields
    ------
    Frame
        In order; rows of ``rgb`` may be padded. Pictures that cannot be decoded are
        left out. The same number gives the same picture bit by bit, wherever reading
        began (in damaged parts too, as far as the decoder notices the damage).

    Raises
    ------
    DamagedFile
        When the file cannot be read on, or has changed since it was scanned.
    """
    stop = len(video.time_s) if last is None else min(last, len(video.time_s))
    if longest < 1:
        raise UnreadableRecording(
            f"Pictures need at least 1 pixel along their longer side, and {longest} "
            "were asked for. Ask for more."
        )
    scale = min(1.0, longest / max(video.width, video.height))
    darkroom = Darkroom(
        max(1, round(video.width * scale)),
        max(1, round(video.height * scale)),
        rotation=video.rotation,
        mirrored=video.mirrored,
    )
    found = decoded(video.path, video.table, max(first, 0), stop)
    for index, frame in found:
        try:
            rgb = darkroom.develop(frame)
        except BROKEN:
            continue
        yield Frame(index, rgb)
