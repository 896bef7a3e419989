"""A case with needs, and a Norwegian hospital that a flight reaches: what suggestions are tested with."""

from __future__ import annotations

from typing import Any

from offer_things import Things

from medevac.cases.models import Case
from medevac.cases.states import State
from medevac.directory.models import Reach
from medevac.directory.models.hospital import Hospital
from medevac.directory.services.airports import keep_airport


def reached(things: Things, hospital: Hospital | None = None, code: str = "ENGM", minutes: int = 45) -> None:
    """The hospital lies so many minutes from an airport."""
    where = hospital or things.places.hospital
    Reach.unscoped.filter(hospital=where).delete()
    Reach.unscoped.create(
        hospital=where, airport=keep_airport(code), road_minutes=minutes, basis=Reach.Basis.SET
    )


def needing(things: Things, *specialties: str, state: State = State.PUBLISHED, **values: Any) -> Case:
    """A case that waits and needs these specialties; orthopaedics unless named."""
    who = {name: values.pop(name) for name in ("birth_year", "given_name") if name in values}
    case = things.case(state, **who)
    for name, value in {"specialties": list(specialties or ["orthopaedics"]), **values}.items():
        setattr(case, name, value)
    case.save()
    return case
