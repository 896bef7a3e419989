"""Writes problems and plans as documents. What equals a default is left out of a problem."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from medevac.planner.plan import TERM_NAMES, Conflict, Flight, Placement, Plan, Unplaced
from medevac.planner.problem import (
    DAY_MINUTES,
    Aircraft,
    Airport,
    Country,
    DutyBand,
    Fixed,
    FixedFlight,
    Hospital,
    Layout,
    Patient,
    Places,
    Problem,
    Weights,
)
from medevac.planner.reading.document import PLAN_FORMAT, PROBLEM_FORMAT

SCORE_DECIMALS = 6


def problem_to_bytes(problem: Problem) -> bytes:
    """The document of a problem as UTF-8; the same problem always gives the same bytes."""
    return _to_bytes(problem_to_dict(problem))


def plan_to_bytes(plan: Plan) -> bytes:
    """The document of a plan as UTF-8; the same plan always gives the same bytes."""
    return _to_bytes(plan_to_dict(plan))


def problem_to_dict(problem: Problem) -> dict[str, Any]:
    """The document of a problem."""
    document: dict[str, Any] = {
        "format": PROBLEM_FORMAT,
        "name": problem.name,
        "start": problem.start.isoformat(),
        "days": problem.days,
        "airports": {code: _airport(airport) for code, airport in problem.airports.items()},
        "hubs": {code: {"load_minutes": minutes} for code, minutes in problem.hubs.items()},
        "countries": {code: _country(country) for code, country in problem.countries.items()},
        "hospitals": [_hospital(hospital) for hospital in problem.hospitals],
        "aircraft": [_aircraft(aircraft) for aircraft in problem.aircraft],
        "patients": [_patient(patient) for patient in problem.patients],
    }
    optional = {
        "families": dict(problem.families),
        "fixed": [_fixed(fixed) for fixed in problem.fixed],
        "fixed_flights": [_fixed_flight(flight) for flight in problem.fixed_flights],
    }
    document |= {key: value for key, value in optional.items() if value}
    document["weights"] = _weights(problem.weights)
    return document


def plan_to_dict(plan: Plan) -> dict[str, Any]:
    """The document of a plan; scores are rounded to six decimals, instants are whole minutes."""
    document: dict[str, Any] = {
        "format": PLAN_FORMAT,
        "problem": {"name": plan.problem_name, "sha256": plan.problem_sha256},
        "status": plan.status,
        "score": _score(plan.score),
        "bound": _score(plan.bound),
        "terms": None if plan.terms is None else _terms(plan.terms),
        "flights": [_flight(flight) for flight in plan.flights],
        "placements": [_placement(placement) for placement in plan.placements],
        "unplaced": [_unplaced(unplaced) for unplaced in plan.unplaced],
    }
    if plan.conflicts:
        document["conflicts"] = [_conflict(conflict) for conflict in plan.conflicts]
    if plan.pins:
        document["pins"] = [{"patient": name, "cost": _score(cost)} for name, cost in plan.pins.items()]
    if plan.standby:
        document["standby"] = {
            flight: {position: list(names) for position, names in by_position.items()}
            for flight, by_position in plan.standby.items()
        }
    if plan.solver is not None:
        solver = plan.solver
        document["solver"] = {
            "name": solver.name,
            "version": solver.version,
            "method": solver.method,
            "seconds": round(solver.seconds, 3),
            "seed": solver.seed,
        }
    return document


def _to_bytes(document: dict[str, Any]) -> bytes:
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2)
    return f"{text}\n".encode()


def _without(values: Mapping[str, Any], **defaults: Any) -> dict[str, Any]:
    """The values, less those that equal their default (None where none is given)."""
    return {key: value for key, value in values.items() if value != defaults.get(key)}


def _date(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _instant(moment: datetime) -> str:
    """An instant in UTC; one without a time zone is taken as UTC."""
    in_utc = moment.astimezone(UTC) if moment.tzinfo else moment
    return f"{in_utc.date().isoformat()}T{in_utc.hour:02}:{in_utc.minute:02}Z"


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _airport(airport: Airport) -> dict[str, Any]:
    values = {
        "lat": airport.lat,
        "lon": airport.lon,
        "opens": _clock(airport.opens),
        "closes": _clock(airport.closes),
        "ambulances": airport.ambulances,
    }
    return _without(values, opens=_clock(0), closes=_clock(DAY_MINUTES))


def _country(country: Country) -> dict[str, Any]:
    return _without({"limit": country.limit, "fair_share": country.fair_share})


def _hospital(hospital: Hospital) -> dict[str, Any]:
    values = {
        "id": hospital.id,
        "country": hospital.country,
        "reach": [{"airport": one.airport, "road_minutes": one.road_minutes} for one in hospital.reach],
        "from": _date(hospital.from_date),
        "until": _date(hospital.until_date),
        "places": {specialty: _places(places) for specialty, places in hospital.places.items()},
        "suitability": dict(hospital.suitability),
        "isolation": hospital.isolation,
        "intensive": hospital.intensive,
        "child": hospital.child,
        "companions": hospital.companions,
        "arrivals_per_day": hospital.arrivals_per_day,
    }
    return _without(values, suitability={}, isolation=0, intensive=0, child=0, companions=0)


def _places(places: Places) -> int | dict[str, Any]:
    if places.from_date is None and places.until_date is None:
        return places.count
    return _without(
        {"count": places.count, "from": _date(places.from_date), "until": _date(places.until_date)}
    )


def _aircraft(aircraft: Aircraft) -> dict[str, Any]:
    duty = aircraft.duty_minutes
    return {
        "id": aircraft.id,
        "base": aircraft.base,
        "days": [day.isoformat() for day in aircraft.days],
        "max_flights": aircraft.max_flights,
        "max_stops": aircraft.max_stops,
        "range_km": aircraft.range_km,
        "speed_kmh": aircraft.speed_kmh,
        "leg_minutes": aircraft.leg_minutes,
        "turnaround_minutes": aircraft.turnaround_minutes,
        "unload_minutes": aircraft.unload_minutes,
        "report_minutes": aircraft.report_minutes,
        "duty_minutes": duty if isinstance(duty, int | float) else [_band(band) for band in duty],
        "cost_per_hour": aircraft.cost_per_hour,
        "layouts": [_layout(layout) for layout in aircraft.layouts],
    }


def _band(band: DutyBand) -> dict[str, Any]:
    return {
        "report_from": _clock(band.report_from),
        "report_until": _clock(band.report_until),
        "legs": {str(legs): minutes for legs, minutes in band.legs.items()},
    }


def _layout(layout: Layout) -> dict[str, Any]:
    values = {
        "id": layout.id,
        "litters": layout.litters,
        "intensive": layout.intensive,
        "seats": layout.seats,
        "isolation": layout.isolation,
        "care": layout.care,
    }
    return _without(values)


def _patient(patient: Patient) -> dict[str, Any]:
    values = {
        "id": patient.id,
        "hub": patient.hub,
        "ready": patient.ready.isoformat(),
        "fit_until": None if patient.fit_until is None else _instant(patient.fit_until),
        "priority": patient.priority,
        "waiting_days": patient.waiting_days,
        "position": patient.position,
        "needs": list(patient.needs),
        "isolation": patient.isolation,
        "child": patient.child,
        "companions": patient.companions,
        "care": patient.care,
        "max_transit_minutes": patient.max_transit_minutes,
        "family": patient.family,
        "refuses": list(patient.refuses),
        "prefers": patient.prefers,
        "hospitals": None if patient.hospitals is None else list(patient.hospitals),
        "chosen": patient.chosen,
    }
    return _without(values, waiting_days=0, isolation="none", child=False, companions=0, care=0, refuses=[])


def _fixed(fixed: Fixed) -> dict[str, Any]:
    values: dict[str, Any] = {"patient": fixed.patient, "hospital": fixed.hospital}
    if fixed.flight is not None:
        values["flight"] = {"aircraft": fixed.flight.aircraft, "date": fixed.flight.date.isoformat()}
    return values


def _fixed_flight(flight: FixedFlight) -> dict[str, Any]:
    values = {
        "aircraft": flight.aircraft,
        "date": flight.date.isoformat(),
        "layout": flight.layout,
        "hub": flight.hub,
        "stops": list(flight.stops),
        "leaves_base": f"{flight.date.isoformat()}T{_clock(flight.leaves_base)}Z",
        "closed": flight.closed,
    }
    return _without(values, closed=False)


def _weights(weights: Weights) -> dict[str, Any]:
    return {
        "priority": {str(priority): weight for priority, weight in weights.priority.items()},
        "waiting_per_week": weights.waiting_per_week,
        "waiting_weeks_cap": weights.waiting_weeks_cap,
        "suitability": weights.suitability,
        "preference": weights.preference,
        "transit_per_hour": weights.transit_per_hour,
        "above_fair_share": weights.above_fair_share,
        "cost_per_1000": weights.cost_per_1000,
    }


def _score(value: float | None) -> float | None:
    """Rounded, and never a negative zero."""
    return None if value is None else round(float(value), SCORE_DECIMALS) + 0.0


def _terms(terms: Mapping[str, float]) -> dict[str, float | None]:
    return {name: _score(terms[name]) for name in TERM_NAMES if name in terms}


def _flight(flight: Flight) -> dict[str, Any]:
    return {
        "id": flight.id,
        "aircraft": flight.aircraft,
        "layout": flight.layout,
        "date": flight.date.isoformat(),
        "hub": flight.hub,
        "leaves_base": _instant(flight.leaves_base),
        "legs": [
            {
                "from": leg.origin,
                "to": leg.destination,
                "departs": _instant(leg.departs),
                "arrives": _instant(leg.arrives),
            }
            for leg in flight.legs
        ],
    }


def _placement(placement: Placement) -> dict[str, Any]:
    return {
        "patient": placement.patient,
        "hospital": placement.hospital,
        "flight": placement.flight,
        "leaves_at": placement.leaves_at,
        "transit_minutes": placement.transit_minutes,
        "basis": placement.basis,
    }


def _unplaced(unplaced: Unplaced) -> dict[str, Any]:
    values: dict[str, Any] = {
        "patient": unplaced.patient,
        "reason": unplaced.reason,
        "explanation": unplaced.explanation,
    }
    if unplaced.facts is not None:
        values["facts"] = _plain(unplaced.facts)
    return values


def _conflict(conflict: Conflict) -> dict[str, Any]:
    return {
        "patients": list(conflict.patients),
        "rule": conflict.rule,
        "explanation": conflict.explanation,
    }


def _plain(value: Any) -> Any:
    """Facts as JSON values: tuples and sets become lists, dates and instants are printed."""
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(_plain(inner) for inner in value)
    if isinstance(value, Iterable) and not isinstance(value, str | bytes):
        return [_plain(inner) for inner in value]
    if isinstance(value, datetime):
        return _instant(value)
    return value.isoformat() if isinstance(value, date) else value
