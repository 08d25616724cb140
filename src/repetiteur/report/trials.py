"""What several trials say of their dancer, for programs and for people."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any

from repetiteur.report.measured import outwards, places
from repetiteur.report.sheet import Part
from repetiteur.report.written import amount, few, unit_of, written
from repetiteur.technique.measure import measures
from repetiteur.technique.repeats import words_of
from repetiteur.technique.trials import Agreement, Interval, Trials, Variation

CSV_COLUMNS = (
    "measure", "side", "moment", "leg", "unit", "trials", "moments", "mean",
    "mean_low90", "mean_high90", "typical_error", "typical_error_low90",
    "typical_error_high90", "detectable90", "instrument", "own", "own_low90",
    "own_high90", "slope", "slope_low90", "slope_high90", "still_changing", "most",
    "agree", "of",
)  # fmt: skip
COLUMNS = ("", "mean", "typical error", "change", "instrument", "own", "measure")
#: What the columns mean, said below them.
LEGEND = (
    "typical error: what trials vary by about the dancer's own level (standard "
    "deviation, its 90 % interval); no difference: all trials are alike, and do not "
    "tell what a change is; change: two trials differ by less, nine times in "
    "ten, where nothing has changed; instrument: what it may give alone of the typical "
    "error; own: what is left to the dancer, where that is sure."
)
#: Names of moments' most common values that are listed.
_MOST_LISTED = 4


def trials_json(found: Trials, sources: Sequence[str]) -> dict[str, Any]:
    """What several trials say, as part of a document.

    Parameters
    ----------
    found : Trials
    sources : sequence of str
        The recordings, in the order in which they were danced; of one alone its
        moments are the trials.

    Returns
    -------
    dict
        Ready for :func:`repetiteur.report.exports.to_json`.
    """
    return {
        "sources": list(sources),
        "variations": [_variation(one) for one in found.variations],
        "agreements": [
            {
                **_which(one),
                "most": list(one.most),
                "agree": one.agree,
                "of": one.of,
            }
            for one in found.agreements
        ],
        "not_judged": [
            {
                "moment": one.moment,
                "leg": one.leg or None,
                "measures": list(one.measures),
                "reason": one.reason,
                "how_to_film": one.how_to_film,
            }
            for one in found.not_judged
        ],
    }


def trials_csv(found: Trials) -> str:
    """What several trials say as a table, a row for each measure; CRLF line ends."""
    text = io.StringIO()
    rows = csv.DictWriter(text, CSV_COLUMNS, restval="")
    rows.writeheader()
    for one in found.variations:
        entry = _variation(one)
        flat: dict[str, Any] = {}
        for key, value in entry.items():
            if isinstance(value, list):
                stem = key.removesuffix("90")
                flat[f"{stem}_low90"], flat[f"{stem}_high90"] = value
            else:
                flat[key] = value
        rows.writerow({key: _cell(flat.get(key)) for key in CSV_COLUMNS})
    for agreement in found.agreements:
        most = " ".join(str(value) for value in agreement.most)
        flat = {**_which(agreement), "most": most}
        flat |= {"agree": agreement.agree, "of": agreement.of}
        rows.writerow({key: _cell(value) for key, value in flat.items()})
    return text.getvalue()


def _cell(value: object) -> object:
    return "" if value is None else value


def _which(one: Variation | Agreement) -> dict[str, Any]:
    return {
        "measure": one.measure,
        "side": one.side,
        "moment": one.moment,
        "leg": one.leg or None,
        "unit": one.unit,
        "trials": one.trials,
        "moments": one.moments,
    }


def _variation(one: Variation) -> dict[str, Any]:
    return {
        **_which(one),
        **_pair("mean", one.mean, one.mean90),
        **_pair("typical_error", one.typical_error, one.typical_error90),
        "detectable90": _near(one.detectable, one.typical_error90),
        "instrument": _near(one.instrument, one.mean90),
        **_pair("own", one.own, one.own90),
        **_pair("slope", one.slope, one.slope90),
        "still_changing": one.still_changing,
    }


def _pair(name: str, value: float | None, edges: Interval | None) -> dict[str, Any]:
    if value is None or edges is None:
        return {name: None, f"{name}90": None}
    digits = places(*edges)
    return {
        name: round(value, digits) + 0.0,
        f"{name}90": list(outwards(*edges, digits)),
    }


def _near(value: float | None, edges: Interval | None) -> float | None:
    """A number with one digit more than what it stands beside."""
    if value is None or edges is None:
        return None
    return round(value, min(places(*edges) + 1, 6)) + 0.0


def trials_parts(found: Trials) -> list[Part]:
    """Rows of :data:`COLUMNS` for people, a part for the moments of a kind and leg."""
    known = {(one.id, str(one.on)): one.name for one in measures()}
    parts: dict[tuple[str, str], list[tuple[str, ...]]] = {}
    counts: dict[tuple[str, str], tuple[int, int]] = {}
    everything: list[Variation | Agreement] = [*found.variations, *found.agreements]
    for one in everything:
        at = (one.moment, one.leg)
        name = known.get((one.measure, one.moment), one.measure)
        name = f"{name}, {one.side}" if one.side and one.side != one.leg else name
        cells = _varies(one) if isinstance(one, Variation) else _agrees(one)
        parts.setdefault(at, []).append((name, *cells, one.measure))
        counts[at] = max(counts.get(at, (0, 0)), (one.trials, one.moments))
    return [Part(_heading(*at, *counts[at]), rows) for at, rows in parts.items()]


def _heading(kind: str, leg: str, trials: int, moments: int) -> str:
    one, several = words_of(kind, leg)
    what = one if moments == 1 else f"{moments} {several}"
    return f"{what} · {trials} trials"


def _varies(one: Variation) -> tuple[str, ...]:
    unit = unit_of(one.measure, one.unit)
    mean = written(one.mean, one.mean90, unit)
    said = " ".join([mean.value.strip(), mean.unit]).strip()
    instrument = amount(one.instrument, unit)
    if one.typical_error is None or one.typical_error90 is None:
        return said, "still changing", "", instrument, ""
    if one.detectable is None:
        return said, "no difference", "", instrument, ""
    error = written(one.typical_error, one.typical_error90, unit)
    sign = error.value.lstrip("0123456789.")
    bare = error.value.removesuffix(sign)
    edges = error.interval.replace(" to ", "–")
    own = "" if one.own is None else amount(one.own, unit)
    told = f"{bare}{sign}".strip() + (f" ({edges})" if edges else "")
    return said, told, amount(one.detectable, unit), instrument, own


def _agrees(one: Agreement) -> tuple[str, ...]:
    values = [v.replace("_", " ") if isinstance(v, str) else f"{v:g}" for v in one.most]
    more = ["…"] if len(values) > _MOST_LISTED else []
    most = ", ".join([*values[:_MOST_LISTED], *more])
    return most, f"{one.agree} of {one.of} agree", "", "", ""


def trials_lines(found: Trials) -> Iterator[str]:
    """What the dancer still changes, a line each."""
    known = {(one.id, str(one.on)): one.name for one in measures()}
    for one in found.variations:
        if one.still_changing and one.slope is not None and one.slope90 is not None:
            unit = unit_of(one.measure, one.unit)
            slope = written(one.slope, one.slope90, unit)
            name = known.get((one.measure, one.moment), one.measure)
            name = f"{name}, {one.side}" if one.side else name
            by = " ".join([slope.value.strip(), slope.unit]).strip()
            yield (
                f"{name}: still changing, by {by} "
                f"({slope.interval}) from trial to trial."
            )


def trials_lacking(found: Trials) -> Iterator[str]:
    """What was not compared, a line for each reason."""
    known = {(one.id, str(one.on)): one.name for one in measures()}
    for one in found.not_judged:
        names = [known.get((name, one.moment), name) for name in one.measures]
        what = f"{words_of(one.moment, one.leg)[1]}: {few(names)}".rstrip(": ")
        yield f"{what}. {one.reason} {one.how_to_film}".rstrip()
