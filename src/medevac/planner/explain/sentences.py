"""English sentences for the reasons of unplaced patients, written from the reasons' facts.

The facts hold everything, so that the same sentence can be written in another language; long lists are
shortened here only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from medevac.planner.plan import Reason

Facts = Mapping[str, Any]
LONGEST_LIST = 6


def sentence(reason: Reason, patient: str, facts: Facts) -> str:
    """Write one reason down for people.

    Parameters
    ----------
    patient
        The patient's id.
    facts
        The reason's data, as `reasons` gathers them.
    """
    return _WRITERS[reason](patient, facts)


def listed(items: Sequence[str], last: str = "and") -> str:
    """Items as a list in a sentence, shortened: "A, B and C", or "A, B, … and 14 more"."""
    if len(items) > LONGEST_LIST:
        shown = LONGEST_LIST - 1
        return f"{', '.join(items[:shown])}, … and {len(items) - shown} more"
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def _no_specialty(patient: str, facts: Facts) -> str:
    needs = listed(facts["needs"])
    if facts["missing"]:
        return f"{patient} needs {needs}; no hospital has a place of {listed(facts['missing'], 'or')}."
    return f"{patient} needs {needs}; no hospital has places of all of them together."


def _refused(patient: str, facts: Facts) -> str:
    able = f"{listed(facts['hospitals'])} could treat {patient}"
    grounds = []
    if facts["refused_countries"]:
        grounds.append(f"the patient refuses {listed(facts['refused_countries'])}")
    if facts["accepted"] is not None:
        accepted = listed(facts["accepted"], "or") or "no hospital at all"
        grounds.append(f"the patient may go to {accepted} only")
    if facts["chosen"] is not None:
        grounds.append(f"the patient has chosen {facts['chosen']}")
    return f"{able}, but {listed(grounds)}."


def _no_flight(patient: str, facts: Facts) -> str:
    members = facts["family"]
    who = f"{patient} with family ({listed(members)})" if members else patient
    where = listed(facts["hospitals"], "or")
    text = f"No flight of any aircraft could bring {who} from {facts['hub']} to {where}, even alone on board"
    binding = [_LIMITS[one].format(**facts) for one in facts["binding"]]
    return f"{text}: {listed(binding, 'or')} stands in the way." if binding else f"{text}."


_LIMITS = {
    "transit": "the limit of {max_transit_minutes:g} minutes in transit",
    "fit_until": "the patient's fitness until {fit_until}",
    "ready": "the date {ready} from which the patient is ready",
    "on_board": "the room that the party needs on board",
}


def _no_capacity(patient: str, facts: Facts) -> str:
    full = [f"{one['hospital']} ({_used_up(one)})" for one in facts["hospitals"]]
    many = "Every hospital that fits" if len(full) > 1 else "The only hospital that fits"
    return f"{many} {patient} has something used up that the patient needs: {listed(full)}."


def _used_up(one: Facts) -> str:
    """What one hospital lacks."""
    if one["what"] == "dates":
        return f"{one['specialty']} is not offered on any date of a flight"
    if one["what"] == "arrivals":
        return f"{one['total']:g} arrivals a day taken on every date of a flight"
    what = f"{one['specialty']} places" if one["what"] == "places" else one["what"]
    more = f", {one['needed']:g} needed" if one["needed"] > 1 else ""
    return f"{one['taken']:g} of {one['total']:g} {what}{more}"


def _country_limit(patient: str, facts: Facts) -> str:
    full = [f"{one['country']} ({one['received']} of {one['limit']})" for one in facts["countries"]]
    room = listed([name for one in facts["countries"] for name in one["hospitals"]])
    return f"{room} would have room for {patient}, but the limit of the country is reached: {listed(full)}."


def _flight_full(patient: str, facts: Facts) -> str:
    flights = [_full_flight(one) for one in facts["flights"]]
    room = listed(facts["hospitals"], "or")
    return f"Flights of this plan would bring {patient} to {room}, but none has room: {listed(flights)}."


def _full_flight(one: Facts) -> str:
    if one["closed"]:
        return f"{one['flight']} is closed"
    lacks = [
        f"{lack['taken']:g} of {lack['total']:g} {_ON_BOARD[lack['what']]} taken"
        + (f" at {lack['airport']}" if lack["airport"] else "")
        + (f", {lack['needed']:g} needed" if lack["needed"] > 1 else "")
        for lack in one["lacks"]
    ]
    return f"{one['flight']} ({listed(lacks)})"


_ON_BOARD = {
    "seats": "seats",
    "litters": "litters",
    "intensive": "intensive-care places",
    "isolation": "airborne-isolation places",
    "care": "units of care",
    "ambulances": "ambulances",
}


def _family(patient: str, facts: Facts) -> str:
    flights = listed(facts["flights"], "or")
    return (
        f"{patient} alone could join {flights}, but no flight of this plan has a way for the whole family "
        f"{facts['family']}: {listed(facts['members'])}."
    )


def _worse_score(patient: str, facts: Facts) -> str:
    members = facts["family"]
    who = f"{patient} with family ({listed(members)})" if members else patient
    if facts["flight"] is not None:
        text = (
            f"{who} could join {facts['flight']} to {listed(facts['hospitals'])}, "
            f"but the score would change by {facts['change']:+.2f}"
        )
    else:
        text = f"No flight of this plan brings {patient} in time to a hospital with room"
    if facts["optimal"]:
        more = "" if facts["flight"] else ", and another flight or order of stops would lower the score"
        return f"{text}{more}."
    tried = (
        f"inserting {who} alone, and exchanging them for any one placed patient, was tried and did not help"
    )
    return f"{text}; {tried}. {_gap(facts['gap'])}"


def _gap(gap: float | None) -> str:
    if gap is None:
        return "How far this plan is from the best one was not computed."
    return f"A better plan, if there is one, scores at most {gap:.2f} more."


_WRITERS: dict[Reason, Callable[[str, Facts], str]] = {
    "no-specialty": _no_specialty,
    "refused": _refused,
    "no-flight": _no_flight,
    "no-capacity": _no_capacity,
    "country-limit": _country_limit,
    "flight-full": _flight_full,
    "family": _family,
    "worse-score": _worse_score,
}
