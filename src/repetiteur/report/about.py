"""What is known of a measure, as text for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches

from repetiteur.report.written import amount, word
from repetiteur.technique.background import (
    Background,
    Component,
    Norm,
    background_of,
    backgrounds,
    published,
)
from repetiteur.technique.curve import Curve, curves
from repetiteur.technique.measure import Measure, measures
from repetiteur.technique.repeats import WORDS

#: What one camera's picture shows of a measure, by how it is seen; else a curve of it.
_SEEN = {"": "one camera does not show it", "time": "one camera shows it"}
_FROM_ITS_SIDE = "one camera shows it where it stands right for it"
_UNITS = {"deg": "degrees", "ratio": "a share"}
_COMPARED = "two performances are compared by it (repetiteur rehearse)"
#: Names that are offered for one that is none.
_MOST_NEAR = 4


def stands_for(asked: str, id: str) -> bool:
    """Whether a name means a measure: its id, or that of several components.

    Examples
    --------
    >>> [stands_for(name, "arm_shape.elevation") for name in ("arm_shape", "arm")]
    [True, False]
    """
    return id == asked or id.startswith(f"{asked}.")


def names() -> list[str]:
    """Everything that :func:`about` knows, each id once; components after their whole.

    Examples
    --------
    >>> {"turn_rate", "turn_rate.peak", "timing_path"} <= set(names())
    True
    """
    ids = [*(one.id for one in measures()), *(one.id for one in curves())]
    every = [*ids, *(id.partition(".")[0] for id in ids), *backgrounds()]
    return sorted(set(every))


def near(asked: str, known: Iterable[str]) -> str:
    """What somebody may have meant, or else the names there are, without components.

    Examples
    --------
    >>> near("turn_cuont", ["turn_count", "plie_depth"])
    'near to it: turn_count'
    >>> near("x", ["turn_rate.mean", "turn_rate.peak", "plie_depth"])
    'there are: plie_depth, turn_rate'
    """
    ids = list(dict.fromkeys(known))
    wholes = sorted({id.partition(".")[0] for id in ids})
    both = sorted({*ids, *wholes})
    alike = get_close_matches(asked.lower(), both, n=_MOST_NEAR)
    if alike:
        return f"near to it: {', '.join(alike)}"
    return f"there are: {', '.join(wholes)}"


def about(asked: str) -> list[str]:
    """What is known of a measure, a paragraph each.

    Parameters
    ----------
    asked : str
        Its id; that of several components stands for all of them.

    Returns
    -------
    list of str
        Empty where nothing has this id.

    Examples
    --------
    >>> about("plie_depth")[0]
    'Depth of the plié (plie_depth)'
    >>> about("grace")
    []
    """
    taken = [one for one in measures() if stands_for(asked, one.id)]
    drawn = [one for one in curves() if stands_for(asked, one.id)]
    known = background_of(asked)
    if not (taken or drawn or (known is not None and known.id == asked)):
        return []
    part = None if known is None else _part(known, asked)
    name = next(one.name for one in (part, *taken, *drawn) if one is not None)
    said = [f"{name} ({asked})", *_taken(asked, taken), *_drawn(asked, drawn)]
    if known is not None and not (taken or drawn):
        unit = word(known.unit) or _UNITS.get(known.unit, known.unit)
        said.append(f"{unit}: {_COMPARED}. {known.formula}.")
    said.append(f"Needs {_needs(taken, drawn, known)}.")
    if known is None:
        return said
    ids = dict.fromkeys([*(one.id for one in taken), *(one.id for one in drawn)])
    said += _senses(asked, list(ids) or [asked], known)
    said += map(_norm, published(known.norms))
    return [*said, *(f"Beware: {pitfall}" for pitfall in known.pitfalls)]


def _called(asked: str, one: Measure | Curve) -> str:
    """A name and a unit, with the id where that was not what was asked for."""
    id = "" if one.id == asked else f"{one.id}, "
    unit = word(one.unit) or _UNITS.get(one.unit)
    return ", ".join(filter(None, [f"{id}{one.name}", unit]))


def _taken(asked: str, found: Sequence[Measure]) -> Iterator[str]:
    """How measures are read, and on which moments."""
    kinds: dict[tuple[str, str], list[str]] = {}
    for one in found:
        several = WORDS.get(one.on, (one.on, one.on))[1]
        kinds.setdefault((_called(asked, one), one.source), []).append(several)
    for (said, source), on in kinds.items():
        yield f"{said}, of {', '.join(on)}: {source}."


def _drawn(asked: str, found: Sequence[Curve]) -> Iterator[str]:
    """How curves are read, and from where on a difference between two counts."""
    for one in found:
        floor = amount(one.floor, one.unit).strip()
        yield (
            f"{_called(asked, one)}, a curve over all frames: {_COMPARED}; up to "
            f"{floor} is taken for the dancer's own variation. {one.source}."
        )


def _senses(asked: str, ids: Sequence[str], known: Background) -> Iterator[str]:
    """Which way values grow, and what names mean; each once."""
    senses: dict[tuple[str, str], list[str]] = {}
    for id in ids:
        part = _part(known, id) or known
        if part.sense:
            what = "Says" if part.unit == "label" else "Larger"
            senses.setdefault((what, part.sense), []).append(id)
    for (what, sense), of in senses.items():
        which = "" if asked in of or len(senses) == 1 else f", {', '.join(of)}"
        yield f"{what}{which}: {sense}."


def _part(known: Background, asked: str) -> Background | Component | None:
    """What is known of a component; None of one that another package added."""
    try:
        return known.part(asked)
    except KeyError:
        return None


def _needs(
    taken: Sequence[Measure], drawn: Sequence[Curve], known: Background | None
) -> str:
    needs = [need for one in taken for need in one.needs]
    if not taken:  # else they say it, side by side
        needs = [n.replace("{side}_", "") for one in drawn for n in one.needs]
    points = ", ".join(dict.fromkeys(needs))
    least = max((one.least_hz for one in taken), default=0.0)
    seen = {_SEEN.get(one.seen, _FROM_ITS_SIDE) for one in taken}
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
