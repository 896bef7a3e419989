"""The worker's tasks of this room."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from procrastinate.contrib.django import app

from medevac.messages.tasks import fresh_connection

EVERY_MINUTE = "* * * * *"


@app.periodic(cron=EVERY_MINUTE)
@app.task(queue="offers", name="offers.expire", queueing_lock="offers.expire")
@fresh_connection
def expire(timestamp: int) -> None:
    """End offers and asks whose time is over. What comes later than the minute is decided by the clock."""
    from medevac.offers.services.expiring import expire_asks, expire_offers

    expire_offers()
    expire_asks()


@app.task(queue="offers", name="offers.find_advice")
@fresh_connection
def find_advice_later(mission: str, flight_day: str, actor: str) -> None:
    """Find out which questions would place most patients on a flight, for a page that waits for it."""
    from medevac.offers.services.advising import find_advice

    find_advice(UUID(mission), date.fromisoformat(flight_day), UUID(actor))
