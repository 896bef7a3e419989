"""Assessments, and the decision whether a patient may fly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from medevac.cases.models import Assessment, Case, FitDecision
from medevac.cases.moments import refuse_beyond, refuse_unless_past
from medevac.cases.policy import CHANGE_CLINICAL, DECIDE_FITNESS
from medevac.cases.services.changed import move_moment, raise_version
from medevac.cases.services.items import live_case
from medevac.cases.services.missing import count_missing
from medevac.directory.services.checking import save_checked
from medevac.people.models import User
from medevac.people.policy import demand
from medevac.people.refusals import RefusedError


@dataclass(frozen=True)
class Fitness:
    """A decision: by whom and when, until when it holds, on which conditions, in spite of what."""

    fit: bool
    decided_by: str
    decided_at: datetime
    valid_until: datetime | None = None
    conditions: str = ""
    override_reason: str = ""


@transaction.atomic
def add_assessment(actor: User, case: Case, *, assessor: str, assessed_at: datetime, text: str) -> Assessment:
    """Write down that somebody has looked at the patient, and what was found."""
    demand(actor, CHANGE_CLINICAL, case)
    kept = live_case(case)
    refuse_unless_past(assessed_at)
    made = Assessment(
        case=kept, assessor=assessor.strip(), assessed_at=assessed_at, text=text.strip(), recorded_by=actor.pk
    )
    save_checked(made)
    raise_version(kept)
    count_missing([kept])
    return made


@transaction.atomic
def confirm_assessment(actor: User, assessment: Assessment) -> Assessment:
    """Say that what was found is still so today."""
    demand(actor, CHANGE_CLINICAL, assessment.case)
    kept = live_case(assessment.case)
    row: Assessment = Assessment.unscoped.select_for_update().get(pk=assessment.pk)
    row.confirmed_at, row.confirmed_by = timezone.now(), actor.pk
    save_checked(row)
    move_moment([kept.pk])
    count_missing([kept])
    return row


@transaction.atomic
def decide_fitness(actor: User, case: Case, decision: Fitness) -> FitDecision:
    """Decide whether the patient may fly. The latest decision counts, an earlier one stays on record.

    Raises
    ------
    RefusedError
        Where cautions are written down and no reason is given for deciding in spite of them, or the decision
        names no time until which it holds.
    """
    demand(actor, DECIDE_FITNESS, case)
    kept = live_case(case)
    refuse_unless_past(decision.decided_at)
    refuse_beyond(decision.valid_until)
    if decision.fit and decision.valid_until is None:
        raise RefusedError(_("Say until when the decision holds: a patient changes."))
    reason = decision.override_reason.strip()
    if decision.fit and kept.clinical.cautions.strip() and not reason:
        raise RefusedError(
            _("Cautions for flight are written down. Give the reason for deciding in spite of them.")
        )
    made = FitDecision(
        case=kept,
        fit=decision.fit,
        decided_by=decision.decided_by.strip(),
        decided_at=decision.decided_at,
        valid_until=decision.valid_until if decision.fit else None,
        conditions=decision.conditions.strip(),
        overrides=bool(reason) and decision.fit,
        override_reason=reason if decision.fit else "",
        recorded_by=actor.pk,
    )
    save_checked(made)
    raise_version(kept)
    count_missing([kept])
    return made
