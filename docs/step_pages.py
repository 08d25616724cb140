"""Write the generated parts of the pages of steps: vocabulary, pictures, sources.

The numbers beside a rule are what the program reads of the dancer in the picture.
"""

from collections import defaultdict
from math import isfinite
from pathlib import Path

import yaml
from figures.steps import danced, svg_of_step

from repetiteur.steps import vocabulary
from repetiteur.steps.features import FEATURES
from repetiteur.steps.stretches import stretches
from repetiteur.technique.background import background_of

#: Headings, and the families of the vocabulary under each.
HEADINGS = {
    "Positions of the feet": ("foot_position",),
    "Pliés and relevés": ("plie", "rise"),
    "Battements and ronds de jambe": ("battement", "rond"),
    "Adage and poses": ("adagio", "pose", "phrase"),
    "Arms": ("arms",),
    "Turns": ("turn",),
    "Jumps from two feet": ("allegro_2_2", "allegro_2_1"),
    "Jumps from one foot": ("allegro_1_2", "allegro_1_other", "allegro_1_same"),
    "Jumps that beat": ("batterie",),
    "Jumps that turn": ("allegro_turn",),
    "Linking steps": ("link",),
}
#: Where a step of each kind is looked for.
LOOKED_FOR = {
    "stance": "where both feet stand",
    "bend": "where the knees bend",
    "rise": "where the heels rise",
    "leg": "where the working leg goes out and comes back",
    "circle": "between two ways out of the working leg",
    "pose": "where the working leg rests",
    "pivot": "where the body turns slowly on one foot",
    "tilt": "where the trunk tilts over one leg",
    "turn": "in turns on one foot",
    "series": "in turns that follow each other",
    "flight": "in jumps",
    "flights": "in two jumps that follow each other",
    "walk": "in three steps from foot to foot",
    "travel": "where the weight travels",
    "arms": "where the hands are on their way",
    "phrase": "in slow steps that follow each other",
}
SAID = {">=": "at least ", ">": "more than ", "<=": "at most ", "<": "less than ",
        "range<": "varies by less than ", "!=": "not ", "==": "", "in": ""}  # fmt: skip
UNITS = {
    "deg": "°", "deg/s": "°/s", "fl": " fl", "legs": " legs",
    "s": " s", "turns": " turns", "arm lengths": " arm lengths",
    "arm lengths/s": " arm lengths/s",
}  # fmt: skip
ACCENTS = {
    "croise": "croisé", "efface": "effacé", "en_dehors": "en dehors",
    "en_dedans": "en dedans", "a-b-a-b": "one foot after the other",
}  # fmt: skip
HERE = Path(__file__).parent
#: A rule that holds with this or more on another step's movement does not tell them.
HOLDS = 0.5


def write(folder):
    """Write all generated parts into a folder."""
    folder.mkdir(exist_ok=True)
    parts = {
        "step-contents": _contents(),
        "steps": _sections(),
        "step-kinds": _kinds(),
        "step-features": _features(),
    }
    for name, lines in parts.items():
        (folder / f"part-{name}.md").write_text(
            "\n".join(lines) + "\n", encoding="utf-8"
        )


def write_before_reading(app):
    """For Sphinx: write into the sources before they are read."""
    write(Path(app.srcdir) / "generated")


def sources():
    """The books that the vocabulary names, by its names for them."""
    text = (HERE / "step-sources.yaml").read_text(encoding="utf-8")
    return yaml.safe_load(text)["books"]


def _families():
    """Each heading with its entries."""
    found = defaultdict(list)
    for entry in vocabulary().values():
        found[entry.family].append(entry)
    for heading, families in HEADINGS.items():
        yield heading, [entry for family in families for entry in found[family]]


def _contents():
    yield "| | steps |"
    yield "|---|---|"
    for heading, entries in _families():
        links = ", ".join(_link(entry.id) for entry in entries)
        yield f"| {heading} | {links} |"


def _link(id):
    return f"[{vocabulary()[id].name.partition(' (')[0]}](#step-{id})"


def _kinds():
    """Kinds of stretches, with the marks that those of the pictures have."""
    marks, users = defaultdict(dict), defaultdict(list)
    for entry in vocabulary().values():
        found = danced(entry.id)
        for stretch in (*stretches(found.scene), found.verdict.stretch):
            marks[stretch.kind].update(dict.fromkeys(stretch.marks))
        for kind in entry.kinds:
            users[kind].append(entry.id)
    yield "| kind | looked for | marks | as in |"
    yield "|---|---|---|---|"
    for kind, where in LOOKED_FOR.items():
        named = ", ".join(f"`{mark}`" for mark in marks[kind])
        yield f"| `{kind}` | {where} | {named} | {_link(users[kind][0])} |"


def _features():
    yield "| feature | what is read | unit | give |"
    yield "|---|---|---|---|"
    for feature in FEATURES.values():
        soft = f"{feature.soft:g}" if feature.soft else ""
        yield f"| `{feature.id}` | {feature.says} | {feature.unit} | {soft} |"


def _sections():
    for heading, entries in _families():
        yield from ("", f"## {heading}")
        for entry in entries:
            yield from _section(entry)


def _section(entry):
    found = danced(entry.id)
    yield from ("", f"(step-{entry.id})=", f"### {entry.name}", "")
    where = " and ".join(LOOKED_FOR[kind] for kind in entry.kinds)
    yield f"`{entry.id}` - {entry.english}. {entry.definition}"
    yield from ("", f'<div class="step-figure">{svg_of_step(entry.id)}</div>', "")
    phases = " → ".join(_words(phase) for phase in entry.phases)
    yield from (f"Looked for {where}. Phases: {phases}.", "")
    yield from _rules(entry, found.verdict)
    yield from _ways(entry)
    yield from _told_from(entry, found)
    yield from _described(
        "Faults, and what a teacher says",
        [f"- `{fault.sig}`: “{fault.say}”" for fault in entry.faults],
    )
    yield from _described(
        "Variants", [f"- {_words(k)}: {v}" for k, v in entry.variants.items()]
    )
    yield from _described("How well", [", ".join(map(_measure, entry.criteria))])
    named = [sources().get(one, one) for one in entry.sources]
    yield from _described("Sources", ["; ".join(named) + "."])


def _described(what, lines):
    if lines:
        yield from (what, f": {lines[0]}", *(f"  {line}" for line in lines[1:]), "")


def _measure(id):
    known = background_of(id)
    return f"[`{id}`](#{known.id})" if known else f"`{id}`"


def _rules(entry, verdict):
    yield "| when | what is read | rule | give | in the picture |"
    yield "|---|---|---|---|---|"
    shown = {kept.rule: kept for kept in verdict.kept}
    for rule in entry.rules:
        yield _row(rule, shown)
    yield ""


def _ways(entry):
    """The ways of dancing it, of which one is asked for."""
    if not entry.either:
        return
    yield from ("And all rules of one of these ways:", "")
    yield "| way | when | what is read | rule | give |"
    yield "|---|---|---|---|---|"
    for name, rules in entry.either.items():
        for rule in rules:
            yield f"| {_words(name)} {_row(rule)}"
    yield ""


def _row(rule, shown=None):
    feature = FEATURES[rule.feature]
    soft = f"± {feature.soft:g}{_unit(feature)}" if feature.soft else ""
    cells = [_when(rule.phase), feature.says, _asked(rule), soft]
    if shown is not None:
        cells.append(_read(feature, shown[rule].value))
    return "| " + " | ".join(cells) + " |"


def _told_from(entry, found):
    lines = [
        f"- {_link(id)}: {_difference(entry, id, found)}" for id in entry.confusable
    ]
    yield from _described("Not to be confused with", lines)


def _difference(entry, id, found):
    """The rule of another step that this one's picture keeps least."""
    other = vocabulary()[id]
    verdict = found.against(other)
    if verdict is None:
        return (
            f"looked for elsewhere, {' and '.join(LOOKED_FOR[k] for k in other.kinds)}."
        )
    weakest = verdict.weakest
    if weakest.likely >= HOLDS:
        first = id if id in entry.part_of else entry.id
        return f"both hold; the name is {_link(first)}, which says more."
    rule, feature = weakest.rule, FEATURES[weakest.rule.feature]
    if weakest.value is None:
        return f"has a *{_when(rule.phase)}*, which there is not here."
    read = _read(feature, weakest.value) or "not seen"
    return f"*{_when(rule.phase)}*, {feature.says}: {_asked(rule)}; here {read}."


def _when(phase):
    return "throughout" if phase == "all" else _words(phase)


def _words(name):
    return ACCENTS.get(str(name), str(name).replace("_", " "))


def _unit(feature):
    return UNITS.get(feature.unit, "")


def _asked(rule):
    """What a rule asks for, in words."""
    return SAID[rule.operator] + _values(rule) + (", if seen" if rule.if_seen else "")


def _values(rule):
    unit = _unit(FEATURES[rule.feature])
    value = rule.value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return _words(value)
    if not isinstance(value, tuple):
        return f"{value:g}{unit}"
    if all(isinstance(one, str) for one in value):
        return f"{', '.join(map(_words, value[:-1]))} or {_words(value[-1])}"
    return f"{value[0]:g} to {value[1]:g}{unit}"


def _read(feature, value):
    """What was read of the dancer in the picture; "" for nothing."""
    if value is None or (isinstance(value, float) and not isfinite(value)):
        return ""
    if isinstance(value, float):
        digits = 0 if feature.unit in ("deg", "deg/s", "count") else 2
        return f"{round(value, digits) + 0.0:.{digits}f}{_unit(feature)}"
    best = max(value, key=value.get, default="")
    if isinstance(best, bool):
        return "yes" if best else "no"
    return _words(best)
