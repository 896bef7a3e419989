"""Making, sending and withdrawing offers. Each deed locks the case first, then hospital and offers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from medevac.cases.models import Case
from medevac.cases.rules import WAITING
from medevac.cases.services.acting import act, follow
from medevac.cases.states import Action, Reason
from medevac.directory.countries import country_name
from medevac.directory.models import MissionLimit
from medevac.directory.services.checking import save_checked
from medevac.offers.eligibility import refuse_unless_eligible
from medevac.offers.models import Answer, Hold, Offer, Place
from medevac.offers.policy import LOSE, MAKE, SEND, WITHDRAW
from medevac.offers.rules import BY_ACTION, HOLDING
from medevac.offers.selectors.grounds import yes_for
from medevac.offers.services.holding import hold, hold_wanted
from medevac.offers.services.locking import lock_case, lock_hospitals, lock_offers, one_of
from medevac.offers.services.moving import refuse_unless_possible, still_open, take
from medevac.offers.services.named_places import NamedPlace, count_rooms, may_name, write_place
from medevac.offers.services.patients_word import refuse_against_the_patients_word
from medevac.offers.services.telling import tell_of_offer
from medevac.offers.services.unkept import is_kept
from medevac.offers.settings import offer_holds
from medevac.offers.states import HoldState, OfferAction, OfferReason, OfferState
from medevac.people.days import current_day
from medevac.people.models import Organisation, OrganisationPath, User
from medevac.people.policy import demand, may
from medevac.people.refusals import RefusedError
from medevac.people.roles import Right

OFFER_FOR_A_CASE = "cases.offer"  # who may offer anything for a case, by the table of cases


@dataclass(frozen=True)
class OfferFacts:
    """What an offer says; what is left out follows from the place and the case."""

    earliest_day: date
    stay_days: int | None = None
    isolation: bool | None = None
    companions: int | None = None
    housing: str = ""
    homeward: str = ""
    payer: str = ""
    expires_at: datetime | None = None
    answer: Answer | None = None


@transaction.atomic
def draft_offer(
    actor: User, case: Case, organisation: Organisation, place: Place, facts: OfferFacts
) -> Offer:
    """Write an offer down; nothing is held and nobody is told before it is sent.

    Raises
    ------
    NotAllowedError
        Where the actor may offer nothing for the case, or not in the organisation's name.
    RefusedError
        Where the case takes no offers now, the place or the answer is of another mission, organisation or
        case, the place stands in an offer for the case, or a value is wrong.
    """
    case = lock_case(case.pk)  # nobody ends the case meanwhile, and leaves a draft open on it
    demand(actor, OFFER_FOR_A_CASE, case)
    _refuse_unless_waiting(case)
    _refuse_place_of_another(organisation, place)
    _refuse_answer_of_another(case, organisation, facts.answer)
    _refuse_twice(case, place)
    if place.mission_id != case.mission_id:
        raise RefusedError(_("The place is given to another mission. Choose one of this mission."))
    offer = Offer(
        mission_id=case.mission_id,
        case=case,
        organisation=organisation,
        place=place,
        answer=facts.answer,
        earliest_day=facts.earliest_day,
        stay_days=facts.stay_days or place.stay_days,
        isolation=case.isolation != "none" if facts.isolation is None else facts.isolation,
        companions=case.companions_count if facts.companions is None else facts.companions,
        housing=facts.housing.strip(),
        homeward=facts.homeward.strip(),
        payer=facts.payer.strip(),
        expires_at=facts.expires_at or timezone.now() + offer_holds(),
        made_by=actor.pk,
    )
    offer.answer = offer.answer or yes_for(offer)  # so that whoever offers hears of a no
    save_checked(offer)
    demand(actor, MAKE, offer)
    return offer


@transaction.atomic
def send_offer(actor: User, offer: Offer) -> Offer:
    """Send a draft: the place is held from now on, and the case has an offer.

    Raises
    ------
    RefusedError
        Where the request is not open, a rule of eligibility or the country's frame stops it, the place is
        held for somebody else, or the hospital has no room. Nothing was changed.
    """
    case = lock_case(offer.case_id)
    lock_hospitals([offer.place.hospital_id])
    kept = one_of(lock_offers(case), offer.pk)
    demand(actor, SEND, kept)
    refuse_unless_possible(kept, BY_ACTION[OfferAction.SEND])
    _refuse_unless_waiting(case)
    if kept.expires_at <= timezone.now():
        raise RefusedError(_("The offer would have expired already. Give it a later time."))
    if kept.earliest_day < current_day():
        raise RefusedError(_("The earliest day of the offer is over. Give it a later day."))
    _refuse_place_of_another(kept.organisation, kept.place)
    country = kept.place.hospital.country
    refuse_against_the_patients_word(case, kept)
    refuse_unless_eligible(case, country, open_to_reader=may(actor, Right.PERSONAL, case))
    _refuse_beyond_frame(case, country)
    kept.place.refresh_from_db()
    hold(hold_wanted(case, kept))
    kept.sent_at = timezone.now()
    take(kept, OfferAction.SEND)
    act(actor, case.pk, Action.OFFER)
    tell_of_offer(kept, "offers.offer_sent")
    return kept


@transaction.atomic
def offer_place(
    actor: User, case: Case, organisation: Organisation, place: Place, facts: OfferFacts
) -> Offer:
    """Draft and send at once."""
    return send_offer(actor, draft_offer(actor, case, organisation, place, facts))


@transaction.atomic
def offer_named_place(
    actor: User, case: Case, organisation: Organisation, named: NamedPlace, facts: OfferFacts
) -> Offer:
    """Offer a place of a hospital that keeps no places here: its row is made, and held, at once.

    When the place is free again its row is closed: it was named for this patient and for nobody else.

    Raises
    ------
    NotAllowedError, RefusedError
        As for `draft_offer` and `send_offer`, and where the hospital's places are kept here or its country is
        not the organisation's. Nothing was written.
    """
    demand(actor, OFFER_FOR_A_CASE, case)
    lock_case(case.pk)
    lock_hospitals([named.hospital.pk])
    place = write_place(actor, case, organisation, named)
    offer = draft_offer(actor, case, organisation, place, facts)
    count_rooms(actor, hold_wanted(case, offer))
    return send_offer(actor, offer)


@transaction.atomic
def withdraw_offer(actor: User, offer: Offer, *, reason: str, remark: str = "") -> Offer:
    """Take back an offer that nobody has chosen, or let the reserve go; the place is free at once."""
    case = lock_case(offer.case_id)
    offers = lock_offers(case)
    kept = one_of(offers, offer.pk)
    demand(actor, WITHDRAW, kept)
    was_sent = kept.state != OfferState.DRAFT
    take(kept, OfferAction.WITHDRAW, reason=reason, remark=remark)
    if was_sent:
        tell_of_offer(kept, "offers.offer_gone")
    lapse_without_offers(actor, case, offers)
    return kept


@transaction.atomic
def lose_place(actor: User, offer: Offer, *, reason: str, remark: str = "") -> Offer:
    """Say that the chosen place is lost; what is in reserve can be chosen without a new request."""
    case = lock_case(offer.case_id)
    kept = one_of(lock_offers(case), offer.pk)
    demand(actor, LOSE, kept)
    take(kept, OfferAction.LOSE, reason=reason, remark=remark)
    why = Reason.PATIENT_CHANGED_MIND if reason == OfferReason.PATIENT_CHANGED_MIND else Reason.PLACE_LOST
    follow(actor, case.pk, Action.LOSE_PLACE, reason=why, remark=remark)
    tell_of_offer(kept, "offers.place_lost")
    return kept


def lapse_without_offers(actor: User | None, case: Case, offers: list[Offer]) -> None:
    """Publish the request again where the last open offer has gone; `case` is as it is now afterwards."""
    case.refresh_from_db(fields=["state"])
    if case.state == "offered" and not still_open(offers):
        follow(actor, case.pk, Action.LOSE_OFFERS, reason=Reason.OFFERS_LAPSED)
        case.refresh_from_db()


def _refuse_twice(case: Case, place: Place) -> None:
    """One place is offered to one patient once: a form that is sent twice makes no second offer."""
    rows = Offer.unscoped.filter(case=case, place=place, state__in=(OfferState.DRAFT, *HOLDING))
    if rows.exists():
        raise RefusedError(
            _("“%(place)s” stands in an offer for case %(case)s already. Send or withdraw that one.")
            % {"place": place.label, "case": case.pseudonym}
        )


def _refuse_unless_waiting(case: Case) -> None:
    if case.state not in WAITING:
        raise RefusedError(
            _("Case %(case)s is “%(state)s” and takes no offers now.")
            % {"case": case.pseudonym, "state": case.get_state_display()}
        )


def _refuse_place_of_another(organisation: Organisation, place: Place) -> None:
    """An organisation offers the places that it, or one below it, keeps.

    Of a hospital whose places nobody keeps here, whoever answers for its country offers what it has named.
    """
    hospital = place.hospital
    keeping = OrganisationPath.objects.filter(ancestor=organisation.pk, descendant=hospital.keeper_id)
    if not keeping.exists() and (is_kept(hospital) or not may_name(organisation, hospital)):
        raise RefusedError(
            _("%(organisation)s does not keep places of %(hospital)s. Choose a place of its own hospitals.")
            % {"organisation": organisation.name, "hospital": place.hospital.name}
        )


def _refuse_answer_of_another(case: Case, organisation: Organisation, answer: Answer | None) -> None:
    """An offer rests on a yes to an ask about this very case, by the organisation or one below it."""
    if answer is None:
        return
    theirs = OrganisationPath.objects.filter(ancestor=organisation.pk).values("descendant")
    rows = Answer.unscoped.filter(pk=answer.pk, yes=True, replaced_at__isnull=True)
    if not rows.filter(ask__case=case, ask__asked__in=theirs).exists():
        raise RefusedError(
            _("Expected an answer of %(organisation)s that says yes to case %(case)s. Load the page again.")
            % {"organisation": organisation.name, "case": case.pseudonym}
        )


def _refuse_beyond_frame(case: Case, country: str) -> None:
    """The country's frame: every place that is held or occupied there counts, under the lock of the limit."""
    limits = MissionLimit.unscoped.on(current_day()).filter(
        mission=case.mission_id, what=MissionLimit.What.FRAME, country=country
    )
    limit = limits.select_for_update(no_key=True).first()
    if limit is None:
        return
    rows = Hold.unscoped.filter(mission=case.mission_id, place__hospital__country=country)
    taken = rows.exclude(state=HoldState.FREED).count()
    if taken >= limit.number:
        raise RefusedError(
            _("%(country)s: places in its frame: %(number)s, and all are taken. Raise the limit, or wait.")
            % {"country": country_name(country), "number": limit.number}
        )
