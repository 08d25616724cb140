"""What is known of a measure, as text for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from repetiteur.report.written import word
from repetiteur.technique.background import (
    Background,
    Component,
    Norm,
    background_of,
    published,
)
from repetiteur.technique.measure import Measure, measures
from repetiteur.technique.repeats import WORDS

#: What one camera's picture shows of a measure, by how it is seen; else a curve of it.
_SEEN = {"": "one camera does not show it", "time": "one camera shows it"}
_FROM_ITS_SIDE = "one camera shows it where it stands right for it"


def about(asked: str) -> list[str]:
    """What is known of a measure, a paragraph each.

    Parameters
    ----------
    asked : str
        Its id; that of several components stands for all of them.

    Returns
    -------
    list of str
        Empty where no measure has this id.

    Examples
    --------
    >>> about("plie_depth")[0]
    'Depth of the plié (plie_depth)'
    >>> about("grace")
    []
    """
    found = [m for m in measures() if asked in (m.id, m.id.partition(".")[0])]
    return list(_paragraphs(asked, found)) if found else []


def _paragraphs(asked: str, found: Sequence[Measure]) -> Iterator[str]:
    known = background_of(asked)
    part = None if known is None else _part(known, asked)
    yield f"{found[0].name if part is None else part.name} ({asked})"
    kinds: dict[tuple[str, str], list[str]] = {}
    for one in found:
        unit = word(one.unit) or {"deg": "degrees", "ratio": "a share"}.get(one.unit)
        id = "" if one.id == asked else f"{one.id}, "
        said = ", ".join(filter(None, [f"{id}{one.name}", unit]))
        several = WORDS.get(one.on, (one.on, one.on))[1]
        kinds.setdefault((said, one.source), []).append(several)
    for (said, source), on in kinds.items():
        yield f"{said}, of {', '.join(on)}: {source}."
    yield f"Needs {_needs(found, known)}."
    if known is None:
        return
    yield f"Larger: {(part or known).sense}."
    yield from map(_norm, published(known.norms))
    yield from (f"Beware: {pitfall}" for pitfall in known.pitfalls)


def _part(known: Background, asked: str) -> Background | Component | None:
    """What is known of a component; None of one that another package added."""
    try:
        return known.part(asked)
    except KeyError:
        return None


def _needs(found: Sequence[Measure], known: Background | None) -> str:
    points = ", ".join(dict.fromkeys(need for one in found for need in one.needs))
    least = max(one.least_hz for one in found)
    seen = {_SEEN.get(one.seen, _FROM_ITS_SIDE) for one in found}
    said = [points.replace("|", " or ").replace("_", " ") or "no point in particular"]
    said += [f"{least:g} frames a second"] if least else []
    if known is not None and known.needs.contact:
        said.append(f"contact: {known.needs.contact}")
    said += sorted(seen)
    if known is not None and seen != {_SEEN[""]}:
        said.append(f"view: {known.needs.view}")
    return "; ".join(said)


def _norm(norm: Norm) -> str:
    """A published number: background, and no mark to be reached."""
    value = f"{norm.value}{f', {norm.spread}' if norm.spread else ''}: "
    said = f"{value if norm.value else ''}{norm.of}"
    return f"Background, no mark: {said} ({norm.population}; {norm.source})."
