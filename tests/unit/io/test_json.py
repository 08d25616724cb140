"""JSON from elsewhere: bounds before memory is taken, and one error for all damage."""

from __future__ import annotations

import json

import numpy as np
import pytest

from repetiteur.errors import DamagedFile
from repetiteur.io import _json
from repetiteur.io._json import numbers, one_line, opening, parsed, read_json


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_with_and_without_a_mark(tmp_path, encoding):
    path = tmp_path / "a.json"
    path.write_text('  {"nom": "Benoît"}', encoding=encoding)
    assert read_json(path) == {"nom": "Benoît"}
    assert opening(path.read_bytes()).startswith('{"nom"')


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'{"a": [1, 2', "broken or cut short"),
        (b"[" * 200_000, "nested too deep"),
        (b'{"a":' * 200_000, "nested too deep"),
        (b"", "broken or cut short"),
        (b"\xff\xfe\x00\xd8", "broken or cut short"),
        (b'"\xc3"', "broken or cut short"),
        (b"9" * 10_000, "broken or cut short"),
        (b"{} {}", "broken or cut short"),
    ],
)
def test_what_is_not_json(data, said):
    with pytest.raises(DamagedFile, match=said) as caught:
        parsed(data, "a.json")
    assert "\n" not in str(caught.value)


def test_too_large_or_too_much_is_refused_before_it_is_read(tmp_path, monkeypatch):
    path = tmp_path / "a.json"
    path.write_text("[[], [], [], 1, 2, 3]")
    with pytest.raises(DamagedFile, match="needs to be below"):
        read_json(path, most=10)
    monkeypatch.setattr(_json.json, "loads", None)
    monkeypatch.setattr(_json, "_MAX_NESTS", 3)
    with pytest.raises(DamagedFile, match="has 4 and 5"):
        read_json(path)
    monkeypatch.setattr(_json, "_MAX_NESTS", 4)
    monkeypatch.setattr(_json, "_MAX_NUMBERS", 4)
    with pytest.raises(DamagedFile, match="has 4 and 5"):
        read_json(path)


def test_numbers_come_as_they_are():
    found = numbers(json.loads("[[1, 0.1, null], [NaN, -0.0, 1e308]]"))
    expected = [[1, 0.1, np.nan], [np.nan, -0.0, 1e308]]
    np.testing.assert_array_equal(found, expected)
    assert np.signbit(found[1, 1])
    assert numbers([]).shape == (0,)


@pytest.mark.parametrize(
    "text",
    ['["1"]', "[[1], [1, 2]]", "[true]", "[null, true]", '[null, "1"]', "{}", '"a"',
     "[{}]", f"[{10**400}]", f"[null, {10**400}]", "[" * 70 + "1, [2]" + "]" * 70],
)  # fmt: skip
def test_what_is_no_array_of_numbers(text):
    with pytest.raises(ValueError, match=r"\w"):
        numbers(json.loads(text))


def test_names_are_one_line():
    assert one_line("a\tb\r\n c") == "a b c"
    assert one_line("\ud800\x1b[31m") == "? [31m"
    assert len(one_line("x" * 10_000)) == 200
