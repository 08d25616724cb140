"""How whole files are broken: blindly, and with some idea of what they are.

A mutation is a function of content and random numbers; :func:`broken` applies one to
four. All depends on the numbers alone, so a broken file can be made again.
"""

from __future__ import annotations

import io
import json
import lzma
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable
from random import Random
from typing import Any

__all__ = ["broken"]

Mutation = Callable[[bytes, Random], bytes]

_MAX_BYTES = 8 << 20
_HEADER = 2048  # bytes, where most formats say how much is to come
_EDGES = (0, 1, 2, 7, 0x50, 0x7F, 0x80, 0xFE, 0xFF)
_WHOLE = (
    0, 1, -1, 2, 127, 128, 255, 256, 32767, 32768, 65535, 65536, 1 << 24, (1 << 31) - 1,
    1 << 31, (1 << 32) - 1, 1 << 40, (1 << 63) - 1, 1 << 63,
)  # fmt: skip
_REAL = (0.0, -0.0, 1e-45, 1e38, -1e38, 1e300, float("inf"), float("-inf"),
         float("nan"))  # fmt: skip
_NUMBERS = (
    "0", "-1", "1", "2", "nan", "NaN", "inf", "-Infinity", "1e308", "1e999", "-1e-320",
    "99999999999999999999", "2147483648", "4294967296", "65536", "1e9", "0.0000001",
    "0x10", "1_000", "١٢", "1,5", "", "--", "1e", "+", "1.2.3", "null", "true", '"3"',
)  # fmt: skip
_NO_ZIP = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError,
    RuntimeError, ValueError, LookupError, OverflowError, MemoryError,
)  # fmt: skip
_NUMBER = re.compile(rb"[-+]?\d+(?:[.,]\d+)?(?:[eE][-+]?\d+)?")
_WORD = re.compile(rb"[A-Za-z_#]{2,40}")


def broken(content: bytes, other: bytes, rng: Random) -> bytes:
    """A broken file, from a whole one and another whole one of the format.

    Parameters
    ----------
    content, other : bytes
    rng : random.Random

    Returns
    -------
    bytes
        Of 8 MiB at most.
    """
    for _ in range(rng.choice((1, 1, 1, 2, 2, 3, 4))):
        content = rng.choice(_fitting(content))(content, rng)
        if rng.random() < 0.05:
            content = _spliced(content, other, rng)
    return content[:_MAX_BYTES]


def _fitting(content: bytes) -> tuple[Mutation, ...]:
    if content[:2] == b"PK":
        return (*BLIND, _in_zip, _in_zip, _in_zip, _in_zip, _in_zip, _in_zip)
    if b"\0" in content[:4096]:
        return (*BLIND, _edge_of_header, _edge_of_header, _edge_of_header)
    if content[:64].lstrip()[:1] in (b"{", b"["):
        return (*BLIND, *TEXT, _in_json, _in_json, _in_json, _in_json, _in_json)
    return (*BLIND, *TEXT, *TEXT)


def _at(content: bytes, rng: Random) -> int:
    """A place, most often in the header."""
    end = _HEADER if rng.random() < 0.6 else len(content)
    return rng.randrange(max(min(end, len(content)), 1))


def _bits(content: bytes, rng: Random) -> bytes:
    out = bytearray(content)
    for _ in range(rng.choice((1, 1, 2, 8, 64))):
        if out:
            out[_at(content, rng)] ^= 1 << rng.randrange(8)
    return bytes(out)


def _bytes(content: bytes, rng: Random) -> bytes:
    out = bytearray(content)
    for _ in range(rng.choice((1, 1, 2, 8, 64))):
        if out:
            out[_at(content, rng)] = rng.choice((*_EDGES, rng.randrange(256)))
    return bytes(out)


def _cut(content: bytes, rng: Random) -> bytes:
    return content[: _at(content, rng)]


def _piece(content: bytes, rng: Random) -> tuple[int, int]:
    start = _at(content, rng)
    return start, start + rng.choice((1, 2, 4, 16, 64, 512, 4096, len(content) // 2))


def _deleted(content: bytes, rng: Random) -> bytes:
    start, end = _piece(content, rng)
    return content[:start] + content[end:]


def _doubled(content: bytes, rng: Random) -> bytes:
    start, end = _piece(content, rng)
    times = rng.choice((1, 1, 2, 50)) if end - start < 5000 else 1
    return content[:end] + content[start:end] * times + content[end:]


def _noise(content: bytes, rng: Random) -> bytes:
    start, end = _piece(content, rng)
    end = min(end, len(content))
    return content[:start] + rng.randbytes(max(end - start, 0)) + content[end:]


def _edge(content: bytes, rng: Random, at: int | None = None) -> bytes:
    """A number at which counters turn over, of 1 to 8 bytes, anywhere."""
    order, size = rng.choice("<>"), rng.choice((1, 2, 2, 4, 4, 8))
    if size >= 4 and rng.random() < 0.4:
        number = rng.choice(_REAL)
        number = number if size == 8 else max(min(number, 3e38), -3e38)
        raw = struct.pack(order + ("f" if size == 4 else "d"), number)
    else:
        whole = rng.choice(_WHOLE) % (1 << 8 * size)
        raw = whole.to_bytes(size, "little" if order == "<" else "big")
    place = _at(content, rng) if at is None else at
    return content[:place] + raw + content[place + size :]


def _edge_of_header(content: bytes, rng: Random) -> bytes:
    """Such a number where a field of a binary header begins, as it is aligned there."""
    end = min(rng.choice((32, 64, 512, _HEADER)), max(len(content), 2))
    return _edge(content, rng, 2 * rng.randrange(end // 2))


def _spliced(content: bytes, other: bytes, rng: Random) -> bytes:
    return content[: _at(content, rng)] + other[_at(other, rng) :]


def _numbers(content: bytes, rng: Random) -> bytes:
    """Numbers of a text by odd ones."""
    found = list(_NUMBER.finditer(content[:200_000]))
    for match in sorted(
        rng.sample(found, min(len(found), rng.choice((1, 1, 2, 5)))),
        key=lambda match: -match.start(),
    ):
        odd = rng.choice(_NUMBERS).encode()
        content = content[: match.start()] + odd + content[match.end() :]
    return content


def _all_numbers(content: bytes, rng: Random) -> bytes:
    """One number throughout by another, as when a column is of another kind."""
    found = _NUMBER.findall(content[:200_000])
    if not found:
        return content
    return content.replace(rng.choice(found), rng.choice(_NUMBERS).encode())


def _words(content: bytes, rng: Random) -> bytes:
    """A word by another of the same text, or by none."""
    found = list(_WORD.finditer(content[:200_000]))
    if len(found) < 2:
        return content
    match, other = rng.sample(found, 2)
    word = rng.choice((other.group(), b"", b"\xff\xfe", b"x" * 3000, b"a:b:c"))
    return content[: match.start()] + word + content[match.end() :]


def _rows(content: bytes, rng: Random) -> bytes:
    """Lines left out, said twice, exchanged, or many times."""
    lines = content.split(b"\n")
    a, b = rng.randrange(len(lines)), rng.randrange(len(lines))
    kind = rng.randrange(4)
    if kind == 0:
        del lines[a]
    elif kind == 1:
        lines.insert(b, lines[a])
    elif kind == 2:
        lines[a], lines[b] = lines[b], lines[a]
    else:
        lines[a:a] = lines[a : a + 1] * min(1000, _MAX_BYTES // (len(lines[a]) + 1))
    return b"\n".join(lines)


def _separators(content: bytes, rng: Random) -> bytes:
    old, new = rng.sample((b",", b"\t", b";", b" ", b".", b"\r\n", b"\n", b'"'), 2)
    return content.replace(old, new, rng.choice((1, 3, -1)))


def _encoded(content: bytes, rng: Random) -> bytes:
    text = content.decode("utf-8", "replace")
    code = rng.choice(("utf-16", "utf-16-le", "utf-8-sig", "latin-1", "utf-32"))
    return text.encode(code, "replace")


def _nested(content: bytes, rng: Random) -> bytes:
    place, deep = _at(content, rng), rng.choice((10, 300, 100_000))
    return content[:place] + rng.choice((b"[", b"{", b'{"a":', b"(")) * deep + content


def _in_json(content: bytes, rng: Random) -> bytes:
    """One value of a JSON text by one of another kind."""
    try:
        root: list[Any] = [json.loads(content)]
    except (ValueError, RecursionError):
        return _numbers(content, rng)
    node: Any = root
    key: Any = 0
    while isinstance(node[key], (dict, list)) and node[key] and rng.random() < 0.85:
        node = node[key]
        key = rng.choice([*node] if isinstance(node, dict) else range(len(node)))
    inner = node[key]
    node[key] = rng.choice(
        (None, True, -1, 1e308, 1 << 70, "", "x", [], {}, [[]], [0] * 75, {"a": inner})
    )
    if rng.random() < 0.2 and isinstance(node, list) and node is not root:
        node *= rng.choice((0, 2, 300))
    return json.dumps(root[0]).encode()


def _in_zip(content: bytes, rng: Random) -> bytes:
    """One member of a zip file broken, or renamed, or there twice."""
    out = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as old:
            members = [(name, old.read(name)) for name in old.namelist()]
    except _NO_ZIP:
        return _bytes(content, rng)
    if not members:
        return content
    at = rng.randrange(len(members))
    name, inner = members[at]
    way = rng.randrange(6)
    if way == 0:
        members.append(members[at])
    elif way == 1:
        members[at] = (rng.choice((name[:-4], "../x.npy", "poses.npy", "")), inner)
    elif way == 2:
        members[at] = (name, rng.choice(NPY)(inner, rng))
    elif way == 3:
        members[at] = (name, rng.choice((b"", bytes(6 << 20), inner * 2)))
    else:
        members[at] = (name, rng.choice(BLIND)(inner, rng))
    kind = rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA))
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(out, "w") as new:
        for name, inner in members:  # of which two may have one name
            new.writestr(zipfile.ZipInfo(name or "x"), inner, kind)
    return out.getvalue()


def _shape(content: bytes, rng: Random) -> bytes:
    shape = rng.choice((b"(0,)", b"(1000000000, 156)", b"(-4, 3)", b"()", b"(2, 2, 2)"))
    return re.sub(rb"\([\d, ]*\)", shape, content[:128], count=1) + content[128:]


def _dtype(content: bytes, rng: Random) -> bytes:
    kind = rng.choice(
        (b"|O", b"<f2", b"<c16", b"<U99", b"|V9", b">i8", b"<M8[s]", b"|b1")
    )
    return re.sub(rb"'[<>|][^']*'", b"'" + kind + b"'", content[:128]) + content[128:]


BLIND: tuple[Mutation, ...] = (
    _bits, _bytes, _cut, _deleted, _doubled, _noise, _edge, _edge,
)  # fmt: skip
TEXT: tuple[Mutation, ...] = (
    _numbers, _numbers, _numbers, _all_numbers, _words, _rows, _separators, _encoded,
    _nested,
)  # fmt: skip
NPY: tuple[Mutation, ...] = (_shape, _dtype)
