"""What a reference and a take were danced to."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from repetiteur.errors import UnreadableRecording
from repetiteur.io.audio import Sound, read_audio
from repetiteur.model.counts import Counts
from repetiteur.music.heard import Music, Sounds, heard
from repetiteur.rehearsal.recordings import Recording


def hear(
    reference: Recording,
    take: Recording,
    *,
    music: str | Path | None = None,
    counts: Counts | None = None,
    take_counts: Counts | None = None,
) -> Music:
    """What a reference and a take were danced to, by their sound and by its counts.

    Parameters
    ----------
    reference, take : Recording
        Videos are heard; motion files have no sound.
    music : str or Path, optional
        A recording of the music by itself, or any other to which the counts belong.
    counts : Counts, optional
        In the seconds of the music, or where there is none in the reference's.
    take_counts : Counts, optional
        In the take's own seconds: of a take without sound.

    Returns
    -------
    Music

    Raises
    ------
    UnreadableRecording
        When the music cannot be read.

    Examples
    --------
    >>> import numpy as np
    >>> from repetiteur.model.counts import counted
    >>> from repetiteur.rehearsal import recording_from_poses
    >>> from repetiteur.synthetic.demo import demo_reference
    >>> recording = recording_from_poses(demo_reference(), "reference")
    >>> counts = counted(np.arange(12) * 0.5, metre=3, one=0)
    >>> print(hear(recording, recording, counts=counts).reason)
    The reference has no sound.
    """
    alone = None if music is None else read_audio(music)
    sounds = Sounds(_sound_of(reference), _sound_of(take), alone)
    return heard(sounds, counts, take_counts)


def _sound_of(recording: Recording) -> Sound | None:
    """What is heard in a recording; None where there is nothing, or none of it can."""
    if recording.video is None:
        return None
    with suppress(UnreadableRecording):
        return read_audio(recording.video)
    return None
