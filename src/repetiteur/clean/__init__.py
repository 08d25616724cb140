"""Cleaning of poses: gaps, outliers, bones, smoothing."""
