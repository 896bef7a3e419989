"""In which zone an organisation reads its clock: that of the airport from which its hospitals are reached."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.conf import settings

from medevac.directory.models import Airport, Reach
from medevac.people.models import Organisation
from medevac.people.policy.areas import below


def zone_of(organisation: Organisation) -> ZoneInfo:
    """Of the airport nearest to its hospitals; else of one in its country; else of the installation."""
    reached = Reach.unscoped.filter(hospital__keeper__in=below(organisation.pk), hospital__closed_at=None)
    near = reached.order_by("road_minutes", "pk").values_list("airport__time_zone", flat=True).first()
    if near is None:
        abroad = Airport.unscoped.filter(country=organisation.country).order_by("icao")
        near = abroad.values_list("time_zone", flat=True).first()
    return ZoneInfo(near or settings.TIME_ZONE)
