"""Who may see and change what of this room.

Whoever has the operational right sees the missions that its organisation takes part in, and the public facts
about airports and hospitals. Missions are changed by their owner; hospitals by the organisation that keeps
them or one above it.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, QuerySet

from medevac.directory.models import PART_MODELS, Airport, Hospital, HospitalImport, Mission
from medevac.people.models import OrganisationPath
from medevac.people.policy import Grant, Rule, register_rule
from medevac.people.policy.areas import above, administered, below, together_with
from medevac.people.policy.reading import ids_once
from medevac.people.policy.rules import NOTHING
from medevac.people.roles import RIGHTS, Grants, Reach, Right, Role, grant_actions

SEE = "directory.see"
CHANGE_MISSIONS = "directory.change_missions"
CHANGE_AIRPORTS = "directory.change_airports"
CHANGE_HOSPITALS = "directory.change_hospitals"

ACTIONS: dict[str, Grants] = {
    SEE: {
        **dict.fromkeys(RIGHTS[Right.OPERATIONAL], Reach.MISSION),
        Role.ADMINISTRATOR: Reach.MISSION,
        Role.AUDITOR: Reach.MISSION,
    },
    CHANGE_MISSIONS: {
        Role.ADMINISTRATOR: Reach.MISSION,
        Role.MINISTRY: Reach.OWN,
        Role.COORDINATION_CENTRE: Reach.OWN,
        Role.REGION: Reach.OWN,
    },
    CHANGE_AIRPORTS: {Role.ADMINISTRATOR: Reach.MISSION, Role.FLIGHT_DESK: Reach.MISSION},
    CHANGE_HOSPITALS: {
        Role.ADMINISTRATOR: Reach.MISSION,
        Role.MINISTRY: Reach.OWN,
        Role.COORDINATION_CENTRE: Reach.OWN,
        Role.REGION: Reach.OWN,
        Role.RECEIVING_HOSPITAL: Reach.OWN,
    },
}


def taken_part_in(organisation: UUID) -> Q:
    """Missions of owners that it takes part with, and those that name it, a part of it, or what it is in."""
    named = Q(actors__organisation__in=above(organisation)) | Q(actors__organisation__in=below(organisation))
    return Q(owner__in=together_with(organisation)) | named


def missions_of(organisation: UUID) -> Collection[UUID] | QuerySet[Mission, UUID]:
    """The ids of those missions, or the query that finds them: for `__in`."""
    return ids_once("missions", organisation, _missions_of)


def _missions_of(organisation: UUID) -> QuerySet[Mission, UUID]:
    return Mission.unscoped.filter(taken_part_in(organisation)).values_list("pk", flat=True)


def taking_part(mission: UUID) -> QuerySet[OrganisationPath, UUID]:
    """The owner of a mission and those that it names, each with its parts."""
    named = Q(ancestor__owned_missions=mission) | Q(ancestor__parts_in_missions__mission=mission)
    return OrganisationPath.objects.filter(named).values_list("descendant", flat=True)


def _missions_together(grant: Grant) -> Q:
    if grant.action == SEE:
        return Q(pk__in=missions_of(grant.organisation))
    return Q(owner__in=administered(grant.organisation))


def _parts_together(grant: Grant) -> Q:
    """Parts of the missions that the grant reaches."""
    return Q(mission__in=Mission.unscoped.filter(_missions_together(grant)).values("pk"))


def _public_facts(grant: Grant) -> Q:
    """Airports are the same in every mission: read within one, and changed by nobody who is limited to it."""
    return Q(pk__isnull=False) if grant.action == SEE else NOTHING


def _hospitals_of_mission(grant: Grant) -> Q:
    """Hospitals that take part in the mission; what is kept of one counts in every mission."""
    if grant.action != SEE or grant.mission is None:
        return NOTHING
    return Q(keeper__in=taking_part(grant.mission)) | Q(keeper__in=below(grant.organisation))


def _hospitals_administered(grant: Grant) -> Q:
    if grant.action == SEE:
        return Q(keeper__in=together_with(grant.organisation))
    return Q(keeper__in=administered(grant.organisation))


def register_own_rules() -> None:
    """Add this room's actions to the role table, and the rules of its rows."""
    grant_actions(ACTIONS, within_a_mission=(SEE, CHANGE_MISSIONS))
    register_rule(
        Mission,
        Rule(
            see=SEE,
            reaches={
                Reach.OWN: lambda grant: Q(owner__in=below(grant.organisation)),
                Reach.MISSION: _missions_together,
            },
            owner=lambda mission: mission.owner_id,
            within=lambda grant: Q(pk=grant.mission),
        ),
    )
    for part in PART_MODELS:
        register_rule(
            part,
            Rule(
                see=SEE,
                reaches={Reach.MISSION: _parts_together},
                within=lambda grant: Q(mission=grant.mission),
            ),
        )
    register_rule(
        Airport,
        Rule(see=SEE, reaches={Reach.MISSION: lambda grant: Q(pk__isnull=False)}, within=_public_facts),
    )
    register_rule(
        Hospital,
        Rule(
            see=SEE,
            reaches={
                Reach.OWN: lambda grant: Q(keeper__in=below(grant.organisation)),
                Reach.MISSION: _hospitals_administered,
            },
            owner=lambda hospital: hospital.keeper_id,
            within=_hospitals_of_mission,
        ),
    )
    register_rule(
        HospitalImport,
        Rule(
            see=CHANGE_HOSPITALS,
            reaches={
                Reach.OWN: lambda grant: Q(keeper__in=below(grant.organisation)),
                Reach.MISSION: lambda grant: Q(keeper__in=administered(grant.organisation)),
            },
        ),
    )
