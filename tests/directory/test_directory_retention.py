"""Tests that what missions say of retention is what retention does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from directory_places import Places
from django.db import connection, transaction
from django.utils import timezone

from medevac.audit.context import Acting, acting
from medevac.audit.models import Look
from medevac.audit.services import record_look
from medevac.database import APP, OWNER
from medevac.directory.models import Mission, RetentionPeriod
from medevac.operations.keeping import keepings
from medevac.operations.services import retention
from medevac.people.days import current_day
from medevac.people.roles import Role

pytestmark = pytest.mark.django_db
BEGINS = date(2022, 5, 1)


def says(mission: Mission, months: int, *, last_day: date | None = None, what: str = "access") -> None:
    """Have a mission say how long something is kept."""
    RetentionPeriod.unscoped.create(
        mission=mission, what=what, months=months, basis="A law.", first_day=BEGINS, last_day=last_day
    )


def another(places: Places) -> Mission:
    """A second mission of the same owner."""
    return Mission.unscoped.create(
        code="gaza",
        name_en="From Gaza",
        name_nb="Fra Gaza",
        name_uk="З Гази",
        owner=places.world["owner"],
        first_day=BEGINS,
    )


def test_the_longest_period_of_the_missions_counts(places: Places) -> None:
    """Tests the rule's own period, then one mission's, then the longer of two; ended ones count no more."""
    looks = keepings()["audit.look"]
    assert (looks.period().months, looks.period().says) == (120, "")
    says(places.mission, 60)
    assert (looks.period().months, looks.period().says) == (60, "From Ukraine")
    says(another(places), 240)
    assert (looks.period().months, looks.period().says, looks.period().because) == (
        240,
        "From Gaza",
        "A law.",
    )
    RetentionPeriod.unscoped.filter(months=240).update(last_day=current_day() - timedelta(days=1))
    assert looks.period().months == 60


def test_months_end_on_the_calendar(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests that a month before the 31st of March is the last of February, also over the turn of a year."""
    says(places.mission, 1)
    march = datetime(2024, 3, 31, 12, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: march)
    assert keepings()["audit.look"].before().date() == date(2024, 2, 29)
    RetentionPeriod.unscoped.update(months=15)
    assert keepings()["audit.look"].before().date() == date(2022, 12, 31)


def test_what_missions_say_is_read_by_a_rule_or_waits_for_its_room() -> None:
    """Tests that every kind of period is read; what hangs on cases and documents comes with their rooms."""
    read = {keeping.what for keeping in keepings().values()} - {""}
    assert set(RetentionPeriod.What.values) - read == {"case", "documents", "messages", "history"}


@pytest.mark.django_db(transaction=True)
def test_a_mission_that_keeps_for_longer_is_heard_by_the_deed(places: Places) -> None:
    """Tests a list made when five years counted: what is six years old stays once a mission says ten."""
    viewer = places.world.people[Role.ADMINISTRATOR]
    says(places.mission, 60)
    with transaction.atomic(), acting(Acting(actor=viewer.pk)):
        record_look("see.personal", "people.user", {uuid4(): places.world["hospital"].pk})
        record_look("see.personal", "people.user", {uuid4(): places.world["hospital"].pk})
    first, second = Look.unscoped.order_by("id")
    with as_owner():
        Look.unscoped.filter(pk=first.pk).update(at=timezone.now() - timedelta(days=6 * 366))
        Look.unscoped.filter(pk=second.pk).update(at=timezone.now() - timedelta(days=11 * 366))
    run = retention.list_what_would_go(viewer, "audit.look")
    assert run.listed_count == 2
    retention.decide(viewer, run, reason="The law asks for five years.")
    RetentionPeriod.unscoped.update(months=120)
    with as_owner():
        assert sum(retention.carry_out(run)) == 1
    assert [look.pk for look in Look.unscoped.all()] == [first.pk]


@contextmanager
def as_owner() -> Iterator[None]:
    """The connection as the owner's, as commands have it."""
    connection.close()
    connection.settings_dict["USER"] = OWNER
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["USER"] = APP
