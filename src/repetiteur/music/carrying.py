"""Counts carried over to another recording of the same music."""

from __future__ import annotations

from repetiteur.model.counts import Counts
from repetiteur.music.sync import Sync

__all__ = ["carried"]


def carried(counts: Counts, sync: Sync) -> Counts:
    """The same counts at the times of the second recording.

    Parameters
    ----------
    counts : Counts
        Of the first recording.
    sync : Sync
        How the two are lined up.

    Returns
    -------
    Counts
        Those that have a sure place in the second recording; the others are left out,
        and none is there when nothing is lined up. Each confidence is multiplied by
        how sure the place is.

    Examples
    --------
    >>> import numpy as np
    >>> from repetiteur.model.counts import counted
    >>> later = Sync("same_playback", *np.array([[0, 2], [1, 3], [0, 0], [0.8, 0.8]]))
    >>> counts = carried(counted(np.array([0.0, 1.0, 2.0, 3.0]), metre=4, one=1), later)
    >>> counts.time_s.tolist(), counts.label.tolist(), counts.confidence.tolist()
    ([1.0, 2.0, 3.0], ['0·8', '1·1', '1·2'], [0.8, 0.8, 0.8])
    """
    time_s, _ = sync.carried(counts.time_s)
    return counts.moved(time_s, counts.confidence * sync.sure_at(counts.time_s))
