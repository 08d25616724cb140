"""Series of turns: how fast and how evenly they follow each other."""

from __future__ import annotations
