"""Fixtures of all tests."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

import guard


@pytest.fixture(scope="session", autouse=True)
def _no_network():
    """No test asks for anything beyond this machine; one that does fails."""
    with guard.standing(pytest.fail):
        yield


@pytest.fixture(scope="session")
def test_data() -> Path:
    """The folder of real recordings, which the project does not ship."""
    where = os.environ.get("REPETITEUR_TEST_DATA")
    if not where:
        pytest.skip("REPETITEUR_TEST_DATA is not set: it names the real recordings")
    return Path(where)


@pytest.fixture
def rng() -> np.random.Generator:
    """Random numbers that are the same in every run."""
    return np.random.default_rng(20240229)
