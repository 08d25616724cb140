"""Measures of ballet technique, one registry, one module for each part of the body."""
