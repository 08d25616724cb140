"""Options that several commands have."""

from __future__ import annotations

import math
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

__all__ = ["Fps", "Map", "More", "Unit", "UnitChoice", "Up", "UpChoice", "check_part"]


class Unit(StrEnum):
    """Unit of length of a motion file."""

    mm = "mm"
    cm = "cm"
    m = "m"
    inch = "in"


class Up(StrEnum):
    """Axis of a motion file that points up."""

    y = "y"
    z = "z"


Fps = Annotated[
    float | None,
    typer.Option(min=1e-3, max=1e5, help="Frames per second, when headers lie."),
]
UnitChoice = Annotated[Unit | None, typer.Option(help="Unit of length.")]
UpChoice = Annotated[Up | None, typer.Option(help="Axis that points up.")]
Map = Annotated[
    str | None,
    typer.Option(
        "--map", metavar="FILE", help="Names of joints: a mapping's name or a file."
    ),
]
More = Annotated[
    list[Path] | None,
    typer.Option(
        "--reference",
        metavar="MORE",
        help="A further reference; as often as there are some. What all of them have "
        "between them is interpretation, and no difference.",
    ),
]


def check_part(start_s: float | None, end_s: float | None) -> None:
    """Refuse a part, ``--from`` and ``--to``, that is none."""
    first = -math.inf if start_s is None else start_s
    last = math.inf if end_s is None else end_s
    if not first < last:
        raise typer.BadParameter("--from needs to lie before --to, in seconds")
