"""Consents as programs write them: given, and withdrawn with all that follows."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Schema

from medevac.api.access import TokenAccess, holder_of
from medevac.api.answers import CountryCode, answered_with
from medevac.cases import services
from medevac.cases.api.answers import ConsentOut
from medevac.cases.api.deeds import deed
from medevac.cases.api.reading import PERSONAL, READ, case_for, cases
from medevac.cases.api.values import Line200, Moment, Said40, Said200
from medevac.cases.api.written import Seen, Written, answers, deed_on, row_of, writing_personal, written
from medevac.cases.models import Consent
from medevac.cases.models.consent import Giver, Purpose
from medevac.cases.policy import KEEP_CONSENTS
from medevac.cases.selectors.exposure import exposure_of
from medevac.cases.services.consents import Given
from medevac.people.policy import demand
from medevac.people.roles import Right

ANSWERS = answers(Written[ConsentOut])
reading_personal = TokenAccess(READ.name, PERSONAL.name)


class ConsentIn(Seen):
    """What was consented to, by whom, and how; without a country for every country of the mission.

    `document` is the signed paper, one of the case's documents.
    """

    purpose: Purpose
    giver: Giver
    giver_name: Said200
    language: Said40
    given_at: Moment
    country: CountryCode | Literal[""] = ""
    interpreter: Line200 = ""
    document: UUID | None = None


class LookerOut(Schema):
    """Somebody who has looked: which rights, how often, and when last."""

    name: str
    organisations: str
    rights: str
    times: int
    last: datetime


class ExportOut(Schema):
    """An export in which the case has left."""

    number: int
    at: datetime
    who: str
    title: str
    format: str


class ExposureOut(Schema):
    """Where data of a case have gone, the latest first; at most 200 of each."""

    lookers: list[LookerOut]
    exports: list[ExportOut]


class WithdrawalIn(Seen):
    """Who has withdrawn the consent."""

    withdrawn_by: Said200


@cases.post("/{id}/consents", auth=writing_personal, response=ANSWERS, summary="Give a consent")
def give_consent(request: HttpRequest, id: UUID, given: ConsentIn) -> dict[str, Any]:
    """Write down a consent. The same consent holds once: a second is refused until the first is withdrawn."""
    with deed_on(request, id, KEEP_CONSENTS, given.version) as (holder, case):
        row = services.give_consent(holder, case, Given(**given.dict(exclude={"version"})))
    return written(holder, case, Right.PERSONAL, row)


@cases.get(
    "/{id}/consents/{consent}/exposure",
    auth=reading_personal,
    response=answered_with(ExposureOut, one=True),
    summary="Who has looked under a consent",
)
def get_exposure(request: HttpRequest, id: UUID, consent: UUID) -> dict[str, Any]:
    """Who of the consent's country has looked at the case, and what has been exported.

    Until now, or until the consent was withdrawn: what whoever withdraws it asks about. For those who keep
    the consents of the case.
    """
    holder: Any = holder_of(request)
    case = case_for(holder, id)
    with deed():
        demand(holder, KEEP_CONSENTS, case)
    row = row_of(holder, Consent, case, consent, Right.PERSONAL)
    found = exposure_of(case, country=row.country, until=row.withdrawn_at)
    return {
        "lookers": [
            {
                "name": one.name,
                "organisations": one.organisations,
                "rights": one.rights,
                "times": one.times,
                "last": one.last,
            }
            for one in found.lookers
        ],
        "exports": [vars(one) for one in found.exports],
    }


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
