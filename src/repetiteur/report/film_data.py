"""The films as the page has them: as text, with the joints that are drawn over them."""

from __future__ import annotations

import base64
import zlib
from typing import Any

import numpy as np

from repetiteur.model.poses import Array
from repetiteur.rehearsal import Rehearsal
from repetiteur.report.bones import CHAINS, DOTS
from repetiteur.report.films import FILES, JOINTS, Films, Reel
from repetiteur.report.packing import fitted
from repetiteur.report.recordings import lacks

#: Steps in which joints are given, and the most that those of one film may take of the
#: page, characters.
PER_PIXEL, MOST_JOINTS = 4, 100_000
#: Joints of a film do not hang on one another.
ALONE = (-1,) * len(JOINTS)


def contents(films: Films) -> dict[str, str]:
    """The films as base64 by who dances; none where they lie beside the page."""
    if not films.inside:
        return {}
    return {
        who: base64.b64encode(reel.path.read_bytes()).decode("ascii")
        for who, reel in films.of.items()
    }


def gone(rehearsal: Rehearsal, films: Films) -> tuple[str, ...]:
    """Why there is no film at all; of one that is missing, its place speaks."""
    if films.of:
        return ()
    return tuple(lacks(rehearsal, *item, "a film") for item in films.missing.items())


def film_data(films: Films) -> dict[str, Any]:
    """What the page's script needs besides the films themselves, if there are any.

    Returns
    -------
    dict
        ``films``: ``chains`` of joints that are lines, and the ``dots`` among them; by
        who dances a film, or ``why`` there is none. Of a film: ``start`` in seconds of
        the recording; ``times`` from each of its pictures to the next, uint32
        microseconds, deflated and in base64; ``joints`` of every so many pictures, in
        grains of so many quarters of a pixel (:mod:`repetiteur.report.packing`);
        ``trunk``, the hips' usual place and the trunk's length; and ``file`` where it
        lies beside the page.
    """
    of: dict[str, Any] = {who: {"why": why} for who, why in films.missing.items()}
    for who, reel in films.of.items():
        of[who] = _reel_data(reel) | ({} if films.inside else {"file": FILES[who]})
    if not films.of:
        return {}
    return {
        "films": {
            "chains": [[JOINTS.index(name) for name in chain] for chain in CHAINS],
            "dots": [JOINTS.index(name) for name in DOTS],
            **of,
        }
    }


def _reel_data(reel: Reel) -> dict[str, Any]:
    micro = np.round((reel.time_s - reel.start_s) * 1e6)
    joints = fitted(PER_PIXEL * _flat(reel.joints), ALONE, MOST_JOINTS)
    trunk = [round(x, 1) for x in reel.trunk]
    return {
        "start": round(reel.start_s, 6),
        "size": list(reel.size),
        "times": _packed(np.diff(micro, prepend=0.0).astype("<u4").tobytes()),
        "joints": {
            "every": joints.every,
            "frames": joints.frames,
            "grain": joints.grain,
            "packed": joints.text,
        },
        "trunk": trunk if np.isfinite(trunk).all() else None,
        "sound": reel.has_sound,
    }


def _flat(joints: Array) -> Array:
    """Places on a picture as places in space, which the page reads."""
    return np.concatenate(
        [joints, np.where(np.isnan(joints[..., :1]), np.nan, 0.0)], -1
    )


def _packed(numbers: bytes) -> str:
    return base64.b64encode(zlib.compress(numbers, 9)).decode("ascii")
