"""The duty log: entries, points that are dealt with, and shifts that go from one person to another."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from medevac.cases.models import Case, DutyEntry, ShiftChange
from medevac.cases.policy import DUTY
from medevac.directory.services.checking import save_checked
from medevac.people.models import Organisation, User
from medevac.people.policy import NotAllowedError, demand, standings, visible
from medevac.people.refusals import RefusedError
from medevac.people.roles import grants_of


def desks_of(user: User) -> list[Organisation]:
    """The organisations whose duty log the user keeps: those that the user is a member of, by name."""
    roles = grants_of(DUTY)
    own = {organisation for role, organisation, _mission in standings(user) if role in roles}
    return list(Organisation.unscoped.filter(pk__in=own, closed_at__isnull=True).order_by("latin_name", "pk"))


@transaction.atomic
def write_entry(
    actor: User, organisation: Organisation, text: str, *, case: Case | None = None, open_point: bool = False
) -> DutyEntry:
    """Write into the log.

    Parameters
    ----------
    actor
        Who is on duty.
    organisation
        Whose log.
    text
        What happened, or what must still be done.
    case
        What it is about, if about one case; it must be open to the actor.
    open_point
        Whether somebody must still deal with it.

    Raises
    ------
    NotAllowedError
        Where the log is not the actor's.
    RefusedError
        Where there is no text, or the case is not open or has ended and the point could not stay open.
    """
    _demand_desk(actor, organisation)
    if case is not None:
        _refuse_case(actor, case, open_point=open_point)
    entry = DutyEntry(
        organisation=organisation,
        case=case,
        text=text.strip(),
        status=DutyEntry.Status.OPEN if open_point else DutyEntry.Status.NOTE,
        written_by=actor.pk,
        written_at=timezone.now(),
    )
    save_checked(entry)
    return entry


@transaction.atomic
def close_point(actor: User, entry: DutyEntry, closing: str) -> DutyEntry:
    """Say how a point was dealt with.

    Raises
    ------
    RefusedError
        Where it is no open point any more, or nothing is said.
    """
    demand(actor, DUTY, entry)
    kept = DutyEntry.unscoped.select_for_update().get(pk=entry.pk)
    if kept.status != DutyEntry.Status.OPEN:
        raise RefusedError(_("This point is not open any more. Load the page again."))
    if not closing.strip():
        raise RefusedError(_("Say in a few words how the point was dealt with."))
    kept.status, kept.closing = DutyEntry.Status.CLOSED, closing.strip()
    kept.closed_by, kept.closed_at = actor.pk, timezone.now()
    save_checked(kept)
    return kept


@transaction.atomic
def hand_over(actor: User, organisation: Organisation, remark: str = "") -> ShiftChange:
    """Hand the shift over; it waits until somebody else takes it.

    Raises
    ------
    RefusedError
        Where one waits already.
    """
    _demand_desk(actor, organisation)
    Organisation.unscoped.select_for_update(no_key=True).get(pk=organisation.pk)
    if ShiftChange.unscoped.filter(organisation=organisation, taken_at__isnull=True).exists():
        raise RefusedError(_("A hand-over waits to be taken already. Take it over first."))
    points = DutyEntry.unscoped.filter(organisation=organisation, status=DutyEntry.Status.OPEN)
    given = ShiftChange(
        organisation=organisation,
        remark=remark.strip(),
        open_points=points.count(),
        given_by=actor.pk,
        given_at=timezone.now(),
    )
    save_checked(given)
    return given


@transaction.atomic
def take_over(actor: User, shift_change: ShiftChange) -> ShiftChange:
    """Take the shift over.

    Raises
    ------
    RefusedError
        Where somebody has taken it, or the actor has handed it over.
    """
    demand(actor, DUTY, shift_change)
    kept = ShiftChange.unscoped.select_for_update().get(pk=shift_change.pk)
    if kept.taken_at is not None:
        raise RefusedError(_("Somebody has taken this shift over already. Load the page again."))
    if kept.given_by == actor.pk:
        raise RefusedError(_("You have handed this shift over yourself. Somebody else takes it."))
    kept.taken_by, kept.taken_at = actor.pk, timezone.now()
    save_checked(kept)
    return kept


@transaction.atomic
def take_back(actor: User, shift_change: ShiftChange) -> None:
    """Go on with a shift that was handed over and that nobody has taken; its history stays.

    Raises
    ------
    RefusedError
        Where somebody has taken it, or somebody else has handed it over.
    """
    demand(actor, DUTY, shift_change)
    kept = ShiftChange.unscoped.select_for_update().get(pk=shift_change.pk)
    if kept.taken_at is not None or kept.given_by != actor.pk:
        raise RefusedError(_("Only a hand-over of your own that nobody has taken can be taken back."))
    kept.delete()


def _demand_desk(actor: User, organisation: Organisation) -> None:
    if organisation not in desks_of(actor):
        raise NotAllowedError(
            f"Expected an organisation whose duty log the user keeps, got organisation {organisation.pk}."
        )


def _refuse_case(actor: User, case: Case, *, open_point: bool) -> None:
    """A point about a case is closed when the case ends, so none is opened afterwards."""
    found = visible(actor, Case.objects.filter(pk=case.pk)).select_for_update(no_key=True).first()
    if found is None:
        raise NotAllowedError(f"Expected a case that is open to the user, got case {case.pk}.")
    if open_point and not found.live:
        raise RefusedError(
            _("Case %(case)s has ended as “%(state)s”. Write a note, or an open point without a case.")
            % {"case": found.pseudonym, "state": found.get_state_display()}
        )
