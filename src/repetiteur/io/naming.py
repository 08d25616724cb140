"""Joint names of other systems, turned into our keypoints."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from repetiteur.errors import UnreadableRecording
from repetiteur.io.files import reason
from repetiteur.model.skeletons import (
    KEYPOINTS,
    bare_name,
    guess_mapping,
    mappings,
)

__all__ = ["find_keypoints"]

_MAX_BYTES = 1 << 20


def find_keypoints(
    names: Sequence[str], mapping: str | Path | None = None
) -> tuple[dict[str, int], str]:
    """Where each of our keypoints stands in a list of joint names.

    Parameters
    ----------
    names : sequence of str
        Joint names as they stand in a file; where one comes twice, the first counts.
    mapping : str or Path, optional
        Name of a mapping (``daz``), or a YAML or JSON file ``{their name: our
        keypoint}``. By default the best known mapping is taken.

    Returns
    -------
    dict of str to int
        Our keypoint -> index into ``names``, in our order of keypoints. Where two of
        their names stand for one keypoint, the one named first in the mapping counts.
    str
        A line for the history.

    Raises
    ------
    UnreadableRecording
        When no mapping fits, or the mapping file cannot be used.

    Examples
    --------
    >>> find_keypoints(["hip", "rThigh", "rShin", "lThigh", "lShin"])[0]["left_knee"]
    4
    """
    place: dict[str, int] = {}
    for index, name in enumerate(names):
        place.setdefault(bare_name(name), index)
    title, entry = _chosen(names, mapping)
    found: dict[str, int] = {}
    for theirs, ours in entry.items():
        if theirs in place:
            found.setdefault(ours, place[theirs])
    if not found:
        raise UnreadableRecording(
            f"The mapping {title} needs joints such as {_few(list(entry))}, and the "
            f"file has {_few(names)}. Give a mapping of these names with --map."
        )
    ordered = {ours: found[ours] for ours in KEYPOINTS if ours in found}
    how = "given" if mapping is not None else "guessed"
    return ordered, f"joint names: mapping {title}, {how}; {len(ordered)} keypoints"


def _chosen(
    names: Sequence[str], mapping: str | Path | None
) -> tuple[str, Mapping[str, str]]:
    if mapping is None:
        guess = guess_mapping(names)
        if guess is None and any(bare_name(name) in KEYPOINTS for name in names):
            guess = "identity"
        if guess is None:
            raise UnreadableRecording(
                "A motion file needs joint names that a mapping knows (hips and knees "
                f"at least), and this one has {_few(names)}. Give a mapping "
                "{their name: our keypoint} with --map."
            )
        return guess, mappings()[guess]
    if str(mapping) in mappings():
        return str(mapping), mappings()[str(mapping)]
    return Path(mapping).name, _from_file(Path(mapping))


def _from_file(path: Path) -> dict[str, str]:
    try:
        with path.open("rb") as file:
            text = file.read(_MAX_BYTES + 1)
        if len(text) > _MAX_BYTES:
            raise ValueError("longer than 1 MiB")
        entry = json.loads(text) if path.suffix == ".json" else yaml.safe_load(text)
    except OSError as error:
        known = ", ".join(mappings())
        raise UnreadableRecording(
            f"--map needs a file, or one of {known}; {path} cannot be read: "
            f"{reason(error)}. Check the name."
        ) from error
    except (ValueError, yaml.YAMLError, RecursionError) as error:
        raise _bad_map(path, "is not such a file") from error
    if not isinstance(entry, dict) or not entry:
        raise _bad_map(path, "holds no names")
    for theirs, ours in entry.items():
        if not isinstance(ours, str) or ours not in KEYPOINTS:
            raise _bad_map(path, f"maps {str(theirs)!r:.60} to {str(ours)!r:.60}")
    return {bare_name(str(theirs)): ours for theirs, ours in entry.items()}


def _bad_map(path: Path, came: str) -> UnreadableRecording:
    return UnreadableRecording(
        "A mapping needs to be YAML or JSON {their joint name: our keypoint}, and "
        f"{path.name} {came}. Keypoints are {', '.join(KEYPOINTS)}."
    )


def _few(names: Sequence[str], count: int = 8) -> str:
    shown = ", ".join(name[:40] for name in names[:count])
    return f"{shown}, …" if len(names) > count else shown
