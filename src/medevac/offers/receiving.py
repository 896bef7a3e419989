"""Hospitals of a problem with what they treat and from which airports they are reached."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from medevac.directory.models import Airport, Hospital, HospitalSpecialty, Reach
from medevac.offers.free_places import FreeByHospital
from medevac.people.policy.sent_ids import sent

ANYWHERE = "EPWA"  # the base of an aircraft where no hospital says from where it is reached


@dataclass(frozen=True)
class Receiving:
    """Hospitals, by code.

    Parameters
    ----------
    hospitals
        In the order of their codes.
    treated
        By hospital, the suitability for each specialty that was asked for.
    reach
        By hospital, ICAO code and minutes on the road, by code.
    airports
        Those, by ICAO code.
    """

    hospitals: Sequence[Hospital]
    treated: Mapping[UUID, Mapping[str, float]]
    reach: Mapping[UUID, Sequence[tuple[str, int]]]
    airports: Mapping[str, Airport]

    def nearest_to_most(self, *, but: str) -> str:
        """The airport from which most of the hospitals are reached, another one than that."""
        near = Counter(code for roads in self.reach.values() for code, _minutes in roads if code != but)
        return near.most_common(1)[0][0] if near else ANYWHERE


def receiving_hospitals(
    countries: Collection[str], needs: Collection[str], places: FreeByHospital, *, with_room: bool = False
) -> Receiving:
    """Hospitals with places of these specialties, and those that treat them and have given no place yet.

    Parameters
    ----------
    with_room
        Only those with a free place.
    """
    free = [hospital for hospital, own in places.items() if any(one.count for one in own.values())]
    treating = HospitalSpecialty.unscoped.filter(specialty__in=needs)
    wanted = Q(pk__in=sent(free if with_room else places))
    if not with_room:
        wanted |= Q(pk__in=treating.values("hospital"))
    rows = Hospital.unscoped.filter(wanted, closed_at__isnull=True, country__in=countries).order_by("code")
    hospitals = list(rows)
    ids = sent(one.pk for one in hospitals)
    treated: dict[UUID, dict[str, float]] = {one.pk: {} for one in hospitals}
    found = treating.filter(hospital__in=ids).order_by("specialty")
    for hospital, specialty, suitability in found.values_list("hospital", "specialty", "suitability"):
        treated[hospital][specialty] = suitability
    roads = list(
        Reach.unscoped.filter(hospital__in=ids)
        .order_by("airport__icao")
        .values_list("hospital", "airport__icao", "road_minutes")
    )
    reach: dict[UUID, list[tuple[str, int]]] = {one.pk: [] for one in hospitals}
    for hospital, code, minutes in roads:
        reach[hospital].append((code, minutes))
    codes = {code for _hospital, code, _minutes in roads}
    airports = {one.icao: one for one in Airport.unscoped.filter(icao__in=codes)}
    return Receiving(hospitals, treated, reach, airports)
