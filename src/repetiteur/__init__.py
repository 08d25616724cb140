"""Répétiteur: rehearses dancers with recordings.

The public names are loaded when they are first used, so that importing the
package costs nothing.

>>> import repetiteur
>>> repetiteur.__version__
'0.1.0'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from repetiteur.io.formats import read_poses, write_poses
    from repetiteur.model.poses import check_poses, make_poses
    from repetiteur.rehearsal import rehearse

__version__ = "0.1.0"

_HOME = {
    "check_poses": "repetiteur.model.poses",
    "make_poses": "repetiteur.model.poses",
    "read_poses": "repetiteur.io.formats",
    "rehearse": "repetiteur.rehearsal",
    "write_poses": "repetiteur.io.formats",
}
__all__ = [
    "__version__",
    "check_poses",
    "make_poses",
    "read_poses",
    "rehearse",
    "write_poses",
]


def __getattr__(name: str) -> object:
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'repetiteur' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
