"""The role × right table of ADR 0006 as data: what each role may see and do, and how far it reaches.

The policy asks nothing but this table; the truth-table tests are generated from it, and the page of the ADR
is compared with it. A room above adds its own actions with `grant_actions` when the service starts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What somebody is in an organisation. A membership carries one of these."""

    HOSPITAL_COORDINATOR = "hospital_coordinator", _("Hospital coordinator")
    OBLAST_COORDINATOR = "oblast_coordinator", _("Oblast coordinator")
    MINISTRY = "ministry", _("Ministry of Health")
    COORDINATION_CENTRE = "coordination_centre", _("National coordination centre")
    REGION = "region", _("Health region")
    RECEIVING_HOSPITAL = "receiving_hospital", _("Receiving hospital")
    FLIGHT_DESK = "flight_desk", _("Flight desk")
    HUB_CREW = "hub_crew", _("Hub crew")
    GROUND_CREW = "ground_crew", _("Ground crew")
    MUNICIPALITY = "municipality", _("Municipality")
    IMMIGRATION = "immigration", _("Immigration directorate")
    DONOR = "donor", _("Donor")
    PARTNER = "partner", _("Partner institution")
    FUNDER = "funder", _("Funder")
    READER = "reader", _("Reader of figures")
    ADMINISTRATOR = "administrator", _("Mission administrator")
    AUDITOR = "auditor", _("Auditor or data protection officer")


class Right(StrEnum):
    """What can be seen of a patient: three rights, and the summary that whoever is asked sees."""

    OPERATIONAL = "see.operational"
    SUMMARY = "see.summary"
    CLINICAL = "see.clinical"
    PERSONAL = "see.personal"


class Reach(StrEnum):
    """How far a right goes from the organisation of the membership; each room says so for its rows."""

    OWN = "own"  # what belongs to the organisation itself or to one below it
    ASKED = "asked"  # cases that the organisation is asked to take, while the question is open
    CHOSEN = "chosen"  # cases whose patient has chosen an offer of the organisation or of one below it
    CARRIED = "carried"  # cases that the organisation plans, carries or receives on the way
    NOTIFIED = "notified"  # cases whose discharge the organisation has been told of
    MISSION = "mission"  # everything of the missions that the organisation takes part in or runs


Grants = Mapping[Role, Reach]
R = Role

SENDING: Grants = {R.HOSPITAL_COORDINATOR: Reach.OWN, R.OBLAST_COORDINATOR: Reach.OWN, R.MINISTRY: Reach.OWN}
ON_THE_WAY: Grants = {R.FLIGHT_DESK: Reach.CARRIED, R.HUB_CREW: Reach.CARRIED}
RECEIVING: Grants = {
    R.COORDINATION_CENTRE: Reach.CHOSEN,
    R.REGION: Reach.CHOSEN,
    R.RECEIVING_HOSPITAL: Reach.CHOSEN,
}
# Who has others below it and lets them in, takes them out and confirms them.
LETTING_IN: Grants = {
    R.OBLAST_COORDINATOR: Reach.OWN,
    R.MINISTRY: Reach.OWN,
    R.COORDINATION_CENTRE: Reach.OWN,
    R.REGION: Reach.OWN,
    R.FLIGHT_DESK: Reach.OWN,
    R.ADMINISTRATOR: Reach.MISSION,
}
PATIENT_ROLES = (
    R.HOSPITAL_COORDINATOR,
    R.OBLAST_COORDINATOR,
    R.MINISTRY,
    R.COORDINATION_CENTRE,
    R.REGION,
    R.RECEIVING_HOSPITAL,
    R.FLIGHT_DESK,
    R.HUB_CREW,
)

RIGHTS: dict[Right, Grants] = {
    Right.OPERATIONAL: {
        **dict.fromkeys((*PATIENT_ROLES, R.GROUND_CREW), Reach.MISSION),
        R.MUNICIPALITY: Reach.NOTIFIED,
        R.IMMIGRATION: Reach.NOTIFIED,
    },
    Right.SUMMARY: {
        **SENDING,
        **dict.fromkeys((R.COORDINATION_CENTRE, R.REGION, R.RECEIVING_HOSPITAL), Reach.ASKED),
        **ON_THE_WAY,
        R.GROUND_CREW: Reach.CARRIED,
        R.MUNICIPALITY: Reach.NOTIFIED,
        R.IMMIGRATION: Reach.NOTIFIED,
    },
    Right.CLINICAL: {**SENDING, **ON_THE_WAY, **RECEIVING, R.MUNICIPALITY: Reach.NOTIFIED},
    Right.PERSONAL: {
        **SENDING,
        **ON_THE_WAY,
        **RECEIVING,
        R.MUNICIPALITY: Reach.NOTIFIED,
        R.IMMIGRATION: Reach.NOTIFIED,
    },
}

# Whoever sees the clinical data of a case sees its summary, and with it the operational data.
INCLUDED_IN: dict[str, tuple[str, ...]] = {
    Right.SUMMARY: (Right.CLINICAL,),
    Right.OPERATIONAL: (Right.SUMMARY, Right.CLINICAL),
}

_OVERSIGHT: Grants = {**LETTING_IN, R.AUDITOR: Reach.MISSION}
_INSIDE: Grants = {**dict.fromkeys(Role, Reach.OWN), R.ADMINISTRATOR: Reach.MISSION, R.AUDITOR: Reach.MISSION}

ACTIONS: dict[str, Grants] = {
    "people.see_organisations": {**dict.fromkeys(Role, Reach.MISSION), R.READER: Reach.OWN},
    "people.change_organisations": LETTING_IN,
    "people.admit_organisations": {R.ADMINISTRATOR: Reach.MISSION},
    "people.see_members": _INSIDE,
    "people.invite": LETTING_IN,
    "people.end_memberships": LETTING_IN,
    "people.deactivate": LETTING_IN,
    "people.change_addresses": LETTING_IN,
    "people.end_sessions": LETTING_IN,
    "people.review": LETTING_IN,
    "people.see_access": _OVERSIGHT,
    "people.export_access": _OVERSIGHT,
    "people.break_glass": dict.fromkeys(PATIENT_ROLES, Reach.MISSION),
    "people.see_emergencies": {**SENDING, **_OVERSIGHT},
    # The record lies below this room and cannot add its own rows.
    "audit.see_record": {R.ADMINISTRATOR: Reach.MISSION, R.AUDITOR: Reach.MISSION},
    "audit.see_access_log": {**SENDING, R.ADMINISTRATOR: Reach.MISSION, R.AUDITOR: Reach.MISSION},
    "audit.see_exports": {R.ADMINISTRATOR: Reach.MISSION, R.AUDITOR: Reach.MISSION},
}

# What a membership that is limited to one mission includes: the actions whose things can belong to a mission.
# Everything else is done to an organisation or to the installation, and so touches other missions as well.
WITHIN_A_MISSION: set[str] = {
    *RIGHTS,
    "people.see_organisations",
    "people.see_members",
    "people.invite",
    "people.end_memberships",
    "people.review",
    "people.see_access",
    "people.export_access",
    "people.break_glass",
}


def grant_actions(actions: Mapping[str, Grants], *, within_a_mission: Iterable[str] = ()) -> None:
    """Add the actions of a room above; called in AppConfig.ready().

    Parameters
    ----------
    actions
        Which roles may do each, and how far each reaches.
    within_a_mission
        Those of them that a membership limited to one mission includes. The rule of each kind of row they
        are done to must say what belongs to a mission.
    """
    if unknown := set(within_a_mission) - set(actions):
        raise ValueError(f"Expected actions that are granted here, got {sorted(unknown)} as well.")
    WITHIN_A_MISSION.update(within_a_mission)
    for action, grants in actions.items():
        known = ACTIONS.get(action)
        if known is not None and known != grants:
            raise ValueError(f'Expected one table for the action "{action}", got two that differ.')
        ACTIONS[action] = grants


def include_in(action: str, *wider: str) -> None:
    """Say that whoever has one of the wider rights has the action too; called in AppConfig.ready()."""
    known = INCLUDED_IN.get(action)
    if known is not None and known != wider:
        raise ValueError(f'Expected one list of what includes "{action}", got two that differ.')
    INCLUDED_IN[action] = wider


def grants_of(action: str) -> Grants:
    """Which roles may do it, and how far each reaches.

    Raises
    ------
    KeyError
        Where nothing is called so: a misspelled action must not pass as a refusal.
    """
    if action in RIGHTS:
        return RIGHTS[Right(action)]
    if action not in ACTIONS:
        raise KeyError(
            f'Expected a right or an action of the role table, got "{action}". Add it with grant_actions.'
        )
    return ACTIONS[action]


def sees_personal(role: Role) -> bool:
    """Whether the role ever sees personal data, so that it needs a second factor."""
    return role in RIGHTS[Right.PERSONAL]


# A second factor is asked of whoever sees personal data, and of whoever decides who does.
SECOND_FACTOR_ROLES = frozenset(
    role for role in Role if sees_personal(role) or role in ACTIONS["people.invite"] or role is R.AUDITOR
)
