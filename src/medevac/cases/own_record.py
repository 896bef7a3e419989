"""What this room tells the record below it: what cases are called there, and what has no history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse

from medevac.audit.history import exempt
from medevac.audit.naming import Kind, register_kind
from medevac.cases.models import Case
from medevac.cases.policy import SEE
from medevac.people.policy import visible


def tell_the_record() -> None:
    """Fill the registries of `audit`."""
    register_kind(Kind("cases.case", _pseudonyms, lambda pk: reverse("cases:case", kwargs={"public_id": pk})))
    exempt(
        "cases.missingitems",
        "Worked out from items, consents and companions, which have histories.",
    )
    exempt(
        "cases.filing", "Which form filed a case; written once, and the case's own history tells the rest."
    )


def _pseudonyms(viewer: Any, ids: list[UUID]) -> Mapping[UUID, str]:
    """Of cases that are open to the viewer, and of those whose history is: it tells them anyway."""
    rows = Case.objects.filter(pk__in=ids)
    return {
        pk: pseudonym
        for action in (SEE, "audit.see_record")
        for pk, pseudonym in visible(viewer, rows, action).values_list("pk", "pseudonym")
    }
