"""A wider world for tests of offers: Germany with a ministry above its centre; a further Norwegian region."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import directory_places
import offer_things
import world as small_world
from django.utils import timezone

from medevac.cases.models import Case
from medevac.directory.models import Hospital, Mission, MissionActor, MissionCountry
from medevac.offers.models import Answer, Ask, Offer, Place, Round
from medevac.offers.services.offering import OfferFacts, offer_place
from medevac.offers.services.places import add_places, set_pool
from medevac.offers.states import PoolKind
from medevac.people.days import current_day
from medevac.people.models import User
from medevac.people.organisation_kinds import Kind
from medevac.people.roles import Role

BEGINS = date(2022, 5, 1)
FURTHER = (
    ("foreign_ministry", Kind.MINISTRY, "DE", None, True),
    ("germany", Kind.CENTRE, "DE", "foreign_ministry", False),
    ("klinikum", Kind.RECEIVING_HOSPITAL, "DE", "germany", False),
    ("other_region", Kind.REGION, "NO", "centre", False),
    ("other_receiver", Kind.RECEIVING_HOSPITAL, "NO", "other_region", False),
)
ROLE_IN = {
    "foreign_ministry": Role.MINISTRY,
    "germany": Role.COORDINATION_CENTRE,
    "klinikum": Role.RECEIVING_HOSPITAL,
    "other_region": Role.REGION,
    "other_receiver": Role.RECEIVING_HOSPITAL,
}


@dataclass
class Countries:
    """Two countries of one mission, with a person in each further organisation."""

    things: offer_things.Things
    hospitals: dict[str, Hospital] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)

    def german_place(self, label: str = "Station 3, Bett 1") -> Place:
        """A place of the German hospital, from today on."""
        values = {"label": label, "specialty": "burns", "first_day": current_day()}
        mission = self.things.places.mission
        return add_places(self.people["klinikum"], self.hospitals["klinikum"], mission, values)[0]

    def german_offer(self, case: Case, place: Place | None = None, **facts: Any) -> Offer:
        """An offer of the German centre that has been sent."""
        told = OfferFacts(**{"earliest_day": current_day() + timedelta(days=2), **facts})
        germany = self.things.places.world["germany"]
        return offer_place(self.people["germany"], case, germany, place or self.german_place(), told)

    def ask(self, case: Case, *names: str, asker: str = "centre") -> list[Ask]:
        """Open questions to some organisations."""
        world, mission = self.things.places.world, case.mission
        asking = Round.unscoped.create(
            mission=mission,
            asker=world[asker],
            deadline=timezone.now() + timedelta(hours=24),
            made_by=self.things.centre.pk,
        )
        return [Ask.unscoped.create(round=asking, case=case, asked=world[name]) for name in names]

    def answer(self, ask: Ask, *, yes: bool = True) -> Answer:
        """A telephoned answer."""
        ask.state = "answered"
        ask.save()
        return Answer.unscoped.create(
            ask=ask,
            yes=yes,
            no_reason="" if yes else "no-place",
            earliest_day=current_day() if yes else None,
            channel="telephone",
            answerer="Dr Berg",
            answered_at=timezone.now(),
            recorded_by=self.things.centre.pk,
        )


def widen(things: offer_things.Things) -> Countries:
    """Add Germany, which coordinates for itself, and a region of Norway that nobody asks."""
    places, world = things.places, things.places.world
    found = Countries(things)
    for name, kind, country, parent, admitted in FURTHER:
        world.organisations[name] = small_world.Organisation.unscoped.create(
            name=name,
            latin_name=name,
            kind=kind,
            country=country,
            parent=world[parent] if parent else None,
            admitted_by=world["owner"] if admitted else None,
        )
        found.people[name] = small_world.person(name.replace("_", "-"))
        small_world.member(found.people[name], world[name], ROLE_IN[name])
    MissionCountry.unscoped.create(mission=places.mission, country="DE", first_day=BEGINS)
    coordinates(world["germany"], places.mission)
    for name, code, country in (("klinikum", "DE-1", "DE"), ("other_receiver", "NO-2", "NO")):
        found.hospitals[name] = directory_places.kept(world[name], code, name, name, country)
    set_pool(found.people["klinikum"], found.hospitals["klinikum"], places.mission, PoolKind.ISOLATION, 3)
    return found


def coordinates(organisation: Any, mission: Mission) -> None:
    """Have an organisation coordinate its country's part of a mission."""
    MissionActor.unscoped.create(
        mission=mission, organisation=organisation, part="coordinates", first_day=BEGINS
    )


def further_mission(things: offer_things.Things, **values: Any) -> Mission:
    """Another mission of the same owner, which shows identity to whoever is asked."""
    named = {f"name_{language}": "From Gaza" for language in ("en", "nb", "uk")}
    usual = {"code": "gaza", "identity": Mission.Identity.ASKED, "first_day": BEGINS}
    owner = things.places.world["owner"]
    return Mission.unscoped.create(owner=owner, **{**named, **usual, **values})
