"""The demonstration's organisations, and one invented person for each role."""

from __future__ import annotations

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from medevac.people.models import Membership, Organisation, User
from medevac.people.organisation_kinds import Kind
from medevac.people.roles import Role

# Key, kind, country, name, name in Latin letters, part of; what is part of nothing is admitted by the first.
PLACES: tuple[tuple[str, Kind, str, str, str, str], ...] = (
    ("owner", Kind.OWNER, "NO", "Helsedirektoratet (demo)", "Helsedirektoratet (demo)", ""),
    ("ministry", Kind.MINISTRY, "UA", "МОЗ України (демо)", "MOZ Ukrainy (demo)", ""),
    (
        "oblast",
        Kind.OBLAST,
        "UA",
        "Харківський департамент (демо)",
        "Kharkivskyi departament (demo)",
        "ministry",
    ),
    ("hospital", Kind.SENDING_HOSPITAL, "UA", "Лікарня № 1 (демо)", "Likarnia No. 1 (demo)", "oblast"),
    ("centre", Kind.CENTRE, "NO", "Koordineringssenter (demo)", "Koordineringssenter (demo)", ""),
    ("region", Kind.REGION, "NO", "Helseregion vest (demo)", "Helseregion vest (demo)", "centre"),
    ("receiver", Kind.RECEIVING_HOSPITAL, "NO", "Sykehus vest (demo)", "Sykehus vest (demo)", "region"),
    ("desk", Kind.FLIGHT_DESK, "NO", "Flygedesk (demo)", "Flygedesk (demo)", "owner"),
    ("hub", Kind.HUB, "PL", "Hub Rzeszów (demo)", "Hub Rzeszow (demo)", ""),
    ("ground", Kind.GROUND, "NO", "Ambulanse vest (demo)", "Ambulanse vest (demo)", "region"),
    ("municipality", Kind.MUNICIPALITY, "NO", "Kommune (demo)", "Kommune (demo)", ""),
    ("immigration", Kind.IMMIGRATION, "NO", "Utlendingsdirektorat (demo)", "Utlendingsdirektorat (demo)", ""),
    ("donor", Kind.DONOR, "NO", "Helseforetak giver (demo)", "Helseforetak giver (demo)", ""),
    ("partner", Kind.PARTNER, "NO", "Partnerinstitusjon (demo)", "Partnerinstitusjon (demo)", ""),
    ("funder", Kind.FUNDER, "NO", "Finansiør (demo)", "Finansior (demo)", ""),
)
# Role, organisation, language, name, name in Latin letters.
PEOPLE: tuple[tuple[Role, str, str, str, str], ...] = (
    (Role.HOSPITAL_COORDINATOR, "hospital", "uk", "Олена Демченко", "Olena Demchenko"),
    (Role.OBLAST_COORDINATOR, "oblast", "uk", "Тарас Зразковий", "Taras Zrazkovyi"),
    (Role.MINISTRY, "ministry", "uk", "Ірина Показова", "Iryna Pokazova"),
    (Role.COORDINATION_CENTRE, "centre", "nb", "Kari Eksempel", "Kari Eksempel"),
    (Role.REGION, "region", "nb", "Nils Prøve", "Nils Prove"),
    (Role.RECEIVING_HOSPITAL, "receiver", "nb", "Åse Mønster", "Ase Monster"),
    (Role.FLIGHT_DESK, "desk", "nb", "Per Skisse", "Per Skisse"),
    (Role.HUB_CREW, "hub", "en", "Ewa Przykład", "Ewa Przyklad"),
    (Role.GROUND_CREW, "ground", "nb", "Siv Utkast", "Siv Utkast"),
    (Role.MUNICIPALITY, "municipality", "nb", "Ola Modell", "Ola Modell"),
    (Role.IMMIGRATION, "immigration", "nb", "Ida Mal", "Ida Mal"),
    (Role.DONOR, "donor", "nb", "Geir Giver", "Geir Giver"),
    (Role.PARTNER, "partner", "nb", "Pia Partner", "Pia Partner"),
    (Role.FUNDER, "funder", "nb", "Finn Fond", "Finn Fond"),
    (Role.READER, "owner", "en", "Rea Reader", "Rea Reader"),
    (Role.ADMINISTRATOR, "owner", "nb", "Anne Admin", "Anne Admin"),
    (Role.AUDITOR, "owner", "nb", "Arne Revisor", "Arne Revisor"),
)


def address_of(role: Role) -> str:
    """The e-mail address of the demonstration's person with this role; it leads nowhere."""
    return f"{role.value.replace('_', '-')}@demo.invalid"


@transaction.atomic
def make_demonstration_people() -> None:
    """Make what is missing of them. Nobody has a password: only the demonstration's switcher opens them."""
    places: dict[str, Organisation] = {}
    for key, kind, country, name, latin_name, parent in PLACES:
        above = places.get(parent)
        admitting = places.get("owner") if above is None else None
        places[key], _ = Organisation.unscoped.get_or_create(
            name=name,
            parent=above,
            defaults={"latin_name": latin_name, "kind": kind, "country": country, "admitted_by": admitting},
        )
    for role, place, language, name, latin_name in PEOPLE:
        _make_person(role, places[place], language, name, latin_name)


def _make_person(role: Role, place: Organisation, language: str, name: str, latin_name: str) -> None:
    address = address_of(role)
    if User.objects.filter(email=address).exists():
        return
    zone = "Europe/Kyiv" if place.country == "UA" else "Europe/Oslo"
    user = User.objects.create_user(
        address, name=name, latin_name=latin_name, language=language, time_zone=zone
    )
    EmailAddress.objects.create(user=user, email=address, primary=True, verified=True)
    now = timezone.now()
    Membership.unscoped.create(
        user=user,
        organisation=place,
        role=role,
        starts=now,
        review_due=now + timedelta(days=settings.REVIEW_DAYS),
    )
