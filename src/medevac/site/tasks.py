"""Jobs of the service itself: giving back what a killed worker had begun, deleting ended sessions."""

from __future__ import annotations

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from procrastinate.contrib.django import app

from medevac.messages.tasks import fresh_connection

USUAL_SILENT_SECONDS = 30.0  # procrastinate's own


@app.periodic(cron="* * * * * */5")
@app.task(queueing_lock="rescue_stalled_jobs")
async def rescue_stalled_jobs(timestamp: int) -> None:
    """Queue the jobs again that a worker had begun which has fallen silent since.

    A job that is begun twice may have its effect twice, so every job must bear a repeat.
    """
    given = getattr(settings, "PROCRASTINATE_WORKER_DEFAULTS", {})
    silent = given.get("stalled_worker_timeout", USUAL_SILENT_SECONDS)
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=silent):
        await app.job_manager.retry_job(job)


@app.periodic(cron="37 2 * * *")
@app.task(queueing_lock="delete_ended_sessions")
@fresh_connection
def delete_ended_sessions(timestamp: int) -> None:
    """Delete sessions whose time is over: nobody comes back to them, and they say who was signed in when."""
    SessionStore.clear_expired()
