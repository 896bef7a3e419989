"""What somebody can offer for a case: in whose name, which free places, and where places are named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from medevac.cases.models import Case
from medevac.directory.models import Hospital, MissionActor, MissionCountry
from medevac.offers.models import Hold, Place
from medevac.offers.policy import ANSWERERS, KEEP_PLACES
from medevac.offers.services.unkept import keepers
from medevac.offers.standing import held
from medevac.people.days import current_day
from medevac.people.models import Organisation, User
from medevac.people.policy import standings, visible
from medevac.people.roles import Role

MOST_PLACES = 300
MOST_HOSPITALS = 1000


@dataclass(frozen=True)
class Offerable:
    """What the form of an offer is filled from.

    Parameters
    ----------
    organisations
        In whose name the user may offer.
    fitting, others
        Free places of a specialty that the case needs, and of others.
    hospitals
        Those whose places can be named.
    """

    organisations: list[Organisation]
    fitting: list[Place]
    others: list[Place]
    hospitals: list[Hospital]

    @property
    def places(self) -> list[Place]:
        """Every free place."""
        return [*self.fitting, *self.others]


def offerable(user: User, case: Case) -> Offerable:
    """What the user can offer for the case, in a fixed number of queries."""
    organisations = organisations_for(user, case)
    fitting, others = _free_places(user, case)
    return Offerable(organisations, fitting, others, nameable_hospitals(user, case, organisations))


def organisations_for(user: User, case: Case) -> list[Organisation]:
    """In whose name the user may offer: the own organisations; for a ministry each country's centre as well.

    The ministry itself stands for a country that has no organisation here.
    """
    own = [organisation for role, organisation, _mission in standings(user) if role in ANSWERERS]
    wanted = Q(pk__in=own)
    if any(role is Role.MINISTRY for role, _organisation, _mission in standings(user)):
        ministries = [one for role, one, _mission in standings(user) if role is Role.MINISTRY]
        actors = MissionActor.unscoped.on(current_day()).filter(
            mission=case.mission_id, part=MissionActor.Part.COORDINATES
        )
        wanted |= Q(pk__in=ministries) | Q(pk__in=actors.values("organisation"))
    rows = Organisation.unscoped.filter(wanted, closed_at__isnull=True)
    return list(rows.order_by("country", "latin_name", "pk"))


def nameable_hospitals(user: User, case: Case, organisations: list[Organisation]) -> list[Hospital]:
    """Hospitals of the mission's countries whose places nobody keeps here, by country and name."""
    today = current_day()
    countries = MissionCountry.unscoped.on(today).filter(mission=case.mission_id)
    rows = visible(
        user, Hospital.objects.filter(closed_at__isnull=True, country__in=countries.values("country"))
    )
    rows = rows.exclude(country__in=case.refused_countries).exclude(keeper__in=keepers())
    if not any(one.kind == "ministry" for one in organisations):
        rows = rows.filter(country__in={one.country for one in organisations})
    return list(rows.order_by("country", "name", "pk")[:MOST_HOSPITALS])


def _free_places(user: User, case: Case) -> tuple[list[Place], list[Place]]:
    """Places of the user's hospitals that are given, staffed and held for nobody from the case's day on."""
    day = max(case.ready_from or date.min, current_day())
    kept = Hold.unscoped.filter(held(day), place=OuterRef("pk"))
    rows = Place.objects.filter(Q(last_day__isnull=True) | Q(last_day__gte=day), ~Exists(kept))
    rows = rows.filter(mission=case.mission_id, closed_at__isnull=True, staffed=True)
    rows = rows.exclude(hospital__country__in=case.refused_countries)
    rows = visible(user, rows, KEEP_PLACES).select_related("hospital")
    order = ("hospital__country", "hospital__name", "label", "pk")
    fitting = list(rows.filter(specialty__in=case.specialties).order_by(*order)[:MOST_PLACES])
    rest = rows.exclude(specialty__in=case.specialties).order_by("specialty", *order)
    return fitting, list(rest[: MOST_PLACES - len(fitting)])
