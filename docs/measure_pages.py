"""Write the generated parts of the page of measures, from registries and background.

What installed packages register has no background here, and is left out.
"""

from collections import defaultdict
from pathlib import Path

from figures import svg_of

from repetiteur.technique.background import background_of, backgrounds, published
from repetiteur.technique.curve import curves
from repetiteur.technique.measure import measures

#: Before these measures stands a heading.
HEADINGS = {
    "turnout_total": "Feet, turnout, plié, relevé",
    "aplomb": "Placement and line",
    "turn_count": "Turns",
    "balance_time": "Balance",
    "flight_time": "Jumps",
    "pose_distance": "Compared",
    "beat_offset": "On the music",
}
#: Measures of two performances, which `rehearse` takes.
OF_TWO = ("pose_distance", "timing_path", "step_presence")
#: Measures of dancing to music, for which its counts are needed.
OF_MUSIC = ("beat_offset", "beat_alignment", "accent", "tempo_shape")
DIMENSION = {
    "3d": "only space shows it (motion capture, or several cameras)",
    "2d": "space shows it, and a picture's plane from the right side",
}
CAMERA = {
    "": "no",
    "time": "its moments alone",
    "limb": "across the limb",
    "front": "from front or back",
    "side": "from a side",
    "level": "a level one",
}
SIGNS = {"deg": "°", "percent": " %"}
MOMENTS = {"plie": "plié"}
NO_MARK = (
    "Of the people who were measured, as background. No pass mark: compare a dancer "
    "with her reference and with herself."
)


def write(folder):
    """Write all generated parts into a folder."""
    folder.mkdir(exist_ok=True)
    parts = {
        "measures": _sections(),
        "curves": _table(one for one in curves() if background_of(one.id)),
        "moments": _by_moment(),
    }
    for name, lines in parts.items():
        (folder / f"part-{name}.md").write_text(
            "\n".join(lines) + "\n", encoding="utf-8"
        )


def write_before_reading(app):
    """For Sphinx: write into the sources before they are read."""
    write(Path(app.srcdir) / "generated")


def _sections():
    taken, compared = defaultdict(list), defaultdict(list)
    for registered, found in ((measures(), taken), (curves(), compared)):
        for one in registered:
            if background_of(one.id) is not None:
                found[background_of(one.id).id].append(one)
    for known in backgrounds().values():
        if known.id in HEADINGS:
            yield from ("", f"## {HEADINGS[known.id]}")
        yield from _section(known, taken[known.id], compared[known.id])


def _section(known, taken, compared):
    yield from ("", f"({known.id})=", f"### {known.name}", "")
    unit = f", in {known.unit}" if known.unit else ""
    sense = f" A larger value means: {known.sense}." if known.sense else ""
    parts = "" if unit or sense else " Each of its components has an id and a unit."
    yield f"`{known.id}`{unit}.{sense}{parts}"
    yield from ("", f'<div class="measure-figure">{svg_of(known.id)}</div>', "")
    yield from _described("Formula", [f"{known.formula}."])
    yield from _described("Needs", [_needs(known, taken, compared)])
    yield from _described("Published", _norms(known))
    yield from _described("Expert defaults, without a publication", _defaults(known))
    yield from _described("Pitfalls", [f"- {one}" for one in known.pitfalls])
    if known.oracle:
        yield from _described("Tested with", [f"[{known.oracle}](#oracles)"])
    yield from _taken(known, taken)
    yield from _compared(compared)
    if known.id in OF_TWO:
        yield from ("", "Taken by `rehearse`, of a take beside its reference.")
    elif known.id in OF_MUSIC:
        yield from ("", "Taken by `measure --counts`, where counts are known.")
    elif not (taken or compared):
        yield from ("", "Not measured yet.")


def _described(what, lines):
    if lines:
        yield from (what, f": {lines[0]}", *(f"  {line}" for line in lines[1:]), "")


def _needs(known, taken, compared):
    points = {_point(need) for one in (*taken, *compared) for need in one.needs}
    said = [
        DIMENSION[known.needs.dimension],
        f"view: {known.needs.view}",
    ]
    if known.needs.contact:
        said.append(f"on the floor: {known.needs.contact}")
    if known.needs.advised_hz:
        said.append(f"{known.needs.advised_hz:g} frames a second or more advised")
    if points:
        said.append(f"points: {', '.join(sorted(points))}")
    return "; ".join(said) + "."


def _point(need):
    """A keypoint without its side."""
    parts = dict.fromkeys(
        one.removeprefix("{side}_").removeprefix("left_").removeprefix("right_")
        for one in need.split("|")
    )
    return " or ".join(parts)


def _norms(known):
    shown = published(known.norms)
    lines = [NO_MARK, ""] if shown else []
    for norm in shown:
        sign = SIGNS.get(known.unit, f" {known.unit}")
        value = norm.value + ("" if "%" in norm.value else sign)
        spread = f" ({norm.spread})" if norm.spread else ""
        number = f"**{value}**{spread} - " if norm.value else ""
        lines.append(f"- {number}{norm.of} ({norm.population}; {norm.source})")
    return lines


def _defaults(known):
    return [f"- {one.case}: {one.says}" for one in known.defaults]


def _taken(known, taken):
    if not taken:
        return
    rows = {}
    for one in taken:
        rows.setdefault((one.id, one.source, one.least_hz, one.seen), []).append(one)
    yield from ("", "| id | | unit | taken on | one camera | how |")
    yield "|---|---|---|---|---|---|"
    for (id, source, least, seen), ones in rows.items():
        on = ", ".join(MOMENTS.get(one.on, one.on) for one in ones)
        rate = f" (from {least:g} Hz)" if least else ""
        name = ones[0].name
        if id != known.id:
            name += f". Larger: {known.part(id).sense}"
        yield _row(f"`{id}`", name, ones[0].unit, on + rate, CAMERA[seen], source)


def _compared(compared):
    if compared:
        yield from ("", "Compared along time, take beside reference:", "")
        yield from _table(compared)


def _table(found):
    heads = "unit", "one camera", "error", "own variation", "floor", "1.5 floors", "how"
    yield _row("id", "", *heads)
    yield _row(*["---"] * (2 + len(heads)))
    for one in found:
        digits = 1 if one.unit == "deg" else 3
        yield _row(
            f"`{one.id}`",
            one.name,
            one.unit,
            one.view or ("across" if one.plane else "no"),
            f"{one.error:g}",
            f"{one.variation:g}",
            f"{one.floor:.{digits}f}",
            f"{1.5 * one.floor:.{digits}f}",
            one.source,
        )


def _by_moment():
    taken = defaultdict(dict)
    for one in measures():
        known = background_of(one.id)
        if known is not None:
            taken[one.on][one.id] = known
    yield "| moment | measures |"
    yield "|---|---|"
    for kind, ids in taken.items():
        names = (f"[`{id}`](#{known.id})" for id, known in ids.items())
        yield _row(f"`{kind}`", ", ".join(names))


def _row(*cells):
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
