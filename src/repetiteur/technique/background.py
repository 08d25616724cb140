"""What is known of measures beside their functions: needs, norms, pitfalls.

It lies in ``measures.yaml``, and every key of it is checked. Numbers that were
published of people are background, never a pass mark; of the evidence letters only A
may be shown as published:

A
    The number was read in the publication's abstract or in a stored copy.
B
    Recalled from the literature and not checked.
C
    An expert's default without a publication.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml

from repetiteur.model.checked import named, record

__all__ = [
    "Background",
    "Component",
    "Default",
    "Needs",
    "Norm",
    "background_of",
    "backgrounds",
    "published",
    "read_backgrounds",
]

Evidence = Literal["A", "B", "C"]


@dataclass(frozen=True)
class Norm:
    """What was published, or is said, of people.

    Attributes
    ----------
    of : str
        What was measured, which need not be what the measure measures; where there is
        no value, what was found.
    population : str
        Who, and how many.
    source : str
    evidence : {"A", "B", "C"}
    value : str
        In the measure's unit; "" where the finding is no number.
    spread : str
        As it was printed.
    """

    of: str
    population: str
    source: str
    evidence: Evidence
    value: str = ""
    spread: str = ""


@dataclass(frozen=True)
class Default:
    """A band that experts go by: a setting, never a norm.

    Attributes
    ----------
    case : str
        Where it holds, or what it is called.
    says : str
        The band, in the measure's unit.
    evidence : {"A", "B", "C"}
    """

    case: str
    says: str
    evidence: Evidence


@dataclass(frozen=True)
class Needs:
    """What a measure needs to be seen.

    Attributes
    ----------
    dimension : {"2d", "3d"}
        ``2d`` where a picture's plane shows it from the right side.
    view : str
        From where.
    contact : str
        Which feet are down; "" where it does not matter.
    advised_hz : float
        Frames a second from which it is of use; 0 where it does not matter.
    """

    dimension: Literal["2d", "3d"]
    view: str
    contact: str = ""
    advised_hz: float = 0.0


@dataclass(frozen=True)
class Component:
    """One of several numbers of a measure, with an id of its own.

    Attributes
    ----------
    name, unit, sense : str
        As of :class:`Background`.
    """

    name: str
    unit: str
    sense: str


@dataclass(frozen=True)
class Background:
    """What is known of a measure.

    Attributes
    ----------
    id : str
        Without a component's suffix.
    name : str
        Words for a person.
    formula : str
    needs : Needs
    pitfalls : tuple of str
    unit, sense : str
        Of a value, and what a larger one means; "" where only the components have one.
    norms : tuple of Norm
        All that is known; :func:`published` says which may be shown.
    defaults : tuple of Default
    oracle : str
        ``O1`` ...: input with a known result that the tests give it; "" without one.
    components : mapping of str to Component
        By suffix: ``peak`` of ``turn_rate.peak``; ``*`` is any other.
    """

    id: str
    name: str
    formula: str
    needs: Needs
    pitfalls: tuple[str, ...]
    unit: str = ""
    sense: str = ""
    norms: tuple[Norm, ...] = ()
    defaults: tuple[Default, ...] = ()
    oracle: str = ""
    components: Mapping[str, Component] = field(default_factory=dict)

    def part(self, measure_id: str) -> Background | Component:
        """The component that an id names, or the whole, where it names none.

        Raises
        ------
        KeyError
            When there is no such component.
        """
        _, _, suffix = measure_id.partition(".")
        if not suffix:
            return self
        return self.components[suffix if suffix in self.components else "*"]


def background_of(measure_id: str) -> Background | None:
    """What is known of a measure; a component has its measure's.

    Parameters
    ----------
    measure_id : str
        As in every file: ``turn_count``, ``turn_rate.peak``.

    Returns
    -------
    Background or None
        None of a measure of somebody else's package.

    Examples
    --------
    >>> known = background_of("turn_rate.peak")
    >>> known.name, known.part("turn_rate.peak").name
    ('Speed of turning', 'Speed of turning, peak')
    """
    return backgrounds().get(measure_id.partition(".")[0])


def published(norms: Iterable[Norm]) -> tuple[Norm, ...]:
    """Those norms that may be shown as published: of evidence A.

    Examples
    --------
    >>> known = background_of("turn_rate").norms
    >>> [norm.evidence for norm in known], len(published(known))
    (['A', 'B'], 1)
    """
    return tuple(norm for norm in norms if norm.evidence == "A")


@cache
def backgrounds() -> Mapping[str, Background]:
    """All of ``measures.yaml``, by id, in its order.

    Examples
    --------
    >>> backgrounds()["knee_flexion"].needs.dimension
    '2d'
    """
    text = files("repetiteur.technique").joinpath("measures.yaml").read_text("utf-8")
    return read_backgrounds(text)


def read_backgrounds(text: str) -> dict[str, Background]:
    """Read backgrounds, checking every key and value.

    Parameters
    ----------
    text : str
        YAML, as in ``measures.yaml``.

    Raises
    ------
    ValueError
        When a key is unknown or missing, or a value is not what belongs there. The
        text names the entry.

    Examples
    --------
    >>> read_backgrounds("grace: {name: Grace}")
    Traceback (most recent call last):
        ...
    ValueError: grace: needs formula, needs needs, needs pitfalls.
    """
    rows = named(yaml.safe_load(text), "backgrounds")
    return {
        id: record(Background, {**named(row, id), "id": id}, id)
        for id, row in rows.items()
    }
