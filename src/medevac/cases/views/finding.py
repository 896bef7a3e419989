"""Which case an address means; one that is not open to the user is not found."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest

from medevac.cases.models import Case
from medevac.people.policy import found
from medevac.people.signed_in import signed_in


def found_case(request: HttpRequest, public_id: UUID, action: str | None = None) -> Case:
    """The case, if the user may do this to it; to see it, unless an action is named."""
    rows = Case.objects.filter(pk=public_id).select_related("mission", "requester", "live_case")
    case = found(signed_in(request), rows, action)
    if case is None:
        raise Http404
    return case
