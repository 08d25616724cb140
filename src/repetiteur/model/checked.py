"""Data files of the package, read into dataclasses with every key checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from typing import Any, Literal, get_args, get_origin, get_type_hints

_WANTED = {str: "words", float: "a number"}


def record(kind: Any, said: Any, where: str) -> Any:
    """A dataclass from what a YAML file says, its fields checked by their types.

    Parameters
    ----------
    kind : type
        A dataclass whose fields are str, float, tuple, Literal, Mapping from str, Any,
        or such dataclasses.
    said : object
        As ``yaml.safe_load`` gives it.
    where : str
        What the text of an error begins with.

    Raises
    ------
    ValueError
        When a key is unknown or missing, or a value is not what belongs there.
    """
    row = named(said, where)
    known = {one.name: one for one in fields(kind)}
    wrong = [f"knows no {key}" for key in row if key not in known]
    wrong += [
        f"needs {name}"
        for name, one in known.items()
        if name not in row and one.default is one.default_factory is MISSING
    ]
    if wrong:
        raise ValueError(f"{where}: {', '.join(wrong)}.")
    types = get_type_hints(kind)
    return kind(**{k: _value(types[k], v, f"{where}, {k}") for k, v in row.items()})


def _value(kind: Any, said: Any, where: str) -> Any:
    """A value as its field's type wants it."""
    origin, inner = get_origin(kind), get_args(kind)
    if kind is Any:
        return said
    if is_dataclass(kind):
        return record(kind, said, where)
    if origin is tuple and isinstance(said, list):
        return tuple(_value(inner[0], one, where) for one in said)
    if origin is Mapping:
        rows = named(said, where)
        return {name: _value(inner[1], one, where) for name, one in rows.items()}
    if origin is Literal and said in inner:
        return said
    if kind is str and isinstance(said, str) and said:
        return said
    if kind is float and type(said) in (int, float):
        return float(said)
    wanted = " or ".join(inner) if origin is Literal else _WANTED.get(kind, "a list")
    raise ValueError(f"{where}: needs {wanted}, and is {said!r:.60}.")


def named(said: Any, where: str) -> dict[str, Any]:
    """A mapping from names; ValueError of anything else."""
    if not isinstance(said, dict) or not all(isinstance(key, str) for key in said):
        raise ValueError(f"{where}: needs names with values, and is {said!r:.60}.")
    return said
