"""The option that tells what a measure is, instead of measuring."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.padding import Padding
from rich.text import Text

from repetiteur.cli import console

__all__ = ["About"]


def _tell(asked: str | None) -> None:
    """Say what is known of a measure, and be done."""
    if asked is None:
        return
    from repetiteur.report.about import about, names, near

    title, *rest = about(asked) or [""]
    if not title:
        raise typer.BadParameter(
            f"{asked!r} is none of the measures; {near(asked, names())}"
        )
    console.out.print(Text(title, style="bold"), soft_wrap=False)
    for line in rest:
        console.out.print(
            Padding(Text(line), (0, 0, 0, 2), expand=False), soft_wrap=False
        )
    raise typer.Exit


About = Annotated[
    str | None,
    typer.Option(
        "--about",
        metavar="MEASURE",
        callback=_tell,
        is_eager=True,
        help="Say what this measure is, and measure nothing.",
    ),
]
