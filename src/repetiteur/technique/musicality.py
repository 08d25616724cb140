"""Being on the music: a dancer's arrivals against the counts of the same recording."""

from __future__ import annotations

from repetiteur.kinematics.movement import Movement
from repetiteur.model.counts import Counts
from repetiteur.model.findings import Measured, NotJudged
from repetiteur.technique.musical_events import ALL, arrivals
from repetiteur.technique.musical_offsets import FEWEST, Heard, heard
from repetiteur.technique.musical_said import Saying

#: Frames a second from which arrivals are told well enough (domain measure
#: ``beat_offset``).
LEAST_HZ = 50.0
MEASURES = ("beat_offset", "beat_alignment", "accent", "tempo_shape")
_LONGER = "Give it a longer passage, or counts for the whole of it."
_CHANCE = "{} no more on the music than chance would be."
_SAME_MUSIC = (
    "Check that the counts are of the music in this recording and that sound and "
    "picture are in time; a longer passage tells more."
)
_KINDS = {
    ALL: "Landings, closings and ends of movements together are",
    "landing": "Landings are",
    "step": "Steps are",
    "closing": "Closings are",
    "extension": "The tops of the working leg are",
    "plie": "The bottoms of the pliés are",
    "turn": "The ends of the turns are",
}


def musicality(movement: Movement, counts: Counts) -> Measured:
    """How a dancer is on the music.

    Parameters
    ----------
    movement : Movement
    counts : Counts
        In the seconds of the same recording.

    Returns
    -------
    Measured
        Of each kind of arrival and of all, as their moment: ``beat_offset`` (median,
        late positive), ``beat_offset.steadiness`` (from quartile to quartile) and
        ``beat_offset.consistency`` (resultant length of the phases);
        ``beat_offset.phrase`` of each eight; ``beat_alignment.per_movement`` and
        ``.per_count``, each with its ``_chance`` beside it; ``accent``;
        ``tempo_shape.danced``, ``.played``, ``.apart`` and ``.lag``.

    Notes
    -----
    Nothing is said of dancing that is no more on the music than the same dancing at
    other tempi would be (:func:`repetiteur.technique.musical_offsets.heard`).

    Examples
    --------
    >>> import numpy as np
    >>> from repetiteur.kinematics.movement import movement_of
    >>> from repetiteur.model.counts import counted
    >>> from repetiteur.model.poses import body_of
    >>> from repetiteur.synthetic import Phrase, dance
    >>> from repetiteur.synthetic.steps import demi_plie, fifth_position
    >>> body = body_of(dance(Phrase.of(fifth_position(), *[demi_plie()] * 12)))
    >>> found = musicality(movement_of(body), counted(np.arange(26.0), metre=4, one=0))
    >>> round(abs(found.measurements[0].value), 2), found.measurements[0].moment
    (0.0, 'arrival')
    """
    if movement.rate < 0.99 * LEAST_HZ:
        return _nothing(
            f"It needs {LEAST_HZ:g} frames a second, and this has {movement.rate:.3g}.",
            f"Record with {LEAST_HZ:g} frames a second or more.",
        )
    if len(counts) < FEWEST:
        return _nothing(
            f"It needs {FEWEST} counts of the music, and there are {len(counts)}.",
            _LONGER,
        )
    found = heard(arrivals(movement), counts)
    if len(found.arrivals) < FEWEST:
        return _nothing(
            f"It needs {FEWEST} landings, closings or ends of movements while the "
            f"counts last, and there are {len(found.arrivals)}.",
            _LONGER,
        )
    if not found.offsets:
        return _nothing(_CHANCE.format(_KINDS[ALL]), _SAME_MUSIC)
    said = Saying(movement, counts, found)
    parts = (said.offsets(), said.alignment(), said.accents(), said.tempo())
    return Measured(
        tuple(one for part in parts for one in part.measurements),
        (*_unheard(found), *(one for part in parts for one in part.not_judged)),
    )


def _nothing(reason: str, how: str) -> Measured:
    return Measured((), tuple(NotJudged(name, reason, how) for name in MEASURES))


def _unheard(found: Heard) -> list[NotJudged]:
    """Kinds of arrivals that nothing is said of."""
    few = [
        NotJudged(
            "beat_offset",
            f"{_KINDS[kind]} fewer than {FEWEST} while the counts last.",
            _LONGER,
        )
        for kind in found.few
    ]
    by_chance = [
        NotJudged("beat_offset", _CHANCE.format(_KINDS[kind]), _SAME_MUSIC)
        for kind in found.by_chance
    ]
    return few + by_chance
