"""Sphinx configuration; nothing is fetched while building."""

project = "Répétiteur"
author = "The Répétiteur developers"
copyright = "The Répétiteur developers"

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.autosummary", "numpydoc"]
myst_enable_extensions = ["colon_fence", "deflist"]
autosummary_generate = True
numpydoc_show_class_members = False
autodoc_typehints = "none"
templates_path = ["_templates"]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = "Répétiteur"
html_static_path = ["_static"]


def write_curves_table(app):
    """Make the table of curves from the registry."""
    from pathlib import Path

    from repetiteur.technique.curve import curves

    rows = [
        "| id | measure | unit | one camera | error | own variation | floor | source |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for m in curves():
        rows.append(
            f"| `{m.id}` | {m.name} | {m.unit} | {m.view or 'across'} | {m.error:g} "
            f"| {m.variation:g} | {m.floor:.1f} | {m.source} |"
        )
    target = Path(app.srcdir) / "generated" / "curves-table.md"
    target.parent.mkdir(exist_ok=True)
    target.write_text("\n".join(rows) + "\n", encoding="utf-8")


def write_measures_table(app):
    """Make the table of measures of moments from the registry."""
    from pathlib import Path

    from repetiteur.technique.measure import measures

    rows = [
        "| id | on | measure | unit | least rate | camera | source |",
        "|---|---|---|---|---|---|---|",
    ]
    for m in sorted(measures(), key=lambda m: (m.on, m.id)):
        rate = f"{m.least_hz:g} Hz" if m.least_hz else ""
        rows.append(
            f"| `{m.id}` | {m.on} | {m.name} | {m.unit} | {rate} | {m.seen or 'no'} "
            f"| {m.source} |"
        )
    target = Path(app.srcdir) / "generated" / "measures-table.md"
    target.parent.mkdir(exist_ok=True)
    target.write_text("\n".join(rows) + "\n", encoding="utf-8")


def setup(app):
    """Connect the generator."""
    app.connect("builder-inited", write_curves_table)
    app.connect("builder-inited", write_measures_table)
