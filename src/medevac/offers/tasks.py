"""The worker's tasks of this room."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from medevac.messages.tasks import fresh_connection

EVERY_MINUTE = "* * * * *"
EVERY_HOUR_OF_THE_DAY = "41 5-16 * * *"  # UTC: nobody is reminded of places at night
AT_ANOTHER_MINUTE_OF_THESE_HOURS = "11 5-16 * * *"
EVERY_TEN_MINUTES = "*/10 * * * *"


@app.periodic(cron=EVERY_MINUTE)
@app.task(queue="offers", name="offers.expire", queueing_lock="offers.expire")
@fresh_connection
def expire(timestamp: int) -> None:
    """End offers and asks whose time is over. What comes later than the minute is decided by the clock."""
    from medevac.offers.services.expiring import expire_asks, expire_offers

    expire_offers()
    expire_asks()


@app.periodic(cron=EVERY_HOUR_OF_THE_DAY)
@app.task(queue="offers", name="offers.chase_places", queueing_lock="offers.chase_places")
@fresh_connection
def chase_places(timestamp: int) -> None:
    """Tell who keeps places that are stale; a repeat on the same day tells nothing twice."""
    from medevac.offers.services.place_chasing import chase_places as chase

    chase()


@app.periodic(cron=AT_ANOTHER_MINUTE_OF_THESE_HOURS)
@app.task(queue="offers", name="offers.tell_of_taken_places", queueing_lock="offers.tell_of_taken_places")
@fresh_connection
def tell_of_taken_places(timestamp: int) -> None:
    """Tell of promised places on which another patient still lies; once for each offer and day."""
    from medevac.offers.services.taken_places import tell_of_taken_places as tell

    tell()


@app.periodic(cron=EVERY_TEN_MINUTES)
@app.task(queue="offers", name="offers.forget_trials", queueing_lock="offers.forget_trials")
@fresh_connection
def forget_old_trials(timestamp: int) -> None:
    """Empty workbooks that were read a day ago and never applied."""
    from medevac.offers.services import place_importing
    from medevac.offers.services.asks_workbook import importing

    place_importing.forget_trials()
    importing.forget_trials()


@app.periodic(cron=EVERY_MINUTE)
@app.task(queue="offers", name="offers.remind", queueing_lock="offers.remind")
@fresh_connection
def remind(timestamp: int) -> None:
    """Remind of asks whose deadline is near, each once."""
    from medevac.offers.services.asking import remind_due

    remind_due()


@app.task(queue="offers", name="offers.find_advice")
@fresh_connection
def find_advice_later(run: str) -> None:
    """Find out which asks would place most patients on a flight, for a page that waits for it."""
    from medevac.offers.services.advising import find_advice

    find_advice(UUID(run))
