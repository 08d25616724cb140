"""The vocabulary: what is danced, by which rules it is told, and its names.

It lies in ``vocabulary.yaml``, and every key and every rule of it is checked. To add a
step, add an entry there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

import yaml

from repetiteur.model.checked import named, record

__all__ = [
    "KINDS",
    "Entry",
    "Fault",
    "Kind",
    "Rule",
    "read_vocabulary",
    "vocabulary",
]

#: What a step is looked for on; see :mod:`repetiteur.steps.stretches`.
Kind = Literal[
    "stance",
    "bend",
    "rise",
    "leg",
    "circle",
    "pose",
    "pivot",
    "tilt",
    "turn",
    "series",
    "flight",
    "flights",
    "walk",
    "travel",
    "arms",
    "phrase",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
Operator = Literal["==", "!=", "<", "<=", ">", ">=", "in", "range<"]
OPERATORS: tuple[Operator, ...] = get_args(Operator)


@dataclass(frozen=True)
class Rule:
    """One condition of a step.

    Attributes
    ----------
    phase : str
        A phase of the step, or a mark of the stretch: when it is read.
    feature : str
        What is read, as in :mod:`repetiteur.steps.features`.
    operator : str
        ``in`` is within two numbers, or one of several labels; ``range<`` holds while
        the feature varies by less.
    value : object
        A number, a label, a truth, or a list for ``in``.
    if_seen : bool
        Whether it counts only where its feature is seen.
    """

    phase: str
    feature: str
    operator: Operator
    value: Any
    if_seen: bool = False

    def __str__(self) -> str:
        """As it is written in the vocabulary: ``point: leg_elev >= 12``."""
        return f"{self.phase}: {self.feature} {self.operator} {self.value}"


@dataclass(frozen=True)
class Fault:
    """What often goes wrong, and what a teacher says then.

    Attributes
    ----------
    sig : str
        How it shows in measures.
    say : str
    """

    sig: str
    say: str


@dataclass(frozen=True)
class Entry:
    """A step or position.

    Attributes
    ----------
    id : str
    name, english : str
        In French, and what it means.
    definition : str
    family : str
    kinds : tuple of str
        The kinds of stretches it is looked for on.
    phases : mapping of str to str
        Each phase, in order, and the mark of the stretch that it is.
    rules : tuple of Rule
        All of them hold.
    either : mapping of str to tuple of Rule
        And all of one of these: what schools, or ways of dancing it, differ in.
    criteria : tuple of str
        Measures that tell how well it is danced.
    faults : tuple of Fault
    confusable : tuple of str
        What it becomes when one condition fails.
    sources : tuple of str
    variants : mapping of str to str
    part_of : tuple of str
        Steps that say more of the same stretch: a balance in retiré is an équilibre.
    """

    id: str
    name: str
    english: str
    definition: str
    family: str
    kinds: tuple[Kind, ...]
    phases: Mapping[str, str]
    rules: tuple[Any, ...]
    criteria: tuple[str, ...]
    faults: tuple[Fault, ...]
    confusable: tuple[str, ...]
    sources: tuple[str, ...]
    variants: Mapping[str, str] = field(default_factory=dict)
    either: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    part_of: tuple[str, ...] = ()

    def mark(self, phase: str) -> str:
        """The mark of the stretch that a phase is; a mark is itself.

        Examples
        --------
        >>> vocabulary()["battement_tendu"].mark("point")
        'peak'
        """
        return self.phases.get(phase, phase)


@cache
def vocabulary() -> Mapping[str, Entry]:
    """All of ``vocabulary.yaml``, by id, in its order.

    Examples
    --------
    >>> vocabulary()["fouette"].kinds
    ('series',)
    """
    text = files("repetiteur.steps").joinpath("vocabulary.yaml").read_text("utf-8")
    return read_vocabulary(text)


def read_vocabulary(text: str) -> dict[str, Entry]:
    """Read a vocabulary, checking every key and rule.

    Parameters
    ----------
    text : str
        YAML, as in ``vocabulary.yaml``.

    Raises
    ------
    ValueError
        When a key is unknown or missing, a value is not what belongs there, or a step
        is confusable with one that there is not. The text names the entry.

    Examples
    --------
    >>> read_vocabulary("skip: {name: Skip}")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    ValueError: skip: needs english, needs definition, needs family, ...
    """
    rows = named(yaml.safe_load(text), "vocabulary")
    out = {id: _entry(id, named(row, id)) for id, row in rows.items()}
    for entry in out.values():
        for key in ("confusable", "part_of"):
            unknown = [other for other in getattr(entry, key) if other not in out]
            if unknown:
                raise ValueError(f"{entry.id}, {key}: knows no {unknown[0]}.")
    return out


def _entry(id: str, row: dict[str, Any]) -> Entry:
    ways = named(row.get("either", {}), f"{id}, either")
    either = {name: _rules(way, f"{id}, either, {name}") for name, way in ways.items()}
    full = {**row, "id": id, "either": either}
    if "rules" in row:
        full["rules"] = _rules(row["rules"], f"{id}, rules")
    entry: Entry = record(Entry, full, id)
    return entry


def _rules(said: Any, where: str) -> list[Rule]:
    if not isinstance(said, list) or not said:
        raise ValueError(f"{where}: needs a list of rules, and is {said!r:.60}.")
    return [_rule(one, where) for one in said]


def _rule(said: Any, where: str) -> Rule:
    """One rule, each of its four parts checked."""
    words = isinstance(said, list) and all(isinstance(one, str) for one in said[:3])
    if_seen = words and said[4:] == ["if_seen"]
    if not words or len(said) != 4 + if_seen or said[2] not in OPERATORS:
        raise ValueError(
            f"{where}: needs [phase, feature, operator, value] with one of "
            f"{' '.join(OPERATORS)}, and is {said!r:.80}."
        )
    phase, feature, operator, value = said[:4]
    several = isinstance(value, list) and len(value) >= 2
    if several != (operator == "in"):
        raise ValueError(f"{where}: `in` and nothing else has a list, in {said!r:.80}.")
    limits = tuple(value) if several else (value,)
    if not all(isinstance(limit, str | int | float) for limit in limits):
        raise ValueError(f"{where}: needs numbers or labels, in {said!r:.80}.")
    return Rule(phase, feature, operator, limits if several else value, if_seen)
