"""Consents: given for a purpose and a country, withdrawn with everything that follows in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from medevac.cases.models import Case, Consent, Person
from medevac.cases.models.consent import Giver, Purpose
from medevac.cases.moments import refuse_unless_past
from medevac.cases.naming import OF_AGE, age_on
from medevac.cases.policy import KEEP_CONSENTS
from medevac.cases.rules import MINISTRY, ON_THE_GROUND_AT_HOME, WAITING
from medevac.cases.services.acting import follow
from medevac.cases.services.changed import raise_version
from medevac.cases.services.chasing import address_of, coordinators_of
from medevac.cases.services.items import live_case
from medevac.cases.services.missing import count_missing
from medevac.cases.services.papers import demand_paper
from medevac.cases.states import Action, Reason
from medevac.directory.models import MissionCountry
from medevac.directory.services.checking import save_checked
from medevac.messages.services import tell
from medevac.people.days import current_day, day_of
from medevac.people.models import Membership, OrganisationPath, User
from medevac.people.policy import demand
from medevac.people.refusals import RefusedError

FOR_A_CHILD = (Giver.PARENT, Giver.GUARDIAN, Giver.COURT)


@dataclass(frozen=True)
class Given:
    """What was consented to, by whom, and how."""

    purpose: str
    giver: str
    giver_name: str
    language: str
    given_at: datetime
    country: str = ""
    interpreter: str = ""
    document: UUID | None = None


@transaction.atomic
def give_consent(actor: User, case: Case, given: Given) -> Consent:
    """Write down a consent.

    Raises
    ------
    RefusedError
        Where it was given at an impossible time or by a child alone, the country takes no part in the
        mission, the same consent holds already, or the signed paper is not one of the case's documents.
    """
    demand(actor, KEEP_CONSENTS, case)
    kept = live_case(case)
    refuse_unless_past(given.given_at)
    _refuse_child(kept, given)
    _refuse_country(kept, given.country)
    demand_paper(actor, kept, given.document)
    double = Consent.unscoped.filter(
        case=kept, purpose=given.purpose, country=given.country, withdrawn_at__isnull=True
    )
    if double.exists():
        raise RefusedError(_("This consent holds already. Withdraw it before it is given anew."))
    consent = Consent(
        case=kept,
        purpose=given.purpose,
        country=given.country,
        giver=given.giver,
        giver_name=given.giver_name.strip(),
        language=given.language.strip(),
        interpreter=given.interpreter.strip(),
        given_at=given.given_at,
        document=given.document,
        recorded_by=actor.pk,
    )
    save_checked(consent)
    raise_version(kept)
    count_missing([kept])
    return consent


@transaction.atomic
def withdraw_consent(actor: User, consent: Consent, *, withdrawn_by: str) -> Consent:
    """End a consent, and with it what it opened, in one transaction.

    The withdrawal of a transfer of data closes the case to that country (see `policy`). Without a consent to
    treatment, a request that is published is taken back; a case that is further on before departure cannot
    take its next step, and its coordinators and the ministry are told.
    An ended case's consent can be withdrawn as well: what was sent is still looked at.

    Parameters
    ----------
    actor, consent
        Who writes it down, and which consent.
    withdrawn_by
        Who has withdrawn it: the name of the patient or of whoever acts for them.
    """
    demand(actor, KEEP_CONSENTS, consent.case)
    case = Case.unscoped.select_for_update().get(pk=consent.case_id)
    row: Consent = Consent.unscoped.select_for_update().get(pk=consent.pk)
    if row.withdrawn_at is not None:
        raise RefusedError(_("This consent has been withdrawn already. Load the page again."))
    if not withdrawn_by.strip():
        raise RefusedError(_("Write who has withdrawn the consent."))
    row.withdrawn_at, row.withdrawn_by = timezone.now(), withdrawn_by.strip()
    save_checked(row)
    raise_version(case)
    count_missing([case])
    _take_back_without_treatment(actor, case, row)
    return row


def _take_back_without_treatment(actor: User, case: Case, consent: Consent) -> None:
    """What follows for the way of the case where the treatment is consented to no more."""
    holding = Consent.unscoped.filter(case=case, purpose=consent.purpose, withdrawn_at__isnull=True)
    if holding.exists() or consent.purpose == Purpose.PHOTOGRAPHS:
        return
    if consent.purpose == Purpose.TREATMENT and case.state in WAITING:
        case = follow(actor, case.pk, Action.TAKE_BACK, reason=Reason.CONSENT_WITHDRAWN)
    if case.state in ON_THE_GROUND_AT_HOME:
        _tell(actor, case, consent)


def _tell(actor: User, case: Case, consent: Consent) -> None:
    """Tell whoever follows the case and the ministry above, except the one who wrote it down."""
    above = OrganisationPath.objects.filter(descendant=case.requester_id).values("ancestor")
    ministries = Membership.unscoped.filter(organisation__in=above, role__in=[str(role) for role in MINISTRY])
    organisations = {case.requester_id, *ministries.values_list("organisation", flat=True)}
    for user in coordinators_of(organisations):
        if user.pk == actor.pk:
            continue
        with translation.override(user.language):
            facts = {
                "case": case.pseudonym,
                "purpose": consent.get_purpose_display(),
                "state": case.get_state_display(),
            }
        tell(
            user,
            "cases.consent_withdrawn",
            facts=facts,
            pseudonym=case.pseudonym,
            address=address_of(case),
            key=f"cases.consent_withdrawn:{consent.pk}",
        )


def _refuse_child(case: Case, given: Given) -> None:
    person = Person.unscoped.get(pk=case.person_id)
    age = age_on(day_of(given.given_at), person.birth_year, person.birth_date)
    if age < OF_AGE and given.giver not in FOR_A_CHILD:
        raise RefusedError(
            _("A child cannot consent alone: expected a consent by a parent, a guardian or a court.")
        )
    if age >= OF_AGE and given.giver == Giver.PARENT:
        raise RefusedError(
            _("Parents cannot consent for an adult: expected the patient, a guardian or a court.")
        )


def _refuse_country(case: Case, country: str) -> None:
    if country and country not in countries_of(case):
        raise RefusedError(
            _("“%(country)s” takes no part in this mission today. Choose a country of the list.")
            % {"country": country}
        )


def countries_of(case: Case) -> list[str]:
    """The codes of the countries that take part in the case's mission today."""
    rows = MissionCountry.unscoped.on(current_day()).filter(mission=case.mission_id)
    return list(rows.values_list("country", flat=True))
