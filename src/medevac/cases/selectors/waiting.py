"""What of the cases waits for a user: drafts to submit, cases to verify, requests to publish."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from medevac.cases.models import Case
from medevac.cases.rules import BY_ACTION, LIVE
from medevac.cases.states import Action, State
from medevac.people.cards import Card
from medevac.people.models import User
from medevac.people.navigation import reaches
from medevac.people.policy import included, standings, visible
from medevac.people.work_items import WorkItem

MOST_DRAFTS = 5  # told one by one


def work_for(user: User) -> Iterator[WorkItem]:
    """Drafts of the user's own organisations, and what waits for the ministry."""
    rights = [BY_ACTION[action].right for action in (Action.SUBMIT, Action.VERIFY, Action.PUBLISH)]
    mine = included(user, rights)
    if rights[0] in mine:
        yield from _drafts(user)
    if rights[1] in mine:
        yield from _waiting(user, State.SUBMITTED, rights[1])
    if rights[2] in mine:
        yield from _waiting(user, State.VERIFIED, rights[2])


def _drafts(user: User) -> Iterator[WorkItem]:
    own = {organisation for _role, organisation, _mission in standings(user)}
    rows = visible(user, Case.objects.filter(state=State.DRAFT, requester__in=own), "cases.submit")
    found = list(rows.order_by("state_since", "pk")[: MOST_DRAFTS + 1])
    for case in found[:MOST_DRAFTS]:
        address = reverse("cases:case", kwargs={"public_id": case.pk})
        yield WorkItem(_("Complete draft %(case)s and submit it.") % {"case": case.pseudonym}, address)
    if len(found) > MOST_DRAFTS:
        yield WorkItem(_("More drafts wait to be submitted. See them all."), _list(State.DRAFT))


def _waiting(user: User, state: State, right: str) -> Iterator[WorkItem]:
    rows = visible(user, Case.objects.filter(state=state), right)
    found = rows.aggregate(number=Count("pk"), first=Min("due_at"))
    count = found["number"]
    if not count:
        return
    if state == State.SUBMITTED:
        sentence = ngettext(
            "%(count)s case waits to be verified.", "%(count)s cases wait to be verified.", count
        )
    else:
        sentence = ngettext(
            "%(count)s verified case waits to be published.",
            "%(count)s verified cases wait to be published.",
            count,
        )
    yield WorkItem(sentence % {"count": count}, _list(state), due=found["first"])


def _list(state: State) -> str:
    return f"{reverse('cases:cases')}?{urlencode({'state': str(state)})}"


def cases_card(user: User) -> Card | None:
    """How many live cases are open to the user."""
    if not reaches(user, "cases:cases"):
        return None
    states = [str(state) for state in LIVE]
    count = visible(user, Case.objects.filter(state__in=states)).count()
    if not count:
        sentence = _("No live case is open to you yet.")
    else:
        sentence = ngettext(
            "%(count)s live case is open to you.", "%(count)s live cases are open to you.", count
        ) % {"count": count}
    return Card(reverse("cases:cases"), _("Cases"), sentence)
