"""What this room keeps: missions and their dated parts, airports, hospitals."""

from medevac.directory.models.airport import Airport
from medevac.directory.models.hospital import Hospital, HospitalSpecialty, Reach
from medevac.directory.models.hospital_import import HospitalImport
from medevac.directory.models.mission import Mission
from medevac.directory.models.mission_parts import (
    EligibilityRule,
    MissionActor,
    MissionCountry,
    MissionHub,
    MissionItem,
    MissionLimit,
    RetentionPeriod,
)

PART_MODELS = (
    MissionHub,
    MissionCountry,
    MissionActor,
    EligibilityRule,
    MissionItem,
    MissionLimit,
    RetentionPeriod,
)

__all__ = [
    "PART_MODELS",
    "Airport",
    "EligibilityRule",
    "Hospital",
    "HospitalImport",
    "HospitalSpecialty",
    "Mission",
    "MissionActor",
    "MissionCountry",
    "MissionHub",
    "MissionItem",
    "MissionLimit",
    "Reach",
    "RetentionPeriod",
]
