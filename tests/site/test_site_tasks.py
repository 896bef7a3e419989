"""Tests that a job which a killed worker had begun is queued again, and no other is."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from medevac.site.tasks import delete_ended_sessions, rescue_stalled_jobs

SILENT_SECONDS, LIVING_SECONDS = 600, 0


def job_of_a_worker(silent_seconds: int) -> int:
    """A job that a worker has begun who showed so long ago that it lives."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (now() - make_interval(secs => %s)) RETURNING id",
            [silent_seconds],
        )
        (worker,) = cursor.fetchone()
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, worker_id, attempts)"
            " VALUES ('default', 'medevac.tests.begun', 'doing', %s, 0) RETURNING id",
            [worker],
        )
        return int(cursor.fetchone()[0])


def state_of(job: int) -> tuple[str, int]:
    """The state of a job, and how often it was tried."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text, attempts FROM procrastinate_jobs WHERE id = %s", [job])
        state, attempts = cursor.fetchone()
        return state, attempts


def rescue() -> None:
    """Run the job, with the connection that workers use."""
    running = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]

    async def work() -> None:
        async with running.open_async():
            with app.replace_connector(running.connector):
                await rescue_stalled_jobs.func(0)

    asyncio.run(work())


@pytest.mark.django_db(transaction=True)
def test_only_the_job_of_a_silent_worker_is_queued_again() -> None:
    """Tests that the job of a silent worker is queued, and that of a living one is left."""
    stalled, running = job_of_a_worker(SILENT_SECONDS), job_of_a_worker(LIVING_SECONDS)
    rescue()
    assert state_of(stalled)[0] == "todo"
    assert state_of(running)[0] == "doing"
    rescue()
    assert state_of(stalled)[0] == "todo"


@pytest.mark.django_db
def test_ended_sessions_are_deleted() -> None:
    """Tests that a session whose time is over goes in the night, and one that runs stays."""
    ended, running = SessionStore(), SessionStore()
    for session, seconds in ((ended, -1), (running, 60)):
        session.set_expiry(timezone.now() + timedelta(seconds=seconds))
        session.save()
    delete_ended_sessions.func.__wrapped__(0)  # within the transaction of the test
    assert (ended.exists(ended.session_key), running.exists(running.session_key)) == (False, True)
    periodic = {task.task.name for task in app.periodic_registry.periodic_tasks.values()}
    assert "medevac.site.tasks.delete_ended_sessions" in periodic


def test_the_rescue_runs_by_itself_every_few_seconds() -> None:
    """Tests that every worker has the rescue among its periodic jobs."""
    periodic = {task.task.name: task.cron for task in app.periodic_registry.periodic_tasks.values()}
    assert periodic["medevac.site.tasks.rescue_stalled_jobs"] == "* * * * * */5"
