"""What a change leaves on the row of its case: the version that writers have seen, and its moment.

Either tells the pages on which the case stands: every deed on a case or on a part of it passes here.

A change on which a step or an edit could rest raises the version, so that whoever has read the case before
reads it again. What only confirms, arranges or follows moves the moment: programs that keep a copy by
`changed_since` hear of it, and nobody's open form is refused for it. Neither says which part it was: both are
read under the operational right.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from medevac.cases.models import Case
from medevac.cases.services.open_pages import tell_open_pages
from medevac.people.refusals import RefusedError


def raise_version(case: Case) -> None:
    """Keep a case that is locked, as a newer version of it."""
    case.version += 1
    case.save()
    tell_open_pages(case.pk)


def move_moment(cases: Iterable[UUID]) -> None:
    """Say, within a transaction, that something of these cases has changed now; they are locked in order."""
    wanted = list(cases)
    if not wanted:
        return
    locked = Case.unscoped.select_for_update().filter(pk__in=wanted).order_by("pk")
    moved = list(locked.values_list("pk", flat=True))
    Case.unscoped.filter(pk__in=moved).update(changed_at=timezone.now())
    tell_open_pages(*moved)


def refuse_unless_seen(case: Case, seen: int | None) -> None:
    """Refuse where somebody has written since the writer read the case; None asks nothing.

    Raises
    ------
    RefusedError
        Where the version is another.
    """
    if seen is not None and seen != case.version:
        raise RefusedError(
            _("Somebody has changed case %(case)s since you opened it. Load the page again, then write.")
            % {"case": case.pseudonym}
        )


def lock_cases_of(persons: Collection[UUID], *, besides: Collection[UUID] = ()) -> list[Case]:
    """Lock every case of some persons, and some besides, in order: before the persons, whom whoever writes
    of them locks after their cases. In any other order two would wait for each other.
    """
    rows = Case.unscoped.filter(Q(person__in=persons) | Q(pk__in=besides))
    return list(rows.order_by("pk").select_for_update())


def lock_as_seen(case: Case, seen: int) -> None:
    """Lock a case for a change of one of its parts, as the writer has read it.

    Raises
    ------
    RefusedError
        Where somebody has written since.
    """
    refuse_unless_seen(Case.unscoped.select_for_update().get(pk=case.pk), seen)
