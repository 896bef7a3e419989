"""How far an organisation reaches: what is below it, what it administers, with whom it takes part."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeAlias
from uuid import UUID

from django.db.models import Q, QuerySet

from medevac.people.models import Organisation, OrganisationPath
from medevac.people.policy.reading import ids_once

# Ids of organisations, or the query that finds them: for `__in`.
Area: TypeAlias = "Collection[UUID] | QuerySet[OrganisationPath, UUID]"


def below(organisation: UUID) -> Area:
    """The organisation itself and every one that is part of it."""
    paths = OrganisationPath.objects.filter(ancestor=organisation)
    return ids_once(("below", organisation), paths.values_list("descendant", flat=True))


def above(organisation: UUID) -> Area:
    """The organisation itself and every one that it is part of."""
    paths = OrganisationPath.objects.filter(descendant=organisation)
    return ids_once(("above", organisation), paths.values_list("ancestor", flat=True))


def administered(organisation: UUID) -> Area:
    """What is below the organisation, and below whatever it or one of its parts has admitted."""
    own = below(organisation)
    paths = OrganisationPath.objects.filter(Q(ancestor=organisation) | Q(ancestor__admitted_by__in=own))
    return ids_once(("administered", organisation), paths.values_list("descendant", flat=True))


def together_with(organisation: UUID) -> Area:
    """What it administers, and all that the owner administers to which it belongs or that admitted it."""
    paths_up = OrganisationPath.objects.filter(descendant=organisation)
    admitted = paths_up.filter(ancestor__admitted_by__isnull=False).values("ancestor__admitted_by")
    admitting = paths_up.filter(ancestor__admitted__isnull=False).values("ancestor")
    owners = Q(pk__in=admitted) | Q(pk__in=admitting)
    owning = Organisation.unscoped.filter(owners).values("pk")
    paths = OrganisationPath.objects.filter(
        Q(ancestor=organisation)
        | Q(ancestor__admitted_by__in=below(organisation))
        | Q(ancestor__in=owning)
        | Q(ancestor__admitted_by__in=owning)
    )
    return ids_once(("together with", organisation), paths.values_list("descendant", flat=True))
