"""Hospitals whose places nobody keeps here: their places are named with an offer, and taken back with it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from medevac.directory.models import Hospital
from medevac.offers.models import Place
from medevac.offers.policy import ANSWERERS
from medevac.people.models import Membership, OrganisationPath


def keepers() -> QuerySet[OrganisationPath, Any]:
    """Organisations, as `descendant`, in which or above which somebody keeps places."""
    rows = Membership.unscoped.current().filter(role__in=[str(role) for role in ANSWERERS])
    return OrganisationPath.objects.filter(ancestor__in=rows.values("organisation")).values("descendant")


def is_kept(hospital: Hospital) -> bool:
    """Whether somebody keeps the hospital's places and numbers here."""
    return keepers().filter(descendant=hospital.keeper_id).exists()


def take_back_named(place: UUID) -> None:
    """Close a place that is free again where nobody keeps the hospital's: it was named for one patient.

    Nobody would know whether it can be given to another; whoever offers it again names it again.
    """
    rows = Place.unscoped.filter(pk=place, closed_at__isnull=True)
    rows.exclude(hospital__keeper__in=keepers()).update(
        closed_at=timezone.now(), closed_reason=_("It was named for one patient, who does not need it.")
    )
