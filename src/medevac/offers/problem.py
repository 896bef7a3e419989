"""A mission as a problem of the planner (`medevac-problem/1`): cases that wait, and places that are left.

The document is what the planner's own reader accepts, so what fits is decided by the planner's rules alone.
Rules of eligibility become countries that a patient cannot go to, beside those that the patient refuses.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from medevac.cases.models import Case, FamilyGroup
from medevac.cases.models.case import Priority
from medevac.cases.rules import WAITING
from medevac.directory.models import (
    Hospital,
    Mission,
    MissionCountry,
    MissionHub,
    MissionLimit,
)
from medevac.offers.eligibility import Barrier, barriers_of_many
from medevac.offers.free_places import (
    COUNTED,
    FreeByHospital,
    Rooms,
    Window,
    as_places,
    count_free,
    rooms_left,
)
from medevac.offers.models import Hold
from medevac.offers.next_flight import LOAD_MINUTES, aircraft_for, airports_of
from medevac.offers.receiving import Receiving, receiving_hospitals
from medevac.offers.states import HoldState, PoolKind
from medevac.people.days import current_day, day_of
from medevac.people.policy.sent_ids import sent
from medevac.people.refusals import RefusedError
from medevac.planner import Problem, read_problem
from medevac.planner.faults import FaultsError
from medevac.planner.reading.document import PROBLEM_FORMAT

DAYS_AHEAD = 14  # flights go about once a week: the next two
# A day's journey: apron, a flight of several stops, and the road. Nobody has said how long a patient bears
# it; who may fly at all is decided by clinicians, case by case.
MOST_TRANSIT_MINUTES = 720
PRIORITIES = {Priority.P1: 1, Priority.P2: 2, Priority.P3: 3}
FAMILY_RULES = {
    FamilyGroup.Together.TOGETHER: "same-hospital",
    FamilyGroup.Together.SAME_STOP: "same-stop",
}


@dataclass(frozen=True)
class Posed:
    """A problem, and what its names stand for.

    Parameters
    ----------
    document
        The `medevac-problem/1`.
    problem
        The same, as the planner's own reader has read and checked it.
    window
        Its days.
    cases
        By the patient's id, which is the pseudonym.
    hospitals
        By the hospital's id, which is its code.
    barriers
        By case, the rules of eligibility that stop it, by country.
    left_out
        Cases of which nobody has said which specialties they need: nothing can be said of them.
    """

    document: dict[str, Any]
    problem: Problem
    window: Window
    cases: Mapping[str, Case]
    hospitals: Mapping[str, Hospital]
    barriers: Mapping[UUID, Mapping[str, Barrier]]
    left_out: tuple[Case, ...]


@dataclass(frozen=True)
class _Frame:
    """What of a mission holds on the first day: hubs, countries, and what is left of their limits."""

    hubs: list[MissionHub]
    countries: dict[str, dict[str, Any]]


def write_problem(
    mission: Mission,
    cases: Collection[Case],
    *,
    window: Window | None = None,
    flies_on: Sequence[date] | None = None,
    aircraft: Mapping[str, Any] | None = None,
    country: str = "",
    with_room: bool = False,
    ruled_out: Mapping[UUID, Collection[str]] | None = None,
    every_room: bool = True,
) -> Posed:
    """Write the problem of placing some cases of a mission.

    Parameters
    ----------
    cases
        Each with `person`; the members of their families that wait as well come along.
    window
        Its days; two weeks from today unless given.
    flies_on
        The days on which aircraft may fly; all of the window unless given.
    aircraft
        See `next_flight.aircraft_for`.
    country
        Only hospitals there; everywhere unless given.
    with_room
        Only hospitals with a free place, where nobody asks what stands against the others.
    ruled_out
        By case, codes of hospitals that have said no.
    every_room
        Whether rooms are counted of which none of the cases needs one; they are 0 otherwise.

    Raises
    ------
    RefusedError
        Where the mission names no hub or no country today, or the aircraft of the setting are no aircraft.
    """
    window = window or Window(current_day(), DAYS_AHEAD)
    frame = _frame_of(mission, window, country)
    families = _families_of(cases)
    everybody = {case.pk: case for case in (*cases, *families)}
    posed = [case for case in everybody.values() if case.specialties]
    needs = {specialty for case in posed for specialty in case.specialties}
    here = [code for code in frame.countries if not country or code == country]
    places = count_free(mission.pk, window, needs, country=country)
    receiving = receiving_hospitals(here, needs, places, with_room=with_room)
    hospitals = receiving.hospitals
    barriers = barriers_of_many(posed, list(frame.countries), day=window.first)
    codes = [one.code for one in hospitals]
    rooms = rooms_left(
        mission.pk, window, [one.pk for one in hospitals], COUNTED if every_room else _rooms_of(posed)
    )
    hub = frame.hubs[0].airport
    fleet = aircraft_for([hub.icao], flies_on if flies_on is not None else window.each(), aircraft)
    for one in fleet:  # one that is based at the hub comes from where most hospitals are
        base = str(one.get("base", ""))
        one["base"] = receiving.nearest_to_most(but=hub.icao) if base == hub.icao else base
    bases = [one["base"] for one in fleet]
    airports = {hub.icao: hub, **receiving.airports}
    document: dict[str, Any] = {
        "format": PROBLEM_FORMAT,
        "name": f"{mission.code} from {window.first.isoformat()}",
        "start": window.first.isoformat(),
        "days": window.days,
        "airports": airports_of([hub.icao, *bases, *_in_order(receiving)], airports, window.first),
        "hubs": {hub.icao: {"load_minutes": LOAD_MINUTES}},
        "countries": frame.countries,
        "hospitals": _hospital_entries(receiving, places, rooms),
        "aircraft": fleet,
        "patients": [
            _patient(case, hub.icao, frame, barriers[case.pk], codes, (ruled_out or {}).get(case.pk, ()))
            for case in posed
        ],
        "families": {
            _family_name(case): FAMILY_RULES[FamilyGroup.Together(case.family.together)]
            for case in posed
            if case.family is not None
        },
    }
    return Posed(
        document=document,
        problem=_read(document),
        window=window,
        cases={case.pseudonym: case for case in posed},
        hospitals={one.code: one for one in hospitals},
        barriers=barriers,
        left_out=tuple(case for case in everybody.values() if not case.specialties),
    )


def _read(document: dict[str, Any]) -> Problem:
    try:
        return read_problem(document).problem
    except FaultsError as error:
        raise RefusedError(
            _(
                "The planner cannot read what is written here (%(fault)s). Whoever runs the service looks at "
                "the setting MEDEVAC_OFFERS_AIRCRAFT first."
            )
            % {"fault": error.faults[0]}
        ) from error


def _frame_of(mission: Mission, window: Window, only: str = "") -> _Frame:
    """Of one country alone where hospitals of that one alone are asked about."""
    on_it = {"mission": mission.pk}
    hubs = list(MissionHub.unscoped.on(window.first).filter(**on_it).select_related("airport"))
    hubs.sort(key=lambda one: (one.first_day, one.airport.icao))
    taking_part = MissionCountry.unscoped.on(window.first).filter(**on_it).order_by("country")
    countries = {one.country: one.fair_share for one in taking_part}
    if not hubs or not countries:
        raise RefusedError(
            _(
                "The mission %(mission)s names no hub or no country for today, so that nothing can be said "
                "of what fits. Its owner adds them on the page of the mission."
            )
            % {"mission": mission.name}
        )
    limits = MissionLimit.unscoped.on(window.first).filter(what=MissionLimit.What.FRAME, **on_it)
    numbers = {one.country: one.number for one in limits}
    comes = Q(first_day__range=(window.first, window.last))
    held = Hold.unscoped.filter(comes | Q(place__hospital__country__in=list(numbers)), mission=mission.pk)
    held = held.exclude(state=HoldState.FREED).order_by()
    if only:
        held = held.filter(place__hospital__country=only)
    counted = held.values_list("place__hospital__country")
    taken = {
        code: (every, coming)
        for code, every, coming in counted.annotate(every=Count("pk"), coming=Count("pk", filter=comes))
    }
    found = {}
    for code, share in countries.items():
        limit, (every, coming) = numbers.get(code), taken.get(code, (0, 0))
        found[code] = {
            "limit": None if limit is None else max(0, limit - every),
            "fair_share": None if share is None else max(0, _for_window(share, window) - coming),
        }
    return _Frame(hubs, found)


def _for_window(share: int, window: Window) -> int:
    """A fair share is for a week (`MissionCountry`); the window may be longer."""
    return share * max(1, window.days // 7)


def _families_of(cases: Collection[Case]) -> list[Case]:
    """Who waits of the families of these cases."""
    families = {case.family_id for case in cases if case.family_id}
    if not families:
        return []
    rows = Case.unscoped.filter(family__in=families, state__in=[str(state) for state in WAITING])
    rows = rows.exclude(pk__in=sent(case.pk for case in cases))
    return list(rows.select_related("person", "family").order_by("pseudonym"))


def _rooms_of(cases: Iterable[Case]) -> set[PoolKind]:
    """The kinds of rooms that some of the cases need, and arrivals."""
    found = {PoolKind.ARRIVALS}
    for case in cases:
        needed = {
            PoolKind.ISOLATION: case.isolation != "none",
            PoolKind.INTENSIVE: case.position == "intensive",
            PoolKind.CHILD: case.child,
            PoolKind.HOUSING: case.companions_count > 0,
        }
        found |= {kind for kind, needs in needed.items() if needs}
    return found


def _hospital_entries(receiving: Receiving, places: FreeByHospital, rooms: Rooms) -> list[dict[str, Any]]:
    found = []
    for one in receiving.hospitals:
        left = rooms.get(one.pk, {})
        treated = dict(receiving.treated[one.pk])
        entry = {
            "id": one.code,
            "country": one.country,
            "reach": [{"airport": code, "road_minutes": road} for code, road in receiving.reach[one.pk]],
            "places": dict.fromkeys(sorted(treated), 0) | as_places(places.get(one.pk, {})),
            "suitability": treated,
            "isolation": left.get(PoolKind.ISOLATION, 0),
            "intensive": left.get(PoolKind.INTENSIVE, 0),
            "child": left.get(PoolKind.CHILD, 0),
            "companions": left.get(PoolKind.HOUSING, 0),
            "arrivals_per_day": left.get(PoolKind.ARRIVALS),
        }
        found.append(entry)
    return found


def _in_order(receiving: Receiving) -> list[str]:
    """The airports in the order in which the hospitals name them."""
    return [code for one in receiving.hospitals for code, _minutes in receiving.reach[one.pk]]


def _patient(
    case: Case,
    hub: str,
    frame: _Frame,
    barriers: Mapping[str, Barrier],
    codes: Sequence[str],
    said_no: Collection[str],
) -> dict[str, Any]:
    closed = {*case.refused_countries, *barriers}
    prefers = [code for code in case.preferred_countries if code in frame.countries and code not in closed]
    since = case.verified_at or case.published_at or case.created_at
    today = current_day()
    return {
        "id": case.pseudonym,
        "hub": hub,
        "ready": (case.ready_from or today).isoformat(),
        "priority": PRIORITIES[Priority(case.priority)],
        "waiting_days": max(0, (today - day_of(since)) // timedelta(days=1)),
        "position": case.position,
        "needs": list(dict.fromkeys(case.specialties)),
        "isolation": case.isolation,
        "child": case.child,
        "companions": case.companions_count,
        "max_transit_minutes": MOST_TRANSIT_MINUTES,
        "family": _family_name(case) if case.family_id else None,
        "refuses": [code for code in frame.countries if code in closed],
        "prefers": prefers[0] if prefers else None,
        "hospitals": [code for code in codes if code not in said_no] if said_no else None,
    }


def _family_name(case: Case) -> str:
    return f"family {case.family_id}"
