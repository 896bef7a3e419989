"""Kinds of organisations, and the roles that somebody can have in each: a hospital has no flight desk."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from medevac.people.roles import Role


class Kind(TextChoices):
    """What an organisation is."""

    SENDING_HOSPITAL = "sending_hospital", _("Hospital that sends patients")
    OBLAST = "oblast", _("Oblast health department")
    MINISTRY = "ministry", _("Ministry")
    CENTRE = "centre", _("National coordination centre")
    REGION = "region", _("Health region")
    RECEIVING_HOSPITAL = "receiving_hospital", _("Hospital that receives patients")
    FLIGHT_DESK = "flight_desk", _("Flight desk or operator")
    HUB = "hub", _("Hub")
    GROUND = "ground", _("Ambulance or ground service")
    MUNICIPALITY = "municipality", _("Municipality")
    IMMIGRATION = "immigration", _("Immigration directorate")
    DONOR = "donor", _("Donor")
    PARTNER = "partner", _("Partner institution")
    FUNDER = "funder", _("Funder")
    OWNER = "owner", _("Mission owner")
    OTHER = "other", _("Other")


_EVERYWHERE = (Role.READER, Role.AUDITOR)

ROLES_OF: dict[Kind, tuple[Role, ...]] = {
    Kind.SENDING_HOSPITAL: (Role.HOSPITAL_COORDINATOR, *_EVERYWHERE),
    Kind.OBLAST: (Role.OBLAST_COORDINATOR, *_EVERYWHERE),
    Kind.MINISTRY: (Role.MINISTRY, *_EVERYWHERE),
    Kind.CENTRE: (Role.COORDINATION_CENTRE, *_EVERYWHERE),
    Kind.REGION: (Role.REGION, *_EVERYWHERE),
    Kind.RECEIVING_HOSPITAL: (Role.RECEIVING_HOSPITAL, Role.DONOR, *_EVERYWHERE),
    Kind.FLIGHT_DESK: (Role.FLIGHT_DESK, *_EVERYWHERE),
    Kind.HUB: (Role.HUB_CREW, Role.GROUND_CREW, *_EVERYWHERE),
    Kind.GROUND: (Role.GROUND_CREW, *_EVERYWHERE),
    Kind.MUNICIPALITY: (Role.MUNICIPALITY, *_EVERYWHERE),
    Kind.IMMIGRATION: (Role.IMMIGRATION, *_EVERYWHERE),
    Kind.DONOR: (Role.DONOR, *_EVERYWHERE),
    Kind.PARTNER: (Role.PARTNER, *_EVERYWHERE),
    Kind.FUNDER: (Role.FUNDER, *_EVERYWHERE),
    Kind.OWNER: (Role.ADMINISTRATOR, *_EVERYWHERE),
    Kind.OTHER: (Role.READER,),
}
# What whoever is no administrator may add below an organisation, beside more of its own kind. A kind brings
# its roles along: an oblast that founded a flight desk of its own would have given itself that desk's rights.
PARTS_OF: dict[Kind, tuple[Kind, ...]] = {
    Kind.OBLAST: (Kind.SENDING_HOSPITAL, Kind.OTHER),
    Kind.MINISTRY: (Kind.OBLAST, Kind.SENDING_HOSPITAL, Kind.OTHER),
    Kind.CENTRE: (Kind.REGION, Kind.RECEIVING_HOSPITAL, Kind.GROUND, Kind.MUNICIPALITY, Kind.OTHER),
    Kind.REGION: (Kind.RECEIVING_HOSPITAL, Kind.GROUND, Kind.OTHER),
    Kind.FLIGHT_DESK: (Kind.GROUND, Kind.OTHER),
}
# Nobody but an administrator lets in those who look over everybody's shoulder.
ADMINISTRATORS_CHOICE = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})
