"""The patient's choice: one offer is chosen, one may stay in reserve, every other place is free at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from medevac.cases.models import Case, Person
from medevac.cases.moments import refuse_unless_past
from medevac.cases.naming import OF_AGE, age_on
from medevac.cases.services.acting import act
from medevac.cases.services.papers import demand_paper
from medevac.cases.states import Action
from medevac.directory.services.checking import save_checked
from medevac.offers.eligibility import refuse_unless_eligible
from medevac.offers.models import Choice, Chooser, Offer
from medevac.offers.policy import CHOOSE
from medevac.offers.rules import BY_ACTION
from medevac.offers.services.locking import lock_case, lock_hospitals, lock_offers, one_of
from medevac.offers.services.moving import (
    chosen_of,
    refuse_expired,
    refuse_unless_possible,
    still_open,
    take,
)
from medevac.offers.services.patients_word import refuse_against_the_patients_word
from medevac.offers.services.telling import tell_of_offer
from medevac.offers.states import OfferAction, OfferReason, OfferState
from medevac.people.days import day_of
from medevac.people.models import User
from medevac.people.policy import demand
from medevac.people.refusals import RefusedError


@dataclass(frozen=True)
class Chosen:
    """What was chosen, by whom, and how. `second` is the offer that stays in reserve."""

    chooser: str
    chooser_name: str
    language: str
    chosen_at: datetime
    interpreter: str = ""
    second: UUID | None = None
    document: UUID | None = None


@transaction.atomic
def choose(actor: User, offer: Offer, chosen: Chosen) -> Choice:
    """Record a choice.

    What the patient did not choose is passed over and its place is free, but for one second choice. An offer
    that was in reserve can be chosen as well, once the first choice is lost. Silence is never a choice: this
    is the only function that makes one, and it asks for whoever chose.

    Raises
    ------
    NotAllowedError
        Where the actor does not represent whoever filed the case.
    RefusedError
        Where the offer cannot be chosen any more, a child is said to have chosen alone, a rule of eligibility
        stops the country, or items that block the step are missing. Nothing was changed.
    """
    case = lock_case(offer.case_id)
    lock_hospitals(Offer.unscoped.filter(case=case).values_list("place__hospital", flat=True))
    offers = lock_offers(case)
    first = one_of(offers, offer.pk)
    demand(actor, CHOOSE, first)
    second = one_of(offers, chosen.second) if chosen.second else None
    _refuse_unless_choosable(case, first, second, chosen)
    _refuse_while_chosen(offers)
    demand_paper(actor, case, chosen.document)
    shown = [str(one.pk) for one in still_open(offers)]
    choice = _keep(actor, case, first, second, chosen, shown)
    _take_all(offers, first, second)
    act(actor, case.pk, Action.CHOOSE)
    for one in offers:
        if str(one.pk) in shown:
            tell_of_offer(one, "offers.chosen" if one is first else "offers.not_chosen_first")
    return choice


def _refuse_while_chosen(offers: list[Offer]) -> None:
    """A reserve is chosen once the first choice is given up, and that is said first, with its reason."""
    holding = chosen_of(offers)
    if holding is not None:
        raise RefusedError(
            _(
                "The offer of %(hospital)s is chosen. Where that place is lost, or the patient has changed "
                "their mind, record that first; then this one can be chosen."
            )
            % {"hospital": holding.place.hospital.name}
        )


def _take_all(offers: list[Offer], first: Offer, second: Offer | None) -> None:
    """Free the others before the chosen one is kept: at no moment are two chosen, or two in reserve."""
    for one in offers:
        if one is first or one is second:
            continue
        if one.state in BY_ACTION[OfferAction.PASS_OVER].sources:
            take(one, OfferAction.PASS_OVER, reason=OfferReason.ANOTHER_CHOSEN)
    take(first, OfferAction.CHOOSE)
    if second is not None and second.state != OfferState.RESERVE:
        take(second, OfferAction.KEEP_IN_RESERVE)


def _keep(
    actor: User, case: Case, first: Offer, second: Offer | None, chosen: Chosen, shown: list[str]
) -> Choice:
    choice = Choice(
        case=case,
        chosen=first,
        second=second,
        shown=shown,
        chooser=chosen.chooser,
        chooser_name=chosen.chooser_name.strip(),
        language=chosen.language.strip(),
        interpreter=chosen.interpreter.strip(),
        chosen_at=chosen.chosen_at,
        document=chosen.document,
        recorded_by=actor.pk,
    )
    save_checked(choice)
    return choice


def _refuse_unless_choosable(case: Case, first: Offer, second: Offer | None, chosen: Chosen) -> None:
    if first is second:
        raise RefusedError(
            _("The second choice must be another offer than the first. Choose another, or none.")
        )
    for one in filter(None, (first, second)):
        refuse_unless_possible(one, BY_ACTION[OfferAction.CHOOSE])
        refuse_expired(one)
        refuse_against_the_patients_word(case, one)
    refuse_unless_past(chosen.chosen_at)
    refuse_unless_eligible(case, first.place.hospital.country, open_to_reader=True)
    person = Person.unscoped.get(pk=case.person_id)
    age = age_on(day_of(chosen.chosen_at), person.birth_year, person.birth_date)
    if age < OF_AGE and chosen.chooser not in (Chooser.PARENT, Chooser.GUARDIAN, Chooser.COURT):
        raise RefusedError(
            _("A child does not choose alone: expected a choice by a parent, a guardian or a court.")
        )
    if age >= OF_AGE and chosen.chooser == Chooser.PARENT:
        raise RefusedError(
            _("Parents do not choose for an adult: expected the patient, a relative asked by the patient, "
              "a guardian or a court.")
        )  # fmt: skip
