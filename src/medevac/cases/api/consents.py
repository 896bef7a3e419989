"""Consents as programs write them: given, and withdrawn with all that follows."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest

from medevac.api.answers import CountryCode
from medevac.cases import services
from medevac.cases.api.answers import ConsentOut
from medevac.cases.api.reading import cases
from medevac.cases.api.values import Line200, Moment, Said40, Said200
from medevac.cases.api.written import Seen, Written, answers, deed_on, row_of, writing_personal, written
from medevac.cases.models import Consent
from medevac.cases.models.consent import Giver, Purpose
from medevac.cases.policy import KEEP_CONSENTS
from medevac.cases.services.consents import Given
from medevac.people.roles import Right

ANSWERS = answers(Written[ConsentOut])


class ConsentIn(Seen):
    """What was consented to, by whom, and how; without a country for every country of the mission."""

    purpose: Purpose
    giver: Giver
    giver_name: Said200
    language: Said40
    given_at: Moment
    country: CountryCode | Literal[""] = ""
    interpreter: Line200 = ""


class WithdrawalIn(Seen):
    """Who has withdrawn the consent."""

    withdrawn_by: Said200


@cases.post("/{id}/consents", auth=writing_personal, response=ANSWERS, summary="Give a consent")
def give_consent(request: HttpRequest, id: UUID, given: ConsentIn) -> dict[str, Any]:
    """Write down a consent. The same consent holds once: a second is refused until the first is withdrawn."""
    with deed_on(request, id, KEEP_CONSENTS, given.version) as (holder, case):
        row = services.give_consent(holder, case, Given(**given.dict(exclude={"version"})))
    return written(holder, case, Right.PERSONAL, row)


@cases.post(
    "/{id}/consents/{consent}/withdraw",
    auth=writing_personal,
    response=ANSWERS,
    summary="Withdraw a consent",
)
def withdraw_consent(request: HttpRequest, id: UUID, consent: UUID, given: WithdrawalIn) -> dict[str, Any]:
    """End a consent, and with it what it opened: a published case can be taken back in the same moment."""
    with deed_on(request, id, KEEP_CONSENTS, given.version) as (holder, case):
        row = row_of(holder, Consent, case, consent, Right.PERSONAL)
        services.withdraw_consent(holder, row, withdrawn_by=given.withdrawn_by)
    return written(holder, case, Right.PERSONAL, row)
