"""The steps of a recording as an ELAN document (EAF 3.0), to be looked at and mended.

A dancer's steps lie on the tier ``steps``, with tiers below it: ``id``, ``side``,
``confidence``, ``runner-up`` and ``why`` of each step, and its ``phases`` in their own
times. Annotations of one tier may not lie over each other in ELAN, so steps that do are
on ``steps 2`` and so on; with several dancers their names stand before.

ELAN counts whole milliseconds, and an annotation lasts one at least: an instant is
written as one, and what comes after it begins where it ends. The format is described in
H. Sloetjes, "ELAN Annotation Format 3.0", Max Planck Institute for Psycholinguistics.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from pathlib import PurePath
from xml.etree import ElementTree as ET

from repetiteur.rehearsal import Danced
from repetiteur.report.steps import lanes, title
from repetiteur.report.words import file_name
from repetiteur.steps.schools import School, name
from repetiteur.steps.step import Step

_SCHEMA = "http://www.mpi.nl/tools/elan/EAFv3.0.xsd"
_LOCATION = "{http://www.w3.org/2001/XMLSchema-instance}noNamespaceSchemaLocation"
#: Types of tiers, and how each belongs to the tier above it.
_TYPES = {"step": "", "phase": "Included_In", "of a step": "Symbolic_Association"}
#: ELAN's own words for the four ways.
_CONSTRAINTS = {
    "Time_Subdivision": "Time subdivision of parent annotation's time interval, no "
    "time gaps allowed within this interval",
    "Symbolic_Subdivision": "Symbolic subdivision of a parent annotation. Annotations "
    "refering to the same parent are ordered",
    "Symbolic_Association": "1-1 association with a parent annotation",
    "Included_In": "Time alignable annotations within the parent annotation's time "
    "interval, gaps are allowed",
}
_MIME = {
    ".mp4": "video/mp4", ".m4v": "video/mp4", ".mov": "video/quicktime",
    ".mpg": "video/mpeg", ".mpeg": "video/mpeg", ".avi": "video/x-msvideo",
    ".mkv": "video/x-matroska", ".webm": "video/webm",
}  # fmt: skip
#: What XML 1.0 has no room for.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class _Timed:
    """An annotation with times of its own, whole milliseconds."""

    value: str
    start: int
    end: int


@dataclass
class _Document:
    """The document as it grows: tiers, and the times that they refer to."""

    root: ET.Element
    times: list[tuple[int, ET.Element, str]] = field(default_factory=list)
    ids: Iterator[int] = field(default_factory=lambda: count(1))

    def tier(self, id: str, kind: str, who: str, above: str = "") -> ET.Element:
        about = {"LINGUISTIC_TYPE_REF": kind, "PARTICIPANT": who, "TIER_ID": id}
        if above:
            about["PARENT_REF"] = above
        return ET.SubElement(self.root, "TIER", about)

    def timed(self, tier: ET.Element, one: _Timed) -> str:
        """Add an annotation with times, and give its id."""
        own = self._annotation(tier, "ALIGNABLE_ANNOTATION", one.value)
        self.times.append((one.start, own, "TIME_SLOT_REF1"))
        self.times.append((one.end, own, "TIME_SLOT_REF2"))
        return own.attrib["ANNOTATION_ID"]

    def told(self, tier: ET.Element, value: str, of: str) -> None:
        """Add what is told of another annotation."""
        self._annotation(tier, "REF_ANNOTATION", value).set("ANNOTATION_REF", of)

    def _annotation(self, tier: ET.Element, kind: str, value: str) -> ET.Element:
        about = {"ANNOTATION_ID": f"a{next(self.ids)}"}
        own = ET.SubElement(ET.SubElement(tier, "ANNOTATION"), kind, about)
        ET.SubElement(own, "ANNOTATION_VALUE").text = _clean(value)
        return own


def steps_eaf(danced: Danced, made: datetime, school: School | None = None) -> str:
    """The steps as the text of an ``.eaf`` file.

    Parameters
    ----------
    danced : Danced
    made : datetime
        When, with its time zone.
    school : str, optional
        Whose numbers names get.

    Returns
    -------
    str
        XML. A video is referred to by its name alone, so that ELAN finds it beside the
        document.
    """
    about = {"AUTHOR": "repetiteur", "DATE": made.isoformat(timespec="seconds"),
             "FORMAT": "3.0", "VERSION": "3.0", _LOCATION: _SCHEMA}  # fmt: skip
    document = _Document(ET.Element("ANNOTATION_DOCUMENT", about))
    header = _header(document.root, danced)
    order = ET.SubElement(document.root, "TIME_ORDER")
    several = len(danced.steps) > 1
    for who, steps in danced.steps.items():
        for number, lane in enumerate(lanes(steps) or [[]], start=1):
            before = f"{_clean(who)}: " if several else ""
            _lane(document, lane, before + _numbered("{}", number), who, school)
    last = ET.SubElement(header, "PROPERTY", {"NAME": "lastUsedAnnotationId"})
    last.text = str(next(document.ids) - 1)
    _slots(order, document.times)
    _types(document.root)
    ET.indent(document.root)
    text = ET.tostring(document.root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _header(root: ET.Element, danced: Danced) -> ET.Element:
    about = {"MEDIA_FILE": "", "TIME_UNITS": "milliseconds"}
    header = ET.SubElement(root, "HEADER", about)
    recording = danced.recording
    source = _clean(file_name(recording.source))
    if recording.video is not None:
        beside = f"./{source}"
        mime = _MIME.get(PurePath(source).suffix.lower(), "unknown")
        media = {"MEDIA_URL": beside, "MIME_TYPE": mime, "RELATIVE_MEDIA_URL": beside}
        ET.SubElement(header, "MEDIA_DESCRIPTOR", media)
    ET.SubElement(header, "PROPERTY", {"NAME": "recording"}).text = source
    return header


def _numbered(tier: str, number: int) -> str:
    return tier if number == 1 else f"{tier} {number}"


def _lane(
    document: _Document,
    steps: Sequence[Step],
    named: str,
    who: str,
    school: School | None,
) -> None:
    """The tiers of steps that do not lie over one another."""
    who = _clean(who)
    above = named.format("steps")
    tier = document.tier(above, "step", who)
    spans = _apart([_step_span(step, school) for step in steps])
    ids = [document.timed(tier, span) for span in spans]
    phases = document.tier(named.format("phases"), "phase", who, above)
    for step, span in zip(steps, spans, strict=True):
        for one in _phases(step, span):
            document.timed(phases, one)
    for what, values in _columns(steps).items():
        below = document.tier(named.format(what), "of a step", who, above)
        for value, of in zip(values, ids, strict=True):
            if value:
                document.told(below, value, of)


def _columns(steps: Sequence[Step]) -> dict[str, list[str]]:
    """What is told of each step, by tier."""
    return {
        "id": [step.id for step in steps],
        "side": [step.side or "" for step in steps],
        "confidence": [f"{step.confidence:.2f}" for step in steps],
        "runner-up": [name(step.runner_up) if step.runner_up else "" for step in steps],
        "why": ["; ".join(step.because) for step in steps],
    }


def _step_span(step: Step, school: School | None) -> _Timed:
    start = max(_ms(step.start_s), 0)
    said = title(replace(step, side=None), school)
    return _Timed(said, start, max(_ms(step.end_s), start + 1))


def _phases(step: Step, within: _Timed) -> list[_Timed]:
    """The phases of a step, none outside it; an instant at its end lies before it."""
    spans = sorted((_ms(a), _ms(b), phase) for phase, (a, b) in step.phases.items())
    starts = [min(max(a, within.start), within.end - 1) for a, _, _ in spans]
    inside = [
        _Timed(phase, start, min(max(b, start + 1), within.end))
        for start, (_, b, phase) in zip(starts, spans, strict=True)
    ]
    return [one for one in _apart(inside) if one.end <= within.end]


def _apart(spans: Sequence[_Timed]) -> list[_Timed]:
    """Annotations in order of time, the one before ending where the next begins."""
    out: list[_Timed] = []
    for one in spans:
        start = one.start
        if out and out[-1].end > start:
            out[-1] = replace(out[-1], end=max(start, out[-1].start + 1))
            start = out[-1].end
        out.append(replace(one, start=start, end=max(one.end, start + 1)))
    return out


def _slots(order: ET.Element, times: Sequence[tuple[int, ET.Element, str]]) -> None:
    """Time slots in order of time, one for each end of each annotation."""
    for number, (ms, own, end) in enumerate(
        sorted(times, key=lambda one: one[0]), start=1
    ):
        slot = {"TIME_SLOT_ID": f"ts{number}", "TIME_VALUE": str(ms)}
        ET.SubElement(order, "TIME_SLOT", slot)
        own.set(end, slot["TIME_SLOT_ID"])


def _types(root: ET.Element) -> None:
    for kind, constraint in _TYPES.items():
        about = {
            "GRAPHIC_REFERENCES": "false",
            "LINGUISTIC_TYPE_ID": kind,
            "TIME_ALIGNABLE": str(constraint != "Symbolic_Association").lower(),
        }
        if constraint:
            about["CONSTRAINTS"] = constraint
        ET.SubElement(root, "LINGUISTIC_TYPE", about)
    for stereotype, words in _CONSTRAINTS.items():
        about = {"DESCRIPTION": words, "STEREOTYPE": stereotype}
        ET.SubElement(root, "CONSTRAINT", about)


def _ms(seconds: float) -> int:
    return round(1000.0 * seconds)


def _clean(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)
