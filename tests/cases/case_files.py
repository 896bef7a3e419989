"""Cases for tests: filed as people would, and put into a state without walking there."""

from __future__ import annotations

import io
from typing import Any

from directory_places import Places
from django.db.models import Q
from django.utils import timezone
from PIL import Image

from medevac.cases.models import Case
from medevac.cases.rules import ENDED
from medevac.cases.services import CaseFacts, PersonFacts, file_case
from medevac.cases.states import Reason, State
from medevac.documents.models import Document
from medevac.documents.services import Description, Place, refer
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


def image() -> io.BytesIO:
    """A small picture in a file."""
    file = io.BytesIO()
    Image.new("RGB", (30, 40), "white").save(file, "PNG")
    return file


def described(kind: str = "form-027", **other: Any) -> Description:
    """What is written of a document."""
    return Description(**{"kind": kind, "title": "Виписка Згурського", "language": "uk", **other})


def reference(
    places: Places,
    kind: str = "imaging",
    *,
    role: Role = Role.HOSPITAL_COORDINATOR,
    place: str = "hospital",
    **other: Any,
) -> Document:
    """A document that needs no key ring: it says where imaging is kept."""
    archive = Place("PACS of the hospital", "ACC-7", "Radiologist on duty", "Ask for Згурський.")
    return refer(places.world.people[role], places.world[place], archive, described(kind, **other))
