"""How well a stretch keeps the rules of a step, rule by rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from repetiteur.steps.features import FEATURES, Feature, Value
from repetiteur.steps.scene import Scene
from repetiteur.steps.stretches import Stretch
from repetiteur.steps.vocabulary import Entry, Rule

#: A rule whose feature is not seen holds with the first, too little for a name; with
#: the second where it counts only if seen; one whose moment is not there with the last.
UNSEEN, SPARED, MISSING = 0.45, 0.9, 0.02
#: No rule is ever kept or broken for certain.
LEAST = 0.01
#: Of a stretch that is read throughout, this share at either side is left out.
TRIM = 0.15


@dataclass(frozen=True)
class Kept:
    """A rule, what was read, and how likely it holds."""

    rule: Rule
    value: Value | None
    likely: float

    @property
    def says(self) -> str:
        """In words: ``height of the working leg 92° (at least 70)``.

        What a label has to be is said only where it is something else.
        """
        feature = FEATURES[self.rule.feature]
        shown, wanted = _shown(feature, self.value), _wanted(self.rule)
        if isinstance(self.value, Mapping):
            asked = f" (asked: {wanted})" if self.likely < 0.5 else ""
            return f"{feature.says}: {shown}{asked}"
        return f"{feature.says} {shown} ({wanted})"


@dataclass(frozen=True)
class Verdict:
    """How likely a stretch is a step, and by which rules.

    Attributes
    ----------
    entry : Entry
    stretch : Stretch
    kept : tuple of Kept
        In the order of the vocabulary.
    score : float
        The product of how likely each rule holds, 0 to 1.
    way : str
        Which of the ways of dancing it; "" where there is one.
    """

    entry: Entry
    stretch: Stretch
    kept: tuple[Kept, ...]
    score: float
    way: str = ""

    @property
    def weakest(self) -> Kept:
        """The rule that holds least."""
        return min(self.kept, key=lambda kept: kept.likely)


class Reader:
    """Reads the features of one stretch, each once.

    Parameters
    ----------
    scene : Scene
    stretch : Stretch
    """

    def __init__(self, scene: Scene, stretch: Stretch) -> None:
        self.scene, self.stretch = scene, stretch
        self._read: dict[tuple[str, str], Value] = {}

    def value(self, mark: str, feature: str) -> Value:
        """A feature at a mark."""
        key = (mark, feature)
        if key not in self._read:
            self._read[key] = FEATURES[feature].read(self.scene, self.stretch, mark)
        return self._read[key]

    def verdict(self, entry: Entry, least: float) -> Verdict | None:
        """How likely it is a step; None as soon as that is less than ``least``."""
        shared = self._all(entry, entry.rules, least)
        if shared is None or not entry.either:
            return shared
        ways = [
            (name, self._all(entry, rules, least / shared.score))
            for name, rules in entry.either.items()
        ]
        known = [(name, one) for name, one in ways if one is not None]
        if not known:
            return None
        name, best = max(known, key=lambda way: way[1].score)
        kept, score = shared.kept + best.kept, shared.score * best.score
        return Verdict(entry, self.stretch, kept, score, name)

    def _all(self, entry: Entry, rules: Sequence[Rule], least: float) -> Verdict | None:
        """How likely all of some rules hold; None if less than ``least``."""
        kept: list[Kept] = []
        score = 1.0
        for rule in rules:
            one = self._kept(entry, rule)
            kept.append(one)
            score *= max(one.likely, LEAST)
            if score < least:
                return None
        return Verdict(entry, self.stretch, tuple(kept), score)

    def _kept(self, entry: Entry, rule: Rule) -> Kept:
        mark, feature = entry.mark(rule.phase), FEATURES[rule.feature]
        if not self.stretch.spans(mark):
            return Kept(rule, None, MISSING)
        if feature.curve is not None and (mark == "all" or rule.operator == "range<"):
            value: Value = self._throughout(rule, feature, mark)
        else:
            value = self.value(mark, rule.feature)
        return Kept(rule, value, likely(rule, value, feature.soft))

    def _throughout(self, rule: Rule, feature: Feature, mark: str) -> float:
        """A curve read where it keeps the rule least; its range for ``range<``."""
        assert feature.curve is not None
        curve = feature.curve(self.scene, *self.stretch.roles(mark))
        parts = [curve[a : b + 1] for a, b in self.stretch.spans(mark)]
        values = np.concatenate(parts)
        values = values[np.isfinite(values)]
        if not values.size:
            return float("nan")
        low, middle, high = np.quantile(values, [TRIM, 0.5, 1.0 - TRIM])
        if rule.operator == "range<":
            return float(high - low)
        if rule.operator in (">=", ">"):
            return float(low)
        return float(high if rule.operator in ("<", "<=") else middle)


def likely(rule: Rule, value: Value | None, soft: float) -> float:
    """How likely a rule holds for what was read.

    Examples
    --------
    >>> from repetiteur.steps.vocabulary import Rule
    >>> likely(Rule("peak", "leg_elev", ">=", 80), 80.0, 4.0)
    0.5
    >>> likely(Rule("peak", "toe_at", "in", ("knee", "ankle")), {"knee": 0.7}, 0.0)
    0.7
    """
    if value is None or (isinstance(value, float) and not np.isfinite(value)):
        return SPARED if rule.if_seen else UNSEEN
    if not isinstance(value, float | int):
        return _labelled(rule, value)
    if rule.operator == "in":
        low, high = rule.value
        return float(ndtr((value - low) / soft) * ndtr((high - value) / soft))
    sign = -1.0 if rule.operator in ("<", "<=", "range<") else 1.0
    past = float(ndtr(sign * (value - rule.value) / soft))
    return past


def _labelled(rule: Rule, value: Value) -> float:
    """Of labels with their probabilities."""
    assert not isinstance(value, float)
    if not value:
        return SPARED if rule.if_seen else UNSEEN
    wanted = rule.value if rule.operator == "in" else (rule.value,)
    found = min(sum(value.get(label, 0.0) for label in wanted), 1.0)
    return 1.0 - found if rule.operator == "!=" else found


_UNITS = {
    "deg": "°",
    "deg/s": "°/s",
    "fl": " foot lengths",
    "legs": " leg lengths",
    "ratio": "",
    "count": "",
}
_WANTED = {
    "==": "",
    "!=": "not ",
    "<": "below ",
    "<=": "at most ",
    ">": "above ",
    ">=": "at least ",
    "range<": "within ",
}


def _shown(feature: Feature, value: Value | None) -> str:
    """What was read, for a person."""
    if value is None or (isinstance(value, float) and not np.isfinite(value)):
        return "not seen"
    if isinstance(value, float | int):
        digits = 0 if feature.unit in ("deg", "deg/s", "count") else 2
        number = f"{value:.{digits}f}".removeprefix(
            "-" if round(value, digits) == 0 else ""
        )
        return f"{number}{_UNITS.get(feature.unit, ' ' + feature.unit)}"
    best = max(value, key=lambda label: value[label], default="not seen")
    if isinstance(best, bool):
        return "yes" if best else "no"
    return str(best).replace("_", " ")


def _wanted(rule: Rule) -> str:
    """What a rule asks for, for a person."""
    value = rule.value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if rule.operator == "in":
        numbers = all(isinstance(one, int | float) for one in value)
        return f"{value[0]:g} to {value[1]:g}" if numbers else " or ".join(value)
    return f"{_WANTED[rule.operator]}{value}".replace("_", " ")
