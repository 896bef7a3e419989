"""A run of advice for tests, worked out as the worker does it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from offer_things import TODAY, Things

from medevac.offers.models import AdviceRun
from medevac.offers.services.advising import ask_for_advice, find_advice
from medevac.offers.wishes import Wish


def worked_out(things: Things, *wishes: Wish, day: date | None = None, **values: Any) -> AdviceRun:
    """What the Norwegian centre is advised for a flight in three days."""
    run = ask_for_advice(
        things.centre,
        things.places.world["centre"],
        things.places.mission,
        day or TODAY() + timedelta(days=3),
        wishes,
        **values,
    )
    return find_advice(run.pk)
