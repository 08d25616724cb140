"""The work on the faces of a video that runs in a limited process.

:func:`look_at_faces` is called by :func:`repetiteur.io._streamed.streamed`; what it
needs comes as JSON, what it finds goes as rows of numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from repetiteur.io.video import frames
from repetiteur.io.video_facts import from_json
from repetiteur.track.face_finder import FaceFinder
from repetiteur.track.face_net import FaceLook, FaceNet
from repetiteur.track.face_points import KEPT
from repetiteur.track.face_regions import of_mesh
from repetiteur.track.face_skin import PATCHES, edges, sharpness
from repetiteur.track.regions import Picture, Region
from repetiteur.track.worker import LONGEST

Row = NDArray[np.float32]
Array = NDArray[np.float64]

__all__ = ["HEAD", "PLAIN", "WIDTH", "FaceFollower", "look_at_faces"]

#: Numbers in a row before the points, and in all: frame, sure, apart, jumped, sharp,
#: and how steep each piece of skin is.
PLAIN = 5
HEAD = PLAIN + len(PATCHES)
WIDTH = HEAD + 3 * len(KEPT)
#: Below this there is no face in the region.
PRESENT = 0.5
#: A face whose middle is further than this share of the pose's region from its middle
#: is somebody else's.
ELSEWHERE = 0.5
#: A second region is looked at in every picture; larger and turned by this (radians).
LARGER, TURNED = 1.15, 0.12


class FaceFollower:
    """Follows one face through consecutive pictures.

    Parameters
    ----------
    net : FaceNet
    finder : FaceFinder or None
        What looks for a face where no pose says where it is.
    """

    def __init__(self, net: FaceNet, finder: FaceFinder | None) -> None:
        self._net = net
        self._finder = finder
        self._region: Region | None = None

    def step(self, picture: Picture, given: Region | None) -> FaceLook | None:
        """The face in the next picture, None where there is none.

        Parameters
        ----------
        picture : (height, width, 3) uint8
        given : Region or None
            Where the pose says that it is.
        """
        found = None
        if self._region is not None and _same(self._region, given):
            found = self._present(picture, self._region)
        if found is None:
            found = self._anew(picture, given)
        self._region = None if found is None else of_mesh(found.points)
        return found

    def again(self, picture: Picture, look: FaceLook) -> float:
        """How far a look at another region disagrees, in distances between the eyes."""
        other = of_mesh(look.points).altered(larger=LARGER, turned=TURNED)
        points = self._net.look(picture, other).points
        eyes = look.points[[33, 263], :2]
        kept = list(KEPT)
        moved = np.hypot(*(points[kept, :2] - look.points[kept, :2]).T)
        return float(np.median(moved) / max(np.hypot(*(eyes[1] - eyes[0])), 1e-6))

    def _anew(self, picture: Picture, given: Region | None) -> FaceLook | None:
        """Where the pose or the finder says; coarse, so it is looked at twice."""
        where = given
        if where is None and self._finder is not None:
            where = self._finder.find(picture)
        first = None if where is None else self._present(picture, where)
        return None if first is None else self._present(picture, of_mesh(first.points))

    def _present(self, picture: Picture, where: Region) -> FaceLook | None:
        if not 8.0 <= where.side <= 4.0 * max(picture.shape[:2]):
            return None
        look = self._net.look(picture, where)
        return look if look.sure >= PRESENT else None


def _same(before: Region, given: Region | None) -> bool:
    """Whether the face of the picture before is where the pose says it is now."""
    if given is None:
        return True
    away = np.hypot(before.x - given.x, before.y - given.y)
    return bool(away < ELSEWHERE * given.side and before.side < 2.0 * given.side)


def look_at_faces(path: Path, order: Mapping[str, Any]) -> Iterator[Row]:
    """One face in the pictures of a video.

    Parameters
    ----------
    path : Path
    order : mapping
        ``video`` (:func:`repetiteur.io.video_facts.to_json`), ``weights`` (files of
        ``mesh`` and ``finder``), ``frames``: the numbers of those that are looked at,
        increasing, and ``where``: x, y, side and angle of the face in each of them by
        the pose, None where it does not say, and empty without a pose.

    Yields
    ------
    (WIDTH,) float32
        For each of these frames that is decoded: its number, how sure the face is, how
        far first and second look are apart, how far a second region's look is, how
        sharp the face is, and how steep each piece of its skin; then x, y and depth in
        pixels of the recording for each of the
        :data:`~repetiteur.track.face_points.KEPT` points. NaN without a face.
    """
    cv2.setNumThreads(1)
    video = from_json(path, order["video"])
    asked = order["frames"]
    where = dict(zip(asked, order["where"], strict=True)) if order["where"] else None
    weights = order["weights"]
    finder = None if where else FaceFinder(Path(weights["finder"]))
    follower = FaceFollower(FaceNet(Path(weights["mesh"])), finder)
    kept, looked = list(KEPT), frozenset(asked)
    for frame in frames(video, asked[0], asked[-1] + 1, longest=LONGEST):
        if frame.index not in looked:
            continue
        scale = video.width / frame.rgb.shape[1]
        given = where[frame.index] if where else None
        row = np.full(WIDTH, np.nan, np.float32)
        row[:2] = frame.index, 0.0
        x, y, side, angle = given or (0.0, 0.0, 0.0, 0.0)
        region = Region(x / scale, y / scale, side / scale, angle) if given else None
        look = follower.step(frame.rgb, region) if given or not where else None
        if look is not None:
            apart = follower.again(frame.rgb, look)
            sharp = sharpness(frame.rgb, look.points[:468])
            row[1:PLAIN] = look.sure, look.apart, apart, sharp
            row[PLAIN:HEAD] = edges(frame.rgb, look.points)
            row[HEAD:] = (scale * look.points[kept]).ravel()
        yield row
