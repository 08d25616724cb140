"""The steps of a recording as files that programs read: JSON, CSV and WebVTT.

Times are seconds of the recording, rounded to milliseconds.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from repetiteur.rehearsal import Danced
from repetiteur.report.cues import cue_text, timestamp
from repetiteur.report.plain import plain
from repetiteur.report.words import file_name
from repetiteur.steps.schools import School, called, details, english, name
from repetiteur.steps.step import Step

SCHEMA = "repetiteur.steps/1"
COLUMNS = (
    "source", "dancer", "id", "name", "english", "side", "start_s", "end_s",
    "confidence", "runner_up", "undecided", "phases", "danced", "because",
)  # fmt: skip
#: A cue that ends when it begins is never shown.
_SHORTEST_CUE_S = 0.001
#: From here on a name is as good as certain, and below this little more than a guess.
SURE, UNSURE = 0.95, 0.6


def steps_json(danced: Danced, school: School | None = None) -> dict[str, Any]:
    """All steps as one document.

    Parameters
    ----------
    danced : Danced
    school : str, optional
        Whose numbers names get.

    Returns
    -------
    dict
        Ready for :func:`repetiteur.report.exports.to_json`.
    """
    recording = danced.recording
    return {
        "schema": SCHEMA,
        "recording": {
            "source": plain(file_name(recording.source)),
            "sha256": recording.sha256,
            "duration_s": _ms(recording.duration_s),
            "space": f"{recording.poses.sizes['space']}d",
        },
        "school": school,
        "steps": [
            {**step_json(step, school), "dancer": who} for who, step in _each(danced)
        ],
    }


def step_json(step: Step, school: School | None = None) -> dict[str, Any]:
    """One step as a mapping.

    Examples
    --------
    >>> entry = step_json(Step("demi_plie", None, 1.0, 2.5, 0.87))
    >>> entry["name"], entry["confidence"], entry["runner_up"]
    ('Demi-plié', 0.87, None)
    """
    return {
        "id": step.id,
        "name": called(step, school),
        "english": english(step.id),
        "side": step.side,
        "start_s": _ms(step.start_s),
        "end_s": _ms(step.end_s),
        "confidence": round(float(step.confidence), 3),
        "runner_up": step.runner_up,
        "undecided": step.undecided,
        "phases": {
            phase: {"start_s": _ms(start), "end_s": _ms(end)}
            for phase, (start, end) in step.phases.items()
        },
        "because": list(step.because),
        "attributes": _plain(step.attributes),
        "danced": list(details(step, school)),
    }


def steps_csv(danced: Danced, school: School | None = None) -> str:
    """A row for each step; CRLF line ends. Several things in a cell have ``;`` between.

    Parameters
    ----------
    danced : Danced
    school : str, optional
    """
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(COLUMNS)
    for who, step in _each(danced):
        phases = (f"{p} {a:.3f} {b:.3f}" for p, (a, b) in step.phases.items())
        rows.writerow(
            [
                plain(file_name(danced.recording.source)),
                who,
                step.id,
                called(step, school),
                english(step.id),
                step.side or "",
                f"{step.start_s:.3f}",
                f"{step.end_s:.3f}",
                f"{step.confidence:.3f}",
                step.runner_up or "",
                "yes" if step.undecided else "no",
                "; ".join(phases),
                "; ".join(details(step, school)),
                "; ".join(step.because),
            ]
        )
    return text.getvalue()


def steps_vtt(danced: Danced, school: School | None = None) -> str:
    """The steps as WebVTT subtitles, a cue each; of several dancers each has a voice.

    Parameters
    ----------
    danced : Danced
    school : str, optional
    """
    several = len(danced.steps) > 1
    cues = ["WEBVTT"]
    for number, (who, step) in enumerate(_each(danced), start=1):
        start = max(step.start_s, 0.0)
        end = max(step.end_s, start + _SHORTEST_CUE_S)
        voice = f"<v {cue_text(who)}>" if several else ""
        cues.append(
            f"s{number}\n{timestamp(start)} --> {timestamp(end)}\n"
            f"{voice}{cue_text(title(step, school))}"
        )
    return "\n\n".join(cues) + "\n"


def title(step: Step, school: School | None = None) -> str:
    """What was danced in a few words: both names where it is undecided, and the side.

    Examples
    --------
    >>> title(Step("fifth_position", "left", 1.0, 2.0, 0.5, "third_position", True))
    'Cinquième position or Troisième position, left'
    >>> title(Step("demi_plie", None, 1.0, 2.0, 0.4))
    'Demi-plié?'
    """
    said = called(step, school)
    if step.undecided and step.runner_up:
        said += f" or {name(step.runner_up)}"
    elif is_unsure(step):
        said += "?"
    return ", ".join(filter(None, [said, step.side]))


def is_unsure(step: Step) -> bool:
    """Whether its name is little more than a guess, or one of two."""
    return step.undecided or step.confidence < UNSURE


def how_sure(confidence: float) -> str:
    """How sure a name is: of ten that are as sure, how many are right.

    Examples
    --------
    >>> how_sure(0.97), how_sure(0.83), how_sure(0.2)
    ('sure', '8 in 10', '2 in 10')
    """
    return "sure" if confidence >= SURE else f"{min(round(10 * confidence), 9)} in 10"


def _each(danced: Danced) -> Iterator[tuple[str, Step]]:
    """All steps with who danced them, in order of time."""
    every = [
        (plain(who), step) for who, steps in danced.steps.items() for step in steps
    ]
    return iter(sorted(every, key=lambda one: (one[1].start_s, one[1].end_s)))


def _plain(seen: Mapping[str, str | float]) -> dict[str, str | float]:
    """Attributes with numbers that stand in a file: finite, to a thousandth."""
    return {
        key: value if isinstance(value, str) else round(float(value), 3) + 0.0
        for key, value in seen.items()
        if isinstance(value, str) or abs(float(value)) < float("inf")
    }


def _ms(seconds: float) -> float:
    return round(float(seconds), 3) + 0.0


def lanes(steps: Sequence[Step], slack_s: float = 0.0) -> list[list[Step]]:
    """Steps on as few lines as let none lie over another, the fullest line first.

    Parameters
    ----------
    steps : sequence of Step
    slack_s : float
        Seconds by which two may, as where one melts into the next; no more than half
        of either.

    Examples
    --------
    >>> long = Step("adagio", None, 0.0, 9.0, 0.9)
    >>> short = Step("developpe", "left", 1.0, 4.0, 0.9)
    >>> [[step.id for step in lane] for lane in lanes([short, long])]
    [['adagio'], ['developpe']]
    """
    out: list[list[Step]] = []
    for step in sorted(steps, key=lambda one: (one.start_s, -one.end_s)):
        lane = next((ln for ln in out if _follows(step, ln[-1], slack_s)), None)
        if lane is None:
            out.append([step])
        else:
            lane.append(step)
    return sorted(out, key=len, reverse=True)


def _follows(step: Step, last: Step, slack_s: float) -> bool:
    """Whether a step begins when another is over, or nearly."""
    half = 0.5 * min(one.end_s - one.start_s for one in (step, last))
    return last.end_s - step.start_s <= min(slack_s, half) + 1e-9
