"""What both were danced to, as JSON and in words."""

from __future__ import annotations

from typing import Any

import numpy as np

from repetiteur.model.counts import Counts
from repetiteur.music.heard import Music

__all__ = ["music_json", "music_words"]

_BASES = {
    "same_playback": "the same playback is heard in both recordings",
    "other_playing": "the same music is heard in both recordings, played differently",
    "counts": "the counts of both are known",
}


def music_json(music: Music) -> dict[str, Any]:
    """The music of a rehearsal, for notes.json.

    Examples
    --------
    >>> from repetiteur.model.counts import counted
    >>> found = Music(counted(np.array([0.5, 1.0]), metre=2, one=0), reason="No sound.")
    >>> music_json(found)["reference_counts"]
    [{'time_s': 0.5, 'count': '1·1'}, {'time_s': 1.0, 'count': '1·2'}]
    """
    found: dict[str, Any] = {"clock": music.basis or "none"}
    if music.clock is None:
        found["reason"] = music.reason
    else:
        found["sure_share"] = round(float(np.isfinite(music.clock.sd_s).mean()), 3)
    for who, counts in (("reference", music.counts), ("take", music.take_counts)):
        if counts is not None:
            found[f"{who}_counts"] = _counts(counts)
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


def _counts(counts: Counts) -> list[dict[str, Any]]:
    return [
        {"time_s": round(float(time), 3), "count": str(label)}
        for time, label in zip(counts.time_s, counts.label, strict=True)
    ]
