"""The text of a BVH file: its joints, and the numbers of its frames.

BVH has no standard, only habits. What is accepted here: channels in any order on any
joint, any line ends, tabs, byte order marks, UTF-16, names with spaces, decimal
commas. Everything else that is not as it should be is named, with its line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NoReturn

import numpy as np
from numpy.typing import NDArray

from repetiteur.errors import DamagedFile
from repetiteur.io._bvh_numbers import AGAIN, number, read_frames

__all__ = ["BvhText", "Joint", "is_bvh", "parse"]

Array = NDArray[np.float64]

MAX_BYTES = 1 << 30
_MAX_HEADER = 4 << 20
_MAX_JOINTS = 1_000
_MAX_DEPTH = 200
_MAX_FRAMES = 10_000_000
_MAX_VALUES = 200_000_000

_CHANNEL = re.compile(r"([xyz])(position|rotation)", re.IGNORECASE)
_MOTION = re.compile(rb"\}\s*MOTION(?=\s)", re.IGNORECASE)
_FRAMES = re.compile(
    rb"\s*Frames\s*:\s*(\S{1,40})\s+Frame\s*Time\s*:[^\S\n]*(\S{0,40})", re.IGNORECASE
)


@dataclass
class Joint:
    """One joint or end site.

    Attributes
    ----------
    name : str
        As in the file; an end site is ``"its joint/end"``.
    parent : int
        Index of its parent, which comes before it; -1 for the root.
    offset : (3,) float
        From its parent, file units, in the rest pose.
    channels : list of (int, bool)
        In the file's order: axis (0 to 2), and whether it turns (or else moves).
    column : int
        Where its channels begin in the numbers of a frame.
    """

    name: str
    parent: int
    offset: Array | None = None
    channels: list[tuple[int, bool]] | None = None
    column: int = 0


@dataclass(frozen=True)
class BvhText:
    """What stands in a BVH file.

    Attributes
    ----------
    joints : list of Joint
        Parents before their children.
    values : (frames, channels) float
        Finite.
    frame_time : float or None
        Seconds; None where the header's is not a time.
    """

    joints: list[Joint]
    values: Array
    frame_time: float | None


def is_bvh(head: bytes) -> bool:
    """Whether a file that begins so is a BVH file.

    Examples
    --------
    >>> is_bvh("HIERARCHY ROOT hip".encode("utf-16")), is_bvh(b"ROOT")
    (True, False)
    """
    try:
        plain = _plain(head[:512])
    except DamagedFile:
        return False
    return plain.lstrip()[:9].upper() == b"HIERARCHY"


def parse(data: bytes, *, need_frame_time: bool = True) -> BvhText:
    """Take a BVH file apart.

    Parameters
    ----------
    data : bytes
        The whole file.
    need_frame_time : bool
        False where the frame rate is given, so that a bad one does not matter.

    Returns
    -------
    BvhText

    Raises
    ------
    DamagedFile
        When the text is broken, cut short or absurd.

    Examples
    --------
    >>> text = parse(
    ...     b"HIERARCHY ROOT hip { OFFSET 0 0 0 CHANNELS 1 Xposition }"
    ...     b" MOTION Frames: 2 Frame Time: 0,04 1,5 2"
    ... )
    >>> text.joints[0].name, text.values.tolist(), text.frame_time
    ('hip', [[1.5], [2.0]], 0.04)
    """
    plain = _plain(data)
    motion = _MOTION.search(plain, 0, _MAX_HEADER)
    if motion is None:
        raise DamagedFile(
            "A BVH file needs a HIERARCHY and then a MOTION section, and this one "
            f"breaks off before MOTION. {AGAIN}"
        )
    joints = _Hierarchy(_text(plain[: motion.start() + 1])).read()
    width = sum(len(joint.channels or ()) for joint in joints)
    if width == 0:
        raise DamagedFile(
            "A BVH file needs channels that move its joints, and this one has none. "
            f"{AGAIN}"
        )
    claimed = _FRAMES.match(plain, motion.end(), motion.end() + 4096)
    if claimed is None:
        raise DamagedFile(
            "The MOTION section of a BVH file needs 'Frames: N' and 'Frame Time: S', "
            f"and this one does not begin so. {AGAIN}"
        )
    frames = _frame_count(claimed[1], width)
    frame_time = _frame_time(claimed[2], needed=need_frame_time)
    owners = [joint.name for joint in joints for _ in joint.channels or ()]
    values = read_frames(plain, claimed.end(), frames, owners)
    return BvhText(joints, values, frame_time)


def _plain(data: bytes) -> bytes:
    """The text in an encoding that contains ASCII, without a byte order mark."""
    codec = None
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        codec = "utf-16"
    elif data[:4] == b"H\0I\0":
        codec = "utf-16-le"
    elif data[:4] == b"\0H\0I":
        codec = "utf-16-be"
    if codec is None:
        return data.removeprefix(b"\xef\xbb\xbf")
    try:
        return data.decode(codec).encode("utf-8")
    except UnicodeError as error:
        raise DamagedFile(
            f"The file begins as {codec.upper()} text, and does not go on so. {AGAIN}"
        ) from error


def _text(header: bytes) -> str:
    try:
        text = header.decode("utf-8")
    except UnicodeDecodeError:
        text = header.decode("latin-1")
    return text.replace("\r\n", "\n").replace("\r", "\n")


@dataclass
class _Hierarchy:
    """Reads the HIERARCHY section, token by token, without recursion."""

    text: str
    joints: list[Joint] = field(default_factory=list)
    tokens: list[str] = field(init=False)
    at: int = 0
    line: int = 1
    width: int = 0

    def __post_init__(self) -> None:
        self.tokens = re.findall(r"\n|[{}]|[^\s{}]+", self.text)

    def fail(self, needed: str, came: str) -> NoReturn:
        """Say what is wrong on the present line."""
        raise DamagedFile(
            f"A BVH hierarchy needs {needed}, and line {self.line} has {came[:60]!r}. "
            f"{AGAIN}"
        )

    def _more(self) -> bool:
        """Go past line ends; whether anything comes after them."""
        while self.at < len(self.tokens) and self.tokens[self.at] == "\n":
            self.at, self.line = self.at + 1, self.line + 1
        return self.at < len(self.tokens)

    def next(self, needed: str) -> str:
        """The next token that is not a line end."""
        if not self._more():
            self.fail(needed, "nothing more")
        self.at += 1
        return self.tokens[self.at - 1]

    def name(self) -> str:
        """The rest of a line, up to the brace, as a name; then the brace."""
        words = [self.next("a joint name")]
        while self.at < len(self.tokens) and self.tokens[self.at] not in "\n{}":
            words.append(self.tokens[self.at])
            self.at += 1
        if words[0] in "{}":
            self.fail("a joint name", words[0])
        brace = self.next("'{' after a joint name")
        if brace != "{":
            self.fail("'{' after a joint name", brace)
        return " ".join(words)

    def read(self) -> list[Joint]:
        """All joints, parents first."""
        first = self.next("the word HIERARCHY")
        if first.upper() != "HIERARCHY":
            self.fail("the word HIERARCHY", first)
        stack: list[int] = []
        while self._more():
            self._statement(self.next("a joint"), stack)
        if stack or not self.joints:
            self.fail("joints with every brace closed", "nothing more")
        return self.joints

    def _statement(self, token: str, stack: list[int]) -> None:
        word = token.upper()
        if word in ("ROOT", "JOINT", "END"):
            self._open(word, stack)
        elif not stack:
            self.fail("ROOT", token)
        elif word == "OFFSET":
            self._offset(self.joints[stack[-1]])
        elif word == "CHANNELS":
            self._channels(self.joints[stack[-1]])
        elif word == "}":
            self._close(self.joints[stack.pop()])
        else:
            self.fail("JOINT, End Site, OFFSET, CHANNELS or a brace", token)

    def _open(self, word: str, stack: list[int]) -> None:
        if (word == "ROOT") == bool(stack):
            self.fail("ROOT outside of all joints and JOINT inside", word)
        name = self.name()
        if word == "ROOT" and self.joints:
            raise DamagedFile(
                "A recording needs to hold one dancer, and this BVH file has several "
                f"ROOT joints (line {self.line}). Export each dancer on its own."
            )
        if word == "END":
            name = f"{self.joints[stack[-1]].name}/end"
        joint = Joint(name, stack[-1] if stack else -1, column=self.width)
        if word == "END":
            joint.channels = []
        stack.append(len(self.joints))
        self.joints.append(joint)
        if len(self.joints) > _MAX_JOINTS or len(stack) > _MAX_DEPTH:
            self.fail(
                f"at most {_MAX_JOINTS} joints, {_MAX_DEPTH} deep", "one more than that"
            )

    def _offset(self, joint: Joint) -> None:
        numbers = []
        for _ in range(3):
            token = self.next("three numbers after OFFSET")
            value = number(token)
            if value is None:
                self.fail("three finite numbers after OFFSET", token)
            numbers.append(value)
        joint.offset = np.array(numbers)

    def _channels(self, joint: Joint) -> None:
        token = self.next("a count after CHANNELS")
        if joint.channels is not None or not re.fullmatch("[0-9]", token):
            self.fail("CHANNELS once a joint, with a count of 0 to 9", token)
        joint.channels = []
        for _ in range(int(token)):
            name = self.next("channel names")
            kind = _CHANNEL.fullmatch(name)
            if kind is None:
                self.fail("channels such as Xposition or Zrotation", name)
            turns = kind[2].lower() == "rotation"
            joint.channels.append(("xyz".index(kind[1].lower()), turns))
        self.width += len(joint.channels)

    def _close(self, joint: Joint) -> None:
        if joint.offset is None:
            self.fail(f"an OFFSET in joint {joint.name[:40]}", "}")
        if joint.channels is None:
            self.fail(f"CHANNELS in joint {joint.name[:40]}", "}")


def _frame_count(token: bytes, width: int) -> int:
    frames = int(token) if re.fullmatch(rb"[0-9]{1,12}", token) else 0
    if not 0 < frames <= _MAX_FRAMES or frames * width > _MAX_VALUES:
        raise DamagedFile(
            f"A BVH file needs 1 to {min(_MAX_FRAMES, _MAX_VALUES // width):,} frames "
            f"of {width} channels, and this one says {token.decode('latin-1')!r}. "
            "Export it again, or in parts."
        )
    return frames


def _frame_time(token: bytes, *, needed: bool) -> float | None:
    value = number(token.decode("latin-1"))
    if value is not None and 1e-6 <= value <= 1e4:
        return value
    if needed:
        raise DamagedFile(
            "A BVH file needs a Frame Time in seconds above 0, and this one says "
            f"{token.decode('latin-1')!r}. Say the frame rate with --fps."
        )
    return None
