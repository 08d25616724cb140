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
from repetiteur.io.audio import Sound
from repetiteur.io.files import reason, replacing

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
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
# Half a second from keyframe to keyframe, and no picture that waits for a later one:
# a player is then quickly at any moment. A quarter of the size of the above.
_SCRUBBED = {
    "libx264": {"crf": "27", "g": "15", "bf": "0"},
    "libvpx-vp9": {"crf": "40", "g": "15"},
}
_SOUND_BITS = 64_000  # a second; one channel of music, AAC


def write_video(
    path: str | Path,
    frames: Iterable[tuple[float, RGB]],
    *,
    size: tuple[int, int],
    sound: Sound | None = None,
    scrubbed: bool = False,
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
    sound : Sound, optional
        Heard with them, from ``start_s`` on, which is 0 or later.
    scrubbed : bool
        Small, and quick to show any of its moments: for a page.
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
                stream = _stream(out, size, threads, scrubbed=scrubbed)
                heard = _Heard(out, sound) if sound is not None else None
                if not _encode(out, stream, frames, heard):
                    raise CannotWrite(
                        f"A video needs at least one picture, and {target.name} would "
                        "have none. Give a recording, or a part of one, that has some."
                    )
        except FFmpegError as error:
            number = error.errno if error.errno in errno.errorcode else None
            raise OSError(number, reason(error)) from error


def _stream(
    out: OutputContainer, size: tuple[int, int], threads: int, *, scrubbed: bool
) -> VideoStream:
    stream = _encoder(out, scrubbed=scrubbed)
    context = stream.codec_context
    context.width, context.height = (max(2, side + side % 2) for side in size)
    context.pix_fmt = "yuv420p"
    context.time_base = _TICK
    context.thread_count = threads
    context.colorspace = context.color_primaries = context.color_trc = _BT709
    context.color_range = ColorRange.MPEG
    return stream


def _encoder(out: OutputContainer, *, scrubbed: bool) -> VideoStream:
    for name, options in _ENCODERS:
        chosen = {**options, **(_SCRUBBED.get(name, {}) if scrubbed else {})}
        try:
            return cast("VideoStream", out.add_stream(name, options=chosen))
        except UnknownCodecError:
            continue
    raise CannotWrite(
        "A video needs PyAV with H.264 or VP9 to be written, and this one has neither. "
        "Install the package 'av' from PyPI."
    )


class _Heard:
    """Sound that is encoded as far as the pictures have come."""

    def __init__(self, out: OutputContainer, sound: Sound) -> None:
        stream = out.add_stream("aac", rate=sound.rate, layout="mono")
        self._stream: AudioStream = stream
        self._stream.codec_context.bit_rate = _SOUND_BITS
        self._out = out
        self._sound = sound
        self._done = 0

    def up_to(self, seconds: float) -> None:
        """Encode what is heard until then."""
        sound = self._sound
        end = round((seconds - sound.start_s) * sound.rate)
        part = sound.samples[None, self._done : max(end, self._done)]
        if not part.size:
            return
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(part), "flt", "mono")
        frame.sample_rate, frame.time_base = sound.rate, Fraction(1, sound.rate)
        frame.pts = self._done + round(sound.start_s * sound.rate)
        self._out.mux(self._stream.encode(frame))
        self._done += part.shape[1]

    def finish(self) -> None:
        """Encode the rest."""
        self.up_to(self._sound.start_s + self._sound.duration_s)
        self._out.mux(self._stream.encode(None))


def _encode(
    out: OutputContainer,
    stream: VideoStream,
    frames: Iterable[tuple[float, RGB]],
    heard: _Heard | None,
) -> int:
    """Encode pictures one by one, and what is heard meanwhile; how many they are."""
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
        if heard is not None:
            heard.up_to(time_s)
    if count:
        out.mux(stream.encode(None))
        if heard is not None:
            heard.finish()
    return count
