"""The parts of subtitles: moments as WebVTT writes them, and text that is one."""

from __future__ import annotations

import html

from repetiteur.report.plain import plain


def timestamp(seconds: float) -> str:
    """A moment as WebVTT writes it.

    Examples
    --------
    >>> timestamp(4.0996), timestamp(3725.5)
    ('00:00:04.100', '01:02:05.500')
    """
    ms = round(seconds * 1000)
    minutes, ms = divmod(ms, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{ms // 1000:02d}.{ms % 1000:03d}"


def cue_text(text: str) -> str:
    """Text as it stands in a cue: on one line, without controls, markup escaped.

    Examples
    --------
    >>> cue_text("a <b>  & c")
    'a &lt;b&gt; &amp; c'
    """
    return html.escape(" ".join(plain(text).split()), quote=False)
