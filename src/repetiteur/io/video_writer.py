"""Writing a video: H.264 that any player shows, each picture at its own time."""

from __future__ import annotations

import errno
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import av
import numpy as np
from av.codec.codec import UnknownCodecError
from av.error import FFmpegError
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter
from numpy.typing import NDArray

from repetiteur.errors import CannotWrite
from repetiteur.io.files import reason, replacing

if TYPE_CHECKING:
    from av.container import OutputContainer
    from av.video.stream import VideoStream

__all__ = ["write_video"]

RGB = NDArray[np.uint8]

_TICK = Fraction(1, 90_000)  # the clock of MPEG: whole for 24, 25, 30, 50 and 60 fps
_BT709 = 1  # matrix, primaries and transfer have the same number, ITU-T H.273
# Visually close to the source without being large; the second where FFmpeg has no x264.
_ENCODERS = (
    ("libx264", {"crf": "20", "preset": "veryfast"}),
    ("libvpx-vp9", {"crf": "32", "b": "0", "deadline": "realtime", "cpu-used": "6"}),
)


def write_video(
    path: str | Path,
    frames: Iterable[tuple[float, RGB]],
    *,
    size: tuple[int, int],
    threads: int = 1,
) -> None:
    """Write pictures as an MP4 file.

    Parameters
    ----------
    path : str or Path
        Ends in ``.mp4``. Replaced when the new one is whole, never half-written.
    frames : iterable of (time_s, rgb)
        When each picture is shown, in seconds, strictly increasing from 0 on; and the
        picture, (height, width, 3) uint8. Each is encoded before the next is asked for.
    size : (width, height)
        Pixels of each picture. An odd side is stretched by one: H.264 needs even ones.
    threads : int
        Of the encoder.

    Raises
    ------
    CannotWrite
        When the ending is another, there are no frames, or the file cannot be written.

    Examples
    --------
    >>> from repetiteur.io.video import scan
    >>> file = getfixture("tmp_path") / "blink.mp4"
    >>> dark = np.zeros((48, 64, 3), np.uint8)
    >>> write_video(file, [(0.0, dark), (0.5, 255 - dark)], size=(64, 48))
    >>> scan(file).time_s.tolist()
    [0.0, 0.5]
    """
    target = Path(path)
    if target.suffix.lower() != ".mp4":
        raise CannotWrite(
            f"A video is written as .mp4, and {target.name!r} ends in "
            f"{target.suffix or 'nothing'!r}. Choose a name with that ending."
        )
    with replacing(target) as part:
        try:
            with (
                part.open("wb") as file,
                av.open(cast(Any, file), "w", format="mp4") as out,
            ):
                stream = _stream(out, size, threads)
                if not _encode(out, stream, frames):
                    raise CannotWrite(
                        f"A video needs at least one picture, and {target.name} would "
                        "have none. Give a recording, or a part of one, that has some."
                    )
        except FFmpegError as error:
            number = error.errno if error.errno in errno.errorcode else None
            raise OSError(number, reason(error)) from error


def _stream(out: OutputContainer, size: tuple[int, int], threads: int) -> VideoStream:
    stream = _encoder(out)
    context = stream.codec_context
    context.width, context.height = (max(2, side + side % 2) for side in size)
    context.pix_fmt = "yuv420p"
    context.time_base = _TICK
    context.thread_count = threads
    context.colorspace = context.color_primaries = context.color_trc = _BT709
    context.color_range = ColorRange.MPEG
    return stream


def _encoder(out: OutputContainer) -> VideoStream:
    for name, options in _ENCODERS:
        try:
            return cast("VideoStream", out.add_stream(name, options=dict(options)))
        except UnknownCodecError:
            continue
    raise CannotWrite(
        "A video needs PyAV with H.264 or VP9 to be written, and this one has neither. "
        "Install the package 'av' from PyPI."
    )


def _encode(
    out: OutputContainer, stream: VideoStream, frames: Iterable[tuple[float, RGB]]
) -> int:
    """Encode pictures one by one; their number."""
    scaler = VideoReformatter()
    count = 0
    for time_s, rgb in frames:
        frame = scaler.reformat(
            av.VideoFrame.from_ndarray(rgb, "rgb24"),
            stream.codec_context.width,
            stream.codec_context.height,
            "yuv420p",
            dst_colorspace=Colorspace.ITU709,
            dst_color_range=ColorRange.MPEG,
            interpolation=Interpolation.BILINEAR,
            threads=1,
        )
        frame.pts, frame.time_base = round(time_s / _TICK), _TICK
        out.mux(stream.encode(frame))
        count += 1
    if count:
        out.mux(stream.encode(None))
    return count
