"""Pictures of the two moments of a note, cut from the videos.

Both dancers are equally large in the two pictures of a note. A picture that cannot be
had is left out, with the reason; the page then draws the figure.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field

import cv2
import numpy as np

from repetiteur.errors import RepetiteurError
from repetiteur.model.findings import Note
from repetiteur.rehearsal import Rehearsal
from repetiteur.report import words
from repetiteur.report.bones import Lines, lines
from repetiteur.report.clock import clock_take
from repetiteur.report.film import Film, Picture, both, film_of
from repetiteur.report.framing import Frame, frame_pair
from repetiteur.report.marks import mark_of
from repetiteur.report.recordings import is_seen, lacks

MOST_NOTES = 8
WIDTH = 164.0  # of the view, its own units: about a CSS pixel beside the glyph
_PIXELS_HIGH = 360
_QUALITY = 80


@dataclass(frozen=True)
class Still:
    """One moment of a recording, cut to the dancer, with what is drawn over it.

    Attributes
    ----------
    source : str
        The picture as a ``data:`` address, JPEG.
    place : (x, y, width, height)
        Where it lies in the view.
    width, height : float
        Of the view.
    drawn : Lines
    value : str
        What was measured there, for its label; empty where nothing is labelled.
    alt : str
        What is to be seen, in words.
    """

    source: str
    place: tuple[float, float, float, float]
    width: float
    height: float
    drawn: Lines
    value: str
    alt: str


@dataclass(frozen=True)
class Stills:
    """The pictures of a rehearsal, by note and performance, and why some are missing.

    ``of[("n1", "take")]`` is the picture of the take for the first note.
    """

    of: Mapping[tuple[str, str], Still] = field(default_factory=dict)
    missing: tuple[str, ...] = ()


def stills(rehearsal: Rehearsal, *, blur_faces: bool = False) -> Stills:
    """Pictures for the first notes, where the recordings are videos.

    Parameters
    ----------
    rehearsal : Rehearsal
    blur_faces : bool
        Hide the faces of both dancers.

    Returns
    -------
    Stills
        Empty for motion files. The reference's pictures are mirrored where the take
        matches its mirror image.
    """
    notes = _notes(rehearsal)
    films: dict[str, Film] = {}
    missing: dict[str, str] = {}
    for who, recording in both(rehearsal).items():
        if recording.video is None or not is_seen(recording) or not notes:
            continue
        found = film_of(recording, blur_faces=blur_faces)
        if isinstance(found, str):
            missing[who] = found
        else:
            films[who] = found
    of: dict[tuple[str, str], Still] = {}
    for name, note in notes.items():
        when = _moments(rehearsal, note)
        shots = {who: (film, film.nearest(when[who])) for who, film in films.items()}
        for who, still in _pair(note, shots, missing).items():
            of[name, who] = still
    lines = (lacks(rehearsal, *item, "a picture") for item in missing.items())
    return Stills(of, tuple(lines))


def _notes(rehearsal: Rehearsal) -> dict[str, Note]:
    first = rehearsal.findings.notes[:MOST_NOTES]
    return {f"n{rank}": note for rank, note in enumerate(first, start=1)}


def _moments(rehearsal: Rehearsal, note: Note) -> dict[str, float]:
    """The seconds that are shown; a note about time shows one moment of the clock."""
    take = note.at_take_s
    if note.kind in ("late", "early"):
        take = clock_take(rehearsal, note.at_reference_s)
    return {"ref": note.at_reference_s, "take": take}


def _pair(
    note: Note, shots: Mapping[str, tuple[Film, int]], missing: dict[str, str]
) -> dict[str, Still]:
    """The pictures of a note; a frame that cannot be had is noted as missing."""
    out = {}
    cuts = frame_pair([(film.seen, frame) for film, frame in shots.values()])
    for (who, (film, frame)), cut in zip(shots.items(), cuts, strict=True):
        if cut is None:
            continue
        try:
            whole = film.picture(frame)
        except (RepetiteurError, OSError):
            whole = None
        if whole is None:
            missing.setdefault(who, "is damaged at some of the moments")
        else:
            out[who] = _still(whole, cut.inside(*film.size), film, frame, (who, note))
    return out


def _still(
    whole: Picture, cut: Frame, film: Film, frame: int, which: tuple[str, Note]
) -> Still:
    who, note = which
    zoom = WIDTH / cut.width
    joints = {
        name: (float((x - cut.left) * zoom), float((y - cut.top) * zoom))
        for name, (x, y) in film.seen.at(frame).items()
    }
    source, place = _cut(whole, cut, film.size)
    measured = note.reference_value if who == "ref" else note.take_value
    mark = mark_of(note.measure)
    drawn = lines(joints, mark, note.side, WIDTH)
    known = bool(drawn.accent) and np.isfinite(measured)
    value = words.plain_value(measured, note.difference.unit) if known else ""
    return Still(
        source=source,
        place=place,
        width=WIDTH,
        height=cut.height * zoom,
        drawn=drawn,
        value=value,
        alt=_alt(which, film, frame, value),
    )


def _cut(
    whole: Picture, cut: Frame, size: tuple[float, float]
) -> tuple[str, tuple[float, float, float, float]]:
    """What lies in the rectangle as JPEG, and where that is in the view."""
    high, wide = whole.shape[:2]
    per_x, per_y = wide / size[0], high / size[1]
    left, right = np.clip(
        np.round(np.array([cut.left, cut.left + cut.width]) * per_x), 0, wide
    ).astype(int)
    top, bottom = np.clip(
        np.round(np.array([cut.top, cut.top + cut.height]) * per_y), 0, high
    ).astype(int)
    left, top = min(left, wide - 1), min(top, high - 1)  # of one pixel at least
    part = whole[top : max(bottom, top + 1), left : max(right, left + 1)]
    shrink = min(1.0, _PIXELS_HIGH / (cut.height * per_y))
    shape = tuple(max(1, round(n * shrink)) for n in (part.shape[1], part.shape[0]))
    small = cv2.resize(part, shape, interpolation=cv2.INTER_AREA)
    _, jpeg = cv2.imencode(
        ".jpg",
        cv2.cvtColor(small, cv2.COLOR_RGB2BGR),
        [cv2.IMWRITE_JPEG_QUALITY, _QUALITY],
    )
    zoom = WIDTH / cut.width
    place = (
        (left / per_x - cut.left) * zoom,
        (top / per_y - cut.top) * zoom,
        part.shape[1] / per_x * zoom,
        part.shape[0] / per_y * zoom,
    )
    text = base64.b64encode(jpeg.tobytes()).decode("ascii")
    return f"data:image/jpeg;base64,{text}", place


def _alt(which: tuple[str, Note], film: Film, frame: int, value: str) -> str:
    """What a picture shows, in words."""
    who, note = which
    whose = "The reference" if who == "ref" else "You"
    when = words.moment(float(film.seen.time[frame]))
    video = "the video, mirrored" if film.is_mirrored else "the video"
    shown = f"{whose} at {when}, from {video}, with the bones drawn"
    if not value:
        return f"{shown}."
    side = f", {note.side}" if note.side in ("left", "right") else ""
    return f"{shown}. {words.measure_name(note.measure)}{side}: {value}."
