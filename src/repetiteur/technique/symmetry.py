"""The same measure on both sides."""

from __future__ import annotations
