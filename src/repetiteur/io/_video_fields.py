"""Interlaced pictures become whole ones, one for one."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from av.filter import Graph

from repetiteur.io._media import BROKEN

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

__all__ = ["deinterlaced"]

_TICK = Fraction(1, 1000)


def deinterlaced(
    found: Iterator[tuple[int, VideoFrame]],
) -> Iterator[tuple[int, VideoFrame]]:
    """Numbered pictures without combs (FFmpeg's ``bwdif``, one per picture).

    The filter looks at the pictures before and after, so it is only the same where it
    begins and ends at the same ones. Pictures that are not interlaced pass unchanged.
    """
    graph, known = None, None
    for number, frame in found:
        shape = frame.width, frame.height, frame.format.name
        if graph is None or shape != known:
            if graph is not None:
                yield from _through(graph, None)
            graph, known = _graph(frame), shape
        frame.pts, frame.time_base = number, _TICK
        yield from _through(graph, frame)
    if graph is not None:
        yield from _through(graph, None)


def _graph(frame: VideoFrame) -> Graph:
    graph = Graph()
    graph.threads = 1
    source = graph.add_buffer(
        width=frame.width,
        height=frame.height,
        format=frame.format,
        time_base=_TICK,
    )
    comb = graph.add("bwdif", "mode=send_frame:parity=auto:deint=interlaced")
    graph.link_nodes(source, comb, graph.add("buffersink")).configure()
    return graph


def _through(
    graph: Graph, frame: VideoFrame | None
) -> Iterator[tuple[int, VideoFrame]]:
    graph.vpush(frame)
    while True:
        try:
            whole = graph.vpull()
        except BROKEN:  # wants more, or has ended
            return
        if whole.pts is not None and whole.time_base is not None:
            yield round(whole.pts * whole.time_base / _TICK), whole
