"""What a recording has to be, and the bodies that it holds."""

from __future__ import annotations

from collections.abc import Sequence

from repetiteur.errors import NothingToJudge
from repetiteur.kinematics.calming import calmed
from repetiteur.kinematics.movement import Movement, movement_of
from repetiteur.model.body import Body
from repetiteur.model.poses import body_of
from repetiteur.rehearsal.recordings import Recording
from repetiteur.steps import Step, recognise

#: Fewest frames that can be measured: curves are smoothed, and events last.
SHORTEST = 10


def danced_steps(body: Body) -> tuple[Step, ...]:
    """The steps that a body danced, in order of time."""
    return recognise(calm_movement(body))


def calm_movement(body: Body) -> Movement:
    """All that a body's points tell of its movement, jitter apart."""
    return movement_of(calmed(body))


def bodies(recording: Recording) -> dict[str, Body]:
    """The bodies of a recording by name."""
    names = [str(name) for name in recording.poses["individual"].to_numpy()]
    return {name: body_of(recording.poses, k) for k, name in enumerate(names)}


def check_long_and_deep(what: str, recording: Recording) -> None:
    """Refuse a recording of a few frames, or of points in pixels alone."""
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


def check_one_dancer(what: str, recording: Recording) -> None:
    """Refuse a recording of several dancers."""
    names = [str(name) for name in recording.poses["individual"].to_numpy()]
    if len(names) > 1:
        raise NothingToJudge(
            f"{what} needs one dancer in each recording, and {recording.source} "
            f"has {len(names)}: {', '.join(names)}. Write the one you mean to a file "
            "alone."
        )


def check_each_once(takes: Sequence[Recording]) -> None:
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


def check_one_kind(what: str, reference: Recording, take: Recording) -> None:
    """Refuse a video beside motion in space."""
    flat = [r.source for r in (reference, take) if r.poses.sizes["space"] == 2]
    if len(flat) == 1:
        raise NothingToJudge(
            f"{what} needs videos alone or motion files alone, and of these only "
            f"{flat[0]} was seen by a camera: an angle in a picture is not one in "
            "space. Compare it with a video that was filmed from the same side."
        )


def sharing(what: str, bodies: Sequence[Body]) -> list[Body]:
    """The bodies with the keypoints that are seen in all of them, for ``what``.

    Raises
    ------
    MissingKeypoints
        When hips or shoulders are not among them.
    """
    names = [name for name in bodies[0].points if all(b.has(name) for b in bodies)]
    shared = [body.only(*names) for body in bodies]
    for body in shared:
        body.need(
            what, *(f"{s}_{p}" for s in ("left", "right") for p in ("hip", "shoulder"))
        )
    return shared
