"""Directions, angles, headings and supports of a moving body."""
