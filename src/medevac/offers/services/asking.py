"""Asking regions and hospitals for cases: a round with one ask for each case and organisation; reminders.

Each deed locks the cases first, by id, then the ask (docs/explanation/locking.md). Two who ask at once for
one case wait for each other, so that nobody is asked twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from medevac.cases.models import Case
from medevac.cases.rules import WAITING
from medevac.cases.services.changed import move_moment
from medevac.directory.countries import country_name
from medevac.directory.policy import taking_part
from medevac.directory.services.checking import save_checked
from medevac.offers.models import Ask, Round
from medevac.offers.policy import ASK
from medevac.offers.services.asks_ending import end_ask
from medevac.offers.services.locking import lock_case, wait_for_case
from medevac.offers.services.offering import OFFER_FOR_A_CASE
from medevac.offers.services.telling_of_asks import tell_asked, tell_reminder, tell_withdrawn
from medevac.offers.settings import reminded_before
from medevac.offers.states import AskState
from medevac.people.models import Organisation, User
from medevac.people.organisation_kinds import Kind
from medevac.people.policy import NotAllowedError, demand, may
from medevac.people.policy.areas import below
from medevac.people.refusals import RefusedError
from medevac.people.roles import Right

# Who can be asked. Other countries' centres are asked by the publication itself.
ANSWERING_KINDS = (Kind.REGION, Kind.RECEIVING_HOSPITAL)
MOST_CASES, MOST_ORGANISATIONS = 50, 100  # in one round
LONGEST = timedelta(days=30)
REMINDED_AT_MOST_EVERY = timedelta(minutes=10)


@dataclass(frozen=True)
class Question:
    """What everybody in a round is told.

    Parameters
    ----------
    deadline
        By when to answer.
    remark
        For all who are asked; never a patient's name.
    telephone
        The duty number of the asker.
    """

    deadline: datetime
    remark: str = ""
    telephone: str = ""


def may_be_asked(asker: Organisation, mission: UUID) -> Q:
    """The condition on an organisation that an asker may ask for places.

    Regions and hospitals below it; for a centre also those that take part in the mission beside it.
    """
    near = Q(pk__in=below(asker.pk))
    if asker.kind == Kind.CENTRE:
        near |= Q(pk__in=taking_part(mission))
    answering = Q(kind__in=[str(kind) for kind in ANSWERING_KINDS], closed_at__isnull=True)
    return near & answering & ~Q(pk=asker.pk)


@transaction.atomic
def ask(
    actor: User,
    asker: Organisation,
    cases: Collection[UUID],
    organisations: Collection[UUID],
    question: Question,
) -> Round:
    """Ask organisations for cases: one round, one ask for each case and organisation.

    Parameters
    ----------
    asker
        In whose name: a national centre, or a region.
    cases
        The ids of published or offered cases of one mission, at most `MOST_CASES`.
    organisations
        The ids of regions and hospitals, at most `MOST_ORGANISATIONS`.

    Raises
    ------
    NotAllowedError
        Where the actor may not ask in the asker's name, or a case is not open to the actor for an offer.
    RefusedError
        Where a case is not waiting for offers, an organisation cannot be asked by this asker or has an open
        ask for a case already, or the deadline cannot be kept. Nothing was changed.
    """
    return ask_each(actor, asker, dict.fromkeys(organisations, cases), question)


@transaction.atomic
def ask_each(
    actor: User, asker: Organisation, wanted: Mapping[UUID, Collection[UUID]], question: Question
) -> Round:
    """Ask each organisation for cases of its own, in one round.

    Parameters
    ----------
    wanted
        By the id of an organisation, the ids of the cases for which it is asked; bounds and refusals are
        those of `ask`.
    """
    demand(actor, ASK)
    _refuse_without_choice({case for cases in wanted.values() for case in cases}, wanted)
    _refuse_deadline(question.deadline)
    locked = _lock_cases({case for cases in wanted.values() for case in cases})
    for case in locked:
        _refuse_unless_waiting(actor, case)
        demand(actor, OFFER_FOR_A_CASE, case)
    mission = _one_mission(locked)
    asked = _askable(asker, mission, wanted)
    pairs = [(case, one) for one in asked for case in locked if case.pk in set(wanted[one.pk])]
    _refuse_refused(pairs)
    _refuse_asked_already(pairs)
    made = Round(
        mission_id=mission,
        asker=asker,
        deadline=question.deadline,
        remark=question.remark.strip(),
        telephone=question.telephone.strip(),
        made_by=actor.pk,
    )
    save_checked(made)
    demand(actor, ASK, made)
    asks = [Ask(round=made, case=case, asked=one) for case, one in pairs]
    Ask.unscoped.bulk_create(asks)
    by_organisation: dict[UUID, list[Ask]] = defaultdict(list)
    for row in asks:
        by_organisation[row.asked_id].append(row)
    for theirs in by_organisation.values():
        tell_asked(made, theirs)
    return made


@transaction.atomic
def withdraw_ask(actor: User, asked: Ask) -> Ask:
    """Take an ask back; its links open nothing any more.

    Raises
    ------
    RefusedError
        Where it is not open any more.
    """
    demand(actor, ASK, asked.round)
    kept = lock_ask(asked)
    _refuse_unless_open(kept)
    end_ask(kept, AskState.WITHDRAWN)
    tell_withdrawn(kept)
    return kept


@transaction.atomic
def remind(actor: User, asked: Ask) -> int:
    """Remind whoever has not answered, now.

    Returns
    -------
    How many people were told; with none, only the telephone and a link help.

    Raises
    ------
    RefusedError
        Where the ask is not open, or somebody has reminded a moment ago.
    """
    demand(actor, ASK, asked.round)
    kept = lock_ask(asked)
    _refuse_unless_open(kept)
    last = kept.reminded_at
    if last is not None and timezone.now() - last < REMINDED_AT_MOST_EVERY:
        raise RefusedError(
            _("A reminder went out at %(when)s. Wait ten minutes before the next one, or telephone.")
            % {"when": formats.time_format(timezone.localtime(last), "H:i")}
        )
    return _remind(kept, timezone.now())


def remind_due(*, now: datetime | None = None) -> int:
    """Remind of every open ask whose deadline is near, once; what was reminded by hand meanwhile is not.

    A round with less time than the setting is reminded of when half of its time is over.

    Returns
    -------
    How many asks were reminded of.
    """
    moment = now or timezone.now()
    near = Ask.unscoped.filter(
        Q(reminded_at__isnull=True) | Q(reminded_at__lt=F("round__deadline") - reminded_before()),
        state=AskState.OPEN,
        round__deadline__gt=moment,
        round__deadline__lte=moment + reminded_before(),
    )
    rows = list(near.order_by("round__deadline").values_list("pk", "case"))
    return sum(_remind_if_due(pk, case, moment) for pk, case in rows)


@transaction.atomic
def _remind_if_due(pk: UUID, case: UUID, now: datetime) -> bool:
    wait_for_case(case)
    kept = Ask.unscoped.select_for_update(of=("self",)).select_related("round", "case").get(pk=pk)
    deadline, made = kept.round.deadline, kept.round.made_at
    due = deadline - min(reminded_before(), (deadline - made) / 2)
    if kept.state != AskState.OPEN or now < due or (kept.reminded_at and kept.reminded_at >= due):
        return False
    move_moment([case])
    _remind(kept, now)
    return True


def _remind(kept: Ask, now: datetime) -> int:
    kept.reminded_at, kept.reminders = now, kept.reminders + 1
    kept.save()
    return tell_reminder(kept)


def lock_ask(asked: Ask) -> Ask:
    """The ask as it is now, locked after its case."""
    lock_case(asked.case_id)
    rows = Ask.unscoped.select_for_update(of=("self",)).select_related("round__asker", "asked", "case")
    return rows.get(pk=asked.pk)


def _refuse_unless_open(kept: Ask) -> None:
    if kept.state != AskState.OPEN:
        raise RefusedError(
            _("The ask is “%(state)s” already. Load the page again and look once more.")
            % {"state": kept.get_state_display()}
        )


def _lock_cases(ids: Collection[UUID]) -> list[Case]:
    """The cases, locked by id; one that is not there is answered like one that is not open."""
    try:
        return [lock_case(pk) for pk in sorted(set(ids))]
    except Case.DoesNotExist as error:
        raise NotAllowedError(
            "Expected cases that are open to the user, got one that is not there."
        ) from error


def _refuse_without_choice(cases: Collection[UUID], organisations: Collection[UUID]) -> None:
    number, asked = len(set(cases)), len(set(organisations))
    if not 1 <= number <= MOST_CASES:
        raise RefusedError(
            _("Expected 1 to %(most)s cases, got %(number)s.") % {"most": MOST_CASES, "number": number}
        )
    if not 1 <= asked <= MOST_ORGANISATIONS:
        raise RefusedError(
            _("Expected 1 to %(most)s regions and hospitals, got %(number)s.")
            % {"most": MOST_ORGANISATIONS, "number": asked}
        )


def _refuse_deadline(deadline: datetime) -> None:
    now = timezone.now()
    if deadline <= now:
        raise RefusedError(_("The deadline has passed already. Choose a later time."))
    if deadline > now + LONGEST:
        raise RefusedError(
            _("Expected a deadline within %(days)s days. Choose an earlier time.") % {"days": LONGEST.days}
        )


def _refuse_unless_waiting(actor: User, case: Case) -> None:
    if case.state not in WAITING and may(actor, Right.OPERATIONAL, case):
        raise RefusedError(
            _("Case %(case)s is “%(state)s”: nobody can be asked for it now. Leave it out.")
            % {"case": case.pseudonym, "state": case.get_state_display()}
        )


def _one_mission(cases: Collection[Case]) -> UUID:
    missions = {case.mission_id for case in cases}
    if len(missions) > 1:
        raise RefusedError(_("The cases belong to several missions. Ask for those of each on their own."))
    return missions.pop()


def _askable(asker: Organisation, mission: UUID, wanted: Collection[UUID]) -> list[Organisation]:
    rows = Organisation.unscoped.filter(may_be_asked(asker, mission), pk__in=set(wanted))
    found = list(rows.order_by("latin_name", "pk"))
    missing = set(wanted) - {one.pk for one in found}
    if missing:
        named = Organisation.unscoped.filter(pk__in=missing).order_by("latin_name")
        names = ", ".join(named.values_list("name", flat=True)) or ", ".join(map(str, missing))
        raise RefusedError(
            _(
                "Expected regions and hospitals that are part of “%(asker)s” or take part in the mission "
                "beside it, got: %(names)s. Leave them out."
            )
            % {"asker": asker.name, "names": names}
        )
    return found


def _refuse_refused(pairs: Collection[tuple[Case, Organisation]]) -> None:
    for case, one in pairs:
        if one.country in case.refused_countries:
            raise RefusedError(
                _("The patient of case %(case)s refuses %(country)s. Leave out “%(name)s”, or the case.")
                % {"case": case.pseudonym, "country": country_name(one.country), "name": one.name}
            )


def _refuse_asked_already(pairs: Collection[tuple[Case, Organisation]]) -> None:
    """Name who has an open ask for which case: asked once more they would answer twice, differently."""
    meant = {(case.pk, one.pk) for case, one in pairs}
    rows = Ask.unscoped.filter(
        case__in={case for case, _one in meant}, asked__in={one for _case, one in meant}, state=AskState.OPEN
    )
    open_ones = rows.select_related("case", "asked").order_by("case__pseudonym", "asked__latin_name")
    named = [
        f"{one.asked.name} ({one.case.pseudonym})"
        for one in open_ones
        if (one.case_id, one.asked_id) in meant
    ]
    if named:
        raise RefusedError(
            _("These have an open ask already: %(named)s. Leave them out, or withdraw those asks first.")
            % {"named": ", ".join(named)}
        )
