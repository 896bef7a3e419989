"""Chasing what is missing: its owner is told at most once a day, the organisation above when it is overdue.

One message names everything that is missing of one case, so that nobody gets a message for each paper.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import formats, timezone, translation

from medevac.cases.models import Case, CaseItem
from medevac.cases.readiness import Line, lines_of
from medevac.cases.requirements import holds_up, needs_of
from medevac.cases.rules import LIVE, SENDERS
from medevac.cases.services.changed import move_moment
from medevac.cases.settings import chase_hours
from medevac.directory.models import MissionItem
from medevac.messages.services import tell
from medevac.people.days import current_day
from medevac.people.models import Membership, OrganisationPath, User

ASSIGNED, MISSING, OVERDUE = "cases.item_assigned", "cases.item_missing", "cases.item_overdue"
AT_ONCE = 500  # cases in one transaction's time; the next round takes the rest
AT_MOST_EVERY = timedelta(hours=20)  # a round that runs a little earlier than yesterday's still counts


def chase_missing(*, now: datetime | None = None) -> int:
    """Tell owners what is due or overdue, each item at most once a day.

    Returns
    -------
    How many cases somebody was told of.
    """
    moment = now or timezone.now()
    for pk in _without_items():
        _open(pk)
    return sum(_chase(pk, moment) for pk in _to_chase(moment))


def open_items(case: Case) -> None:
    """Write down who brings what by when, for every item that nobody has said anything of yet."""
    new = [line for line in lines_of(case, needs_of(case)) if line.need.row is None]
    CaseItem.unscoped.bulk_create([_row_of(case, line) for line in new], ignore_conflicts=True)
    if new:
        move_moment([case.pk])


def _without_items() -> list[UUID]:
    """Live cases of missions that ask for something, for which nothing is written down."""
    live = Case.unscoped.filter(state__in=[str(state) for state in LIVE], items__isnull=True)
    asked = live.filter(mission__in=MissionItem.unscoped.on(current_day()).values("mission"))
    return list(asked.values_list("pk", flat=True)[:AT_ONCE])


def _to_chase(now: datetime) -> list[UUID]:
    """Live cases with an item that is due soon and was not looked at today, the earliest first."""
    rows = CaseItem.unscoped.filter(
        Q(chased_at__isnull=True) | Q(chased_at__lte=now - AT_MOST_EVERY),
        status=CaseItem.Status.MISSING,
        deadline__lte=now + timedelta(hours=chase_hours()),
        case__state__in=[str(state) for state in LIVE],
    )
    found = rows.order_by("deadline").values_list("case", flat=True)[:AT_ONCE]
    return list(dict.fromkeys(found))


@transaction.atomic
def _open(pk: UUID) -> None:
    open_items(Case.unscoped.select_for_update(of=("self",)).select_related("requester").get(pk=pk))


@transaction.atomic
def _chase(pk: UUID, now: datetime) -> bool:
    """Chase what one case lacks; the lock keeps two workers from telling the same."""
    case = Case.unscoped.select_for_update(of=("self",)).select_related("requester").get(pk=pk)
    soon = now + timedelta(hours=chase_hours())
    due = [
        line
        for line in lines_of(case, needs_of(case))
        if line.deadline and line.deadline <= soon and not _looked_at(line, now)
    ]
    by_owner: dict[UUID, list[Line]] = defaultdict(list)
    for line in due:
        if holds_up(line.need, case.state):
            by_owner[line.owner.pk].append(line)
    for owner, theirs in by_owner.items():
        _tell_all(case, [owner], MISSING, theirs, now)
        overdue = [line for line in theirs if line.deadline and line.deadline < now]
        if overdue:
            _tell_all(case, _above(owner), OVERDUE, overdue, now)
    for line in due:
        row = line.need.row or _row_of(case, line)
        row.chased_at = now  # looked at today, whether or not there was anything to tell
        row.save()
    if any(line.need.row is None for line in due):
        move_moment([case.pk])
    return bool(by_owner)


def _looked_at(line: Line, now: datetime) -> bool:
    row = line.need.row
    return bool(row and row.chased_at and row.chased_at > now - AT_MOST_EVERY)


def _row_of(case: Case, line: Line) -> CaseItem:
    return CaseItem(case=case, code=line.need.item.code, owner=line.owner, deadline=line.deadline)


def tell_assigned(actor: User, case: Case, row: CaseItem, item: MissionItem) -> None:
    """Tell whoever was assigned, except the one who assigned it."""
    for user in coordinators_of([row.owner_id]):
        if user.pk != actor.pk:
            facts = _facts(user, case, [item], row.deadline, row.telephone)
            tell(user, ASSIGNED, facts=facts, pseudonym=case.pseudonym, address=address_of(case))


def _tell_all(case: Case, organisations: Iterable[UUID], kind: str, lines: list[Line], now: datetime) -> None:
    first = min((line.deadline for line in lines if line.deadline), default=None)
    numbers = dict.fromkeys(line.telephone for line in lines if line.telephone)
    for user in coordinators_of(organisations):
        facts = _facts(user, case, [line.need.item for line in lines], first, ", ".join(numbers))
        facts["owner"] = lines[0].owner.name
        key = f"{kind}:{case.pk}:{lines[0].owner.pk}:{now:%Y-%m-%d}"
        tell(user, kind, facts=facts, pseudonym=case.pseudonym, address=address_of(case), key=key)


def _facts(
    user: User, case: Case, items: list[MissionItem], deadline: datetime | None, telephone: str
) -> dict[str, object]:
    """What fills the message, in the language and the time zone of whoever reads it."""
    with translation.override(user.language):
        return {
            "case": case.pseudonym,
            "items": ", ".join(item.name for item in items),
            "deadline": _said(deadline, user),
            "telephone": telephone or "–",
        }


def _said(deadline: datetime | None, user: User) -> str:
    if deadline is None:
        return "–"
    return str(formats.date_format(deadline.astimezone(ZoneInfo(user.time_zone)), "SHORT_DATETIME_FORMAT"))


def _above(organisation: UUID) -> list[UUID]:
    """The nearest organisation above; none above the ministry."""
    paths = OrganisationPath.objects.filter(
        descendant=organisation, depth__gt=0, ancestor__closed_at__isnull=True
    )
    return list(paths.order_by("depth").values_list("ancestor", flat=True)[:1])


def coordinators_of(organisations: Iterable[UUID]) -> list[User]:
    """Those who file and follow cases in these organisations."""
    theirs = Q(organisation__in=list(organisations), role__in=[str(role) for role in SENDERS])
    rows = Membership.unscoped.current().filter(theirs).values("user")
    return list(User.objects.filter(pk__in=rows).order_by("pk"))


def address_of(case: Case) -> str:
    """The page on which the items of a case are brought."""
    return reverse("cases:case", kwargs={"public_id": case.pk})
