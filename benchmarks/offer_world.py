"""An invented world of hospitals that receive: seven countries with a centre each, Norway with four regions.

It stands beside the world of the senders (`case_world`). Nothing here is a real organisation.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from case_rows import SPECIALTIES
from case_world import FIRST_DAY, CaseWorld

if TYPE_CHECKING:
    from medevac.directory.models import Hospital, Mission
    from medevac.people.models import Organisation

# Each country with the airports that its hospitals are reached from.
AIRPORTS = {
    "NO": ("ENGM", "ENBR", "ENVA", "ENTC"), "DE": ("EDDK", "EDDB"), "PL": ("EPWA",), "SE": ("ESSA", "ESGG"),
    "IT": ("LIRF",), "ES": ("LEMD",), "FR": ("LFPG",),
}  # fmt: skip
COUNTRIES = tuple(AIRPORTS)
HUB = "EPRZ"
REGIONS, HOSPITALS_EACH = 4, 16
ROUNDS_EACH = 100  # of each centre, half of them still open: some thirty asks each
POOLS = {"isolation": 200, "intensive": 200, "child": 200, "housing": 400, "arrivals": 200}


@dataclass
class Keeper:
    """A hospital with the organisations that it belongs to, and a user who keeps its places."""

    organisation: Organisation
    above: Organisation
    centre: Organisation
    hospital: Hospital
    user_id: UUID


@dataclass
class OfferWorld:
    """Who offers. `rounds` has the ids of rounds by the centre that asks, and whether they are open."""

    mission: Mission
    keepers: list[Keeper] = field(default_factory=list)
    regions: list[Organisation] = field(default_factory=list)
    centres: dict[str, Organisation] = field(default_factory=dict)
    rounds: dict[tuple[UUID, bool], list[UUID]] = field(default_factory=dict)

    @property
    def keeper_of(self) -> dict[UUID, Keeper]:
        """Each hospital's keeper by the id of the hospital."""
        if not hasattr(self, "_keeper_of"):
            self._keeper_of = {one.hospital.pk: one for one in self.keepers}
        return self._keeper_of


def build_offer_world(world: CaseWorld, *, now: datetime, hospitals_each: int = HOSPITALS_EACH) -> OfferWorld:
    """Make organisations, hospitals with their pools, and rounds of asking. Django must be set up."""
    from medevac.directory.models import MissionActor, MissionCountry, MissionHub
    from medevac.directory.services.airports import keep_airport
    from medevac.people.models import Organisation

    found = OfferWorld(world.mission)
    user = world.people["partner"]
    MissionHub.unscoped.create(mission=world.mission, airport=keep_airport(HUB), first_day=FIRST_DAY)
    for country in COUNTRIES:
        MissionCountry.unscoped.create(mission=world.mission, country=country, first_day=FIRST_DAY)
        centre = Organisation.unscoped.filter(kind="centre", country=country).first()
        if centre is None:
            centre = _organisation(f"Centre {country}", "centre", country, admitted_by=world.mission.owner)
            MissionActor.unscoped.create(
                mission=world.mission, organisation=centre, part="coordinates", first_day=FIRST_DAY
            )
        found.centres[country] = centre
        above = [centre]
        if country == "NO":
            above = [_organisation(f"Region {n + 1}", "region", "NO", parent=centre) for n in range(REGIONS)]
            found.regions = above
        for number in range(hospitals_each):
            found.keepers.append(_keeper(found, country, above[number % len(above)], number, user.pk, now))
        _ask_in_rounds(found, centre, user.pk, now)
    return found


def _organisation(name: str, kind: str, country: str, **above: object) -> Organisation:
    from medevac.people.models import Organisation

    return Organisation.unscoped.create(name=name, latin_name=name, kind=kind, country=country, **above)


def _keeper(
    world: OfferWorld, country: str, above: Organisation, number: int, user: UUID, now: datetime
) -> Keeper:
    from medevac.directory.models import Hospital, Reach
    from medevac.directory.services.hospitals import (
        HospitalFacts,
        write_facts,
        write_reach,
        write_specialties,
    )
    from medevac.offers.models import Pool

    name = f"Hospital {country} {number + 1}"
    organisation = _organisation(name, "receiving_hospital", country, parent=above)
    hospital = Hospital(keeper=organisation)
    write_facts(hospital, HospitalFacts(f"{country}-{number + 1}", name, country, 50.0, 10.0, city=name))
    write_specialties(hospital, {word: 0.8 for several in SPECIALTIES.values() for word in several})
    airports = AIRPORTS[country]
    write_reach(hospital, airports[number % len(airports)], 20 + 5 * number, Reach.Basis.SET)
    for kind, there in POOLS.items():
        Pool._base_manager.create(
            mission=world.mission, hospital=hospital, kind=kind, number=there, first_day=FIRST_DAY,
            confirmed_at=now, confirmed_by=user,
        )  # fmt: skip
    return Keeper(organisation, above, world.centres[country], hospital, user)


def _ask_in_rounds(world: OfferWorld, centre: Organisation, user: UUID, now: datetime) -> None:
    from medevac.offers.models import Round

    for number in range(ROUNDS_EACH):
        is_open = number % 2 == 0
        made = now - timedelta(hours=number + 1)
        asking = Round.unscoped.create(
            mission=world.mission, asker=centre, made_by=user, made_at=made,
            deadline=now + timedelta(days=2) if is_open else made + timedelta(minutes=30),
        )  # fmt: skip
        world.rounds.setdefault((centre.pk, is_open), []).append(asking.pk)
