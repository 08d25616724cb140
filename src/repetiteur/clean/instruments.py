"""How far off a point of a motion file may be: the error models of instruments.

The standard deviation of a point, along each axis, is

    hypot(jitter, bias, filling)

``jitter`` is what is new at each frame. The recording shows it of itself
(:func:`repetiteur.kernels.jitter.jitter`), one number for each keypoint.

``bias`` is what no recording shows of itself; ``instruments.yaml`` declares it for each
kind of source and each part of the body, with where the number comes from. Most of its
variance (:data:`BIAS_STAYS`) is an offset that stays for the whole recording and turns
with the dancer: a marker not quite on its bone, a joint centre that is guessed, a
suit's calibration. The rest lasts as long as a movement (:data:`BIAS_S`): skin that
slides.

``filling`` is what a sample that was filled in may have missed. How far a point strays
from a straight line over so long a gap, the recording shows where there is none: the
root mean square of that stands in the middle of the gap, and towards its ends it falls
as a parabola.

The errors of different points count as independent. Those of neighbours do go
together, which bends no knee: a position, and with it a centre of mass or a height,
may err further than its standard deviation says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import xarray as xr
import yaml
from numpy.typing import NDArray

from repetiteur.errors import InvalidPoses
from repetiteur.kernels import jitter
from repetiteur.model.poses import log
from repetiteur.model.seen import DIMS

__all__ = [
    "BIAS_S",
    "BIAS_STAYS",
    "Instrument",
    "instrument",
    "instruments",
    "with_instrument_errors",
]

Array = NDArray[np.float64]

#: Share of a bias's variance that stays for the whole recording, in the dancer's own
#: frame: where a marker was stuck, where a joint centre is taken to be and how a suit
#: was calibrated do not change while she dances, and are together larger than what
#: skin does: a half of the standard deviation is left to it. Expert default.
BIAS_STAYS = 0.75
#: How long the rest lasts, s (see :func:`repetiteur.kernels.resampling.correlation`):
#: as long as one movement, for skin slides with the limb. Expert default.
BIAS_S = 1.0
#: Most confidence that a filled sample has (:func:`repetiteur.clean.gaps.fill_gaps`).
_FILLED = 0.5


@dataclass(frozen=True)
class Instrument:
    """What is declared of one kind of source.

    Attributes
    ----------
    name : str
        As in ``instruments.yaml``: ``markers``, ``suit``, ``cameras``, ``one camera``,
        ``skeleton``, ``none``.
    what : str
        In words.
    bias : mapping of str to float
        Standard deviation along each axis by body part (``knee``), metres; ``other``
        holds for all parts that are not named.
    evidence : str
        A: its source was read. B: quoted from memory. C: an expert's default.
    source : str
    said_as : tuple of str
        What ``source_software`` says of it.
    """

    name: str
    what: str
    bias: Mapping[str, float]
    evidence: str
    source: str
    said_as: tuple[str, ...]

    def bias_of(self, keypoint: str) -> float:
        """Standard deviation of a keypoint's bias along each axis, metres."""
        part = keypoint.removeprefix("left_").removeprefix("right_")
        return self.bias.get(part, self.bias["other"])


@cache
def instruments() -> Mapping[str, Instrument]:
    """All declared kinds of source, by name.

    Examples
    --------
    >>> sorted(instruments())
    ['cameras', 'markers', 'none', 'one camera', 'skeleton', 'suit']
    """
    text = files("repetiteur.clean").joinpath("instruments.yaml").read_text("utf-8")
    return {
        name: Instrument(
            name=name,
            what=row["what"],
            bias={part: 1e-3 * mm for part, mm in row["bias_mm"].items()},
            evidence=row["evidence"],
            source=row["source"],
            said_as=tuple(row["said_as"]),
        )
        for name, row in yaml.safe_load(text)["sources"].items()
    }


def instrument(software: str) -> tuple[Instrument, str]:
    """The kind of source that a ``source_software`` names, and a line on why.

    Examples
    --------
    >>> found, line = instrument("Qualisys Track Manager")
    >>> found.name, line
    ('markers', "taken for 'markers' because the file says Qualisys Track Manager")
    """
    said = software.lower()
    for found in instruments().values():
        if any(word in said for word in found.said_as):
            return found, f"taken for '{found.name}' because the file says {software}"
    who = f"'{software}' is not known" if software else "the file does not say"
    return instruments()["skeleton"], f"taken for 'skeleton' because {who}"


def with_instrument_errors(
    poses: xr.Dataset, *, source: str | None = None
) -> xr.Dataset:
    """Poses of a motion file with the standard deviation of every point.

    Parameters
    ----------
    poses : xarray.Dataset
        3D, metres, as read or cleaned.
    source : str, optional
        Name of an instrument, where the file's word is not to be taken.

    Returns
    -------
    xarray.Dataset
        The poses with ``position_sd`` (time, space, keypoint, individual) in metres,
        NaN where the position is; a line of the history says which numbers, and why.

    Raises
    ------
    InvalidPoses
        When the poses are not in space, or there is no such instrument.

    Examples
    --------
    >>> from repetiteur.model.poses import make_poses
    >>> time = np.arange(100) / 100.0
    >>> place = np.zeros((100, 3, 1)) + 0.001 * (-1.0) ** np.arange(100)[:, None, None]
    >>> poses = make_poses(place, time=time, keypoints=["left_knee"],
    ...                    source_software="C3D")
    >>> known = with_instrument_errors(poses)
    >>> bool((known["position_sd"] > 0.009).all())
    True
    >>> print(known.attrs["history"])
    errors of the points: jitter 2.8 mm as the recording shows, bias 9 mm; taken for
    'markers' because the file says C3D
    """
    if poses.sizes["space"] != 3:
        raise InvalidPoses(
            "The errors of a motion file are of positions in space (x, y, z), and "
            f"these are {poses.sizes['space']}-dimensional. A tracked video has the "
            "errors of its tracker."
        )
    found, why = _chosen(poses, source)
    place = poses["position"].transpose(*DIMS).to_numpy()
    time = poses["time"].to_numpy().astype(np.float64)
    filled = _filled(poses, place)
    shaking = _jitter(np.where(filled[:, np.newaxis], np.nan, place), time)
    names = [str(name) for name in poses["keypoint"].to_numpy()]
    bias = np.array([found.bias_of(name) for name in names])[:, np.newaxis]
    sd = np.sqrt(shaking**2 + bias**2 + _missed(place, time, filled) ** 2)
    sd = np.where(np.isfinite(place), sd[:, np.newaxis], np.nan)
    line = (
        f"errors of the points: jitter {_typical(shaking)} mm as the recording shows, "
        f"bias {_typical(bias)} mm; {why}"
    )
    return log(poses.assign(position_sd=(DIMS, sd)), line)


def _chosen(poses: xr.Dataset, source: str | None) -> tuple[Instrument, str]:
    if source is None:
        return instrument(str(poses.attrs.get("source_software", "")))
    if source not in instruments():
        raise InvalidPoses(
            f"An instrument needs to be one of {', '.join(instruments())}, and "
            f"{source!r} came. Take the one that recorded the file."
        )
    return instruments()[source], f"'{source}' because it was asked for"


def _typical(sd: Array) -> str:
    return f"{1e3 * float(np.median(sd)):.2g}"


def _jitter(place: Array, time: Array) -> Array:
    """Of each point along an axis, (keypoint, individual) metres; 0 where not known."""
    each = jitter.jitter(place, time)
    known = np.isfinite(each)
    square = np.where(known, each**2, 0.0).sum(axis=0)
    return np.asarray(np.sqrt(square / np.maximum(known.sum(axis=0), 1)))


def _filled(poses: xr.Dataset, place: Array) -> NDArray[np.bool_]:
    """Which samples cleaning filled in, (time, keypoint, individual)."""
    seen = np.asarray(np.isfinite(place).all(axis=1))
    if "raw_position" in poses:
        raw = poses["raw_position"].transpose(*DIMS).to_numpy()
        return np.asarray(seen & ~np.isfinite(raw).all(axis=1))
    sure = poses["confidence"].to_numpy()
    usual = np.nanmedian(np.where(seen, sure, np.nan)) if seen.any() else 1.0
    return np.asarray(seen & (sure <= _FILLED * usual))


def _missed(place: Array, time: Array, filled: NDArray[np.bool_]) -> Array:
    """What filling may have missed, (time, keypoint, individual) metres."""
    out = np.zeros(filled.shape)
    for k, one in zip(*np.nonzero(filled.any(axis=0)), strict=True):
        at = np.flatnonzero(filled[:, k, one])
        course = np.where(filled[:, k, one, np.newaxis], np.nan, place[:, :, k, one])
        kept = np.flatnonzero(np.isfinite(course).all(axis=1))
        after = np.searchsorted(kept, at)
        inside = (after > 0) & (after < kept.size)
        out[at[~inside], k, one] = np.nan
        at, after = at[inside], after[inside]
        last, following = kept[after - 1], kept[after]
        before, behind = time[at] - time[last], time[following] - time[at]
        frames, which = np.unique(following - last, return_inverse=True)
        most = np.array([_off_the_line(course, int(n) + 1 >> 1) for n in frames])
        arch = 4.0 * before * behind / (before + behind) ** 2
        out[at, k, one] = arch * most[which]
    return out


def _off_the_line(course: Array, half: int) -> float:
    """How far a point is off the middle of a line over twice as many frames, metres.

    Root mean square along an axis, over the recording; NaN where nothing tells it.
    """
    bend = 0.5 * (course[2 * half :] + course[: -2 * half]) - course[half:-half]
    seen = bend[np.isfinite(bend)]
    return float(np.sqrt(np.mean(seen**2))) if seen.size else float("nan")
