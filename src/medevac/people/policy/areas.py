"""How far an organisation reaches: what is below it, what it administers, with whom it takes part."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeAlias
from uuid import UUID

from django.db.models import Q, QuerySet

from medevac.people.models import Organisation, OrganisationPath
from medevac.people.policy.reading import ids_once, once

# Ids of organisations, or the query that finds them: for `__in`.
Area: TypeAlias = "Collection[UUID] | QuerySet[OrganisationPath, UUID]"


def below(organisation: UUID) -> Area:
    """The organisation itself and every one that is part of it."""
    return ids_once("below", organisation, _below)


def above(organisation: UUID) -> Area:
    """The organisation itself and every one that it is part of."""
    return ids_once("above", organisation, _above)


def administered(organisation: UUID) -> Area:
    """What is below the organisation, and below whatever it or one of its parts has admitted."""
    return ids_once("administered", organisation, _administered)


def together_with(organisation: UUID) -> Area:
    """What it administers, and all that the owner administers to which it belongs or that admitted it."""
    return ids_once("together with", organisation, _together_with)


def country_of(organisation: UUID) -> str:
    """The country of an organisation; looked up once in a request that only reads."""
    return once(("country", organisation), lambda: _country_of(organisation))


def _country_of(organisation: UUID) -> str:
    return Organisation.unscoped.values_list("country", flat=True).get(pk=organisation)


def _below(organisation: UUID) -> QuerySet[OrganisationPath, UUID]:
    return OrganisationPath.objects.filter(ancestor=organisation).values_list("descendant", flat=True)


def _above(organisation: UUID) -> QuerySet[OrganisationPath, UUID]:
    return OrganisationPath.objects.filter(descendant=organisation).values_list("ancestor", flat=True)


def _administered(organisation: UUID) -> QuerySet[OrganisationPath, UUID]:
    own = _below(organisation)
    paths = OrganisationPath.objects.filter(Q(ancestor=organisation) | Q(ancestor__admitted_by__in=own))
    return paths.values_list("descendant", flat=True)


def _together_with(organisation: UUID) -> QuerySet[OrganisationPath, UUID]:
    up = OrganisationPath.objects.filter(descendant=organisation)
    admitted = up.filter(ancestor__admitted_by__isnull=False).values("ancestor__admitted_by")
    admitting = up.filter(ancestor__admitted__isnull=False).values("ancestor")
    owners = Q(pk__in=admitted) | Q(pk__in=admitting)
    owning = Organisation.unscoped.filter(owners).values("pk")
    paths = OrganisationPath.objects.filter(
        Q(ancestor=organisation)
        | Q(ancestor__admitted_by__in=_below(organisation))
        | Q(ancestor__in=owning)
        | Q(ancestor__admitted_by__in=owning)
    )
    return paths.values_list("descendant", flat=True)
