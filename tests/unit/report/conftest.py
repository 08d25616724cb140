"""Recordings on film, made once."""

from __future__ import annotations

import pytest

from repetiteur.rehearsal import Rehearsal
from unit.report import small_video


@pytest.fixture(scope="session")
def filmed(tmp_path_factory) -> Rehearsal:
    """A take beside its reference, both on film."""
    return small_video.rehearsal(tmp_path_factory.mktemp("film"))
