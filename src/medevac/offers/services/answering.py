"""Answering an ask: in the service, or recorded by the asker for somebody who telephoned or wrote.

A correction is a further answer, and the last one counts. Each deed locks the case first, then the ask.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from medevac.cases.moments import refuse_unless_past
from medevac.cases.rules import WAITING
from medevac.directory.models import Hospital
from medevac.directory.services.checking import save_checked
from medevac.offers.models import Answer, Ask
from medevac.offers.policy import ANSWER, ASK
from medevac.offers.services.asking import lock_ask
from medevac.offers.services.asks_ending import end_ask
from medevac.offers.services.telling import tell_of_grounds
from medevac.offers.services.telling_of_asks import tell_answered
from medevac.offers.states import AskState, Channel, No
from medevac.people.days import current_day
from medevac.people.models import User
from medevac.people.organisation_kinds import Kind
from medevac.people.policy import demand
from medevac.people.policy.areas import below
from medevac.people.refusals import RefusedError

FARTHEST = timedelta(days=365)
MINUTE = timedelta(minutes=1)
RECORDED = (Channel.TELEPHONE, Channel.MAIL)  # what somebody else writes down


@dataclass(frozen=True)
class AnswerFacts:
    """What is answered: a yes with the earliest day, or a no with its reason.

    Parameters
    ----------
    yes
        Whether the patient can be taken.
    no_reason
        One of `No`, with a no.
    hospital
        The id of the hospital that takes the patient; needed of a region.
    earliest_day
        From when, with a yes.
    isolation
        Whether an isolation room comes with it.
    companions
        How many can be housed, 0 to 20.
    payer
        Who pays for the treatment.
    remark
        In words; needed where the reason is another.
    """

    yes: bool
    no_reason: str = ""
    hospital: UUID | None = None
    earliest_day: date | None = None
    isolation: bool = False
    companions: int = 0
    payer: str = ""
    remark: str = ""


def answering_hospitals(ask: Ask) -> QuerySet[Hospital]:
    """The hospitals that can be named in an answer: those that the asked keeps, or one below it."""
    rows = Hospital.unscoped.filter(keeper__in=below(ask.asked_id), closed_at__isnull=True)
    return rows.order_by("name", "pk")


@transaction.atomic
def answer(actor: User, ask: Ask, facts: AnswerFacts) -> Answer:
    """Answer in the service, or correct an answer.

    Raises
    ------
    NotAllowedError
        Where the actor does not answer for the organisation that is asked.
    RefusedError
        Where the ask is closed, the case waits for no answer, or something is missing. Nothing was changed.
    """
    demand(actor, ANSWER, ask)
    kept = lock_ask(ask)
    made = write_answer(
        kept,
        facts,
        channel=Channel.SERVICE,
        answerer=actor.name,
        answered_at=timezone.now(),
        recorded_by=actor.pk,
    )
    tell_answered(made, but=actor.pk)
    return made


@transaction.atomic
def record_answer(
    actor: User,
    ask: Ask,
    facts: AnswerFacts,
    *,
    answerer: str,
    answered_at: datetime,
    channel: Channel = Channel.TELEPHONE,
    asked_with_it: bool = False,
) -> Answer:
    """Record what somebody said on the telephone or wrote; done by whoever asked.

    Parameters
    ----------
    answerer
        Name and function of whoever telephoned or wrote.
    answered_at
        When it was said or written: after the ask was made, and before now.
    channel
        By which way it came, one of `RECORDED`.
    asked_with_it
        Whether the ask is written down together with its answer, after the telephone call in which both were
        said: the answer is older than the row of the ask then.

    Raises
    ------
    NotAllowedError
        Where the actor does not ask for the organisation that asked.
    RefusedError
        As in `answer`; where the name is missing or the time cannot be.
    """
    demand(actor, ASK, ask.round)
    if channel not in RECORDED:
        raise ValueError(f"Expected one of {', '.join(RECORDED)}, got {channel}.")
    kept = lock_ask(ask)
    refuse_unless_past(answered_at)
    if not asked_with_it and answered_at < kept.round.made_at - MINUTE:  # a form knows no seconds
        raise RefusedError(_("The answer would be older than the ask. Correct the time."))
    made = write_answer(
        kept,
        facts,
        channel=channel,
        answerer=answerer,
        answered_at=answered_at,
        recorded_by=actor.pk,
    )
    tell_answered(made, but=actor.pk)
    return made


def write_answer(
    ask: Ask,
    facts: AnswerFacts,
    *,
    channel: Channel,
    answerer: str,
    answered_at: datetime,
    recorded_by: UUID | None,
) -> Answer:
    """Write an answer to an ask that is locked after its case; the one before it counts no longer.

    Raises
    ------
    RefusedError
        Where it cannot be answered, or something is missing.
    """
    _refuse_unless_answerable(ask)
    if not answerer.strip():
        raise RefusedError(_("Expected the name and function of whoever answered, got none. Write it."))
    hospital = _hospital(ask, facts)
    _refuse_incomplete(facts)
    now = timezone.now()
    Answer.unscoped.filter(ask=ask, replaced_at__isnull=True).update(replaced_at=now)
    made = Answer(
        ask=ask,
        yes=facts.yes,
        no_reason="" if facts.yes else facts.no_reason,
        hospital=hospital,
        earliest_day=facts.earliest_day if facts.yes else None,
        isolation=facts.yes and facts.isolation,
        companions=facts.companions if facts.yes else 0,
        payer=facts.payer.strip() if facts.yes else "",
        remark=facts.remark.strip(),
        channel=channel,
        answerer=answerer.strip(),
        answered_at=answered_at,
        recorded_by=recorded_by,
    )
    save_checked(made)
    end_ask(ask, AskState.ANSWERED)
    tell_of_grounds(made)
    return made


def _refuse_unless_answerable(ask: Ask) -> None:
    """The clock decides over the deadline; a correction may come after it, for as long as the case waits."""
    late = ask.state == AskState.OPEN and ask.round.deadline <= timezone.now()
    if ask.state == AskState.EXPIRED or late:
        raise RefusedError(_("The time for an answer is over. Ask whoever asked to ask once more."))
    if ask.state == AskState.WITHDRAWN:
        raise RefusedError(_("The ask has been withdrawn: no answer is needed any more."))
    if ask.case.state not in WAITING:
        raise RefusedError(
            _("Case %(case)s is “%(state)s”: no answer is needed any more.")
            % {"case": ask.case.pseudonym, "state": ask.case.get_state_display()}
        )


def _hospital(ask: Ask, facts: AnswerFacts) -> Hospital | None:
    """The hospital that is named; of a hospital that keeps one, that one."""
    if not facts.yes:
        return None
    possible = list(answering_hospitals(ask))
    if facts.hospital is not None:
        for one in possible:
            if one.pk == facts.hospital:
                return one
        raise RefusedError(
            _("Expected a hospital of “%(name)s”. Choose one of the list.") % {"name": ask.asked.name}
        )
    if len(possible) == 1:
        return possible[0]
    if possible or ask.asked.kind == Kind.REGION:
        raise RefusedError(_("A yes needs the hospital that takes the patient. Choose one."))
    return None


def _refuse_incomplete(facts: AnswerFacts) -> None:
    if facts.yes:
        today = current_day()
        if facts.earliest_day is None:
            raise RefusedError(_("A yes needs the earliest day on which the patient can come. Choose a day."))
        if not today <= facts.earliest_day <= today + FARTHEST:
            raise RefusedError(_("Expected an earliest day from today on, within a year. Choose another."))
        return
    if facts.no_reason not in No.values:
        raise RefusedError(_("A no needs a reason. Choose one."))
    if facts.no_reason == No.OTHER and not facts.remark.strip():
        raise RefusedError(_("The reason is “another”: write in a few words what it is."))
