"""Decoding any part of a video so that a picture never depends on where one began.

A video is cut at keyframes into stretches, and each is decoded by itself, from a
decoder that was emptied. Even pictures that are damaged, or refer past their keyframe,
are then the same bit by bit, whichever picture was asked for first.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from repetiteur.errors import DamagedFile
from repetiteur.io._media import BROKEN, MAX_PIXELS, opened
from repetiteur.io._video_fields import deinterlaced
from repetiteur.io._video_packets import is_last
from repetiteur.io._video_stretches import Stretch, Table, stretches

if TYPE_CHECKING:
    from av.packet import Packet
    from av.video.frame import VideoFrame

__all__ = ["Stretch", "Table", "decoded", "stretches"]

_MAX_MISSED = 64  # packets read after a seek before it is given up
_NEAR = 32  # packets that are sooner read than sought


def decoded(
    path: Path, table: Table, first: int, last: int
) -> Iterator[tuple[int, VideoFrame]]:
    """Pictures ``first`` to ``last`` (exclusive) with their numbers, in order.

    Those that cannot be decoded are left out. The numbers increase.

    Raises
    ------
    DamagedFile
        When the file is not the one that the table was made of.
    """
    seeking = True
    while True:
        wanted = range(first, last)
        try:
            for number, frame in _decoded(path, table, wanted, seeking=seeking):
                first = number + 1
                yield number, frame
            return
        except _Stale as at:
            first = max(first, at.frame)
        except _Lost:
            if not seeking:
                break
            seeking = False
    raise DamagedFile(
        f"{path.name} needs to stay as it is while it is read, and has changed. Start "
        "again when it is complete."
    )


class _Lost(Exception):
    """The packets that come are not those of the table."""


class _Stale(Exception):
    """A damaged stretch came to a decoder that remembers other stretches.

    What it fills gaps with may then depend on these, so it needs a new one.
    """

    def __init__(self, frame: int) -> None:
        super().__init__()
        self.frame = frame


def _decoded(
    path: Path, table: Table, wanted: range, *, seeking: bool
) -> Iterator[tuple[int, VideoFrame]]:
    with opened(path) as container:
        source = _Source(container, table, seeking=seeking)
        due = wanted.start
        before = None
        for stretch in stretches(table):
            end = min(stretch.frames.stop, wanted.stop)
            if max(stretch.frames.start, due) < end:
                for number, frame in source.pictures(stretch, before, end):
                    if due <= number < end:
                        due = number + 1
                        yield number, frame
            before = stretch


class _Source:
    """Packets and pictures of an open container, stretch by stretch."""

    def __init__(self, container: Any, table: Table, *, seeking: bool) -> None:
        self._container = container
        self._stream = container.streams[table.stream]
        self._decoder = self._stream.codec_context
        self._decoder.thread_count = 1
        self._decoder.options = {"max_pixels": str(MAX_PIXELS)}
        self._table = table
        self._seeking = seeking
        self._coming = container.demux(self._stream)
        self._next = 0
        self._kept: dict[int, Packet[Any]] = {}
        self._is_new = True

    def pictures(
        self, stretch: Stretch, before: Stretch | None, end: int
    ) -> Iterator[tuple[int, VideoFrame]]:
        """Pictures of a stretch up to number ``end``, as the decoder gives them.

        Where its keyframe gives none (it is damaged, or only the start of a gradual
        refresh), the stretch before is decoded as a run-in.
        """
        if self._table.interlaced:  # the filter needs to begin and end at the same ones
            whole = self._pictures(stretch, before, stretch.frames.stop)
            return deinterlaced(whole)
        return self._pictures(stretch, before, end)

    def _pictures(
        self, stretch: Stretch, before: Stretch | None, end: int
    ) -> Iterator[tuple[int, VideoFrame]]:
        found = self._decoded(stretch, stretch.packets, end)
        head = next(found, None)
        late = head is None or head[0] != stretch.frames.start
        if late and before is not None and self._seeking:
            run_in = range(before.packets.start, stretch.packets.stop)
            yield from self._decoded(stretch, run_in, end)
        elif head is not None:
            yield head
            yield from found
        self._is_new = False

    def _decoded(
        self, stretch: Stretch, packets: range, end: int
    ) -> Iterator[tuple[int, VideoFrame]]:
        self._decoder.flush_buffers()
        for packet in chain(self._packets(packets, stretch.again), [None]):
            for frame in self._decode(packet, stretch):
                if frame.pts is None or not 0 <= frame.pts < len(self._table.index):
                    continue
                number = int(self._table.index[frame.pts])
                if number in stretch.frames:
                    yield number, frame
                    if number + 1 >= end:
                        return

    def _decode(self, packet: Packet[Any] | None, stretch: Stretch) -> list[VideoFrame]:
        try:
            frames: list[VideoFrame] = self._decoder.decode(packet)
            damaged = any(frame.is_corrupt for frame in frames)
        except BROKEN:
            frames, damaged = [], True
        if damaged and not self._is_new:
            raise _Stale(stretch.frames.start)
        return frames

    def _packets(self, wanted: range, again: int) -> Iterator[Packet[Any]]:
        """These packets; each carries its number instead of its stamp."""
        kept, self._kept = self._kept, {}
        if wanted.start != self._next and wanted.start not in kept:
            self._go_to(wanted.start)
            kept, self._kept = self._kept, {}
        for number in wanted:
            packet = kept[number] if number in kept else self._read()
            if number >= again:
                self._kept[number] = packet
            yield packet

    def _read(self) -> Packet[Any]:
        packet = self._pull()
        if packet is None or packet.size != self._table.size[self._next]:
            raise _Lost
        packet.pts = self._next
        self._next += 1
        return packet

    def _pull(self) -> Packet[Any] | None:
        try:
            packet: Packet[Any] | None = next(self._coming, None)
        except BROKEN:
            return None
        return None if packet is None or is_last(packet) else packet

    def _go_to(self, number: int) -> None:
        """Make ``number`` the next packet, or keep it."""
        near = self._next <= number < self._next + _NEAR
        if self._seeking and not near:
            self._seek(number)
        while self._next < number:
            self._read()

    def _seek(self, number: int) -> None:
        keys = np.flatnonzero(self._table.key[: number + 1])
        for target in keys[-1:-4:-1].tolist():
            found = self._after_seek(int(self._table.dts[target]), number)
            if found is not None:
                at, packet = found
                packet.pts = at
                self._kept = {at: packet}
                self._next = at + 1
                return
        raise _Lost

    def _after_seek(self, stamp: int, number: int) -> tuple[int, Packet[Any]] | None:
        """The first packet after a seek that is known, unless it comes too late."""
        try:
            self._container.seek(stamp, stream=self._stream)
        except BROKEN:
            return None
        self._coming = self._container.demux(self._stream)
        for _ in range(_MAX_MISSED):
            packet = self._pull()
            if packet is None:
                return None
            at = self._number_of(packet)
            if at is not None:
                return (at, packet) if at <= number else None
        return None

    def _number_of(self, packet: Packet[Any]) -> int | None:
        table = self._table
        alike = np.flatnonzero((table.pos == packet.pos) & (table.size == packet.size))
        if len(alike) > 1 and packet.dts is not None:
            alike = alike[table.dts[alike] == packet.dts]
        return int(alike[0]) if len(alike) == 1 else None
