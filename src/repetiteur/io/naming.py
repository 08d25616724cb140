"""Joint and marker names of other systems, turned into our keypoints."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from repetiteur.errors import UnreadableRecording
from repetiteur.io.files import reason
from repetiteur.kernels.landmarks import hip_joint
from repetiteur.model.skeletons import (
    KEYPOINTS,
    Recipe,
    bare_name,
    guess_mapping,
    mappings,
    recipes,
)

__all__ = ["Named", "find_keypoints"]

Array = NDArray[np.float64]

_MAX_BYTES = 1 << 20


@dataclass(frozen=True)
class Named:
    """Where our keypoints come from in a file.

    Attributes
    ----------
    sources : mapping of str to (tuple of int, str)
        Our keypoint, in our order -> the indices of its joints or markers, and the way
        it is made of them (:class:`~repetiteur.model.skeletons.Recipe`).
    line : str
        A line for the history.
    """

    sources: Mapping[str, tuple[tuple[int, ...], str]]
    line: str

    @property
    def keypoints(self) -> list[str]:
        """Our names of what the file holds."""
        return list(self.sources)

    @property
    def needed(self) -> list[int]:
        """Indices of all joints or markers that a keypoint is made of."""
        return sorted({i for indices, _ in self.sources.values() for i in indices})

    def place(self, position: Array) -> Array:
        """Positions of our keypoints.

        Parameters
        ----------
        position : (time, space, joint) float
            Of all joints or markers of the file, NaN where not seen; or of those that
            are ``needed`` alone.

        Returns
        -------
        (time, space, keypoint) float
            NaN where one of the joints that a keypoint is made of was not seen.
        """
        if position.shape[2] == len(self.needed):
            at = {index: k for k, index in enumerate(self.needed)}
        else:
            at = {index: index for index in self.needed}
        parts = [
            _made(ours, way, [position[:, :, at[i]] for i in indices])
            for ours, (indices, way) in self.sources.items()
        ]
        return np.stack(parts, axis=2)


def _made(ours: str, way: str, parts: Sequence[Array]) -> Array:
    if way != "hip_joint":
        return parts[0] if len(parts) == 1 else np.mean(parts, axis=0)
    front_left, front_right, back_left, back_right = parts
    back = 0.5 * (back_left + back_right)
    return hip_joint(front_left, front_right, back, left=ours == "left_hip")


def find_keypoints(names: Sequence[str], mapping: str | Path | None = None) -> Named:
    """Where each of our keypoints comes from in a list of joint or marker names.

    Parameters
    ----------
    names : sequence of str
        Joint names as they stand in a file; where one comes twice, the first counts.
    mapping : str or Path, optional
        Name of a mapping (``daz``), or a YAML or JSON file ``{their name: our
        keypoint}`` (or as :func:`repetiteur.model.skeletons.recipes` reads it). By
        default the best known mapping is taken.

    Returns
    -------
    Named
        Where several recipes stand for one keypoint, the first in the mapping counts
        whose joints are all there.

    Raises
    ------
    UnreadableRecording
        When no mapping fits, or the mapping file cannot be used.

    Examples
    --------
    >>> named = find_keypoints(["hip", "rThigh", "rShin", "lThigh", "lShin"])
    >>> named.sources["left_knee"], named.line
    (((4,), 'middle'), 'joint names: mapping daz, guessed; 5 keypoints')
    """
    place: dict[str, int] = {}
    for index, name in enumerate(names):
        place.setdefault(bare_name(name), index)
    title, entry = _chosen(names, mapping)
    found: dict[str, Recipe] = {}
    for recipe in entry:
        if place.keys() >= set(recipe.sources):
            found.setdefault(recipe.keypoint, recipe)
    if not found:
        theirs = [name for recipe in entry for name in recipe.sources]
        raise UnreadableRecording(
            f"The mapping {title} needs joints such as {_few(theirs)}, and the "
            f"file has {_few(names)}. Give a mapping of these names with --map."
        )
    sources = {
        ours: (tuple(place[name] for name in found[ours].sources), found[ours].way)
        for ours in KEYPOINTS
        if ours in found
    }
    how = "given" if mapping is not None else "guessed"
    made = [ours for ours, (indices, _) in sources.items() if len(indices) > 1]
    line = f"joint names: mapping {title}, {how}; {len(sources)} keypoints"
    if made:
        line += f"; {', '.join(made)} from several markers each"
    return Named(sources, line)


def _chosen(
    names: Sequence[str], mapping: str | Path | None
) -> tuple[str, Sequence[Recipe]]:
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


def _from_file(path: Path) -> tuple[Recipe, ...]:
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
    try:
        return recipes(entry)
    except ValueError as error:
        raise _bad_map(path, f"has {error}") from error


def _bad_map(path: Path, came: str) -> UnreadableRecording:
    return UnreadableRecording(
        "A mapping needs to be YAML or JSON {their joint name: our keypoint}, and "
        f"{path.name} {came}. Keypoints are {', '.join(KEYPOINTS)}."
    )


def _few(names: Sequence[str], count: int = 8) -> str:
    shown = ", ".join(name[:40] for name in names[:count])
    return f"{shown}, …" if len(names) > count else shown
