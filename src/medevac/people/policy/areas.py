"""How far an organisation reaches: what is below it, what it administers, with whom it takes part."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from medevac.people.models import Organisation, OrganisationPath


def below(organisation: UUID) -> QuerySet[OrganisationPath, UUID]:
    """The organisation itself and every one that is part of it."""
    return OrganisationPath.objects.filter(ancestor=organisation).values_list("descendant", flat=True)


def administered(organisation: UUID) -> QuerySet[OrganisationPath, UUID]:
    """What is below the organisation, and below whatever it or one of its parts has admitted."""
    own = below(organisation)
    paths = OrganisationPath.objects.filter(Q(ancestor=organisation) | Q(ancestor__admitted_by__in=own))
    return paths.values_list("descendant", flat=True)


def together_with(organisation: UUID) -> QuerySet[OrganisationPath, UUID]:
    """What it administers, and the owner that admitted it with all that this owner administers."""
    above = OrganisationPath.objects.filter(descendant=organisation, ancestor__admitted_by__isnull=False)
    owners = above.values("ancestor__admitted_by")
    own = below(organisation)
    paths = OrganisationPath.objects.filter(
        Q(ancestor=organisation)
        | Q(ancestor__admitted_by__in=own)
        | Q(ancestor__in=owners)
        | Q(ancestor__admitted_by__in=owners)
    )
    return paths.values_list("descendant", flat=True)


def open_organisations() -> QuerySet[Organisation]:
    """Organisations that are not closed, for services and rules."""
    return Organisation.unscoped.filter(closed_at__isnull=True)
