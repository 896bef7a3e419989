"""Says who acts while a worker does a job: a service, by the job's name.

The worker wraps every job in one of the two functions below, whatever room the job belongs to.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from medevac.audit.context import Acting, acting

if TYPE_CHECKING:
    from procrastinate import App, JobContext
    from procrastinate.worker import Worker


def say_who_acts(app: App) -> None:
    """Have every job of this application wrapped; named in the setting PROCRASTINATE_ON_APP_READY."""
    wrapped = [*app.worker_defaults.get("task_middleware", []), as_job, as_async_job]
    app.worker_defaults["task_middleware"] = wrapped


def as_job(call_next: Callable[[], Any], context: JobContext, worker: Worker) -> Any:
    """Do a job that is an ordinary function; within its own thread, where the context is not inherited."""
    with acting(_acting_of(context)):
        return call_next()


async def as_async_job(call_next: Callable[[], Awaitable[Any]], context: JobContext, worker: Worker) -> Any:
    """Do a job that is a coroutine."""
    with acting(_acting_of(context)):
        return await call_next()


def _acting_of(context: JobContext) -> Acting:
    return Acting(kind="service", page=f"job:{context.job.task_name}")
