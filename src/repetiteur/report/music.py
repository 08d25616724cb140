"""What both were danced to, as JSON and in words."""

from __future__ import annotations

from typing import Any

from repetiteur.align.to_music import SURE_S
from repetiteur.model.counts import Counts
from repetiteur.model.findings import Measured, Measurement
from repetiteur.music.heard import Music
from repetiteur.rehearsal import Rehearsal
from repetiteur.report.measured import Taken, measured_json
from repetiteur.report.words import size
from repetiteur.technique.musical_events import ALL

__all__ = ["music_json", "music_words", "on_music"]

_MOST_REASONS = 2
#: What nobody should be told about, s (docs/musicality.md).
_ON_S = 0.06
_KINDS = {
    ALL: "arrivals",
    "landing": "landings",
    "step": "steps",
    "closing": "closings",
    "extension": "tops of the working leg",
    "plie": "bottoms of the pliés",
    "turn": "ends of turns",
}

_BASES = {
    "same_playback": "the same playback is heard in both recordings",
    "other_playing": "the same music is heard in both recordings, played differently",
    "counts": "the counts of both are known",
}


def music_json(rehearsal: Rehearsal) -> dict[str, Any]:
    """The music of a rehearsal, for notes.json; empty where nobody asked for it."""
    music = rehearsal.music
    if music is None:
        return {}
    found: dict[str, Any] = {"clock": music.basis or "none"}
    if music.clock is None:
        found["reason"] = music.reason
    else:
        sd = music.clock.sd_at(rehearsal.reference.poses["time"].to_numpy())
        found["sure_share"] = round(float((sd < SURE_S).mean()), 3)
    for who, counts in (("reference", music.counts), ("take", music.take_counts)):
        if counts is not None:
            found[f"{who}_counts"] = _counts(counts)
    for who, recording, measured in (
        ("reference", rehearsal.reference, rehearsal.reference_on_music),
        ("take", rehearsal.take, rehearsal.take_on_music),
    ):
        if measured is not None:
            found[who] = measured_json(Taken(recording, who, measured))
    return found


def music_words(music: Music) -> str:
    """What lateness counts from, in a sentence.

    Examples
    --------
    >>> music_words(Music(reason="The take has no sound."))
    "Lateness counts from the reference's tempo: The take has no sound."
    """
    if music.basis is None:
        return f"Lateness counts from the reference's tempo: {music.reason}"
    return f"Lateness counts from the music: {_BASES[music.basis]}."


def on_music(rehearsal: Rehearsal) -> list[str]:
    """How the take is on its counts, a sentence each, with the reference beside it.

    Examples
    --------
    >>> from repetiteur.model.findings import Measured, Measurement, Span
    >>> late = Measurement("beat_offset", None, "landing", Span(0.0, 9.0), 0.08, "s",
    ...                    (0.06, 0.1), (0, 540))
    >>> _said(Measured((late,)), None)
    ['Your landings come 80 ms after the count (90 %: 60 ms to 100 ms after it).']
    """
    if rehearsal.take_on_music is None:
        return []
    return _said(rehearsal.take_on_music, rehearsal.reference_on_music)


def _said(take: Measured, reference: Measured | None) -> list[str]:
    beside = {} if reference is None else _offsets(reference)
    said = []
    offsets = _offsets(take)
    apart = {kind: late for kind, late in offsets.items() if kind != ALL}
    for kind, late in (apart or offsets).items():
        theirs = ""
        if kind in beside:
            theirs = f"; the reference's {_when(beside[kind])}"
        said.append(f"Your {_KINDS[kind]} come {_when(late)}{theirs}.")
    if said:
        return said
    reasons = dict.fromkeys(entry.reason for entry in take.not_judged)
    why = " ".join(list(reasons)[:_MOST_REASONS])
    return [f"Whether you are on the counts cannot be said. {why}"]


def _offsets(found: Measured) -> dict[str, Measurement]:
    """How late each kind of arrival is."""
    return {
        one.moment: one
        for one in found.measurements
        if one.measure == "beat_offset" and one.moment in _KINDS
    }


def _when(late: Measurement) -> str:
    """So much after the count, or before it, with the interval in the same words."""
    low, high = (float(edge) for edge in late.interval90)
    if low <= 0.0 <= high:
        edges = f"90 %: {size(-low, 's')} before it to {size(high, 's')} after it"
        if max(-low, high) <= _ON_S:
            return f"on the count ({edges})"
        return f"on the count, before it or after it, which is not sure ({edges})"
    value, way = float(late.value), "after" if low > 0.0 else "before"
    near, far = sorted((abs(low), abs(high)))
    return (
        f"{size(abs(value), 's')} {way} the count "
        f"(90 %: {size(near, 's')} to {size(far, 's')} {way} it)"
    )


def _counts(counts: Counts) -> list[dict[str, Any]]:
    return [
        {"time_s": round(float(time), 3), "count": str(label)}
        for time, label in zip(counts.time_s, counts.label, strict=True)
    ]
