"""What tests of this room have in common: the small world, and a channel that collects notices."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import world as small_world

from medevac.people import notices


@pytest.fixture
def world(db: None) -> small_world.World:
    """The small world, anew for each test."""
    return small_world.build()


@pytest.fixture
def told() -> Iterator[list[notices.Notice]]:
    """The notices that were handed over."""
    collected: list[notices.Notice] = []
    notices.register_channel("collected", collected.append)
    yield collected
    notices.forget_channel("collected")
