"""The viewer's modules as one script: each once, in order, and nothing unknown."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from repetiteur.report.modules import joined
from repetiteur.report.page import viewer

VIEWER = files("repetiteur.report").joinpath("static", "viewer")


def join(**texts):
    return joined("main.js", {f"{k}.js": v for k, v in texts.items()}.__getitem__)


def test_each_stands_once_after_what_it_imports():
    both = 'import { a } from "./a.js";\nimport { b } from "./b.js";\nuse(a, b);'
    text = join(
        main=both,
        b='import { a } from "./a.js";\nexport const b = a;',
        a="export const a = 1;",
    )
    assert re.findall(r"\{ // (\w+\.js)", text) == ["a.js", "b.js", "main.js"]
    assert "import" not in text
    assert "export" not in text


def test_a_name_belongs_to_its_module():
    own = "const own = 1;\nexport function {0}() {{\n  return own;\n}}"
    text = join(
        main='import { a } from "./a.js";\nimport { b } from "./b.js";\na();\nb();',
        a=own.format("a"),
        b=own.format("b"),
    )
    blocks = text.split("\n}\n{ //")
    assert [block.count("const own") for block in blocks] == [1, 1, 0]


def test_async_functions_classes_and_constants_are_exported():
    text = join(
        main='import { A, b, c } from "./a.js";\nc();',
        a="export class A {\n}\nexport const b = 1;\nexport async function c() {\n}",
    )
    assert '$modules["a.js"] = { A, b, c };' in text


@pytest.mark.parametrize(
    "line",
    [
        "export default 1;",
        "export { a };",
        "export let a = 1;",
        "export const a, b = 1;",
        'export * from "./a.js";',
        'import "./a.js";',
        'import a from "./a.js";',
        'import * as a from "./a.js";',
        'import { a as b } from "./a.js";',
        'import { a } from "../a.js";',
        'import { a } from "https://example.org/a.js";',
        '  import { a } from "./a.js";',
        'const a = await import("./a.js");',
        "  const here = import.meta.url;",
        "globalThis.a = 1;",
        "a();",
        "if (a) {",
        "const end = '</script>';",
        "const end = '</SCRIPT>';",
        "const comment = '<!--';",
        "const hidden = $modules;",
    ],
)
def test_another_form_is_refused(line):
    with pytest.raises(ValueError, match=r"^a\.js"):
        join(main='import { a } from "./a.js";', a=f"{line}\nexport const a = 1;")


def test_what_is_not_exported_cannot_be_imported():
    with pytest.raises(ValueError, match=r"main\.js imports b, not exported by a\.js"):
        join(main='import { a, b } from "./a.js";', a="export const a = 1, b = 2;")


def test_modules_that_import_one_another_are_refused():
    with pytest.raises(ValueError, match=r"main\.js > a\.js > b\.js > a\.js"):
        join(
            main='import { a } from "./a.js";',
            a='import { b } from "./b.js";\nexport const a = 1;',
            b='import { a } from "./a.js";\nexport const b = 1;',
        )


def test_lines_of_comment_are_left_out_whatever_they_say():
    text = join(
        main='/** import("./x.js")\n * export this\n */\n// import\nconst a = 1; // one'
    )
    assert text.endswith("{ // main.js\nconst a = 1; // one\n}")


def test_every_module_of_the_viewer_is_in_the_page():
    named = {file.name for file in VIEWER.iterdir()}
    assert set(re.findall(r"^\{ // (\S+)$", viewer(), re.M)) == named


def test_modules_are_small():
    for file in VIEWER.iterdir():
        lines = file.read_text("utf-8").splitlines()
        assert len(lines) < 300, file.name
        assert max(map(len, lines)) <= 100, file.name
