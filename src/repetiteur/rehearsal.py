"""The one place that orders the stages of a rehearsal."""

from __future__ import annotations

from dataclasses import dataclass

import xarray as xr

from repetiteur.align.alignment import Alignment
from repetiteur.model.findings import Findings


@dataclass(frozen=True)
class Recording:
    """A recording as it was read: its poses, and which file they came from."""

    source: str
    sha256: str
    poses: xr.Dataset

    @property
    def duration_s(self) -> float:
        """Seconds from the first frame to the last."""
        time = self.poses["time"].to_numpy()
        return float(time[-1] - time[0])


@dataclass(frozen=True)
class Rehearsal:
    """A take beside its reference: how they line up, and what was found.

    The poses are as recorded; with ``alignment.side == "mirrored"`` the take matches
    the mirrored reference (:func:`repetiteur.model.poses.mirrored`).
    """

    reference: Recording
    take: Recording
    alignment: Alignment
    findings: Findings
