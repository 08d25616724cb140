"""One recording by itself: the stages in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from repetiteur.coaching.placing import placed_measures
from repetiteur.errors import NothingToJudge
from repetiteur.kinematics.lifting import NEEDED
from repetiteur.kinematics.movement import movement_of
from repetiteur.kinematics.size import sized
from repetiteur.model.body import Body
from repetiteur.model.counts import Counts
from repetiteur.model.findings import Measured
from repetiteur.model.poses import body_of
from repetiteur.rehearsal.checking import (
    bodies,
    calm_movement,
    check_long_and_deep,
    check_one_dancer,
    check_one_kind,
    danced_steps,
)
from repetiteur.rehearsal.recordings import Recording
from repetiteur.steps import Step, recognise
from repetiteur.technique.moments import moments_of
from repetiteur.technique.musicality import musicality
from repetiteur.technique.repeats import Trial
from repetiteur.technique.take import take
from repetiteur.technique.trials import Trials, compare


@dataclass(frozen=True)
class Danced:
    """What the dancers of a recording danced: the steps of each, by name, in order."""

    recording: Recording
    steps: Mapping[str, tuple[Step, ...]]


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
    >>> from repetiteur.rehearsal import recording_from_poses
    >>> from repetiteur.synthetic.demo import demo_reference
    >>> recording = recording_from_poses(demo_reference(), "reference")
    >>> found = measure(recording, only=["plie_depth"])["dancer"].measurements
    >>> {one.moment for one in found}
    {'plie'}
    """
    check_long_and_deep("measured", recording)
    found: dict[str, Measured] = {}
    for name, one in bodies(recording).items():
        body = _sized(one, height_m)
        taken = take(body, only=only, progress=progress)
        found[name] = placed_measures(taken, danced_steps(body))
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
    >>> import numpy as np
    >>> from repetiteur.model.counts import counted
    >>> from repetiteur.rehearsal import recording_from_poses
    >>> from repetiteur.synthetic.demo import demo_reference
    >>> recording = recording_from_poses(demo_reference(), "reference")
    >>> found = on_music(recording, counted(np.arange(3.0), metre=4, one=0))["dancer"]
    >>> found.measurements, found.not_judged[0].measure
    ((), 'beat_offset')
    """
    check_long_and_deep("held against music", recording)
    return {
        name: placed_measures(musicality(moved, counts), recognise(moved))
        for name, body in bodies(recording).items()
        for moved in [calm_movement(body)]
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
    MissingKeypoints
        When a tracker has not the points by which depths are found in a picture
        (:data:`repetiteur.kinematics.lifting.NEEDED`).

    Examples
    --------
    >>> from repetiteur.rehearsal import recording_from_poses
    >>> from repetiteur.synthetic.demo import demo_reference
    >>> recording = recording_from_poses(demo_reference(), "reference")
    >>> list(steps(recording).steps)
    ['dancer']
    """
    check_long_and_deep("searched for steps", recording)
    seen = bodies(recording)
    in_pictures = [body for body in seen.values() if body.space == "2d"]
    if in_pictures and not any(body.has(*NEEDED) for body in in_pictures):
        in_pictures[0].need("Naming steps before one camera", *NEEDED)
    told = {name: danced_steps(body) for name, body in seen.items()}
    return Danced(recording, told)


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
    >>> from repetiteur.rehearsal import recording_from_poses
    >>> from repetiteur.synthetic.demo import demo_reference
    >>> recording = recording_from_poses(demo_reference(), "reference")
    >>> found = measure(recording, only=["plie_depth"])["dancer"]
    >>> trials([(recording, found), (recording, found)]).variations[0].typical_error
    0.0
    """
    if not measured:
        raise NothingToJudge("Trials need one recording or more, and there is none.")
    for recording, _ in measured:
        check_one_dancer("A comparison of trials", recording)
        check_one_kind("A comparison of trials", measured[0][0], recording)
    return compare(
        [
            Trial(
                tuple(moments_of(movement_of(_sized(body_of(one.poses), height_m)))),
                found,
            )
            for one, found in measured
        ]
    )
