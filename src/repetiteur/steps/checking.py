"""Whether the rules of a vocabulary ask what can be read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from repetiteur.steps.features import FEATURES
from repetiteur.steps.vocabulary import Entry, Rule

#: Units of features that give labels and not numbers.
LABELLED = frozenset(("label", "truth", "feet"))
_ORDERED = frozenset(("<", "<=", ">", ">=", "range<"))


def check(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries, if each of their rules can be judged.

    Raises
    ------
    ValueError
        When a rule reads a feature that there is not, or asks a number of a label or
        a label of a number. The text names the entry and the rule.

    Examples
    --------
    >>> from repetiteur.steps.vocabulary import vocabulary
    >>> len(check(vocabulary().values())) == len(vocabulary())
    True
    """
    known = tuple(entries)
    for entry in known:
        for rule in (*entry.rules, *(r for way in entry.either.values() for r in way)):
            wrong = _wrong(rule)
            if wrong:
                raise ValueError(f"{entry.id}, rule [{rule}]: {wrong}.")
    return known


def _wrong(rule: Rule) -> str:
    """What keeps a rule from being judged; "" if nothing does."""
    feature = FEATURES.get(rule.feature)
    if feature is None:
        return f"knows no feature {rule.feature}; there are {', '.join(FEATURES)}"
    several = rule.operator == "in"
    values: tuple[Any, ...] = rule.value if several else (rule.value,)
    words = any(isinstance(value, str | bool) for value in values)
    if feature.unit in LABELLED:
        return "orders labels" if rule.operator in _ORDERED else ""
    if words:
        return f"{rule.feature} is a number, and no word"
    if several and not (len(values) == 2 and values[0] < values[1]):
        return "needs two numbers, the smaller first"
    return ""
