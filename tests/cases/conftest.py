"""What tests of this room have in common: the small world with a mission, and cases in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import case_files
import directory_places
import pytest

from medevac.cases.above import without_rooms_above
from medevac.cases.reaches import forget_reach, register_reach
from medevac.documents.keyring import make_ring
from medevac.people.roles import Reach


@pytest.fixture
def places(db: None) -> directory_places.Places:
    """The world of these tests, anew for each."""
    return directory_places.build()


@pytest.fixture
def everybody_reaches() -> Iterator[None]:
    """Every case is asked of, chosen by, carried by and told to everybody: what rooms above decide."""
    reaches = (Reach.ASKED, Reach.CHOSEN, Reach.CARRIED, Reach.NOTIFIED)
    for reach in reaches:
        register_reach(reach, "tests", case_files.every_case)
    with without_rooms_above():
        yield
    for reach in reaches:
        forget_reach(reach, "tests")


@pytest.fixture
def ring(tmp_path: Path, settings) -> Path:
    """A key ring, so that files can be kept."""
    path = tmp_path / "document-keys.json"
    make_ring(path)
    settings.DOCUMENT_KEYS_FILE = str(path)
    return path
