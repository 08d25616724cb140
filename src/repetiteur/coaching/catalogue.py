"""Catalogues of messages: which languages there are, each read and checked.

A language is a file ``messages.<language>.yaml`` beside this module, and the words that
may not be said in it, ``blocked.<language>.yaml``. The English one says what the others
need; see the page *Add a language* in the documentation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from string import Formatter
from typing import Any

import yaml

from repetiteur.coaching.phrases import spoken
from repetiteur.model.checked import named

Catalogue = dict[str, Any]

FOLDER = files("repetiteur.coaching")
ENGLISH = "en"


def languages(folder: Traversable = FOLDER) -> tuple[str, ...]:
    """The languages that there are catalogues of, English first.

    Examples
    --------
    >>> languages()[0]
    'en'
    """
    parts = [file.name.split(".") for file in folder.iterdir()]
    found = {p[1] for p in parts if len(p) == 3 and p[::2] == ["messages", "yaml"]}
    return tuple(sorted(found, key=lambda language: (language != ENGLISH, language)))


def read(language: str, folder: Traversable = FOLDER) -> Catalogue:
    """The messages of a language, compared with the English ones.

    Parameters
    ----------
    language : str
        ``en``, ``fr`` ...
    folder : Path, optional
        Where its file lies; by default beside the English one.

    Raises
    ------
    ValueError
        When there is no such language, or a message is missing, unknown, empty, or has
        other placeholders than the English one. The text names the first of them.
    """
    known = languages(folder)
    if language not in known:
        raise ValueError(
            f"A language needs a file messages.{language}.yaml, and there are those of "
            f"{', '.join(known) or 'none'}. Choose one of them, or add it."
        )
    said = _load(f"messages.{language}.yaml", folder)
    if language != ENGLISH:
        compare(said, _load(f"messages.{ENGLISH}.yaml", FOLDER), f"messages.{language}")
    return said


def compare(said: Catalogue, english: Catalogue, where: str) -> None:
    """Check the messages of a language against the English ones.

    Parameters
    ----------
    said, english : dict
        As ``yaml.safe_load`` gives them.
    where : str
        What the text of an error begins with.

    Raises
    ------
    ValueError
        As :func:`read`.
    """
    words = {**said}
    phrases = named(words.pop("phrases", None), f"{where}, phrases")
    needed = dict.fromkeys(spoken(), "")
    _compare(phrases, needed, f"{where}, phrases", forms=frozenset())
    _compare_sides(words.pop("sides", None), english["sides"], f"{where}, sides")
    forms = frozenset(form for one in said["sides"].values() for form in one)
    rest = {key: value for key, value in english.items() if key != "sides"}
    _compare(words, rest, where, forms)


def texts(said: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a catalogue, and where it stands."""
    if isinstance(said, dict):
        for key, value in said.items():
            yield from texts(value, f"{where}, {key}" if where else str(key))
    else:
        yield where, said


def placeholders(text: str) -> frozenset[str]:
    """The names in braces of a message.

    Examples
    --------
    >>> sorted(placeholders("{Side} leg: {size}° more."))
    ['Side', 'size']
    """
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)


def _load(name: str, folder: Traversable) -> Catalogue:
    return named(yaml.safe_load(folder.joinpath(name).read_text("utf-8")), name)


def _compare(said: Any, english: Any, where: str, forms: frozenset[str]) -> None:
    """One part of a catalogue, and all that is in it."""
    if isinstance(english, str):
        _compare_text(said, english, where, forms)
        return
    here = named(said, where)
    if _is_of_numbers(english):
        _compare_numbers(here, english["other"], where)
        return
    wrong = [f"knows no {key}" for key in here if key not in english]
    wrong += [f"needs {key}" for key in english if key not in here]
    if wrong:
        raise ValueError(f"{where}: {wrong[0]}.")
    for key, value in here.items():
        _compare(value, english[key], f"{where}, {key}", forms)


def _compare_text(said: Any, english: str, where: str, forms: frozenset[str]) -> None:
    if not isinstance(said, str) or not said.strip():
        raise ValueError(f"{where}: needs words, and is {said!r:.60}.")
    needed, has = (_of_sides(placeholders(text), forms) for text in (english, said))
    if needed != has:
        names = [f"{{{name}}}" for name in sorted(needed)]
        raise ValueError(
            f"{where}: needs the placeholders {' '.join(names) or 'of none'}, and is "
            f"{said!r:.80}."
        )


def _of_sides(names: frozenset[str], forms: frozenset[str]) -> frozenset[str]:
    """Placeholders, all forms of a side as one: a language needs its own."""
    of_sides = forms | {"plain", "side"}
    return frozenset("side" if n.lower() in of_sides else n for n in names)


def _is_of_numbers(said: Mapping[str, Any]) -> bool:
    """Whether a part says something of each number, and of all others."""
    return "other" in said and all(_is_number(key) for key in said if key != "other")


def _is_number(key: str) -> bool:
    return key.replace(".", "", 1).isdigit()


def _compare_numbers(said: Mapping[str, Any], other: str, where: str) -> None:
    """A language has words for as many numbers as its grammar needs."""
    if "other" not in said or not _is_of_numbers(said):
        raise ValueError(f"{where}: needs other, and beside it numbers alone.")
    needed = placeholders(other)
    for key, text in said.items():
        has = placeholders(text) if isinstance(text, str) else None
        least = needed if key == "other" else needed - {"n"}
        if has is None or not least <= has <= needed:
            raise ValueError(
                f"{where}, {key}: needs the placeholders of {other!r}, and is "
                f"{text!r:.80}."
            )


def _compare_sides(said: Any, english: Mapping[str, Any], where: str) -> None:
    """Each side has the same forms: those of English, and more if there are any."""
    sides = named(said, where)
    if set(sides) != set(english):
        raise ValueError(f"{where}: needs {', '.join(english)}.")
    forms = {form for one in english.values() for form in one}
    forms |= {form for side in sides.values() for form in named(side, where)}
    for side, one in sides.items():
        if set(one) != forms or not all(isinstance(word, str) for word in one.values()):
            raise ValueError(f"{where}, {side}: needs {', '.join(sorted(forms))}.")
