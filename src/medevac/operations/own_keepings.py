"""How long this room and those below it keep what they have."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from medevac.audit.models import Look
from medevac.operations.keeping import Keeping, Period, register_keeping
from medevac.people.models import AddressChange, Invitation, SignIn

TEN_YEARS = 120  # months
ACCESS = "access"  # the record of who looked, as missions call it


def register_own_keepings() -> None:
    """Add the rules."""
    register_keeping(
        Keeping(
            Invitation,
            Period(12, _("An invitation that has run out shows for a year who was let in by whom.")),
            over=lambda before: Q(expires_at__lt=before),
            about=lambda things: Q(pk__in=things) | Q(accepted_by__in=things) | Q(organisation__in=things),
        )
    )
    register_keeping(
        Keeping(
            SignIn,
            Period(12, _("A session shows for a year on which device somebody came in, and who ended it.")),
            over=lambda before: Q(started_at__lt=before),
            about=lambda things: Q(pk__in=things) | Q(user__in=things),
        )
    )
    register_keeping(
        Keeping(
            AddressChange,
            Period(12, _("A change of an address shows for a year who asked for it.")),
            over=lambda before: Q(asked_at__lt=before),
            about=lambda things: Q(pk__in=things) | Q(user__in=things),
        )
    )
    register_keeping(
        Keeping(
            Look,
            Period(TEN_YEARS, _("Patients may ask for ten years who has looked at their data.")),
            over=lambda before: Q(at__lt=before),
            about=lambda things: Q(things__overlap=list(things)) | Q(actor__in=things) | Q(owner__in=things),
            what=ACCESS,
        )
    )
