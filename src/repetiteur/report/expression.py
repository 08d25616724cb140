"""How a take differs in quality from its references, in words, rows and JSON.

What is said is what moved, how much, beside whom and when. No feeling has a name here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from repetiteur.expression.axes import AxisCourse
from repetiteur.expression.beside import Told
from repetiteur.expression.compare import Finding
from repetiteur.expression.descriptors import descriptors
from repetiteur.expression.face_compared import FaceDifference
from repetiteur.expression.face_reasons import REASONS
from repetiteur.expression.face_units import NOT_MEASURABLE, UNITS
from repetiteur.model.findings import Difference, NotJudged, Span
from repetiteur.rehearsal import Recording
from repetiteur.rehearsal.expressing import Expressed, FaceTold
from repetiteur.report import words
from repetiteur.report.plain import plain

__all__ = [
    "AXIS_WORDS",
    "COLUMNS",
    "axis_words",
    "expression_json",
    "face_rows",
    "face_unjudged",
    "finding_size",
    "finding_words",
    "rows",
]

SCHEMA = "repetiteur.expression/1"
COLUMNS = ("quality", "reference", "you", "difference", "90 % interval", "floor")
#: What each axis is called, and what more and less of it is.
AXIS_WORDS = {
    "energy": ("Energy", "more energetic", "quieter"),
    "opening": ("Opening", "more open", "more closed"),
}
_SIGNS = {"deg": "°", "heights": " of the height", "%": " %"}
_DIGITS = {"deg": 0, "%": 0, "heights/s": 3, "heights2/s2": 3}


def finding_words(found: Finding) -> str:
    """What differs, by how much and where, in a sentence."""
    when = "throughout" if found.whole else f"from {_stretch(found.take)}"
    more = words.counted(len(found.also), "more time", "more times")
    also = f", and {more}" if found.also else ""
    return (
        f"{found.words[:1].upper()}{found.words[1:]} than the reference {when}{also}: "
        f"{finding_size(found)}"
    )


def finding_size(found: Finding) -> str:
    """By how much it differs, with the interval and what repeats vary by."""
    gap = found.told.difference
    value, *interval = _as_fine((gap.value, *gap.interval90), gap.unit)
    floor = _signed(gap.floor, gap.unit).lstrip("+")
    low, high, floor = (_bare(size, gap.unit) for size in (*interval, floor))
    return f"{value} (90 %: {low} to {high}); repeats of one dancer vary by {floor}."


def _as_fine(sizes: tuple[float, float, float], unit: str) -> list[str]:
    """A value and its interval, with a digit more where that would be a point.

    Examples
    --------
    >>> _as_fine((24.0, 23.8, 24.3), "deg"), _as_fine((24.0, 22.8, 25.3), "deg")
    (['+24.0°', '+23.8°', '+24.3°'], ['+24°', '+23°', '+25°'])
    """
    _, low, high = sizes
    finer = int(_signed(low, unit) == _signed(high, unit) and low < high)
    return [_signed(size, unit, finer) for size in sizes]


def _bare(size: str, unit: str) -> str:
    """A size without a unit of several words: that stands once in a sentence."""
    sign = _SIGNS.get(unit, "")
    return size.removesuffix(sign) if len(sign) > len(" %") else size


def axis_words(one: AxisCourse) -> str:
    """Where the take lies on an axis, in floors, in a sentence."""
    name, more, less = AXIS_WORDS[one.axis]
    if not np.isfinite(one.overall):
        return f"{name}: not judged."
    low, high = one.interval90
    value, low, high = (round(edge, 1) + 0.0 for edge in (one.overall, low, high))
    size = f"{value:+.1f} floors (90 %: {low:+.1f} to {high:+.1f})".replace("-", "−")
    every = sum(quality.axis == one.axis for quality in descriptors())
    if len(one.parts) < every:
        size += f", of {len(one.parts)} of its {every} qualities"
    if not one.beyond:
        return f"{name}: as the reference, {size}."
    return f"{name}: {more if one.overall > 0.0 else less} than the reference, {size}."


def rows(found: Expressed) -> list[tuple[str, ...]]:
    """Each quality over the whole phrase, for a table."""
    return [
        (
            course.descriptor.name,
            _number(told.reference, course.descriptor.unit),
            _number(told.take, course.descriptor.unit),
            _signed(told.difference.value, told.difference.unit),
            " to ".join(
                _signed(edge, told.difference.unit)
                for edge in told.difference.interval90
            ),
            _signed(told.difference.floor, told.difference.unit).lstrip("+"),
        )
        for course, told in zip(found.body.courses, found.body.overall, strict=True)
    ]


def face_rows(face: FaceTold) -> list[tuple[str, ...]]:
    """Each unit of the face that is judged, over the whole phrase, for a table."""
    return [
        (
            one.name.replace("_", " "),
            _signed(one.value, one.unit),
            " to ".join(_signed(edge, one.unit) for edge in one.interval90),
        )
        for one in _whole(face)
        if one.value is not None and one.interval90 is not None
    ]


def face_unjudged(face: FaceTold) -> list[str]:
    """Which units are not judged, a sentence for each reason."""
    reasons: dict[str, list[str]] = {}
    for one in _whole(face):
        if one.value is None:
            reasons.setdefault(one.reason, []).append(one.name.replace("_", " "))
    return [
        f"{'The face' if len(names) == len(UNITS) else ', '.join(names)}: {reason}."
        for reason, names in reasons.items()
    ]


def expression_json(found: Expressed) -> dict[str, Any]:
    """Everything that was found, as one document: ``repetiteur.expression/1``.

    Of faces it has differences over the phrase and parts of the take, frames it has
    none.
    """
    body = found.body
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "take": _recording(found.take),
        "references": [_recording(one) for one in found.references],
        "findings": [_finding(one) for one in body.findings],
        "qualities": [
            {"quality": course.descriptor.id, **_told(told)}
            for course, told in zip(body.courses, body.overall, strict=True)
        ],
        "axes": [_axis(one) for one in body.axes],
        "not_judged": [_not_judged(one) for one in body.not_judged],
    }
    if found.face is not None:
        document["face"] = _face(found.face)
    return document


def _finding(found: Finding) -> dict[str, Any]:
    return {
        "quality": found.descriptor.id,
        "words": found.words,
        "whole": found.whole,
        "take": _span(found.take),
        "reference": _span(found.reference),
        "also": [_span(span) for span in found.also],
        **_told(found.told),
    }


def _told(told: Told) -> dict[str, Any]:
    found: dict[str, Any] = {
        "difference": _difference(told.difference),
        "measured": {
            "reference": _rounded(told.reference),
            "take": _rounded(told.take),
        },
    }
    if told.spread is not None:
        low, high = told.spread
        found["spread"] = {"low": _rounded(low), "high": _rounded(high)}
    return found


def _difference(gap: Difference) -> dict[str, Any]:
    return {
        "value": _rounded(gap.value),
        "unit": gap.unit,
        "interval90": [_rounded(edge) for edge in gap.interval90],
        "floor": _rounded(gap.floor),
    }


def _axis(one: AxisCourse) -> dict[str, Any]:
    if not np.isfinite([one.overall, *one.interval90]).all():
        return {"axis": one.axis, "reason": "None of its qualities was judged."}
    return {
        "axis": one.axis,
        "value": _rounded(one.overall),
        "unit": "floors",
        "interval90": [_rounded(edge) for edge in one.interval90],
        "of": {name: _rounded(value) for name, value in one.parts.items()},
    }


def _face(face: FaceTold) -> dict[str, Any]:
    return {
        "differences": [
            {"unit": one.name, "reason": one.reason}
            if one.value is None or one.interval90 is None
            else {
                "unit": one.name,
                "value": _rounded(one.value),
                "in": one.unit,
                "interval90": [_rounded(edge) for edge in one.interval90],
            }
            for one in _whole(face)
        ],
        "parts": [
            {
                **_span(Span(part.start_s, part.end_s)),
                **({"reason": part.reason} if part.reason else {}),
                "levels": {name: _rounded(v) for name, v in part.levels.items()},
                "changed": list(part.changed),
            }
            for part in face.parts
        ],
        "not_measurable": dict(NOT_MEASURABLE),
    }


def _whole(face: FaceTold) -> Sequence[FaceDifference]:
    seen = face.difference.take_s[np.isfinite(face.difference.take_s)]
    if not seen.size:
        return [
            FaceDifference(one.name, one.unit, 0.0, 0.0, None, None, REASONS[1])
            for one in UNITS
        ]
    return face.difference.over(float(seen[0]), float(seen[-1]))


def _not_judged(entry: NotJudged) -> dict[str, Any]:
    return {
        "quality": entry.measure,
        "reason": entry.reason,
        "how_to_film": entry.how_to_film,
    }


def _recording(one: Recording) -> dict[str, Any]:
    return {
        "source": plain(one.source),
        "sha256": one.sha256,
        "duration_s": round(one.duration_s, 3),
        "space": f"{one.poses.sizes['space']}d",
    }


def _span(span: Span) -> dict[str, float]:
    return {"start_s": round(span.start_s, 3), "end_s": round(span.end_s, 3)}


def _stretch(span: Span) -> str:
    return f"{span.start_s:.1f} to {span.end_s:.1f} s"


def _rounded(value: float) -> float:
    return float(f"{value:.4g}") + 0.0


def _number(value: float, unit: str) -> str:
    sign = _SIGNS.get(unit, "")
    digits = _DIGITS.get(unit, 2)
    return f"{round(value, digits) + 0.0:.{digits}f}{sign}".replace("-", "−")


def _signed(value: float, unit: str, finer: int = 0) -> str:
    """With its sign and unit, and so many digits more than usual.

    Examples
    --------
    >>> _signed(-12.3, "%"), _signed(4.0, "deg"), _signed(0.123, "eyes")
    ('−12 %', '+4°', '+0.12 eye distances')
    """
    sign = " eye distances" if unit == "eyes" else _SIGNS.get(unit, f" {unit}".rstrip())
    digits = _DIGITS.get(unit, 2) + finer
    return f"{round(value, digits) + 0.0:+.{digits}f}{sign}".replace("-", "−")
