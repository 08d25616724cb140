"""The data that the page's script draws from, embedded in the page as JSON."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np

from repetiteur.align.alignment import Alignment
from repetiteur.model.findings import Note, Span
from repetiteur.model.poses import Array
from repetiteur.rehearsal import Rehearsal
from repetiteur.report import words
from repetiteur.report.clock import (
    Path,
    clock_by_music,
    clock_line,
    clock_parts,
    path_of,
    slots,
    time_span,
    usable,
)
from repetiteur.report.figures import JOINTS, Figure, figures
from repetiteur.report.marks import best_turn, mark_of
from repetiteur.report.packing import MOST, MOST_FLAT, packed, parents, small
from repetiteur.report.slots import Slots
from repetiteur.report.view import has_glyph, is_beyond, is_timing, timing_floor

#: What is said in place of lateness where one dances without the other.
ALONE = {
    "extra": "your take alone",
    "repeated": "danced once more",
    "skipped": "left out",
}
_BEFORE_S, _AFTER_S, _SHORTEST_LOOP_S = 0.6, 0.6, 1.6


def page_data(rehearsal: Rehearsal) -> dict[str, Any]:
    """All that the script needs, as plain lists and numbers.

    Parameters
    ----------
    rehearsal : Rehearsal

    Returns
    -------
    dict
        Times are seconds, turns degrees. What is long is packed: positions, the path
        in milliseconds from point to point, and lateness
        (:mod:`repetiteur.report.packing`).
    """
    findings = rehearsal.findings
    reference, take = figures(rehearsal)
    path = path_of(rehearsal)
    span = time_span(rehearsal)
    floor = timing_floor(findings)
    scales = _scales(findings.notes)
    going, rows = slots(rehearsal), usable(findings.timing)
    return {
        "joints": list(JOINTS),
        "parents": parents(),
        "figures": {"ref": _figure(reference), "take": _figure(take)},
        "flat": reference.flat or take.flat,
        "top": _top(reference, take),
        "path": small(
            {
                "p": _steps(path.place),
                "r": _steps(path.reference_s),
                "t": _steps(path.take_s),
            }
        ),
        "clock": _clock(rehearsal),
        "span": [span.start_s, span.end_s],
        "judged": [[s.start_s, s.end_s] for s in going.judged(rows, span)],
        "alone": _alone(rehearsal.alignment, path),
        "floor": floor,
        "timing": small(
            [
                {
                    "n": round(float(going.at_s[going.of(row)]), 3),
                    "r": round(row.reference_s, 3),
                    "v": round(row.late_s, 3),
                    "lo": round(row.interval90[0], 3),
                    "hi": round(row.interval90[1], 3),
                    "far": is_beyond(row.interval90, floor),
                }
                for row in rows
            ]
        ),
        "slots": _slots(going),
        "notes": [
            _note(f"n{rank}", note, (reference, take), path, scales)
            for rank, note in enumerate(findings.notes, start=1)
        ],
    }


def _clock(rehearsal: Rehearsal) -> dict[str, Any]:
    """When the take would be where: by one tempo, or by the music of both."""
    ratio, offset = clock_line(rehearsal)
    found = {"ratio": ratio, "offset": offset, "parts": clock_parts(rehearsal)}
    heard = clock_by_music(rehearsal)
    if heard is None:
        return found
    return found | {"r": _steps(heard[0]), "t": _steps(heard[1])}


def _slots(going: Slots) -> dict[str, Any]:
    """The counts, with their times and names; seconds need neither."""
    found: dict[str, Any] = {"longest": round(going.longest_s, 3)}
    if going.phrase:
        found["at"] = [round(float(at), 3) for at in going.at_s]
        found["names"] = going.names
    return found


def embedded(data: dict[str, Any]) -> str:
    r"""JSON text that cannot end the script element it stands in.

    Examples
    --------
    >>> print(embedded({"name": "</script>"}))
    {"name":"\u003c/script>"}
    """
    text = json.dumps(data, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c")


def _figure(figure: Figure) -> dict[str, Any]:
    small = packed(figure, MOST_FLAT if figure.flat else MOST)
    return {
        "start": figure.start_s,
        "rate": figure.rate / small.every,
        "step": 1.0 / figure.rate,
        "frames": small.frames,
        "grain": small.grain,
        "packed": small.text,
    }


def _steps(seconds: Array) -> list[int]:
    """Times as whole milliseconds, each since the one before; the first since 0."""
    whole = np.round(1000.0 * seconds).astype(int)
    return [int(step) for step in np.diff(whole, prepend=0)]


def _top(*drawn: Figure) -> float:
    """Height of the stage in mm: nearly all that either figure reaches."""
    heights = np.concatenate([figure.position[..., 1].ravel() for figure in drawn])
    seen = heights[np.isfinite(heights)]
    reach = float(np.percentile(seen, 99.9)) if seen.size else 0.0
    return round(1000.0 * max(reach, 1.75) + 60.0)


def _scales(notes: tuple[Note, ...]) -> dict[str, float]:
    """Half the width of each unit's scale: one per unit, so that glyphs compare."""
    out: dict[str, float] = {}
    for note in notes:
        gap = note.difference
        reach = [abs(x) for x in (*gap.interval90, gap.value, 2.0 * gap.floor)]
        if has_glyph(note):
            out[gap.unit] = max(out.get(gap.unit, 0.0), 1.15 * max(reach), 1e-6)
    return out


def _alone(line_up: Alignment, path: Path) -> list[tuple[float, float, str]]:
    """Places of the clock at which one dances without the other, and what is so."""
    out = []
    for one in line_up.breaks:
        left_out = one.state == "skipped"
        span = one.reference_s if left_out else one.take_s
        start, end = map(path.of_reference if left_out else path.of_take, span)
        out.append((round(start, 3), round(end, 3), ALONE[one.state]))
    return out


def _places(note: Note, path: Path) -> tuple[float, float, float]:
    """The clock's places of a note, and of its beginning and end.

    What the take leaves out has its place in the reference alone.
    """
    if note.kind == "missing":
        span, at, place = note.reference, note.at_reference_s, path.of_reference
    else:
        span, at, place = note.take, note.at_take_s, path.of_take
    return place(at), place(span.start_s), place(span.end_s)


def _spanned(span: Span, path: Path) -> tuple[float, float, float]:
    """Likewise of a further moment, which is known by its span in the take."""
    start, end = path.of_take(span.start_s), path.of_take(span.end_s)
    return 0.5 * (start + end), start, end


def _loop(at: float, start: float, end: float, path: Path) -> dict[str, float]:
    """What the player loops to show a moment, long enough to be looked at."""
    start, end = min(start, at) - _BEFORE_S, max(end, at) + _AFTER_S
    short = max(0.0, _SHORTEST_LOOP_S - (end - start)) / 2
    return {
        "at": round(at, 3),
        "from": round(max(0.0, start - short), 3),
        "to": round(min(float(path.place[-1]), end + short), 3),
    }


def _note(
    name: str,
    note: Note,
    drawn: tuple[Figure, Figure],
    path: Path,
    scales: dict[str, float],
) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "id": name,
        **_loop(*_places(note, path), path),
        "also": [_loop(*_spanned(span, path), path) for span in note.also],
        "ref_s": note.at_reference_s,
        "take_s": note.at_take_s,
        "clock": is_timing(note),
        "turn": 0.0,
    }
    mark = mark_of(note.measure)
    if mark and (note.side in ("left", "right") or mark in ("pitch", "lean")):
        frames = drawn[0].at(note.at_reference_s), drawn[1].at(note.at_take_s)
        entry["mark"], entry["side"] = mark, note.side
        if not any(figure.flat for figure in drawn):
            entry["turn"] = best_turn(mark, str(note.side), *frames)
        if math.isfinite(note.reference_value) and math.isfinite(note.take_value):
            unit = note.difference.unit
            entry["ref"] = words.plain_value(note.reference_value, unit)
            entry["take"] = words.plain_value(note.take_value, unit)
    gap = note.difference
    if has_glyph(note):
        less, more = words.ends(note.measure)
        entry["gap"] = {
            "v": gap.value,
            "lo": gap.interval90[0],
            "hi": gap.interval90[1],
            "floor": gap.floor,
            "max": scales[gap.unit],
            "text": words.signed(gap.value, gap.unit),
            "less": less,
            "more": more,
        }
    return entry
