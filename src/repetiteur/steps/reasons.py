"""Why a stretch is one step, and not another with which that is confused."""

from __future__ import annotations

from collections import Counter

from repetiteur.steps.judging import Kept, Reader, Verdict
from repetiteur.steps.vocabulary import Entry, vocabulary

#: A rule that holds with less is broken.
BROKEN = 0.5
#: So many reasons of each kind are given.
MOST = 3


def because(reader: Reader, best: Verdict, second: Verdict | None) -> tuple[str, ...]:
    """The rules that tell a step from others, and what tells against these.

    Parameters
    ----------
    reader : Reader
        Of the stretch.
    best : Verdict
    second : Verdict or None
        On the next best name, where there is one.

    Returns
    -------
    tuple of str
        First the rules of its own that tell it from most of the steps with which it is
        confused; then, for the next best and for those, which rule they break most.
    """
    others = [second.entry] if second is not None else []
    others += [entry for entry in _confused(best.entry) if entry not in others]
    breaks = [(entry, _most_broken(reader, entry)) for entry in others]
    counts = Counter(own.says for _, broken in breaks for own in _same(best, broken))
    said = [says for says, _ in counts.most_common(MOST)] or [best.weakest.says]
    against = [_against(entry, broken) for entry, broken in breaks]
    return (*said, *[one for one in against if one][:MOST])


def _against(entry: Entry, broken: Kept) -> str:
    """What tells against another step; of one whose rules hold, that it says less."""
    if broken.likely < BROKEN:
        return f"no {entry.name}: {broken.says}"
    return f"more than {entry.name}" if entry.part_of else ""


def _confused(entry: Entry) -> list[Entry]:
    """Steps with which one is confused, as far as they are looked for alike."""
    named = (vocabulary()[id] for id in entry.confusable)
    return [other for other in named if set(other.kinds) & set(entry.kinds)]


def _most_broken(reader: Reader, entry: Entry) -> Kept:
    verdict = reader.verdict(entry, 0.0)
    assert verdict is not None  # none is less likely than 0
    return verdict.weakest


def _same(best: Verdict, broken: Kept) -> list[Kept]:
    """Rules of its own on what another step is broken by."""
    mark, feature = broken.rule.phase, broken.rule.feature
    own = [kept for kept in best.kept if kept.rule.feature == feature]
    return [k for k in own if best.entry.mark(k.rule.phase) == mark] or own[:1]
