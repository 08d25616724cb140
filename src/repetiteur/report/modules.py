"""Joins the viewer's modules into one script, so that the page stays one file.

The modules are plain ones, as a server would give them. A page opened from a folder
cannot load them, and its content policy names one script by its hash: so they are laid
behind one another, each in a block of its own. A name belongs to its module there too,
unless it is exported and imported.

Nothing is parsed. Modules keep to a form that can be told line by line, and what does
not is refused; the same files in the same order give the same text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_IMPORT = re.compile(r'import \{ (\w+(?:, \w+)*) \} from "\./([\w-]+\.js)";')
_EXPORT = re.compile(r"export ((?:async )?function|class|const) (\w+)\b(?! *,)")
# What may stand at the beginning of a line; all else is inside of something.
_DECLARED = re.compile(
    r"(?:async )?function \w|class \w|(?:const|let) [\w{\[]|[}\])]|/[/*]"
)
_CALL = re.compile(r"\w+\([\w, ]*\);")
_INSIDE = re.compile(r"^\s+(?:import|export)\b|\bimport\s*[.(]")
_COMMENT = re.compile(r"\s*(?:/\*|\* |\*$|\*/|//)")
_TABLE = "$modules"


@dataclass(frozen=True)
class _Module:
    """A module: what it asks for, what it offers, and its text as a block."""

    asks: tuple[tuple[str, tuple[str, ...]], ...]
    offers: tuple[str, ...]
    block: str


def joined(entry: str, read: Callable[[str], str]) -> str:
    r"""One script that does what a module and all that it imports do.

    Parameters
    ----------
    entry : str
        Name of the module that runs; it alone may call something.
    read : callable
        The text of a module, by its name.

    Returns
    -------
    str
        The text of one module without imports: each module once, after those that it
        imports, without lines of comment.

    Raises
    ------
    ValueError
        Where a module has another form than this reads, imports what is not exported,
        or imports itself by way of others.

    Examples
    --------
    >>> texts = {
    ...     "main.js": 'import { bow } from "./bow.js";\nbow();\n',
    ...     "bow.js": "export function bow() {}\n",
    ... }
    >>> print(joined("main.js", texts.__getitem__))
    const $modules = {};
    { // bow.js
    function bow() {}
    $modules["bow.js"] = { bow };
    }
    { // main.js
    const { bow } = $modules["bow.js"];
    bow();
    }
    """
    found: dict[str, _Module] = {}

    def bring(name: str, path: tuple[str, ...]) -> None:
        if name in path:
            raise ValueError(f"modules import one another: {' > '.join((*path, name))}")
        if name in found:
            return
        module = _module(name, read(name), runs=not path)
        for other, names in module.asks:
            bring(other, (*path, name))
            if missing := sorted(set(names) - set(found[other].offers)):
                raise ValueError(
                    f"{name} imports {missing[0]}, not exported by {other}"
                )
        found[name] = module

    bring(entry, ())
    blocks = (module.block for module in found.values())
    return "\n".join([f"const {_TABLE} = {{}};", *blocks])


def _module(name: str, text: str, *, runs: bool) -> _Module:
    """A module taken apart; ``runs`` where it may call something."""
    for word in ("</script", "<!--", _TABLE):
        if word in text.lower():
            raise ValueError(f"{name}: {word} cannot stand in a page's script")
    asks, offers, lines = [], [], []
    inside = False
    for number, line in enumerate(text.rstrip().splitlines(), start=1):
        said = line.strip()
        if said.startswith("*") and not inside:
            raise ValueError(f"{name}, line {number}: not in a form that is known")
        inside = (inside or said.startswith("/*")) and not said.endswith("*/")
        if _COMMENT.match(line) or not line.strip():
            continue  # it is for whoever reads the module, and would weigh a third
        if asked := _IMPORT.fullmatch(line):
            asks.append((asked[2], tuple(asked[1].split(", "))))
            lines.append(f'const {{ {asked[1]} }} = {_TABLE}["{asked[2]}"];')
        elif offered := _EXPORT.match(line):
            offers.append(offered[2])
            lines.append(line.removeprefix("export "))
        elif _is_plain(line, runs=runs):
            lines.append(line)
        else:
            raise ValueError(f"{name}, line {number}: not in a form that is known")
    if offers:
        lines.append(f'{_TABLE}["{name}"] = {{ {", ".join(offers)} }};')
    return _Module(
        tuple(asks), tuple(offers), "\n".join([f"{{ // {name}", *lines, "}"])
    )


def _is_plain(line: str, *, runs: bool) -> bool:
    """Whether a line means in a block what it means in a module."""
    if _INSIDE.search(line):
        return False
    known = line[0].isspace() or _DECLARED.match(line)
    return bool(known or (runs and _CALL.fullmatch(line)))
