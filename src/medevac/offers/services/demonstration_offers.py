"""The demonstration's offers: two countries offer for each case that is offered; further on, one was chosen.

Offers that are open are made by the proper services. What lies behind a case that is further on is written
down as it was, on the days of its steps, since no service can choose for a patient who has already left.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from django.db import transaction
from django.utils import timezone

from medevac.audit.context import Acting, acting
from medevac.cases.models import Case, CaseStep
from medevac.cases.rules import ABROAD, ARRIVED_ENDS, ON_THE_WAY, PLACED
from medevac.cases.services.demonstration import MISSION
from medevac.cases.states import Action, State
from medevac.directory.models import Hospital, Mission
from medevac.directory.services.hospitals import HospitalFacts, write_facts, write_specialties
from medevac.offers.models import Choice, Hold, Offer, Place, Pool
from medevac.offers.services.holding import hold_wanted
from medevac.offers.services.named_places import NamedPlace
from medevac.offers.services.offering import OfferFacts, offer_named_place, offer_place
from medevac.offers.services.places import add_places, set_pool
from medevac.offers.states import HoldState, OfferState, PoolKind
from medevac.people.days import current_day, day_of
from medevac.people.demonstration import register_maker
from medevac.people.models import Organisation, User
from medevac.people.organisation_kinds import Kind
from medevac.people.roles import Role
from medevac.people.services.demonstration import ADDRESS_OF_ALL, account_of

HOUSING = "A flat near the hospital, paid by the municipality"
HOMEWARD = "Flight and ambulance home, paid by the health service"
ROOMS = {PoolKind.ISOLATION: 10, PoolKind.INTENSIVE: 3, PoolKind.CHILD: 4, PoolKind.HOUSING: 8}
FURTHER = (*PLACED, *ON_THE_WAY, *ABROAD, *ARRIVED_ENDS)
HELD = {
    **dict.fromkeys((*PLACED, *ON_THE_WAY), HoldState.RESERVED),
    **dict.fromkeys(ABROAD, HoldState.OCCUPIED),
    **dict.fromkeys(ARRIVED_ENDS, HoldState.FREED),
}


@dataclass(frozen=True)
class Offerer:
    """Who offers in the story, in whose name, and at which hospital of its own."""

    user: User
    organisation: Organisation
    hospital: Hospital
    keeper: User


def register_offers_maker() -> None:
    """Add this room's demonstration data, after cases and places."""
    register_maker("offers.offers", make, order=50)


@transaction.atomic
def make() -> None:
    """Make the offers, unless there are some; a second run changes nothing."""
    if Offer.unscoped.exists():
        return
    mission = Mission.unscoped.get(code=MISSION)
    norway = _norway(mission)
    germany = _germany()
    cases = Case.unscoped.filter(mission=mission).select_related("person", "mission")
    numbers = count(1)
    for case in cases.filter(state__in=FURTHER).order_by("created_at", "pk"):
        _as_it_was(case, norway, next(numbers))
    for case in cases.filter(state=State.OFFERED).order_by("created_at", "pk"):
        _two_offers(case, norway, germany, next(numbers))
    _leave_some_free(norway, mission)


def _two_offers(case: Case, norway: Offerer, germany: Offerer | None, number: int) -> None:
    """Norway offers a place that is kept here; Germany, which keeps none, names one."""
    day = current_day() + timedelta(days=3 + number % 7)
    facts = OfferFacts(day, 45, housing=HOUSING, homeward=HOMEWARD, payer="The Norwegian state")
    place = _free_place(norway, case) or _place(norway, case, number)
    with acting(Acting(actor=norway.user.pk, page="demonstration")):
        offer_place(norway.user, case, norway.organisation, place, facts)
    if germany is None:
        return
    told = OfferFacts(
        day + timedelta(days=3),
        60,
        housing="A guest house of the hospital, paid by the Land",
        homeward="By train, paid by the patient's own country",
        payer="The Land",
        expires_at=timezone.now() + timedelta(days=2),
    )
    named = NamedPlace(germany.hospital, f"Station 4, Zimmer {number}", _specialty(case))
    with acting(Acting(actor=germany.user.pk, page="demonstration")):
        offer_named_place(germany.user, case, germany.organisation, named, told)


def _as_it_was(case: Case, norway: Offerer, number: int) -> None:
    """The chosen offer, its hold and the choice of a case that is further on, on the days of its steps."""
    steps = dict(CaseStep.unscoped.filter(case=case).values_list("action", "at"))
    offered, chosen = _moment(steps, Action.OFFER, case), _moment(steps, Action.CHOOSE, case)
    place = _place(norway, case, number)
    offer = Offer.unscoped.create(
        mission_id=case.mission_id,
        case=case,
        organisation=norway.organisation,
        place=place,
        state=OfferState.CHOSEN,
        state_since=chosen,
        expires_at=offered + timedelta(days=3),
        earliest_day=day_of(chosen) + timedelta(days=3),
        stay_days=45,
        isolation=case.isolation != "none",
        companions=case.companions_count,
        housing=HOUSING,
        homeward=HOMEWARD,
        payer="The Norwegian state",
        made_by=norway.user.pk,
        made_at=offered,
        sent_at=offered,
    )
    held = hold_wanted(case, offer)
    held.state, held.state_since = HELD[State(case.state)], case.state_since
    if held.state != HoldState.FREED:
        held.last_day = None  # until the day of discharge is known
    if held.state != HoldState.RESERVED:  # whoever has been there for weeks is screened and out of the rooms
        held.isolation = held.intensive = held.child = False
    held.save()
    ministry = account_of(Role.MINISTRY)
    assert ministry is not None
    parent = case.child
    Choice.unscoped.create(
        case=case,
        chosen=offer,
        shown=[str(offer.pk)],
        chooser="parent" if parent else "patient",
        chooser_name="Мати пацієнта (вигадано)" if parent else _name(case),
        language="українська",
        chosen_at=chosen,
        recorded_by=ministry.pk,
        recorded_at=chosen,
    )


def _norway(mission: Mission) -> Offerer:
    """The centre, and the hospital below it, which is added where the directory lacks it."""
    centre, keeper = account_of(Role.COORDINATION_CENTRE), account_of(Role.RECEIVING_HOSPITAL)
    assert centre is not None
    assert keeper is not None
    receiver = Organisation.unscoped.get(memberships__user=keeper)
    hospital = Hospital.unscoped.filter(keeper=receiver, closed_at__isnull=True).order_by("code").first()
    if hospital is None:
        hospital = Hospital(keeper=receiver)
        write_facts(hospital, HospitalFacts("NO-FJORD", receiver.name, "NO", 60.39, 5.32, city="Fjord"))
        write_specialties(hospital, {"orthopaedics": 0.9, "burns": 0.8})
    for kind, number in ROOMS.items():
        rows = Pool.unscoped.on(current_day()).filter(hospital=hospital, mission=mission, kind=kind)
        if not rows.filter(number__gte=number).exists():
            set_pool(keeper, hospital, mission, kind, number)
    return Offerer(centre, Organisation.unscoped.get(memberships__user=centre), hospital, keeper)


def _germany() -> Offerer | None:
    """Germany's centre and a hospital of the directory that keeps no places here; None without a centre."""
    user = User.objects.filter(email=f"greta@{ADDRESS_OF_ALL}", is_active=True).first()
    centre = Organisation.unscoped.filter(kind=Kind.CENTRE, country="DE", closed_at__isnull=True).first()
    hospital = Hospital.unscoped.filter(country="DE", closed_at__isnull=True).order_by("code").first()
    if user is None or centre is None or hospital is None:
        return None
    return Offerer(user, centre, hospital, user)


def _leave_some_free(norway: Offerer, mission: Mission) -> None:
    """Something to offer for whoever looks around, where no maker before this one has left any."""
    held = Hold.unscoped.exclude(state=HoldState.FREED).values("place")
    rows = Place.unscoped.filter(hospital=norway.hospital, mission=mission, closed_at=None, staffed=True)
    if rows.exclude(pk__in=held).exists():
        return
    values = {"label": "4B", "specialty": "orthopaedics", "first_day": current_day(), "stay_days": 45}
    with acting(Acting(actor=norway.keeper.pk, page="demonstration")):
        add_places(norway.keeper, norway.hospital, mission, values, count=4)


def _free_place(norway: Offerer, case: Case) -> Place | None:
    """A place of the hospital that is given for what the patient needs, and held for nobody."""
    held = Hold.unscoped.exclude(state=HoldState.FREED).values("place")
    rows = Place.unscoped.filter(
        hospital=norway.hospital, mission=case.mission, specialty__in=case.specialties
    )
    return rows.filter(closed_at=None, staffed=True).exclude(pk__in=held).order_by("label").first()


def _place(norway: Offerer, case: Case, number: int) -> Place:
    """A place of its own for each case, since the past of one patient frees none for another."""
    values = {
        "label": f"4A-{number}",
        "specialty": _specialty(case),
        "first_day": day_of(case.created_at),
        "stay_days": 45,
    }
    with acting(Acting(actor=norway.keeper.pk, page="demonstration")):
        return add_places(norway.keeper, norway.hospital, case.mission, values)[0]


def _specialty(case: Case) -> str:
    return case.specialties[0] if case.specialties else "surgery"


def _moment(steps: dict[str, datetime], action: Action, case: Case) -> datetime:
    return steps.get(action, case.state_since)


def _name(case: Case) -> str:
    return " ".join(filter(None, (case.person.family_name, case.person.given_name))) or "Пацієнт (вигадано)"
