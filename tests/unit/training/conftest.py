"""What the modules of ``training`` need, for tests of them."""

import importlib
import sys
from pathlib import Path

import pytest

TRAINING = Path(__file__).parents[3] / "training"


@pytest.fixture
def training(monkeypatch):
    """A module of the folder by its name; other folders have some of the same names."""
    monkeypatch.syspath_prepend(str(TRAINING))
    before = set(sys.modules)

    yield importlib.import_module
    for name in {"dancing", "filming", "lifting"} & (set(sys.modules) - before):
        del sys.modules[name]
