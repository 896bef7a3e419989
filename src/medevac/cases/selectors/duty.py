"""What a shift must know: open points first, cases that are due, what has changed, the log."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from medevac.audit.naming import actor_names
from medevac.audit.services import record_look
from medevac.cases.models import Case, CaseStep, DutyEntry, ShiftChange
from medevac.cases.rules import ON_THE_GROUND_AT_HOME
from medevac.people.models import Organisation, User
from medevac.people.policy import visible
from medevac.people.roles import Right

DUE_WITHIN = timedelta(hours=24)
WITHOUT_A_SHIFT = timedelta(hours=24)  # what counts as "since" for whoever has handed over no shift yet
LONGEST_AGO = timedelta(days=14)
MOST = 50


@dataclass(frozen=True)
class Line:
    """One entry, with the names of who wrote and who closed it."""

    entry: DutyEntry
    writer: str
    closer: str


@dataclass(frozen=True)
class ShiftLine:
    """One hand-over, with the names of both."""

    shift_change: ShiftChange
    giver: str
    taker: str


@dataclass(frozen=True)
class Change:
    """One step that a case has taken, with the name of who took it."""

    step: CaseStep
    who: str


@dataclass(frozen=True)
class Desk:
    """A duty desk at this moment.

    Parameters
    ----------
    since
        From when on changes are shown: when the user last handed a shift over, else a day ago.
    had_shift
        Whether the user has handed one over in the last two weeks.
    opened
        The cases of the entries whose pages are open to the user.
    """

    organisation: Organisation
    at: datetime
    since: datetime
    had_shift: bool
    waiting: ShiftLine | None
    shifts: list[ShiftLine]
    points: list[Line]
    due: list[Case]
    changes: list[Change]
    log: list[Line]
    opened: frozenset[UUID]


def desk_for(user: User, organisation: Organisation) -> Desk:
    """What the desk of an organisation shows to a member of it; looks at what is said of cases are kept."""
    now = timezone.now()
    entries = visible(user, DutyEntry.objects.filter(organisation=organisation)).select_related("case")
    points = list(entries.filter(status=DutyEntry.Status.OPEN).order_by("written_at", "pk")[: 2 * MOST])
    log = list(entries.exclude(status=DutyEntry.Status.OPEN).order_by("-written_at", "pk")[:MOST])
    shift_changes = visible(user, ShiftChange.objects.filter(organisation=organisation))
    shifts = list(shift_changes.order_by("-given_at", "pk")[:10])
    mine = (
        shift_changes.filter(given_by=user.pk, given_at__gte=now - LONGEST_AGO).order_by("-given_at").first()
    )
    since = mine.given_at if mine else now - WITHOUT_A_SHIFT
    steps = visible(user, CaseStep.objects.filter(at__gt=since)).select_related("case")
    changes = list(steps.order_by("-at", "-pk")[:MOST])
    names = _names(
        [one for row in (*points, *log) for one in (row.written_by, row.closed_by)]
        + [one for row in shifts for one in (row.given_by, row.taken_by)]
        + [step.actor for step in changes]
    )
    lines = [ShiftLine(row, names.get(row.given_by, ""), names.get(row.taken_by, "")) for row in shifts]
    _record(entry for entry in (*points, *log) if entry.case_id)
    return Desk(
        organisation=organisation,
        at=now,
        since=since,
        had_shift=mine is not None,
        waiting=next((line for line in lines if line.shift_change.taken_at is None), None),
        shifts=[line for line in lines if line.shift_change.taken_at is not None][:3],
        points=_lines(points, names),
        due=_due(user, now),
        changes=[Change(step, names.get(step.actor, "")) for step in changes],
        log=_lines(log, names),
        opened=_opened(user, [*points, *log]),
    )


def entry_for(user: User, public_id: UUID) -> DutyEntry | None:
    """One entry, if it is open to the user."""
    return visible(user, DutyEntry.objects.filter(pk=public_id)).first()


def shift_change_for(user: User, public_id: UUID) -> ShiftChange | None:
    """One hand-over, if it is open to the user."""
    return visible(user, ShiftChange.objects.filter(pk=public_id)).first()


def waiting_for(user: User) -> list[ShiftLine]:
    """Shifts that somebody else has handed over and the user could take."""
    rows = visible(user, ShiftChange.objects.filter(taken_at__isnull=True)).exclude(given_by=user.pk)
    found = list(rows.select_related("organisation").order_by("given_at"))
    names = _names([row.given_by for row in found]) if found else {}
    return [ShiftLine(row, names.get(row.given_by, ""), "") for row in found]


def case_called(user: User, pseudonym: str) -> Case | None:
    """The case with this pseudonym, if it is open to the user; small letters and blanks are forgiven."""
    return visible(user, Case.objects.filter(pseudonym=pseudonym.strip().upper().replace(" ", "-"))).first()


def _opened(user: User, entries: Iterable[DutyEntry]) -> frozenset[UUID]:
    """The cases of some entries whose pages are open to the user; what was written of others stays."""
    rows = Case.objects.filter(pk__in={entry.case_id for entry in entries if entry.case_id})
    return frozenset(visible(user, rows).values_list("pk", flat=True))


def _due(user: User, now: datetime) -> list[Case]:
    rows = Case.objects.filter(
        due_at__lte=now + DUE_WITHIN, state__in=[str(state) for state in ON_THE_GROUND_AT_HOME]
    )
    return list(visible(user, rows).order_by("due_at", "pk")[:MOST])


def _lines(entries: list[DutyEntry], names: dict[UUID | None, str]) -> list[Line]:
    return [Line(one, names.get(one.written_by, ""), names.get(one.closed_by, "")) for one in entries]


def _names(actors: Iterable[UUID | None]) -> dict[UUID | None, str]:
    """A token keeps the log as well as a person does; whom no name is known of stays an id."""
    wanted = {actor for actor in actors if actor}
    found = actor_names((kind, actor) for kind in ("token", "user") for actor in wanted)
    named = {actor: name for (_kind, actor), name in found.items() if name != str(actor)}
    return {actor: named.get(actor, str(actor)) for actor in wanted}


def _record(entries: Iterable[DutyEntry]) -> None:
    """What is written about a case tells how the patient is: a look at it is a clinical one."""
    things = {entry.case_id: entry.case.requester_id for entry in entries if entry.case_id and entry.case}
    record_look(Right.CLINICAL, "cases.case", things)
