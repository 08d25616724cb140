"""What kind of container a video or sound file is, from its first bytes.

Only containers in this list are ever opened, each with its own demuxer and no other.
Formats that name other files or addresses (playlists, concatenations, manifests, SDP)
are text, and text is in no container.
"""

from __future__ import annotations

__all__ = ["container_of"]

_TS_PACKET = 188


def container_of(head: bytes) -> str | None:
    """FFmpeg's name of the demuxer for a file that begins like this.

    Parameters
    ----------
    head : bytes
        The first 4096 bytes, or all of a shorter file.

    Returns
    -------
    str or None
        None where it is no container of video or sound that is read.

    Examples
    --------
    >>> container_of(b"RIFF....AVI LIST")
    'avi'
    >>> container_of(b"#EXTM3U") is None
    True
    """
    if head[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"skip", b"free"):
        return "mov"
    for start, name in _STARTS:
        if head.startswith(start):
            return name
    if head[:4] in (b"RIFF", b"RF64"):
        return {b"AVI ": "avi", b"WAVE": "wav"}.get(head[8:12])
    if head[:4] == b"FORM" and head[8:12] in (b"AIFF", b"AIFC"):
        return "aiff"
    if _in_step(head, 0) or _in_step(head, 4):  # 4: the time stamps of cameras (M2TS)
        return "mpegts"
    return _bare_sound(head)


_STARTS = (
    (b"\x1aE\xdf\xa3", "matroska"),
    (b"\x00\x00\x01\xba", "mpeg"),
    (b"OggS", "ogg"),
    (b"FLV\x01", "flv"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "asf"),
    (b"fLaC", "flac"),
    (b"ID3", "mp3"),
    (b"caff\x00\x01", "caf"),
)


def _in_step(head: bytes, offset: int) -> bool:
    """Whether there is a mark at each place where MPEG-TS has one."""
    marks = head[offset :: _TS_PACKET + offset]
    return len(marks) > 1 and set(marks) == {0x47}


def _bare_sound(head: bytes) -> str | None:
    """MP3 or AAC without a container: eleven or twelve bits set, and a known layer."""
    if len(head) < 4 or head[0] != 0xFF:
        return None
    if head[1] & 0xF6 == 0xF0:
        return "aac"
    is_mp3 = head[1] & 0xE6 == 0xE2 and head[2] >> 4 != 0xF and head[2] & 12 != 12
    return "mp3" if is_mp3 else None
