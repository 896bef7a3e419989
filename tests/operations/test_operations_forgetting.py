"""Tests that a forgotten person is in no row, history or reason any more, and a tombstone stays."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from uuid import uuid4

import psycopg
import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from somebody_known import KNOWN, REASON, tables_with, two, zoriana
from world import World

from medevac.audit.history import recordings
from medevac.directory.models import Hospital
from medevac.messages.models import Delivery, Event, Message
from medevac.operations.forgetting import (
    FORGOTTEN,
    Destroyed,
    Emptied,
    Person,
    Removed,
    person_kinds,
    register_traces,
    traces_of,
    untraced,
)
from medevac.operations.models import LegalHold, Tombstone
from medevac.operations.services.forgetting import CannotForgetError, forget
from medevac.people.models import User
from medevac.people.roles import Role

pytestmark = pytest.mark.django_db(transaction=True)
AsOwner = Callable[[], AbstractContextManager[None]]


def test_nothing_of_the_person_is_left(world: World, as_owner: AsOwner) -> None:
    """Tests that every table, history and log included, held a value before and holds none afterwards."""
    user = zoriana(world)
    assert {"people_user", "people_userevent", "people_emergencyaccessevent", "audit_look"} <= set(
        tables_with(KNOWN[0])
    )
    assert {"people_invitation", "people_invitationevent"} <= set(tables_with(KNOWN[4]))
    sessions = Session.objects.count()
    with as_owner():
        tombstone = forget(Person("people.user", user.pk), **two(world), reason=REASON, do=True)
        assert {value: tables_with(value) for value in KNOWN} == {value: [] for value in KNOWN}
    assert Session.objects.count() == sessions - 1
    kept = User.objects.get(pk=user.pk)
    assert (kept.name, kept.phone, kept.has_usable_password()) == ("—", "", False)
    hospital = Hospital.unscoped.get()
    assert (hospital.contact_phone, hospital.contact_email) == ("", "ward@example.org")
    told = Message.unscoped.get()
    assert told.user == world.people[Role.OBLAST_COORDINATOR]
    assert told.sentences == [FORGOTTEN, "Read it."]
    assert not Event.unscoped.filter(user=user.pk).exists()
    for kind in ("messages.message", "messages.delivery"):
        assert not recordings()[kind].events.objects.filter(user_id=user.pk).exists()
    assert Delivery.unscoped.get().message == told
    assert Tombstone.unscoped.get() == tombstone
    assert tombstone.reason == REASON
    assert tombstone.counts["people_user"] == 1
    assert tombstone.counts["sessions"] == 1


def test_nothing_of_others_is_lost(world: World, as_owner: AsOwner) -> None:
    """Tests that rows and history of everybody else stay as they were."""
    user = zoriana(world)
    events = recordings()["people.user"].events

    def others() -> list[object]:
        rows = User.objects.exclude(pk=user.pk).order_by("pk")
        lines = events.objects.exclude(pgh_obj_id=user.pk).order_by("pk")
        return [list(rows.values()), list(lines.values())]

    before = others()
    with as_owner():
        forget(Person("people.user", user.pk), **two(world), reason=REASON, do=True)
    assert others() == before


def test_the_dry_run_changes_nothing_and_counts_the_same(world: World, as_owner: AsOwner) -> None:
    """Tests that the dry run is taken back whole, and tells the figures of the deed."""
    user = zoriana(world)
    before = {value: tables_with(value) for value in KNOWN}
    with as_owner():
        tried = forget(Person("people.user", user.pk), **two(world), reason=REASON, do=False)
        assert {value: tables_with(value) for value in KNOWN} == before
        assert not Tombstone.unscoped.exists()
        done = forget(Person("people.user", user.pk), **two(world), reason=REASON, do=True)
    assert tried.counts == done.counts


def test_a_deed_that_breaks_is_taken_back_whole(world: World, as_owner: AsOwner) -> None:
    """Tests that a fault in the last room undoes what the others have done."""
    user = zoriana(world)
    before = {value: tables_with(value) for value in KNOWN}

    @register_traces("people.user")
    def broken(_: Person):  # type: ignore[no-untyped-def]
        raise RuntimeError("a room that breaks")
        yield

    try:
        with as_owner(), pytest.raises(RuntimeError, match="a room that breaks"):
            forget(Person("people.user", user.pk), **two(world), reason=REASON, do=True)
    finally:
        _take_away(broken)
    assert {value: tables_with(value) for value in KNOWN} == before


def test_keys_are_destroyed_and_counted(world: World, as_owner: AsOwner) -> None:
    """Tests that a room destroys keys that it keeps beside its rows, and that the tombstone counts them."""
    user = zoriana(world)
    keys = {user.pk: [b"key of a letter", b"key of a picture"], uuid4(): [b"another's"]}

    @register_traces("people.user")
    def documents(someone: Person):  # type: ignore[no-untyped-def]
        yield Destroyed("keys of documents", len(keys.pop(someone.pk)))

    try:
        with as_owner():
            done = forget(Person("people.user", user.pk), **two(world), reason=REASON, do=True)
    finally:
        _take_away(documents)
    assert done.counts["keys of documents"] == 2
    assert list(keys.values()) == [[b"another's"]]


def _take_away(traces: object) -> None:
    from medevac.operations import forgetting

    forgetting._TRACES["people.user"].remove(traces)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"agreed_by": Role.AUDITOR}, "two different people"),
        ({"asked_by": Role.REGION}, "--asked-by: expected somebody with the right"),
        ({"agreed_by": Role.HOSPITAL_COORDINATOR}, "--agreed-by: expected somebody with the right"),
        ({"reason": "asked"}, "at least 20 letters"),
        ({"reason": "Zoriana Zavada has asked for it in writing"}, "do not name the person"),
    ],
)
def test_refusals(world: World, as_owner: AsOwner, changed: dict[str, object], sentence: str) -> None:
    """Tests who may not, and why not, each with nothing changed."""
    user = zoriana(world)
    given: dict[str, object] = {**two(world), "reason": REASON}
    for name, value in changed.items():
        given[name] = world.people[value] if isinstance(value, Role) else value
    with as_owner(), pytest.raises(CannotForgetError, match=sentence):
        forget(Person("people.user", user.pk), do=True, **given)  # type: ignore[arg-type]
    assert tables_with(KNOWN[0])


def test_who_is_active_or_held_is_not_forgotten(world: World, as_owner: AsOwner) -> None:
    """Tests that an account is closed first, and that a legal hold stops forgetting as well."""
    user = zoriana(world)
    active = world.people[Role.REGION]
    LegalHold.unscoped.create(
        kind="people.user", thing=user.pk, reason="A court has asked for it.", set_by=uuid4()
    )
    with as_owner():
        with pytest.raises(CannotForgetError, match="Expected a deactivated user"):
            forget(Person("people.user", active.pk), **two(world), reason=REASON, do=True)
        with pytest.raises(CannotForgetError, match="A legal hold"):
            forget(Person("people.user", user.pk), **two(world), reason=REASON, do=True)
        with pytest.raises(CannotForgetError, match="Expected somebody with the number"):
            forget(Person("people.user", uuid4()), **two(world), reason=REASON, do=True)
        with pytest.raises(CannotForgetError, match="Expected a kind of person"):
            forget(Person("people.hero", user.pk), **two(world), reason=REASON, do=True)


@pytest.mark.any_postgresql
def test_the_role_of_the_web_cannot_forget_or_forge(world: World) -> None:
    """Tests that web and worker can neither forget nor write a tombstone."""
    user = zoriana(world)
    with pytest.raises(CannotForgetError, match="Expected the owner of the tables"):
        forget(Person("people.user", user.pk), **two(world), reason=REASON, do=True)
    for statement in (
        "INSERT INTO operations_tombstone SELECT * FROM operations_tombstone",
        "UPDATE operations_tombstone SET reason = ''",
        "DELETE FROM operations_tombstone",
        "TRUNCATE operations_tombstone",
    ):
        with psycopg.connect(**_parameters()) as opened, pytest.raises(psycopg.errors.InsufficientPrivilege):
            opened.execute(statement)


def _parameters() -> dict[str, str]:
    given = connection.settings_dict
    return {"dbname": given["NAME"], "user": given["USER"], "host": given["HOST"]}


def test_no_room_forgets_to_forget() -> None:
    """Tests that every recorded kind with fields under a personal right is among the traces, or exempt."""
    traces = [trace for kind in person_kinds() for trace in traces_of(Person(kind, uuid4()))]
    known = {trace.model._meta.label_lower for trace in traces if isinstance(trace, (Emptied, Removed))}
    assert untraced(known) == set()
