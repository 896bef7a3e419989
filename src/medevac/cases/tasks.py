"""The worker's tasks of this room: chasing what is missing."""

from __future__ import annotations

from procrastinate.contrib.django import app

from medevac.messages.tasks import fresh_connection

EVERY_HOUR = "23 * * * *"


@app.periodic(cron=EVERY_HOUR)
@app.task(queue="cases", name="cases.chase", queueing_lock="cases.chase")
@fresh_connection
def chase(timestamp: int) -> None:
    """Tell owners what is due and overdue; a repeat on the same day tells nothing twice."""
    from medevac.cases.services.chasing import chase_missing

    chase_missing()
