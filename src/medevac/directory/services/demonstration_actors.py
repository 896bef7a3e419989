"""Who takes part in the demonstration's missions: the invented organisations, each with its part."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from medevac.directory.models import Mission, MissionActor, MissionCountry
from medevac.directory.services.checking import save_checked
from medevac.people.models import Organisation
from medevac.people.organisation_kinds import Kind

Part = MissionActor.Part
UKRAINE: Mapping[Kind, tuple[Part, ...]] = {
    Kind.SENDING_HOSPITAL: (Part.SENDS,),
    Kind.OBLAST: (Part.SENDS,),
    Kind.MINISTRY: (Part.VERIFIES,),
    Kind.CENTRE: (Part.COORDINATES,),
    Kind.REGION: (Part.RECEIVES,),
    Kind.RECEIVING_HOSPITAL: (Part.RECEIVES,),
    Kind.FLIGHT_DESK: (Part.FLIES,),
    Kind.HUB: (Part.HUB,),
    Kind.GROUND: (Part.GROUND,),
    Kind.MUNICIPALITY: (Part.FOLLOWS_UP,),
    Kind.IMMIGRATION: (Part.FOLLOWS_UP,),
}
# Nobody in the demonstration sits in Gaza or Cairo: the owner itself files and verifies.
GAZA: Mapping[Kind, tuple[Part, ...]] = {
    Kind.OWNER: (Part.SENDS, Part.VERIFIES),
    Kind.CENTRE: (Part.COORDINATES,),
    Kind.REGION: (Part.RECEIVES,),
    Kind.RECEIVING_HOSPITAL: (Part.RECEIVES,),
    Kind.FLIGHT_DESK: (Part.FLIES,),
    Kind.GROUND: (Part.GROUND,),
    Kind.IMMIGRATION: (Part.FOLLOWS_UP,),
}
_LATER = {Kind.MUNICIPALITY: 31, Kind.IMMIGRATION: 31}  # days after the mission began, when these joined


def make_actors(mission: Mission, parts: Mapping[Kind, tuple[Part, ...]]) -> None:
    """Name those that take part, unless somebody has been named already."""
    if MissionActor.unscoped.filter(mission=mission).exists():
        return
    places = Organisation.unscoped.filter(kind__in=list(parts), closed_at=None).order_by("created_at", "pk")
    countries = set(MissionCountry.unscoped.filter(mission=mission).values_list("country", flat=True))
    for place in places:
        kind = Kind(place.kind)
        if kind is Kind.CENTRE and place.country not in countries:  # its country takes nobody of this mission
            continue
        begins = date.fromordinal(mission.first_day.toordinal() + _LATER.get(kind, 0))
        for part in parts[kind]:
            save_checked(MissionActor(mission=mission, organisation=place, part=part, first_day=begins))
