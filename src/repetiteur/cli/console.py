"""Where the commands say things: results to standard output, all else to the other.

One console for standard error, so that a bar and a line of progress share the screen.
"""

from __future__ import annotations

from rich.console import Console

error = Console(stderr=True, highlight=False, soft_wrap=True)
out = Console(highlight=False, soft_wrap=True)
