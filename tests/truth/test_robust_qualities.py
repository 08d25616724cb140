"""What is told by default stays what it is in another body and with noise.

A small part of ``benchmarks/expression_robust.py``.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from repetiteur.expression.descriptors import descriptors

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
LEAST = 0.9
#: Landings apart: these recordings have no jumps.
ROBUST = [
    one.id for one in descriptors() if one.robust and one.id != "effort_weight.landing"
]


@pytest.fixture(scope="module")
def robust():
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(BENCHMARKS))
        import expression_robust
    return expression_robust


@pytest.fixture(scope="module")
def kept(robust, test_data):
    found = robust.recordings(test_data)
    return robust.limbs({name: found[name] for name in robust.LONG}, draws=1)


@pytest.mark.parametrize("name", ROBUST)
def test_what_is_told_by_default_keeps_the_order_of_windows(kept, name):
    assert min(kept[name].values()) >= LEAST


def test_the_curve_of_the_spine_does_not(kept):
    assert kept["spine_curve"]["lasting_2cm"] < 0.85
    assert kept["spine_curve"]["lasting_0cm"] > 0.99


def test_landings_keep_their_order(robust):
    found = robust.landings(dances=20, draws=1)
    assert all(row["given"] >= LEAST for row in found.values())
    assert all(row["seen"] == 1.0 for name, row in found.items() if "0cm" in name)
    assert all(row["seen"] >= 0.7 for row in found.values())
