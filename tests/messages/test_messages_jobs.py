"""Tests that whatever a worker's job changes is on record as that job's deed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from kill_service.mail_server import MailServer
from medevac.audit.history import recordings
from medevac.messages.models import Delivery, Message
from medevac.messages.services import tell
from medevac.people.models import User

pytestmark = pytest.mark.django_db(transaction=True)
OFFER = "tests.offer_arrived"  # of conftest


def work_off() -> None:
    """Do every job that waits, as a worker does them."""
    working = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]

    async def work() -> None:
        async with working.open_async():
            with app.replace_connector(working.connector):
                await working.run_worker_async(wait=False, install_signal_handlers=False, listen_notify=False)

    asyncio.run(work())


@pytest.fixture(autouse=True)
def no_connection_of_threads_is_left() -> Iterator[None]:
    """Jobs run in threads of their own, whose connections the worker closes."""
    yield
    connection.close()


def lines() -> list[dict[str, Any]]:
    """Who acted, of every line of history."""
    events = [recording.events for recording in recordings().values()]
    return [line.pgh_context for kind in events for line in kind.objects.all()]


def forget_lines() -> None:
    """Begin the history anew, as its owner could."""
    from medevac.database import APP, OWNER

    connection.close()
    connection.settings_dict["USER"] = OWNER
    for recording in recordings().values():
        recording.events.objects.all()._raw_delete("default")
    connection.close()
    connection.settings_dict["USER"] = APP


def test_a_delivery_is_the_deed_of_its_job(olena: User, mail_server: MailServer) -> None:
    """Tests that the history of an e-mail has no line without somebody who acted, and no address."""
    with transaction.atomic():
        tell(olena, OFFER, facts={"hospital": "Ahus", "name": "Ivan"}, pseudonym="UA-1")
    forget_lines()
    work_off()
    assert len(mail_server.taken) == 1
    said = lines()
    assert said
    # Every fifteen seconds a worker also looks for what waits, and may be the first.
    jobs = {("service", "job:messages.deliver"), ("service", "job:messages.look")}
    assert {(line["kind"], line["page"]) for line in said} <= jobs
    events = recordings()["messages.delivery"].events.objects
    assert [line.state for line in events.order_by("pgh_id")] == ["waiting", "sent"]
    assert not hasattr(events.first(), "recipient")


def test_no_job_leaves_a_line_without_an_actor(olena: User, kari: User, mail_server: MailServer) -> None:
    """Tests every periodic job with work for it: what they change, each says it has changed."""
    with transaction.atomic():
        for number in range(3):
            tell(olena, OFFER, facts={"hospital": "Ahus", "name": "Ivan"}, pseudonym=f"UA-{number}")
    long_ago = timezone.now() - timedelta(days=40)
    first, second, third = Delivery.unscoped.order_by("pk")
    Delivery.unscoped.filter(pk=first.pk).update(state="gathered", due_at=long_ago)
    Delivery.unscoped.filter(pk=second.pk).update(due_at=long_ago, tries=1, created_at=long_ago)
    Delivery.unscoped.filter(pk=third.pk).update(state="dead", created_at=long_ago, secret_link="https://x/")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    forget_lines()
    for name in ("messages.watch", "messages.tidy", "messages.look"):
        app.tasks[name].defer(timestamp=0)
        work_off()
    for task in app.periodic_registry.periodic_tasks.values():
        task.task.defer(timestamp=0)
    work_off()
    assert Message.unscoped.filter(user=kari, kind="messages.channel_silent").exists()
    pages = {(line["kind"], line["page"]) for line in lines()}
    assert {("service", f"job:messages.{name}") for name in ("watch", "tidy", "look")} <= pages
    assert {kind for kind, _ in pages} == {"service"}
    assert all(page.startswith("job:") for _, page in pages)


def test_reading_and_doing_are_on_record(olena: User) -> None:
    """Tests that who read a message, and when, has a history, and that its text stands in no line of it."""
    from medevac.audit.context import Acting, acting
    from medevac.messages.services import mark_read

    with transaction.atomic():
        message = tell(olena, OFFER, facts={"hospital": "Ahus", "name": "Ivan"}, pseudonym="UA-1")
    with acting(Acting(actor=olena.pk, page="messages:read")):
        mark_read(olena, message)
    line = recordings()["messages.message"].events.objects.latest("pgh_id")
    assert line.read_at is not None
    assert (line.pgh_label, line.pgh_context["actor"]) == ("update", str(olena.pk))
    assert "Ivan" not in str(line.__dict__)
