"""The facts beside the title: whose, what, beside whom else, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from repetiteur.align.envelope import holds
from repetiteur.model.findings import Findings
from repetiteur.rehearsal import Recording, Rehearsal
from repetiteur.report import words
from repetiteur.report.clock import slots, time_span, usable
from repetiteur.report.music import music_words
from repetiteur.report.view import nothing_judged

#: A line-up that is less sure than this is read with care.
DOUBTFUL, _SURE = 0.5, 0.8
_MOSTLY_JUDGED, _FEW_SPANS = 0.75, 4
#: A bone that is surely this far off is named, deg.
_WORTH_NAMING_DEG = 3.0
#: Further references that are named.
_NAMED = 4


@dataclass(frozen=True)
class Fact:
    """A line of the list beside the title; ``who`` adds that performance's mark."""

    label: str
    text: str
    who: str = ""


def facts(rehearsal: Rehearsal) -> list[Fact]:
    """Whose, what, beside whom else, and the same side or the other."""
    line_up = rehearsal.alignment
    same = line_up.side == "same"
    side = "the same side" if same else "the other side: it matches after swapping"
    return [
        Fact("Take", _file_words(rehearsal.take), "take"),
        Fact("Reference", _file_words(rehearsal.reference), "ref"),
        *_further(rehearsal),
        Fact("Side", side),
        Fact("Tempo", words.tempo_words(line_up.tempo_ratio)),
        *_music(rehearsal),
        *_whole_pose(rehearsal.findings),
        Fact("How sure", how_sure(rehearsal), "sep"),
    ]


def _whole_pose(findings: Findings) -> list[Fact]:
    """How far the pose as a whole is from the reference's, where that was judged."""
    found = findings.pose_distance
    if found is None:
        return []
    low, high = found.whole.interval90
    most = max(found.bones, key=lambda name: found.bones[name].interval90[0])
    said = f"{found.whole.value:.0f}° from the reference's ({low:.0f}° to {high:.0f}°)"
    if found.bones[most].interval90[0] >= _WORTH_NAMING_DEG:
        said += f", most the {most.replace('_', ' ')}"
    return [Fact("Whole pose", said)]


def _music(rehearsal: Rehearsal) -> list[Fact]:
    """What lateness counts from, where somebody asked for music."""
    found = rehearsal.music
    return [] if found is None else [Fact("Music", music_words(found))]


def _further(rehearsal: Rehearsal) -> list[Fact]:
    named = [_file_words(one) for one in rehearsal.references]
    more = len(named) - _NAMED
    shown = "; ".join(named[:_NAMED]) + (f" and {more} more" if more > 0 else "")
    return [Fact("And also", shown, "ref")] if named else []


def spread(rehearsal: Rehearsal) -> str:
    """What several references mean for the notes; nothing where there is one."""
    more = len(rehearsal.references)
    if not more:
        return ""
    many = words.number_word(more + 1)
    share = share_of(holds(more + 1))
    return (
        f"{many.capitalize()} references dance this phrase. What they have between "
        "them, of shape and of time, is interpretation and no note; a difference "
        "counts from the nearest of them. The next one to dance it would stay between "
        f"them in about {share} moments: the more of them, the surer."
    )


def share_of(share: float) -> str:
    """A share as so many of so many.

    Examples
    --------
    >>> share_of(1 / 3), share_of(0.5), share_of(0.6), share_of(0.9)
    ('one of three', 'one of two', 'three of five', 'nine of ten')
    """
    near = Fraction(share).limit_denominator(12)
    return (
        f"{words.number_word(near.numerator)} of {words.number_word(near.denominator)}"
    )


def how_sure(rehearsal: Rehearsal) -> str:
    """How sure the line-up is, how much was judged, how large the errors are."""
    line_up, findings = rehearsal.alignment, rehearsal.findings
    if nothing_judged(findings):
        return "Nothing in these recordings could be judged."
    said = ["Line-up unsure: read the times with care."]
    if line_up.confidence >= DOUBTFUL:
        said = ["Lined up, with some doubt."]
    if line_up.confidence >= _SURE:
        said = ["Lined up surely."]
    said.append(_share_judged(rehearsal))
    said += _errors(findings)
    return " ".join(part for part in said if part)


def _share_judged(rehearsal: Rehearsal) -> str:
    whole = time_span(rehearsal)
    spans = slots(rehearsal).judged(usable(rehearsal.findings.timing), whole)
    if not spans:
        return "Timing was not judged."
    seconds = sum(span.end_s - span.start_s for span in spans)
    length = whole.end_s - whole.start_s
    judged = f"Timing judged in {seconds:.1f} of the reference's {length:.1f} s."
    if seconds >= _MOSTLY_JUDGED * length or len(spans) > _FEW_SPANS:
        return judged
    only = " and ".join(words.stretch(span) for span in spans)
    return f"Lined up for {only} only. {judged}"


def _errors(findings: Findings) -> list[str]:
    said = []
    angles = [
        0.5 * float(np.ptp(note.difference.interval90))
        for note in findings.notes
        if note.difference.unit == "deg" and np.isfinite(note.difference.value)
    ]
    if angles:
        least, most = (words.size(v, "deg") for v in (min(angles), max(angles)))
        span = f"±{least}" if least == most else f"±{least} to ±{most}"
        said.append(f"Angles to {span}.")
    times = [0.5 * float(np.ptp(row.interval90)) for row in usable(findings.timing)]
    if times:
        said.append(f"Times mostly to ±{words.size(float(np.median(times)), 's')}.")
    return said


def _file_words(recording: Recording) -> str:
    length = words.moment(recording.duration_s).replace(" ", "\N{NO-BREAK SPACE}")
    return f"{words.file_name(recording.source)}, {length}"
