"""The qualities of movement: what each is, in which unit, and where it comes from.

They lie in ``descriptors.yaml``, and every key of it is checked.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import sqrt
from typing import Literal

import yaml

from repetiteur.kinematics.estimates import Z90
from repetiteur.model.checked import named, record

#: ``energy``: quiet to energetic. ``opening``: closed to open.
Axis = Literal["energy", "opening", ""]
AXES: tuple[Axis, Axis] = ("energy", "opening")


@dataclass(frozen=True)
class Descriptor:
    """One quality of movement.

    Attributes
    ----------
    id : str
    name : str
        Words for a person.
    unit : str
        ``heights`` are the dancer's own.
    more, less : str
        What a larger and a smaller value means beside another.
    formula, source : str
    evidence : {"A", "B", "C"}
        As of measures: read, recalled and not checked, or an expert's default.
    relative : float
        1 where differences are told as shares of the reference's value.
    robust : float
        1 where tracking noise leaves it what it is: told by default.
    camera : float
        1 where one camera shows it.
    variation : float
        Standard deviation of one dancer's repeats, of one window: in the unit, or as a
        share. Expert default.
    still : float
        Of relative ones: smaller values count as this, for where nobody moves shares
        mean nothing.
    axis : {"energy", "opening", ""}
        Of which axis it is a part.
    way : float
        1 where more of it is more of its axis, -1 where it is less.
    oracle : str
        Input with a known result that the tests give it; "" without one.
    """

    id: str
    name: str
    unit: str
    more: str
    less: str
    formula: str
    source: str
    evidence: Literal["A", "B", "C"]
    relative: float
    robust: float
    camera: float
    variation: float
    still: float = 0.0
    axis: Axis = ""
    way: float = 0.0
    oracle: str = ""

    @property
    def floor(self) -> float:
        """What nine in ten differences of two repeats stay under.

        In the unit, or of relative ones as a difference of natural logarithms: 1.645
        sqrt(2) times the variation.
        """
        return Z90 * sqrt(2.0) * self.variation


@cache
def descriptors() -> tuple[Descriptor, ...]:
    """All qualities, in the order of ``descriptors.yaml``.

    Examples
    --------
    >>> descriptors()[0].id, descriptors()[0].axis
    ('quantity_of_motion', 'energy')
    """
    path = files("repetiteur.expression").joinpath("descriptors.yaml")
    return read_descriptors(path.read_text("utf-8"))


def read_descriptors(text: str) -> tuple[Descriptor, ...]:
    """Read descriptors, checking every key and value.

    Parameters
    ----------
    text : str
        YAML, as in ``descriptors.yaml``.

    Raises
    ------
    ValueError
        When a key is unknown or missing, or a value is not what belongs there.

    Examples
    --------
    >>> read_descriptors("grace: {name: 3}")
    Traceback (most recent call last):
        ...
    ValueError: grace: needs unit, needs more, needs less, needs formula, ...
    """
    rows = named(yaml.safe_load(text), "descriptors")
    return tuple(
        record(Descriptor, {**named(row, id), "id": id}, id) for id, row in rows.items()
    )
