"""A take beside its reference: the stages in their order."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Literal

from repetiteur.align.alignment import Alignment
from repetiteur.align.line_up import line_up
from repetiteur.align.to_music import line_up_to_music
from repetiteur.coaching.coach import find
from repetiteur.coaching.floor import DECLARED, Floors
from repetiteur.coaching.ledger import same_reference
from repetiteur.coaching.placing import placed_measures, placed_notes
from repetiteur.coaching.references import laid_on
from repetiteur.coaching.repeats import danced_again, learnt, repetitions
from repetiteur.coaching.wording import Focus, wording
from repetiteur.errors import MissingKeypoints, NothingToJudge
from repetiteur.io.notes import Earlier
from repetiteur.kinematics.movement import Movement
from repetiteur.model.body import Body
from repetiteur.model.findings import Findings, Measured
from repetiteur.model.poses import body_of
from repetiteur.music.heard import Music
from repetiteur.rehearsal.checking import (
    calm_movement,
    check_each_once,
    check_one_dancer,
    check_one_kind,
    sharing,
)
from repetiteur.rehearsal.expressing import (
    Expressed,
    Progress,
    faces_beside,
    on_its_side,
    qualities,
)
from repetiteur.rehearsal.recordings import Recording
from repetiteur.steps import Step, recognise
from repetiteur.technique.musicality import musicality

SideChoice = Literal["auto", "same", "mirrored"]
Steps = tuple[Step, ...]
#: What refusals begin with.
_WHAT = "A rehearsal"


@dataclass(frozen=True)
class Rehearsal:
    """A take beside its reference: how they line up, and what was found.

    The poses are as recorded; with ``alignment.side == "mirrored"`` the take matches
    the mirrored reference (:func:`repetiteur.model.poses.mirrored`). ``references`` are
    further ones, beside the first: what they all have between them is no difference.
    ``also`` are further takes of the dancer, whose variation is the noise floor.
    ``reference_steps`` and ``take_steps`` are what was danced, each in its own seconds
    and on its own sides as recorded; None where steps were not looked for. ``music`` is
    what both were danced to; None where nobody asked. ``reference_on_music`` and
    ``take_on_music`` say how each is on its counts; None where they are not known.
    ``expressed`` is how the take differs in quality of movement, and in face where that
    was looked at; None where nobody looked.
    """

    reference: Recording
    take: Recording
    alignment: Alignment
    findings: Findings
    references: tuple[Recording, ...] = ()
    reference_steps: tuple[Step, ...] | None = None
    take_steps: tuple[Step, ...] | None = None
    also: tuple[Recording, ...] = ()
    music: Music | None = None
    reference_on_music: Measured | None = None
    take_on_music: Measured | None = None
    expressed: Expressed | None = None


def rehearse(  # noqa: PLR0913 - all that a take is heard and seen beside
    reference: Recording,
    take: Recording,
    *,
    references: Sequence[Recording] = (),
    also: Sequence[Recording] = (),
    side: SideChoice = "auto",
    since: Sequence[Earlier] = (),
    focus: Focus = "external",
    music: Music | None = None,
    faces: bool = False,
    progress: Progress | None = None,
) -> Rehearsal:
    """Line a take up with its reference and find what is worth saying.

    Parameters
    ----------
    reference, take : Recording
        Both motion in space, or both tracked in videos, cleaned and with the errors of
        their points. What videos do not show from where they were filmed is among
        what is not judged.
    references : sequence of Recording
        Further references: the same phrase, danced by others or another time, on either
        side and in any tempo. What they and the first have between them is
        interpretation; differences, of shape and of time, count from its nearest edge.
        Videos of it are filmed from the same side as the first.
    also : sequence of Recording
        Further takes of who dances the take, of the same phrase on the same side. What
        these and the take differ by is the dancer's own variation, and no note. So is
        what a take differs by from itself that goes through the phrase again; where
        there is neither, it is the declared one.
    side : {"auto", "same", "mirrored"}
        Whether the take dances the same side, the other one, or whichever matches.
    since : sequence of Earlier
        Earlier rehearsals beside the same references
        (:func:`repetiteur.io.notes.read_notes`): the findings say what became of their
        notes.
    focus : {"external", "internal"}
        Whether notes speak of what a movement does, or of the part of the body that
        does it.
    music : Music, optional
        What both were danced to (:func:`repetiteur.rehearsal.hear`): notes and timing
        go by its counts, and where it is surely the same in both, lateness counts from
        it.
    faces : bool
        Whether the faces are looked at, where both are videos.
    progress : callable, optional
        ``progress(doing, done, total)``, of what takes long: the faces.

    Returns
    -------
    Rehearsal

    Raises
    ------
    NothingToJudge
        When the two are not the same dancing, or too short, when a recording holds
        several dancers, or when one is a video and the other motion in space; of
        further references and takes the text says which. When an earlier rehearsal was
        beside others.
    MissingKeypoints
        When a recording lacks hips or shoulders.
    InvalidPoses
        When poses in pixels lack the tracker's guess of space, or its errors.

    Examples
    --------
    >>> from repetiteur.rehearsal import recording_from_poses
    >>> from repetiteur.synthetic.demo import demo_reference
    >>> recording = recording_from_poses(demo_reference(), "reference")
    >>> same = rehearse(recording, recording)
    >>> same.alignment.side, same.findings.notes
    ('same', ())
    """
    _check((reference, take, *references), also, since)
    bodies = [body_of(one.poses) for one in (reference, take, *references)]
    first, second, *others = sharing(_WHAT, bodies)
    music = _for_one(music, references)
    alignment = _lined_up(first, second, side, music)
    if alignment.side == "mirrored":
        first = first.mirrored()
    casts = [
        laid_on(first, body, (reference.source, recording.source))
        for body, recording in zip(others, references, strict=True)
    ]
    others_lined_up = [
        on_its_side(body, one.alignment)
        for body, one in zip(others, casts, strict=True)
    ]
    told = qualities(first, (second, alignment), others_lined_up, progress=progress)
    words = wording("en", focus)
    moved = calm_movement(bodies[0]), calm_movement(bodies[1])
    findings = find(
        first,
        second,
        alignment,
        wording=words,
        casts=casts,
        floors=_floors(first, second, alignment, (take, *also)),
        since=since,
        counts=None if music is None else music.counts,
        moved=moved,
        qualities=told,
    )
    danced = recognise(moved[0]), recognise(moved[1])
    on_music = _on_music(music, moved, danced)
    face = faces_beside(take, reference, alignment, progress) if faces else None
    return Rehearsal(
        reference,
        take,
        alignment,
        placed_notes(findings, *danced, words),
        references=tuple(references),
        reference_steps=danced[0],
        take_steps=danced[1],
        also=tuple(also),
        music=music,
        reference_on_music=on_music[0],
        take_on_music=on_music[1],
        expressed=Expressed(take, (reference, *references), told, face),
    )


def _check(
    everyone: tuple[Recording, ...],
    also: Sequence[Recording],
    since: Sequence[Earlier],
) -> None:
    """Refuse what cannot be rehearsed: a reference, a take, and further references."""
    reference, take, *references = everyone
    check_each_once([take, *also])
    beside = reference.source, reference.sha256
    for earlier in since:
        same_reference(earlier, beside, [one.sha256 for one in references])
    for recording in (*everyone, *also):
        check_one_dancer(_WHAT, recording)
        check_one_kind(_WHAT, reference, recording)


def _on_music(
    music: Music | None,
    moved: tuple[Movement, Movement],
    danced: tuple[Steps, Steps],
) -> tuple[Measured | None, Measured | None]:
    """How reference and take are each on its counts; None where they are not known."""
    if music is None:
        return None, None
    reference, take = (
        None if counts is None else placed_measures(musicality(one, counts), steps)
        for one, steps, counts in zip(
            moved, danced, (music.counts, music.take_counts), strict=True
        )
    )
    return reference, take


def _for_one(music: Music | None, references: Sequence[Recording]) -> Music | None:
    """Music that is no clock where there are several references.

    What they have between them in time is told by the tempo of each.
    """
    if music is None or not references or music.clock is None:
        return music
    reason = "Several references have a tempo each."
    return replace(music, clock=None, basis=None, reason=reason)


def _lined_up(
    reference: Body, take: Body, side: SideChoice, music: Music | None
) -> Alignment:
    """By the music where it is the clock, and by the movement alone elsewhere."""
    clock = None if music is None else music.clock
    if clock is None:
        return line_up(reference, take, side=side)
    return line_up_to_music(reference, take, clock, side=side)


def _floors(
    first: Body, second: Body, alignment: Alignment, takes: Sequence[Recording]
) -> Floors:
    """The floors under the notes for who danced these takes, the first lined up."""
    # What takes vary by in time is told by the tempo of each.
    by_tempo = alignment.to_music is None or len(takes) == 1
    own = alignment if by_tempo else line_up(first, second, side="same")
    lined_up = [(second, own)]
    for one in takes[1:]:
        beside, body = sharing(_WHAT, [first, body_of(one.poses)])
        named = takes[0].source, one.source
        lined_up.append((body, danced_again(beside, body, named)))
    for start_s, end_s in repetitions(alignment):
        # Nobody said that it is one: what cannot be lined up has no say.
        with suppress(NothingToJudge, MissingKeypoints):
            part = takes[0].part(start_s, end_s)
            beside, body = sharing(_WHAT, [first, body_of(part.poses)])
            lined_up.append((body, line_up(beside, body, side="same")))
    return learnt(first, lined_up) if len(lined_up) > 1 else DECLARED
