"""The demonstration's organisations and people, all invented: one account for each role, and neighbours.

Run by `medevac demo` alone, through the registry of demonstration data. Its accounts have no password and
no passkey, so that outside the demonstration nobody can sign in as one of them.
"""

from __future__ import annotations

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from medevac.people.models import Membership, Organisation, User
from medevac.people.organisation_kinds import Kind
from medevac.people.roles import Role
from medevac.people.services.memberships import keep_membership

ADDRESS_OF_ALL = "demo.invalid"  # a name that can never belong to anybody

# Key, name in its own script, name in Latin letters, kind, country, what it is part of. The first admits the others.
PLACES: tuple[tuple[str, str, str, Kind, str, str | None], ...] = (
    ("owner", "Medevac Nord", "Medevac Nord", Kind.OWNER, "NO", None),
    ("desk", "Flydesken Nord", "Flydesken Nord", Kind.FLIGHT_DESK, "NO", "owner"),
    ("ministry", "Міністерство охорони здоров’я (приклад)", "Ministerstvo okhorony zdorovia (pryklad)", Kind.MINISTRY, "UA", None),
    ("oblast", "Харківський обласний департамент (приклад)", "Kharkivskyi oblasnyi departament (pryklad)", Kind.OBLAST, "UA", "ministry"),
    ("hospital", "Лікарня «Ясна» у Харкові", "Likarnia “Yasna” u Kharkovi", Kind.SENDING_HOSPITAL, "UA", "oblast"),
    ("hospital2", "Лікарня «Світанок» в Ізюмі", "Likarnia “Svitanok” v Iziumi", Kind.SENDING_HOSPITAL, "UA", "oblast"),
    ("oblast2", "Львівський обласний департамент (приклад)", "Lvivskyi oblasnyi departament (pryklad)", Kind.OBLAST, "UA", "ministry"),
    ("hospital3", "Лікарня «Джерело» у Львові", "Likarnia “Dzherelo” u Lvovi", Kind.SENDING_HOSPITAL, "UA", "oblast2"),
    ("centre", "Koordineringssenteret (eksempel)", "Koordineringssenteret (eksempel)", Kind.CENTRE, "NO", None),
    ("centre_de", "Koordinierungsstelle (Beispiel)", "Koordinierungsstelle (Beispiel)", Kind.CENTRE, "DE", None),
    ("region", "Helseregion Fjord", "Helseregion Fjord", Kind.REGION, "NO", "centre"),
    ("receiver", "Fjord universitetssykehus", "Fjord universitetssykehus", Kind.RECEIVING_HOSPITAL, "NO", "region"),
    ("receiver2", "Sørvik sykehus", "Sorvik sykehus", Kind.RECEIVING_HOSPITAL, "NO", "region"),
    ("ground", "Ambulansen i Fjord", "Ambulansen i Fjord", Kind.GROUND, "NO", "region"),
    ("hub", "Hub Podkarpacie (przykład)", "Hub Podkarpacie (przyklad)", Kind.HUB, "PL", None),
    ("municipality", "Sørvik kommune (eksempel)", "Sorvik kommune (eksempel)", Kind.MUNICIPALITY, "NO", None),
    ("immigration", "Utlendingsmyndigheten (eksempel)", "Utlendingsmyndigheten (eksempel)", Kind.IMMIGRATION, "NO", None),
    ("donor", "Givergruppen Nordlys", "Givergruppen Nordlys", Kind.DONOR, "NO", None),
    ("partner", "Instytut Wiśnia (przykład)", "Instytut Wisnia (przyklad)", Kind.PARTNER, "PL", None),
    ("funder", "Fondet Åpen Himmel", "Fondet Apen Himmel", Kind.FUNDER, "NO", None),
)  # fmt: skip

# Role, organisation, name in its own script, name in Latin letters, time zone: the account of each role.
ACCOUNTS: tuple[tuple[Role, str, str, str, str], ...] = (
    (Role.HOSPITAL_COORDINATOR, "hospital", "Олена Згурська", "Olena Zghurska", "Europe/Kyiv"),
    (Role.OBLAST_COORDINATOR, "oblast", "Юрій Щербань", "Yurii Shcherban", "Europe/Kyiv"),
    (Role.MINISTRY, "ministry", "Ярослава Їжакевич", "Yaroslava Yizhakevych", "Europe/Kyiv"),
    (Role.COORDINATION_CENTRE, "centre", "Ingrid Solbakken", "Ingrid Solbakken", "Europe/Oslo"),
    (Role.REGION, "region", "Håkon Østby", "Haakon Ostby", "Europe/Oslo"),
    (Role.RECEIVING_HOSPITAL, "receiver", "Mari Åsheim", "Mari Aasheim", "Europe/Oslo"),
    (Role.FLIGHT_DESK, "desk", "Erik Lunde", "Erik Lunde", "Europe/Oslo"),
    (Role.HUB_CREW, "hub", "Małgorzata Wójcik", "Malgorzata Wojcik", "Europe/Warsaw"),
    (Role.GROUND_CREW, "ground", "Jonas Vik", "Jonas Vik", "Europe/Oslo"),
    (Role.MUNICIPALITY, "municipality", "Silje Myhre", "Silje Myhre", "Europe/Oslo"),
    (Role.IMMIGRATION, "immigration", "Anders Bakke", "Anders Bakke", "Europe/Oslo"),
    (Role.DONOR, "donor", "Kari Nygård", "Kari Nygaard", "Europe/Oslo"),
    (Role.PARTNER, "partner", "Zofia Dąbrowska", "Zofia Dabrowska", "Europe/Warsaw"),
    (Role.FUNDER, "funder", "Tone Ødegård", "Tone Odegaard", "Europe/Oslo"),
    (Role.READER, "owner", "Petter Holm", "Petter Holm", "Europe/Oslo"),
    (Role.ADMINISTRATOR, "owner", "Astrid Berge", "Astrid Berge", "Europe/Oslo"),
    (Role.AUDITOR, "owner", "Nina Strand", "Nina Strand", "Europe/Oslo"),
)
# Others, so that lists are no shorter than in life; nobody signs in as one of these.
NEIGHBOURS: tuple[tuple[str, Role, str, str, str, str], ...] = (
    ("taras", Role.HOSPITAL_COORDINATOR, "hospital", "Тарас Мельничук", "Taras Melnychuk", "Europe/Kyiv"),
    ("nadiia", Role.HOSPITAL_COORDINATOR, "hospital2", "Надія Юхименко", "Nadiia Yukhymenko", "Europe/Kyiv"),
    ("hanna", Role.HOSPITAL_COORDINATOR, "hospital3", "Ганна Яцків", "Hanna Yatskiv", "Europe/Kyiv"),
    ("bohdan", Role.OBLAST_COORDINATOR, "oblast2", "Богдан Гнатюк", "Bohdan Hnatiuk", "Europe/Kyiv"),
    ("liv", Role.RECEIVING_HOSPITAL, "receiver2", "Liv Sæther", "Liv Saether", "Europe/Oslo"),
    ("greta", Role.COORDINATION_CENTRE, "centre_de", "Greta Lindner", "Greta Lindner", "Europe/Berlin"),
    ("ola", Role.RECEIVING_HOSPITAL, "receiver", "Ola Brekke", "Ola Brekke", "Europe/Oslo"),
    ("second", Role.ADMINISTRATOR, "owner", "Bjørn Haugen", "Bjorn Haugen", "Europe/Oslo"),
)


@transaction.atomic
def make_people() -> None:
    """Make organisations and people, unless they are there."""
    if Organisation.unscoped.exists():
        return
    places = _make_places()
    administrator = None
    for role, place, name, latin_name, zone in sorted(ACCOUNTS, key=lambda one: one[0] != Role.ADMINISTRATOR):
        user = _make_user(role.value, name, latin_name, places[place], zone)
        administrator = administrator or user
        _make_member(user, places[place], role, administrator)
    assert administrator is not None
    for key, role, place, name, latin_name, zone in NEIGHBOURS:
        user = _make_user(key, name, latin_name, places[place], zone)
        _make_member(user, places[place], role, administrator)
    _let_some_reviews_come(places)


def account_of(role: Role) -> User | None:
    """The demonstration account of a role."""
    return User.objects.filter(email=f"{role.value}@{ADDRESS_OF_ALL}", is_active=True).first()


def _make_places() -> dict[str, Organisation]:
    places: dict[str, Organisation] = {}
    for key, name, latin_name, kind, country, parent in PLACES:
        root = parent is None and key != "owner"
        places[key] = Organisation.unscoped.create(
            name=name,
            latin_name=latin_name,
            kind=kind,
            country=country,
            parent=places[parent] if parent else None,
            admitted_by=places["owner"] if root else None,
        )
    return places


def _make_user(key: str, name: str, latin_name: str, place: Organisation, zone: str) -> User:
    language = {"NO": "nb", "UA": "uk"}.get(place.country, "en")
    email = f"{key}@{ADDRESS_OF_ALL}"
    user = User.objects.create_user(
        email, name=name, latin_name=latin_name, language=language, time_zone=zone
    )
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
    return user


def _make_member(user: User, place: Organisation, role: Role, giver: User) -> None:
    keep_membership(
        user=user,
        organisation=place,
        role=role,
        starts=timezone.now() - timedelta(days=120),
        ends=None,
        mission=None,
        granted_by=giver.pk if giver.pk != user.pk else None,
    )


def _let_some_reviews_come(places: dict[str, Organisation]) -> None:
    """Have a few memberships wait for their review, one of them for too long."""
    now = timezone.now()
    for key, days in (("hospital2", 5), ("receiver2", -3), ("hospital3", 9)):
        rows = Membership.unscoped.filter(organisation=places[key])
        rows.update(review_due=now + timedelta(days=days))
