"""A part that is none is a wrong word on the command line, and said as one."""

import math

import pytest
import typer

from repetiteur.cli.options import check_part


@pytest.mark.parametrize(
    ("start", "end"),
    [(2.0, 1.0), (1.0, 1.0), (math.nan, None), (None, math.nan), (math.inf, None)],
)
def test_a_part_begins_before_it_ends(start, end):
    with pytest.raises(typer.BadParameter, match="--from needs to lie before --to"):
        check_part(start, end)


@pytest.mark.parametrize(("start", "end"), [(None, None), (1.0, None), (None, 2.0)])
def test_either_end_may_be_left_open(start, end):
    assert check_part(start, end) is None
