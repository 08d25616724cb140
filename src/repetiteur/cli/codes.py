"""Exit codes that several commands end with (the page on commands lists them all)."""

from __future__ import annotations

__all__ = ["UNREADABLE"]

#: The input cannot be read, or holds no dancer.
UNREADABLE = 3
