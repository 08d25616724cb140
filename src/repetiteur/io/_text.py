"""Files of text: their encoding, lines and cells, whatever system wrote them."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from pathlib import Path

from repetiteur.errors import DamagedFile

__all__ = [
    "AGAIN", "cells", "decoded", "delimiter_of", "distinct", "first_lines", "take_line",
    "text_of",
]  # fmt: skip

AGAIN = "Copy or export the file again."
MAX_BYTES = 1 << 30
_MAX_LINE = 4 << 20
_MAX_CELLS = 20_000
_MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def first_lines(head: bytes) -> list[str]:
    r"""The lines at the beginning of a file; none where it is not text.

    Parameters
    ----------
    head : bytes
        The first bytes of the file. The last line may be cut.

    Examples
    --------
    >>> first_lines("time_s,knéé_x\r\n0,1".encode("utf-16"))
    ['time_s,knéé_x', '0,1']
    >>> first_lines(b"\x89HDF\r\n\x1a\n")
    []
    """
    codec = _codec(head)
    if codec is not None:
        text = head.decode(codec, errors="ignore")
    else:
        try:
            text = head[:-3].decode("utf-8") + head[-3:].decode("utf-8", "ignore")
        except UnicodeDecodeError:
            text = head.decode("latin-1")
    if _CONTROL.search(text):
        return []
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def text_of(path: Path) -> bytes:
    r"""The whole text, with ``\n`` at line ends, in an encoding that contains ASCII.

    Parameters
    ----------
    path : Path

    Raises
    ------
    DamagedFile
        When the file is too large, or its text breaks its own encoding.

    Examples
    --------
    >>> file = getfixture("tmp_path") / "a.csv"
    >>> _ = file.write_bytes("a,b\r\n1,2".encode("utf-16"))
    >>> text_of(file)
    b'a,b\n1,2'
    """
    if path.stat().st_size > MAX_BYTES:
        raise DamagedFile(
            f"A table needs to be below {MAX_BYTES >> 20} MiB, and {path.name} is "
            "larger. Export it in parts."
        )
    return decoded(path.read_bytes())


def decoded(data: bytes) -> bytes:
    r"""The text of a file's bytes, as :func:`text_of` gives it.

    Examples
    --------
    >>> decoded(b"a,b\r1,2")
    b'a,b\n1,2'
    """
    codec = _codec(data[:4])
    if codec is not None:
        try:
            data = data.decode(codec).encode("utf-8")
        except UnicodeError as error:
            raise DamagedFile(
                f"The file begins as {codec.upper()} text, and does not go on so. "
                f"{AGAIN}"
            ) from error
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return data


def _codec(head: bytes) -> str | None:
    for mark, codec in _MARKS.items():
        if head.startswith(mark):
            return codec
    return "utf-16-le" if len(head) > 3 and head[1:4:2] == b"\0\0" else None


def take_line(data: bytes, start: int) -> tuple[str, int]:
    r"""A line of the text, and where the next one begins.

    Examples
    --------
    >>> take_line(b"a\tb\n1", 0), take_line(b"a\tb\n1", 4)
    (('a\tb', 4), ('1', 5))
    """
    end = data.find(b"\n", start, start + _MAX_LINE)
    if end < 0:
        if len(data) - start > _MAX_LINE:
            raise DamagedFile(
                f"A header needs lines below {_MAX_LINE >> 20} MiB, and this file has "
                f"a longer one. {AGAIN}"
            )
        end = len(data)
    line = data[start:end]
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        text = line.decode("latin-1")
    return text, min(end + 1, len(data))


def cells(line: str, delimiter: str) -> list[str]:
    """The cells of one line, without the spaces and quotes around them.

    Examples
    --------
    >>> cells('Frame, "Anna, the first" ,X', ",")
    ['Frame', 'Anna, the first', 'X']
    """
    if '"' in line:
        try:
            found = next(
                csv.reader([line], delimiter=delimiter, skipinitialspace=True), []
            )
        except csv.Error:  # a cell above the library's limit
            found = line.replace('"', "").split(delimiter)
    else:
        found = line.split(delimiter)
    if len(found) > _MAX_CELLS:
        raise DamagedFile(
            f"A table needs at most {_MAX_CELLS:,} columns, and this one has "
            f"{len(found):,}. Export fewer points."
        )
    return [cell.strip() for cell in found]


def delimiter_of(line: str) -> str:
    r"""What stands between the cells of a line: a tab, a semicolon or a comma.

    Examples
    --------
    >>> delimiter_of("time;left knee, x;left knee, y"), delimiter_of("a\tb,c")
    (';', '\t')
    """
    bare = re.sub('"[^"]*"', "", line)
    if "\t" in bare:
        return "\t"
    return ";" if bare.count(";") > 1 or "," not in bare else ","


def distinct(names: Sequence[str]) -> list[str]:
    """Names with a number behind each that came before.

    Examples
    --------
    >>> distinct(["LKNE", "RKNE", "LKNE"])
    ['LKNE', 'RKNE', 'LKNE (2)']
    """
    seen: dict[str, int] = {}
    out = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        out.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return out
