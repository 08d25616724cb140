"""Tables of counts: whatever is in them, they are counts or an error of ours."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from repetiteur.errors import RepetiteurError
from repetiteur.io.counts import BOUNDS, COLUMNS, NEAREST_S, counts_csv, read_counts
from repetiteur.model.counts import Counts

CELLS = st.one_of(
    st.sampled_from(["", "1", "2", "0.5", "1,5", "nan", "-inf", "1e400", '"', '"3"']),
    st.text(max_size=6),
    st.integers(-3, 70).map(str),
)
ROWS = st.lists(st.lists(CELLS, max_size=7).map(",".join), max_size=8)


def read(data):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "counts.csv"
        file.write_bytes(data)
        return read_counts(file)


def counts_or_an_error(data):
    """None where it is no table; what is said is one line."""
    try:
        return read(data)
    except RepetiteurError as error:
        said = str(error)
    assert "\n" not in said
    return None


def valid(counts):
    if counts is None:
        return
    assert len(counts) > 0
    assert (np.diff(counts.time_s) > 0.9 * NEAREST_S).all()
    for name in COLUMNS:
        values = getattr(counts, name)
        low, high = BOUNDS[name]
        assert ((values >= low) & (values <= high)).all()


@given(rows=ROWS, head=st.sampled_from([",".join(COLUMNS), "count,bar,beat,time_s"]))
def test_rows_of_anything(rows, head):
    text = "\n".join([head, *rows])
    valid(counts_or_an_error(text.encode("utf-8", "surrogatepass")))


@given(data=st.binary(max_size=200))
def test_bytes_of_anything(data):
    valid(counts_or_an_error(data))


@given(data=st.data(), n=st.integers(1, 30))
def test_counts_that_a_person_could_write_come_back(data, n):
    steps = data.draw(st.lists(st.integers(20, 5000), min_size=n, max_size=n))
    ints = {
        name: np.array(
            data.draw(
                st.lists(st.integers(*map(int, BOUNDS[name])), min_size=n, max_size=n)
            )
        )
        for name in ("beat", "bar", "count")
    }
    sure = (
        np.array(data.draw(st.lists(st.integers(0, 100), min_size=n, max_size=n))) / 100
    )
    time_s = (np.cumsum(steps) - 2000) / 1000
    counts = Counts(time_s, ints["beat"], ints["bar"], ints["count"], sure)
    again = read(counts_csv(counts).encode())
    for name in COLUMNS:
        np.testing.assert_allclose(getattr(again, name), getattr(counts, name))
