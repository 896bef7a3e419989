"""The sheet of offers: a free place that is kept here, or one that a hospital has named, for a case."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from medevac.directory.models import Hospital
from medevac.offers.models import Offer, Place
from medevac.offers.policy import KEEP_PLACES
from medevac.offers.rules import HOLDING
from medevac.offers.selectors.places_for_case import organisations_for
from medevac.offers.services.asks_workbook.run import Line, Run, minute
from medevac.offers.services.named_places import NamedPlace
from medevac.offers.services.offering import OfferFacts, offer_named_place, offer_place
from medevac.offers.services.place_matching import named_specialties
from medevac.offers.services.unkept import is_kept
from medevac.offers.states import OfferState
from medevac.people.models import Organisation
from medevac.people.policy import visible
from medevac.tables.asks.sheets import OFFERS
from medevac.tables.columns import plain

UNCHANGEABLE = "An offer is not changed by a workbook: withdraw it on the page of its case, and offer anew."
FACTS = ("earliest_day", "stay_days", "isolation", "companions", "housing", "homeward", "payer", "expires_at")


def match_offers(run: Run) -> None:
    """Note what each row would do."""
    rows = Offer.objects.filter(case__in=[case.pk for case in run.cases.values()])
    found = visible(run.actor, rows).select_related("place__hospital", "organisation")
    by_id = {one.pk: one for one in found}
    standing = {
        (one.case_id, one.place.hospital_id, one.place.label): one
        for one in by_id.values()
        if one.state in (OfferState.DRAFT, *HOLDING)
    }
    seen: set[tuple[UUID, UUID, str]] = set()
    for line in run.lines(OFFERS.key):
        if "offer" in line.values:
            _match_known(line, by_id)
            continue
        named = {"hospital", "place"} <= line.values.keys()
        if not named or line.faulty(*FACTS, "specialty"):
            continue
        hospital = run.hospital_called(line, line.values["hospital"])
        if hospital is None:
            continue
        key = (line.case.pk, hospital.pk, line.values["place"].strip())
        if key in seen:
            line.error("place", "each offer once", line.got("place"), "Bring the two rows together.")
        elif key in standing:
            _match(line, standing[key])
        else:
            _match_new(run, line, hospital)
        seen.add(key)


def _match_known(line: Line, by_id: dict[UUID, Offer]) -> None:
    found = by_id.get(line.id_in("offer") or UUID(int=0))
    if found is not None and found.case_id == line.case.pk:
        _match(line, found)
    elif not line.faulty("offer"):
        remedy = "Copy it from the workbook that was taken away, or clear the cell."
        line.error("offer", "an offer for this case", line.got("offer"), remedy)


def _match(line: Line, found: Offer) -> None:
    kept: dict[str, Any] = {key: getattr(found, key) for key in FACTS}
    kept["expires_at"] = minute(found.expires_at)
    key = line.differs({key: line.values[key] for key in FACTS if key in line.values}, kept)
    key = key or line.calls_other("organisation", found.organisation)
    if key:
        line.error(key, "what the offer says", line.got(key), UNCHANGEABLE)
    elif not line.faulty(*FACTS):
        line.deed("same", _said(found.place.hospital, found.place.label))


def _match_new(run: Run, line: Line, hospital: Hospital) -> None:
    what = "an organisation in whose name you may offer"
    organisation = line.own_organisation("organisation", organisations_for(run.actor, line.case), what)
    if not line.need("earliest_day", "the earliest day", "Write the day on which the patient can come."):
        return
    if organisation is None:
        return
    place = _kept_place(run, line, hospital)
    if place is None and is_kept(hospital):
        remedy = "Choose one that is free, or ask the hospital for one."
        line.error("place", f"a place of {hospital.name} that you keep", line.got("place"), remedy)
        return
    do = _offer_of(run, line, organisation, place) if place else _named(run, line, organisation, hospital)
    if do is not None:
        line.deed("add", _said(hospital, line.values["place"]), do, hospital_id=hospital.pk)


def _kept_place(run: Run, line: Line, hospital: Hospital) -> Place | None:
    rows = Place.objects.filter(
        hospital=hospital, mission=run.mission, label=line.values["place"].strip(), closed_at__isnull=True
    )
    return visible(run.actor, rows, KEEP_PLACES).select_related("hospital").first()


def _facts(line: Line) -> OfferFacts:
    return OfferFacts(**{key: line.values[key] for key in FACTS if key in line.values})


def _offer_of(run: Run, line: Line, organisation: Organisation, place: Place) -> Callable[[], object]:
    return partial(offer_place, run.actor, line.case, organisation, place, _facts(line))


def _named(
    run: Run, line: Line, organisation: Organisation, hospital: Hospital
) -> Callable[[], object] | None:
    """A place that the hospital named; its specialty is the first that the patient needs, unless told."""
    told = line.values.get("specialty")
    if told is None and not line.case.specialties:
        line.need("specialty", "a specialty for a place that is named", "Choose one of the list.")
        return None
    code = named_specialties().get(plain(told)) if told else line.case.specialties[0]
    if code is None:
        line.error("specialty", "a specialty of the list", line.got("specialty"), "Choose one of the list.")
        return None
    named = NamedPlace(hospital, line.values["place"].strip(), code)
    return partial(offer_named_place, run.actor, line.case, organisation, named, _facts(line))


def _said(hospital: Hospital, label: str) -> str:
    return f"{hospital.name}, {label}"
