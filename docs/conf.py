"""Sphinx configuration; nothing is fetched while building."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

project = "Répétiteur"
author = "The Répétiteur developers"
copyright = "The Répétiteur developers"

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.autosummary", "numpydoc"]
myst_enable_extensions = ["colon_fence", "deflist"]
autosummary_generate = True
numpydoc_show_class_members = False
autodoc_typehints = "none"
templates_path = ["_templates"]
# Those parts are included, and no pages of their own.
exclude_patterns = ["_build", "generated/part-*.md"]
html_theme = "furo"
html_title = "Répétiteur"
html_static_path = ["_static"]
html_css_files = ["figures.css"]


def setup(app):
    """Connect the generators of the pages of measures and of steps."""
    import measure_pages
    import step_pages

    for pages in (measure_pages, step_pages):
        app.connect("builder-inited", pages.write_before_reading)
