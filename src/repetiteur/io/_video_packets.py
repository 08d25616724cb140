"""What the packets of a video say, without its pictures; for a process of its own."""

from __future__ import annotations

from array import array
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from repetiteur.errors import DamagedFile, UnreadableRecording
from repetiteur.io._media import BROKEN, MAX_PIXELS, best_video, opened
from repetiteur.io._video_picture import HDR, orientation_of
from repetiteur.io._video_times import NO_STAMP

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.packet import Packet
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

__all__ = ["read_packets", "read_shown"]

_MAX_PACKETS = 2_000_000
_LOOKED_AT = 8  # pictures that tell what the others are like
_MAX_UNDECODABLE = 2000
_PROGRESSIVE = (0, 1)  # AV_FIELD_UNKNOWN, AV_FIELD_PROGRESSIVE


def read_packets(path: Path) -> dict[str, Any]:
    """Facts of a video and a table of its packets.

    Parameters
    ----------
    path : Path

    Returns
    -------
    dict
        ``pts``, ``dts`` (in units of ``tick_s``), ``pos``, ``size``, ``key``, ``drop``:
        (packets,) arrays in the order of the file; and the facts of the stream.

    Raises
    ------
    DamagedFile
        When it breaks off before a picture, or holds absurdly much.
    UnreadableRecording
        When there is no video in it.
    """
    with opened(path) as container:
        facts = _facts(container, path)
    with opened(path) as container:
        table = _table(container, container.streams[facts["stream"]], path)
    return facts | table


def _facts(container: InputContainer, path: Path) -> dict[str, Any]:
    stream = _stream(container, path)
    context = stream.codec_context
    _check_size(context.width, context.height, path)
    context.thread_count = 1
    looked = list(islice(_pictures(container, stream), _LOOKED_AT))
    if not looked:
        raise DamagedFile(
            f"{path.name} needs pictures that can be decoded, and has none in its "
            f"first {_MAX_UNDECODABLE} packets. Copy or record it again."
        )
    first = looked[0]
    _check_size(first.width, first.height, path)
    aspect = context.sample_aspect_ratio
    rotation, mirrored = _orientation(first)
    fields = context.field_order not in _PROGRESSIVE
    return {
        "container": container.format.name,
        "stream": stream.index,
        "codec": context.name,
        "coded_width": first.width,
        "coded_height": first.height,
        "pixel_aspect": float(aspect) if aspect else 1.0,
        "rotation": rotation,
        "mirrored": mirrored,
        "interlaced": fields or any(frame.interlaced_frame for frame in looked),
        "hdr": first.color_trc in HDR,
        "bits": first.format.components[0].bits,
        "claimed_fps": float(stream.average_rate or 0),
        "tick_s": float(stream.time_base or 0),
        "has_audio": any(s.codec_context is not None for s in container.streams.audio),
    }


def _stream(container: InputContainer, path: Path) -> VideoStream:
    stream = best_video(container)
    if stream is not None:
        return stream
    if not container.streams:
        raise DamagedFile(
            f"{path.name} needs a video stream, and holds no stream at all: it is cut "
            "short. Copy or record it again."
        )
    what = "only sound" if container.streams.audio else "none that can be decoded"
    raise UnreadableRecording(
        f"{path.name} needs a video stream, and has {what}. Give the recording that "
        "shows the dancer."
    )


def _check_size(width: int, height: int, path: Path) -> None:
    if not 0 < width * height <= MAX_PIXELS:
        raise DamagedFile(
            f"{path.name} needs pictures of 1 to {MAX_PIXELS} pixels, and claims "
            f"{width} x {height}: it is damaged, or far too large. Export it smaller."
        )


def _pictures(container: InputContainer, stream: VideoStream) -> Any:
    for packet in islice(container.demux(stream), _MAX_UNDECODABLE):
        try:
            yield from packet.decode()
        except BROKEN:
            continue


def _orientation(frame: VideoFrame) -> tuple[int, bool]:
    matrix: Any = frame.side_data.get("DISPLAYMATRIX")
    return (0, False) if matrix is None else orientation_of(bytes(matrix))


def _table(container: InputContainer, stream: Any, path: Path) -> dict[str, Any]:
    columns = {name: array("q") for name in ("pts", "dts", "pos", "size")}
    key, drop = array("b"), array("b")
    try:
        for packet in container.demux(stream):
            if is_last(packet):
                break
            for name, column in columns.items():
                value = getattr(packet, name)
                column.append(NO_STAMP if value is None else value)
            key.append(packet.is_keyframe)
            drop.append(packet.is_discard or packet.size == 0)
            if len(key) > _MAX_PACKETS:
                raise DamagedFile(
                    f"{path.name} may have {_MAX_PACKETS} pictures, and has more: cut "
                    "out the part with the dancer."
                )
    except BROKEN as error:
        if isinstance(error, DamagedFile) or not key:
            raise
    return {
        **{name: np.array(column, np.int64) for name, column in columns.items()},
        "key": np.array(key, bool),
        "drop": np.array(drop, bool),
    }


def is_last(packet: Packet[Any]) -> bool:
    """Whether this is PyAV's sign that the file has ended, and no packet of it."""
    return packet.size == 0 and packet.pts is None and packet.dts is None


def read_shown(path: Path) -> Any:
    """Which packets become pictures, in the order in which these are shown.

    All of the video is decoded: this is for streams whose stamps do not tell.

    Parameters
    ----------
    path : Path

    Returns
    -------
    (frames,) int array
        Numbers of packets in the order of the file.
    """
    with opened(path) as container:
        stream = _stream(container, path)
        stream.codec_context.thread_count = 1
        shown = array("q")
        for number, packet in enumerate(container.demux(stream)):
            if not is_last(packet):
                packet.pts = number
            try:
                shown.extend(f.pts for f in packet.decode() if f.pts is not None)
            except BROKEN:
                continue
    return np.array(shown, np.int64)
