"""Brings the pose model's weights into the wheel, or beside an editable install.

They are not in the repository. ``src/repetiteur/track/pins.toml`` says what they are,
and ``repetiteur.track.weights`` knows how to get and check them; the build asks it.
"""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

FOLDER = "REPETITEUR_MODELS_DIR"
INSIDE = "repetiteur/track/models"


class WeightsHook(BuildHookInterface):
    """The build's step for the weights; for wheels alone, a source archive has none."""

    _passing: tempfile.TemporaryDirectory[str] | None = None

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Get the weights before the wheel is written.

        An editable install reads the source folder and takes nothing from its wheel:
        its weights go to the user's data folder.
        """
        named = os.environ.get(FOLDER)
        source = Path(named) if named else None
        with _from_source(Path(self.root)) as weights:
            from repetiteur.errors import RepetiteurError

            try:
                if version == "editable":
                    weights.install(source)
                else:
                    build_data["force_include"].update(self._files(weights, source))
            except (RepetiteurError, OSError) as error:
                self._clean()
                self.app.abort(f"repetiteur: {error}")

    def _files(self, weights: ModuleType, source: Path | None) -> dict[str, str]:
        """Where each file lies now, and where it goes in the wheel."""
        there = [weight.where for weight in weights.known() if weight.state == "right"]
        if source is not None or len(there) < len(weights.known()):
            # Kept by the hook, so that it lasts until the wheel is written.
            self._passing = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
            folder = Path(self._passing.name)
            weights.gather(folder, source)
            there = sorted(folder.iterdir())
        return {str(file): f"{INSIDE}/{file.name}" for file in there}

    def finalize(
        self, version: str, build_data: dict[str, Any], artifact_path: str
    ) -> None:
        """Remove what was fetched for this wheel."""
        self._clean()

    def _clean(self) -> None:
        if self._passing is not None:
            self._passing.cleanup()


@contextmanager
def _from_source(root: Path) -> Iterator[ModuleType]:
    """The program's own module for weights, which needs no more than platformdirs."""
    sys.path.insert(0, str(root / "src"))
    try:
        from repetiteur.track import weights

        yield weights
    finally:
        sys.path.remove(str(root / "src"))
