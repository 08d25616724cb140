"""Opening untrusted video and sound with PyAV."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import av
from av.error import FFmpegError
from av.stream import Disposition

from repetiteur.errors import DamagedFile, RepetiteurError, UnknownFormat
from repetiteur.io._containers import container_of
from repetiteur.io._limited import DAMAGE
from repetiteur.io.files import head_of, reason

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.stream import VideoStream

__all__ = ["BROKEN", "MAX_PIXELS", "best_video", "opened", "unknown"]

#: What PyAV raises on content that is not what it should be.
BROKEN = (FFmpegError, *DAMAGE)

#: The largest picture: 8K is 7680 x 4320.
MAX_PIXELS = 8192 * 8192
_BUFFER = 1 << 18
_PROBED = 10_000_000  # bytes, and microseconds, that are looked at before streams start
_MAX_STREAMS = 64


@contextmanager
def opened(path: Path) -> Iterator[InputContainer]:
    """A container that is open for reading, and reaches no other file or address.

    What goes wrong with it inside the ``with`` is raised as an error of a recording.

    Raises
    ------
    UnknownFormat
        When the content is no video or sound.
    DamagedFile
        When it breaks off.
    UnreadableRecording
        When the file cannot be read.
    """
    container = container_of(head_of(path))
    if container is None:
        raise unknown(path)
    try:
        with (
            path.open("rb") as file,
            av.open(
                file,
                "r",
                format=container,
                options={
                    "protocol_whitelist": "none",
                    "max_pixels": str(MAX_PIXELS),
                    "max_streams": str(_MAX_STREAMS),
                    "probesize": str(_PROBED),
                    "analyzeduration": str(_PROBED),
                    "threads": "1",
                },
                metadata_errors="ignore",
                buffer_size=_BUFFER,
                io_open=_refuse,
            ) as content,
        ):
            yield content
    except RepetiteurError:
        raise
    except BROKEN as error:
        raise _damaged(path, error) from error


def unknown(path: Path) -> UnknownFormat:
    """The error for a file that is no video or sound."""
    return UnknownFormat(
        "A video needs to be MP4, MOV, Matroska, WebM, AVI, MPEG, Ogg, FLV or ASF, and "
        f"sound one of these, WAV, FLAC or MP3; the content of {path.name} is none of "
        "these, whatever its name says. Export it as MP4, or its sound as WAV."
    )


def _refuse(*asked: Any) -> NoReturn:
    raise PermissionError(None, "a recording may not name other files")


def _damaged(path: Path, error: BaseException) -> DamagedFile:
    return DamagedFile(
        f"{path.name} begins as a video or sound, and cannot be read on: "
        f"{reason(error).splitlines()[0][:200]}. Copy or record it again."
    )


def best_video(container: InputContainer) -> VideoStream | None:
    """The stream that shows the dancer: the default one, else the largest.

    Cover pictures are passed over. None where there is no other.
    """
    streams = [
        stream
        for stream in container.streams.video
        if not stream.disposition & (Disposition.attached_pic | Disposition.still_image)
        and stream.codec_context is not None
    ]
    return max(streams, key=_rank, default=None)


def _rank(stream: VideoStream) -> tuple[bool, int]:
    size = stream.codec_context.width * stream.codec_context.height
    return bool(stream.disposition & Disposition.default), size
