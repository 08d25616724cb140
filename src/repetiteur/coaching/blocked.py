"""Words that no note may have: nothing on bodies, health, feelings; nothing forced.

Software that looks at dancers must not say anything of their shape or weight, of what
they feel or suffer from, or how they rank. The lists are ``blocked.<language>.yaml``.
Every sentence that a catalogue can make is looked through when the project is tested;
names that other packages bring are looked through when they are said.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from repetiteur.model.checked import record

#: A number as it is written: ``12``, ``0,5``, ``118°``.
_NUMBER = r"\d+(?:[.,]\d+)?\s?°?"


@dataclass(frozen=True)
class Blocked:
    """All of a list: patterns, by what they are about.

    In a pattern ``*`` stands for any letters, ``#`` for a number.
    """

    groups: Mapping[str, tuple[str, ...]]


def blocked(text: str, language: str = "en") -> tuple[str, ...]:
    """The words of a text that may not be said, as they stand in it.

    Parameters
    ----------
    text : str
        In any case, with any kind of apostrophe or space.
    language : str
        Whose list.

    Returns
    -------
    tuple of str
        In lower case, in the order of the text; none where all is well.

    Raises
    ------
    ValueError
        When a language has no list, or a list is not what it has to be.

    Examples
    --------
    >>> blocked("A turnout of 118 of 134: push through, don’t be nervous.")
    ('118 of 134', 'push through', "don't", 'nervous')
    >>> blocked("Push the floor away.")
    ()
    """
    return tuple(found.group() for found in _pattern(language).finditer(plain(text)))


def plain(text: str) -> str:
    r"""A text as the lists are written: lower case, one kind of apostrophe and space.

    Examples
    --------
    >>> plain("DON’T  push\u00adthrough")
    "don't pushthrough"
    """
    shown = "".join(c for c in text if unicodedata.category(c) != "Cf")
    small = unicodedata.normalize("NFKC", shown).casefold().replace("’", "'")
    return " ".join(small.split())


@cache
def _pattern(language: str) -> re.Pattern[str]:
    file = files("repetiteur.coaching").joinpath(f"blocked.{language}.yaml")
    if not file.is_file():
        raise ValueError(
            f"A language needs a list of words that may not be said in it, and there "
            f"is no blocked.{language}.yaml. Add it."
        )
    said = {"groups": yaml.safe_load(file.read_text("utf-8"))}
    found: Blocked = record(Blocked, said, f"blocked.{language}")
    entries = [entry for group in found.groups.values() for entry in group]
    longest_first = sorted(map(plain, entries), key=lambda entry: (-len(entry), entry))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_expression, longest_first))})(?!\w)")


def _expression(entry: str) -> str:
    """An entry as a regular expression; between words may be spaces or hyphens."""
    words = [
        re.escape(word).replace(r"\*", r"\w*").replace(r"\#", _NUMBER)
        for word in entry.split()
    ]
    return r"[\s-]+".join(words)
