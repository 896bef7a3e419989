"""The job of each write, and the rescue of jobs whose worker was killed."""

from __future__ import annotations

from django.db import connection
from procrastinate import JobContext
from procrastinate.contrib.django import app

SILENT_SECONDS = 4


@app.task(pass_context=True)
def deliver(context: JobContext, number: int) -> None:
    """Note a number as delivered, once; a repeat finds it noted."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO kill_tried VALUES (%s)", [number])
        cursor.execute("INSERT INTO kill_delivered VALUES (%s) ON CONFLICT DO NOTHING", [number])


@app.periodic(cron="* * * * * */2")
@app.task(queueing_lock="rescue", pass_context=True)
async def rescue(context: JobContext, timestamp: int) -> None:
    """Give back the jobs of workers that have fallen silent."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_SECONDS):
        await app.job_manager.retry_job(job)
