"""Tests that a forgotten person is in no row, history or reason any more, and a tombstone stays."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from world import World, member, person, sign_in

from medevac.audit.context import Acting, acting
from medevac.audit.history import recordings
from medevac.audit.services import record_look
from medevac.directory.models import Hospital
from medevac.messages.models import Delivery, Message
from medevac.operations.forgetting import (
    FORGOTTEN,
    Destroyed,
    Emptied,
    Person,
    Removed,
    register_traces,
    traces_of,
    untraced,
)
from medevac.operations.models import LegalHold, Tombstone
from medevac.operations.services.forgetting import CannotForgetError, forget
from medevac.people.models import EmergencyAccess, Invitation, User
from medevac.people.roles import Role

pytestmark = pytest.mark.django_db(transaction=True)
AsOwner = Callable[[], AbstractContextManager[None]]
REASON = "The person has asked for it in writing."
# Every value by which the person of these tests is known, now or before.
KNOWN = (
    "Зоряна Завада",
    "Zoriana Zavada",
    "Зоряна Калина",
    "zoriana@example.org",
    "z.kalyna@example.org",
    "+380441234567",
)


def zoriana(world: World) -> User:
    """Somebody who changed name and address, was invited, has a session, and is named in others' reasons."""
    user = person("zoriana")
    member(user, world["hospital"], Role.HOSPITAL_COORDINATOR)
    User.objects.filter(pk=user.pk).update(
        name=KNOWN[2], latin_name="Z. Kalyna", email=KNOWN[4], phone=KNOWN[5]
    )
    User.objects.filter(pk=user.pk).update(name=KNOWN[0], latin_name=KNOWN[1], email=KNOWN[3])
    now = timezone.now()
    Invitation.unscoped.create(
        email=KNOWN[4],
        organisation=world["hospital"],
        role=Role.HOSPITAL_COORDINATOR,
        token_digest=b"z" * 32,
        invited_by=uuid4(),
        invited_at=now,
        expires_at=now + timedelta(days=7),
        withdrawn_at=now,
        withdrawn_by=uuid4(),
    )
    user.refresh_from_db()
    sign_in(Client(), user)
    _name_in_reasons(world, user)
    _name_in_rooms_above(world, user)
    User.objects.filter(pk=user.pk).update(is_active=False, deactivated_at=now)
    return user


def _name_in_reasons(world: World, user: User) -> None:
    now = timezone.now()
    other = world.people[Role.OBLAST_COORDINATOR]
    reason = f"{KNOWN[0]} ({KNOWN[5]}) was hurt and cannot be reached."
    EmergencyAccess.unscoped.create(
        user=other,
        subject_kind="people.organisation",
        subject_id=world["hospital"].pk,
        owner=world["hospital"],
        reason=reason,
        opened_at=now,
        expires_at=now + timedelta(hours=1),
    )
    with transaction.atomic(), acting(Acting(actor=other.pk, reason=reason)):
        record_look("people.see_members", "people.user", {user.pk: world["hospital"].pk})
        world["hospital"].save()
        type(world["hospital"]).unscoped.filter(pk=world["hospital"].pk).update(latin_name="Hospital")


def _name_in_rooms_above(world: World, user: User) -> None:
    """In what was told to the person and to others, and as the contact of a hospital that has another now."""
    other = world.people[Role.OBLAST_COORDINATOR]
    for told in (user, other):
        message = Message.unscoped.create(
            user=told,
            kind="people.emergency_opened",
            subject=f"About {KNOWN[0]}",
            sentences=[KNOWN[1], "Read it."],
        )
        Delivery.unscoped.create(
            message=message,
            user=told,
            channel="email",
            kind=message.kind,
            recipient=told.email,
            reference=f"<{message.pk}@example.org>",
            state="waiting",
            due_at=timezone.now(),
        )
    hospital = Hospital.unscoped.create(
        keeper=world["receiver"],
        name="Hospital",
        country="NO",
        latitude=60,
        longitude=10,
        contact_phone=KNOWN[5],
        contact_email=KNOWN[3],
    )
    Hospital.unscoped.filter(pk=hospital.pk).update(contact_email="ward@example.org")


def tables_with(value: str) -> list[str]:
    """Every table of the database in which the value stands anywhere."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        found = []
        for (table,) in cursor.fetchall():
            cursor.execute(
                f'SELECT count(*) FROM "{table}" AS line WHERE position(lower(%s) IN lower(line::text)) > 0',
                [value],
            )
            if cursor.fetchone()[0]:
                found.append(table)
    return found


def two(world: World) -> dict[str, User]:
    """The two people whom it takes."""
    return {"asked_by": world.people[Role.AUDITOR], "agreed_by": world.people[Role.ADMINISTRATOR]}


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
    traces = list(traces_of(Person("people.user", uuid4())))
    known = {trace.model._meta.label_lower for trace in traces if isinstance(trace, (Emptied, Removed))}
    assert untraced(known) == set()
