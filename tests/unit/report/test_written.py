"""Values as people write them."""

from __future__ import annotations

import numpy as np
import pytest

from repetiteur.report.written import amount, unit_of, written


@pytest.mark.parametrize(
    ("value", "half", "unit", "said"),
    [
        (13.23, 2.71, "deg", ("13.2°", "10.5 to 16.0", "")),
        (-13.23, 27.1, "deg", ("−13°", "−41 to 14", "")),
        (0.31, 0.0123, "m", ("0.310 ", "0.297 to 0.323", "m")),
        (0.5, 0.04, "ratio", ("50.0%", "46.0 to 54.0", "")),
        (3.0, 0.4, "percent", ("3.0%", "2.6 to 3.4", "")),
        (0.5, 0.0, "rev", ("0.5 ", "", "turns")),
        (1.0, 0.0, "rev", ("1 ", "", "turns")),
        (3.4, 0.5, "cm2", ("3.4 ", "2.9 to 3.9", "cm²")),
        (-1.4, 0.04, "dimensionless", ("−1.40 ", "−1.44 to −1.36", "")),
    ],
)
def test_a_value_with_its_interval(value, half, unit, said):
    assert written(value, (value - half, value + half), unit) == said


def test_a_name_has_no_interval():
    name = written("en_dehors", ("en_dehors", "en_dehors"), "label")
    assert name == ("en dehors", "", "")


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("unit", ["deg", "ratio", "m", "mm", "rev/s"])
def test_what_is_written_never_looks_surer(unit, seed):
    rng = np.random.default_rng(seed)
    value, half = rng.normal(0.0, 50.0), 10.0 ** rng.uniform(-7.0, 2.0)
    said = written(value, (value - half, value + half), unit)
    low, high = (float(e.replace("−", "-")) for e in said.interval.split(" to "))
    times = 100.0 if unit == "ratio" else 1.0
    assert low <= times * (value - half) + 1e-9
    assert high >= times * (value + half) - 1e-9
    middle = float(said.value.rstrip("°% ").replace("−", "-"))
    assert low <= middle <= high


def test_amounts_have_two_digits():
    assert amount(0.0, "deg") == "0°"
    assert amount(123.4, "deg") == "123°"
    assert amount(0.0123, "m") == "0.012 "


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (0.0, "ratio", ("0.0%", "0.0 to 0.0", "")),
        (0.25, "s", ("0.250 ", "0.250 to 0.250", "s")),
        (2.0, "rev", ("2 ", "", "turns")),
        (3.0, "count", ("3 ", "", "")),
    ],
)
def test_a_count_alone_is_known_without_an_interval(value, unit, said):
    assert written(value, (value, value), unit) == said


def test_how_many_times_one_thing_is_another_is_no_share():
    snap = unit_of("spotting.snap", "ratio")
    assert written(2.651, (2.48, 2.82), snap) == ("2.65 ", "2.48 to 2.82", "times")
    assert unit_of("plie_depth", "ratio") == "ratio"
