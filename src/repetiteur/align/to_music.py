"""Lining up two recordings of the same music: sound holds the line-up where it is sure.

The take is laid on the reference as if it had been danced to the music as the reference
heard it. What is then left between the two is lateness on the music, whatever the
tempo does.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np

from repetiteur.align.alignment import Alignment
from repetiteur.align.anchor import Anchor
from repetiteur.align.line_up import line_up
from repetiteur.model.body import Body
from repetiteur.music.clock import MusicClock

__all__ = ["SURE_S", "line_up_to_music"]

#: The music is the clock where its own doubt is below this, s.
SURE_S = 0.1


def line_up_to_music(
    reference: Body,
    take: Body,
    clock: MusicClock,
    *,
    side: Literal["auto", "same", "mirrored"] = "auto",
) -> Alignment:
    """Which moment of the take belongs to which of the reference, to the same music.

    Parameters
    ----------
    reference, take : Body
        With the same keypoints.
    clock : MusicClock
    side : {"auto", "same", "mirrored"}
        As in :func:`~repetiteur.align.line_up.line_up`.

    Returns
    -------
    Alignment
        Lateness is what the take is behind the music as the reference danced to it,
        where the music is sure (``to_music``), and elsewhere what is left after one
        tempo of the two.

    Raises
    ------
    NothingToJudge
        As :func:`~repetiteur.align.line_up.line_up`.
    """
    anchor = Anchor(clock.reference_s, clock.sd_s < SURE_S)
    found = line_up(reference, clock.retimed(take), side=side, anchor=anchor)
    sd = clock.sd_at(found.reference_s)
    to_music = sd < SURE_S
    on_time = np.where(to_music, found.reference_s, found.on_time_s)
    moment = found.on_time_s + found.late_s
    on_time_s, moment_s = clock.take_at(on_time), clock.take_at(moment)
    doubt = clock.tempo_ratio * found.late_sd_s
    start = clock.take_at(np.array([found.start_offset_s]))
    return replace(
        found,
        tempo_ratio=found.tempo_ratio * clock.tempo_ratio,
        start_offset_s=float(start[0]),
        take_s=clock.take_at(found.take_s),
        on_time_s=on_time_s,
        late_s=moment_s - on_time_s,
        late_sd_s=np.hypot(doubt, np.where(to_music, sd, 0.0)),
        breaks=tuple(
            replace(one, take_s=tuple(clock.take_at(np.array(one.take_s)).tolist()))
            for one in found.breaks
        ),
        to_music=to_music,
    )
