"""Whether the faces of recordings can be looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from repetiteur.cli import console

if TYPE_CHECKING:
    from repetiteur.rehearsal import Recording

__all__ = ["can_see"]


def can_see(*recordings: Recording) -> bool:
    """Whether there are faces to look at, and what looks at them.

    Where that alone is missing it is said on standard error.
    """
    from repetiteur.errors import MissingWeights
    from repetiteur.track.weights import path_of

    if any(one.video is None for one in recordings):
        return False
    try:
        for network in ("face_mesh", "face_detection"):
            path_of(network)
    except MissingWeights as error:
        console.error.print(f"The faces are left alone. {error}", markup=False)
        return False
    return True
