"""Every sentence that a catalogue can make, with the values that it may be made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from repetiteur.coaching.phrases import fits
from repetiteur.coaching.wording import Wording
from repetiteur.expression.descriptors import descriptors
from repetiteur.model.findings import Difference, Note, Span
from repetiteur.model.skeletons import KEYPOINTS
from repetiteur.steps.schools import called
from repetiteur.steps.step import Step
from repetiteur.technique.curve import curves
from unit.report import small_rehearsal as made

#: Unit of each measure that is no curve, and two values of it (reference, take), seen
#: every day and seen once: what is least and what is most.
UNITS = {
    "turn_count": "rev",
    "jump_height_com": "m",
    "jump_height_flight": "m",
    "balance_time": "s",
    "timing_path": "s",
    "timing_path_to_music": "s",
    "step_presence": "s",
    "shoulder_lift": "ratio",
} | {one.id: "%" if one.relative else one.unit for one in descriptors()}
#: What is said of the whole body, in a way of its own.
QUALITIES = frozenset(one.id for one in descriptors())
VALUES = {
    "deg": ((108.0, 96.0), (6.0, -4.0), (0.2, 5.3), (-31.0, 14.0), (179.0, 1.0)),
    "rev": ((2.02, 1.48), (1.0, 0.73), (0.0, 0.3), (9.0, 31.2), (4.3, 8.0)),
    "m": ((0.22, 0.18), (0.05, 0.11), (0.61, 0.02)),
    "s": ((2.0, 1.2), (0.4, 12.3), (75.0, 0.3)),
    "ratio": ((0.62, 0.35), (0.05, 0.09)),
    "label": ((float("nan"), float("nan")),),
    "%": (
        (100.0, 140.0),
        (100.0, 104.0),
        (66.0, 100.0),
        (100.0, 200.0),
        (100.0, 285.0),
    ),
    "heights": ((0.52, 0.44), (0.05, 0.31)),
}
SIDES = ("left", "right", "both", None)
COUNTS = (None, "2·5", "5", "1·1", "31·8", "4·&")
ALSO = ((), (9.1,), (9.1, 12.0), tuple(range(10, 31, 2)))
#: What several references may differ in, by unit.
OF_SEVERAL = (
    ("leg_elevation", "less"), ("turn_count", "more"), ("balance_time", "less"),
    ("jump_height_com", "more"), ("shoulder_lift", "more"), ("timing_path", "late"),
    ("effort_time.hands", "more"), ("arm_opening", "less"), ("arm_height", "more"),
)  # fmt: skip
PRESENCES = ("skipped", "replaced", "extra", "repeated", "paused")


def unit_of(measure: str) -> str:
    """The unit that a measure's differences have."""
    known = {one.id: one.unit for one in curves()} | UNITS
    return known.get(measure, "deg")


def note(measure: str, kind: str, side: str | None = None, **changes: object) -> Note:
    """A note of a kind: take less than the reference, or more, by typical values."""
    unit = unit_of(measure)
    values = changes.pop("values", VALUES[unit][0])
    low, high = sorted(values)  # type: ignore[call-overload]
    less = kind in ("less", "missing", "early")
    take, reference = (low, high) if less else (high, low)
    size = 0.18 if take != take else take - reference
    given = {
        "measure": measure,
        "kind": kind,
        "side": side,
        "difference": Difference(size, unit, (size, size), 0.0),
        "take_value": take,
        "reference_value": reference,
        "also": (),
    }
    if kind in PRESENCES:
        given |= {"presence": kind, "kind": "extra"}
    return made.note(**(given | changes))


def notes(words: Wording) -> Iterator[Note]:
    """A note of every measure, kind, side, count and number of times, at all values."""
    yield from _of_measures(words)
    yield from _plain(words)
    for count in COUNTS:
        for at in ALSO:
            spans = tuple(Span(start, start + 1.0) for start in at)
            yield note("leg_elevation", "less", "left", count=count, also=spans)
    for measure, kind in OF_SEVERAL:
        for spread in ((0.4, 0.4), (0.0, 0.9), (-0.31, 2.0)):
            yield note(measure, kind, "left", spread=spread)


def _of_measures(words: Wording) -> Iterator[Note]:
    for measure, kinds in words.messages["notes"].items():
        either = measure in words.messages["ways"]
        for kind in kinds:
            for values in VALUES[unit_of(measure)]:
                below = min(values) < 0.0
                if below and not either:
                    continue  # an angle between two bones
                # What may lie below naught has no side: it says itself which.
                whole = below or measure in QUALITIES
                for side in (None,) if whole else SIDES:
                    yield note(measure, kind, side, values=values)


def _plain(words: Wording) -> Iterator[Note]:
    for kind in words.messages["plain"]:
        for unit, some in VALUES.items():
            apart = 9.0 if unit == "deg" else 0.27
            size = Difference(-apart, unit, (-1.1 * apart, -0.9 * apart), 0.1)
            for side in SIDES:
                plain = note("stance_width", kind, side, values=some[0])
                yield replace(plain, difference=size)


def on_steps(words: Wording) -> Iterator[Note]:
    """A note with each phrase of a step that can be said, on either side."""
    for id, some in fits().used.items():
        for fit in some:
            for measure in fit.measures:
                for kind in fit.kinds:
                    for side in ("left", "right"):
                        yield from _on_step(words, id, fit, measure, kind, side)


def _on_step(words, id, fit, measure, kind, side):
    working = side if fit.leg != "other" else {"left": "right", "right": "left"}[side]
    if measure in ("aplomb.side", "pelvis_obliquity"):
        working = "left" if kind == "more" else "right"
    sided = side if measure in SIDED or "knee_extension" in measure else None
    attributes = {"direction": fit.direction} if fit.direction else {}
    step = Step(id, working, 2.0, 6.0, 0.9, attributes=attributes)
    phase = fit.phases[0] if fit.phases else None
    limit = fit.limit if fit.limit == fit.limit else None
    values = VALUES[unit_of(measure)][0]
    if limit is not None:
        values = (limit - 5.0, limit + 5.0)
    found = words.worded(note(measure, kind, sided, values=values, phase=phase))
    yield words.on_step(found, step, called(step))


SIDED = {one.id for one in curves() if one.sided} | {
    "balance_time", "turn_count", "knee_over_toe", "landing_knee_flexion",
}  # fmt: skip


def sentences(words: Wording) -> Iterator[tuple[str, str]]:
    """What it is, and the sentence: all of them, in one style."""
    for one in notes(words):
        said = words.worded(one)
        for part in ("text", "reason", "place"):
            name = f"{one.measure}-{one.presence or one.kind}-{one.side}-{part}"
            yield name, getattr(said, part)
    for one in on_steps(words):
        yield f"{one.measure}-{one.kind}-on-step", one.text
        yield f"{one.measure}-{one.kind}-on-step-place", one.place
    for measure in words.messages["strengths"]:
        for side in ("left", "right", None):
            yield f"strength-{measure}-{side}", words.strength(measure, side)
    for key in words.messages["not_judged"]:
        for given in (
            {"points": words.points(KEYPOINTS), "sides": words.sides(["left"])},
            {"points": words.points([]), "sides": words.sides(["left", "right"])},
        ):
            for part, text in zip(
                ("reason", "film"), words.not_judged(key, **given), strict=True
            ):
                yield f"not_judged-{key}-{part}", text
    for key, text in words.messages["earlier"].items():
        yield f"earlier-{key}", text
