"""The worker's tasks of this room: deliveries, digests, the watch over channels, deleting at night.

A job is only a push to look: the outbox is the truth, so a job that is lost or runs twice costs nothing.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from uuid import UUID

from django.db import close_old_connections
from procrastinate.contrib.django import app

LOOK_AGAIN = "* * * * * */15"  # the last field is seconds
EVERY_MINUTE = "* * * * *"
EVERY_NIGHT = "17 2 * * *"
JOBS_KEPT_HOURS = 72


def fresh_connection(task: Callable[..., None]) -> Callable[..., None]:
    """Run a task on a connection that works: a worker outlives the database that it began with."""

    @functools.wraps(task)
    def run(*args: object, **kwargs: object) -> None:
        close_old_connections()
        try:
            task(*args, **kwargs)
        finally:
            close_old_connections()

    return run


@app.task(queue="messages", name="messages.deliver")
@fresh_connection
def deliver_one(number: str) -> None:
    """Try one delivery."""
    from medevac.messages.services.sending import deliver

    deliver(UUID(number))


def deliver_soon(number: UUID) -> None:
    """Have the worker try a delivery as soon as the present transaction is committed."""
    deliver_one.defer(number=str(number))


@app.periodic(cron=LOOK_AGAIN)
@app.task(queue="messages", name="messages.look", queueing_lock="messages.look")
@fresh_connection
def look(timestamp: int) -> None:
    """Make the digests that are due, and try whatever waits."""
    from medevac.messages.services.sending import bundle_digests, deliver_due

    bundle_digests()
    deliver_due()


@app.periodic(cron=EVERY_MINUTE)
@app.task(queue="messages", name="messages.watch", queueing_lock="messages.watch")
@fresh_connection
def watch(timestamp: int) -> None:
    """Raise the alarm where a channel is silent though something waits."""
    from medevac.messages.services.watching import watch_channels

    watch_channels()


@app.periodic(cron=EVERY_NIGHT)
@app.task(queue="messages", name="messages.tidy", queueing_lock="messages.tidy")
@fresh_connection
def tidy(timestamp: int) -> None:
    """Delete events that no page can ask for any more, and links of letters that nobody will send again."""
    from medevac.messages.services.watching import delete_old

    delete_old()


@app.periodic(cron=EVERY_NIGHT)
@app.task(queue="messages", name="messages.delete_old_jobs", queueing_lock="messages.delete_old_jobs")
async def delete_old_jobs(timestamp: int) -> None:
    """Delete jobs that ended days ago; what they did is in the tables."""
    await app.job_manager.delete_old_jobs(nb_hours=JOBS_KEPT_HOURS, include_failed=False)
