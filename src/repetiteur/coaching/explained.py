"""What of a quality of movement is explained by another note at its place.

A leg that stays low or a phrase that comes late changes the energy of a dance, too. It
is said once, as what it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from repetiteur.expression.compare import Expression, Finding
from repetiteur.model.findings import Note, Span

Measures = frozenset[str]

#: What is said explains a quality so long before it begins and after it ends, s: a
#: phrase that is late hurries when it catches up, and a limb is on its way.
AROUND_S = 1.0
_EVENTS = frozenset(
    {"step_presence", "turn_count", "balance_time"}
    | {"jump_height_com", "jump_height_flight"}
)
_TIME = _EVENTS | {"timing_path"}
_ARMS = frozenset(
    {"arm_shape.elevation", "arm_shape.elbow_elevation", "arm_shape.elbow_flexion"}
)
_TRUNK = frozenset({"aplomb.pitch", "aplomb.side", "pelvis_obliquity"})
_HEAD = frozenset({"head_pitch", "shoulder_lift"})
_KNEES = frozenset({"knee_flexion", "knee_extension_support", "knee_extension_working"})
_LEGS = _KNEES | {"leg_elevation", "knee_over_toe", "landing_knee_flexion"}
_FEET = frozenset({"ankle_plantarflexion"})
#: Qualities of how a body is carried, and notes on how a limb is: where one of these
#: stands, the quality that it is a part of is no further note, wherever it shows.
POSTURES = frozenset(
    {"arm_height", "arm_opening", "contraction_index", "head_height", "verticality"}
    | {"knee_bend", "foot_spread"}
)
SHAPES = _ARMS | _TRUNK | _HEAD | _KNEES | {"leg_elevation", "knee_over_toe"}
#: By the measures of which other notes each quality is explained at their place: what
#: they say alters it, too. Of a quality that is not here every note does. Lateness
#: alone explains nothing that holds over the whole of a phrase: it is of a place, and
#: who is always more sudden is late at each beginning and early at each end by that.
EXPLAINED: Mapping[str, Measures] = {
    "effort_time.hands": _TIME | _ARMS | _TRUNK,
    "effort_space.hands": _TIME | _ARMS | _TRUNK,
    "arm_height": _EVENTS | _ARMS | _TRUNK,
    "arm_opening": _EVENTS | _ARMS,
    "contraction_index": _EVENTS | _ARMS | _TRUNK | _HEAD | _LEGS,
    "head_height": _EVENTS | _TRUNK | _HEAD | _LEGS | _FEET,
    "verticality": _EVENTS | _TRUNK,
    "knee_bend": _EVENTS | _LEGS | _FEET,
    "foot_spread": _EVENTS | _TRUNK | _LEGS,
}


def explained(
    finding: Finding, told: Expression, said: Iterable[Note]
) -> NDArray[np.bool_]:
    """Windows that are touched by notes which explain a finding.

    Parameters
    ----------
    finding : Finding
    told : Expression
        That it is among.
    said : iterable of Note
        All other notes of the take.

    Returns
    -------
    (windows,) bool
    """
    touched = np.zeros(len(told.windows), dtype=bool)
    for note in said:
        if _said_already(note.measure, finding):
            touched[:] = True
        elif _explains(note.measure, finding):
            for span in (note.take, *note.also):
                touched |= _near(told.take_windows, span)
            touched |= _near(told.windows, note.reference)
    return touched


def _explains(measure: str, finding: Finding) -> bool:
    if finding.whole and measure == "timing_path":
        return False
    return finding.descriptor.id not in EXPLAINED or measure in _by(finding)


def _said_already(measure: str, finding: Finding) -> bool:
    """Whether a note on how a limb is carried says it, wherever it stands."""
    posture = finding.descriptor.id in POSTURES
    return posture and measure in SHAPES and measure in _by(finding)


def _by(finding: Finding) -> Measures:
    return EXPLAINED.get(finding.descriptor.id, frozenset())


def _near(windows: Sequence[Span], span: Span) -> NDArray[np.bool_]:
    """Windows that lie no further from a stretch than :data:`AROUND_S`."""
    edges = np.array([(one.start_s, one.end_s) for one in windows]).reshape(-1, 2)
    with np.errstate(invalid="ignore"):
        ends_before = edges[:, 1] < span.start_s - AROUND_S
        begins_after = edges[:, 0] > span.end_s + AROUND_S
        return np.asarray(np.isfinite(edges[:, 0]) & ~ends_before & ~begins_after)
