"""The cards of the start page that lead to this room."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from medevac.people.cards import Card, register_card
from medevac.people.models import Membership, Organisation, User
from medevac.people.navigation import reaches
from medevac.people.policy import visible


def register_own_cards() -> None:
    """Add organisations, and who can see what."""
    register_card("people.organisations", organisations_card, order=80)
    register_card("people.access", access_card, order=83)


def organisations_card(user: User) -> Card | None:
    """How many organisations the user can see."""
    if not reaches(user, "people:organisations"):
        return None
    count = visible(user, Organisation.objects.filter(closed_at__isnull=True)).count()
    sentence = ngettext(
        "One organisation takes part that is open to you.",
        "%(count)s organisations take part that are open to you.",
        count,
    )
    return Card(reverse("people:organisations"), _("Organisations"), sentence % {"count": count})


def access_card(user: User) -> Card | None:
    """How many memberships the user can look over."""
    if not reaches(user, "people:access"):
        return None
    count = visible(user, Membership.objects.current(), "people.see_access").count()
    sentence = ngettext("One membership counts now.", "%(count)s memberships count now.", count)
    return Card(reverse("people:access"), _("Who can see what"), sentence % {"count": count})
