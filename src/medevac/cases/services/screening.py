"""Samples and their results, and the isolation that follows: until negative, unless a clinician decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from medevac.cases.isolating import isolation_by
from medevac.cases.models import Case, IsolationDecision, Screening
from medevac.cases.models.screening import Organism, Result
from medevac.cases.policy import CHANGE_CLINICAL, DECIDE_FITNESS
from medevac.cases.services.changed import raise_version
from medevac.cases.services.items import live_case
from medevac.cases.services.missing import count_missing
from medevac.cases.settings import required_screening
from medevac.directory.services.checking import save_checked
from medevac.people.days import current_day
from medevac.people.models import User
from medevac.people.policy import demand
from medevac.people.refusals import RefusedError


@dataclass(frozen=True)
class Sample:
    """What was looked for, where and when, and what came out."""

    organism: str
    site: str
    taken_on: date
    result: str = Result.PENDING
    other_organism: str = ""
    remark: str = ""


@transaction.atomic
def add_screening(actor: User, case: Case, sample: Sample) -> Screening:
    """Write down a sample; the isolation of the case follows."""
    demand(actor, CHANGE_CLINICAL, case)
    kept = live_case(case)
    if sample.taken_on > current_day():
        raise RefusedError(_("Expected a day on which the sample has been taken. Correct it."))
    if sample.organism == Organism.OTHER and not sample.other_organism.strip():
        raise RefusedError(_("Write which other organism was looked for."))
    row = Screening(
        case=kept,
        organism=sample.organism,
        other_organism=sample.other_organism.strip() if sample.organism == Organism.OTHER else "",
        site=sample.site.strip(),
        taken_on=sample.taken_on,
        result=sample.result,
        remark=sample.remark.strip(),
        recorded_by=actor.pk,
    )
    save_checked(row)
    _isolate(kept, found=row.result)
    return row


@transaction.atomic
def record_result(actor: User, screening: Screening, result: str, *, remark: str = "") -> Screening:
    """Write down what came out of a sample; the isolation of the case follows."""
    demand(actor, CHANGE_CLINICAL, screening.case)
    kept = live_case(screening.case)
    row: Screening = Screening.unscoped.select_for_update().get(pk=screening.pk)
    row.result, row.remark = result, remark.strip() or row.remark
    save_checked(row)
    _isolate(kept, found=result)
    return row


@transaction.atomic
def decide_isolation(
    actor: User, case: Case, isolation: str, *, decided_by: str, reason: str
) -> IsolationDecision:
    """Decide in place of the rule, with a reason. It holds until it is ended or a sample is positive."""
    demand(actor, DECIDE_FITNESS, case)
    kept = live_case(case)
    _end_decision(kept)
    made = IsolationDecision(
        case=kept,
        isolation=isolation,
        decided_by=decided_by.strip(),
        reason=reason.strip(),
        recorded_by=actor.pk,
    )
    save_checked(made)
    _isolate(kept)
    return made


@transaction.atomic
def follow_the_rule(actor: User, case: Case) -> Case:
    """End the clinician's decision: the samples say again how the patient is kept apart."""
    demand(actor, DECIDE_FITNESS, case)
    kept = live_case(case)
    _end_decision(kept)
    _isolate(kept)
    return kept


def _end_decision(case: Case) -> None:
    rows = IsolationDecision.unscoped.filter(case=case, ended_at__isnull=True)
    rows.update(ended_at=timezone.now())


def _isolate(case: Case, *, found: str = "") -> None:
    """Write the isolation that holds. A positive sample ends a decision that was made without knowing it."""
    if found == Result.POSITIVE:
        _end_decision(case)
    decided = IsolationDecision.unscoped.filter(case=case, ended_at__isnull=True).first()
    by_rule = isolation_by(Screening.unscoped.filter(case=case), required_screening())
    case.isolation = decided.isolation if decided else by_rule
    raise_version(case)
    count_missing([case])
