"""What the rules of the vocabulary read: one function for each feature.

A feature is read at a mark of a stretch, and gives a number, or how likely each of
several labels is. To add one, write a function in the module where it belongs and
register it.
"""

from repetiteur.steps.features import arms, body, feet, jumps, legs
from repetiteur.steps.features.feature import FEATURES, Feature, Labels, Value, over

__all__ = [
    "FEATURES",
    "Feature",
    "Labels",
    "Value",
    "arms",
    "body",
    "feet",
    "jumps",
    "legs",
    "over",
]
