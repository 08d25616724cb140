"""The demo: a short adage, and a take of it whose faults are known.

All times are seconds of the reference. The take is danced by another body, facing
elsewhere, slower, at another frame rate, with noise and with the natural variation of
a second time; none of that is a fault. :func:`demo_truth` says what is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import xarray as xr

from repetiteur.model.findings import Kind
from repetiteur.model.skeletons import Side
from repetiteur.synthetic.dancer import Dancer, Proportions
from repetiteur.synthetic.motion import Alteration, Delay
from repetiteur.synthetic.phrase import Phrase, dance
from repetiteur.synthetic.steps import (
    arabesque_1,
    battement_tendu,
    close_fifth,
    demi_plie,
    developpe,
    equilibre,
    fifth_position,
    hold,
    port_de_bras,
    step_to,
)

#: The other body that dances the take: smaller, longer legs, a little less turnout.
OTHER_DANCER = Dancer(
    stature=1.61,
    proportions=Proportions(
        thigh=0.250, shank=0.253, trunk=0.276, upper_arm=0.180, shoulder_width=0.205
    ),
    turnout_left=61.0,
    turnout_right=63.0,
)
#: How the take differs from the reference without being wrong.
TAKE_TEMPO = 0.93
TAKE_FPS = 50.0
TAKE_HEADING_DEG = 25.0
TAKE_NOISE_M = 0.003
TAKE_WAIT_S = 0.8
TAKE_WOBBLE_DEG = 0.8
TAKE_WOBBLE_S = 0.008
TAKE_SEED = 7


@dataclass(frozen=True)
class PlantedFault:
    """A fault that was put into a take.

    Attributes
    ----------
    measure : str
        Name of the measure that shows it.
    side : "left", "right" or None
    kind : str
        As in :class:`repetiteur.model.findings.Note`.
    value : float
        Take minus reference: degrees, or seconds for ``timing_path`` (positive is
        late).
    start_s, end_s : float
        Seconds of the reference between which it has its full size.
    ramp_s : float
        How long it comes before that, and goes after it.
    """

    measure: str
    side: Side | None
    kind: Kind
    value: float
    start_s: float
    end_s: float
    ramp_s: float


#: How far before and after its full size a fault of shape, and of time, comes and goes.
_SHAPE_RAMP_S = 0.9
_TIME_RAMP_S = 0.6


def demo_phrase() -> Phrase:
    """The adage of the demo, at 60 counts a minute.

    Examples
    --------
    >>> 24 < demo_phrase().counts < 33
    True
    """
    return Phrase.of(
        fifth_position("left", counts=0.8),
        port_de_bras("front", "side", counts=1.25),
        demi_plie(counts=1.8),
        developpe("left", "seconde", 100.0, counts=3.8, balance=2.0),
        close_fifth("left", "right"),
        port_de_bras("low", "front", counts=0.9),
        battement_tendu("right", "devant", counts=2.0, arm="side"),
        step_to("right", turn=-70.0, counts=2.6),
        arabesque_1("left", 88.0, counts=1.5, balance=2.0),
        close_fifth("left", "right", counts=1.3, turn=70.0),
        equilibre("left", counts=1.8, balance=1.0),
        close_fifth("left", "left", counts=1.3),
        port_de_bras("side", "low", counts=1.1),
        (hold("fifth_position.hold", 0.6),),
    )


def _when(name: str, *, first: bool = True) -> float:
    """When a key pose of the demo is reached, seconds of the reference."""
    times = [time for pose, time in demo_phrase().moments() if pose == name]
    return times[0] if first else times[-1]


def demo_truth() -> tuple[PlantedFault, ...]:
    """The faults of :func:`demo_take`, in order of time.

    Examples
    --------
    >>> [(fault.measure, fault.kind, fault.value) for fault in demo_truth()]
    [('leg_elevation', 'less', -14.0), ('timing_path', 'late', 0.25),
     ('knee_extension_support', 'more', 14.0)]
    """
    closed = _when("battement_tendu.closed")
    return (
        PlantedFault(
            "leg_elevation", "left", "less", -14.0,
            _when("developpe.extension"), _when("developpe.hold"), _SHAPE_RAMP_S,
        ),
        PlantedFault(
            "timing_path", None, "late", 0.25,
            closed + _TIME_RAMP_S, _when("temps_lie.closed") - 0.4, _TIME_RAMP_S,
        ),
        PlantedFault(
            "knee_extension_support", "right", "more", 14.0,
            _when("arabesque_1.enter"), _when("arabesque_1.hold"), _SHAPE_RAMP_S,
        ),
    )  # fmt: skip


def demo_reference(fps: float = 60.0) -> xr.Dataset:
    """The reference of the demo: the adage as it should be.

    Parameters
    ----------
    fps : float
        Frames a second.

    Returns
    -------
    xarray.Dataset
        3D poses without noise.
    """
    return dance(demo_phrase(), fps=fps)


def demo_take() -> xr.Dataset:
    """A take of the demo with the faults of :func:`demo_truth`.

    Returns
    -------
    xarray.Dataset
        3D poses.
    """
    leg, late, knee = demo_truth()
    return _take(
        alterations=(
            Alteration("left_height", leg.value, *_span(leg), leg.ramp_s),
            Alteration("right_knee", knee.value, *_span(knee), knee.ramp_s),
        ),
        delays=(Delay(late.value, *_span(late), late.ramp_s),),
    )


def demo_take_without_faults() -> xr.Dataset:
    """The same take without the faults: nothing in it deserves a note.

    Returns
    -------
    xarray.Dataset
        3D poses.
    """
    return _take()


def _span(fault: PlantedFault) -> tuple[float, float]:
    """Seconds between which a fault is there at all."""
    return fault.start_s - fault.ramp_s, fault.end_s + fault.ramp_s


def _take(
    alterations: Sequence[Alteration] = (), delays: Sequence[Delay] = ()
) -> xr.Dataset:
    return dance(
        demo_phrase(),
        OTHER_DANCER,
        tempo=TAKE_TEMPO,
        fps=TAKE_FPS,
        heading=TAKE_HEADING_DEG,
        noise=TAKE_NOISE_M,
        seed=TAKE_SEED,
        wobble_deg=TAKE_WOBBLE_DEG,
        wobble_s=TAKE_WOBBLE_S,
        wait_s=TAKE_WAIT_S,
        alterations=alterations,
        delays=delays,
    )
