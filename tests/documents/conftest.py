"""What tests of this room have in common: the small world, a key ring, and files of every type."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import paper_holder
import pytest
import world as small_world

from medevac.documents.keyring import make_ring


@pytest.fixture
def world(db: None) -> small_world.World:
    """The small world, anew for each test."""
    return small_world.build()


@pytest.fixture(autouse=True)
def ring(tmp_path: Path, settings) -> Path:
    """A key ring of its own for each test."""
    path = tmp_path / "document-keys.json"
    make_ring(path)
    settings.DOCUMENT_KEYS_FILE = str(path)
    return path


@pytest.fixture
def held(db: None) -> Iterator[type[paper_holder.Held]]:
    """A kind of row that holds documents, in this test alone."""
    yield from paper_holder.registered()
