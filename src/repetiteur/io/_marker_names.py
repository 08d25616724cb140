"""Marker names as systems write them, made fit for the mappings."""

from __future__ import annotations

from collections.abc import Sequence

from repetiteur.model.skeletons import bare_name, guess_mapping

__all__ = ["beside_bones", "with_prefixes"]

#: Markers on the middle of a segment that bear the name of a joint in other systems.
_ON_SEGMENTS = ("lthigh", "rthigh", "lshin", "rshin")
_LEGS = 4  # hips and knees: without these there is no body
_ON_KNEES = ("lkneeout", "rkneeout", "lknee", "rknee")


def beside_bones(names: Sequence[str]) -> list[str]:
    """Names of markers in which none can be taken for a joint.

    In the marker sets of OptiTrack and Qualisys, ``LThigh`` is a marker on the thigh;
    as a bone, ``LThigh`` begins at the hip. Where knees have markers of their own, it
    is a marker, and is called so.

    Examples
    --------
    >>> beside_bones(["LThigh", "LKneeOut"]), beside_bones(["LThigh", "LShin"])
    (['LThigh (marker)', 'LKneeOut'], ['LThigh', 'LShin'])
    """
    bare = [bare_name(name) for name in names]
    if not set(_ON_KNEES) & set(bare):
        return list(names)
    return [
        f"{name} (marker)" if short in _ON_SEGMENTS else name
        for name, short in zip(names, bare, strict=True)
    ]


def with_prefixes(names: Sequence[str]) -> list[str]:
    """Names in which ``P1_LKnee`` is ``P1:LKnee``, where only this makes a body.

    Examples
    --------
    >>> with_prefixes(["P1_LThigh", "P1_RThigh", "P1_LShin", "P1_RShin", "Wand"])
    ['P1:LThigh', 'P1:RThigh', 'P1:LShin', 'P1:RShin', 'Wand']
    """
    if guess_mapping(names) is not None:
        return list(names)
    groups: dict[str, list[str]] = {}
    for name in names:
        prefix, _, rest = name.partition("_")
        groups.setdefault(prefix, []).append(rest)
    dancers = {
        prefix
        for prefix, rest in groups.items()
        if len(rest) >= _LEGS and guess_mapping(rest) is not None
    }
    return [
        name.replace("_", ":", 1) if name.partition("_")[0] in dancers else name
        for name in names
    ]
