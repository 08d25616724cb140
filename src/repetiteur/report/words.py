"""The words of the page: names, ends of scales, numbers with their signs.

Numbers are whole degrees or milliseconds, with a real minus sign. Value and interval
are rounded on the same grid, so rounding keeps a value inside its interval.
"""

from __future__ import annotations

import math
from functools import cache
from pathlib import PurePosixPath, PureWindowsPath

from repetiteur.expression.descriptors import descriptors
from repetiteur.model.findings import Difference, Note, Span
from repetiteur.technique.curve import curves

PRIORITY_WORDS = {
    "safety": "Safety",
    "placement": "Placement",
    "rhythm": "Rhythm",
    "line": "Line",
    "artistry": "Artistry",
}
_NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six",
    "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip

#: Words for the two ends of a measure's scale: (less, more) than the reference.
_ENDS = {
    "timing_path": ("early", "late"),
    "step_presence": ("left out", "more"),
    "leg_elevation": ("lower", "higher"),
    "knee": ("straighter", "more bent"),
    "knee_over_toe": ("further out", "further in"),
    "landing_knee_flexion": ("less bend", "more bend"),
    "plie_depth": ("shallower", "deeper"),
    "arm_shape.elbow_flexion": ("straighter", "rounder"),
    "arm_shape.elevation": ("lower", "higher"),
    "arm_shape.elbow_drop": ("higher", "lower"),
    "arm_shape.elbow_elevation": ("lower", "higher"),
    "ankle_plantarflexion": ("less point", "more point"),
    "aplomb.pitch": ("further back", "further forward"),
    "aplomb.side": ("to the right", "to the left"),
    "pelvis_obliquity": ("right hip higher", "left hip higher"),
    "heel_height": ("lower", "higher"),
    "jump_height": ("lower", "higher"),
    "retire_height": ("lower", "higher"),
    "shoulder_lift": ("lower", "higher"),
    "head_pitch": ("higher", "lower"),
    "split_angle": ("narrower", "wider"),
    "turn_count": ("fewer", "more"),
    "turnout": ("less turned out", "more turned out"),
    "balance_time": ("shorter", "longer"),
    "time_in_position": ("shorter", "longer"),
    "head_height": ("lower", "higher"),
    "arm_height": ("lower", "higher"),
}
_NAMES = {
    "timing_path": "Timing against the reference",
    "pose_distance": "The whole pose",
    "knee_extension_support": "Supporting knee",
    "knee_extension_working": "Working knee",
    "landing_knee_flexion": "Depth of the landing",
    "plie_depth": "Depth of the plié",
    "turnout_total": "Turnout",
    "turnout_side": "Turnout of one foot",
    "arm_shape.elbow_drop": "Elbows",
    "heel_height": "Height of the relevé",
    "retire_height": "Height of the retiré",
    "shoulder_lift": "Lift of the shoulders",
    "step_presence": "Steps danced or left out",
    "foot_roll": "Toe, ball, heel on landing",
    "turn_count": "Number of turns",
    "jump_height_com": "Height of the jump",
    "jump_height_flight": "Height of the jump",
    "spotting.hold": "Spotting: how long the head stays",
    "spotting.lag": "Spotting: how late the head leaves",
    "beat_offset": "Place against the beat",
}
_SCALE = {
    "deg": (1.0, "°"),
    "m": (100.0, " cm"),
    "rev": (1.0, " turns"),
    "heights": (1.0, " of the height"),
}
_DECIMALS = {"deg": 0, "m": 0, "turns": 1, "%": 0}


def number_word(count: int) -> str:
    """Small numbers as words.

    Examples
    --------
    >>> number_word(3), number_word(0), number_word(52)
    ('three', 'no', '52')
    """
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else str(count)


def counted(count: int, one: str, many: str) -> str:
    """A number with its noun.

    Examples
    --------
    >>> counted(1, "note", "notes"), counted(4, "note", "notes")
    ('one note', 'four notes')
    """
    return f"{number_word(count)} {one if count == 1 else many}"


def measure_name(measure: str) -> str:
    """A measure in a dancer's words; its id, readable, where there are none.

    Examples
    --------
    >>> measure_name("leg_elevation"), measure_name("arm_opening")
    ('Height of the leg', 'Opening of the arms')
    """
    plain = measure.replace(".", ", ").replace("_", " ")
    return _names().get(measure, plain[:1].upper() + plain[1:])


@cache
def _names() -> dict[str, str]:
    told = {one.id: one.name for one in descriptors()}
    return told | _NAMES | {known.id: known.name for known in curves()}


def ends(measure: str) -> tuple[str, str]:
    """Words for less and for more of a measure; the longest matching name wins.

    Examples
    --------
    >>> ends("knee_extension_support"), ends("landing_knee_flexion"), ends("other")
    (('straighter', 'more bent'), ('less bend', 'more bend'), ('less', 'more'))
    """
    fitting = [name for name in _ENDS if measure.startswith(name)]
    return _ENDS[max(fitting, key=len)] if fitting else ("less", "more")


def size(value: float, unit: str) -> str:
    """How much, without a sign; times to 5 ms, finer than any of them is known.

    From a second on they are seconds: that is no lateness, but a length.

    Examples
    --------
    >>> size(-12.1, "deg"), size(0.18, "s"), size(0.054, "ratio"), size(1.5, "turns")
    ('12°', '180 ms', '0.05', '1.5 turns')
    >>> size(-4.0, "s"), size(-34.2, "%"), size(0.08, "heights")
    ('4.0 s', '34 %', '0.08 of the height')
    """
    if unit == "s" and abs(value) >= 1.0:
        return f"{abs(value):.1f} s"
    if unit == "s":
        return f"{5 * round(abs(value) * 200)} ms"
    factor, sign = _SCALE.get(unit, (1.0, "" if unit == "ratio" else f" {unit}"))
    return f"{abs(value) * factor:.{_DECIMALS.get(unit, 2)}f}{sign}"


def signed(value: float, unit: str) -> str:
    """How much, with a real minus sign.

    Examples
    --------
    >>> signed(-12.1, "deg"), signed(0.18, "s"), signed(-0.2, "deg")
    ('−12°', '+180 ms', '0°')
    """
    text = size(value, unit)
    if not any(digit in text for digit in "123456789"):
        return text
    return ("−" if value < 0 else "+") + text


def plain_value(value: float, unit: str) -> str:
    """A measured value: a sign only where it is below zero.

    Examples
    --------
    >>> plain_value(96.2, "deg"), plain_value(-3.0, "deg")
    ('96°', '−3°')
    """
    return signed(value, unit).removeprefix("+")


def interval_words(low: float, high: float, unit: str) -> str:
    """The 90 % interval as sizes, or with signs where it holds zero.

    Examples
    --------
    >>> interval_words(-15.8, -8.4, "deg"), interval_words(-2.0, 5.0, "deg")
    ('8° to 16°', '−2° to +5°')
    """
    if low < 0 < high:
        return f"{signed(low, unit)} to {signed(high, unit)}"
    near, far = sorted((abs(low), abs(high)))
    return f"{size(near, unit)} to {size(far, unit)}"


def difference_words(measure: str, difference: Difference) -> tuple[str, str]:
    """The difference, and its interval with the floor beneath it.

    Examples
    --------
    >>> difference_words("leg_elevation", Difference(-12.1, "deg", (-15.8, -8.4), 5.2))
    ('12° lower', '(90 %: 8° to 16°). Below ±5° it would not be a note.')
    """
    less, more = ends(measure)
    unit = difference.unit
    main = f"{size(difference.value, unit)} {less if difference.value < 0 else more}"
    rest = (
        f"(90 %: {interval_words(*difference.interval90, unit)}). "
        f"Below ±{size(difference.floor, unit)} it would not be a note."
    )
    return main, rest


def moment(seconds: float) -> str:
    """A moment in a recording.

    Examples
    --------
    >>> moment(9.14), moment(75.2), moment(59.97)
    ('9.1 s', '1:15.2 min', '1:00.0 min')
    """
    tenths = round(seconds * 10)
    if abs(tenths) < 600:
        return f"{tenths / 10:.1f} s".replace("-", "−")
    minutes, rest = divmod(tenths, 600)
    return f"{minutes}:{rest / 10:04.1f} min"


def stretch(span: Span) -> str:
    """A stretch of time.

    Examples
    --------
    >>> stretch(Span(16.5, 18.5))
    '16.5 s to 18.5 s'
    """
    return f"{moment(span.start_s)} to {moment(span.end_s)}"


def place_words(note: Note) -> list[str]:
    """Where a note is: its place, its time in the take, its side if not said yet."""
    words = [note.place] if note.place else []
    time = moment(note.at_take_s)
    words += [f"{time} in your take"] if time not in note.place else []
    said = f"{note.text} {note.place}".casefold()
    if note.side is not None and note.side not in said:
        words.append("both sides" if note.side == "both" else f"{note.side} side")
    return words


def tempo_words(ratio: float) -> str:
    """The tempo of the take against the reference.

    Examples
    --------
    >>> tempo_words(1.0), tempo_words(0.75)
    ("the reference's tempo", 'faster: 0.75 s for each second of the reference')
    >>> tempo_words(1.04)
    'a little slower: 1.04 s for each second of the reference'
    """
    if not math.isfinite(ratio) or ratio <= 0:
        return "not known"
    if abs(ratio - 1.0) < 0.01:
        return "the reference's tempo"
    way = "slower" if ratio > 1 else "faster"
    little = "a little " if abs(math.log(ratio)) < 0.08 else ""
    return f"{little}{way}: {ratio:.2f} s for each second of the reference"


def file_name(source: str) -> str:
    r"""The file's name without its folders, whichever way the slashes lean.

    Examples
    --------
    >>> file_name("/takes/adage.bvh"), file_name("C:\\takes\\adage.bvh")
    ('adage.bvh', 'adage.bvh')
    """
    posix = PurePosixPath(source).name
    looks_windows = "/" not in source and "\\" in source
    return (PureWindowsPath(source).name if looks_windows else posix) or "unnamed"


def title_of(source: str) -> str:
    """A file's name as a title: no ending, spaces for underscores.

    Examples
    --------
    >>> title_of("cmu_61_02_salsa.bvh")
    'cmu 61 02 salsa'
    """
    name = file_name(source)
    stem, dot, ending = name.rpartition(".")
    kept = stem if dot and stem and ending.isalnum() and len(ending) <= 5 else name
    return kept.replace("_", " ").strip() or name
