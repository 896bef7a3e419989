"""From published lists to hospitals of a problem, with airports, roads and places; says what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from medevac.planner.faults import Fault
from medevac.tables.facilities.assumption import ASSUMED, Kind, Offer, kind_of
from medevac.tables.facilities.published_lists import Facility, PublishedList, RunwayAirport
from medevac.tables.facilities.reach import Reach, ReachRule, find_reach, suitable
from medevac.tables.facilities.rows import BadRow, Row
from medevac.tables.facilities.stated_places import StatedPlaces

Reason = Literal["bad-row", "duplicate", "no-places", "other-care", "no-airport-in-reach"]
REASONS: dict[Reason, str] = {
    "bad-row": "the row cannot be used",
    "duplicate": "the same row stands above",
    "no-places": "nobody has said what it offers",
    "other-care": "by its name it gives another kind of care (an assumption)",
    "no-airport-in-reach": "no airport with a runway that suffices is near enough",
}
CORRECTED = "The list has degrees and minutes where decimal degrees belong; the position was put right."
WINDOW_DAYS = 7


@dataclass(frozen=True)
class ImportRule:
    """How lists become hospitals.

    Parameters
    ----------
    start
        The first date of the problem that is written.
    reach
        Which airports are in reach.
    assume
        Whether hospitals for which no places are stated are assumed to offer some, by their kind.
    """

    start: date
    reach: ReachRule = field(default_factory=ReachRule)
    assume: bool = True


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that became no hospital, and why."""

    row: Row
    reason: Reason
    explanation: str


@dataclass(frozen=True)
class HospitalImport:
    """What came out: a problem without patients and aircraft, and what was left out."""

    document: dict[str, Any]
    left_out: tuple[LeftOut, ...]
    warnings: tuple[Fault, ...]
    kinds: Mapping[Kind, int]
    renumbered: int
    corrected: tuple[str, ...]

    def reasons(self) -> dict[Reason, int]:
        """How many rows were left out, by reason, most first."""
        return dict(Counter(one.reason for one in self.left_out).most_common())


def import_hospitals(
    facilities: PublishedList[Facility],
    runways: PublishedList[RunwayAirport],
    stated: Mapping[str, StatedPlaces],
    rule: ImportRule,
    *,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> HospitalImport:
    """Make hospitals from lists.

    Parameters
    ----------
    facilities
        The list of hospitals; its bad rows are left out.
    runways
        The list of airports.
    stated
        What hospitals have said that they offer, by id.
    rule
        How.
    progress
        Called with the number of hospitals done and of all.
    """
    left_out = [LeftOut(bad.row, "bad-row", _sentences(bad)) for bad in facilities.bad]
    own, renumbered = _own_ids(facilities.entries, left_out)
    airports = suitable(runways.entries, frozenset(it.country for it in own), rule.reach)
    offering, kinds = _offering(own, stated, rule, left_out)
    placed = _placed(offering, airports, rule, left_out, progress)
    kept = {facility.id for facility, _, _ in placed}
    used = {road.airport.icao: road.airport for _, _, reach in placed for road in reach.roads}
    return HospitalImport(
        document=_document(placed, used, rule),
        left_out=tuple(sorted(left_out, key=lambda it: it.row.line)),
        warnings=_warnings(stated, kept),
        kinds=Counter(kinds[facility.id] for facility, _, _ in placed if facility.id in kinds),
        renumbered=renumbered,
        corrected=tuple(code for code in sorted(used) if used[code].corrected),
    )


def _sentences(bad: BadRow) -> str:
    return " ".join(str(fault) for fault in bad.faults)


def _own_ids(entries: Iterable[Facility], left_out: list[LeftOut]) -> tuple[list[Facility], int]:
    """Every facility once, each with an id of its own: further sites under one id are numbered."""
    taken = {it.id for it in entries}
    seen: dict[str, list[Facility]] = {}
    found, renumbered = [], 0
    for facility in entries:
        same = seen.setdefault(facility.id, [])
        twin = next((it for it in same if it.row.values == facility.row.values), None)
        same.append(facility)
        if twin is not None:
            left_out.append(LeftOut(facility.row, "duplicate", f"It is the same as line {twin.row.line}."))
        elif len(same) == 1:
            found.append(facility)
        else:
            found.append(replace(facility, id=_new_id(facility.id, taken)))
            renumbered += 1
    return found, renumbered


def _new_id(identity: str, taken: set[str]) -> str:
    number = 2
    while f"{identity}-{number}" in taken:
        number += 1
    taken.add(f"{identity}-{number}")
    return f"{identity}-{number}"


def _offering(
    facilities: Iterable[Facility],
    stated: Mapping[str, StatedPlaces],
    rule: ImportRule,
    left_out: list[LeftOut],
) -> tuple[list[tuple[Facility, dict[str, Any]]], dict[str, Kind]]:
    """The facilities that offer something, with it, and the kind of those for which that is assumed."""
    found: list[tuple[Facility, dict[str, Any]]] = []
    kinds: dict[str, Kind] = {}
    for facility in facilities:
        if facility.id in stated:
            found.append((facility, _stated(stated[facility.id])))
            continue
        if not rule.assume:
            left_out.append(LeftOut(facility.row, "no-places", "It is not in the places file."))
            continue
        kind = kind_of(facility)
        offer = ASSUMED[kind]
        if offer is None:
            left_out.append(LeftOut(facility.row, "other-care", "Name it in the places file to use it."))
            continue
        kinds[facility.id] = kind
        found.append((facility, _assumed(kind, offer)))
    return found, kinds


def _stated(offer: StatedPlaces) -> dict[str, Any]:
    keys: dict[str, Any] = {"places": offer.places}
    if offer.suitability:
        keys["suitability"] = offer.suitability
    return keys | offer.rooms


def _assumed(kind: Kind, offer: Offer) -> dict[str, Any]:
    return {
        "places": dict(offer.places),
        **offer.rooms(),
        "x-assumption": f"places and rooms of a hospital of kind: {kind}",
    }


def _placed(
    offering: list[tuple[Facility, dict[str, Any]]],
    airports: tuple[RunwayAirport, ...],
    rule: ImportRule,
    left_out: list[LeftOut],
    progress: Callable[[int, int], None],
) -> list[tuple[Facility, dict[str, Any], Reach]]:
    """The hospitals that some airport is in reach of."""
    if not airports:
        sentence = f"No airport of the list has a runway of {rule.reach.min_runway_ft:g} ft in its countries."
        left_out.extend(LeftOut(it.row, "no-airport-in-reach", sentence) for it, _ in offering)
        return []
    reaches = find_reach([it for it, _ in offering], airports, rule.reach, progress)
    placed = []
    for (facility, offer), reach in zip(offering, reaches, strict=True):
        if reach.roads:
            placed.append((facility, offer, reach))
            continue
        near = reach.nearest
        sentence = (
            f"The nearest is {near.airport.icao}, {near.km:.0f} km away: about {near.minutes} minutes on the "
            f"road, and at most {rule.reach.max_road_minutes:g} are allowed."
        )
        left_out.append(LeftOut(facility.row, "no-airport-in-reach", sentence))
    return placed


def _warnings(stated: Mapping[str, StatedPlaces], kept: set[str]) -> tuple[Fault, ...]:
    """Hospitals that offer places and cannot be reached."""
    lost = [identity for identity in stated if identity not in kept]
    remedy = "Its places are not used: see its row among those left out."
    return tuple(
        Fault(identity, "a hospital with an airport in reach", "none", remedy, "warning") for identity in lost
    )


def _document(
    placed: list[tuple[Facility, dict[str, Any], Reach]],
    airports: Mapping[str, RunwayAirport],
    rule: ImportRule,
) -> dict[str, Any]:
    """A problem that lacks hubs, aircraft and patients."""
    return {
        "format": "medevac-problem/1",
        "name": "hospitals of a published list",
        "x-note": "Made by medevac import-hospitals. Add hubs, aircraft and patients.",
        "x-estimate": f"Every road time: {rule.reach.road}.",
        "start": rule.start.isoformat(),
        "days": WINDOW_DAYS,
        "airports": {code: _airport(airports[code]) for code in sorted(airports)},
        "hubs": {},
        "countries": {code: {} for code in sorted({it.country for it, _, _ in placed})},
        "hospitals": [_hospital(*one) for one in placed],
        "aircraft": [],
        "patients": [],
    }


def _airport(airport: RunwayAirport) -> dict[str, Any]:
    keys = {"lat": airport.lat, "lon": airport.lon, "x-name": airport.name, "x-runway_ft": airport.runway_ft}
    return keys | {"x-corrected": CORRECTED} if airport.corrected else keys


def _hospital(facility: Facility, offer: dict[str, Any], reach: Reach) -> dict[str, Any]:
    return {
        "id": facility.id,
        "x-name": facility.full_name,
        "x-city": facility.city,
        "x-lat": facility.lat,
        "x-lon": facility.lon,
        "country": facility.country,
        "reach": [
            {
                "airport": it.airport.icao,
                "road_minutes": it.minutes,
                "x-estimate": True,
                "x-great_circle_km": round(it.km, 1),
            }
            for it in reach.roads
        ],
        **offer,
    }
