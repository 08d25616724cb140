"""What was measured as data that programs read: JSON and CSV.

Values and their intervals are rounded on one grid, outwards for the interval: what is
said never looks surer than it is.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from repetiteur.model.findings import Measured, Measurement, NotJudged
from repetiteur.rehearsal import Recording
from repetiteur.report.plain import plain

SCHEMA = "repetiteur.measurements/1"
_MOST_DIGITS = 6
COLUMNS = (
    "source", "dancer", "measure", "side", "moment", "start_s", "end_s", "value",
    "unit", "low90", "high90", "step", "phase", "first_frame", "last_frame",
)  # fmt: skip


@dataclass(frozen=True)
class Taken:
    """What was measured of one dancer of a recording."""

    recording: Recording
    dancer: str
    measured: Measured

    @property
    def source(self) -> str:
        """Where it comes from, as it may be shown."""
        return plain(self.recording.source)

    @property
    def who(self) -> str:
        """The dancer's name, as it may be shown."""
        return plain(self.dancer)


def in_the_file(found: Measured, first: int) -> Measured:
    """What was measured of a part, its frames counted from the file's first one.

    Parameters
    ----------
    found : Measured
    first : int
        The part's first frame in the file.

    Examples
    --------
    >>> from repetiteur.model.findings import Span
    >>> one = Measurement("leg_elevation", "left", "gesture", Span(2.1, 2.5), 91.0,
    ...                   "deg", (90.2, 91.8), (6, 30))
    >>> in_the_file(Measured((one,)), 120).measurements[0].evidence
    (126, 150)
    """
    moved = (
        replace(one, evidence=(one.evidence[0] + first, one.evidence[1] + first))
        for one in found.measurements
    )
    return replace(found, measurements=tuple(moved))


def measurements_json(
    taken: Sequence[Taken], failed: Mapping[str, str]
) -> dict[str, Any]:
    """All that was measured, as one document.

    Parameters
    ----------
    taken : sequence of Taken
    failed : mapping of str to str
        File -> why it could not be measured.

    Returns
    -------
    dict
        Ready for :func:`repetiteur.report.exports.to_json`. Every entry names the
        recording it comes from (``source``) and the dancer in it.
    """
    recordings = {id(one.recording): one.recording for one in taken}.values()
    return {
        "schema": SCHEMA,
        "recordings": [
            {
                "source": plain(one.source),
                "sha256": one.sha256,
                "duration_s": round(one.duration_s, 3),
                "space": f"{one.poses.sizes['space']}d",
                "history": str(one.poses.attrs.get("history", "")).splitlines(),
            }
            for one in recordings
        ],
        "measurements": [
            _measurement(one, entry)
            for one in taken
            for entry in one.measured.measurements
        ],
        "not_judged": [
            entry
            for one in taken
            for lacking in one.measured.not_judged
            for entry in _not_judged(one, lacking)
        ],
        "failed": [{"source": name, "error": why} for name, why in failed.items()],
    }


def measured_json(one: Taken) -> dict[str, Any]:
    """What was measured of one dancer, and what was not judged."""
    found = one.measured
    return {
        "measurements": [_measurement(one, entry) for entry in found.measurements],
        "not_judged": [
            entry for lacking in found.not_judged for entry in _not_judged(one, lacking)
        ],
    }


def measurements_csv(taken: Sequence[Taken]) -> str:
    """All that was measured as a table, a row for each value; CRLF line ends."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(COLUMNS)
    for one in taken:
        for entry in one.measured.measurements:
            found = rounded(entry)
            rows.writerow(
                [
                    one.source,
                    one.who,
                    found.measure,
                    found.side or "",
                    found.moment,
                    f"{found.span.start_s:.3f}",
                    f"{found.span.end_s:.3f}",
                    found.value,
                    found.unit,
                    *found.interval90,
                    found.step or "",
                    found.phase or "",
                    *found.evidence,
                ]
            )
    return text.getvalue()


def places(low: float, high: float) -> int:
    """Decimals that show two digits of an interval's width, up to six.

    Examples
    --------
    >>> places(1.9712, 2.0041), places(-20.0, 113.0), places(2.0, 2.0)
    (3, 0, 6)
    """
    wide = high - low
    digits = _MOST_DIGITS if wide <= 0.0 else 1 - math.floor(math.log10(wide))
    return min(max(digits, 0), _MOST_DIGITS)


def outwards(low: float, high: float, digits: int) -> tuple[float, float]:
    """An interval with so many decimals, never narrower than it was."""
    grid = 10.0**digits
    return (
        round(math.floor(low * grid) / grid, digits) + 0.0,
        round(math.ceil(high * grid) / grid, digits) + 0.0,
    )


def rounded(found: Measurement) -> Measurement:
    """A measurement with two digits of its interval's width.

    Examples
    --------
    >>> from repetiteur.model.findings import Span
    >>> rounded(Measurement("turn_rate.mean", "right", "turn", Span(0.0, 1.0), 1.98765,
    ...         "rev/s", (1.9712, 2.0041), (0, 60))).interval90
    (1.971, 2.005)
    """
    low, high = found.interval90
    if isinstance(found.value, str) or isinstance(low, str) or isinstance(high, str):
        return found
    digits = places(low, high)
    return replace(
        found,
        value=round(found.value, digits) + 0.0,
        interval90=outwards(low, high, digits),
    )


def _measurement(one: Taken, entry: Measurement) -> dict[str, Any]:
    found = rounded(entry)
    return {
        "source": one.source,
        "dancer": one.who,
        "measure": found.measure,
        "side": found.side,
        "moment": found.moment,
        "start_s": round(found.span.start_s, 3),
        "end_s": round(found.span.end_s, 3),
        "value": found.value,
        "unit": found.unit,
        "interval90": list(found.interval90),
        "step": found.step,
        "phase": found.phase,
        "evidence": {"frames": list(found.evidence)},
    }


def _not_judged(one: Taken, lacking: NotJudged) -> list[dict[str, Any]]:
    time = one.recording.poses["time"].to_numpy()
    spans = [(s.start_s, s.end_s) for s in lacking.spans] or [(time[0], time[-1])]
    return [
        {
            "source": one.source,
            "dancer": one.who,
            "measure": lacking.measure,
            "reason": lacking.reason,
            "how_to_film": lacking.how_to_film,
            "start_s": round(float(start), 3),
            "end_s": round(float(end), 3),
        }
        for start, end in spans
    ]
