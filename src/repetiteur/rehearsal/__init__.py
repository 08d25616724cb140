"""The one place that orders the stages of a rehearsal."""

from repetiteur.rehearsal.hearing import hear
from repetiteur.rehearsal.measuring import Danced, measure, on_music, steps, trials
from repetiteur.rehearsal.recordings import (
    Recording,
    is_video_file,
    recording_from_file,
    recording_from_poses,
    recording_from_video,
)
from repetiteur.rehearsal.rehearsing import Rehearsal, SideChoice, rehearse

__all__ = [
    "Danced",
    "Recording",
    "Rehearsal",
    "SideChoice",
    "hear",
    "is_video_file",
    "measure",
    "on_music",
    "recording_from_file",
    "recording_from_poses",
    "recording_from_video",
    "rehearse",
    "steps",
    "trials",
]
