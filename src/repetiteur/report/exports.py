"""The rehearsal as files that programs read: notes.json, notes.vtt, alignment.csv.

Times are rounded to milliseconds. Values and their intervals are rounded on one grid,
fine enough that rounding changes neither what lies inside an interval nor what lies
beyond the floor.
"""

from __future__ import annotations

import csv
import io
import json
import math
from dataclasses import replace
from typing import Any

from repetiteur.io.notes import SCHEMA
from repetiteur.model.findings import (
    Apartness,
    Difference,
    Lateness,
    Note,
    NotJudged,
    PoseDistance,
    Span,
)
from repetiteur.rehearsal import Recording, Rehearsal
from repetiteur.report.clock import usable
from repetiteur.report.cues import cue_text, timestamp
from repetiteur.report.earlier import earlier_json
from repetiteur.report.floors import floors_json
from repetiteur.report.music import music_json
from repetiteur.report.steps import step_json
from repetiteur.report.words import file_name

_DIGITS = {"deg": 1, "s": 3, "m": 3, "%": 1}
_SHORTEST_CUE_S = 1.0


def notes_json(rehearsal: Rehearsal) -> dict[str, Any]:
    """Everything that was found, as the document notes.json.

    Parameters
    ----------
    rehearsal : Rehearsal

    Returns
    -------
    dict
        Ready for :func:`to_json`: finite numbers, strings, lists and mappings.
    """
    findings, line_up = rehearsal.findings, rehearsal.alignment
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "reference": _recording(rehearsal.reference),
        "take": _recording(rehearsal.take),
        "alignment": {
            "side": line_up.side,
            "tempo_ratio": round(float(line_up.tempo_ratio), 4),
            "start_offset_s": _ms(line_up.start_offset_s),
            "confidence": round(float(line_up.confidence), 3),
            "judged_share": round(float(line_up.judged_share), 3),
        },
        "notes": [_note(rank, n) for rank, n in enumerate(findings.notes, start=1)],
        "timing": [_lateness(row) for row in usable(findings.timing)],
        "within_floor": findings.within_floor,
        "strengths": [
            {"measure": strength.measure, "text": strength.text}
            for strength in findings.strengths
        ],
        "not_judged": [_not_judged(entry) for entry in findings.not_judged],
    }
    if findings.earlier is not None:
        document["earlier"] = earlier_json(findings.earlier)
    if findings.pose_distance is not None:
        document["pose_distance"] = _pose_distance(findings.pose_distance)
    danced = {"reference": rehearsal.reference_steps, "take": rehearsal.take_steps}
    if any(danced.values()):
        document["steps"] = {
            who: [step_json(step) for step in steps or ()]
            for who, steps in danced.items()
        }
    if rehearsal.references:
        document["references"] = [_recording(one) for one in rehearsal.references]
    if rehearsal.also:
        document["also"] = [_recording(one) for one in rehearsal.also]
    if rehearsal.music is not None:
        document["music"] = music_json(rehearsal)
    if findings.floors:
        document["floors"] = floors_json(findings.floors)
    return document


def to_json(document: dict[str, Any]) -> str:
    """A document as JSON text; raises :class:`ValueError` on NaN and infinity."""
    return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def notes_vtt(rehearsal: Rehearsal) -> str:
    """The notes as WebVTT subtitles in the take's time, in order of time."""
    numbered = enumerate(rehearsal.findings.notes, start=1)
    cues = ["WEBVTT"]
    for rank, note in sorted(numbered, key=lambda pair: pair[1].take.start_s):
        start = max(note.take.start_s, 0.0)
        end = max(note.take.end_s, start + _SHORTEST_CUE_S)
        cues.append(
            f"n{rank}\n{timestamp(start)} --> {timestamp(end)}\n"
            f"{rank}. {cue_text(note.text)}"
        )
    return "\n\n".join(cues) + "\n"


def alignment_csv(rehearsal: Rehearsal) -> str:
    """The warp points as CSV: reference_s, take_s, state."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["reference_s", "take_s", "state"])
    line_up = rehearsal.alignment
    for reference, take, state in zip(
        line_up.reference_s, line_up.take_s, line_up.state, strict=True
    ):
        writer.writerow([f"{reference:.3f}", f"{take:.3f}", str(state)])
    return out.getvalue()


def rounded(difference: Difference) -> Difference:
    """A difference with as few digits as keep it on its side of the floor.

    Examples
    --------
    >>> rounded(Difference(-12.123, "deg", (-15.84, -8.4), 5.2)).interval90
    (-15.8, -8.4)
    >>> rounded(Difference(9.0, "deg", (5.21, 12.0), 5.19)).interval90
    (5.21, 12.0)
    """
    result = difference
    for digits in range(_DIGITS.get(difference.unit, 3), 10):
        low, high = (round(float(x), digits) + 0.0 for x in difference.interval90)
        result = replace(
            difference,
            value=round(float(difference.value), digits) + 0.0,
            interval90=(low, high),
            floor=round(float(difference.floor), digits) + 0.0,
        )
        if result.beyond_floor == difference.beyond_floor:
            break
    return result


def _ms(seconds: float) -> float:
    return round(float(seconds), 3) + 0.0


def _recording(recording: Recording) -> dict[str, Any]:
    return {
        "source": file_name(recording.source),
        "sha256": recording.sha256,
        "duration_s": _ms(recording.duration_s),
        "space": f"{recording.poses.sizes['space']}d",
    }


def _span(span: Span) -> dict[str, float]:
    return {"start_s": _ms(span.start_s), "end_s": _ms(span.end_s)}


def _note(rank: int, note: Note) -> dict[str, Any]:
    gap = rounded(note.difference)
    entry: dict[str, Any] = {
        "id": f"n{rank}",
        "rank": rank,
        "priority": note.priority,
        "measure": note.measure,
        "side": note.side,
        "kind": note.kind,
        "step": note.step,
        "phase": note.phase,
        "count": note.count,
        "take": _span(note.take),
        "reference": _span(note.reference),
        "at": {"take_s": _ms(note.at_take_s), "reference_s": _ms(note.at_reference_s)},
        "difference": {
            "value": gap.value,
            "unit": gap.unit,
            "interval90": list(gap.interval90),
            "floor": gap.floor,
        },
        "occurrences": 1 + len(note.also),
        "also": [_span(span) for span in note.also],
        "text": note.text,
        "reason": note.reason,
        "place": note.place,
        "evidence": {
            "take_frames": [int(k) for k in note.evidence.take_frames],
            "reference_frames": [int(k) for k in note.evidence.reference_frames],
        },
    }
    values = {"take": note.take_value, "reference": note.reference_value}
    if all(math.isfinite(value) for value in values.values()):
        digits = _DIGITS.get(gap.unit, 3)
        entry["measured"] = {
            who: round(float(value), digits) + 0.0 for who, value in values.items()
        }
    if note.spread is not None:
        digits = _DIGITS.get(gap.unit, 3)
        low, high = (round(float(edge), digits) + 0.0 for edge in note.spread)
        entry["spread"] = {"low": low, "high": high}
    if note.presence is not None:
        entry["presence"] = note.presence
    if note.measure == "timing_path":
        entry["against"] = note.against
    if note.symptoms:
        entry["symptoms"] = list(note.symptoms)
    return entry


def _lateness(row: Lateness) -> dict[str, Any]:
    return {
        "count": row.count,
        "reference_s": _ms(row.reference_s),
        "take_s": _ms(row.take_s),
        "late_s": _ms(row.late_s),
        "interval90": [_ms(limit) for limit in row.interval90],
        "against": row.against,
    }


def _pose_distance(found: PoseDistance) -> dict[str, Any]:
    bones = {name: _apartness(one) for name, one in found.bones.items()}
    return {**_apartness(found.whole), "unit": "deg", "bones": bones}


def _apartness(one: Apartness) -> dict[str, Any]:
    return {
        "value": round(one.value, 1),
        "interval90": [round(edge, 1) for edge in one.interval90],
    }


def _not_judged(entry: NotJudged) -> dict[str, Any]:
    out: dict[str, Any] = {
        "measure": entry.measure,
        "reason": entry.reason,
        "how_to_film": entry.how_to_film,
    }
    if entry.spans:
        out["times"] = [_span(span) for span in entry.spans]
    return out
