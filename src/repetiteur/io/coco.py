"""COCO's keypoints and their relatives: AlphaPose, Halpe, COCO-WholeBody, MMPose.

All are JSON of positions in pixels, y down:

- results, a list of ``{"image_id", "keypoints": [x, y, score, ...], ...}``, as COCO's
  evaluation takes them, and AlphaPose writes them with names of images;
- annotations, ``{"images", "annotations", "categories"}`` with the names of keypoints;
- MMPose's predictions, a list of ``{"frame_id", "instances": [{"keypoints": [[x, y],
  ...], "keypoint_scores"}]}``, or that list in ``{"meta_info", "instance_info"}``.

None says times. Images are frames by their number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from repetiteur.errors import DamagedFile, UnreadableRecording
from repetiteur.io._coco_rows import Rows, annotation_rows, instance_rows, result_rows
from repetiteur.io._json import one_line, opening, read_json
from repetiteur.io._layouts import COCO_LAYOUTS
from repetiteur.io._people import People, markers_of
from repetiteur.io.formats import ReadOptions, reader
from repetiteur.io.markers import poses_of

__all__ = ["read_coco"]

_ANNOTATIONS = re.compile(
    r'\{\s*"(info|licenses|images|annotations|categories|videos)"\s*:'
)
_PARTS = ("images", "annotations", "categories")
_LIST = re.compile(r"\[\s*\{")
_MMPOSE = re.compile(
    r'\{\s*"(meta_info|instance_info)"\s*:|\[\s*\{\s*("(frame_id|instances)"\s*:'
    r'|"keypoints"\s*:\s*\[\s*\[)'
)
_DENSE = (133, 136)  # of these, faces and fingers are left out


def is_coco(head: bytes) -> bool:
    text = opening(head)
    if _MMPOSE.match(text):
        return '"keypoint' in text or '"instance' in text
    if _LIST.match(text):
        return '"image_id"' in text and '"keypoints"' in text
    parts = sum(f'"{part}"' in text for part in _PARTS)
    return _ANNOTATIONS.match(text) is not None and (
        parts > 1 or '"file_name"' in text or '"licenses"' in text
    )


@reader("coco", extensions=(".json",), sniff=is_coco)
def read_coco(path: Path, options: ReadOptions) -> xr.Dataset:
    """Read COCO results or annotations, AlphaPose's results, or MMPose's predictions.

    Parameters
    ----------
    path : Path
    options : ReadOptions
        ``fps`` is needed, since the files say no times.

    Returns
    -------
    xarray.Dataset
        Poses in pixels, y down. People are told apart by the file, or followed over
        the frames, the best seen first. Names of keypoints are the file's, or those of
        COCO (17), Halpe (26, 136) or COCO-WholeBody (133) by the number of points; of
        faces and fingers nothing is kept but the base of the middle finger.

    Raises
    ------
    DamagedFile
        When the file is broken, or its frames are no frames.
    UnreadableRecording
        When nobody is in it, points are not known, or there is no frame rate.

    Examples
    --------
    >>> file = getfixture("tmp_path") / "alphapose-results.json"
    >>> person = '[{"image_id": "4.jpg", "category_id": 1, "keypoints": %s}]'
    >>> _ = file.write_text(person % (17 * [320, 240.5, 0.9]))
    >>> read_coco(file, ReadOptions(fps=25))["keypoint"].values[:2].tolist()
    ['nose', 'left_eye']
    """
    content = read_json(path)
    try:
        rows = _rows(content)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise DamagedFile(
            "COCO's files need people with keypoints, each in an image with a number, "
            f"and {path.name} has {_said(error)}. Detect again."
        ) from error
    names, title = _names(rows, path)
    sure = rows.sure[:, list(names.values())]
    points = rows.points[:, list(names.values())]
    people = People(
        frame=np.array(rows.frame, np.int64),
        points=np.where((sure > 0.0)[..., np.newaxis], points, np.nan),
        sure=sure,
        names=list(names),
        who=None if rows.who is None else np.array(rows.who, np.int64),
        frames=rows.frames,
    )
    markers = markers_of(
        people,
        path,
        software=rows.software,
        image_size=rows.image_size,
        lines=[title, *rows.lines],
    )
    return poses_of(markers, path, options)


def _rows(content: Any) -> Rows:
    if isinstance(content, dict):
        is_mmpose = "instance_info" in content
        return instance_rows(content) if is_mmpose else annotation_rows(content)
    first = content[0] if isinstance(content, list) and content else {}
    return result_rows(content) if "image_id" in first else instance_rows(content)


def _said(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"one without {one_line(error.args[0])}"
    return one_line(error) or "something else"


def _names(rows: Rows, path: Path) -> tuple[Mapping[str, int], str]:
    """Names of the points that are kept, with their places; a line for the history."""
    count = rows.points.shape[1]
    if rows.names is not None and len(rows.names) == count and count not in _DENSE:
        names = {name: k for k, name in reversed([*enumerate(rows.names)])}
        order = sorted(names, key=lambda name: names[name])
        return {name: names[name] for name in order}, f"points: {count}, of the file"
    if count not in COCO_LAYOUTS:
        known = ", ".join(map(str, COCO_LAYOUTS))
        raise UnreadableRecording(
            f"Points without names are known where they are {known}, and {path.name} "
            f"has {count}. Add their names as categories."
        )
    layout = COCO_LAYOUTS[count]
    return layout.names, f"points: {count}, taken as {layout.title}"
