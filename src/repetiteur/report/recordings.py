"""The facts of both recordings: file, picture, tracker, and what was done to them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from repetiteur.model.poses import rate
from repetiteur.rehearsal import Recording, Rehearsal
from repetiteur.report import words

_MOST_LINES, _LONGEST_LINE = 60, 300


@dataclass(frozen=True)
class History:
    """What was done to one recording, a line for each step; ``more`` are left out."""

    label: str
    lines: tuple[str, ...]
    more: int

    @property
    def count(self) -> int:
        """How many steps there were."""
        return len(self.lines) + self.more


def is_seen(recording: Recording) -> bool:
    """Whether one camera saw it, so that places are pixels of a picture."""
    return bool(recording.poses.sizes["space"] == 2)


def lacks(rehearsal: Rehearsal, who: str, reason: str, instead_of: str) -> str:
    """A sentence on a video that cannot be shown: the figure stands in its place."""
    recording = rehearsal.reference if who == "ref" else rehearsal.take
    whose = "reference's" if who == "ref" else "take's"
    return (
        f"The {whose} video, {words.file_name(recording.source)}, {reason}: the figure "
        f"is drawn instead of {instead_of}."
    )


def recording_rows(rehearsal: Rehearsal) -> list[tuple[str, str, str]]:
    """Rows of the table of recordings: label, reference, take.

    What neither recording has is left out.
    """
    one, two = rehearsal.reference, rehearsal.take
    mirrored = rehearsal.alignment.side == "mirrored"
    rows = [
        ("File", *(words.file_name(r.source) for r in (one, two))),
        ("Length", *(words.moment(r.duration_s) for r in (one, two))),
        ("Frames", *(_rate(r) for r in (one, two))),
        ("Picture", *(_picture(r) for r in (one, two))),
        ("Seen", *(_space(r) for r in (one, two))),
        ("Tracker", *(_tracker(r) for r in (one, two))),
        ("Drawn", "mirrored" if mirrored else "as recorded", "as recorded"),
        ("Checksum", *(_short(r.sha256) for r in (one, two))),
    ]
    return [
        (label, left or "none", right or "none")
        for label, left, right in rows
        if left or right
    ]


def histories(rehearsal: Rehearsal) -> list[History]:
    """What was done to the reference and to the take; nothing where nothing was."""
    pairs = ("Reference", rehearsal.reference), ("You", rehearsal.take)
    found = [_history(label, recording) for label, recording in pairs]
    return [history for history in found if history.count]


def _history(label: str, recording: Recording) -> History:
    text = str(recording.poses.attrs.get("history", ""))
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    shown = tuple(_cut(line) for line in lines[:_MOST_LINES])
    return History(label, shown, len(lines) - len(shown))


def _cut(line: str) -> str:
    return line if len(line) <= _LONGEST_LINE else f"{line[:_LONGEST_LINE]} …"


def _rate(recording: Recording) -> str:
    frames = rate(recording.poses)
    return f"{frames:.4g} a second" if np.isfinite(frames) else "one alone"


def _picture(recording: Recording) -> str:
    sides = [recording.poses.attrs.get(f"image_{side}") for side in ("width", "height")]
    if not is_seen(recording) or not all(
        isinstance(n, int | np.integer) for n in sides
    ):
        return ""
    return f"{sides[0]} × {sides[1]} pixels"


def _space(recording: Recording) -> str:
    return "by one camera (2D)" if is_seen(recording) else "in space (3D)"


def _tracker(recording: Recording) -> str:
    """Which program found the dancer in the picture; nothing for motion files."""
    if not is_seen(recording):
        return ""
    return _cut(str(recording.poses.attrs.get("source_software", ""))) or "not known"


def _short(sha256: str) -> str:
    return f"{sha256[:4]} {sha256[4:8]} …" if len(sha256) > 8 else sha256 or "none"
