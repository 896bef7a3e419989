"""What tests of this room have in common: the small world with a mission and two hospitals in it."""

from __future__ import annotations

import directory_places
import pytest


@pytest.fixture
def places(db: None) -> directory_places.Places:
    """The world of these tests, anew for each."""
    return directory_places.build()
