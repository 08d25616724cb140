import numpy as np
import pytest

from repetiteur.align.alignment import Break
from repetiteur.align.structure import stretches, together

RATE = 10.0


def laid(first, last):
    """A stretch that goes on frame by frame from one corner to another."""
    count = last[0] - first[0] + 1
    return np.stack(
        [
            np.arange(first[0], last[0] + 1),
            np.round(np.linspace(first[1], last[1], count)).astype(int),
        ],
        axis=1,
    )


def breaks_of(pieces, frames):
    found = together(pieces, frames, RATE)
    seconds = np.arange(max(frames)) / RATE
    assert np.all(np.diff(found.path, axis=0) >= 0)
    return found, found.breaks(seconds, seconds)


def test_a_way_is_cut_where_it_jumps_and_where_it_is_alone():
    way = [*laid((0, 0), (9, 9)), *laid((20, 10), (29, 19)), [-1, 20], [30, 21]]
    found = stretches(np.array(way), RATE)
    assert [piece[[0, -1]].tolist() for piece in found] == [
        [[0, 0], [9, 9]],
        [[20, 10], [29, 19]],
    ]


@pytest.mark.parametrize(
    ("pieces", "frames", "expected"),
    [
        (
            [laid((0, 0), (19, 19)), laid((20, 30), (39, 49))],
            (40, 50),
            Break("extra", (1.9, 1.9), (2.0, 2.9)),
        ),
        (
            [laid((0, 0), (19, 19)), laid((30, 20), (49, 39))],
            (50, 40),
            Break("skipped", (2.0, 2.9), (2.0, 2.0)),
        ),
        (
            [laid((0, 0), (19, 19)), laid((5, 20), (39, 54))],
            (40, 55),
            Break("repeated", (0.5, 1.9), (2.0, 3.4)),
        ),
        (
            [laid((0, 12), (29, 41))],
            (30, 42),
            Break("extra", (0.0, 0.0), (0.0, 1.1)),
        ),
        (
            [laid((0, 0), (29, 29))],
            (40, 30),
            Break("skipped", (3.0, 3.9), (2.9, 2.9)),
        ),
    ],
)
def test_what_lies_between_stretches_is_named(pieces, frames, expected):
    found, breaks = breaks_of(pieces, frames)
    assert breaks == (expected,)
    assert set(found.state) == {"danced", expected.state}
    assert (found.again >= 0).any() == (expected.state == "repeated")


def test_every_frame_has_its_place():
    pieces = [
        laid((5, 12), (30, 37)),
        laid((17, 38), (33, 54)),
        laid((45, 60), (60, 75)),
    ]
    found, breaks = breaks_of(pieces, (70, 90))
    assert set(found.path[:, 0]) == set(range(70))
    assert set(found.path[:, 1]) == set(range(90))
    assert [one.state for one in breaks] == [
        "extra", "skipped", "repeated", "extra", "skipped", "extra", "skipped",
    ]  # fmt: skip


def test_what_was_not_danced_before_is_no_repeat():
    pieces = [laid((0, 0), (9, 9)), laid((30, 10), (49, 29)), laid((12, 30), (25, 43))]
    _, breaks = breaks_of(pieces, (50, 44))
    assert [one.state for one in breaks] == ["skipped", "extra"]


def test_what_leads_astray_at_first_does_not_keep_the_rest_from_being_danced():
    pieces = [laid((60, 0), (79, 19)), laid((0, 20), (89, 109))]
    found, breaks = breaks_of(pieces, (90, 110))
    assert [(one.state, one.reference_s) for one in breaks] == [
        ("repeated", (6.0, 7.9))
    ]
    assert set(found.path[found.state == "danced", 0]) == set(range(90))


def test_bits_of_several_bars_are_other_movement():
    pieces = [
        laid((0, 0), (59, 59)),
        laid((40, 60), (54, 74)),
        laid((5, 75), (19, 89)),
        laid((60, 90), (79, 109)),
    ]
    _, breaks = breaks_of(pieces, (80, 110))
    assert [(one.state, one.take_s) for one in breaks] == [("extra", (6.0, 8.9))]


def test_what_is_hidden_is_no_repeat():
    pieces = [laid((0, 0), (39, 39)), laid((20, 40), (59, 79))]
    seen = np.ones(80, dtype=bool)
    seen[40:60] = False
    assert set(together(pieces, (60, 80), RATE).state) == {"danced", "repeated"}
    assert set(together(pieces, (60, 80), RATE, seen).state) == {"danced", "extra"}


def test_a_short_break_is_danced():
    pieces = [laid((0, 0), (19, 19)), laid((20, 22), (39, 41))]
    found, breaks = breaks_of(pieces, (40, 42))
    assert breaks == ()
    assert (found.state == "danced").all()
