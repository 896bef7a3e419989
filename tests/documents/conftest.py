"""What tests of this room have in common: the small world, a key ring, and files of every type."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import paper_holder
import psycopg
import pytest
import world as small_world

from medevac.database import OWNER, Server
from medevac.documents.keyring import make_ring

TEST_DATABASE = "medevac_test"


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


@pytest.fixture(scope="module")
def table_of_holders(django_db_setup: None, embedded_server: Server) -> Iterator[None]:
    """The table of the rows that hold documents; only the owner may make one."""
    place = embedded_server.url(OWNER, TEST_DATABASE)
    with psycopg.connect(place, autocommit=True) as connection:
        connection.execute(paper_holder.TABLE)
        yield
        connection.execute("DROP TABLE documents_test_held")


@pytest.fixture
def held(table_of_holders: None, db: None) -> Iterator[type[paper_holder.Held]]:
    """A kind of row that holds documents, in this test alone."""
    yield from paper_holder.registered()
