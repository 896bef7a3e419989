"""Which cases are closed to a country because the consent to the transfer of data was withdrawn for it."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from medevac.cases.models import Consent
from medevac.cases.models.consent import Purpose
from medevac.people.policy.areas import country_of
from medevac.people.policy.reading import once

EVERY_COUNTRY = ""


def withdrawn_for(organisation: UUID) -> Q:
    """The condition on a case: its data may not go to the organisation's country any more.

    The consent for that very country decides; where there never was one, the consent for every country. A
    consent that is given anew opens the case again. Where none was ever given, nothing is closed by this: the
    mission's items see to it that nothing is published without.
    """
    return once(("withdrawn", organisation), lambda: _withdrawn_for(country_of(organisation)))


def _withdrawn_for(country: str) -> Q:
    rows = Consent.unscoped.filter(case=OuterRef("pk"), purpose=Purpose.DATA_TRANSFER)
    holding, ended = rows.filter(withdrawn_at__isnull=True), rows.filter(withdrawn_at__isnull=False)
    holds_here = Q(Exists(holding.filter(country=country)))
    ended_here = Q(Exists(ended.filter(country=country)))
    holds_everywhere = Q(Exists(holding.filter(country=EVERY_COUNTRY)))
    ended_everywhere = Q(Exists(ended.filter(country=EVERY_COUNTRY)))
    return ~holds_here & (ended_here | (ended_everywhere & ~holds_everywhere))
