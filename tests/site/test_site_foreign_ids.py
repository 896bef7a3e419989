"""Tests that an id in an address opens nothing to somebody of another owner in the same installation.

Every address with an id is asked, so that the addresses of rooms to come are, too.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
import world
from django.apps import apps
from django.db import transaction
from django.db.models import Model, UUIDField
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from medevac.api.services import make_token
from medevac.directory.models import Mission
from medevac.people.models import EmergencyAccess, Invitation, Organisation, User
from medevac.people.notices import Notice, give
from medevac.people.organisation_kinds import Kind
from medevac.people.roles import Role
from medevac.people.services.demonstration import account_of

REFUSED = (403, 404, 405)
IDS = ("public_id", "code")


def addresses_with_ids(
    patterns: list[URLPattern | URLResolver], space: str = "", above: frozenset[str] = frozenset()
) -> Iterator[tuple[str, frozenset[str]]]:
    """The name of each address that names a row, and what is filled into it."""
    for pattern in patterns:
        filled = above | set(pattern.pattern.converters)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from addresses_with_ids(pattern.url_patterns, inner, filled)
        elif filled & set(IDS) and not space.startswith("api:"):
            yield f"{space}{pattern.name}", filled


@pytest.fixture
def foreign(demonstrated: object) -> dict[str, dict[str, Model]]:
    """A row of each kind that somebody else's mission has, by the room and the kind."""
    administrator = account_of(Role.ADMINISTRATOR)
    assert administrator is not None
    place = Organisation.unscoped.get(latin_name="Fjord universitetssykehus")
    now = timezone.now()
    EmergencyAccess.unscoped.create(
        user=administrator,
        subject_kind="people.organisation",
        subject_id=place.pk,
        owner=place,
        reason="a reason of more than twenty letters",
        opened_at=now,
        expires_at=now + timedelta(hours=1),
    )
    Invitation.unscoped.create(
        email="new@example.org",
        organisation=place,
        role=Role.READER,
        language="en",
        token_digest=b"x" * 32,
        invited_by=administrator.pk,
        invited_at=now,
        expires_at=now + timedelta(days=1),
    )
    make_token(administrator, place, name="t", role=Role.READER, scopes=["organisations.read"], days=1)
    with transaction.atomic():
        give(
            Notice(
                kind="emergency_opened",
                subject="Told",
                sentences=("A sentence.",),
                address="/people/emergency/",
                language="en",
                user=administrator.pk,
                email=administrator.email,
            )
        )
    rows: dict[str, dict[str, Model]] = {}
    for model in apps.get_models():
        if isinstance(model._meta.pk, UUIDField) and (row := model._base_manager.first()) is not None:
            rows.setdefault(model._meta.app_label, {})[model._meta.label_lower] = row
    rows["people"]["people.organisation"] = place
    return rows


@pytest.fixture
def outsider(foreign: dict[str, dict[str, Model]], settings) -> Client:
    """The administrator of another owner: no role reaches further, and it must not reach here."""
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 24 * 3600  # a busy machine needs more than five minutes
    owner = Organisation.unscoped.create(name="Other", latin_name="Other", kind=Kind.OWNER, country="SE")
    user = world.person("outsider")
    world.member(user, owner, Role.ADMINISTRATOR)
    return world.sign_in(Client(), user)


def asked(name: str, filled: frozenset[str], rows: dict[str, dict[str, Model]]) -> Iterator[str]:
    """The addresses of one name, filled with the foreign rows of its room."""
    room = {"tokens": "api", "audit": "people"}.get(name.split(":")[0], name.split(":")[0])
    for kind, row in rows[room].items():
        values = {
            "public_id": row.pk,
            "code": Mission.unscoped.values_list("code", flat=True)[0],
            "kind": kind if "mission" not in name and "part" not in name else "limits",
        }
        yield reverse(name, kwargs={key: values.get(key, "none") for key in filled})


def test_foreign_ids_open_nothing(outsider: Client, foreign: dict[str, dict[str, Model]]) -> None:
    """Tests every address with an id, with rows of every kind of its room, reading and writing."""
    names = sorted(set(addresses_with_ids(get_resolver().url_patterns)))
    assert len(names) > 30
    opened = []
    for name, filled in names:
        if name.split(":")[0] not in {"people", "directory", "messages", "tokens", "audit", "operations"}:
            foreign.setdefault(name.split(":")[0], {"none": Organisation(pk=uuid4())})
        for address in asked(name, filled, {"operations": {"none": Organisation(pk=uuid4())}, **foreign}):
            for answer in (outsider.get(address), outsider.post(address, {"reason": "x" * 30})):
                if answer.status_code not in REFUSED:
                    opened.append((name, address, answer.status_code, answer.headers.get("Location")))
    assert opened == []
    assert User.objects.filter(is_active=False).count() == 0
