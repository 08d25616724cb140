"""What stands in the braces of a message about a note."""

from __future__ import annotations

import math

from repetiteur.coaching.amounts import (
    Messages,
    amount,
    apart,
    bare,
    by,
    lateness,
    number,
)
from repetiteur.model.findings import Note

_TENTHS = 1


def filled(note: Note, name: str, messages: Messages) -> dict[str, str]:
    """Every placeholder that a message may have, with what it is in this note.

    Parameters
    ----------
    note : Note
    name : str
        What its measure is called.
    messages : dict
        The catalogue.
    """
    sides = messages["sides"][note.side or "none"]
    forms = {**sides, "side": sides["plain"] or sides["the"]}
    named = filter(None, (name, sides["plain"]))
    return {
        **forms,
        **{form.capitalize(): word.capitalize() for form, word in forms.items()},
        "name": str(messages["comma"]).join(named),
        **_sizes(note, messages),
        **_seconds(note, messages),
    }


def untold(note: Note) -> frozenset[str]:
    """The placeholders that have nothing to say: of values that are not known.

    What the reference has is all of itself: its share, and the take's, say nothing.
    """
    values = {"take": note.take_value, "ref": note.reference_value}
    return frozenset(
        f"{who}{form}"
        for who, value in values.items()
        if value != value or note.difference.unit == "%"
        for form in ("", "_amount", "_way")
    )


def _sizes(note: Note, messages: Messages) -> dict[str, str]:
    """How far the two are apart, and what each has."""
    unit = note.difference.unit
    values = {"take": note.take_value, "ref": note.reference_value}
    gap = note.difference.value
    size = apart((values["take"], values["ref"]), abs(gap), unit)
    out = {
        "size": bare(size, unit, messages),
        "amount": amount(size, unit, messages),
        "by": by(math.copysign(size, gap), unit, messages),
        "lateness": lateness(size, messages),
        "length": number(size, _TENTHS, messages),
    }
    for who, value in values.items():
        out[who] = bare(value, unit, messages)
        out[f"{who}_amount"] = amount(value, unit, messages)
        out[f"{who}_way"] = _way(note.measure, value, unit, messages)
    return out


def _way(measure: str, value: float, unit: str, messages: Messages) -> str:
    """A value below naught said as what it is: 3° back, not −3° forward."""
    said = messages["ways"].get(measure)
    if said is None or value != value:
        return ""
    n = bare(abs(value), unit, messages)
    way = "above" if value > 0.0 else "below"
    level = n == bare(0.0, unit, messages)
    return str(said["level" if level else way]).format(n=n)


def _seconds(note: Note, messages: Messages) -> dict[str, str]:
    times = {
        "start": note.take.start_s,
        "end": note.take.end_s,
        "ref_start": note.reference.start_s,
        "ref_end": note.reference.end_s,
    }
    return {name: number(at, _TENTHS, messages) for name, at in times.items()}
