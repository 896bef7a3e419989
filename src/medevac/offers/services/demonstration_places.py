"""The demonstration's places: each invented receiving hospital gives some, kept through the services."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from medevac.directory.models import Hospital, Mission
from medevac.directory.services import add_hospital, set_reach, set_specialties
from medevac.directory.services.hospitals import HospitalFacts
from medevac.offers.models import Place, Pool
from medevac.offers.services.places import add_places, set_pool
from medevac.offers.settings import stale_after
from medevac.offers.states import PoolKind
from medevac.people.days import current_day
from medevac.people.demonstration import register_maker
from medevac.people.models import Membership, Organisation, User
from medevac.people.organisation_kinds import Kind
from medevac.people.roles import Role

MISSION = "ukraine-2022"
SOURCE = "invented for the demonstration"


@dataclass(frozen=True)
class Ward:
    """Some places of one kind.

    Parameters
    ----------
    label, specialty, count
        As `add_places` takes them.
    stay_days, competence, staffed
        As in the rows.
    lasts
        For how many days from today they are given; None for no end.
    """

    label: str
    specialty: str
    count: int = 1
    stay_days: int | None = None
    competence: str = ""
    staffed: bool = True
    lasts: int | None = None


@dataclass(frozen=True)
class Invented:
    """One invented hospital: where it lies, how it is reached, and what it gives."""

    code: str
    city: str
    latitude: float
    longitude: float
    reach: dict[str, int]
    wards: tuple[Ward, ...]
    pools: dict[PoolKind, int]
    stale: bool = False


P = PoolKind
HOSPITALS: tuple[Invented, ...] = (
    Invented(
        "NO-FJORD",
        "Fjordbyen",
        60.37,
        5.36,
        {"ENBR": 25},
        (
            Ward("Orto 3", "orthopaedics", 3, 50, "external fixators, bone infections"),
            Ward("Brannskade 1", "burns", 1, 70, "more than 20 % of the body surface"),
            Ward("Barnekreft 2", "child-oncology", 1, 120),
            Ward("Kreft 5", "oncology", 1, 60, lasts=90),
            Ward("Nevrokirurgi 1", "neurosurgery", 1, 40),
            Ward("Kjeve 1", "maxillofacial", 1, 30),
            Ward("Barn 4", "paediatrics", 1, 45),
            Ward("Nyre 2", "dialysis", 1),
        ),
        {P.ISOLATION: 3, P.INTENSIVE: 2, P.CHILD: 2, P.HOUSING: 6, P.ARRIVALS: 3},
    ),
    Invented(
        "NO-SORVIK",
        "Sørvik",
        58.95,
        5.73,
        {"ENZV": 20},
        (
            Ward("Ortopedi", "orthopaedics", 2, 45),
            Ward("Rehabilitering", "rehabilitation", 2, 100, "spinal injuries"),
            Ward("Protese", "prosthetics", 1, 60),
            Ward("Lunge", "pulmonology", 1, staffed=False),
            Ward("Urologi", "urology", 1, lasts=30),
        ),
        {P.ISOLATION: 1, P.CHILD: 0, P.HOUSING: 3, P.ARRIVALS: 2},
        stale=True,
    ),
)


def register_places_maker() -> None:
    """Add these, after the cases that need them."""
    register_maker("offers.places", make, order=45)


@transaction.atomic
def make() -> None:
    """Make the places, unless there are some; a second run changes nothing."""
    if Place.unscoped.exists() or Pool.unscoped.exists():
        return
    mission = Mission.unscoped.filter(code=MISSION).first()
    if mission is None:
        raise RuntimeError(f"Expected the mission {MISSION}, got none. Make the demonstration's data first.")
    keepers = Organisation.unscoped.filter(kind=Kind.RECEIVING_HOSPITAL, closed_at=None)
    for keeper, invented in zip(keepers.order_by("created_at", "pk"), HOSPITALS, strict=False):
        _make_hospital(keeper, mission, invented)


def _make_hospital(keeper: Organisation, mission: Mission, invented: Invented) -> None:
    actor = _actor(keeper)
    facts = HospitalFacts(
        code=invented.code,
        name=keeper.name,
        latin_name=keeper.latin_name if keeper.latin_name != keeper.name else "",
        country=keeper.country,
        latitude=invented.latitude,
        longitude=invented.longitude,
        city=invented.city,
        contact_role="vaktleder",
        source=SOURCE,
    )
    hospital = add_hospital(actor, keeper, facts)
    set_specialties(actor, hospital, dict.fromkeys((ward.specialty for ward in invented.wards), 0.8))
    for icao, minutes in invented.reach.items():
        set_reach(actor, hospital, icao, minutes)
    for ward in invented.wards:
        _make_ward(actor, hospital, mission, ward)
    for kind, number in invented.pools.items():
        set_pool(actor, hospital, mission, kind, number)
    if invented.stale:
        _let_time_pass(hospital)


def _make_ward(actor: User, hospital: Hospital, mission: Mission, ward: Ward) -> None:
    today = current_day()
    values = {
        "label": ward.label,
        "specialty": ward.specialty,
        "first_day": today,
        "last_day": None if ward.lasts is None else today + timedelta(days=ward.lasts),
        "staffed": ward.staffed,
        "competence": ward.competence,
        "stay_days": ward.stay_days,
    }
    add_places(actor, hospital, mission, values, count=ward.count)


def _let_time_pass(hospital: Hospital) -> None:
    """As if nobody had confirmed the hospital's places for too long, so that there is something to do."""
    before = timezone.now() - stale_after() - timedelta(days=2, hours=3)
    Place.unscoped.filter(hospital=hospital).update(confirmed_at=before)


def _actor(keeper: Organisation) -> User:
    """Whoever keeps the hospital's places in the story."""
    rows = Membership.unscoped.current().filter(organisation=keeper, role=Role.RECEIVING_HOSPITAL)
    row = rows.select_related("user").order_by("starts", "user__email").first()
    if row is None:
        raise RuntimeError(f"Expected somebody who keeps the places of {keeper.latin_name}, got nobody.")
    return row.user
