"""What could not be judged, in words: measures with one reason stand together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from repetiteur.model.findings import NotJudged, Span
from repetiteur.report import words

_MANY = 4  # measures without a judgement, said before the notes
_MOST_TIMES = 6


@dataclass(frozen=True)
class Unseen:
    """What was not judged for one reason, and when; no times where nowhere."""

    names: tuple[str, ...]
    reason: str
    how_to_film: str
    when: tuple[str, ...]


def unseen(entries: tuple[NotJudged, ...]) -> list[Unseen]:
    """What was not judged, in words; measures with the same reason stand together.

    Examples
    --------
    >>> far = [NotJudged(name, "too far", "come nearer") for name in ("one", "two")]
    >>> unseen(tuple(far))[0].names
    ('One', 'Two')
    """
    together: dict[tuple[str, str], dict[str, tuple[Span, ...]]] = {}
    for entry in entries:
        film = _sentence(entry.how_to_film, capital=False)
        named = together.setdefault((_sentence(entry.reason), film), {})
        name = words.measure_name(entry.measure)
        nowhere = name in named and not (named[name] and entry.spans)
        named[name] = () if nowhere else named.get(name, ()) + entry.spans
    return [Unseen(tuple(named), *key, _when(named)) for key, named in together.items()]


def mostly_unseen(entries: tuple[NotJudged, ...]) -> Unseen | None:
    """The reason for which many measures were judged nowhere, if there is one.

    Such as two videos from different sides: then what is said is not the whole.
    """
    whole = [entry for entry in unseen(entries) if not entry.when]
    most = max(whole, key=lambda entry: len(entry.names), default=None)
    return most if most is not None and len(most.names) >= _MANY else None


def _sentence(text: str, *, capital: bool = True) -> str:
    text = text.strip()
    start = text[:1].upper() if capital else text[:1]
    stop = "" if not text or text[-1] in ".!?" else "."
    return f"{start}{text[1:]}{stop}"


def _when(named: Mapping[str, tuple[Span, ...]]) -> tuple[str, ...]:
    """A line of times for each measure; none where all were judged nowhere."""
    if not any(named.values()):
        return ()
    if len(named) == 1:
        return tuple(f"Not judged: {_times(spans)}" for spans in named.values())
    return tuple(f"{name}: {_times(spans)}" for name, spans in named.items())


def _times(spans: tuple[Span, ...]) -> str:
    if not spans:
        return "throughout"
    first = [words.stretch(span) for span in spans[:_MOST_TIMES]]
    more = len(spans) - len(first)
    return ", ".join(first) + (f" and {more} more" if more else "")
