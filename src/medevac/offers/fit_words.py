"""What speaks for a hospital and against it, as sentences in the reader's language.

The planner gives reasons as data (`planner.fitting`); only their words are chosen here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from medevac.cases.models import Case
from medevac.directory.countries import country_name
from medevac.directory.specialties import in_reading_order, specialty_name
from medevac.offers.models import Answer
from medevac.offers.problem import Posed
from medevac.planner.fitting import Fit, Obstacle

GOOD = 0.75  # a suitability from which a hospital is said to suit well


def speaks_for(posed: Posed, case: Case, fit: Fit) -> list[str]:
    """What the score counts for the hospital, and what it has free, the most telling first."""
    hospital = posed.problem.hospital(fit.hospital_id)
    need = case.specialties[0]
    found = []
    places = hospital.places.get(need)
    if places is not None and places.count:
        words = ngettext(
            "%(count)s free place in %(specialty)s.", "%(count)s free places in %(specialty)s.", places.count
        )
        found.append(words % {"count": places.count, "specialty": specialty_name(need)})
    if fit.score_terms["preference"] > 0:
        words = _("The patient would like to go to %(country)s.")
        found.append(words % {"country": country_name(hospital.country)})
    suits = fit.score_terms["suitability"] / (posed.problem.weights.suitability or 1)
    if suits >= GOOD:
        found.append(_("Suits what the patient needs: %(percent)s of 100.") % {"percent": round(100 * suits)})
    if fit.transit_minutes is not None:
        hours, minutes = divmod(round(fit.transit_minutes), 60)
        words = _("%(hours)s h %(minutes)s min from the hub to the hospital by the shortest flight.")
        found.append(words % {"hours": hours, "minutes": f"{minutes:02}"})
    if fit.dates:
        found.append(_("Possible from %(day)s.") % {"day": _written(fit.dates[0])})
    return found


def speaks_against(
    posed: Posed, case: Case, fit: Fit, *, open_to_reader: bool, said_no: Mapping[str, Answer]
) -> list[str]:
    """Every reason that stands against a hospital.

    Parameters
    ----------
    open_to_reader
        Whether the reader may know what is personal: see `eligibility.Barrier`.
    said_no
        The answers of hospitals by their codes, as far as they are open to the reader.
    """
    found: list[str] = []
    for obstacle in fit.obstacles:
        if obstacle.reason == "refused":
            found += _refusals(posed, case, obstacle, open_to_reader)
            if fit.hospital_id in said_no:
                words = _("The hospital has said no: %(reason)s.")
                found.append(words % {"reason": said_no[fit.hospital_id].get_no_reason_display()})
        else:
            found.append(_WRITERS[obstacle.reason](posed, fit, obstacle.facts))
    return found


def _refusals(posed: Posed, case: Case, obstacle: Obstacle, open_to_reader: bool) -> Iterator[str]:
    for code in obstacle.facts["refused_countries"]:
        if code in case.refused_countries:
            yield _("The patient does not want to go to %(country)s.") % {"country": country_name(code)}
        barrier = posed.barriers[case.pk].get(code)
        if barrier is not None:
            yield barrier.sentence(open_to_reader=open_to_reader)


def _no_specialty(posed: Posed, fit: Fit, facts: Mapping[str, Any]) -> str:
    missing = ", ".join(map(specialty_name, in_reading_order(facts["missing"])))
    return ngettext(
        "No place in %(specialties)s is free in the next %(count)s day.",
        "No place in %(specialties)s is free in the next %(count)s days.",
        posed.window.days,
    ) % {"specialties": missing, "count": posed.window.days}


def _no_flight(posed: Posed, fit: Fit, facts: Mapping[str, Any]) -> str:
    if not posed.problem.hospital(fit.hospital_id).reach:
        return _("No airport is named for the hospital. Whoever keeps it adds one on its page.")
    binding = facts["binding"]
    if "ready" in binding:
        day = _written(date.fromisoformat(facts["ready"]))
        return _("The patient is ready from %(day)s, after the days that are looked at.") % {"day": day}
    if "on_board" in binding:
        return _("No flight has room on board for the patient with all who come along.")
    if "transit" in binding:
        hours = round(facts["max_transit_minutes"] / 60)
        return _("No flight brings the patient there within %(hours)s hours from the hub.") % {"hours": hours}
    return _("No flight can reach it on these days, by its dates, its airport's hours or the distance.")


def _no_capacity(posed: Posed, fit: Fit, facts: Mapping[str, Any]) -> str:
    what = facts["what"]
    if what == "companion housing":
        return ngettext(
            "It can house %(left)s companion, and %(needed)s come along.",
            "It can house %(left)s companions, and %(needed)s come along.",
            int(facts["total"]),
        ) % {"left": int(facts["total"]), "needed": int(facts["needed"])}
    if what in ("dates", "places"):
        words = _("No place in %(specialty)s is free on a day of a flight.")
        return words % {"specialty": specialty_name(facts["specialty"])}
    return {
        "isolation rooms": _("No isolation room is left."),
        "child places": _("No place for a child is left."),
        "intensive places": _("No intensive care place is left."),
        "arrivals": _("It receives nobody more on the days of flights."),
    }[what]


def _country_limit(posed: Posed, fit: Fit, facts: Mapping[str, Any]) -> str:
    words = _("Every place in the frame of %(country)s is taken. Raise the limit, or wait.")
    return words % {"country": country_name(facts["country"])}


def _written(day: date) -> str:
    return str(formats.date_format(day, "SHORT_DATE_FORMAT"))


_WRITERS = {
    "no-specialty": _no_specialty,
    "no-flight": _no_flight,
    "no-capacity": _no_capacity,
    "country-limit": _country_limit,
}


def stopped_words(stopped: Mapping[str, int], *, told: Collection[str] = ()) -> list[str]:
    """How many cases stay for which of the planner's reasons, as sentences; those in `told` are left out."""
    return [
        _STOPPED[reason](count) % {"count": count}
        for reason, count in stopped.items()
        if reason in _STOPPED and reason not in told
    ]


_STOPPED: dict[str, Callable[[int], str]] = {
    "no-specialty": lambda count: ngettext(
        "%(count)s case: no place is free in what the patient needs.",
        "%(count)s cases: no place is free in what the patients need.",
        count,
    ),
    "refused": lambda count: ngettext(
        "%(count)s case: a wish, a rule of eligibility or an answer rules out every hospital.",
        "%(count)s cases: a wish, a rule of eligibility or an answer rules out every hospital.",
        count,
    ),
    "no-flight": lambda count: ngettext(
        "%(count)s case: no flight reaches a hospital in time.",
        "%(count)s cases: no flight reaches a hospital in time.",
        count,
    ),
    "no-capacity": lambda count: ngettext(
        "%(count)s case: a room, intensive care, a child's place, housing or a free day is lacking.",
        "%(count)s cases: a room, intensive care, a child's place, housing or a free day is lacking.",
        count,
    ),
    "country-limit": lambda count: ngettext(
        "%(count)s case: the frame of the country is used up.",
        "%(count)s cases: the frames of the countries are used up.",
        count,
    ),
    "flight-full": lambda count: ngettext(
        "%(count)s case: the flight has no room left on board.",
        "%(count)s cases: the flight has no room left on board.",
        count,
    ),
    "family": lambda count: ngettext(
        "%(count)s case: the family cannot stay together on this flight.",
        "%(count)s cases: their families cannot stay together on this flight.",
        count,
    ),
    "worse-score": lambda count: ngettext(
        "%(count)s case: the flight would have to leave out a patient who scores higher, or fly further.",
        "%(count)s cases: the flight would have to leave out patients who score higher, or fly further.",
        count,
    ),
}
