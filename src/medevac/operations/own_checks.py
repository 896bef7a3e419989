"""Whether the database answers, is of this version, and has a worker: the checks that every room rests on."""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from medevac.operations.readiness import Answer, register_check

WORKER_AWAY_SECONDS = 60.0  # a worker that is started again is back well before
USUAL_SILENT_SECONDS = 30.0  # procrastinate's own
JOB_WAITS_SECONDS = 600.0

_LATEST_HEARTBEAT = "SELECT EXTRACT(EPOCH FROM now() - max(last_heartbeat)) FROM procrastinate_workers"
_OLDEST_JOB = """
    SELECT EXTRACT(EPOCH FROM now() - min(coalesce(job.scheduled_at, event.at)))
    FROM procrastinate_jobs AS job
    JOIN procrastinate_events AS event ON event.job_id = job.id AND event.type = 'deferred'
    WHERE job.status = 'todo' AND coalesce(job.scheduled_at, event.at) <= now()
"""


def register_own_checks() -> None:
    """Add the checks of this room, in the order in which they rest on each other."""
    register_check("database")(database)
    register_check("migrations")(migrations)
    register_check("worker")(worker)
    register_check("jobs")(jobs)


def database() -> Answer:
    """Whether the database answers at all, and takes changes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_is_in_recovery()")
        (copying,) = cursor.fetchone()
    if copying:
        return Answer(False, "The database answers, but is a copy that takes no changes.")
    return Answer(True, "The database answers.")


def migrations() -> Answer:
    """Whether the database is of this version."""
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    unknown = set(executor.loader.applied_migrations) - set(executor.loader.disk_migrations)
    figures = (("missing_count", float(len(missing))), ("unknown_count", float(len(unknown))))
    if unknown:
        return Answer(False, "The database was used by a newer medevac.", figures)
    if missing:
        return Answer(False, "The database lacks migrations: run `medevac migrate`.", figures)
    return Answer(True, "The database is of this version.", figures)


def worker() -> Answer:
    """Whether a worker has shown lately that it lives."""
    seconds = _seconds(_LATEST_HEARTBEAT)
    given = getattr(settings, "PROCRASTINATE_WORKER_DEFAULTS", {})
    patience = given.get("stalled_worker_timeout", USUAL_SILENT_SECONDS) + WORKER_AWAY_SECONDS
    if seconds is None:
        return Answer(False, "No worker has ever run: start one with `medevac worker`.")
    figures = (("heartbeat_age_seconds", seconds),)
    if seconds > patience:
        return Answer(False, f"No worker has shown for {seconds:.0f} s that it lives.", figures)
    return Answer(True, "A worker lives.", figures)


def jobs() -> Answer:
    """How long the oldest job has waited that a worker could do now."""
    seconds = _seconds(_OLDEST_JOB) or 0.0
    figures = (("oldest_age_seconds", seconds),)
    if seconds > JOB_WAITS_SECONDS:
        return Answer(False, f"A job has waited for {seconds:.0f} s; workers are too few or stuck.", figures)
    return Answer(True, "No job has waited for long.", figures)


def _seconds(question: str) -> float | None:
    with connection.cursor() as cursor:
        cursor.execute(question)
        (seconds,) = cursor.fetchone()
    return None if seconds is None else max(0.0, float(seconds))
