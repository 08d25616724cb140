"""The measures and curves of this project, without those that other packages bring.

What is asked of a measure is asked of everybody's; a background, a figure and words of
those that the project ships alone.
"""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from importlib.metadata import entry_points

from repetiteur import plugins

_PROGRAM = """
import json
from repetiteur import plugins
plugins.load = lambda group: ()
from repetiteur.technique.curve import curves
from repetiteur.technique.measure import measures
print(json.dumps([one.id for one in (*measures(), *curves())]))
"""


def ours(registered):
    """Those measures or curves that the project registers itself."""
    if not entry_points(group=plugins.MEASURES):
        return list(registered)
    return [one for one in registered if one.id in _own_ids()]


@cache
def _own_ids():
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=True
    )
    return frozenset(json.loads(done.stdout))
