"""What an offer rests on: the yes of a region or hospital; and the no, or the lesser yes, that came since."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils import formats
from django.utils.translation import gettext as _

from medevac.offers.models import Answer, Offer
from medevac.people.policy.areas import below


@dataclass(frozen=True)
class Since:
    """What was said after an offer, and takes away from what it rests on.

    Parameters
    ----------
    offer
        The offer, with its place and hospital.
    answer
        The answer that counts now: a no, or a yes that promises less than the offer does.
    """

    offer: Offer
    answer: Answer

    @property
    def gone(self) -> bool:
        """Whether nothing is left of it."""
        return not self.answer.yes

    @property
    def less(self) -> list[str]:
        """What is less, each in a few words of the language that is active."""
        return what_is_less(self.offer, self.answer)


def yes_for(offer: Offer) -> Answer | None:
    """The newest yes that counts, of whoever offers or one below it, to the case at the hospital."""
    hospital = offer.place.hospital
    rows = Answer.unscoped.filter(ask__case=offer.case_id, yes=True, replaced_at__isnull=True)
    rows = rows.filter(ask__asked__in=below(offer.organisation_id))
    named = Q(hospital=hospital.pk) | Q(hospital__isnull=True, ask__asked=hospital.keeper_id)
    return rows.filter(named).order_by("-recorded_at", "pk").first()


def said_since(offers: Collection[Offer]) -> dict[UUID, Since]:
    """By offer, what whoever had said yes to it, or whoever keeps its hospital, has said after it: a no, or
    a yes that promises less. Where one says no and the other less, the no is told.

    Parameters
    ----------
    offers
        Of one case, with `place__hospital` and `answer__ask` at hand.
    """
    if not offers:
        return {}
    cases = {one.case_id for one in offers}
    rows = Answer.unscoped.filter(ask__case__in=cases, replaced_at__isnull=True)
    latest: dict[UUID, Answer] = {}  # whoever was asked twice has said what they said last
    for answer in rows.select_related("ask", "hospital").order_by("recorded_at", "pk"):
        latest[answer.ask.asked_id] = answer
    found = {}
    for one in offers:
        behind = [one.place.hospital.keeper_id, *([one.answer.ask.asked_id] if one.answer else [])]
        said = [latest[organisation] for organisation in behind if organisation in latest]
        after = [answer for answer in said if answer.recorded_at > one.made_at]
        taking = [answer for answer in after if not answer.yes or what_is_less(one, answer)]
        if taking:
            found[one.pk] = Since(one, min(taking, key=lambda answer: answer.yes))
    return found


def what_is_less(offer: Offer, said: Answer) -> list[str]:
    """What a yes does not promise any more of what an offer says and the yes that it rests on had promised.

    A day that is later, and still early enough for the offer, takes nothing away from it; nor does what the
    offer said beyond the yes from the beginning.
    """
    before = offer.answer
    if before is None or not said.yes:
        return []
    less = []
    if said.hospital is not None and said.hospital_id != offer.place.hospital_id:
        less.append(_("the hospital would be %(hospital)s") % {"hospital": said.hospital.name})
    day, was = said.earliest_day, before.earliest_day
    if day is not None and was is not None and day > max(was, offer.earliest_day):
        days = {"day": _day(day), "before": _day(was)}
        less.append(_("the earliest day is %(day)s and not %(before)s") % days)
    if offer.isolation and before.isolation and not said.isolation:
        less.append(_("no isolation room comes with it any more"))
    if said.companions < min(before.companions, offer.companions):
        numbers = {"number": said.companions, "before": before.companions}
        less.append(_("companions that can be housed: %(number)s and not %(before)s") % numbers)
    if said.payer not in (before.payer, offer.payer):
        payers = {"payer": said.payer or "–", "before": before.payer or "–"}
        less.append(_("who pays: %(payer)s and not %(before)s") % payers)
    return less


def _day(day: date) -> str:
    return str(formats.date_format(day, "SHORT_DATE_FORMAT"))
