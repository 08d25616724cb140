"""Made-up trials: moments with values, as if they had been measured."""

from __future__ import annotations

from repetiteur.model.findings import Measured, Measurement, Span
from repetiteur.technique.moments import Moment
from repetiteur.technique.repeats import Trial


def measurement(
    value, *, at=0.0, measure="plie_depth", side=None, moment="plie", unit="deg",
    half=0.1,
):  # fmt: skip
    """A value of the moment that begins at this second and lasts half of one."""
    edges = (value, value) if isinstance(value, str) else (value - half, value + half)
    return Measurement(
        measure, side, moment, Span(at, at + 0.5), value, unit, edges, (0, 1)
    )


def trial(*measurements, legs=()):
    """A trial whose moments are those of its values; ``legs`` by second, or none."""
    found = {(one.moment, one.span) for one in measurements}
    moments = (
        Moment(
            kind, span.start_s, span.end_s, (0, 1), dict(legs).get(span.start_s, ""), 0
        )
        for kind, span in found
    )
    return Trial(tuple(moments), Measured(measurements))


def depths(*values, **words):
    """A trial with a plié a second, of these depths; None was not judged."""
    return trial(
        *(
            measurement(value, at=float(second), **words)
            for second, value in enumerate(values)
            if value is not None
        ),
        *(
            measurement(1.0, at=float(k), measure="aplomb")
            for k, _ in enumerate(values)
        ),
    )
