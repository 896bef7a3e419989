"""Lets open pages know that a case has changed; what they then show, they ask for with their own right.

Only the id of the case is told, once for each user and transaction. An event that is lost costs a look by
hand and nothing else, so this happens after the commit and never stops a deed.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from medevac.cases.models import Case
from medevac.cases.rules import BEFORE_PUBLICATION
from medevac.directory.models import MissionActor
from medevac.messages.events import publish_to_all
from medevac.people.models import Membership, OrganisationPath
from medevac.people.policy.areas import below, together_with
from medevac.people.roles import RIGHTS, Right

EVENT = "case"
MOST_CASES = 20  # told one by one; of more, pages hear that many have changed
MANY = "many"


class _Changed:
    """The cases that one transaction has changed; told when it is committed, forgotten when it is not."""

    def __init__(self) -> None:
        self.cases: set[UUID] = set()
        self.told = False

    def tell(self) -> None:
        """Tell of each, or of very many at once."""
        self.told = True
        if len(self.cases) > MOST_CASES:
            members = Membership.unscoped.current().filter(role__in=RIGHTS[Right.OPERATIONAL])
            publish_to_all(_recently_here(members), EVENT, {"case": MANY})
            return
        for case in Case.unscoped.filter(pk__in=self.cases).select_related("mission"):
            publish_to_all(listeners_to(case), EVENT, {"case": str(case.pk)})


def tell_open_pages(*cases: UUID) -> None:
    """Tell of a change of these cases when the transaction has come to its end."""
    if not cases:
        return
    connection = transaction.get_connection()
    changed: _Changed | None = connection.__dict__.get("_cases_changed")
    # After a rollback the callback is gone, and what it was to tell has not happened.
    waits = changed is not None and any(call == changed.tell for _, call, _ in connection.run_on_commit)
    if changed is None or changed.told or not waits:
        changed = connection.__dict__["_cases_changed"] = _Changed()
        transaction.on_commit(changed.tell, robust=True)
    changed.cases.update(cases)


def listeners_to(case: Case) -> list[UUID]:
    """Users who may have a page open on which the case stands: its partners who signed in lately."""
    above = OrganisationPath.objects.filter(descendant=case.requester_id).values("ancestor")
    partners = Q(organisation__in=above)
    if case.state not in BEFORE_PUBLICATION:
        owner = case.mission.owner_id
        actors = MissionActor.unscoped.filter(mission=case.mission_id).values("organisation")
        paths = OrganisationPath.objects
        partners |= (
            Q(organisation__in=together_with(owner))
            | Q(organisation__in=below(owner))
            | Q(organisation__in=paths.filter(ancestor__in=actors).values("descendant"))
            | Q(organisation__in=paths.filter(descendant__in=actors).values("ancestor"))
        )
    rows = Membership.unscoped.current().filter(partners, role__in=RIGHTS[Right.OPERATIONAL])
    return _recently_here(rows)


def _recently_here(memberships: QuerySet[Membership]) -> list[UUID]:
    since = timezone.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    rows = memberships.filter(user__last_login__gte=since)
    return list(rows.values_list("user", flat=True).distinct())
