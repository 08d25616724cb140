"""How a take differs in quality and in face from its references."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repetiteur.align.alignment import Alignment
from repetiteur.align.line_up import SURE, line_up
from repetiteur.errors import NothingToJudge
from repetiteur.expression.compare import Aligned, Expression, compare
from repetiteur.expression.face import Face, face_of
from repetiteur.expression.face_compared import FacesCompared, compared
from repetiteur.expression.face_parts import Part, parts_of
from repetiteur.kinematics.movement import movement_of
from repetiteur.model.body import Body
from repetiteur.model.poses import body_of
from repetiteur.rehearsal.checking import check_one_dancer, check_one_kind, sharing
from repetiteur.rehearsal.pictured import not_comparable
from repetiteur.rehearsal.recordings import Recording

__all__ = [
    "Expressed",
    "FaceTold",
    "express",
    "faces_beside",
    "on_its_side",
    "qualities",
]

Array = NDArray[np.float64]
#: ``progress(doing, done, total)``
Progress = Callable[[str, int, int], None]
#: What refusals begin with.
_WHAT, _SEVERAL = "A comparison of expression", "Several references need to be"


@dataclass(frozen=True, eq=False)
class FaceTold:
    """What the faces of a take and of its reference did.

    Attributes
    ----------
    take, reference : Face
    parts : tuple of Part
        Of the take: stretches of about one level.
    difference : FacesCompared
        At the same places of the dance.
    """

    take: Face
    reference: Face
    parts: tuple[Part, ...]
    difference: FacesCompared


@dataclass(frozen=True, eq=False)
class Expressed:
    """How a take differs from its references in what it says.

    Attributes
    ----------
    take : Recording
    references : tuple of Recording
    body : Expression
        That of the movement.
    face : FaceTold or None
        Beside the first reference; None where nobody asked or there is no video.
    """

    take: Recording
    references: tuple[Recording, ...]
    body: Expression
    face: FaceTold | None = None


def express(
    take: Recording,
    references: Sequence[Recording],
    *,
    faces: bool = True,
    progress: Progress | None = None,
) -> Expressed:
    """How a take differs in quality of movement, and in face, from its references.

    Parameters
    ----------
    take : Recording
    references : sequence of Recording
        The same phrase, danced by somebody else or in another way; what several have
        between them is no difference. Of none nothing can be said, and that is said.
    faces : bool
        Whether the faces are looked at, where the recordings are videos.
    progress : callable, optional
        ``progress(doing, done, total)``.

    Returns
    -------
    Expressed

    Raises
    ------
    NothingToJudge
        When one is not the same dancing, or too short, or holds several dancers, or
        when one is a video and another motion in space.

    Examples
    --------
    >>> from repetiteur.rehearsal import recording_from_poses
    >>> from repetiteur.synthetic.demo import demo_reference, demo_take
    >>> from repetiteur.clean.instruments import with_instrument_errors
    >>> reference, take = (
    ...     recording_from_poses(with_instrument_errors(poses), name)
    ...     for name, poses in (("ours", demo_reference()), ("mine", demo_take()))
    ... )
    >>> [one.words for one in express(take, [reference]).body.findings]
    []
    >>> express(take, []).body.not_judged[0].reason[:20]
    'It needs a reference'
    """
    everyone = (take, *references)
    for one in everyone:
        check_one_dancer(_WHAT, one)
        check_one_kind(_WHAT, everyone[-1], one)
    if not references:
        own = body_of(take.poses)
        return Expressed(take, (), compare(Aligned.itself(movement_of(own)), []))
    own, first, *others = sharing(_WHAT, [body_of(one.poses) for one in everyone])
    found = _beside(first, own, (references[0], take), f"{_WHAT} needs")
    casts = [
        on_its_side(other, _beside(first, other, (references[0], recording), _SEVERAL))
        for other, recording in zip(others, references[1:], strict=True)
    ]
    body = qualities(first, on_its_side(own, found), casts, progress=progress)
    face = faces_beside(take, references[0], found, progress) if faces else None
    return Expressed(take, tuple(references), body, face)


def qualities(
    first: Body,
    take: tuple[Body, Alignment],
    casts: Sequence[tuple[Body, Alignment]] = (),
    *,
    progress: Progress | None = None,
) -> Expression:
    """How a take differs in quality of movement from references it is lined up with.

    Parameters
    ----------
    first : Body
        The first reference.
    take : (Body, Alignment)
        The take on the side of the first reference (:func:`on_its_side`), and how they
        line up.
    casts : sequence of (Body, Alignment)
        Further references, as the take.
    progress : callable, optional
        ``progress(doing, done, total)``.

    Returns
    -------
    Expression
    """
    references = [Aligned.itself(movement_of(first))]
    references += [_aligned(*one) for one in casts]
    return compare(
        _aligned(*take),
        references,
        not_comparable=not_comparable(first, [take, *casts]),
        progress=_named(progress, "comparing movement"),
    )


def on_its_side(body: Body, found: Alignment) -> tuple[Body, Alignment]:
    """A body on the side of the reference that it was lined up with, and how it was."""
    return (body.mirrored() if found.side == "mirrored" else body), found


def _beside(
    first: Body, other: Body, named: tuple[Recording, Recording], needs: str
) -> Alignment:
    """How another body lines up with the first; a refusal begins with ``needs``."""
    try:
        return line_up(first, other)
    except NothingToJudge as error:
        one, more = (recording.source for recording in named)
        raise NothingToJudge(
            f"{needs} one phrase, and {more} cannot be lined up with {one}. {error}"
        ) from error


def _aligned(body: Body, found: Alignment) -> Aligned:
    """On the reference's clock, where that is sure."""
    own_s = _surely(found)
    pace = _pace(found.reference_s, own_s, found.tempo_ratio)
    return Aligned(movement_of(body), found.reference_s, own_s, pace)


def _pace(reference_s: Array, own_s: Array, tempo: float) -> float:
    """Seconds that a body takes for a second of the reference, over all that is sure.

    The common tempo is that of most moments, and who is sudden is at rest in most.
    """
    known = np.isfinite(own_s)
    both = known[1:] & known[:-1]
    gone = np.diff(reference_s)[both].sum()
    return float(np.diff(own_s)[both].sum() / gone) if gone > 0.0 else tempo


def _surely(found: Alignment) -> Array:
    """Seconds of the take beside those of the reference; NaN where that is unsure."""
    sure = (found.state == "danced") & (found.sure >= SURE)
    return np.where(sure, found.take_s, np.nan)


def faces_beside(
    take: Recording,
    reference: Recording,
    alignment: Alignment,
    progress: Progress | None = None,
) -> FaceTold | None:
    """Both faces at the same places of the dance; None where one is no video.

    Parameters
    ----------
    take, reference : Recording
    alignment : Alignment
        Of the take with the reference.
    progress : callable, optional
        ``progress(doing, done, total)``.
    """
    if take.video is None or reference.video is None:
        return None
    own, theirs = (
        face_of(one.video, one.poses, progress=_named(progress, f"the face in {name}"))
        for one, name in ((take, "the take"), (reference, "the reference"))
        if one.video is not None
    )
    if alignment.side == "mirrored":
        theirs = theirs.mirrored()
    return FaceTold(
        own,
        theirs,
        tuple(parts_of(own)),
        compared(own, theirs, _surely(alignment), alignment.reference_s),
    )


def _named(progress: Progress | None, doing: str) -> Callable[[int, int], None] | None:
    """A report of progress that says what is done."""
    if progress is None:
        return None
    return lambda done, total: progress(doing, done, total)
