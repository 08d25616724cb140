"""Spotting: the head against the trunk in a turn."""

from __future__ import annotations
