"""The worker's task of this room: the periodic review, once a day."""

from __future__ import annotations

from django.db import close_old_connections
from procrastinate.contrib.django import app

EVERY_MORNING = "37 4 * * *"


@app.periodic(cron=EVERY_MORNING)
@app.task(queue="people", name="people.review", queueing_lock="people.review")
def review(timestamp: int) -> None:
    """End what nobody has confirmed, and remind those who confirm; done twice, it changes nothing more."""
    from medevac.people.services.reviewing import end_what_nobody_confirmed, remind_of_reviews

    close_old_connections()  # a worker outlives the database that it began with
    try:
        end_what_nobody_confirmed()
        remind_of_reviews()
    finally:
        close_old_connections()
