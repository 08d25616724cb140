"""What is public is documented, and what the pages show runs."""

import inspect
import json
import os
import re
import subprocess
import sys
import textwrap
import tomllib
from importlib import import_module
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import typer
import yaml

from owned import ours
from repetiteur import errors
from repetiteur.cli.main import app
from repetiteur.io.formats import write_poses
from repetiteur.steps import vocabulary
from repetiteur.steps.features import FEATURES
from repetiteur.steps.vocabulary import KINDS
from repetiteur.synthetic import Phrase, dance
from repetiteur.synthetic.steps import demi_plie, first_position
from repetiteur.technique.background import background_of, backgrounds, read_backgrounds
from repetiteur.technique.curve import curves
from repetiteur.technique.measure import measures

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = [*sorted(DOCS.glob("*.md")), ROOT / "README.md"]
COMMANDS = typer.main.get_command(app).commands


def blocks(page, language, *, indent=""):
    fence = rf"^{indent}```"
    text = page.read_text("utf-8")
    return re.findall(rf"{fence}{language}\n(.*?){fence}", text, re.DOTALL | re.M)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_stands_in_the_docs(name):
    said = (DOCS / "files-and-commands.md").read_text("utf-8")
    assert f"repetiteur {name} " in said
    for option in COMMANDS[name].params:
        for word in option.opts:
            if word.startswith("--") and word not in ("--help", "--output"):
                assert word in said, f"{name} {word}"


def test_every_exit_code_stands_in_the_docs():
    said = (DOCS / "files-and-commands.md").read_text("utf-8")
    for code in (0, 2, 3, 4, 130):
        assert f"| {code} |" in said


@pytest.mark.parametrize(
    "name", [n for n, c in vars(errors).items() if inspect.isclass(c)]
)
def test_every_error_is_in_the_tree(name):
    assert name in (errors.__doc__ or "")
    assert getattr(errors, name).__doc__


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8")):
        if not target.startswith(("http:", "https:")):
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_python_on_the_pages_compiles(page):
    for block in blocks(page, "python"):
        compile(block, str(page), "exec")


def test_the_modules_of_the_api_page_exist():
    names = re.findall(r"^   (repetiteur[\w.]+)$", (DOCS / "api.md").read_text(), re.M)
    assert len(names) > 10
    for name in names:
        assert import_module(name).__doc__


def test_the_measures_of_the_page_are_added_and_taken():
    code = "\n".join(blocks(DOCS / "add-a-measure.md", "python"))
    program = (
        f"{code}\n"
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "import bodies\n"
        "test_a_plie_of_two_counts_is_even()\n"
        "def said(id):\n"
        "    measured = take(body, only=[id])\n"
        "    assert not measured.not_judged, measured.not_judged\n"
        "    return [round(one.value, 2) for one in measured.measurements]\n"
        "assert said('plie_evenness') == [0.5]\n"
        "assert said('elbow_in_plie') == [55.0, 55.0]\n"
        "widths = said('stance_width')\n"
        "assert widths and all(0.1 < width < 0.5 for width in widths), widths\n"
        "from repetiteur.technique.curve import curves\n"
        "new = next(one for one in curves() if one.id == 'stance_width')\n"
        "values = new.of(bodies.body(*bodies.moving_points(seconds=1.0)), None)\n"
        "assert np.isfinite(values).all() and 0.1 < values.mean() < 0.5, values\n"
        "said = {note.measure: note.text for note in found.findings.notes}\n"
        "assert said['stance_width'].startswith('Width of the stance: less'), said\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program, str(ROOT / "tests")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "plie_evenness 0.50" in done.stdout


def test_a_package_brings_the_measure_of_the_page(tmp_path):
    first, *_ = blocks(DOCS / "add-a-measure.md", "python")
    (about,) = blocks(DOCS / "add-a-measure.md", "toml")
    ((group, points),) = tomllib.loads(about)["project"]["entry-points"].items()
    announced = "\n".join(f"{name} = {module}" for name, module in points.items())
    package, installed = tmp_path / "my_company", tmp_path / "my_company-1.dist-info"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "measures.py").write_text(first, encoding="utf-8")
    installed.mkdir()
    (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: my-company\n")
    (installed / "entry_points.txt").write_text(f"[{group}]\n{announced}\n")
    poses = dance(Phrase.of(first_position(), demi_plie()))
    write_poses(poses, tmp_path / "plie.nc")
    done = subprocess.run(
        [sys.executable, "-m", "repetiteur", "measure", str(tmp_path / "plie.nc"),
         "--json", "--only", "plie_evenness"],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (found,) = json.loads(done.stdout)["measurements"]
    assert found["measure"] == "plie_evenness"
    assert found["value"] == pytest.approx(0.5, abs=0.01)


def test_what_the_page_says_of_a_measure_and_its_words_are_read():
    known, words = blocks(DOCS / "add-a-measure.md", "yaml", indent="   ")
    (entry,) = read_backgrounds(textwrap.dedent(known)).values()
    assert entry.id == "plie_evenness"
    assert entry.defaults
    said = yaml.safe_load(textwrap.dedent(words))["stance_width"]
    for kind in ("less", "more"):
        assert said[kind].keys() == {"say", "reason"}


def test_the_format_of_the_page_reads_a_file(tmp_path):
    first, *_ = blocks(DOCS / "add-a-format.md", "python")
    program = (
        f"{first}\n"
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "import bodies\n"
        "from repetiteur.io.formats import read_poses\n"
        "time, points = bodies.moving_points(seconds=0.5)\n"
        "rows = [HEADER] + [\n"
        "    ','.join([f'{t:.6f}', name, *(f'{100 * x:.6f}' for x in place[k])])\n"
        "    for k, t in enumerate(time) for name, place in points.items()\n"
        "]\n"
        "Path(sys.argv[2]).write_text('\\n'.join(rows))\n"
        "poses = read_poses(sys.argv[2])\n"
        "assert poses.sizes['time'] == time.size, poses\n"
        "assert abs(float(poses['position'][0, 0].sel(keypoint='left_knee').item())"
        " - points['left_knee'][0, 0]) < 1e-6\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program,
         str(ROOT / "tests"), str(tmp_path / "table.csv")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def with_the_step_of_the_page(*entries):
    """What runs the page's code, with some of its entries in the vocabulary."""
    code = "\n".join(blocks(DOCS / "add-a-step.md", "python"))
    program = (
        "import sys, yaml\n"
        "import repetiteur.steps\n"
        "module = sys.modules['repetiteur.steps.vocabulary']\n"
        "read = module.read_vocabulary\n"
        "def more(text):\n"
        "    known = yaml.safe_load(text)\n"
        f"    for entry in {[yaml.safe_load(one) for one in entries]!r}:\n"
        "        for id, row in entry.items():\n"
        "            known.setdefault(id, {}).update(row)\n"
        "    return read(yaml.safe_dump(known))\n"
        "module.read_vocabulary = more\n"
        f"{code}\n"
    )
    return program


def ran(program):
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def unnumbered(text):
    return re.sub(r"[\d.]+", "#", text)


def test_the_step_of_the_page_is_added_and_recognised():
    program = (
        "test_a_ballonne_opens_and_folds()\n"
        "test_a_leg_that_stays_at_the_ankle_is_a_temps_leve()\n"
        "test_landing_on_the_other_foot_is_a_jete()\n"
        "from repetiteur.synthetic.passages import Here\n"
        "here = Here('left', 0.0, np.random.default_rng(1))\n"
        "steps = [part.poses for part in _ballonne(here).parts]\n"
        "phrase = Phrase.of(fifth_position('left'), *steps)\n"
        "assert 'ballonne' in names(movement_of(body_of(dance(phrase))))\n"
        "from repetiteur.steps.features import FEATURES\n"
        "scene = Scene(movement)\n"
        "(jump,) = [one for one in stretches(scene) if one.kind == 'flight']\n"
        "assert abs(FEATURES['back_bend'].read(scene, jump, 'all')) < 10.0\n"
        "assert sum(FEATURES['apex_early'].read(scene, jump, 'flight').values()) == 1\n"
    )
    entries = blocks(DOCS / "add-a-step.md", "yaml")
    said = ran("import numpy as np\n" + with_the_step_of_the_page(*entries) + program)
    assert "ballonne  left" in said.partition("ballonne at")[0]
    listing, *_ = blocks(DOCS / "add-a-step.md", "text")
    rules = [line for line in listing.splitlines() if re.match(r"  \d", line)]
    assert len(rules) == 8
    for line in rules:
        assert unnumbered(line) in unnumbered(said), line


def test_without_the_last_line_it_is_what_the_page_says():
    entry, _ = blocks(DOCS / "add-a-step.md", "yaml")
    named = ran(with_the_step_of_the_page(entry)).partition("ballonne at")[0]
    assert re.search(r"temps_leve  left  [\d.]+  ballonne", named), named


@pytest.fixture(scope="module")
def generated(tmp_path_factory):
    """The parts of the pages that are made from registries, by name."""
    sys.path.insert(0, str(DOCS))
    folder = tmp_path_factory.mktemp("generated")
    for pages in ("measure_pages", "step_pages"):
        import_module(pages).write(folder / "parts")
    sys.path.remove(str(DOCS))
    return {
        one.stem.removeprefix("part-"): one.read_text("utf-8")
        for one in (folder / "parts").iterdir()
    }


def section_of(generated, id):
    """What the page of measures says of one."""
    return section_in(generated["measures"], id)


def section_in(page, id):
    """What a page says under a target."""
    _, _, rest = page.partition(f"\n({id})=\n")
    return rest.partition("\n(")[0].split("\n## ")[0]


def test_every_part_that_pages_include_is_made(generated):
    for page in PAGES:
        for name in re.findall(r"generated/part-([\w-]+).md", page.read_text("utf-8")):
            assert generated[name]


def test_every_measure_stands_on_the_page(generated):
    for one in ours([*measures(), *curves()]):
        known = background_of(one.id)
        assert known is not None, f"measures.yaml has no entry for {one.id}"
        assert f"`{one.id}`" in section_of(generated, known.id)
    for one in ours(measures()):
        assert f"`{one.id}`](#{background_of(one.id).id})" in generated["moments"]


@pytest.mark.parametrize("id", backgrounds())
def test_every_measure_has_its_formula_its_figure_and_its_pitfalls(id, generated):
    said, known = section_of(generated, id), backgrounds()[id]
    assert known.formula in said
    for pitfall in known.pitfalls:
        assert pitfall in said
    (svg,) = re.findall(r"<svg.*</svg>", said)
    picture = ET.fromstring(svg)
    assert picture.get("role") == "img"
    assert len(picture.get("aria-label")) > 20
    assert len(picture) > 2
    assert not re.search("nan|inf", svg)
    assert float(picture.get("width")) < 500 > float(picture.get("height"))


@pytest.mark.parametrize("id", backgrounds())
def test_only_what_was_read_is_called_published(id, generated):
    said = section_of(generated, id)
    _, _, shown = said.partition("\nPublished\n")
    shown = shown.partition("\nPitfalls\n")[0].partition("\nExpert defaults")[0]
    norms = backgrounds()[id].norms
    for norm in norms:
        assert (norm.of in shown) == (norm.evidence == "A")
        assert (norm.source in said) == (norm.evidence == "A")
    assert ("No pass mark" in shown) == any(norm.evidence == "A" for norm in norms)


@pytest.mark.parametrize(
    ("id", "degrees"),
    [
        ("leg_elevation", 88), ("leg_azimuth", 76), ("knee_flexion", 58),
        ("turnout_side", 65), ("heel_height", 0.82), ("foot_placement", 0.85),
    ],
)  # fmt: skip
def test_figures_show_what_the_dancer_was_asked_for(id, degrees, generated):
    values = re.findall(r'class="value"[^>]*>([^<]*)<', section_of(generated, id))
    assert any(str(degrees) in value for value in values), values


@pytest.mark.parametrize("id", vocabulary())
def test_every_step_has_its_rules_its_figure_and_its_neighbours(id, generated):
    entry = vocabulary()[id]
    said = section_in(generated["steps"], f"step-{id}")
    assert said.startswith(f"### {entry.name}\n")
    assert f"](#step-{id})" in generated["step-contents"]
    table = [row for row in said.splitlines() if row.startswith("| ")]
    rules = [*entry.rules, *(rule for way in entry.either.values() for rule in way)]
    assert len(table) == len(rules) + (2 if entry.either else 1)
    for rule in rules:
        assert any(FEATURES[rule.feature].says in row for row in table), str(rule)
    for other in entry.confusable:
        assert f"](#step-{other}): " in said
    for fault in entry.faults:
        assert fault.say in said
    (svg,) = re.findall(r"<svg.*</svg>", said)
    picture = ET.fromstring(svg)
    assert picture.get("role") == "img"
    assert picture.get("aria-label").startswith(entry.name)
    assert not re.search(r"\b(nan|inf)\b", svg)
    assert float(picture.get("width")) < 800 > 2 * float(picture.get("height"))
    captions = [one.text for one in picture.iter() if one.tag.endswith("text")]
    phases = [phase.replace("_", " ") for phase in entry.phases]
    assert {one for one in captions if one != "from above"} <= set(phases)


def test_the_dancer_keeps_the_rules_that_stand_beside_her(generated):
    """Heights in the pictures are those that she was asked for."""
    for id, height in (("degage", 40), ("developpe", 95), ("penche", 150)):
        said = section_in(generated["steps"], f"step-{id}")
        (row,) = {row for row in said.splitlines() if "| height of the working" in row
                  and "at least" in row}  # fmt: skip
        read = float(row.split("|")[-2].strip(" °"))
        assert read == pytest.approx(height, abs=6.0)


def test_sources_of_steps_are_written_out(generated):
    books = yaml.safe_load((DOCS / "step-sources.yaml").read_text("utf-8"))["books"]
    named = {one for entry in vocabulary().values() for one in entry.sources}
    assert books.keys() <= named
    assert all(one in books or re.search("[A-Z]", one) for one in named)
    for title in books.values():
        assert title in generated["steps"]


def test_every_kind_and_feature_of_steps_stands_on_the_page(generated):
    for kind in KINDS:
        assert f"| `{kind}` |" in generated["step-kinds"]
    for feature in FEATURES:
        assert f"| `{feature}` |" in generated["step-features"]
