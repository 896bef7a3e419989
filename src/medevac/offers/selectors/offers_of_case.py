"""The offers of a case as a user sees them, what the user may do with each, and what stops the case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from medevac.cases.clock import SOON, Clock, span
from medevac.cases.models import Case
from medevac.cases.rules import ON_THE_GROUND_AT_HOME, PLACED
from medevac.directory.countries import country_name
from medevac.directory.models import EligibilityRule, MissionCountry
from medevac.offers.eligibility import barriers_of
from medevac.offers.models import Offer
from medevac.offers.policy import LOSE, WITHDRAW
from medevac.offers.rules import ENDED, OPEN
from medevac.offers.selectors.grounds import Since, said_since
from medevac.offers.selectors.still_taken import StillTaken, of_offers
from medevac.offers.states import OfferState
from medevac.people.days import current_day
from medevac.people.models import User
from medevac.people.policy import may, visible
from medevac.people.roles import Right


@dataclass(frozen=True)
class Shown:
    """One offer as pages show it, and what the user may do with it now."""

    offer: Offer
    country: str
    clock: Clock
    sends: bool = False
    withdraws: bool = False
    loses: bool = False
    since: Since | None = None  # a no, or a lesser yes, of whoever had said yes or keeps the hospital
    taken: StillTaken | None = None  # by another patient, while the promised day is near

    @property
    def choosable(self) -> bool:
        """Whether the patient can choose it now: the clock decides, also before the worker comes by."""
        return self.offer.state in OPEN and self.clock.standing != "overdue"

    @property
    def ended(self) -> bool:
        """Whether it ended without the patient."""
        return self.offer.state in ENDED


def offers_of(user: User, case: Case) -> QuerySet[Offer, Any]:
    """The offers of a case that are open to the user, with place and hospital, those sent first first."""
    rows = visible(user, Offer.objects.filter(case=case))
    rows = rows.select_related("place__hospital", "organisation", "answer__ask")
    return rows.order_by("sent_at", "made_at", "pk")


def shown_offers(user: User, case: Case) -> list[Shown]:
    """Each of them with what the user may do; the policy is asked once for each deed that is possible."""
    offers = list(offers_of(user, case))
    if not offers:
        return []
    withdrawn = _may(user, WITHDRAW, offers, (OfferState.DRAFT, *OPEN))
    lost = _may(user, LOSE, offers, (OfferState.CHOSEN,))
    now, since, taken = timezone.now(), _since(offers), of_offers(offers, current_day())
    return [
        Shown(
            one,
            country_name(one.place.hospital.country),
            clock_of_offer(one, now),
            sends=one.state == OfferState.DRAFT and one.pk in withdrawn,  # both spread over roles alike
            withdraws=one.pk in withdrawn,
            loses=one.pk in lost and case.state in PLACED,
            since=since.get(one.pk),
            taken=taken.get(one.pk),
        )
        for one in offers
    ]


def choosable_offers(user: User, case: Case) -> list[Shown]:
    """Those that the patient can choose now."""
    now = timezone.now()
    offers = list(offers_of(user, case).filter(state__in=OPEN, expires_at__gt=now))
    since, taken = _since(offers), of_offers(offers, current_day())
    return [
        Shown(
            one,
            country_name(one.place.hospital.country),
            clock_of_offer(one, now),
            since=since.get(one.pk),
            taken=taken.get(one.pk),
        )
        for one in offers
    ]


def clock_of_offer(offer: Offer, now: datetime | None = None) -> Clock:
    """How long an offer can still be chosen; no clock runs for one that cannot."""
    if offer.state not in (OfferState.DRAFT, *OPEN):
        return Clock("", "")
    left = offer.expires_at - (now or timezone.now())
    if left <= timedelta():
        return Clock("overdue", _("ended %(time)s ago") % {"time": span(-left)}, offer.expires_at)
    words = _("holds for %(time)s") % {"time": span(left)}
    return Clock("soon" if left < SOON else "running", words, offer.expires_at)


def barrier_sentences(user: User, case: Case, shown: list[Shown]) -> list[str]:
    """What stops the case, or a country for it, today: decision and date, as far as the user may know.

    A rule of the whole mission is told once, and not for each country.
    """
    if case.state not in ON_THE_GROUND_AT_HOME:
        return []
    today = current_day()
    if not EligibilityRule.unscoped.on(today).filter(mission=case.mission_id).exists():
        return []
    rows = MissionCountry.unscoped.on(today).filter(mission=case.mission_id)
    countries = {
        *rows.values_list("country", flat=True),
        *(one.offer.place.hospital.country for one in shown),
    }
    barriers = barriers_of(case, countries - set(case.refused_countries))
    if not barriers:
        return []
    opened = may(user, Right.PERSONAL, case)
    return sorted({one.sentence(open_to_reader=opened) for one in barriers.values()})


def _since(offers: list[Offer]) -> dict[UUID, Since]:
    return said_since([one for one in offers if one.state not in ENDED])


def _may(user: User, action: str, offers: list[Offer], states: tuple[str, ...]) -> set[UUID]:
    keys = [one.pk for one in offers if one.state in states]
    if not keys:
        return set()
    return set(visible(user, Offer.objects.filter(pk__in=keys), action).values_list("pk", flat=True))
