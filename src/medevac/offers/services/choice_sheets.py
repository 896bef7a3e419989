"""The choice sheet of a case: the offers that can be chosen now, in plain words, under a number."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from medevac.audit.services import numbered_export
from medevac.cases.models import Case
from medevac.cases.rules import BY_ACTION
from medevac.cases.states import Action
from medevac.directory.models import Hospital
from medevac.offers.models import Offer
from medevac.offers.rules import OPEN
from medevac.papers.choice_sheet import OfferedPlace, Print, SheetFacts, make_choice_sheet
from medevac.people.models import User
from medevac.people.policy import demand, visible
from medevac.people.refusals import RefusedError
from medevac.planner.geography import distance_km
from medevac.planner.problem import Airport

LVIV = Airport("LVIV", 49.84, 24.03)  # from where the way counts for a hospital that the directory lacks


@dataclass(frozen=True)
class PrintedSheet:
    """A sheet on its way out, with its number, and what could not be printed."""

    number: int
    file_name: str
    content: bytes
    warnings: tuple[str, ...]


def print_choice_sheet(user: User, case: Case, *, language: str) -> PrintedSheet:
    """Print the sheet.

    Parameters
    ----------
    user
        Who prints it; must be able to record the choice.
    case
        Whose offers are compared. The sheet has its pseudonym and no name.
    language
        One of `medevac.papers.choice_sheet.SHEET_LANGUAGES`.

    Raises
    ------
    NotAllowedError
        Where the user may not record the choice.
    RefusedError
        Where no offer can be chosen now.
    """
    demand(user, BY_ACTION[Action.CHOOSE].right, case)
    rows = visible(user, Offer.objects.filter(case=case, state__in=OPEN, expires_at__gt=timezone.now()))
    offers = list(rows.select_related("place__hospital").order_by("sent_at", "made_at", "pk"))
    if not offers:
        raise RefusedError(_("No offer can be chosen now. Ask the countries to offer, then print the sheet."))
    start = Hospital.unscoped.filter(keeper=case.requester_id, closed_at__isnull=True).first()
    origin = Airport("HOSPITAL", start.latitude, start.longitude) if start else LVIV
    zone = ZoneInfo(user.time_zone)
    facts = SheetFacts(
        pseudonym=case.pseudonym,
        offers=[_place(one, origin, zone) for one in offers],
        from_hospital=start is not None,
    )
    contents = {"case": str(case.pk), "language": language, "offers": [str(one.pk) for one in offers]}
    with numbered_export("offers.choice_sheet", "pdf", contents) as export:
        link = settings.ADDRESS + reverse("offers:choose", args=[case.pk])
        made = Print(str(export.number), user.latin_name or user.name, timezone.now(), link)
        sheet = make_choice_sheet(facts, made, language=language)
        name = f"choice-{case.pseudonym}-{language}-{export.number}.pdf"
        return PrintedSheet(export.number, name, export.seal(sheet.pdf), sheet.warnings)


def _place(offer: Offer, origin: Airport, zone: ZoneInfo) -> OfferedPlace:
    hospital = offer.place.hospital
    there = Airport("THERE", hospital.latitude, hospital.longitude)
    return OfferedPlace(
        country=hospital.country,
        city=hospital.city,
        hospital=hospital.name,
        km=distance_km(origin, there),
        earliest_day=offer.earliest_day,
        until=offer.expires_at.astimezone(zone),
        stay_days=offer.stay_days,
        companions=offer.companions,
        housing=offer.housing,
        homeward=offer.homeward,
        payer=offer.payer,
    )
