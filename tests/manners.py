"""A take that differs in qualities of movement by what is asked for."""

from __future__ import annotations

import numpy as np

from repetiteur.expression.body import Described
from repetiteur.expression.compare import compared
from repetiteur.expression.descriptors import descriptors
from repetiteur.expression.windows import windows
from repetiteur.model.findings import Span

SPANS = windows(0.0, 31.0)
MANY = len(SPANS)
#: The take is slower by a tenth, and begins later.
TAKE = tuple(Span(1.0 + 1.1 * s.start_s, 1.0 + 1.1 * s.end_s) for s in SPANS)
#: A typical value of each quality.
LEVEL = {one.id: 0.4 if one.unit == "heights" else 2.0 for one in descriptors()}
LEVEL |= {"arm_height": 80.0, "knee_bend": 30.0, "verticality": 10.0}


def described(own, unsure=None, **values):
    """A body with these qualities, one number or one of each window."""
    each = {
        name.replace("__", "."): np.broadcast_to(value, MANY).astype(float)
        for name, value in values.items()
    }
    none = dict.fromkeys(each, np.empty((0, MANY)))
    if unsure is not None:
        rng = np.random.default_rng(1)
        none = {
            name: value * (1.0 + unsure * rng.standard_normal((20, 1)))
            for name, value in each.items()
        }
    return Described(own, each, each, none)


def told(casts=1, unsure=None, **values):
    """A take with such qualities beside references of the usual level."""
    usual = {name: LEVEL[name.replace("__", ".")] for name in values}
    references = [
        described(SPANS, **{k: v * (1.0 + 0.05 * n) for k, v in usual.items()})
        for n in range(casts)
    ]
    return compared(SPANS, described(TAKE, unsure, **values), references)


def only(first, last, more, level=2.0):
    """The usual level, and more of it in some windows."""
    values = np.full(MANY, level)
    values[first : last + 1] = more
    return values
