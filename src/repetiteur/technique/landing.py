"""Landings and take-offs: through the foot, into the knee, over the toe."""

from __future__ import annotations
