"""A hospital's places to take away: a numbered and sealed workbook that the import reads again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from medevac.audit.services import numbered_export
from medevac.cases.services.taking import Taken, taken_line, workbook_language
from medevac.directory.models import Hospital, Mission
from medevac.directory.specialties import NAMES, in_reading_order, specialty_name
from medevac.offers.models import Hold, Place, Pool
from medevac.offers.services.holding import taken_on
from medevac.offers.services.places import demand_keeper
from medevac.offers.standing import held, standing_of
from medevac.offers.states import PoolKind
from medevac.people.days import current_day
from medevac.people.models import User
from medevac.tables.columns import Language
from medevac.tables.places.sheets import PLACES
from medevac.tables.places.writing import write_places, write_places_template

TITLE, FORMAT = "offers.places", "xlsx"


def places_template(language: Language) -> bytes:
    """An empty workbook in the language that is active, which is this one."""
    return write_places_template(language, specialty_names())


def specialty_names() -> list[str]:
    """What specialties are called in the active language, in its order."""
    return [specialty_name(code) for code in in_reading_order(NAMES)]


def export_places(user: User, hospital: Hospital, mission: Mission) -> Taken:
    """Take every place that was not taken back, and every number that holds or will hold.

    Raises
    ------
    NotAllowedError
        Where the user does not keep the hospital's places.
    """
    demand_keeper(user, hospital, mission)
    places, pools = list(_places(hospital, mission)), list(_pools(hospital, mission))
    contents = {
        "hospital": str(hospital.pk),
        "mission": mission.code,
        "places": len(places),
        "pools": len(pools),
    }
    with numbered_export(TITLE, FORMAT, contents) as export:
        notes = [f"{hospital.name}, {mission.name}", taken_line(export.number, user)]
        content = export.seal(write_places(places, pools, workbook_language(), specialty_names(), notes))
    return Taken(export.number, f"places-{export.number}.{FORMAT}", content)


def _places(hospital: Hospital, mission: Mission) -> Iterator[dict[str, Any]]:
    today = current_day()
    rows = Place.unscoped.filter(hospital=hospital, mission=mission, closed_at__isnull=True)
    holds = Hold.unscoped.filter(held(today), place__hospital=hospital, mission=mission)
    states: dict[Any, str] = {}
    for held_place, state in holds.order_by("first_day", "pk").values_list("place", "state"):
        states.setdefault(held_place, state)
    keys = [column.key for column in PLACES.columns if not column.calculated]
    for place in rows.order_by("specialty", "label", "pk"):
        yield {
            **{key: getattr(place, key) for key in keys},
            "specialty": specialty_name(place.specialty) if place.specialty in NAMES else place.specialty,
            "standing": str(standing_of(place, states.get(place.pk), today).label),
            "named": _("yes") if place.named else _("no"),
            "confirmed_at": place.confirmed_at,
        }


def _pools(hospital: Hospital, mission: Mission) -> Iterator[dict[str, Any]]:
    today = current_day()
    holds = list(Hold.unscoped.filter(held(today), place__hospital=hospital, mission=mission))
    rows = Pool.unscoped.filter(hospital=hospital, mission=mission)
    for row in rows.order_by("kind", "first_day"):
        if row.last_day is None or row.last_day >= today:
            taken = taken_on(PoolKind(row.kind), holds, today) if row.holds_on(today) else None
            yield {"kind": row.kind, "number": row.number, "first_day": row.first_day, "taken": taken}
