"""Dancing and the counts of its music."""

import numpy as np

from figures import figure
from figures.compared import stroke
from figures.drawing import Plot

COUNTS = np.arange(1.0, 6.0)


def counted(plot, times, *, high=2.3):
    """A line at each count, with its number."""
    for k, time in enumerate(times, start=1):
        plot.path([(time, 0.0), (time, high)], "thin")
        plot.note((time, 0.0), str(k), shift=(0, 16), anchor="middle")


@figure(
    "beat_offset",
    alt="The speed of two movements over counts; the second one ends after its count",
)
def beat_offset():
    plot = Plot((0.4, 5.2), 0.0, 2.4)
    counted(plot, COUNTS)
    t = np.linspace(0.4, 5.2, 400)
    plot.curve(t, stroke(t - 1.0) + stroke(t - 3.2))
    plot.span((4.0, 2.1), (4.2, 2.1), "late", shift=(6, -8))
    plot.note((2.0, 1.9), "on it", shift=(8, 0), anchor="start")
    return plot


@figure(
    "beat_alignment",
    alt="Each arrival weighs by how near it is to a count, early or late alike",
)
def beat_alignment():
    plot = Plot((0.4, 5.2), 0.0, 2.4)
    counted(plot, COUNTS)
    t = np.linspace(0.4, 5.2, 800)
    near = np.exp(-(((t[:, None] - COUNTS) / 0.16) ** 2) / 2.0).max(axis=1)
    plot.curve(t, 2.0 * near, "other-line")
    for time in (1.0, 2.12, 2.9, 4.4):
        high = 2.0 * float(np.interp(time, t, near))
        plot.path([(time, 0.0), (time, high)], "strong-line")
    plot.note((4.45, 0.5), "far", anchor="middle")
    return plot


@figure("accent", alt="A leg goes out and closes; the count falls on its height")
def accent():
    plot = Plot((0.4, 3.2), 0.0, 2.6)
    counted(plot, COUNTS[:3])
    t = np.linspace(0.4, 3.2, 400)
    apart = np.abs(t[:, None] - COUNTS[:3]).min(axis=1)
    plot.curve(t, 2.0 * np.clip(np.cos(apart * np.pi / 0.8), 0.0, 1.0) ** 2)
    plot.note((1.5, 2.4), "out: at its height on the count", anchor="middle")
    return plot


@figure("tempo_shape", alt="Counts grow further apart; the dancer's arrivals less so")
def tempo_shape():
    plot = Plot((0.4, 7.4), 0.0, 2.4)
    played = 0.6 + np.cumsum(np.r_[0.0, 0.9 * 1.12 ** np.arange(5)])
    danced = 0.6 + np.cumsum(np.r_[0.0, 1.03 * 1.03 ** np.arange(5)])
    counted(plot, played, high=1.0)
    for time in danced:
        plot.path([(time, 1.3), (time, 2.2)], "strong-line")
    plot.note((0.4, 1.05), "music", anchor="start", shift=(-4, 0))
    plot.note((0.4, 2.25), "dancer", anchor="start", shift=(-4, 0))
    return plot
