"""Lining up a take with its reference, in time and in side."""
