"""Places, cases and offers for tests: two countries, a Norwegian and a Swedish hospital."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import case_files
import directory_places
from django.utils import timezone

from medevac.cases.models import Case
from medevac.cases.states import State
from medevac.offers.models import Offer, Place
from medevac.offers.services.choosing import Chosen
from medevac.offers.services.offering import OfferFacts, offer_place
from medevac.offers.services.places import add_places, set_pool
from medevac.offers.states import PoolKind
from medevac.people.days import current_day
from medevac.people.models import User
from medevac.people.roles import Role

TODAY = current_day


@dataclass
class Things:
    """The small world with a mission, and who acts in it."""

    places: directory_places.Places

    @property
    def ministry(self) -> User:
        """Whoever verifies, publishes and records the choice."""
        return self.places.world.people[Role.MINISTRY]

    @property
    def centre(self) -> User:
        """Whoever answers for Norway."""
        return self.places.world.people[Role.COORDINATION_CENTRE]

    @property
    def hospital(self) -> User:
        """Whoever keeps the places of the Norwegian hospital."""
        return self.places.world.people[Role.RECEIVING_HOSPITAL]

    def case(self, state: State = State.PUBLISHED, **who: Any) -> Case:
        """A case in a state, which needs an isolation room."""
        return case_files.in_state(case_files.filed(self.places, **who), state)

    def place(self, label: str = "7B-1", **values: Any) -> Place:
        """A place of the Norwegian hospital, from today on."""
        given = {"label": label, "specialty": "orthopaedics", "first_day": TODAY(), **values}
        return add_places(self.hospital, self.places.hospital, self.places.mission, given)[0]

    def pool(self, kind: PoolKind, number: int, first_day: date | None = None) -> None:
        """How many of something the Norwegian hospital has."""
        set_pool(self.hospital, self.places.hospital, self.places.mission, kind, number, first_day=first_day)

    def offer(self, case: Case, place: Place, **facts: Any) -> Offer:
        """An offer of the Norwegian centre that has been sent."""
        told = OfferFacts(**{"earliest_day": TODAY() + timedelta(days=2), **facts})
        return offer_place(self.centre, case, self.places.world["centre"], place, told)


def build() -> Things:
    """The mission has Norway in it, whose hospital has three isolation rooms."""
    things = Things(directory_places.build())
    things.pool(PoolKind.ISOLATION, 3)
    return things


def chosen(**values: Any) -> Chosen:
    """What the patient chose."""
    given = {
        "chooser": "patient",
        "chooser_name": "Згурський Юрій",
        "language": "українська",
        "chosen_at": timezone.now() - timedelta(minutes=1),
    }
    return Chosen(**{**given, **values})
