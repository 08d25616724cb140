"""Quality: how the movement is done beside the references, as the page tells it.

What differs is said of the findings alone; the ribbons are a picture, and the table has
every quality with its interval.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from repetiteur.expression.compare import Finding
from repetiteur.rehearsal import Rehearsal
from repetiteur.rehearsal.expressing import Expressed
from repetiteur.report import words
from repetiteur.report.expression import finding_size, rows
from repetiteur.report.face_charts import FaceSection, face_section
from repetiteur.report.profile import Ribbon, ribbons
from repetiteur.report.unseen import Unseen, unseen

__all__ = ["Different", "Qualities", "Row", "qualities"]

#: Parts of the phrase that have a button each.
_MOST_PLACES = 6
#: Findings that stand open; the others are folded.
_OPEN = 3


@dataclass(frozen=True)
class Place:
    """A moment to go to: what it is called, and its second of the reference."""

    text: str
    at_s: float


@dataclass(frozen=True)
class Different:
    """What differs: in words, when, and by how much; and moments to go to."""

    text: str
    when: str
    size: str
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Row:
    """One quality over the whole phrase."""

    name: str
    unit: str
    reference: str
    take: str
    difference: str
    interval: str
    floor: str


@dataclass(frozen=True)
class Qualities:
    """All that the page says of quality.

    Attributes
    ----------
    ribbons : tuple of Ribbon
    open, folded : tuple of Different
    several : bool
        Whether the references are several.
    rows : tuple of Row
    unjudged : tuple of Unseen
    face : FaceSection or None
        None where nobody looked, or where faces are hidden.
    """

    ribbons: tuple[Ribbon, ...]
    open: tuple[Different, ...]
    folded: tuple[Different, ...]
    several: bool
    rows: tuple[Row, ...]
    unjudged: tuple[Unseen, ...]
    face: FaceSection | None


def qualities(rehearsal: Rehearsal, *, blur_faces: bool = False) -> Qualities | None:
    """What the page says of quality; None where nobody looked.

    Parameters
    ----------
    rehearsal : Rehearsal
    blur_faces : bool
        Who has the faces hidden has nothing told of them either.

    Examples
    --------
    >>> from repetiteur.rehearsal import recording_from_poses, rehearse
    >>> from repetiteur.synthetic.demo import demo_reference
    >>> adage = recording_from_poses(demo_reference(), "adage")
    >>> found = qualities(rehearse(adage, adage))
    >>> found.open, [ribbon.name for ribbon in found.ribbons]
    ((), ['Energy', 'Opening'])
    """
    told = rehearsal.expressed
    if told is None:
        return None
    body = told.body
    own_s = {
        there.start_s: own.start_s
        for there, own in zip(body.windows, body.take_windows, strict=True)
    }
    said = [_different(one, own_s) for one in body.findings]
    face = None if blur_faces or told.face is None else face_section(told.face)
    return Qualities(
        ribbons=ribbons(body),
        open=tuple(said[:_OPEN]),
        folded=tuple(said[_OPEN:]),
        several=bool(rehearsal.references),
        rows=tuple(_rows(told)),
        unjudged=tuple(unseen(body.not_judged)),
        face=face,
    )


def _different(found: Finding, own_s: Mapping[float, float]) -> Different:
    """A finding in words; its places are called by their moments in the take."""
    text = f"{found.words[:1].upper()}{found.words[1:]}"
    if found.whole:
        return Different(text, "throughout", finding_size(found), ())
    own = f"{words.stretch(found.take)} of your take"
    also = len(found.also)
    more = f", and {words.counted(also, 'more time', 'more times')}" if also else ""
    begins = [one.start_s for one in (found.reference, *found.also)][:_MOST_PLACES]
    places = tuple(Place(words.moment(own_s[at]), round(at, 2)) for at in begins)
    return Different(text, own + more, finding_size(found), places)


def _rows(told: Expressed) -> list[Row]:
    return [
        Row(name, _UNITS.get(course.descriptor.unit, ""), *map(_bare, rest))
        for course, (name, *rest) in zip(told.body.courses, rows(told), strict=True)
    ]


#: What stands below a name; degrees stand beside their numbers.
_UNITS = {
    "heights": "in heights",
    "heights/s": "in heights a second",
    "heights2/s2": "in heights² a second²",
    "heights/s2": "in heights a second²",
    "heights/s3": "in heights a second³",
    "heights3": "in heights³",
    "ratio": "a ratio",
}


def _bare(size: str) -> str:
    """A size without the unit that stands below its name."""
    return size.replace(" of the height", "")
