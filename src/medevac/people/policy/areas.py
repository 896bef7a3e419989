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
    """What it administers, and all that the owner administers to which it belongs or that admitted it."""
    above = OrganisationPath.objects.filter(descendant=organisation)
    admitted = above.filter(ancestor__admitted_by__isnull=False).values("ancestor__admitted_by")
    admitting = above.filter(ancestor__admitted__isnull=False).values("ancestor")
    owners = Q(pk__in=admitted) | Q(pk__in=admitting)
    owning = Organisation.unscoped.filter(owners).values("pk")
    paths = OrganisationPath.objects.filter(
        Q(ancestor=organisation)
        | Q(ancestor__admitted_by__in=below(organisation))
        | Q(ancestor__in=owning)
        | Q(ancestor__admitted_by__in=owning)
    )
    return paths.values_list("descendant", flat=True)
