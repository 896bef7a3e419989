"""The small world with a mission and two hospitals in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import world as small_world

from medevac.directory.models import Hospital, Mission, MissionActor, MissionCountry, MissionHub
from medevac.directory.services.airports import keep_airport
from medevac.directory.services.hospitals import HospitalFacts, write_facts, write_specialties


@dataclass
class Places:
    """The small world, and what this room adds to it."""

    world: small_world.World
    mission: Mission
    hospital: Hospital
    foreign: Hospital


def build() -> Places:
    """A mission of the owner with hub, country and actor; a hospital of the region, one of a stranger."""
    world = small_world.build()
    mission = Mission.unscoped.create(
        code="ukraine",
        name_en="From Ukraine",
        name_nb="Fra Ukraina",
        name_uk="З України",
        owner=world["owner"],
        first_day=date(2022, 5, 1),
    )
    begins = {"mission": mission, "first_day": date(2022, 5, 1)}
    MissionHub.unscoped.create(airport=keep_airport("EPRZ"), **begins)
    MissionCountry.unscoped.create(country="NO", **begins)
    MissionActor.unscoped.create(organisation=world["centre"], part="coordinates", **begins)
    hospital = kept(world["receiver"], "NO-AHUS", "Akershus universitetssykehus", "Lørenskog", "NO")
    write_specialties(hospital, {"orthopaedics": 0.9})
    foreign = kept(world["stranger_hospital"], "SE-1", "Sahlgrenska", "Göteborg", "SE")
    return Places(world, mission, hospital, foreign)


def kept(keeper, code: str, name: str, city: str, country: str) -> Hospital:
    """A hospital that an organisation keeps."""
    hospital = Hospital(keeper=keeper)
    write_facts(hospital, HospitalFacts(code, name, country, 59.9, 11.0, city=city))
    return hospital
