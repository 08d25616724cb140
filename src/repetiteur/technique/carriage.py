"""How arms, head and shoulders are carried."""

from __future__ import annotations
