"""An invented world for many cases: a ministry with oblasts and hospitals, a mission, four people.

Sizes follow the targets of the benchmark: with 20 oblasts of 15 hospitals an oblast has 5 % of all cases and
a hospital 0.33 %. Nothing here is a real organisation.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from medevac.directory.models import Mission
    from medevac.people.models import Organisation, User

FIRST_DAY = date(2022, 5, 1)
OBLASTS, HOSPITALS_EACH = 20, 15
# What the mission asks for: code, kind, the step that it blocks, how many of 100 verified cases have it.
ITEMS = (
    ("form-027", "paper", "verify", 100),
    ("identity-paper", "paper", "book", 80),
    ("recent-assessment", "check", "book", 70),
)


@dataclass
class CaseWorld:
    """Whom the cases belong to, and who asks for them.

    Parameters
    ----------
    mission
        The one mission of all cases.
    ministry, oblasts, hospitals
        Who files; hospitals in the order of their oblasts, `HOSPITALS_EACH` of each.
    people
        One user by the name of a role: ministry, oblast, hospital, partner (a national coordination centre).
    """

    mission: Mission
    ministry: Organisation
    oblasts: list[Organisation]
    hospitals: list[Organisation]
    people: dict[str, User] = field(default_factory=dict)


def build_world(*, oblasts: int = OBLASTS, hospitals_each: int = HOSPITALS_EACH) -> CaseWorld:
    """Make the organisations, the mission with its items, and the people. Django must be set up."""
    from medevac.directory.models import Mission, MissionActor, MissionItem
    from medevac.people.organisation_kinds import Kind

    owner = _organisation("Mission owner", Kind.OWNER, "NO")
    ministry = _organisation("Ministry", Kind.MINISTRY, "UA", admitted_by=owner)
    centre = _organisation("Centre", Kind.CENTRE, "NO", admitted_by=owner)
    regions = [
        _organisation(f"Oblast {number}", Kind.OBLAST, "UA", parent=ministry)
        for number in range(1, oblasts + 1)
    ]
    hospitals = [
        _organisation(f"Hospital {place.name.split()[1]}.{number}", Kind.SENDING_HOSPITAL, "UA", parent=place)
        for place in regions
        for number in range(1, hospitals_each + 1)
    ]
    names = {f"name_{language}": "From Ukraine" for language in ("en", "nb", "uk")}
    mission = Mission.unscoped.create(code="many-cases", owner=owner, first_day=FIRST_DAY, **names)
    MissionActor.unscoped.create(
        mission=mission, organisation=centre, part="coordinates", first_day=FIRST_DAY
    )
    for code, kind, step, _share in ITEMS:
        MissionItem.unscoped.create(
            mission=mission,
            code=code,
            kind=kind,
            blocks=step,
            first_day=FIRST_DAY,
            **{f"name_{language}": code for language in ("en", "nb", "uk")},
        )
    world = CaseWorld(mission, ministry, regions, hospitals)
    places = {"ministry": ministry, "oblast": regions[0], "hospital": hospitals[0], "partner": centre}
    for name, place in places.items():
        world.people[name] = _member(name, place)
    return world


ROLES = {
    "ministry": "ministry",
    "oblast": "oblast_coordinator",
    "hospital": "hospital_coordinator",
    "partner": "coordination_centre",
}


def _organisation(name: str, kind: str, country: str, **above: Any) -> Organisation:
    from medevac.people.models import Organisation

    return Organisation.unscoped.create(name=name, latin_name=name, kind=kind, country=country, **above)


def _member(name: str, place: Organisation) -> User:
    from django.utils import timezone

    from medevac.people.models import Membership, User

    user: User = User.objects.create_user(
        f"{name}@example.org", None, name=name.capitalize(), latin_name=name.capitalize(), language="en"
    )
    began = timezone.now() - timedelta(minutes=1)
    Membership.unscoped.create(
        user=user,
        organisation=place,
        role=ROLES[name],
        starts=began,
        review_due=began + timedelta(days=180),
    )
    return user
