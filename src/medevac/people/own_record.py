"""What this room tells the record below it: its pages, words for ids, and what needs no history.

Looks at people are recorded with `record_look_at_people`, before the page is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from medevac.audit.context import because
from medevac.audit.history import exempt
from medevac.audit.naming import (
    Actors,
    Kind,
    register_actors,
    register_kind,
    register_places,
    register_rights,
)
from medevac.audit.policy import register_policy
from medevac.audit.services import record_look
from medevac.people.models import Membership, Organisation, User
from medevac.people.navigation import Entry, place_of, register_entry
from medevac.people.pages import Access, register_pages
from medevac.people.policy import may, visible
from medevac.people.policy.asking import emergency_reasons
from medevac.people.policy.record_rules import register_record_rules
from medevac.people.roles import Right

MOST_FOUND = 200
PAGES: dict[str, Access | str] = {
    "audit:access_log": "audit.see_access_log",
    "audit:export_access_log": "audit.see_access_log",
    "audit:own_log": Access.SIGNED_IN,
    "audit:exports": "audit.see_exports",
    "audit:find_history": "audit.see_record",
    "audit:history": "audit.see_record",
}


def tell_the_record() -> None:
    """Fill the registries of `audit`."""
    register_policy(visible, may)
    register_record_rules()
    register_pages(PAGES)
    register_entry(Entry("audit:access_log", _("Access log"), order=90, group="record"))
    register_entry(Entry("audit:exports", _("Exports"), order=91, group="record"))
    register_entry(Entry("audit:find_history", _("History"), order=92, group="record"))
    register_entry(Entry("audit:own_log", _("Looks at your data"), order=93, group="record"))
    register_actors(Actors("user", "people.user", names=_names, find=_find))
    register_kind(Kind("people.user", _people, lambda pk: reverse("people:person", kwargs={"public_id": pk})))
    register_kind(
        Kind(
            "people.organisation",
            _organisations,
            lambda pk: reverse("people:organisation", kwargs={"public_id": pk}),
        )
    )
    register_places(place_of)
    register_rights(
        {
            Right.SUMMARY.value: _("Clinical summary"),
            Right.CLINICAL.value: _("Clinical data"),
            Right.PERSONAL.value: _("Personal data"),
            "people.see_members": _("People of an organisation"),
            "people.see_access": _("Who can see what"),
            "people.export_access": _("Export of who can see what"),
            "people.review": _("Review of memberships"),
            "people.see_emergencies": _("Emergency accesses"),
            "audit.see_access_log": _("Access log"),
            "audit.see_exports": _("Register of exports"),
            "audit.see_record": _("History"),
        }
    )
    exempt(
        "people.organisationpath",
        "Follows from the organisations, whose history is kept; written by triggers.",
    )
    exempt("socialaccount.socialapp", "Empty: the provider is set in the environment, not in a table.")
    exempt(
        "socialaccount.socialapp_sites", "Empty, as the provider is set in the environment, not in a table."
    )
    exempt("socialaccount.socialtoken", "Empty: tokens of the provider are not stored.")
    exempt("account.emailconfirmation", "Empty: an invitation shows that an address is its user's.")


def record_look_at_people(
    viewer: User, right: str, memberships: Iterable[Membership], *, export: int | None = None
) -> None:
    """Write that the viewer sees the people of these memberships; their organisations own the look.

    What an emergency access opened stands there with its reason. A look at oneself is none.
    """
    seen = {(row.user_id, row.organisation_id) for row in memberships if row.user_id != viewer.pk}
    reasons = emergency_reasons(viewer, Organisation)
    for reason in {reasons.get(owner, "") for _person, owner in seen}:
        part = [(person, owner) for person, owner in sorted(seen) if reasons.get(owner, "") == reason]
        with because(reason) if reason else nullcontext():
            record_look(right, User._meta.label_lower, part, export=export)


def _names(ids: list[UUID]) -> Mapping[UUID, str]:
    return dict(User.objects.filter(pk__in=ids).values_list("pk", "name"))


def _find(viewer: Any, text: str) -> Iterable[UUID]:
    named = Q(name__icontains=text) | Q(latin_name__icontains=text) | Q(email__icontains=text)
    rows = visible(viewer, User.objects.filter(named))
    return list(rows.values_list("pk", flat=True)[:MOST_FOUND])


def _people(viewer: Any, ids: list[UUID]) -> Mapping[UUID, str]:
    return dict(visible(viewer, User.objects.filter(pk__in=ids)).values_list("pk", "name"))


def _organisations(viewer: Any, ids: list[UUID]) -> Mapping[UUID, str]:
    return dict(visible(viewer, Organisation.objects.filter(pk__in=ids)).values_list("pk", "name"))
