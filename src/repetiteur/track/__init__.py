"""Tracking: a dancer's video becomes poses."""
