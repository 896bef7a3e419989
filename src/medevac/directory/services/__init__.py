"""The only place of this room that writes: one verb, one transaction."""

from medevac.directory.services.airports import add_airport, add_airports, set_hours
from medevac.directory.services.hospitals import (
    HospitalFacts,
    add_hospital,
    change_hospital,
    close_hospital,
    set_reach,
    set_specialties,
)
from medevac.directory.services.importing import apply_import, deeds_of, try_import
from medevac.directory.services.missions import (
    MissionFacts,
    add_mission,
    change_mission,
    close_mission,
    reopen_mission,
)
from medevac.directory.services.parts import add_part, change_part, end_part

__all__ = [
    "HospitalFacts",
    "MissionFacts",
    "add_airport",
    "add_airports",
    "add_hospital",
    "add_mission",
    "add_part",
    "apply_import",
    "change_hospital",
    "change_mission",
    "change_part",
    "close_hospital",
    "close_mission",
    "deeds_of",
    "end_part",
    "reopen_mission",
    "set_hours",
    "set_reach",
    "set_specialties",
    "try_import",
]
