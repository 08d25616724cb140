"""C3D files written byte by byte, as the C3D User Guide draws them.

Nothing here is shared with the package, so that a file of these is a fact of its own.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

import numpy as np

INTEL, DEC, MIPS = 84, 85, 86


def real(number: float, machine: int = INTEL) -> bytes:
    """Four bytes; a DEC computer has 4 times the number, and its halves exchanged."""
    if machine == DEC:
        raw = struct.pack("<f", 4.0 * number)
        return raw[2:] + raw[:2]
    return struct.pack(">f" if machine == MIPS else "<f", number)


def text(*words: str) -> bytes:
    """Characters: a table of one column for each word."""
    width = max(len(word.encode()) for word in words)
    body = b"".join(word.encode().ljust(width) for word in words)
    return bytes([0xFF, 2, width, len(words)]) + body


def words(*numbers: int, machine: int = INTEL) -> bytes:
    """Whole numbers of 16 bits."""
    order = ">" if machine == MIPS else "<"
    return b"".join(struct.pack(f"{order}H", n & 0xFFFF) for n in numbers)


def whole(*numbers: int, machine: int = INTEL) -> bytes:
    """A parameter of words of 16 bits."""
    axes = bytes([1, len(numbers)]) if len(numbers) > 1 else bytes([0])
    return b"\x02" + axes + words(*numbers, machine=machine)


@dataclass
class Take:
    """A recording to be written; ``parameters`` and ``header`` replace what is right.

    ``place`` is (frame, point, 3) in the file's unit, NaN where missing; ``analog`` is
    (frame, sample, channel).
    """

    place: np.ndarray
    labels: list[str]
    rate: float = 100.0
    unit: str = "mm"
    step: float | None = None  # of integers; None = floating point
    machine: int = INTEL
    first: int = 1
    residual: float = 0.0
    analog: np.ndarray | None = None
    parameters: dict[str, dict[str, bytes]] = field(default_factory=dict)
    header: dict[int, bytes] = field(default_factory=dict)

    def content(self) -> bytes:
        """The bytes of the file."""
        blocks = -(-len(self._section(0, 0)) // 512)
        section = self._section(blocks, 2 + blocks).ljust(512 * blocks, b"\0")
        return self._head(2 + blocks) + section + self._data()

    def _scale(self) -> float:
        return -0.01 if self.step is None else self.step

    def _samples(self) -> tuple[int, int]:
        return (0, 0) if self.analog is None else self.analog.shape[1:]

    def _head(self, start: int) -> bytes:
        frames, points = self.place.shape[:2]
        times, channels = self._samples()
        last = min(self.first + frames - 1, 65535)
        head = bytearray(512)
        head[0:2] = b"\x02\x50"
        head[2:12] = words(
            points, times * channels, self.first, last, 10, machine=self.machine
        )
        head[12:16] = real(self._scale(), self.machine)
        head[16:20] = words(start, times, machine=self.machine)
        head[20:24] = real(self.rate, self.machine)
        for at, raw in self.header.items():
            head[at : at + len(raw)] = raw
        return bytes(head)

    def _groups(self, start: int) -> dict[str, dict[str, bytes]]:
        frames, points = self.place.shape[:2]
        times, channels = self._samples()
        groups = {
            "POINT": {
                "USED": whole(points, machine=self.machine),
                "SCALE": b"\x04\0" + real(self._scale(), self.machine),
                "RATE": b"\x04\0" + real(self.rate, self.machine),
                "DATA_START": whole(start, machine=self.machine),
                "FRAMES": whole(min(frames, 65535), machine=self.machine),
                "LABELS": text(*self.labels),
                "UNITS": text(self.unit),
            },
            "ANALOG": {
                "USED": whole(channels, machine=self.machine),
                "RATE": b"\x04\0" + real(self.rate * times, self.machine),
                "GEN_SCALE": b"\x04\0" + real(1.0, self.machine),
            },
        }
        if channels:
            ones = b"".join(real(1.0, self.machine) for _ in range(channels))
            groups["ANALOG"] |= {
                "LABELS": text(*(f"A{k}" for k in range(channels))),
                "SCALE": bytes([4, 1, channels]) + ones,
                "OFFSET": whole(*[0] * channels),
            }
        for group, named in self.parameters.items():
            groups.setdefault(group, {}).update(named)
        return groups

    def _section(self, blocks: int, start: int) -> bytes:
        out = bytearray([1, 0x50, blocks, self.machine])
        for number, (group, named) in enumerate(self._groups(start).items(), 1):
            out += struct.pack("<bb", len(group), -number) + group.encode()
            out += words(3 + len("said"), machine=self.machine) + b"\x04said"
            for name, body in named.items():
                if body:
                    out += struct.pack("<bb", -len(name), number) + name.encode()
                    out += words(3 + len(body), machine=self.machine) + body + b"\0"
        return bytes(out) + b"\0\0"

    def _data(self) -> bytes:
        step = self.step or 1.0
        rows = []
        for k, frame in enumerate(self.place):
            for point in frame:
                seen = bool(np.isfinite(point).all())
                rows += [*(point / step if seen else (0.0, 0.0, 0.0))]
                rows.append(self.residual if seen else -1.0)
            if self.analog is not None:
                rows += [*self.analog[k].ravel()]
        if self.step is None:
            return b"".join(real(number, self.machine) for number in rows)
        return words(*(round(number) for number in rows), machine=self.machine)
