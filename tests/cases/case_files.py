"""Cases for tests: filed as people would, and put into a state without walking there."""

from __future__ import annotations

from typing import Any

from directory_places import Places
from django.db.models import Q
from django.utils import timezone

from medevac.cases.models import Case
from medevac.cases.rules import ENDED
from medevac.cases.services import CaseFacts, PersonFacts, file_case
from medevac.cases.states import Reason, State
from medevac.people.policy import Grant
from medevac.people.roles import Role


def every_case(grant: Grant) -> Q:
    """The condition that every case meets."""
    return Q(pk__isnull=False)


def filed(
    places: Places, *, role: Role = Role.HOSPITAL_COORDINATOR, place: str = "hospital", **who: Any
) -> Case:
    """A draft with five fields."""
    person = PersonFacts(**{"birth_year": 1990, "family_name": "Згурський", "given_name": "Юрій", **who})
    facts = CaseFacts(places.mission, places.world[place], person, "Open fracture of the left tibia")
    return file_case(places.world.people[role], facts)


def in_state(case: Case, state: State) -> Case:
    """The same case as if it had come there, and none of its items missing."""
    case.refresh_from_db()
    case.state, case.state_since = state, timezone.now()
    case.end_reason = Reason.OTHER if state in ENDED else ""
    case.live_case = None
    case.save()
    return case
