"""The music of a rehearsal: its counts in both recordings, and the clock it gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from repetiteur.errors import NothingToJudge
from repetiteur.io.audio import Sound
from repetiteur.model.counts import Counts
from repetiteur.music.carrying import carried
from repetiteur.music.clock import (
    MusicClock,
    clock_of_counts,
    clock_of_sounds,
    clock_through,
)
from repetiteur.music.sync import Sync, sync

__all__ = ["Basis", "Music", "Sounds", "heard"]

#: What the clock of the music rests on.
Basis = Literal["same_playback", "other_playing", "counts"]


@dataclass(frozen=True, eq=False)
class Sounds:
    """What is heard in each recording of a rehearsal; None where there is no sound.

    Attributes
    ----------
    reference, take : Sound or None
    music : Sound or None
        A recording of the music by itself, where there is one.
    """

    reference: Sound | None
    take: Sound | None
    music: Sound | None = None


@dataclass(frozen=True, eq=False)
class Music:
    """The music that a reference and a take were danced to.

    Attributes
    ----------
    counts : Counts or None
        In the reference's seconds; None where they are not known.
    take_counts : Counts or None
        The same in the take's.
    clock : MusicClock or None
        Which moment of the take has the same music as each of the reference.
    basis : {"same_playback", "other_playing", "counts"} or None
        What the clock rests on: one playback heard twice, two playings of the same
        music, or counts that were given for both. None where there is no clock.
    reason : str
        Why there is none; empty where there is.
    """

    counts: Counts | None = None
    take_counts: Counts | None = None
    clock: MusicClock | None = None
    basis: Basis | None = None
    reason: str = ""


def heard(
    sounds: Sounds, counts: Counts | None = None, take_counts: Counts | None = None
) -> Music:
    """Lay the music on a reference and on a take.

    Parameters
    ----------
    sounds : Sounds
    counts : Counts, optional
        In the seconds of ``sounds.music``, or where there is none in the reference's.
    take_counts : Counts, optional
        In the take's own seconds: they go before what is heard.

    Returns
    -------
    Music
        With a clock where the music of both is surely the same.

    Examples
    --------
    >>> import numpy as np
    >>> from repetiteur.model.counts import counted
    >>> slow = counted(np.arange(8.0), metre=4, one=0)
    >>> fast = counted(np.arange(8.0) / 2, metre=4, one=0)
    >>> heard(Sounds(None, None), slow, fast).basis
    'counts'
    >>> print(heard(Sounds(None, None), slow).reason)
    The reference has no sound.
    """
    if sounds.music is None:
        on_reference, on_take = None, _laid(sounds.reference, sounds.take)
    else:
        on_reference = _laid(sounds.music, sounds.reference, ("music", "reference"))
        on_take = _laid(sounds.music, sounds.take, ("music", "take"))
    own = counts if on_reference is None else _carried(counts, on_reference)
    mine = _carried(counts, on_take) if take_counts is None else take_counts
    try:
        clock, basis = _clock(on_reference, on_take, own, take_counts)
    except NothingToJudge as error:
        return Music(own, mine, reason=str(error))
    return Music(own, mine, clock, basis)


def _clock(
    on_reference: Sync | None,
    on_take: Sync,
    counts: Counts | None,
    take_counts: Counts | None,
) -> tuple[MusicClock, Basis]:
    """By the counts that were given for both, or else by ear."""
    if counts is not None and take_counts is not None:
        return clock_of_counts(counts, take_counts), "counts"
    if on_reference is None:
        return clock_of_sounds(on_take), _basis(on_take)
    return clock_through(on_reference, on_take), _basis(on_reference, on_take)


def _basis(*found: Sync) -> Basis:
    """One playback where all of them are."""
    same = all(one.kind == "same_playback" for one in found)
    return "same_playback" if same else "other_playing"


def _carried(counts: Counts | None, onto: Sync) -> Counts | None:
    """The counts in another recording; None where none of them is there."""
    if counts is None:
        return None
    found = carried(counts, onto)
    return found if len(found) else None


def _laid(
    first: Sound | None,
    second: Sound | None,
    names: tuple[str, str] = ("reference", "take"),
) -> Sync:
    """Two sounds laid together; nothing where there is none."""
    if first is None:
        return _nowhere(f"The {names[0]} has no sound.")
    if second is None:
        return _nowhere(f"The {names[1]} has no sound.")
    found = sync(first, second)
    if found.kind != "neither":
        return found
    return _nowhere(f"The {names[0]} and the {names[1]}: {found.reason}")


def _nowhere(reason: str) -> Sync:
    none = np.empty(0)
    return Sync("neither", none, none, none, none, reason=reason)
