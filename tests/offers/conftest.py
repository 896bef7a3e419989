"""What tests of this room have in common: a mission with places and rooms, and whoever acts in it."""

from __future__ import annotations

import offer_things
import pytest


@pytest.fixture
def things(db: None) -> offer_things.Things:
    """The world of these tests, anew for each."""
    return offer_things.build()
