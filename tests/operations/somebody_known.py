"""Somebody to be forgotten, whose values lie in many rooms, and where they are found."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from world import World, member, person, sign_in

from medevac.audit.context import Acting, acting
from medevac.audit.services import record_look
from medevac.directory.models import Hospital
from medevac.messages.events import publish
from medevac.messages.models import Delivery, Message
from medevac.people.models import EmergencyAccess, Invitation, User
from medevac.people.roles import Role

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
        publish(told.pk, "unread", {"message": str(message.pk)})
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
