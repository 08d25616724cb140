"""Numbers as they are said: 12°, 4 cm, half a turn; all words come from a catalogue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Messages = Mapping[str, Any]

_DECIMALS = {"deg": 0, "s": 1}
#: Of shares and lengths of the body's own: a hundredth is less than any floor.
_MOST_DECIMALS = 2
#: Turns are told in quarters.
_QUARTER = 0.25
_CM = 100.0
_PERCENT = 100.0


def number(value: float, digits: int, messages: Messages) -> str:
    """A value with so many decimals, without a minus before naught; "" of NaN.

    Examples
    --------
    >>> english = {"numbers": {"point": ".", "minus": "−"}}
    >>> number(-12.3, 0, english), number(-0.004, 2, english)
    ('−12', '0.00')
    """
    if value != value:
        return ""
    signs = messages["numbers"]
    said = f"{round(value, digits) + 0.0:.{digits}f}"
    return said.replace("-", signs["minus"]).replace(".", signs["point"])


def bare(value: float, unit: str, messages: Messages) -> str:
    """A value with the decimals of its unit, and without its sign."""
    return number(value, _DECIMALS.get(unit, _MOST_DECIMALS), messages)


def amount(value: float, unit: str, messages: Messages) -> str:
    """A value with its unit, turns by quarters; "" of NaN.

    A share of the reference's is said by :func:`by`.
    """
    if value != value:
        return ""
    if unit == "rev":
        return of_number(quarters(value), messages["turns"], messages)
    long = unit == "m"
    n = number(_CM * value, 0, messages) if long else bare(value, unit, messages)
    units = messages["amounts"]
    return str(units[unit if unit in units else "other"]).format(n=n, unit=unit)


def lateness(value: float, messages: Messages) -> str:
    """How late or early, to 5 ms as in the report; from a second on in seconds.

    Examples
    --------
    >>> english = {"amounts": {"s": "{n} s", "ms": "{n} ms"},
    ...            "numbers": {"point": ".", "minus": "−"}}
    >>> lateness(-0.183, english), lateness(2.04, english)
    ('185 ms', '2.0 s')
    """
    if round(abs(value), 2) >= 1.0:
        return amount(abs(value), "s", messages)
    ms = 5.0 * round(200.0 * abs(value))
    return str(messages["amounts"]["ms"]).format(n=f"{ms:.0f}")


def apart(note_values: tuple[float, float], size: float, unit: str) -> float:
    """How far two values are apart as they are said, so that the three agree.

    Examples
    --------
    >>> apart((1.63, 2.01), 0.38, "rev"), apart((63.0, 75.0), 12.0, "deg")
    (0.25, 12.0)
    """
    one, other = note_values
    if unit != "rev" or one != one or other != other:
        return size
    return abs(quarters(one) - quarters(other))


def quarters(turns: float) -> float:
    """Turns to the nearest quarter."""
    return _QUARTER * round(turns / _QUARTER)


def by(difference: float, unit: str, messages: Messages) -> str:
    """How far two values are apart, as it is said after which of them is more.

    Parameters
    ----------
    difference : float
        Take minus reference; of shares (``%``) in per cent of the reference.
    unit : str
    messages : dict
        The catalogue.

    Examples
    --------
    >>> english = {"by": "by {amount}", "amounts": {"deg": "{n}°"},
    ...            "shares": {"0.3": "about a third", "other": "nearly all of it"},
    ...            "times_as_much": {"other": "about {n} times as much"},
    ...            "numbers": {"point": ".", "minus": "−"}}
    >>> by(-12.3, "deg", english), by(-34.2, "%", english), by(140.0, "%", english)
    ('by 12°', 'by about a third', 'about 2.4 times as much')
    """
    if unit != "%":
        said = amount(abs(difference), unit, messages)
    else:
        tenths = round(difference / _PERCENT, 1)
        if tenths >= 1.0:
            return of_number(1.0 + tenths, messages["times_as_much"], messages)
        said = of_number(abs(tenths), messages["shares"], messages)
    return str(messages["by"]).format(amount=said)


def of_number(value: float, said: Mapping[str, str], messages: Messages) -> str:
    """What is said of a number: words of its own, or those of all others.

    Examples
    --------
    >>> english = {"numbers": {"point": ".", "minus": "−"}}
    >>> turns = {"0.5": "half a turn", "other": "{n} turns"}
    >>> of_number(0.5, turns, english), of_number(8.25, turns, english)
    ('half a turn', '8.25 turns')
    """
    key = f"{value:g}"
    signs = messages["numbers"]
    n = key.replace("-", signs["minus"]).replace(".", signs["point"])
    return str(said.get(key, said["other"])).format(n=n)


def listed(words: Sequence[str], messages: Messages) -> str:
    """Words one after the other.

    Examples
    --------
    >>> listed(["4.1", "9.1", "12.0"], {"comma": ", ", "and": " and "})
    '4.1, 9.1 and 12.0'
    """
    *most, last = words
    before = str(messages["comma"]).join(most)
    return f"{before}{messages['and']}{last}" if most else last
