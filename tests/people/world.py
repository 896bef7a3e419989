"""A small invented world: organisations, a person for each role, and an owner foreign to the rest."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone

from medevac.people.models import Membership, Organisation, User
from medevac.people.organisation_kinds import Kind
from medevac.people.roles import Role

PASSWORD = "rain over Lviv 26"


@dataclass
class World:
    """Organisations and people by short names.

    ::

        owner ─ admits ─ ministry ─┬─ oblast ── hospital
                                   └─ other_oblast ── other_hospital
                         centre ── region ── receiver
                         desk, hub, ground, municipality, immigration, donor, partner, funder
        stranger: a second owner, admitted by nobody, with a receiving hospital of its own
    """

    organisations: dict[str, Organisation] = field(default_factory=dict)
    people: dict[Role, User] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Organisation:
        return self.organisations[name]


PLACES: tuple[tuple[str, Kind, str, str | None, bool], ...] = (
    # name, kind, country, parent, admitted by the owner
    ("owner", Kind.OWNER, "NO", None, False),
    ("ministry", Kind.MINISTRY, "UA", None, True),
    ("oblast", Kind.OBLAST, "UA", "ministry", False),
    ("hospital", Kind.SENDING_HOSPITAL, "UA", "oblast", False),
    ("other_oblast", Kind.OBLAST, "UA", "ministry", False),
    ("other_hospital", Kind.SENDING_HOSPITAL, "UA", "other_oblast", False),
    ("centre", Kind.CENTRE, "NO", None, True),
    ("region", Kind.REGION, "NO", "centre", False),
    ("receiver", Kind.RECEIVING_HOSPITAL, "NO", "region", False),
    ("desk", Kind.FLIGHT_DESK, "NO", "owner", False),
    ("hub", Kind.HUB, "PL", None, True),
    ("ground", Kind.GROUND, "NO", "region", False),
    ("municipality", Kind.MUNICIPALITY, "NO", None, True),
    ("immigration", Kind.IMMIGRATION, "NO", None, True),
    ("donor", Kind.DONOR, "NO", None, True),
    ("partner", Kind.PARTNER, "NO", None, True),
    ("funder", Kind.FUNDER, "NO", None, True),
    ("stranger", Kind.OWNER, "SE", None, False),
    ("stranger_hospital", Kind.RECEIVING_HOSPITAL, "SE", "stranger", False),
)
PLACE_OF: dict[Role, str] = {
    Role.HOSPITAL_COORDINATOR: "hospital",
    Role.OBLAST_COORDINATOR: "oblast",
    Role.MINISTRY: "ministry",
    Role.COORDINATION_CENTRE: "centre",
    Role.REGION: "region",
    Role.RECEIVING_HOSPITAL: "receiver",
    Role.FLIGHT_DESK: "desk",
    Role.HUB_CREW: "hub",
    Role.GROUND_CREW: "ground",
    Role.MUNICIPALITY: "municipality",
    Role.IMMIGRATION: "immigration",
    Role.DONOR: "donor",
    Role.PARTNER: "partner",
    Role.FUNDER: "funder",
    Role.READER: "owner",
    Role.ADMINISTRATOR: "owner",
    Role.AUDITOR: "owner",
}


def build() -> World:
    """Every organisation, and for each role one person in it."""
    world = World()
    for name, kind, country, parent, admitted in PLACES:
        world.organisations[name] = Organisation(
            name=name,
            latin_name=name,
            kind=kind,
            country=country,
            parent=world[parent] if parent else None,
            admitted_by=world["owner"] if admitted else None,
        )
    Organisation.unscoped.bulk_create(world.organisations.values())
    kept = make_password(PASSWORD)  # one for all: nobody compares what is kept
    for role in PLACE_OF:
        world.people[role] = User(
            email=f"{role.value}@example.org",
            password=kept,
            name=role.value.capitalize(),
            latin_name=role.value.capitalize(),
        )
    people = world.people.values()
    User.objects.bulk_create(people)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, primary=True, verified=True) for user in people
    )
    Membership.unscoped.bulk_create(
        membership(user, world[PLACE_OF[role]], role) for role, user in world.people.items()
    )
    return world


def person(name: str, *, language: str = "en") -> User:
    """An invented person with a password."""
    user = User.objects.create_user(
        f"{name}@example.org",
        PASSWORD,
        name=name.capitalize(),
        latin_name=name.capitalize(),
        language=language,
    )
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user


def member(user: User, organisation: Organisation, role: Role, *, days: int = 0) -> Membership:
    """A membership that began some days ago and is to be confirmed in 180 days from then."""
    kept = membership(user, organisation, role, days=days)
    kept.save()
    return kept


def membership(user: User, organisation: Organisation, role: Role, *, days: int = 0) -> Membership:
    """The same, not kept yet."""
    began = timezone.now() - timedelta(days=days, seconds=1)
    return Membership(
        user=user, organisation=organisation, role=role, starts=began, review_due=began + timedelta(days=180)
    )


def sign_in(client: Client, user: User, *, strongly: bool = True) -> Client:
    """Sign in past the pages, with a second factor unless told otherwise."""
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    request = HttpRequest()
    request.session = client.session
    record_authentication(request, user, "password", reauthenticated=True)
    if strongly:
        record_authentication(request, user, "mfa", type="totp", reauthenticated=True)
    request.session.save()
    return client
