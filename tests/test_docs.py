"""What is public is documented, and what the pages show runs."""

import inspect
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
import typer

from repetiteur import errors
from repetiteur.cli.main import app

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = [*sorted(DOCS.glob("*.md")), ROOT / "README.md"]
COMMANDS = typer.main.get_command(app).commands


def blocks(page, language):
    return re.findall(rf"```{language}\n(.*?)```", page.read_text("utf-8"), re.DOTALL)


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


def test_the_measure_of_the_page_can_be_added():
    (code,) = blocks(DOCS / "add-a-measure.md", "python")
    program = (
        "from repetiteur.technique.curve import curve, curves\n"
        f"{code}\n"
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "import bodies, numpy as np\n"
        "new = next(m for m in curves() if m.id == 'stance_width')\n"
        "values = new.of(bodies.body(*bodies.moving_points(seconds=1.0)), None)\n"
        "assert np.isfinite(values).all() and 0.1 < values.mean() < 0.5, values\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program, str(ROOT / "tests")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


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
