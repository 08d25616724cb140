"""What steps are called: in French, in English, and by the numbers of a school.

Geometry is what is recognised; names lie in ``schools.yaml``. Arms, arabesques and
places of the room have other numbers in each school, so without a school they are
said by what they look like.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import isfinite
from typing import Literal, get_args

import yaml

from repetiteur.model.checked import record
from repetiteur.steps.step import Step
from repetiteur.steps.vocabulary import vocabulary

__all__ = ["SCHOOLS", "School", "arms", "called", "details", "english", "name", "place"]

School = Literal["vaganova", "cecchetti", "rad", "french"]
SCHOOLS: tuple[School, ...] = get_args(School)
_EIGHTH_DEG = 45.0


@dataclass(frozen=True)
class Pose:
    """An arabesque whose number is not the same in all schools, and its names."""

    way: str
    pose: str
    names: Mapping[str, str]


@dataclass(frozen=True)
class Words:
    """All of ``schools.yaml``, its keys checked."""

    schools: Mapping[str, str]
    directed: tuple[str, ...]
    directions: Mapping[str, str]
    facings: Mapping[str, str]
    senses: Mapping[str, str]
    arabesques: Mapping[str, tuple[Pose, ...]]
    arms: Mapping[str, Mapping[str, str]]
    places: tuple[str, ...]
    numbers: Mapping[str, Mapping[str, str]]


def name(id: str) -> str:
    """A step's French name, without what the vocabulary adds in brackets.

    Of an id that it does not know, as another program's file may have, the id in words.

    Examples
    --------
    >>> name("developpe"), name("my_step")
    ('Développé', 'My step')
    """
    known = vocabulary().get(id)
    return _short(known.name) if known else id.replace("_", " ").capitalize()


def english(id: str) -> str:
    """A step in English, likewise; "" where it is not known.

    Examples
    --------
    >>> english("pas_de_chat")
    "cat's step: knees lifted one after the other"
    """
    known = vocabulary().get(id)
    return _short(known.english) if known else ""


def called(step: Step, school: School | None = None) -> str:
    """What a step that was danced is called, with the direction of its leg.

    Parameters
    ----------
    step : Step
        Of an arabesque whose number is not the same in all schools, the attribute
        ``way`` says which pose it is.
    school : str, optional
        Whose numbers an arabesque gets; by default those of the schools that have one,
        which are named.

    Examples
    --------
    >>> called(Step("developpe", "left", 4.0, 6.0, 0.9, attributes={
    ...     "direction": "seconde"}))
    'Développé à la seconde'
    >>> third = Step("arabesque_3", "left", 4.0, 6.0, 0.9)
    >>> called(third), called(third, "vaganova"), called(third, "rad")
    ('Troisième arabesque (Vaganova)', 'Troisième arabesque',
     "Arabesque croisée, the working side's arm forward")
    """
    words = _words()
    if step.id in words.arabesques:
        return _arabesque(words.arabesques[step.id], step, school)
    way = words.directions.get(_word(step, "direction"), "")
    directed = way if step.id in words.directed else ""
    return f"{name(step.id)} {directed}".rstrip()


def details(step: Step, school: School | None = None) -> tuple[str, ...]:
    """How a step was danced, in words: turns, height, facing, arms ...

    Parameters
    ----------
    step : Step
    school : str, optional
        Whose numbers arms and places of the room get.

    Returns
    -------
    tuple of str
        What was seen of it.

    Examples
    --------
    >>> danced = Step("pirouette_en_dehors", "right", 4.0, 6.0, 0.9, attributes={
    ...     "turns": 2.0, "sense": "en_dehors", "facing": "en_face", "arms": "front"})
    >>> details(danced, "vaganova")
    ('2 turns', 'en face', 'arms in first')
    """
    words = _words()
    sense, facing = words.senses.get(_word(step, "sense"), ""), _word(step, "facing")
    said = [
        _turns(_number(step, "turns")),
        "" if sense in called(step) else sense,
        _height(_number(step, "height_deg")),
        words.facings.get(facing, ""),
        "" if facing == "en_face" else _towards(_number(step, "heading_deg"), school),
        _arms(_word(step, "arms"), school),
    ]
    return tuple(filter(None, said))


def arms(id: str, school: School | None = None) -> str:
    """A position of the arms by a school's name; "" where it has none.

    Parameters
    ----------
    id : str
        ``low``, ``front``, ``side``, ``front_side``, ``up_side``, ``up_front``, ``up``.
    school : str, optional
        By default what it looks like.

    Examples
    --------
    >>> arms("up"), arms("up", "cecchetti"), arms("up", "rad"), arms("?", "rad")
    ('rounded above', 'fifth en haut', 'fifth', '')
    """
    return _words().arms.get(id, {}).get(school or "pose", "")


def place(heading_deg: float, school: School | None = None) -> str:
    """Where in the room a dancer faces, by a school's number; "" where it has none.

    Parameters
    ----------
    heading_deg : float
        0 to the audience, positive to the dancer's left.
    school : str, optional
        By default in words.

    Examples
    --------
    >>> place(-45.0), place(-45.0, "vaganova"), place(-45.0, "cecchetti")
    ('front right', '2', '1')
    >>> place(90.0, "rad"), place(45.0, "rad")
    ('4', '')
    """
    places = _words().places
    where = places[round(-heading_deg / _EIGHTH_DEG) % len(places)]
    return _words().numbers.get(school, {}).get(where, "") if school else where


def _short(text: str) -> str:
    """Text before a bracket, and the first of two names."""
    return text.partition(" (")[0].partition(" / ")[0]


def _arabesque(poses: tuple[Pose, ...], step: Step, school: School | None) -> str:
    way = _word(step, "way")
    one = next((pose for pose in poses if pose.way == way), poses[0])
    if school is None:
        of = ", ".join(_words().schools[known] for known in one.names)
        return f"{name(step.id)} ({of})"
    return one.names.get(school, f"Arabesque {one.pose}")


def _word(step: Step, attribute: str) -> str:
    return str(step.attributes.get(attribute, ""))


def _number(step: Step, attribute: str) -> float | None:
    """A number that was measured; None where it was not."""
    value = step.attributes.get(attribute)
    return value if isinstance(value, (int, float)) and isfinite(value) else None


def _turns(turns: float | None) -> str:
    if turns is None:
        return ""
    return f"{turns:g} {'turn' if turns in (0.5, 1.0) else 'turns'}"


def _height(degrees: float | None) -> str:
    return "" if degrees is None else f"leg at {degrees:.0f}°"


def _towards(heading_deg: float | None, school: School | None) -> str:
    """Towards a numbered place; without a school the facing has said it."""
    where = "" if heading_deg is None or not school else place(heading_deg, school)
    return f"towards {where}" if where else ""


def _arms(id: str, school: School | None) -> str:
    named = arms(id, school) if school else ""
    seen = arms(id)
    return f"arms in {named}" if named else f"arms {seen}" if seen else ""


@cache
def _words() -> Words:
    text = files("repetiteur.steps").joinpath("schools.yaml").read_text("utf-8")
    found: Words = record(Words, yaml.safe_load(text), "schools")
    return found
