"""The one place that orders the stages of a rehearsal."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import xarray as xr

from repetiteur.align.alignment import Alignment
from repetiteur.align.line_up import line_up
from repetiteur.coaching.coach import find
from repetiteur.coaching.wording import wording
from repetiteur.errors import NothingToJudge
from repetiteur.io.files import sha256_of
from repetiteur.io.formats import read_poses
from repetiteur.model.findings import Findings
from repetiteur.model.poses import body_of, log, mirrored, share_keypoints

SideChoice = Literal["auto", "same", "mirrored"]


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

    def unmirrored(self) -> Recording:
        """The recording with a mirror taken back that the camera had put in."""
        return Recording(self.source, self.sha256, mirrored(self.poses))

    def part(self, start_s: float | None, end_s: float | None) -> Recording:
        """The frames from one time to another, both in seconds, None = to the end.

        Raises
        ------
        NothingToJudge
            When fewer than two frames are left.
        """
        cut = self.poses.sel(time=slice(start_s, end_s))
        if cut.sizes["time"] < 2:
            time = self.poses["time"].to_numpy()
            raise NothingToJudge(
                f"The part from {start_s} to {end_s} s needs two frames or more, and "
                f"holds {cut.sizes['time']}. The recording runs from {time[0]:.2f} to "
                f"{time[-1]:.2f} s; choose within."
            )
        line = f"part from {start_s} to {end_s} s"
        return Recording(self.source, self.sha256, log(cut, line))


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


def recording_from_file(
    path: str | Path,
    *,
    fps: float | None = None,
    unit: str | None = None,
    up: str | None = None,
    mapping: str | Path | None = None,
) -> Recording:
    """Read a recording; what its header says wrongly can be corrected.

    Parameters
    ----------
    path : str or Path
    fps : float, optional
        Frames per second, instead of the header's.
    unit : {"mm", "cm", "m", "in"}, optional
    up : {"y", "z"}, optional
    mapping : str or Path, optional
        Name or file of a mapping from joint names to keypoints.

    Returns
    -------
    Recording

    Raises
    ------
    UnreadableRecording
        When the file is no recording, or damaged.
    """
    file = Path(path)
    poses = read_poses(file, fps=fps, unit=unit, up=up, mapping=mapping)
    return Recording(file.name, sha256_of(file), poses)


def recording_from_poses(poses: xr.Dataset, source: str) -> Recording:
    """Poses in memory as a recording; the checksum is that of their positions."""
    data = np.ascontiguousarray(poses["position"].to_numpy())
    return Recording(source, hashlib.sha256(data.tobytes()).hexdigest(), poses)


def rehearse(
    reference: Recording, take: Recording, *, side: SideChoice = "auto"
) -> Rehearsal:
    """Line a take up with its reference and find what is worth saying.

    Parameters
    ----------
    reference, take : Recording
        Motion in space.
    side : {"auto", "same", "mirrored"}
        Whether the take dances the same side, the other one, or whichever matches.

    Returns
    -------
    Rehearsal

    Raises
    ------
    NothingToJudge
        When the two are not the same dancing, or too short, or when a recording holds
        several dancers.
    MissingKeypoints
        When a recording lacks hips or shoulders.

    Examples
    --------
    >>> from repetiteur.synthetic.demo import demo_reference
    >>> recording = recording_from_poses(demo_reference(), "reference")
    >>> same = rehearse(recording, recording)
    >>> same.alignment.side, same.findings.notes
    ('same', ())
    """
    for recording in (reference, take):
        _check_one_dancer(recording)
    bodies = share_keypoints(body_of(reference.poses), body_of(take.poses))
    for body in bodies:
        body.need(
            "A rehearsal",
            *(f"{s}_{p}" for s in ("left", "right") for p in ("hip", "shoulder")),
        )
    alignment = line_up(*bodies, side=side)
    first, second = bodies
    if alignment.side == "mirrored":
        first = first.mirrored()
    findings = find(first, second, alignment, wording=wording("en"))
    return Rehearsal(reference, take, alignment, findings)


def _check_one_dancer(recording: Recording) -> None:
    names = [str(name) for name in recording.poses["individual"].to_numpy()]
    if len(names) > 1:
        raise NothingToJudge(
            f"A rehearsal needs one dancer in each recording, and {recording.source} "
            f"has {len(names)}: {', '.join(names)}. Write the one you mean to a file "
            "alone."
        )
