"""Names from recordings as they may be shown: a file is not to steer a terminal."""

from __future__ import annotations

import re

#: C0 and C1 controls and Unicode's own ends of lines: no name needs them, and what
#: they can do is move a cursor, set a title or begin a row of a table.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def plain(text: str) -> str:
    r"""Text on one line, without control characters; each run of them is a space.

    Examples
    --------
    >>> plain("Anna\nMaria"), plain("\x1b[31mred\x1b]0;title\x07"), plain("Zoë 🩰")
    ('Anna Maria', '[31mred ]0;title', 'Zoë 🩰')
    """
    return _CONTROLS.sub(" ", text).strip()
