"""The one place that orders the stages of a rehearsal."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np
import xarray as xr

from repetiteur.align.alignment import Alignment
from repetiteur.align.line_up import line_up
from repetiteur.align.to_music import line_up_to_music
from repetiteur.clean.instruments import with_instrument_errors
from repetiteur.clean.recorded import clean_recorded
from repetiteur.clean.tracked import clean_tracked
from repetiteur.coaching.coach import find
from repetiteur.coaching.floor import DECLARED, Floors
from repetiteur.coaching.ledger import same_reference
from repetiteur.coaching.placing import placed_measures, placed_notes
from repetiteur.coaching.references import laid_on
from repetiteur.coaching.repeats import danced_again, learnt, repetitions
from repetiteur.coaching.wording import Focus, wording
from repetiteur.errors import MissingKeypoints, NothingToJudge, UnreadableRecording
from repetiteur.io.audio import Sound, read_audio
from repetiteur.io.files import sha256_of
from repetiteur.io.formats import read_poses
from repetiteur.io.notes import Earlier
from repetiteur.io.video import is_video
from repetiteur.kinematics.calming import calmed
from repetiteur.kinematics.movement import Movement, movement_of
from repetiteur.kinematics.size import sized
from repetiteur.model.body import Body
from repetiteur.model.counts import Counts
from repetiteur.model.findings import Findings, Measured
from repetiteur.model.poses import body_of, log, mirrored
from repetiteur.music.heard import Music, Sounds, heard
from repetiteur.steps import Step, recognise
from repetiteur.technique.moments import moments_of
from repetiteur.technique.musicality import musicality
from repetiteur.technique.repeats import Trial
from repetiteur.technique.take import take
from repetiteur.technique.trials import Trials, compare
from repetiteur.track.errors import with_errors
from repetiteur.track.track import Model, Progress, track_video

#: Fewest frames that can be measured: curves are smoothed, and events last.
SHORTEST = 10

SideChoice = Literal["auto", "same", "mirrored"]


@dataclass(frozen=True)
class Recording:
    """A recording as it was read: its poses, and which file they came from.

    ``video`` is the file whose pictures the poses were tracked in, where there is one.
    """

    source: str
    sha256: str
    poses: xr.Dataset
    video: Path | None = None

    @property
    def duration_s(self) -> float:
        """Seconds from the first frame to the last."""
        time = self.poses["time"].to_numpy()
        return float(time[-1] - time[0])

    def unmirrored(self) -> Recording:
        """The recording with a mirror taken back that the camera had put in."""
        return replace(self, poses=mirrored(self.poses))

    def part(self, start_s: float | None, end_s: float | None) -> Recording:
        """The frames from one time to another, both in seconds, None = to the end.

        Raises
        ------
        NothingToJudge
            When fewer than two frames are left.
        """
        cut = self.poses.sel(time=slice(start_s, end_s))
        begins = "the beginning" if start_s is None else f"{start_s:g} s"
        part = f"from {begins} to {'the end' if end_s is None else f'{end_s:g} s'}"
        if cut.sizes["time"] < 2:
            time = self.poses["time"].to_numpy()
            raise NothingToJudge(
                f"The part {part} needs two frames or more, and "
                f"holds {cut.sizes['time']}. The recording runs from {time[0]:.2f} to "
                f"{time[-1]:.2f} s; choose within."
            )
        return replace(self, poses=log(cut, f"part {part}"))


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


@dataclass(frozen=True)
class Danced:
    """What the dancers of a recording danced: the steps of each, by name, in order."""

    recording: Recording
    steps: Mapping[str, tuple[Step, ...]]


def recording_from_file(
    path: str | Path,
    *,
    fps: float | None = None,
    unit: str | None = None,
    up: str | None = None,
    mapping: str | Path | None = None,
) -> Recording:
    """Read a recording: a motion file, which is cleaned, or a video, which is tracked.

    Both then say how sure each point is. What a motion file's header says wrongly can
    be corrected; a video has nothing of the kind. For a say in how it is tracked see
    :func:`recording_from_video`.

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
        When the file is no recording, or damaged, or a video with no dancer, or with a
        correction.
    MissingWeights
        When it is a video, and the pose model is not installed.
    """
    file = Path(path)
    if is_video_file(file):
        if any(given is not None for given in (fps, unit, up, mapping)):
            raise UnreadableRecording(
                f"--fps, --unit, --up and --map correct motion files, and {file.name} "
                "is a video, which carries its own times. Leave them out."
            )
        return recording_from_video(file)
    poses = read_poses(file, fps=fps, unit=unit, up=up, mapping=mapping)
    if poses.sizes["space"] == 3:
        poses = clean_recorded(poses)
        if "position_sd" not in poses:
            poses = with_instrument_errors(poses)
    return Recording(file.name, sha256_of(file), poses)


def is_video_file(path: Path) -> bool:
    """Whether a recording is a video, by its content; no when it cannot be read."""
    try:
        return is_video(path)
    except UnreadableRecording:
        return False


def recording_from_video(
    path: str | Path,
    *,
    model: Model = "heavy",
    dancer: int | None = None,
    workers: int | None = None,
    cache: bool = True,
    progress: Progress | None = None,
) -> Recording:
    """Track the dancer in a video, clean the poses, and say how sure each point is.

    Parameters
    ----------
    path, model, dancer, workers, cache, progress
        As in :func:`repetiteur.track.track.track_video`.

    Returns
    -------
    Recording

    Raises
    ------
    UnreadableRecording
        When the file is no video, is damaged, or no dancer is in it.
    MissingWeights
        When the pose model is not installed.
    """
    file = Path(path)
    tracked = track_video(
        file,
        model=model,
        dancer=dancer,
        workers=workers,
        cache=cache,
        progress=progress,
    )
    poses = with_errors(clean_tracked(tracked))
    return Recording(file.name, sha256_of(file), poses, video=file)


def recording_from_poses(poses: xr.Dataset, source: str) -> Recording:
    """Poses in memory as a recording; the checksum is that of their positions."""
    data = np.ascontiguousarray(poses["position"].to_numpy())
    return Recording(source, hashlib.sha256(data.tobytes()).hexdigest(), poses)


def rehearse(
    reference: Recording,
    take: Recording,
    *,
    references: Sequence[Recording] = (),
    also: Sequence[Recording] = (),
    side: SideChoice = "auto",
    since: Sequence[Earlier] = (),
    focus: Focus = "external",
    music: Music | None = None,
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
        What both were danced to (:func:`hear`): notes and timing go by its counts, and
        where it is surely the same in both, lateness counts from it.

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
    >>> from repetiteur.synthetic.demo import demo_reference
    >>> recording = recording_from_poses(demo_reference(), "reference")
    >>> same = rehearse(recording, recording)
    >>> same.alignment.side, same.findings.notes
    ('same', ())
    """
    _check_each_once([take, *also])
    everyone = (reference, take, *references)
    beside = reference.source, reference.sha256
    for earlier in since:
        same_reference(earlier, beside, [one.sha256 for one in references])
    for recording in (*everyone, *also):
        _check_one_dancer("A rehearsal", recording)
        _check_one_kind("A rehearsal", reference, recording)
    bodies = [body_of(one.poses) for one in everyone]
    first, second, *others = _sharing(bodies)
    alignment = _lined_up(first, second, side, music, references)
    if alignment.side == "mirrored":
        first = first.mirrored()
    casts = [
        laid_on(first, body, (reference.source, recording.source))
        for body, recording in zip(others, references, strict=True)
    ]
    words = wording("en", focus)
    floors = _floors(first, second, alignment, (take, *also))
    moved = _moved(bodies[0]), _moved(bodies[1])
    findings = find(
        first,
        second,
        alignment,
        wording=words,
        casts=casts,
        floors=floors,
        since=since,
        counts=None if music is None else music.counts,
        moved=moved,
    )
    danced = recognise(moved[0]), recognise(moved[1])
    findings = placed_notes(findings, *danced, words)
    heard = (None, None) if music is None else (music.counts, music.take_counts)
    on_music = [
        None if counts is None else placed_measures(musicality(one, counts), told)
        for one, told, counts in zip(moved, danced, heard, strict=True)
    ]
    return Rehearsal(
        reference,
        take,
        alignment,
        findings,
        tuple(references),
        *danced,
        tuple(also),
        music,
        *on_music,
    )


def hear(
    reference: Recording,
    take: Recording,
    *,
    music: str | Path | None = None,
    counts: Counts | None = None,
    take_counts: Counts | None = None,
) -> Music:
    """What a reference and a take were danced to, by their sound and by its counts.

    Parameters
    ----------
    reference, take : Recording
        Videos are heard; motion files have no sound.
    music : str or Path, optional
        A recording of the music by itself, or any other to which the counts belong.
    counts : Counts, optional
        In the seconds of the music, or where there is none in the reference's.
    take_counts : Counts, optional
        In the take's own seconds: of a take without sound.

    Returns
    -------
    Music

    Raises
    ------
    UnreadableRecording
        When the music cannot be read.

    Examples
    --------
    >>> from repetiteur.model.counts import counted
    >>> from repetiteur.synthetic.demo import demo_reference
    >>> recording = recording_from_poses(demo_reference(), "reference")
    >>> counts = counted(np.arange(12) * 0.5, metre=3, one=0)
    >>> print(hear(recording, recording, counts=counts).reason)
    The reference has no sound.
    """
    alone = None if music is None else read_audio(music)
    sounds = Sounds(_sound_of(reference), _sound_of(take), alone)
    return heard(sounds, counts, take_counts)


def _sound_of(recording: Recording) -> Sound | None:
    """What is heard in a recording; None where there is nothing, or none of it can."""
    if recording.video is None:
        return None
    with suppress(UnreadableRecording):
        return read_audio(recording.video)
    return None


def _lined_up(
    reference: Body,
    take: Body,
    side: SideChoice,
    music: Music | None,
    references: Sequence[Recording],
) -> Alignment:
    """By the music where it is the clock, and by the movement alone elsewhere.

    What several references have between them in time is told by the tempo of each.
    """
    clock = None if music is None or references else music.clock
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
        beside, body = _sharing([first, body_of(one.poses)])
        named = takes[0].source, one.source
        lined_up.append((body, danced_again(beside, body, named)))
    for start_s, end_s in repetitions(alignment):
        # Nobody said that it is one: what cannot be lined up has no say.
        with suppress(NothingToJudge, MissingKeypoints):
            part = takes[0].part(start_s, end_s)
            beside, body = _sharing([first, body_of(part.poses)])
            lined_up.append((body, line_up(beside, body, side="same")))
    return learnt(first, lined_up) if len(lined_up) > 1 else DECLARED


def _told(body: Body) -> tuple[Step, ...]:
    """The steps that a body danced, in order of time."""
    return recognise(_moved(body))


def _moved(body: Body) -> Movement:
    """All that a body's points tell of its movement, jitter apart."""
    return movement_of(calmed(body))


def _sharing(bodies: Sequence[Body]) -> list[Body]:
    """The bodies with the keypoints that all of them have, hips and shoulders too."""
    names = [name for name in bodies[0].points if all(b.has(name) for b in bodies)]
    shared = [body.only(*names) for body in bodies]
    for body in shared:
        body.need(
            "A rehearsal",
            *(f"{s}_{p}" for s in ("left", "right") for p in ("hip", "shoulder")),
        )
    return shared


def measure(
    recording: Recording,
    *,
    height_m: float | None = None,
    only: Iterable[str] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, Measured]:
    """Measure the dancers of a recording on what needs no name of a step.

    Parameters
    ----------
    recording : Recording
        Motion in space, or tracked in a video.
    height_m : float, optional
        The dancer's height, metres; the recording is scaled to it. By default its size
        is what the file says, or in a video the tracker's guess.
    only : iterable of str, optional
        Ids of the measures to take (:mod:`repetiteur.technique.measure`).
    progress : callable, optional
        ``progress(done, total)``, called as the work on a dancer goes on.

    Returns
    -------
    dict of str to Measured
        For each dancer by name: the measurements, and what was not judged.

    Raises
    ------
    NothingToJudge
        When the recording is too short, or holds keypoints in pixels alone, or when
        the height is given and no long bone was seen.

    Examples
    --------
    >>> from repetiteur.synthetic.demo import demo_reference
    >>> recording = recording_from_poses(demo_reference(), "reference")
    >>> found = measure(recording, only=["plie_depth"])["dancer"].measurements
    >>> {one.moment for one in found}
    {'plie'}
    """
    _check_long_and_deep("measured", recording)
    found: dict[str, Measured] = {}
    for name, one in _bodies(recording).items():
        body = _sized(one, height_m)
        taken = take(body, only=only, progress=progress)
        found[name] = placed_measures(taken, _told(body))
    return found


def on_music(recording: Recording, counts: Counts) -> dict[str, Measured]:
    """How the dancers of a recording are on the music.

    Parameters
    ----------
    recording : Recording
        Motion in space, or tracked in a video.
    counts : Counts
        Of its music, in its seconds.

    Returns
    -------
    dict of str to Measured
        For each dancer by name what
        :func:`~repetiteur.technique.musicality.musicality` finds.

    Raises
    ------
    NothingToJudge
        When the recording is too short, or holds keypoints in pixels alone.

    Examples
    --------
    >>> from repetiteur.model.counts import counted
    >>> from repetiteur.synthetic.demo import demo_reference
    >>> recording = recording_from_poses(demo_reference(), "reference")
    >>> found = on_music(recording, counted(np.arange(3.0), metre=4, one=0))["dancer"]
    >>> found.measurements, found.not_judged[0].measure
    ((), 'beat_offset')
    """
    _check_long_and_deep("held against music", recording)
    return {
        name: placed_measures(musicality(moved, counts), recognise(moved))
        for name, body in _bodies(recording).items()
        for moved in [_moved(body)]
    }


def steps(recording: Recording) -> Danced:
    """Tell which steps the dancers of a recording danced.

    Parameters
    ----------
    recording : Recording
        Motion in space, or tracked in a video.

    Returns
    -------
    Danced
        The steps of each dancer, which may be none.

    Raises
    ------
    NothingToJudge
        When the recording is too short, or holds keypoints in pixels alone.

    Examples
    --------
    >>> from repetiteur.synthetic.demo import demo_reference
    >>> recording = recording_from_poses(demo_reference(), "reference")
    >>> list(steps(recording).steps)
    ['dancer']
    """
    _check_long_and_deep("searched for steps", recording)
    told = {name: _told(body) for name, body in _bodies(recording).items()}
    return Danced(recording, told)


def _bodies(recording: Recording) -> dict[str, Body]:
    names = [str(name) for name in recording.poses["individual"].to_numpy()]
    return {name: body_of(recording.poses, k) for k, name in enumerate(names)}


def _check_long_and_deep(what: str, recording: Recording) -> None:
    if recording.poses.sizes["time"] < SHORTEST:
        raise NothingToJudge(
            f"To be {what} a recording needs {SHORTEST} frames or more, and "
            f"{recording.source} has {recording.poses.sizes['time']}. Record more."
        )
    if recording.poses.sizes["space"] == 2 and "world_position" not in recording.poses:
        raise NothingToJudge(
            "Keypoints in pixels need a guess of their depth and an error each to be "
            f"{what}, and those of {recording.source} have neither. Take the video "
            "itself."
        )


def _sized(body: Body, height_m: float | None) -> Body:
    return body if height_m is None else sized(body, height_m)


def trials(
    measured: Sequence[tuple[Recording, Measured]], *, height_m: float | None = None
) -> Trials:
    """What one dancer varies by when the same is danced several times.

    Parameters
    ----------
    measured : sequence of (Recording, Measured)
        The trials in the order in which they were danced, all in space or all seen by a
        camera, and what :func:`measure` found in each. Of one alone its moments are the
        trials: eight fouettés, four pliés.
    height_m : float, optional
        As it was given to :func:`measure`.

    Returns
    -------
    Trials

    Raises
    ------
    NothingToJudge
        When a recording holds several dancers, or only some were seen by a camera, or
        there is none.

    Examples
    --------
    >>> from repetiteur.synthetic.demo import demo_reference
    >>> recording = recording_from_poses(demo_reference(), "reference")
    >>> found = measure(recording, only=["plie_depth"])["dancer"]
    >>> trials([(recording, found), (recording, found)]).variations[0].typical_error
    0.0
    """
    if not measured:
        raise NothingToJudge("Trials need one recording or more, and there is none.")
    for recording, _ in measured:
        _check_one_dancer("A comparison of trials", recording)
        _check_one_kind("A comparison of trials", measured[0][0], recording)
    return compare(
        [
            Trial(
                tuple(moments_of(movement_of(_sized(body_of(one.poses), height_m)))),
                found,
            )
            for one, found in measured
        ]
    )


def _check_one_dancer(what: str, recording: Recording) -> None:
    names = [str(name) for name in recording.poses["individual"].to_numpy()]
    if len(names) > 1:
        raise NothingToJudge(
            f"{what} needs one dancer in each recording, and {recording.source} "
            f"has {len(names)}: {', '.join(names)}. Write the one you mean to a file "
            "alone."
        )


def _check_each_once(takes: Sequence[Recording]) -> None:
    """Refuse a take that is there twice: it would seem to vary by nothing."""
    for k, one in enumerate(takes):
        if any(_is(one, other) for other in takes[:k]):
            raise NothingToJudge(
                "A dancer's own variation needs takes that were danced one after the "
                f"other, and {one.source} is there twice. Name each once."
            )


def _is(one: Recording, other: Recording) -> bool:
    same_part = one.poses["time"].equals(other.poses["time"])
    return one.sha256 == other.sha256 and same_part


def _check_one_kind(what: str, reference: Recording, take: Recording) -> None:
    flat = [r.source for r in (reference, take) if r.poses.sizes["space"] == 2]
    if len(flat) == 1:
        raise NothingToJudge(
            f"{what} needs videos alone or motion files alone, and of these only "
            f"{flat[0]} was seen by a camera: an angle in a picture is not one in "
            "space. Compare it with a video that was filmed from the same side."
        )
