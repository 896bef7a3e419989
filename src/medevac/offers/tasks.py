"""The worker's tasks of this room."""

from __future__ import annotations

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


@app.periodic(cron=EVERY_MINUTE)
@app.task(queue="offers", name="offers.remind", queueing_lock="offers.remind")
@fresh_connection
def remind(timestamp: int) -> None:
    """Remind of asks whose deadline is near, each once."""
    from medevac.offers.services.asking import remind_due

    remind_due()
