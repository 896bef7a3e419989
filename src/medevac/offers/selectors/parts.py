"""Which part of a mission somebody looks at in the national view: a country, a region, or all of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import Q

from medevac.directory.countries import country_name
from medevac.directory.models import Mission
from medevac.directory.selectors.missions import missions_for
from medevac.offers.policy import SEE_NATIONAL
from medevac.people.models import Organisation, User
from medevac.people.policy import standings
from medevac.people.policy.areas import below
from medevac.people.roles import Role, grants_of


class PartKind(StrEnum):
    """How much of a mission a part is."""

    COUNTRY = "country"
    REGION = "region"
    MISSION = "mission"


KINDS = {Role.COORDINATION_CENTRE: PartKind.COUNTRY, Role.REGION: PartKind.REGION}


@dataclass(frozen=True)
class Part:
    """What of a mission is shown.

    Parameters
    ----------
    kind
        A country for its centre, a region for itself, the mission for whoever sees every country.
    organisation
        Whose part it is.
    missions
        The ids of the missions that the membership is limited to; None where it counts in all.
    """

    kind: PartKind
    organisation: Organisation
    missions: frozenset[UUID] | None = None

    @property
    def country(self) -> str:
        """The country whose patients are counted; empty for every country."""
        return "" if self.kind is PartKind.MISSION else self.organisation.country

    @property
    def key(self) -> str:
        """Its word in an address."""
        return f"{self.kind}-{self.organisation.pk}"

    @property
    def name(self) -> str:
        """What it is called in a choice."""
        if self.kind is PartKind.COUNTRY:
            return f"{country_name(self.country)} ({self.organisation.name})"
        return self.organisation.name

    def of_hospital(self, lookup: str = "") -> Q:
        """The condition on a hospital that lies in the part; `lookup` leads to the hospital."""
        if self.kind is PartKind.COUNTRY:
            return Q(**{f"{lookup}country": self.country})
        if self.kind is PartKind.REGION:
            return Q(**{f"{lookup}keeper__in": below(self.organisation.pk)})
        return Q()

    def of_country(self, lookup: str = "") -> Q:
        """The condition on a hospital of the same country; every hospital for the mission."""
        return Q(**{f"{lookup}country": self.country}) if self.country else Q()


def parts_for(user: User) -> list[Part]:
    """The parts that the user's roles open: countries first, then regions, then the whole."""
    limits: dict[tuple[PartKind, UUID], set[UUID | None]] = {}
    for role, organisation, mission in standings(user):
        if role in grants_of(SEE_NATIONAL):
            kind = KINDS.get(role, PartKind.MISSION)
            limits.setdefault((kind, organisation), set()).add(mission)
    found = Organisation.unscoped.in_bulk([organisation for _kind, organisation in limits])
    parts = [
        Part(kind, found[organisation], _limited(missions))
        for (kind, organisation), missions in limits.items()
    ]
    order = list(PartKind)
    return sorted(parts, key=lambda part: (order.index(part.kind), part.organisation.latin_name, part.key))


def missions_of_part(user: User, part: Part) -> list[Mission]:
    """The open missions in which the part can be looked at; those that run first."""
    rows = list(missions_for(user, closed=False))
    return rows if part.missions is None else [row for row in rows if row.pk in part.missions]


def _limited(missions: set[UUID | None]) -> frozenset[UUID] | None:
    if None in missions:
        return None
    return frozenset(mission for mission in missions if mission is not None)
