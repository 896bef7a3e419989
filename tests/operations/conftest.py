"""What tests of this room have in common: the small world, and working as the owner of the tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
import world as small_world
from django.db import connection

from medevac.database import APP, OWNER


@pytest.fixture
def world(db: None) -> small_world.World:
    """The small world, anew for each test."""
    return small_world.build()


@contextmanager
def _as_owner() -> Iterator[None]:
    connection.close()
    connection.settings_dict["USER"] = OWNER
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["USER"] = APP


@pytest.fixture
def as_owner(transactional_db: None) -> Callable[[], AbstractContextManager[None]]:
    """The connection as the owner's, as commands have it; for tests with real transactions."""
    return _as_owner
